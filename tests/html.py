"""Reads answers as a reader does: the visible text of a page, or of parts of it."""

import re
from html import unescape
from html.parser import HTMLParser

from django.http import HttpResponse

VOID = {"meta", "link", "img", "input", "br", "hr"}
INLINE = {
    "a",
    "bdi",
    "cite",
    "code",
    "del",
    "em",
    "ins",
    "mark",
    "small",
    "span",
    "strong",
    "sup",
    "time",
}


class _Parts(HTMLParser):
    def __init__(self, tag: str, css_class: str | None) -> None:
        super().__init__()
        self.tag, self.css_class = tag, css_class
        self.depth = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self.depth:
            self.depth += tag not in VOID
        elif tag == self.tag and (self.css_class is None or self.css_class in classes):
            self.depth = 1
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1
            self.found[-1] += "" if tag in INLINE else " "

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found[-1] += data


def texts(response: HttpResponse, tag: str, css_class: str | None = None) -> list[str]:
    """The text of each outermost ``tag`` (of a class), white space made single."""
    parser = _Parts(tag, css_class)
    parser.feed(response.content.decode())
    return [" ".join(text.split()) for text in parser.found]


def attributes(response: HttpResponse, tag: str) -> list[dict[str, str | None]]:
    """The attributes of each ``tag``."""
    found: list[dict[str, str | None]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda name, attrs: (  # type: ignore[method-assign]
        found.append(dict(attrs)) if name == tag else None
    )
    parser.feed(response.content.decode())
    return found


def links(response: HttpResponse) -> list[str]:
    """Where the page's links lead, in order."""
    return [a["href"] or "" for a in attributes(response, "a")]


def text_of(response: HttpResponse) -> str:
    """All that a page says, without mark-up, with single spaces."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r" (?=[.,:;])", "", " ".join(unescape(words).split()))
