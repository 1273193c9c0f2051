"""A run on a terminal: one line for a dialogue that passed, the whole story of one that failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from testing.report.difference import StepView, steps_by_turn
from testing.report.latency import latency
from testing.report.message import Message, cards, choices, speaker
from testing.report.text import clip, money, pad, seconds, squeeze, value, width
from testing.running.results import DialogueResult, RunResult, TurnResult, Understanding

NEXT_BEST = 2
TITLE, PRICE, SAID, WIDE = 44, 10, 46, 96


@dataclass(frozen=True)
class Paint:
    """ANSI colours, or none."""

    on: bool

    def red(self, text: str) -> str:
        return self._in(31, text)

    def green(self, text: str) -> str:
        return self._in(32, text)

    def grey(self, text: str) -> str:
        return self._in(90, text)

    def bold(self, text: str) -> str:
        return self._in(1, text)

    def _in(self, code: int, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.on else text


def transcript(dialogue: DialogueResult, *, colour: bool = False) -> str:
    """What was said, expected, found and predicted, for whoever must mend it."""
    paint = Paint(colour)
    lines = [_headline(dialogue, paint)]
    if not dialogue.passed:
        for turn, steps in zip(dialogue.turns, steps_by_turn(dialogue), strict=True):
            lines += _turn(turn, steps, paint)
        if dialogue.error:
            lines.append(f"  {paint.red('✗ 没能走完')}  {dialogue.error}")
    return "\n".join(lines)


def summary(run: RunResult) -> str:
    """The result of a run in one paragraph."""
    total, failed = len(run.dialogues), len(run.failed)
    rate = total / run.seconds if run.seconds else 0.0
    result = f"{total} 段对话全部通过" if not failed else f"{total} 段对话，{failed} 段没有通过"
    text = f"{result}；用时 {seconds(run.seconds)}，每秒 {rate:.1f} 段。"
    times = latency(run)
    if times is None:
        return text
    return f"{text}共 {times.count} 轮，一半在 {seconds(times.p50)}内答复，95% 在 {seconds(times.p95)}内。"


def _headline(dialogue: DialogueResult, paint: Paint) -> str:
    mark = paint.green("✓") if dialogue.passed else paint.red("✗")
    place = f"{dialogue.file}:{dialogue.line}"
    size = f"{len(dialogue.turns)} 轮 {seconds(dialogue.seconds)}"
    return f"{mark} {paint.bold(dialogue.title)}  {paint.grey(f'{place}  {size}')}"


def _turn(turn: TurnResult, steps: tuple[StepView, ...], paint: Paint) -> Iterator[str]:
    when = paint.grey(f"第 {turn.line} 行  {seconds(turn.seconds)}")
    yield f"  顾客  {pad(turn.said, SAID)}  {when}"
    for message in turn.messages:
        yield from message_lines(message, paint)
    if turn.failures:
        yield from (f"    {paint.red('✗ ' + failure)}" for failure in turn.failures)
        yield from (f"      {paint.grey(line)}" for line in _debug(turn, steps))


def message_lines(message: Message, paint: Paint = Paint(False)) -> Iterator[str]:
    """A message of bot or agent: its words, a line a card, the choices."""
    first, *rest = str(message.get("text") or f"（{message.get('type', '')}）").splitlines() or [""]
    yield f"  {speaker(message)}  {first}"
    yield from (f"        {line}" for line in rest)
    shown = [_card(card) for card in cards(message)]
    yield from (f"        · {line}" for line in shown)
    offered = " ".join(f"[{choice}]" for choice in choices(message))
    if offered:
        yield f"        {paint.grey(offered)}"


def _card(card: Mapping[str, Any]) -> str:
    title = pad(clip(str(card.get("title", "")), TITLE), TITLE)
    price = money(card.get("price"))
    return f"{title} {' ' * (PRICE - width(price))}{price}  {card.get('brand', '')}"


def _debug(turn: TurnResult, steps: tuple[StepView, ...]) -> Iterator[str]:
    if turn.understanding:
        yield f"理解  {_ranking(turn.understanding)}"
        yield from (f"实体  {clip(entity(e), WIDE)}" for e in turn.understanding.entities)
    names = [difference.name for view in steps for difference in view.differences]
    column = max(map(width, names), default=0)
    for view in steps:
        yield f"动作  {_step(view)}"
        for difference in view.differences:
            change = f"{squeeze(difference.old, SAID)} → {squeeze(difference.new, SAID)}"
            yield f"        {pad(difference.name, column)}  {change}"


def _ranking(read: Understanding) -> str:
    others = [(name, sure) for name, sure in read.ranking if name != read.intent][:NEXT_BEST]
    rest = "".join(f" · {name} {sure:.2f}" for name, sure in others)
    return f"{read.intent} {read.confidence:.2f}{rest}"


def entity(found: Mapping[str, Any]) -> str:
    """`brand=小米 (exclude)`."""
    role = f" ({found['role']})" if found.get("role") else ""
    return f"{found.get('entity', '')}={value(found.get('value'))}{role}"


def _step(view: StepView) -> str:
    step = view.step
    sure = "" if step.confidence is None else f" {step.confidence:.2f}"
    policy = f"  {step.policy}{sure}" if step.policy else ""
    uttered = f"  说 {'、'.join(step.responses)}" if step.responses else ""
    return f"{step.action}{policy}{uttered}"
