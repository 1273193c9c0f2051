"""What failed dialogues have in common: one broken filter fails many of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from testing.running.results import DialogueResult, RunResult, TurnResult

_CONDITION = re.compile(r"([\w.]+)[ ：]?应(不?是|不?包含|不?高于|不?低于|符合)")
_WRONG = {
    ("price", "不高于"): "价格超出了要求",
    ("price", "低于"): "价格超出了要求",
    ("price", "不低于"): "价格低于要求",
    ("price", "高于"): "价格低于要求",
    ("brand", "不是"): "出现了不要的品牌",
    ("brand", "不包含"): "出现了不要的品牌",
    ("brand", "是"): "不是要的品牌",
    ("brand", "包含"): "不是要的品牌",
    ("category", "是"): "不是要的品类",
}
_KEYS = {
    "type": "答的形式不对（例如该出商品却只有文字）",
    "answers": "答的条数不对",
    "choices": "给的选项不对",
    "cheaper": "嫌贵之后，给的并不比之前便宜",
    "dearer": "要贵一点，给的并不比之前贵",
    "unseen": "又展示了看过的商品",
    "position": "指的是这一件，展示的是另一件",
    "order": "商品的次序不对",
    "intent": "一句话被理解成了别的意思",
    "responses": "说了别的话",
    "actions": "做了别的事",
    "slots": "记住的条件不对",
    "database": "数据库里的记录不对",
    "seconds": "答得太慢",
}


@dataclass(frozen=True)
class Problem:
    """`title` in words, the dialogues whose first failure it is, the most telling one first."""

    title: str
    dialogues: tuple[DialogueResult, ...]


def problems(run: RunResult) -> tuple[Problem, ...]:
    """All failed dialogues by what is wrong, the most frequent first."""
    found: dict[str, list[DialogueResult]] = defaultdict(list)
    for dialogue in run.failed:
        found[_title(dialogue)].append(dialogue)
    # A short dialogue tells the same in fewer words.
    grouped = (
        Problem(title, tuple(sorted(dialogues, key=lambda d: len(d.turns))))
        for title, dialogues in found.items()
    )
    return tuple(sorted(grouped, key=lambda problem: -len(problem.dialogues)))


def failing_turn(dialogue: DialogueResult) -> TurnResult | None:
    """The turn at which the dialogue stopped being as expected."""
    return next((turn for turn in dialogue.turns if turn.failures), None)


def title_of(failure: str) -> str:
    """第 3 张卡片（…）的 price 应不高于 500，实际是 549 -> 价格超出了要求."""
    found = _CONDITION.search(failure)
    if found and (title := _WRONG.get((found[1], found[2]))):
        return title
    key = failure.split("：")[0]
    return _KEYS.get(key, key)


def _title(dialogue: DialogueResult) -> str:
    turn = failing_turn(dialogue)
    return title_of(turn.failures[0]) if turn else "没能走完"
