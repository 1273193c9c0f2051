"""The lint names each fault with its place, and finds none in our own data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daogou.indexing import read_shop
from daogou.preparation import seed
from daogou.settings import Settings
from recsys.index.document import CategorySchema, Document
from recsys.index.lexicon import Knowledge, build_lexicon
from testing.nlu.annotation import Entity, annotated
from testing.nlu.data import read_examples
from testing.nlu.lint import lint
from testing.nlu.nodes import BadYaml

ROOT = Path(__file__).parents[3]
SOUND = {
    "domain.yml": "intents:\n- greet\n- buy\n",
    "data/nlu/a.yml": """
        nlu:
        - intent: greet
          examples: |
            - 你好
            - 您好
        - intent: buy
          examples: |
            - 我要[小米](brand)的
            - 来双鞋
        """,
    "data/rules/r.yml": """
        rules:
        - rule: greet
          steps:
          - intent: greet
          - action: utter_greet
        - rule: buy
          steps:
          - intent: buy
          - action: action_buy
        """,
    "data/responses/r.yml": """
        responses:
          utter_greet:
          - text: 您好
          utter_no_cheaper:
          - text: 没有更便宜的
          utter_bought:
          - text: 好的
        """,
    "actions/buy.py": 'reply(f"utter_no_{x}")\nreply("utter_bought")\n',
    "tests/nlu/heldout.yml": """
        nlu:
        - intent: greet
          examples: |
            - 早
        - intent: buy
          examples: |
            - 要一个锅
        """,
    "tests/nlu/gates.yml": """
        data:
          training: {default: 2}
          held_out: {default: 1}
          excused: []
        quality:
          intent_macro_f1: 0.8
          entity_micro_f1: 0.8
          intent_f1: {default: 0.7}
          held_out_accuracy: 0.9
          max_drop: 0.02
          noise: 0.05
        """,
    "lexicon.json": json.dumps(
        {
            "categories": {"鞋": "鞋", "苹果手机": "手机"},
            "brands": {"小米": "小米", "华为": "华为"},
            "products": {"苹果手机": {"brand": "Apple", "category": "手机"}},
        }
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in SOUND.items():
        write(tmp_path / name, text)
    return tmp_path


def write(path: Path, text: str) -> None:
    """Eight columns of indentation are ours, not the file's; the first line is not blank."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (line.removeprefix(" " * 8) for line in text.lstrip("\n").splitlines())
    path.write_text("\n".join(lines) + "\n", "utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def faults(root: Path) -> list[str]:
    return [str(fault) for fault in lint(root)]


def faults_with_words(root: Path) -> list[str]:
    """Annotations too, which takes as long as a segmenter does to load."""
    return [str(fault) for fault in lint(root, root / "lexicon.json")]


def test_sound_data_has_no_faults(root: Path) -> None:
    assert faults_with_words(root) == []


async def test_our_own_data_suits_the_demo_shop(tmp_path: Path) -> None:
    settings = Settings.from_env({"DAOGOU_VAR": str(tmp_path)})
    await seed(settings)
    shop = await read_shop(settings)
    lexicon = build_lexicon(
        [Document.from_json(document) for document in shop.documents],
        [CategorySchema.from_json(category) for category in shop.categories],
        Knowledge.load(settings.knowledge),
    )
    (tmp_path / "lexicon.json").write_text(json.dumps(lexicon), "utf-8")
    assert [str(fault) for fault in lint(ROOT, tmp_path / "lexicon.json")] == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- 您好", "- 你好", "'你好' repeats '你好' of a.yml:4"),
        ("- 您好", "- 你 好！", "'你 好！' differs in nothing that counts from '你好' of a.yml:4"),
        ("- 您好", "- [你好](brand)", "'[你好](brand)' repeats '你好' of a.yml:4"),
    ],
)
def test_a_sentence_stands_once(root: Path, old: str, new: str, message: str) -> None:
    change(root / "data/nlu/a.yml", old, new)
    assert f"data/nlu/a.yml:5: {message}" in faults(root)


def test_a_sentence_has_one_intent(root: Path) -> None:
    change(root / "data/nlu/a.yml", "来双鞋", "您好。")
    assert faults(root) == ["data/nlu/a.yml:9: '您好。' is buy, but '您好' of a.yml:5 is greet"]


def test_what_is_held_out_is_not_trained_on(root: Path) -> None:
    change(root / "tests/nlu/heldout.yml", "早", "您好~")
    assert faults(root) == [
        "tests/nlu/heldout.yml:4: '您好~' is held out, but '您好' of a.yml:5 is trained on"
    ]


def test_an_intent_has_enough_sentences_of_both_kinds(root: Path) -> None:
    change(root / "tests/nlu/gates.yml", "{default: 2}", "{default: 1, greet: 3}")
    change(root / "tests/nlu/heldout.yml", "- intent: greet", "- intent: buy")
    assert faults(root) == [
        "data/nlu/a.yml:4: greet has 2 training sentences, 3 wanted",
        "data/nlu/a.yml:4: greet has 0 held-out sentences, 1 wanted",
    ]


