import pytest

from recsys.query.syllables import syllables


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("我想买手机", ["wo", "xiang", "mai", "shou", "ji"]),
        ("我想买手鸡", ["wo", "xiang", "mai", "shou", "ji"]),
        ("shouji", ["shou", "ji"]),
        ("woxiangmai shouji", ["wo", "xiang", "mai", "shou", "ji"]),
        ("iphone15 壳", ["iphone", "0", "ke"]),
        ("usb", ["usb"]),
        ("好的！", ["hao", "de", "！"]),
        ("", []),
    ],
)
def test_what_a_text_sounds_like(text: str, sounds: list[str]) -> None:
    assert syllables(text) == sounds
