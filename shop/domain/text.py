"""Text that every database can hold."""


def writable(text: str) -> str:
    """Without NUL, and with ? for half of a surrogate pair: both come in from broken clients."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