def test_an_intent_without_any_sentence_is_found_in_the_domain(root: Path) -> None:
    change(root / "domain.yml", "- buy", "- buy\n- sell: {use_entities: []}")
    assert faults(root) == [
        "domain.yml:4: sell has 0 training sentences, 2 wanted",
        "domain.yml:4: sell has 0 held-out sentences, 1 wanted",
        "domain.yml:4: no rule or story answers the intent sell",
    ]


def test_what_is_marked_is_among_the_shops_words(root: Path) -> None:
    change(root / "data/nlu/a.yml", "我要[小米](brand)的", "我要[大米](brand)的")
    assert faults_with_words(root) == [
        "data/nlu/a.yml:8: '大米' is marked as brand, but the shop's words do not read it so"
    ]


def test_what_is_not_wanted_has_its_role(root: Path) -> None:
    excluded = '{"entity": "brand", "role": "exclude"}'
    change(root / "data/nlu/a.yml", "我要[小米](brand)的", "不要[小米](brand)")
    change(root / "data/nlu/a.yml", "来双鞋", f"要[华为]{excluded}的")
    assert faults_with_words(root) == [
        "data/nlu/a.yml:8: '小米' is marked as wanted, but is read as not wanted (role exclude)",
        "data/nlu/a.yml:9: '华为' is marked as not wanted (role exclude), but is read as wanted",
    ]


def test_a_brand_inside_a_category_word_is_read(root: Path) -> None:
    change(root / "data/nlu/a.yml", "来双鞋", "[苹果](brand)[手机](category)")
    assert faults_with_words(root) == []


@pytest.mark.parametrize("sentence", ["有小米吗", "不要小米"])
def test_what_a_sibling_marks_is_not_left_bare(root: Path, sentence: str) -> None:
    change(root / "data/nlu/a.yml", "来双鞋", sentence)
    assert faults_with_words(root) == [
        "data/nlu/a.yml:9: '小米' is not marked, but it is marked as brand in a.yml:8"
    ]


def test_another_intent_is_no_sibling(root: Path) -> None:
    change(root / "data/nlu/a.yml", "您好", "小米你好")
    assert faults_with_words(root) == []


def test_a_sentence_is_excused_only_where_it_needs_it(root: Path) -> None:
    change(root / "data/nlu/a.yml", "来双鞋", "有小米吗")
    change(root / "tests/nlu/gates.yml", "excused: []", "excused:\n  - 有小米吗\n  - 来双鞋")
    assert faults_with_words(root) == ["tests/nlu/gates.yml:6: '来双鞋' is excused without need"]


def test_without_the_shops_words_annotations_are_left_alone(root: Path) -> None:
    change(root / "data/nlu/a.yml", "我要[小米](brand)的", "我要[大米](brand)的")
    assert faults(root) == []


def test_an_intent_without_rule(root: Path) -> None:
    change(root / "data/rules/r.yml", "intent: buy", "intent: greet")
    assert faults(root) == ["domain.yml:3: no rule or story answers the intent buy"]


def test_a_story_and_its_alternatives_answer_too(root: Path) -> None:
    change(root / "data/rules/r.yml", "intent: buy", "intent: greet")
    write(root / "data/stories/s.yml", "stories:\n- steps:\n  - or:\n    - intent: buy\n")
    assert faults(root) == []


def test_a_response_that_nothing_uses(root: Path) -> None:
    change(root / "actions/buy.py", "utter_bought", "utter_message")
    assert faults(root) == ["data/responses/r.yml:6: no rule and no action uses utter_bought"]


def test_a_response_that_a_form_names_by_its_skill(root: Path) -> None:
    change(root / "data/responses/r.yml", "utter_bought", "utter_buy_done")
    form = 'class Buy:\n    skill = "buy"\n    done = f"utter_{skill}_done"\n'
    write(root / "actions/form.py", form)
    assert faults(root) == []
    write(root / "actions/form.py", form.replace("_done", "_over"))
    assert faults(root) == ["data/responses/r.yml:6: no rule and no action uses utter_buy_done"]


def test_a_wording_that_stands_twice(root: Path) -> None:
    change(root / "data/responses/r.yml", "没有更便宜的", "您好")
    assert faults(root) == [
        "data/responses/r.yml:5: utter_no_cheaper says the same as utter_greet in r.yml:3: '您好'"
    ]


def test_markup_is_taken_off_and_kept() -> None:
    text = '不要[小米]{"entity": "brand", "role": "exclude", "value": "Xiaomi"} [三千](price)的'
    assert annotated(text) == (
        "不要小米 三千的",
        (Entity(2, 4, "brand", "Xiaomi", "exclude"), Entity(5, 7, "price", "三千")),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nlu:\n- intent: a\n  examples: |\n    你好\n", ":4: '你好' does not begin with '- '"),
        ("nlu:\n- intent: a\n  examples: []\n", ":2: examples is no block of text"),
        ('nlu:\n- intent: a\n  examples: |\n    - [x]{"role": "y"}\n', ":4: .* names no entity"),
        ("rules: []\n", ":1: no list named nlu"),
        ("nlu: [\n", "expected"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(BadYaml, match=message):
        read_examples(path)
