"""What survives when the same is said in another way: intent and conditions, kind by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import aiohttp

from testing.variation.corpus import Labelled
from testing.variation.sentence import Reader
from testing.variation.variant import Variant
from testing.variation.variants import variants

Read: TypeAlias = tuple[str, Mapping[str, Any]]
Understand: TypeAlias = Callable[[str], Awaitable[Read]]
# What is left of a sentence ranks and never filters, so a typo in it changes no condition.
_FREE_TEXT = "need"
# Whether it is a question may rightly change with a closing particle.
_TONE = "asks"


class NotUnderstood(RuntimeError):
    """Rasa gave no reading at all; the message says why."""


@dataclass(frozen=True)
class Example:
    """One variant and how it and its original were read; `wanted` is the intent that is right."""

    variant: Variant
    wanted: str
    intent: str
    conditions: Mapping[str, Any]
    original: Mapping[str, Any]

    @property
    def right_intent(self) -> bool:
        return self.intent == self.wanted

    @property
    def same_conditions(self) -> bool:
        return self.conditions == self.original


@dataclass(frozen=True)
class KindScore:
    """Shares of `tried` variants; `before` is the share of their originals with the right intent."""

    kind: str
    tried: int
    before: float
    right_intent: float
    same_conditions: float
    worst: tuple[Example, ...]


@dataclass(frozen=True)
class Robustness:
    """`right_intent` is that of the sentences as written; `kinds` the least robust first."""

    sentences: int
    right_intent: float
    kinds: tuple[KindScore, ...]


async def robustness(
    sentences: Iterable[Labelled],
    understand: Understand,
    kinds: Sequence[str] | None = None,
    *,
    seed: int = 0,
    each: int = 1,
    worst: int = 5,
    reader: Reader | None = None,
) -> Robustness:
    """Ask for every sentence and `each` of its variants of every kind; `worst` examples are kept."""
    read: dict[Labelled, Read] = {}
    found: dict[str, list[tuple[Labelled, Example]]] = defaultdict(list)
    for sentence in dict.fromkeys(sentences):
        read[sentence] = await understand(sentence.text)
        for variant in variants(sentence.text, kinds, seed, each=each, reader=reader):
            intent, query = await understand(variant.text)
            before = conditions(read[sentence][1])
            example = Example(variant, sentence.intent, intent, conditions(query), before)
            found[variant.kind].append((sentence, example))
    right = {sentence: intent == sentence.intent for sentence, (intent, _) in read.items()}
    scores = (_score(kind, rows, right, worst) for kind, rows in found.items())
    ranked = sorted(scores, key=lambda score: score.right_intent + score.same_conditions)
    return Robustness(len(read), _share(right.values()), tuple(ranked))


def conditions(query: Mapping[str, Any]) -> dict[str, Any]:
    """All that decides which products are shown, whatever the order in which it was said."""
    said = {
        key: value for key, value in query.items() if key not in ("constraints", _FREE_TEXT, _TONE)
    }
    said |= {k: v for k, v in query.get("constraints", {}).items() if k != _FREE_TEXT}
    return {key: _in_order(value) for key, value in said.items() if value not in (None, [], "", {})}


def _in_order(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, list) else value


@asynccontextmanager
async def understand_over_http(rasa_url: str) -> AsyncIterator[Understand]:
    """Reads with a running Rasa that was started with --enable-api."""
    async with aiohttp.ClientSession() as session:

        async def understand(text: str) -> Read:
            return await _parse(session, f"{rasa_url.rstrip('/')}/model/parse", text)

        yield understand


async def _parse(session: aiohttp.ClientSession, url: str, text: str) -> Read:
    try:
        async with session.post(url, json={"text": text}) as answer:
            answer.raise_for_status()
            reading = await answer.json()
    except (aiohttp.ClientError, TimeoutError) as problem:
        raise NotUnderstood(f"{url}: {problem} (was Rasa started with --enable-api?)") from problem
    return reading["intent"]["name"] or "", _query(reading["entities"])


def _query(entities: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((e["value"] for e in entities if e["entity"] == "query"), {})


def _score(
    kind: str, rows: Sequence[tuple[Labelled, Example]], right: Mapping[Labelled, bool], worst: int
) -> KindScore:
    examples = [example for _, example in rows]
    return KindScore(
        kind,
        len(rows),
        _share(right[sentence] for sentence, _ in rows),
        _share(example.right_intent for example in examples),
        _share(example.same_conditions for example in examples),
        tuple(_broken((right[sentence], example) for sentence, example in rows))[:worst],
    )


def _broken(rows: Iterable[tuple[bool, Example]]) -> Iterator[Example]:
    """Those that lost most first; an intent that was wrong before is none that the variant lost."""
    lost = [(right and not e.right_intent, not e.same_conditions, e) for right, e in rows]
    for intent, condition, example in sorted(lost, key=lambda row: -(row[0] + row[1])):
        if intent or condition:
            yield example


def _share(kept: Iterable[bool]) -> float:
    values = list(kept)
    return sum(values) / len(values) if values else 0.0
