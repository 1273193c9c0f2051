"""Text that every database can hold, and what of it may be shown."""

import re

from shop.domain.refusal import BadText

# Province, city and district, as far as they are spelled with their kind.
_REGION = re.compile(
    r"(?:[^省市区县]{2,8}(?:省|自治区))?(?:[^省市区县]{1,10}(?:市|自治州|地区|盟))?"
    r"(?:[^省市区县路街号]{1,8}(?:区|县|旗|市))?"
)


def writable(text: str) -> str:
    """Without NUL, and with ? for half of a surrogate pair: both come in from broken clients."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def is_writable(text: str) -> bool:
    """No id that the shop has given is otherwise."""
    return writable(text) == text


def check_text(text: str, limit: int) -> str:
    """What was written, without space around it; raises BadText."""
    said = writable(text).strip()
    if not 1 <= len(said) <= limit:
        raise BadText(limit=limit)
    return said


def mask_phone(phone: str) -> str:
    """138****0001; nothing of a number too short to hide anything in."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "****"


def mask_address(address: str) -> str:
    """The region and asterisks: 北京市海淀区****; masked again it stays the same."""
    region = _REGION.match(address)
    return f"{region[0] if region else ''}****"
