"""Which representation of an answer is sent: the one that ``format`` names, or ``Accept`` prefers.

``Accept`` is read as RFC 9110, 12.5.1 says, and its weights as 12.4.2 does. A part of it that is
malformed is left out; where nothing is left, or nothing was there, it says nothing. Nor does one
that is longer than any client needs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from rest_framework.exceptions import NotAcceptable, ValidationError

LONGEST = 2_000
"""Characters of ``Accept`` that are read."""
FORMAT = "format"
"""The parameter for who types an address and cannot say ``Accept``."""


@dataclass(frozen=True, slots=True)
class Format:
    """One representation that an address may offer."""

    name: str
    """The value of ``format``; empty where ``Accept`` alone asks for it."""
    media_type: str
    schema: Mapping[str, Any] = field(compare=False, hash=False)
    """What the OpenAPI document says of it (JSON Schema)."""
    profiles: frozenset[str] = frozenset()
    """The values of the parameter ``profile`` (RFC 6906) that it conforms to."""
    file: str = ""
    """The ending of the file as which it is saved; empty where it is shown."""
    charset: bool = False
    """Whether its media type tells the encoding, which is UTF-8 of every representation."""

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type

    def has(self, name: str, value: str) -> bool:
        """Whether it is as a parameter of a media range wants it."""
        if name == "charset":
            return value.lower() in ("utf-8", "utf8")
        return name == "profile" and set(value.split()) <= self.profiles


OBJECT: Mapping[str, Any] = {"type": "object", "additionalProperties": True}
JSON = Format("json", "application/json", OBJECT)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    {
        **OBJECT,
        "description": "Linked data: JSON-LD 1.1 in the words of schema.org, PROV-O and Web"
        " Annotation.",
        "required": ["@context", "@id", "@type"],
        "properties": {
            "@context": {
                "type": "object",
                "description": "What the terms mean; nothing is fetched.",
            },
            "@id": {"type": "string", "format": "uri", "description": "What it is of."},
            "@type": {"description": "What that is: a term or several."},
        },
    },
    profiles=frozenset({"http://www.w3.org/ns/json-ld#compacted"}),
)
NDJSON = Format("ndjson", "application/x-ndjson", {"type": "string"})
CSV = Format("csv", "text/csv", {"type": "string"}, charset=True)
HTML = Format("", "text/html", {"type": "string"}, charset=True)
NOTE = Format("", "text/plain", {"type": "string"}, charset=True)
USUAL: Sequence[Format] = (JSON,)


def chosen(accept: str, named: str | None, offered: Sequence[Format]) -> Format:
    """Of what is offered, best first: the one of that name, else the one that ``Accept`` prefers.

    ``ValidationError`` where none has the name, ``NotAcceptable`` where none is taken.
    """
    if named is not None:
        return _named(named, offered)
    weights = _weights(accept, offered)
    best = max(weights)
    if not best:
        raise NotAcceptable(f"Accept takes nothing that is here. There is {_listed(offered)}.")
    return offered[weights.index(best)]


def _named(name: str, offered: Sequence[Format]) -> Format:
    known = {one.name: one for one in offered if one.name}
    if name not in known:
        *others, last = known
        said = f"{', '.join(others)} or {last}" if others else last
        raise ValidationError({FORMAT: f"Say {said}."})
    return known[name]


def _listed(offered: Sequence[Format]) -> str:
    several = len(offered) > 1
    return ", ".join(
        f"{one.media_type} (format={one.name})" if several and one.name else one.media_type
        for one in offered
    )


def reduced(accept: str, known: Sequence[Format], usual: Format) -> str:
    """What of ``Accept`` an answer hangs on, where addresses offer some of what is ``known``.

    Empty where it takes ``usual`` as gladly as anything else. From the same text, the same is
    chosen as from ``accept`` itself, of whatever is offered. So there are few of these texts,
    whatever clients say.
    """
    weights = _weights(accept, known)
    best = max(weights)
    if not best:
        return "*/*;q=0"
    if weights[known.index(usual)] == best:
        return ""
    ranks = sorted({weight for weight in weights if weight}, reverse=True)
    told = sorted(
        (ranks.index(weight), one.media_type)
        for weight, one in zip(weights, known, strict=True)
        if weight
    )
    return ", ".join(f"{name};q={(1000 - rank) / 1000}" for rank, name in told)


# Accept


class _Range(NamedTuple):
    """A media range with its weight in thousandths."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]
    weight: int

    def takes(self, one: Format) -> bool:
        main, _, sub = one.media_type.partition("/")
        if self.type not in ("*", main) or self.subtype not in ("*", sub):
            return False
        return all(one.has(name, value) for name, value in self.parameters)

    @property
    def precision(self) -> tuple[bool, bool, int]:
        """The greater, the more specific: it then has precedence."""
        return self.type != "*", self.subtype != "*", len(self.parameters)


_EVERYTHING = _Range("*", "*", (), 1000)
_WORD = r"[-!#$%&'*+.^_`|~0-9A-Za-z]+"
_QUOTED = r'"(?:[^"\\]|\\.)*'
_PIECE = re.compile(rf'{_QUOTED}(?:"|\\?\Z)|[^",]+|,', re.DOTALL)
"""Commas, quoted strings (the last one may lack its end), and what is between them."""
_TYPE = re.compile(rf"({_WORD})/({_WORD})")
_PARAMETER = re.compile(rf'[ \t]*;[ \t]*(?:({_WORD})=({_WORD}|{_QUOTED}"))?')
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


def _weights(accept: str, offered: Sequence[Format]) -> list[int]:
    """Of each, how gladly it is taken, in thousandths; 0 where it is not."""
    ranges = _ranges(accept if len(accept) <= LONGEST else "")
    return [_weight(one, ranges) for one in offered]


def _weight(one: Format, ranges: Sequence[_Range]) -> int:
    fitting = [(r.precision, r.weight) for r in ranges if r.takes(one)]
    return max(fitting)[1] if fitting else 0


@lru_cache(maxsize=128)
def _ranges(accept: str) -> Sequence[_Range]:
    found = [told for text in _elements(accept) if (told := _range(text.strip(" \t")))]
    return found or [_EVERYTHING]


def _elements(accept: str) -> Iterator[str]:
    """The members of the list; a comma within quotes parts none."""
    element = ""
    for piece in _PIECE.findall(accept):
        if piece == ",":
            yield element
            element = ""
        else:
            element += piece
    yield element


def _range(text: str) -> _Range | None:
    """``None`` where it is malformed."""
    start = _TYPE.match(text)
    if start is None:
        return None
    main, sub = start.group(1).lower(), start.group(2).lower()
    if main == "*" and sub != "*":
        return None
    parameters, weights, at = [], [], start.end()
    while at < len(text):
        found = _PARAMETER.match(text, at)
        if found is None:
            return None
        at = found.end()
        name = (found.group(1) or "").lower()
        if name == "q":
            weights.append(found.group(2))
        elif name:
            parameters.append((name, _unquoted(found.group(2))))
    if len(weights) > 1 or not all(map(_WEIGHT.fullmatch, weights)):
        return None
    weight = round(float(weights[0]) * 1000) if weights else 1000
    return _Range(main, sub, tuple(parameters), weight)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
