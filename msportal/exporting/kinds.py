"""The table of what is exported. What joins it is a file of every release and an ``export/``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from msportal.exporting import entries, records, sheets
from msportal.exporting.moment import Moment
from msportal.exporting.sheets import Sheet
from publication.api.records import RecordViewSet
from sources.api.views import SourceViewSet
from therapies.api.views import MechanismViewSet, TherapyViewSet


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes a file of lines, one JSON text a line, and perhaps a table of it."""

    type: str
    """What ``export/?type=`` calls it."""
    name: str
    """What its files are called."""
    lines: Callable[[Moment], Iterator[bytes]]
    """Without line feeds, in an order that hangs on the log alone."""
    count: Callable[[Moment], int]
    """How many lines there are."""
    sheet: Sheet | None = None
    rows: Callable[[Moment], int] | None = None
    """How many rows the table has, where that is not a row a line."""

    def row_count(self, moment: Moment) -> int:
        """Of the table, without its head."""
        return (self.rows or self.count)(moment)


def _records(view: type[RecordViewSet], sheet: Sheet) -> Kind:
    return Kind(
        view.table.record_type,
        view.tag,
        partial(records.records, view),
        partial(records.record_count, view),
        sheet,
    )


KINDS = (
    _records(TherapyViewSet, sheets.THERAPIES),
    _records(MechanismViewSet, sheets.MECHANISMS),
    _records(SourceViewSet, sheets.SOURCES),
    Kind(
        "claim",
        "claims",
        records.claims,
        records.claim_count,
        sheets.CLAIMS,
        records.passage_count,
    ),
    Kind("log", "log", entries.entries, entries.entry_count),
)
"""In the order of the files."""
BY_TYPE = {kind.type: kind for kind in KINDS}
