"""What a shopper typed: made safe to store, and safe to pass to Rasa."""

import unicodedata
from collections.abc import Sequence

from recsys.query.aftersale import hide_cards
from web.refusals import BadField, TextEmpty, TextTooLong

MAX_CHARACTERS = 1000
# What Rasa hears of a photo without words; the photo itself is found by its conversation.
PHOTO = "[发来图片]"
_SPACES = "\t\n\r\x0b\x0c\x85\u2028\u2029"
# Invisible characters that reorder what is shown around them.
_REORDERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def said(raw: object, photos: Sequence[str]) -> str:
    """The sentence without numbers of bank cards; photos may do without it. Raises like `clean`."""
    if photos and (raw is None or raw == ""):
        return ""
    return hide_cards(clean(raw))


def clean(raw: object, field: str = "text") -> str:
    """The sentence without control characters; raises BadField, TextEmpty, TextTooLong."""
    if not isinstance(raw, str):
        raise BadField(field=field)
    text = "".join(_kept(character) for character in raw).strip()
    if not any(_is_visible(character) for character in text):
        raise TextEmpty
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong(limit=MAX_CHARACTERS)
    return text


def for_rasa(text: str) -> str:
    """The sentence as Rasa may read it: one that begins with a slash would be a command there."""
    plain = text
    while plain and _opens_command(plain[0]):
        plain = plain[1:]
    return plain or "？"


def _opens_command(character: str) -> bool:
    """A slash of any width, or something invisible that may be stripped from before one."""
    if not _is_visible(character):
        return True
    return unicodedata.normalize("NFKC", character).lstrip().startswith("/")


def _kept(character: str) -> str:
    if character in _SPACES:
        return " "
    # Controls, and lone surrogates, which no encoding has.
    unsafe = unicodedata.category(character) in ("Cc", "Cs") or character in _REORDERING
    return "" if unsafe else character


def _is_visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc", "Mn")
