"""An answer as it is kept: once as Django made it, once as it goes out in each encoding."""

import gzip
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.http import parse_etags

from msportal.formats import KNOWN
from publication.api.modified import is_since

Headers = list[tuple[str, str]]

GZIP = "gzip"
LEVEL = 6
_WORTH_IT = 200  # bytes: what is shorter does not get shorter
_OF_TEXT = (
    *("text/", "application/json", "application/problem+json", "application/x-ndjson"),
    *("application/yaml", "application/atom+xml", "application/xml", "image/svg+xml"),
    *(one.media_type for one in KNOWN),
)
_OF_A_BODY = frozenset({"content-type", "content-length", "content-encoding", "content-language"})
"""What goes out with a body alone, not with 304 (RFC 9110, 15.4.5)."""
_IN_THE_KEY = {"accept", "accept-encoding"}
"""Of what a request says, what an answer may hang on: the one is in the key, the other is ours."""
OVERHEAD = 4_000
"""Bytes that an answer takes beside its bodies: its headers, several times over."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Status, headers and body, as they go out."""

    status: str
    headers: Headers
    body: list[bytes]


@dataclass(slots=True)
class Answer:
    """What Django said to a request that has nothing in it but its key."""

    status: str
    headers: Headers
    body: bytes
    head: int | None = None
    """Of the log: what the answer is a function of, with its key; ``None`` where it is not."""
    code: int = field(init=False)
    etag: str = field(init=False)
    """Empty where there is none."""
    is_text: bool = field(init=False)
    _sent: dict[str, Sent] = field(default_factory=dict)
    _without_body: dict[str, Sent] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.code = int(self.status[:3])
        self.etag = self.header("etag")
        self.is_text = self.code == 304 or self.header("content-type").startswith(_OF_TEXT)

    def header(self, name: str) -> str:
        """Empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def may_be_kept(self) -> bool:
        """Whether a view said so, and nothing in the answer says otherwise."""
        if self.head is None or self.code not in (200, 301, 302, 304, 404, 410):
            return False
        return not (
            self.header("set-cookie")
            or self._words("cache-control") & {"private", "no-store"}
            or self._words("vary") - _IN_THE_KEY
        )

    def _words(self, name: str) -> set[str]:
        """Of a header that is a list."""
        return {word.strip().lower() for word in self.header(name).split(",") if word.strip()}

    @property
    def size(self) -> int:
        """Bytes, with room for the body in its other encoding."""
        return OVERHEAD + len(self.body) * 4 // 3

    def sent(self, coding: str) -> Sent:
        """The whole of it."""
        known = self._sent.get(coding)
        return known or self._sent.setdefault(coding, self._make(coding))

    def unchanged(self, coding: str) -> Sent:
        """304: whoever asks has it."""
        known = self._without_body.get(coding)
        if known is None:
            headers = [h for h in self._headers(coding) if h[0].lower() not in _OF_A_BODY]
            known = self._without_body.setdefault(coding, Sent("304 Not Modified", headers, []))
        return known

    def is_known(self, tags: str) -> bool:
        """Whether ``If-None-Match``, as ``plain`` has it, names it (RFC 9110, 13.1.2)."""
        if not self.etag or self.code not in (200, 304):
            return False
        if tags == self.etag:
            return True
        return self.etag in {tag.removeprefix("W/") for tag in parse_etags(tags)}

    def is_since(self, asked: str) -> bool:
        """Whether ``If-Modified-Since`` says that who asks has it."""
        return self.code == 200 and is_since(asked, self.header("last-modified"))

    def _make(self, coding: str) -> Sent:
        body = self.body
        if coding:
            body = gzip.compress(body, LEVEL, mtime=0)
        headers = [*self._headers(coding), ("Content-Length", str(len(body)))]
        return Sent(self.status, headers, [body])

    def _headers(self, coding: str) -> Headers:
        headers = [
            (name, _tag(value, coding) if name.lower() == "etag" else value)
            for name, value in self.headers
            if name.lower() not in ("content-length", "vary")
        ]
        varies = [word.strip() for word in self.header("vary").split(",") if word.strip()]
        if self.is_text and "accept-encoding" not in self._words("vary"):
            varies.append("Accept-Encoding")
        if varies:
            headers.append(("Vary", ", ".join(varies)))
        if coding:
            headers.append(("Content-Encoding", coding))
        return headers

    def coding(self, accepted: str) -> str:
        """That in which it goes to who says ``Accept-Encoding``; empty for none."""
        if not self.is_text or (len(self.body) < _WORTH_IT and self.code != 304):
            return ""
        return GZIP if takes_gzip(accepted) else ""


def _tag(tag: str, coding: str) -> str:
    """Other bytes have another strong tag (RFC 9110, 8.8.3.3)."""
    return f'{tag[:-1]}-{coding}"' if coding else tag


def plain(tags: str) -> str:
    """``If-None-Match`` as Django knows the tags: whoever has one encoding has them all."""
    return tags.replace(f'-{GZIP}"', '"')


@lru_cache(maxsize=512)
def takes_gzip(accepted: str) -> bool:
    """Of ``Accept-Encoding`` (RFC 9110, 12.5.3): unless what is not compressed is liked better."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = _weight(weight.replace(" ", ""))
    packed = weights.get(GZIP, weights.get("x-gzip", weights.get("*", 0.0)))
    return packed > 0 and packed >= weights.get("identity", 0.0)


def _weight(text: str) -> float:
    """1 where none is given, 0 where it is not understood."""
    try:
        return float(text.removeprefix("q=")) if text else 1.0
    except ValueError:
        return 0.0
