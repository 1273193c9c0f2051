"""What the gateway is told by whoever starts it."""

from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

from web.limits import Rate
from web.wording import Wording

# A page with all that it loads, again and again.
ADDRESS_RATE = Rate(per_second=20, burst=200)
# Nobody types faster for long.
SPEAKER_RATE = Rate(per_second=1, burst=20)


@dataclass(frozen=True)
class GatewayConfig:
    """Rates of None do not limit, an interval of None never looks; `trusted_proxies` are believed about whom they speak for.

    `address_secret`: callers' addresses are kept as hashes under it; several gateways need the same. `photos` is a folder.
    `demo_key` signs invented customers in, where the shop's own site signs nobody in with `jwt_key`.
    """

    wording: Wording
    photos: Path
    jwt_key: str | None = None
    demo_key: str | None = None
    allowed_origins: frozenset[str] = frozenset()
    trusted_proxies: frozenset[str] = frozenset()
    address_rate: Rate | None = ADDRESS_RATE
    conversation_rate: Rate | None = SPEAKER_RATE
    address_secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    notice_interval_s: float | None = None
    delivery_interval_s: float | None = None
    tidy_interval_s: float | None = None
    hello_timeout_s: float = 5.0
    max_body_bytes: int = 64 * 1024

    @property
    def signing_key(self) -> str | None:
        """The key of good customer tokens; None: there are none."""
        return self.jwt_key or self.demo_key
