"""Which of the encodings of Chinese feeds a file is in."""

from pathlib import Path


def detect(path: Path) -> str:
    """`utf-8-sig` (which reads plain UTF-8 too) or `gb18030`.

    Text in GB18030 is hardly ever valid UTF-8, and a few broken lines do not make a UTF-8 file
    another one: so most of the lines decide that are not plain ASCII.
    """
    telling = broken = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                telling += 1
                broken += not _is_utf8(line)
    return "gb18030" if broken * 2 > telling else "utf-8-sig"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
