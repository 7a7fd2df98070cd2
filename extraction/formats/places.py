"""Affiliations in article XML: as text, numbered, and which of them an author has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from extraction.text.tree import Element, Tree
from extraction.text.words import words
from extraction.types import Affiliation, Span

_LEFT_OUT = words("institution-id email xref fn object-id phone fax uri ext-link")
_PLACES = words(
    "addr-line city country department institution institution-wrap postal-code state "
    "organization suborganization"
)
_MARK = re.compile(r"[\d*†‡§¶#,\s]{1,6}|[a-z]")
_DIGITS = re.compile(r"\d{1,2}")
_BROKEN_TAG = re.compile(r"</?[A-Za-z][\w \n:-]{0,40}/?>")
_NUMBER = re.compile(r"\(?(\d{1,2})[\s.):]*(?=[A-Z])")
_BETWEEN = re.compile("[ \x01\x02]+")
_MOST = 3_000
"""Characters of an affiliation that is tidied; what is longer is none."""
_CONTACT = re.compile(
    r"[\s,;.(]*(?:(?:electronic )?e-?mail(?: address)?|electronic address|tel(?:ephone)?|fax)"
    r"\s*[:.]?"
    r"(?:\s*\S+@\S+|\s*[+\d][\d\s()-]{4,30})?\s*\)?\.?$",
    re.I,
)
_ADDRESS = re.compile(r"[\s,;(]*(?<!\S)[\w.+-]{1,64}@[\w.-]{1,100}\w\)?")


@dataclass(slots=True)
class Places:
    """The affiliations met so far, each once, by the order or the label in which they came."""

    found: dict[str, int] = field(default_factory=dict)
    by_id: dict[str, int] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, span: Span, *, keys: Iterable[str] = ()) -> int | None:
        """Its number; None when it has no words."""
        if not re.search(r"[^\W\d_]{2}", text):
            return None
        number = self.found.setdefault(text, len(self.found) + 1)
        self.spans.append(span)
        self.by_id.update((key, number) for key in keys if key)
        return number

    def relabelled(self, labels: dict[int, int]) -> dict[int, int]:
        """The numbers that labels give, where they give each place one of its own."""
        whole = len(labels) == len(self.found) and len(set(labels.values())) == len(labels)
        return labels if whole else {number: number for number in self.found.values()}

    def listed(self, numbers: dict[int, int]) -> tuple[Affiliation, ...]:
        return tuple(Affiliation(numbers[number], text) for text, number in self.found.items())

    def span(self) -> Span:
        return Span(min(s.start for s in self.spans), max(s.end for s in self.spans))


def places_in(tree: Tree, element: Element) -> list[tuple[str, str]]:
    """The affiliations that an element holds, each with its label: one, or one after each label.

    Their parts are set apart by commas, labels and contacts left out.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for sign, piece in tree.pieces(element, _LEFT_OUT, lambda child: _label(tree, child)):
        if sign.startswith("^") and (sign[1:].isalnum() or not "".join(found[-1][1]).strip()):
            found.append((sign[1:], []))
        elif sign[1:] in _PLACES:
            found[-1][1].append(
                "\x02" if sign[0] == ">" else "\x02\x01" if sign[1:] == "country" else "\x01"
            )
        found[-1][1].append(piece)
    places = [(label, _joined("".join(pieces))) for label, pieces in found]
    return [(label or _number(text), tidy_place(text)) for label, text in places if text]


def _label(tree: Tree, child: Element) -> str:
    """The sign by which authors refer to the place that follows; empty for other elements."""
    if child.name not in {"label", "sup", "bold", "italic"} or child.stop - child.inner > 200:
        return ""
    text = tree.text(child)
    if child.name == "label":
        return text or "-"
    form = _MARK if child.name == "sup" else _DIGITS
    return text if form.fullmatch(text) else ""


def _number(text: str) -> str:
    number = _NUMBER.match(text)
    return number[1] if number else ""


def _joined(text: str) -> str:
    return _BETWEEN.sub(_between, re.sub(r"\s+", " ", text)).strip()


def _between(run: re.Match[str]) -> str:
    """A comma where one part ends and the next begins, and none is written."""
    text, (start, end) = run.string, run.span()
    ended = run.group().find("\x02")
    next_begins = ended >= 0 and run.group().find("\x01", ended) >= 0
    inside = start > 0 and end < len(text)
    if next_begins and inside and text[start - 1] not in ",;:(-–/" and text[end] not in ",;:)./":
        return ", "
    return " " if " " in run.group() else ""


def tidy_place(text: str) -> str:
    """Without contacts, the number that was glued to it, and a country named twice."""
    if len(text) > _MOST:
        return text
    text = _BROKEN_TAG.sub(" ", text)
    text = _CONTACT.sub("", _ADDRESS.sub("", " ".join(text.split())))
    text = _CONTACT.sub("", re.sub(r"\s*([,;])(?:\s*[,;])*", r"\1", text)).strip(" ,;.")
    number = _NUMBER.match(text)
    return _once(text[number.end() :] if number else text)


def _once(text: str) -> str:
    """``Lyon, France, FR`` and ``Lyon France, France`` name their country once."""
    before, _, last = text.rpartition(", ")
    if not before:
        return text
    written = re.compile(rf"(?:^|[\s,]){re.escape(last)}\.?$", re.I)
    code = _CODES.get(last) if re.fullmatch(r"[A-Z]{2}", last) else None
    repeats = written.search(before) or (code and re.search(code, before, re.I))
    return before if repeats else text


_CODES = {
    "AR": "argentina", "AT": "austria", "AU": "australia", "BE": "belgium", "BR": "brazil",
    "CA": "canada", "CH": "switzerland", "CN": "china", "CZ": "czech", "DE": "germany",
    "DK": "denmark", "ES": "spain", "FI": "finland", "FR": "france", "GB": "kingdom",
    "GR": "greece", "HU": "hungary", "IE": "ireland", "IL": "israel", "IN": "india", "IR": "iran",
    "IT": "italy", "JP": "japan", "KR": "korea", "MX": "mexico", "NL": "netherlands",
    "NO": "norway", "PL": "poland", "PT": "portugal", "RO": "romania", "RU": "russia",
    "SE": "sweden", "TR": "turkey", "UK": "kingdom", "US": r"\\bUSA\\b|United States",
}  # fmt: skip
"""Codes of ISO 3166 beside the country that they repeat."""
