"""What is said around a wish: greetings, hesitation, emoji, thanks. It must not change how the rest is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_PARTICLE = "[呢哦呀啊吧哈啦嘛哟噢喔哇咯喽嘞呗哒捏耶滴]"
_THANKS = (
    r"(?:谢谢|多谢|感谢|谢[啦了]|拜托|麻烦|辛苦|thanks|thank you|thx)"
    r"(?:[了啦你您哈]|亲|大家|各位|老板|客服)*"
)
_TAIL = re.compile(rf"\s*(?:{_PARTICLE}|{_THANKS})(?:{_PARTICLE}|{_THANKS}|\W)*(?=\W|$)")
# Where a wish may begin without a pause behind what opens it: 你好我想买手机, but 你好棒.
_WISH = r"在[吗么]|我[想要]|我的|想[买要问找看]|请|麻烦|有没有|帮我|给我|推荐|第[一二三四五六七八九十\d]"
_PAUSE = rf"{_PARTICLE}*(?:[\W_]+|$|(?={_WISH}))"
_SOMEBODY = r"(?:有人|客服|老板|店家|掌柜|店主|店长|店小二|亲亲|亲)"
_OPENERS = (
    rf"(?:你好|您好|你们好|哈喽|哈啰|嗨|喂|hello|hi|hey|(?:早上|上午|中午|下午|晚上)好){_PAUSE}",
    rf"{_SOMEBODY}*(?:在[吗么嘛]|在不在?(?={_PARTICLE}*(?:[\W_]|$))|有人(?:[吗么嘛]|没(?!有)))(?:{_PARTICLE}|[\W_])*",
    rf"(?:亲爱的|亲亲|亲|老板|店家|掌柜的?|店主|店长|店小二|小姐姐|小哥哥|美女|帅哥){_PAUSE}",
    rf"客服{_PARTICLE}*[\W_]*$",
    rf"(?:实在|真是?)?(?:不好意思|打扰(?:一?下|[你您]?了)?|劳驾|抱歉|对不起)(?:{_PARTICLE}|[\W_])*",
    r"麻烦[你您]?(?:一?下)?(?:[\W_]+|(?=[帮给替看查找]|推荐))",
    rf"我?(?:(?:想|要|麻烦|劳烦|请)[你您]?)*(?:请教|问|咨询)(?:一?下|点事|个问题)(?!家|他|她|朋友|我(?![的想要])){_PARTICLE}*[\W_]*",
    rf"我?想?请问{_PARTICLE}*[\W_]*",
    # A pause tells hesitation from a word: 那个… and 额， but 那个多少钱 and 额温枪.
    r"(?:[这那]个[啊呀吧嘛]?(?:\.\.|[~\-—])|(?:就是说?[这那]个|那啥|内个)[啊呀吧嘛]?[.,。、~\-—])[\W_]*",
    r"(?:就是说?|怎么说呢?|让?我想想|[嗯呃额唔欸诶哎唉啊哦噢]+|em+)[啊呀吧嘛]?[\W_]+",
    rf"[嗯呃欸诶]+(?={_WISH})",
    rf"(?:好的?|行|嗯+|哦|ok)?[\W_]*{_THANKS}{_PARTICLE}*[\W_]*(?=那(?!就这)|再(?!见)|还|换|有没有|我[想要]|第)",
)
_OPENING = re.compile(f"(?:{'|'.join(f'(?:{one})' for one in _OPENERS)})+")
_CLOSING = re.compile(
    rf"(?<![\W_])[\W_]*(?<![太很真那常感谢])(?:谢谢|多谢|谢[啦了]|麻烦[你您]?了|拜托|thanks|thank you|thx)(?:谢谢|[了啦你您]|{_PARTICLE}|[\W_])*$"
)
_ANSWER = re.compile(
    r"(?:好|行|嗯|哦|噢|ok|可以|知道|明白|了解|收到|懂|没|不|算|够|先?就?这样|辛苦|拜|再见|88)\w{0,3}"
)


def core(text: str) -> tuple[int, int]:
    """Where the wish of a normalised text stands, between what opens and what closes it.

    The whole text where nothing else is said: 在吗 is a greeting, 好的谢谢 thanks.
    """
    opening = _OPENING.match(text)
    start = opening.end() if opening and _says_something(text[opening.end() :]) else 0
    closing = _CLOSING.search(text, start)
    if closing is None or not _outweighs_thanks(text[start : closing.start()].strip()):
        return start, len(text)
    return start, closing.start()


def _outweighs_thanks(rest: str) -> bool:
    """红色的 does; an answer makes one thing with thanks: 好的谢谢, 不用了谢谢."""
    return len(rest) > 2 and _ANSWER.fullmatch(rest) is None


def quiet(text: str, edges: Sequence[int]) -> str:
    """`text` with a comma for each emoji and blanks for chatter around it; all else keeps its place.

    `edges` are where words begin: the 吧 of 网吧 and the 呢 of 毛呢 close no sentence.
    """
    start, _ = core(text)
    plain = "".join("," if _is_emoji(char) else char for char in text)
    plain = _blank(plain[:start]) + plain[start:]
    for match in _TAIL.finditer(plain):
        begin = next((e for e in edges if match.start() <= e < match.end()), match.end())
        plain = plain[:begin] + _blank(plain[begin : match.end()]) + plain[match.end() :]
    return plain


def _says_something(rest: str) -> bool:
    return any(char.isalnum() for char in rest)


def _blank(chatter: str) -> str:
    return "".join(" " if char.isalnum() else char for char in chatter)


def _is_emoji(char: str) -> bool:
    """Pictures and what colours or frames them; degree and currency signs are below."""
    return char >= "\u2000" and unicodedata.category(char) in ("So", "Sk", "Me")
