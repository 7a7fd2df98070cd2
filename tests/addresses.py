"""Every address of the site: those that links lead to, and those that are declared."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

MOST_ALIKE = 4
"""Addresses of one page with the same parameters that are followed: other values, the same code."""
HREF = re.compile(r'(?:href|src|action)="([^"]*)"|<(?:loc|id)>([^<]*)</|"(https?://[^"\s]+)"')


def crawl(client: Client, starts: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """Every page that links lead to, with status and text, the nearest first; each address once,
    and of addresses that differ in what they ask one page for the first few.
    """
    todo, seen = deque(starts), set(starts)
    asked: Counter[tuple[str, tuple[str, ...]]] = Counter()
    while todo:
        address = todo.popleft()
        answer = client.get(address)
        text = b"".join(answer).decode("utf-8", "replace") + str(dict(answer.headers))
        yield address, answer.status_code, text
        found = [a or b or c for a, b, c in HREF.findall(text)]
        found += [answer.headers.get("Location", "")]
        for link in map(html.unescape, found):
            parts = urlsplit(urljoin(f"http://testserver{address}", link))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            ours = parts.netloc in ("testserver", "localhost", "127.0.0.1", "example.com")
            if ours and path not in seen and not path.startswith(("/static/", "/admin/")):
                seen.add(path)
                if parts.query:
                    names = tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
                    asked[parts.path, names] += 1
                    if asked[parts.path, names] > MOST_ALIKE:
                        continue
                todo.append(path)


def public_addresses(
    resolver: URLResolver | None = None, within: str = ""
) -> Iterator[tuple[str, Any]]:
    """The route of each address outside the workroom, and what answers it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = within + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        elif pattern.namespace != "admin":
            yield from public_addresses(pattern, route)


def workroom_addresses() -> Iterator[tuple[str, list[str]]]:
    """Every address of the workroom as a pattern, with the names of what stands in it."""
    prefix, resolver = get_resolver().namespace_dict["admin"]
    for _, possibilities in resolver.reverse_dict.lists():
        for forms, *_ in possibilities:
            for form, names in forms:
                yield prefix + form, names
