"""What goods are for: 做饭用的 narrows the appliances that are talked of, 她不喝酒 refuses drinks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recsys.query.lexicon import Entry, Lexicon, Match
from recsys.query.span import Span

_NEVER = r"(?:从来?|平时|一直|基本上?|几乎)?(?:都|也)?不(?:怎么|太|大|会|爱|喜欢|能|常)?"
_ENDS = re.compile(r"的|了|[\W_]|$")


def find_serving(text: str, running: str | None, lexicon: Lexicon) -> Match | None:
    """The kinds of the group that is talked of which serve what a sentence names, where they have one name."""
    members = set(lexicon.groups.get(running or "", ()))
    for use in sorted(lexicon.uses, key=len, reverse=True) if members else ():
        place = text.find(use)
        if place < 0 or text[:place].endswith("不"):
            continue
        names = [n for n in lexicon.uses[use] if members & {*lexicon.leaves(n)} and n != running]
        if len(names) == 1:
            return Match(place, place + len(use), (Entry("category", names[0]),))
    return None


def find_unused(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Refused kinds of goods, by what somebody never does with them."""
    for use, names in lexicon.uses.items():
        for match in re.finditer(_NEVER + re.escape(use), text) if use in text else ():
            if len(names) == 1 and _ENDS.match(text, match.end()):
                yield Span(match.start(), match.end(), "category", names[0], True, surface=names[0])
