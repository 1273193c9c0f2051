"""Headers that every answer carries."""

from aiohttp import hdrs, web

_FRESH = ("/api/", "/healthz", "/readyz", "/metrics")


async def secure(request: web.Request, response: web.StreamResponse) -> None:
    """Nothing is guessed, framed or scripted, unless the handler has said otherwise."""
    headers = response.headers
    headers[hdrs.SERVER] = "daogou"
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    # Static files have no version in their names: browsers keep them but ask by ETag.
    personal = request.path.startswith(_FRESH)
    headers.setdefault(hdrs.CACHE_CONTROL, "no-store" if personal else "no-cache")
