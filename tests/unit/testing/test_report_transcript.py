from __future__ import annotations

from typing import Any

from testing.report.difference import Difference, steps_by_turn
from testing.report.text import clip, money, pad, seconds, squeeze, value, width
from testing.report.transcript import summary, transcript
from testing.running.results import DialogueResult, RunResult, Step, TurnResult, Understanding

CARDS = {
    "type": "products",
    "text": "为您挑了 2 款手机：",
    "data": {
        "items": [
            {"title": "小米14", "price": 3999, "brand": "小米"},
            {"title": "华为 Mate 60 Pro", "price": 6499.5, "brand": "华为"},
        ]
    },
    "choices": [{"title": "换一批", "value": "换一批"}],
}
UNDERSTOOD = Understanding(
    "refine",
    0.62,
    (("refine", 0.62), ("search", 0.2), ("wait", 0.1), ("greet", 0.08)),
    ({"entity": "brand", "value": "小米", "role": "exclude"},),
)


def step(action: str, **slots: Any) -> Step:
    return Step(action, "RulePolicy", 1.0, tuple(slots.items()), ("utter_refined",))


def turn(said: str, *steps: Step, failures: tuple[str, ...] = (), time: float = 0.2) -> TurnResult:
    return TurnResult(7, said, (CARDS,), time, failures, UNDERSTOOD, steps)


def dialogue(*turns: TurnResult, error: str | None = None) -> DialogueResult:
    return DialogueResult("a.yml", 5, "不要小米", (), 1.5, turns, error)


FIRST = turn("手机", step("action_search", frame={"category": "手机"}))
SECOND = turn(
    "不要小米",
    step("action_refine", frame={"category": "手机", "not_brands": ["小米"]}),
    failures=("第 1 张卡片是小米",),
)


def test_a_dialogue_that_passed_is_one_line() -> None:
    assert transcript(dialogue(FIRST)) == "✓ 不要小米  a.yml:5  1 轮 1.5 秒"


def test_a_dialogue_that_failed_is_told_in_full() -> None:
    lines = transcript(dialogue(FIRST, SECOND)).splitlines()
    assert lines[0].startswith("✗ 不要小米")
    assert [line.split()[1] for line in lines if line.startswith("  顾客")] == ["手机", "不要小米"]
    assert sum(line.startswith("  导购  为您挑了 2 款手机：") for line in lines) == 2
    assert any(line.split() == ["·", "小米14", "¥3,999", "小米"] for line in lines)
    assert "    ✗ 第 1 张卡片是小米" in lines


def test_cards_line_up_whatever_their_letters() -> None:
    lines = transcript(dialogue(FIRST, SECOND)).splitlines()
    cards = [line for line in lines if line.startswith("        · ")]
    assert len({width(line[: line.rindex("  ")]) for line in cards}) == 1


def test_only_a_turn_that_failed_shows_what_rasa_predicted() -> None:
    text = transcript(dialogue(FIRST, SECOND))
    assert text.count("理解  ") == 1
    assert "理解  refine 0.62 · search 0.20 · wait 0.10\n" in text
    assert "实体  brand=小米 (exclude)" in text
    assert "动作  action_refine  RulePolicy 1.00  说 utter_refined" in text
    assert "frame.not_brands  — → 小米" in text
    assert "action_search" not in text


def test_a_dialogue_that_broke_off_says_why() -> None:
    assert transcript(dialogue(FIRST, error="10 秒没有答复")).endswith("没能走完  10 秒没有答复")


def test_colour_is_only_for_who_asks() -> None:
    assert "\x1b[" not in transcript(dialogue(SECOND))
    assert "\x1b[31m" in transcript(dialogue(SECOND), colour=True)


def test_differences_are_told_condition_by_condition() -> None:
    turns = (
        turn("a", step("x", frame={"category": "手机", "price_max": 3000}, focus=None)),
        turn("b", step("y", frame={"category": "手机"}, focus="S1"), step("z", frame={})),
    )
    told = [[view.differences for view in steps] for steps in steps_by_turn(dialogue(*turns))]
    assert told == [
        [(Difference("frame.category", "—", "手机"), Difference("frame.price_max", "—", "3000"))],
        [
            (Difference("frame.price_max", "3000", "—"), Difference("focus", "—", "S1")),
            (Difference("frame.category", "手机", "—"),),
        ],
    ]


def test_the_summary_counts_dialogues_a_second_and_waiting_times() -> None:
    turns = tuple(turn("a", time=time) for time in (0.1, 0.2, 0.3, 2.0))
    run = RunResult((dialogue(*turns), dialogue(SECOND)), 0.5)
    assert summary(run) == (
        "2 段对话，1 段没有通过；用时 500 毫秒，每秒 4.0 段。"
        "共 5 轮，一半在 200 毫秒内答复，95% 在 2.0 秒内。"
    )
    assert summary(RunResult((), 0.0)) == "0 段对话全部通过；用时 0 毫秒，每秒 0.0 段。"


def test_values_are_short_and_empty_ones_alike() -> None:
    assert [value(empty) for empty in (None, "", [], {})] == ["—"] * 4
    assert value(["小米", "华为"]) == "小米、华为"
    assert value([["A", "B"], ["C"]]) == "A、B | C"
    assert value({"sort": None, "need": "拍照"}) == '{"need": "拍照"}'
    assert (money(3999), money(6499.5), money(None)) == ("¥3,999", "¥6,499.50", "—")
    assert (seconds(0.25), seconds(12.34)) == ("250 毫秒", "12.3 秒")


def test_columns_count_chinese_twice() -> None:
    assert width("a手机") == 5
    assert pad("手机", 6) == "手机  "
    assert clip("手机手机", 6) == "手机…"
    assert clip("手机", 4) == "手机"
    assert squeeze("abcdefghij", 7) == "abc…hij"
