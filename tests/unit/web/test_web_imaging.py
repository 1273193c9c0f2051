"""What becomes of bytes that claim to be a picture."""

import zlib
from io import BytesIO

import pytest
from PIL import Image

from web.imaging import read_picture
from web.refusals import PhotoTooLarge, PhotoUnreadable

ORIENTATION, MAKE, GPS, LATITUDE = 0x0112, 0x010F, 0x8825, 2


def encoded(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **how: object) -> bytes:
    """A picture whose left half is red."""
    image = Image.new(mode, size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def decoded(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=["JPEG"])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_pictures_become_jpegs(kind: str, mode: str) -> None:
    picture = read_picture(encoded(kind, mode=mode))
    assert (picture.width, picture.height) == (64, 48) == decoded(picture.content).size


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK")]
)
def test_every_way_to_hold_colours_is_read(kind: str, mode: str) -> None:
    image = Image.new(mode, (32, 32))
    out = BytesIO()
    image.save(out, kind)
    assert decoded(read_picture(out.getvalue()).content).mode == "RGB"


def test_camera_and_place_are_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "SecretCam", 6
    exif.get_ifd(GPS)[LATITUDE] = (39.0, 54.0, 20.0)
    raw = encoded("JPEG", exif=exif, comment=b"at home") + b"PK\x03\x04 something appended"
    assert b"SecretCam" in raw and b"at home" in raw
    picture = read_picture(raw)
    assert (picture.width, picture.height) == (48, 64)
    kept = decoded(picture.content)
    assert not kept.getexif() and "comment" not in kept.info
    for trace in (b"SecretCam", b"at home", b"Exif", b"PK\x03\x04"):
        assert trace not in picture.content


def test_a_png_s_words_are_gone() -> None:
    raw = encoded("PNG")
    words = b"tEXtComment\x00made at home"
    chunk = (len(words) - 4).to_bytes(4) + words + zlib.crc32(words).to_bytes(4)
    assert b"home" not in read_picture(raw[:33] + chunk + raw[33:]).content


def test_a_large_picture_is_made_smaller() -> None:
    picture = read_picture(encoded("PNG", (6000, 3000)))
    assert (picture.width, picture.height) == (2560, 1280)


def test_what_one_can_see_through_is_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (32, 32), (0, 0, 0, 0)).save(out, "PNG")
    pixel = decoded(read_picture(out.getvalue()).content).convert("L").getpixel((5, 5))
    assert isinstance(pixel, int) and pixel > 250


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff\xe0" + b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
        encoded("JPEG")[:200],
        encoded("PNG")[:-30],
        encoded("GIF"),
        encoded("BMP"),
        encoded("TIFF"),
        encoded("PNG", (8, 400)),
    ],
)
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(PhotoUnreadable):
        read_picture(raw)


@pytest.mark.parametrize("size", [(9000, 9000), (50_000, 50_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    header = b"IHDR" + size[0].to_bytes(4) + size[1].to_bytes(4) + b"\x08\x02\x00\x00\x00"
    raw = encoded("PNG")
    forged = raw[:12] + header + zlib.crc32(header).to_bytes(4) + raw[33:]
    with pytest.raises((PhotoTooLarge, PhotoUnreadable)):
        read_picture(forged)
