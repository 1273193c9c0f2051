"""Tokens of lexical search: characters, their bigrams, Latin words and numbers.

Characters with bigrams beat jieba words by far on shop titles (see docs/benchmarks.md), because a title is a heap of
nouns that a segmenter cuts differently each time.
"""

from __future__ import annotations

import re

from recsys.text.normalise import normalise

_RUN = re.compile(r"[一-鿿㐀-䶿]+|[a-z0-9]+(?:[.\-][a-z0-9]+)*")
_PART = re.compile(r"[a-z]+|\d+(?:\.\d+)?")


def lexical_tokens(text: str) -> list[str]:
    """Tokens of a text: each Chinese character and bigram; each Latin word, number and, whole, each model number."""
    tokens: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if run[0].isascii():
            parts = _PART.findall(run)
            tokens += parts if len(parts) == 1 else [run, *parts]
        else:
            tokens += list(run)
            tokens += [run[i : i + 2] for i in range(len(run) - 1)]
    return tokens


def phrase_tokens(phrase: str) -> set[str]:
    """The tokens that every text with this phrase has. Single characters say nothing beside their bigrams; a model
    number may be spaced (mate 30), a measure is one token (50ml)."""
    tokens: set[str] = set()
    for run in _RUN.findall(phrase):
        parts = _PART.findall(run)
        if not run[0].isascii():
            tokens |= {run[i : i + 2] for i in range(len(run) - 1)} or {run}
        elif run[0].isdigit():
            tokens.add(run)
        else:
            tokens |= set(parts)
    return tokens
