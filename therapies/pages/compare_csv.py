"""The statements of compared therapies as a table for spreadsheets, one claim a row.

UTF-8 with a byte order mark, without which spreadsheets take it for another encoding; lines end as
RFC 4180 has it. What a spreadsheet would take for a formula is made plain text.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from publication import log
from publication.spreadsheets import plain
from sources.wording import code_in_words
from therapies import links
from therapies.choices import (
    FAVOURABLE,
    FIXED_TOPICS,
    Certainty,
    Direction,
    EffectDirection,
    Topic,
)
from therapies.compare import Compared
from therapies.pages.kinds import THERAPY
from therapies.pages.snapshot import Snapshot
from therapies.presentation import Names, source_line
from therapies.published import PublishedTherapy
from therapies.statements import Claim, subject_of
from therapies.values import BY_NAME

COLUMNS = (
    "therapy", "topic", "outcome or harm", "text", "certainty", "direction", "size", "how often",
    "compared with", "disease courses", "support", "sources", "DOIs", "disputed by", "address",
    "version", "permanent address", "entry of the log", "demonstration",
)  # fmt: skip
DEMONSTRATION = "Demonstration: approvals not made by clinicians"


def answer(
    request: HttpRequest,
    rows: Sequence[PublishedTherapy],
    compared: Sequence[Compared],
    names: Names,
    snapshot: Snapshot,
) -> HttpResponse:
    """The file; its name says which therapies, and at which entry of the log."""
    said = DEMONSTRATION if settings.DEMONSTRATION or log.has_demonstration() else ""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for row, of in zip(rows, compared, strict=True):
        kept = request.build_absolute_uri(
            THERAPY.links(row.slug, snapshot).plain.version(row.version)
        )
        every = {
            "therapy": row.name,
            "version": row.version,
            "permanent address": kept,
            "entry of the log": row.approved_seq,
            "demonstration": said,
        }
        for claim in of.claims:
            at = request.build_absolute_uri(links.claim(claim["id"]))
            told = {"address": at, "permanent address": f"{kept}#claim-{claim['id']}"}
            writer.writerow(_plain(every | _claim(claim, names) | told))
        for gap in _gaps(of):
            writer.writerow(_plain(every | gap))
    name = "-".join(["compare", *(row.slug for row in rows), f"entry-{snapshot.seq}"])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(
        f"\ufeff{text.getvalue()}", content_type="text/csv; charset=utf-8", headers=headers
    )


def _claim(claim: Claim, names: Names) -> dict[str, Any]:
    values, evidence = claim["values"], claim["evidence"]
    good = _each_once(e["source"]["id"] for e in evidence if e["direction"] in FAVOURABLE)
    bad = _each_once(e["source"]["id"] for e in evidence if e["direction"] == Direction.DISPUTES)
    directions = [code_in_words(Direction, e["direction"]) for e in evidence]
    dois = [names.sources[s].doi for s in good if s in names.sources and names.sources[s].doi]
    return {
        "topic": code_in_words(Topic, claim["topic"]),
        "outcome or harm": subject_of(claim),
        "text": claim["text"],
        "certainty": code_in_words(Certainty, claim["certainty"]),
        "direction": code_in_words(EffectDirection, values["effect_direction"]),
        "size": values["effect_size"],
        "how often": values["frequency"],
        "compared with": values["comparator"],
        "disease courses": BY_NAME["courses"].in_words(values["courses"]),
        "support": ", ".join(f"{directions.count(one)} {one}" for one in _each_once(directions)),
        "sources": "; ".join(_source(source, names) for source in good),
        "DOIs": "; ".join(dois),
        "disputed by": "; ".join(_source(source, names) for source in bad),
    }


def _source(source_id: str, names: Names) -> str:
    """Its title, who, where and when, and what became of it."""
    line = source_line(source_id, names)
    said = f"{line.name} ({line.reference})" if line.reference else line.name
    return f"{said} [{line.warning}]" if line.warning else said


def _gaps(of: Compared) -> Iterator[dict[str, Any]]:
    """Topics of which nothing is claimed: looked for in vain, or not reviewed yet."""
    told = {claim["topic"] for claim in of.claims}
    for topic in FIXED_TOPICS["therapy"]:
        if topic not in told:
            absence = of.absences.get(topic)
            text = absence.in_words if absence else NOT_REVIEWED
            yield {"topic": topic.label, "text": text}


NOT_REVIEWED = "No reviewed claim yet."


def _each_once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _plain(line: dict[str, Any]) -> dict[str, str]:
    return {name: plain(value) for name, value in line.items()}
