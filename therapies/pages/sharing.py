"""Plain links by which a page is passed on: nothing of others' runs here, nobody is told before."""

from urllib.parse import quote, urlencode


def share_links(title: str, url: str) -> list[tuple[str, str]]:
    """By name, where a page called ``title`` at the absolute address ``url`` is passed on."""
    words = f"{title} {url}"
    return [
        ("E-mail", _address("mailto:", subject=title, body=url)),
        ("WhatsApp", _address("https://wa.me/", text=words)),
        ("Facebook", _address("https://www.facebook.com/sharer/sharer.php", u=url)),
        ("LinkedIn", _address("https://www.linkedin.com/sharing/share-offsite/", url=url)),
        ("Bluesky", _address("https://bsky.app/intent/compose", text=words)),
    ]


def _address(of: str, **said: str) -> str:
    """Spaces as %20, which mail programs read too (RFC 6068)."""
    return f"{of}?{urlencode(said, quote_via=quote, safe='')}"
