from decimal import Decimal

from actions.frame import cheaper, dearer, merge, searchable

PHONE = {"category": "手机", "price_max": 3000, "brands": ["华为"], "not_words": ["翻新"]}


def refine(frame, delta, allowed=()):
    return merge(frame, delta, allowed=allowed, new_search=False)


def search(frame, delta):
    return merge(frame, delta, new_search=True)


def test_a_condition_adds_to_the_frame():
    assert refine({"category": "手机"}, {"price_max": 3000}) == {
        "category": "手机",
        "price_max": 3000,
    }


def test_the_arguments_stay_as_they_are():
    frame, delta = {"brands": ["华为"]}, {"not_brands": ["华为"]}
    refine(frame, delta)
    assert (frame, delta) == ({"brands": ["华为"]}, {"not_brands": ["华为"]})


def test_a_new_category_keeps_only_dislikes():
    frame = {**PHONE, "not_brands": ["小米"], "attributes": [{"name": "存储", "value": 1}]}
    assert search(frame, {"category": "电视"}) == {
        "category": "电视",
        "not_brands": ["小米"],
        "not_words": ["翻新"],
    }


def test_a_part_of_the_group_talked_of_keeps_everything():
    frame, delta = {"category": "家电", "price_max": 900}, {"category": "冰箱"}
    assert merge(frame, delta, new_search=True, narrows=True) == {**frame, **delta}
    assert merge(frame, delta, new_search=True) == delta


def test_a_narrower_category_keeps_everything():
    assert search({"category": "鞋", "price_max": 500}, {"category": "跑步鞋"}) == {
        "category": "跑步鞋",
        "price_max": 500,
    }


def test_the_first_category_joins_a_budget_said_before():
    assert search({"price_max": 500}, {"category": "耳机"})["price_max"] == 500


def test_a_need_without_a_category_starts_anew_only_in_a_new_search():
    assert search(PHONE, {"need": "送女朋友 礼物"}) == {
        "need": "送女朋友 礼物",
        "not_words": ["翻新"],
    }
    assert refine(PHONE, {"need": "拍照 好"})["category"] == "手机"


def test_needs_add_up_while_refining():
    assert refine({"need": "拍照 好"}, {"need": "续航 好"})["need"] == "拍照 好 续航"


def test_brands_and_colours_replace():
    frame = refine({"brands": ["华为"], "colours": ["黑"]}, {"brands": ["联想"], "colours": ["白"]})
    assert frame == {"brands": ["联想"], "colours": ["白"]}


def test_exclusions_add_up_and_drop_what_was_wanted():
    frame = refine({"brands": ["华为"], "not_brands": ["小米"]}, {"not_brands": ["华为"]})
    assert frame == {"not_brands": ["小米", "华为"]}


def test_asking_for_the_excluded_lifts_the_exclusion():
    assert refine({"not_brands": ["苹果", "小米"]}, {"brands": ["苹果"]}) == {
        "brands": ["苹果"],
        "not_brands": ["小米"],
    }


def test_allowing_lifts_an_exclusion_and_demands_nothing():
    assert refine({"not_brands": ["苹果"]}, {"brands": ["苹果"]}, ["苹果"]) == {}


def test_allowing_joins_the_brands_wanted():
    frame = refine({"brands": ["华为"]}, {"brands": ["苹果"]}, ["苹果"])
    assert frame == {"brands": ["华为", "苹果"]}


def test_a_bound_replaces_its_like_and_a_contradicting_other():
    assert refine({"price_max": 3000}, {"price_max": 2000}) == {"price_max": 2000}
    assert refine({"price_max": 3000}, {"price_min": 1000}) == {
        "price_min": 1000,
        "price_max": 3000,
    }
    assert refine({"price_max": 3000}, {"price_min": 4000}) == {"price_min": 4000}


def test_an_attribute_replaces_its_namesake():
    storage = {"name": "存储", "op": ">=", "value": 128, "unit": "GB"}
    more, weight = {**storage, "value": 256}, {"name": "重量", "op": "<=", "value": 1, "unit": "kg"}
    frame = refine({"attributes": [storage, weight]}, {"attributes": [more]})
    assert frame["attributes"] == [weight, more]


def test_lifting_drops_the_condition_and_keeps_the_others():
    frame = {**PHONE, "price_min": 1000, "colours": ["黑"]}
    left = merge(frame, {}, lifted=("price", "colours"), new_search=False)
    assert left == {"category": "手机", "brands": ["华为"], "not_words": ["翻新"]}


def test_lifting_the_brand_lets_no_excluded_one_in():
    frame = {"brands": ["华为"], "not_brands": ["小米"]}
    assert merge(frame, {}, lifted=("brands",), new_search=False) == {"not_brands": ["小米"]}


def test_cheaper_is_below_the_median_then_below_the_cheapest():
    shown = [Decimal("2999.00"), Decimal("1999.50"), Decimal(99)]
    assert [f["price_max"] for f in cheaper({"price_max": 3000}, shown)] == [1999, 98]


def test_cheaper_drops_a_floor_above_it():
    assert cheaper({"price_min": 2000}, [Decimal(2000)]) == ({"price_max": 1999},) * 2


def test_nothing_is_cheaper_than_free():
    assert cheaper({}, [Decimal(0)]) == ({"price_max": 0},) * 2


def test_dearer_is_above_the_median_then_above_the_dearest():
    frames = dearer({"price_max": 3000}, [Decimal(2999), Decimal(1000)])
    assert frames == (
        {"price_min": 2000, "price_max": 3000},
        {"price_min": 3000, "price_max": 3000},
    )


def test_a_price_alone_is_not_searchable():
    assert not searchable({"price_max": 100, "colours": ["黑"]})
    assert searchable({"brands": ["华为"]}) and searchable({"need": "送礼"})


def test_an_accessory_is_another_category_though_its_name_begins_alike():
    phone = {"category": "手机", "brands": ["苹果"], "price_max": 5000}
    assert merge(phone, {"category": "手机壳"}, new_search=True) == {"category": "手机壳"}


def test_what_is_refused_is_no_longer_asked_for():
    wool = {"name": "面料", "op": "=", "value": "羊毛", "unit": ""}
    refused = {**wool, "op": "!="}
    assert refine({"attributes": [wool]}, {"attributes": [refused]})["attributes"] == [refused]
    other = {**refused, "value": "亚麻"}
    assert refine({"attributes": [wool]}, {"attributes": [other]})["attributes"] == [wool, other]
