"""Therapies side by side for agents, in the rows of the page that compares."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msportal.agents import shaping
from msportal.agents.answers import Cell, More, Part, Row
from msportal.agents.reading import values_of
from therapies import compare, links
from therapies.compare import Compared
from therapies.pages.compare import in_words
from therapies.parts_of_page import label_of
from therapies.statements import Weigh

MOST_ROWS = 12
"""Of a part."""
MOST_CLAIMS = 2
"""Of a cell."""
_NOT_REVIEWED = "No reviewed claim yet."
_STATES = {"told": "told", "absent": "not-stated", "elsewhere": "elsewhere"}
_VOID = {"retracted", "withdrawn"}

Body = Mapping[str, Any]


def parts(bodies: Sequence[Body], origin: str) -> list[Part]:
    """The parts of the page, each with the rows that it has there, as far as they are few."""
    compared = [
        Compared(
            [{**row, "values": values_of(row)} for row in body["claims"]], shaping.absent(body)
        )
        for body in bodies
    ]
    return [_part(part, bodies, origin) for part in compare.table(compared, _weigh(bodies))]


def _weigh(bodies: Sequence[Body]) -> Weigh:
    """What is retracted or withdrawn is heard last."""
    void = {
        item["source"]["id"]
        for body in bodies
        for row in body["claims"]
        for item in row["evidence"]
        if _VOID.intersection(item["source"]["marks"])
    }
    return lambda source: (int(source in void),)


def _part(part: compare.Part, bodies: Sequence[Body], origin: str) -> Part:
    slugs = [body["slug"] for body in bodies]
    left = len(part.rows) - MOST_ROWS
    url = origin + links.compare(slugs)
    return Part(
        topic=part.key,
        label=part.label,
        rows=[_row(row, bodies, origin) for row in part.rows[:MOST_ROWS]],
        more=More(count=left, of="rows", url=url) if left > 0 else None,
    )


def _row(row: compare.Row, bodies: Sequence[Body], origin: str) -> Row:
    return Row(
        subject=row.subject,
        serious=row.serious,
        caution=in_words(row.unlike) or None,
        cells=[_cell(*pair, origin) for pair in zip(row.cells, bodies, strict=True)],
    )


def _cell(cell: compare.Cell, body: Body, origin: str) -> Cell:
    found = list(_each_once(cell))
    left = len(found) - MOST_CLAIMS
    return Cell(
        therapy=body["name"],
        state=_STATES.get(cell.state, "no-reviewed-claim-yet"),  # type: ignore[arg-type]
        says=_gap(cell),
        claims=[shaping.claim(one, origin, 1) for one in found[:MOST_CLAIMS]],
        more=More(count=left, of="claims", url=body["url"]) if left > 0 else None,
    )


def _each_once(cell: compare.Cell) -> Iterator[Body]:
    return iter({claim["id"]: claim for claim in cell.claims}.values())


def _gap(cell: compare.Cell) -> str | None:
    if cell.state == "told":
        return None
    if cell.absence:
        return cell.absence.in_words
    return f"Told under {label_of('therapy', cell.told_in)}." if cell.told_in else _NOT_REVIEWED
