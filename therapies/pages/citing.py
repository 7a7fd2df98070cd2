"""How to cite: what a page offers to be cited, in styles to copy and in files to load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from publication import log
from publication.entries import Entry
from sources.citing.files import FILES, File
from sources.citing.formatted import STYLES, cited
from sources.citing.items import SITE, Item, of_page
from sources.citing.works import work
from therapies.pages.snapshot import Snapshot, bad_request
from therapies.presentation import Names

_LONGEST = 140
"""Characters of a statement that stand for the whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is cited together; ``also`` follows it in the files."""

    of: str
    heading: str
    items: Sequence[Item]
    also: Sequence[Item] = ()

    @property
    def in_files(self) -> list[Item]:
        """What a file of it holds."""
        return [*self.items, *self.also]

    @property
    def styles(self) -> list[tuple[str, list[SafeString]]]:
        """By the name of each style, the references."""
        return [(style.name, cited(style, self.items)) for style in STYLES]


# What is cited.


def page_item(entry: Entry, url: str, *, withdrawn: bool) -> Item:
    """A version of a record, at its permanent address."""
    return of_page(
        key=f"{SITE}-{entry.record_type}-{entry.body['slug']}-v{entry.version}",
        title=entry.body["name"],
        version=entry.version,
        day=entry.at[:10],
        url=url,
        note=_note(entry, _WITHDRAWN if withdrawn else ""),
    )


def claim_item(
    entry: Entry, claim_id: str, title: str, url: str, *, is_void: bool, withdrawn: bool
) -> Item:
    """A claim as a part of a version; ``is_void``: nothing that it rests on stands any more."""
    return of_page(
        key=f"{SITE}-claim-{claim_id}-v{entry.version}",
        title=title,
        version=entry.version,
        day=entry.at[:10],
        url=url,
        part_of=entry.body["name"],
        note=_note(entry, _VOID if is_void else "", _WITHDRAWN if withdrawn else ""),
    )


def statement_title(text: str, *, is_quotation: bool) -> str:
    """A statement as a title: cut, and in marks where it is the source's own sentence."""
    one_line = " ".join(text.split())
    if len(one_line) > _LONGEST:
        one_line = f"{one_line[:_LONGEST].rsplit(' ', 1)[0]}…"
    return f"“{one_line}”" if is_quotation else one_line


def works(ids: Sequence[str], names: Names) -> list[Item]:
    """The public sources of these ids, in their order, each with what became of it."""
    rows = [names.sources[public_id] for public_id in ids if public_id in names.sources]
    entries = log.entries_at(row.approved_seq for row in rows)
    return [
        work(entries[row.approved_seq].body, names.standings.get(row.public_id, row))
        for row in rows
    ]


_DEMONSTRATION = "Demonstration: not approved by clinicians"
_VOID = "Rests only on what was retracted or withdrawn"
_WITHDRAWN = "Withdrawn"


def _note(entry: Entry, *notes: str) -> str:
    return "; ".join(filter(None, [_DEMONSTRATION if entry.demonstration else "", *notes]))


def parts_of_record(record_type: str, page: Item, cites: Sequence[Item]) -> list[Part]:
    """Of a source first the work itself, which is what people want."""
    if record_type == "source":
        return [
            Part("works", "The work itself", cites),
            Part("page", "msportal’s record of it", [page]),
        ]
    return [Part("page", "This page", [page]), Part("works", "Works cited", cites)]


def parts_of_claim(claim: Item, cites: Sequence[Item]) -> list[Part]:
    """A claim is cited with its works, those that dispute it too."""
    return [
        Part("claim", "This claim", [claim], also=cites),
        Part("works", "Works cited", cites),
    ]


# The answer.


def answer(
    request: HttpRequest, template: str, context: dict[str, Any], parts: list[Part], name: str
) -> HttpResponse:
    """The page, or the file that ``?format=`` asks for: of the first part, or that of ``?of=``."""
    by_key = {part.of: part for part in parts if part.items}
    of, wanted = request.GET.get("of", parts[0].of), request.GET.get("format")
    if of not in by_key:
        return bad_request(request, _unknown("of", of, by_key))
    if wanted is None:
        snapshot: Snapshot = context["snapshot"]
        shown = [(part, _downloads(part, parts[0], snapshot)) for part in by_key.values()]
        return render(request, template, context | {"parts": shown})
    if wanted not in FILES:
        return bad_request(request, _unknown("format", wanted, FILES))
    return _file(by_key[of], FILES[wanted], name if of == parts[0].of else f"{name}-{of}")


def _file(part: Part, made: File, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{made.suffix}"',
        "X-Robots-Tag": "noindex",
    }
    text = made.write(part.in_files)
    return HttpResponse(text, content_type=made.content_type, headers=headers)


def _downloads(part: Part, first: Part, snapshot: Snapshot) -> list[tuple[str, str]]:
    """The label of each file and its address, as of the same entry."""
    of = {} if part is first else {"of": part.of}
    return [
        (made.label, f"?{urlencode({**snapshot.kept, 'format': key, **of})}")
        for key, made in FILES.items()
    ]


def _unknown(parameter: str, value: str, known: Mapping[str, Any]) -> str:
    return f"{parameter}={value[:40]!r} is not understood: give one of {', '.join(known)}."
