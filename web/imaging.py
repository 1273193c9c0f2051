"""From bytes that somebody sent to a picture that is safe to keep: decoded, bounded, made anew."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from web.refusals import PhotoTooLarge, PhotoUnreadable

MEDIA_TYPE = "image/jpeg"
MAX_BYTES = 5 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP")
_MAX_PIXELS = 50_000_000
_MIN_EDGE = 16
# Enough to read a label by; a phone's camera gives more.
_KEPT_EDGE = 2560
_QUALITY = 88


@dataclass(frozen=True)
class Picture:
    """A JPEG without metadata; edges in pixels."""

    content: bytes
    width: int
    height: int


def read_picture(raw: bytes) -> Picture:
    """Whatever the sender calls it, what counts is what it decodes to; blocks.

    Encoded anew, so that neither camera, place nor anything appended comes along. Raises
    PhotoUnreadable, PhotoTooLarge.
    """
    try:
        with warnings.catch_warnings():
            # Our own limit on pixels stands below Pillow's.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=_FORMATS) as image:
                _check(image)
                return _kept(image)
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise PhotoUnreadable from error
    except Image.DecompressionBombError as error:
        raise PhotoTooLarge from error


def _check(image: Image.Image) -> None:
    """From the header, before a pixel is decoded."""
    if image.width * image.height > _MAX_PIXELS:
        raise PhotoTooLarge
    if min(image.size) < _MIN_EDGE:
        raise PhotoUnreadable


def _kept(image: Image.Image) -> Picture:
    image.draft("RGB", (_KEPT_EDGE, _KEPT_EDGE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_KEPT_EDGE, _KEPT_EDGE))
    flat = _opaque(upright)
    out = BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return Picture(out.getvalue(), flat.width, flat.height)


def _opaque(image: Image.Image) -> Image.Image:
    """On white where one can see through it. A new image holds pixels and nothing else."""
    rgba = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(rgba, mask=rgba.getchannel("A"))
    return paper
