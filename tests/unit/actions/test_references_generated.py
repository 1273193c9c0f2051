"""Hundreds of references over random lists; what is meant is known from how the sentence was made."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from actions.reference import Unclear, Unresolved, resolve_all
from actions.shelf import mention_of
from actions.turn import Turn
from recsys.query import Lexicon, QueryParser
from shop.domain.catalog import Card
from tests.unit.actions.fakes import card, tracker

BRANDS = ("小米", "华为", "荣耀", "苹果", "三星", "一加", "真我", "诺基亚")
COLOURS = ("黑", "白", "红", "蓝", "绿", "紫", "粉")
COUNT = 1500
DIGITS = "零一二三四五六七八九"
PARSER = QueryParser(
    Lexicon.from_json(
        {
            "brands": {brand: brand for brand in BRANDS},
            "categories": {"手机": "手机"},
            "asked": {"防水": ["防水"], "多重": ["重量"], "续航": ["续航"]},
        }
    )
)
Expected = tuple[str, ...] | Unresolved


@dataclass(frozen=True)
class Scene:
    """The lists shown, newest last, and what was spoken of last."""

    lists: tuple[tuple[Card, ...], ...]
    focus: str | None

    @property
    def newest(self) -> tuple[Card, ...]:
        return self.lists[-1]


@dataclass(frozen=True)
class Case:
    text: str
    scene: Scene
    expected: Expected


def scene(rng: random.Random) -> Scene:
    """Every price, rating and sale occurs once, so that an extreme is one product."""
    count = rng.randint(1, 5)
    sizes = [rng.randint(2, 5) for _ in range(count)]
    prices = rng.sample(range(1000, 9900, 7), sum(sizes))
    sales = rng.sample(range(100, 90000), sum(sizes))
    ratings = rng.sample(range(3000, 4999), sum(sizes))
    cards = [
        replace(
            card(f"s{n}", f"{price}.00", rng.choice(BRANDS)),
            rating=ratings[n] / 1000,
            sales=sales[n],
            options={"颜色": f"{rng.choice(('曜石', '雪域', ''))}{rng.choice(COLOURS)}色"},
        )
        for n, price in enumerate(prices)
    ]
    lists, start = [], 0
    for size in sizes:
        lists.append(tuple(cards[start : start + size]))
        start += size
    focus = rng.choice([None, rng.choice(cards).sku])
    return Scene(tuple(lists), focus)


def numeral(rng: random.Random, number: int) -> str:
    return rng.choice((str(number), DIGITS[number]))


def piece(rng: random.Random) -> str:
    return rng.choice(("个", "款", "台", "部"))


def amount(rng: random.Random, number: int) -> str:
    return "两" if number == 2 and rng.random() < 0.7 else numeral(rng, number)


def skus(cards: tuple[Card, ...] | list[Card]) -> tuple[str, ...]:
    return tuple(one.sku for one in cards)


def one_place(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    number = rng.randint(1, 6)
    words = f"第{numeral(rng, number)}{piece(rng)}"
    inside = number <= len(at.newest)
    return words, (at.newest[number - 1].sku,) if inside else Unresolved.OUT_OF_RANGE


def from_the_end(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    if rng.random() < 0.5:
        words = rng.choice(("最后那{}", "最后一{}", "最后的那{}", "最下面那{}", "最右边的{}"))
        return words.format(piece(rng)), (at.newest[-1].sku,)
    number = rng.randint(1, len(at.newest))
    return f"倒数第{numeral(rng, number)}{piece(rng)}", (at.newest[-number].sku,)


def from_the_start(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    words = rng.choice(("最前面那{}", "最上面的{}", "最左边那{}", "首{}", "头一{}"))
    return words.format(piece(rng)), (at.newest[0].sku,)


def first_few(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    number = rng.randint(2, 5)
    words = rng.choice(("前{}{}", "前面{}{}", "头{}{}", "前面那{}{}"))
    words = words.format(amount(rng, number), piece(rng))
    inside = number <= len(at.newest)
    return words, skus(at.newest[:number]) if inside else Unresolved.OUT_OF_RANGE


def last_few(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    number = rng.randint(2, 5)
    words = rng.choice(("后{}{}", "后面{}{}", "最后{}{}", "后面那{}{}", "最后那{}{}"))
    words = words.format(amount(rng, number), piece(rng))
    inside = number <= len(at.newest)
    return words, skus(at.newest[-number:]) if inside else Unresolved.OUT_OF_RANGE


def two_places(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    first, second = sorted(rng.sample(range(1, len(at.newest) + 1), 2))
    a, b, n = numeral(rng, first), numeral(rng, second), piece(rng)
    joined = rng.choice(("和", "跟", "与"))
    words = rng.choice(
        (
            f"第{a}{n}{joined}第{b}{n}",
            f"第{a}{joined}第{b}{n}",
            f"第{a}{joined}{b}{n}",
            f"第{a}、{b}{n}",
            f"{first}{joined}{second}",
            f"{first}号{joined}{second}号",
            f"{DIGITS[first]}{joined}{DIGITS[second]}",
        )
    )
    return words, (at.newest[first - 1].sku, at.newest[second - 1].sku)


EXTREMES: tuple[tuple[tuple[str, ...], Callable[[Card], float]], ...] = (
    (("最便宜的", "最便宜那{}", "最便宜的那{}", "价格最低的", "便宜的那{}", "便宜点的那{}"), lambda c: float(c.price)),
    (("最贵的", "最贵那{}", "最贵的那{}", "价格最高的{}", "贵的那{}", "更贵的那{}"), lambda c: -float(c.price)),
    (("评分最高的", "评分最高那{}", "口碑最好的{}", "评价最好的那{}", "评分高的那{}"), lambda c: -(c.rating or 0)),
    (("销量最好的", "销量最高的那{}", "卖得最好的", "卖得最火的那{}", "销量高的那{}"), lambda c: -c.sales),
)  # fmt: skip


def extreme(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    wordings, key = rng.choice(EXTREMES)
    return rng.choice(wordings).format(piece(rng)), (min(at.newest, key=key).sku,)


def two_extremes(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    low, high = (pick(at.newest, key=lambda c: c.price).sku for pick in (min, max))
    joined = rng.choice(("和", "跟"))
    return rng.choice((f"最便宜{joined}最贵的", f"最便宜的{joined}最贵的")), (low, high)


def cheapest_few(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    number = rng.randint(2, len(at.newest))
    ranked = sorted(at.newest, key=lambda c: c.price)
    return f"最便宜的{amount(rng, number)}{piece(rng)}", skus(ranked[:number])


def described(at: Scene, fitting: Callable[[Card], bool]) -> Expected:
    """In the newest list that has one; what was spoken of goes before its like."""
    for shown in reversed(at.lists):
        found = [one for one in shown if fitting(one)]
        if found and at.focus in skus(found):
            return (str(at.focus),)
        if found:
            return skus(found) if len(found) == 1 else Unresolved.AMBIGUOUS
    return Unresolved.OTHER


def a_brand(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    brand = rng.choice([one.brand for shown in at.lists for one in shown])
    words = rng.choice(("{}那{}", "刚才那个{}的", "{}的那{}", "之前的那个{}的", "刚才说的{}那{}"))
    return words.format(brand, piece(rng)), described(at, lambda c: c.brand == brand)


def a_colour(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    colour = rng.choice([one.options["颜色"][-2] for shown in at.lists for one in shown])
    words = rng.choice(("{}色那{}", "{}色的那{}", "那个{}色的", "刚才那个{}色的", "{}的那{}"))
    words = words.format(colour, piece(rng))
    return words, described(at, lambda c: c.options["颜色"][-2] == colour)


def a_price(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    price = int(rng.choice([one.price for shown in at.lists for one in shown]))
    if rng.random() < 0.5:
        words = rng.choice((f"{price}那{{}}", f"{price}的那{{}}", f"{price}块的那{{}}"))
        return words.format(piece(rng)), described(at, lambda c: c.price == price)
    low = price // 1000 * 1000
    words = (
        f"{'两' if low == 2000 else DIGITS[low // 1000]}千多{rng.choice(('', '的'))}那{piece(rng)}"
    )
    return words, described(at, lambda c: low <= c.price <= low + 999)


def brand_and_colour(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    one = rng.choice([one for shown in at.lists for one in shown])
    colour = one.options["颜色"][-2]
    words = rng.choice(("{}{}色那{}", "{}{}色的那{}", "刚才那个{}{}色的"))
    words = words.format(one.brand, colour, piece(rng))
    return words, described(at, lambda c: c.brand == one.brand and c.options["颜色"][-2] == colour)


def spoken_of(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    words = rng.choice(("它", "这款", "这个", "刚才那个", "那款", "这一款"))
    return words, (at.focus,) if at.focus else Unresolved.AMBIGUOUS


def so_many(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    number = rng.randint(2, 5)
    words = rng.choice(("这{}{}", "那{}{}", "刚才那{}{}")).format(amount(rng, number), piece(rng))
    whole = number == len(at.newest)
    return words, skus(at.newest) if whole else Unresolved.AMBIGUOUS


def all_of_them(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    return rng.choice(("这几个", "这几款", "这些", "它们", "上面这些", "那几款")), skus(at.newest)


def earlier_list(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    back = 2 if len(at.lists) > 2 and rng.random() < 0.3 else 1
    shown = at.lists[-1 - back] if len(at.lists) > back else at.newest
    number = rng.randint(1, 6)
    which = "上" * back + rng.choice(("一批", "批", "一组", "一页"))
    if back == 1:
        which = rng.choice((which, "刚才那批", "前面那批"))
    inside = number <= len(shown)
    words = f"{which}{rng.choice(('的', '里', ''))}第{numeral(rng, number)}{piece(rng)}"
    return words, (shown[number - 1].sku,) if inside else Unresolved.OUT_OF_RANGE


def first_list(rng: random.Random, at: Scene) -> tuple[str, Expected]:
    shown = at.lists[0]
    which = rng.choice(("一开始", "最开始", "第一批", "最初", "一开始推荐"))
    if rng.random() < 0.2:
        return f"{which}那{piece(rng)}", Unresolved.AMBIGUOUS
    if rng.random() < 0.4:
        return f"{which}的最后一{piece(rng)}", (shown[-1].sku,)
    number = rng.randint(1, len(shown))
    return f"{which}的第{numeral(rng, number)}{piece(rng)}", (shown[number - 1].sku,)


KINDS = (
    one_place, from_the_end, from_the_start, first_few, last_few, two_places, extreme, two_extremes,
    cheapest_few, a_brand, a_colour, a_price, brand_and_colour, spoken_of, so_many, all_of_them,
    earlier_list, first_list,
)  # fmt: skip
AFTER = ("", "怎么样", "防水吗", "多重", "多少钱", "有货吗", "的续航", "呢", "看看", "贵不贵啊")
AFTER_SEVERAL = (*AFTER, "哪个好", "比一下", "有什么区别", "哪个便宜")
SEVERAL = (first_few, last_few, two_places, two_extremes, cheapest_few, so_many, all_of_them)
BEFORE = ("", "", "", "那", "看看", "请问", "我想问下")


def cases() -> Iterator[Case]:
    rng = random.Random(20250601)
    for number in range(COUNT):
        at = scene(rng)
        kind = KINDS[number % len(KINDS)]
        words, expected = kind(rng, at)
        after = rng.choice(AFTER_SEVERAL if kind in SEVERAL else AFTER)
        text = f"{rng.choice(BEFORE)}{words}{after}".replace("的的", "的")
        yield Case(text, at, expected)


def outcome(case: Case) -> Expected:
    slots = {"shown": [skus(shown) for shown in case.scene.lists], "focus": case.scene.focus}
    turn = Turn.of(tracker(case.text, slots, **PARSER.parse(case.text).to_json()))
    meant = resolve_all(mention_of(turn), case.scene.lists, case.scene.focus)
    return meant.why if isinstance(meant, Unclear) else meant


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, Expected]]:
    return [(case, outcome(case)) for case in cases()]


def test_the_cases_are_many_and_of_many_wordings() -> None:
    texts = [case.text for case in cases()]
    assert len(texts) >= 500 and len(set(texts)) > 0.7 * len(texts)


def test_references_are_resolved(judged: list[tuple[Case, Expected]]) -> None:
    wrong = [
        f"{case.text}: {case.expected} but {found}"
        for case, found in judged
        if found != case.expected
    ]
    assert len(wrong) <= 0.01 * len(judged), "\n".join(wrong[:40])


def test_candidates_are_of_what_was_shown(judged: list[tuple[Case, Expected]]) -> None:
    for case, _ in judged:
        turn = Turn.of(tracker(case.text, **PARSER.parse(case.text).to_json()))
        meant = resolve_all(mention_of(turn), case.scene.lists, case.scene.focus)
        known = {one.sku for shown in case.scene.lists for one in shown}
        if isinstance(meant, Unclear):
            assert {one.sku for one in meant.candidates} <= known
        else:
            assert set(meant) <= known


def test_prices_are_decimal() -> None:
    assert all(isinstance(one.price, Decimal) for one in scene(random.Random(1)).newest)
