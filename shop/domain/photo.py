"""Photos that shoppers send as evidence."""

from dataclasses import dataclass
from datetime import datetime

# A conversation holds so many.
MOST_PHOTOS = 9


@dataclass(frozen=True)
class Photo:
    """A reference: `size` in bytes, `sha256` of the file in hexadecimal digits."""

    photo_id: str
    conversation_id: str
    media_type: str
    size: int
    sha256: str
    at: datetime
