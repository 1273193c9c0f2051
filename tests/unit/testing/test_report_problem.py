"""Failed dialogues are told by what is wrong, in words that need no code."""

from __future__ import annotations

import pytest

from testing.report.markdown import pull_request_comment
from testing.report.problem import problems, title_of
from testing.running.results import DialogueResult, RunResult, TurnResult

DEAR = "items：第 1 张卡片（耳机，549 元）的 price 应不高于 500，实际是 549"


def dialogue(
    title: str, *failures: str, turns: int = 1, error: str | None = None
) -> DialogueResult:
    said = [TurnResult(n, f"第 {n} 句", ({"text": "好的"},), 0.1, ()) for n in range(1, turns)]
    last = TurnResult(turns, "500以内的", ({"text": "看看："},), 0.1, failures)
    return DialogueResult("a.yml", 1, title, (), 1.0, (*said, last), error)


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (DEAR, "价格超出了要求"),
        ("items：第 2 张卡片（…）的 brand 应不是 [小米]，实际是 小米", "出现了不要的品牌"),
        ("items：第 2 张卡片（…）的 brand 应不包含 小米，实际是 小米", "出现了不要的品牌"),
        ("slots：frame.not_brands 应包含 小米，实际是 []", "记住的条件不对"),
        ("type：应是 text，实际是 products", "答的形式不对（例如该出商品却只有文字）"),
        ("cheaper：荣耀 14，5699 元，没有低于上一批的中间价 5399", "嫌贵之后，给的并不比之前便宜"),
        ('responses：["utter_fallback"] 里没有 ["utter_goodbye"]', "说了别的话"),
        ("没有回答", "没有回答"),
    ],
)
def test_a_failure_in_words(failure: str, told: str) -> None:
    assert title_of(failure) == told


def test_every_failed_dialogue_is_in_one_problem_and_the_shortest_tells_it() -> None:
    run = RunResult(
        (
            dialogue("长的", DEAR, turns=4),
            dialogue("短的", DEAR, turns=2),
            dialogue("没走完", error="连不上"),
            dialogue("好的"),
        ),
        1.0,
    )
    first, second = problems(run)
    assert (first.title, [d.title for d in first.dialogues]) == ("价格超出了要求", ["短的", "长的"])
    assert (second.title, second.dialogues[0].title) == ("没能走完", "没走完")


def test_the_comment_tells_one_dialogue_to_its_end_and_names_the_others() -> None:
    run = RunResult((dialogue("短的", DEAR, turns=2), dialogue("长的", DEAR, turns=4)), 1.0)
    comment = pull_request_comment(run)
    assert "#### 2 段：价格超出了要求" in comment
    assert (
        "- 顾客「第 1 句」，导购「好的」\n- 顾客「500以内的」，导购「看看：」\n  - ❌ items"
        in comment
    )
    assert "同样的还有：长的（`a.yml:4`）。" in comment
