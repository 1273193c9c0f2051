"""What a message without any words says: 👍, 😡, or nothing but marks."""

from __future__ import annotations

_PLEASED = frozenset("👍👌🆗💯👏💪🙏😊😀😃😄😁🙂😆😍🥰😘🤗😋😎🎉❤💕💖🌹✌🤝")
_CROSS = frozenset("😡😠🤬😤👎💩🖕😒🙄😑😾💢")


def is_wordless(text: str) -> bool:
    """Whether there is no letter, digit or character of a script: ？？, 。。。, 👍."""
    return bool(text.strip()) and not any(char.isalnum() for char in text)


def pleased(text: str) -> bool | None:
    """Whether a message without words is a kind one; None where its marks do not tell."""
    if not is_wordless(text):
        return None
    kind, cross = _PLEASED & set(text), _CROSS & set(text)
    return bool(kind) if bool(kind) != bool(cross) else None
