"""Lists of the workroom as tables for spreadsheets: what the filters and the search leave."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial.generics import ModelAdmin
from publication.spreadsheets import BYTE_ORDER_MARK, line, plain
from sources.wording import in_words
from therapies.values import VALUES, Form, Value

__all__ = ["CLAIMS", "MECHANISMS", "SOURCES", "THERAPIES", "Column", "ListedAsCsv"]

AT_ONCE = 500
"""Rows that are read from the database together."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and what it holds of a row."""

    head: str
    value: Callable[[Any], Any]


class ListedAsCsv(ModelAdmin):
    """A list with a link to the same rows as CSV (RFC 4180), in UTF-8 with a byte order mark."""

    change_list_template = "admin/exported_list.html"
    csv_columns: ClassVar[Sequence[Column]]
    csv_related: ClassVar[tuple[str, ...]] = ()
    """Records of which the columns tell something."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=name), *super().get_urls()]

    @method_decorator([require_safe, never_cache])
    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        meta = self.opts
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
            return HttpResponseRedirect(f"{address}?{request.GET.urlencode()}")
        rows = rows.select_related(*self.csv_related) if self.csv_related else rows
        answer = StreamingHttpResponse(
            _written(self.csv_columns, rows.iterator(chunk_size=AT_ONCE)),
            content_type="text/csv; charset=utf-8",
        )
        name = f"{meta.verbose_name_plural}-{timezone.now():%Y-%m-%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def _written(columns: Sequence[Column], rows: Iterator[Any]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK + line([column.head for column in columns])
    for row in rows:
        yield line([_cell(column.value(row)) for column in columns])


def _cell(value: Any) -> str:
    """In words; nothing that a spreadsheet would calculate."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return plain("; ".join(map(str, value)))
    if isinstance(value, dict):
        return plain("; ".join(f"{key}: {held}" for key, held in value.items()))
    return plain(value)


def _of(name: str, *, head: str = "") -> Column:
    """A column of the table as it is, or its label where it is a code."""

    def value(row: Any) -> Any:
        label = getattr(row, f"get_{name}_display", None)
        return label() if label else getattr(row, name)

    return Column(head or name.replace("_", " "), value)


def _named(name: str, head: str) -> Column:
    """The name of another record."""
    return Column(head, lambda row: other.name if (other := getattr(row, name)) else "")


def _readers_see(row: Any) -> str:
    if row.public_version is None:
        return "nothing yet"
    return "withdrawn" if row.is_withdrawn else f"version {row.public_version}"


def _typed(value: Value) -> Column:
    return Column(value.label, lambda row: value.in_words(getattr(row, value.column)))


_WHICH = (_of("public_id", head="id"), _of("slug", head="public address"), _of("name"))
_STATE = (
    Column("state", lambda row: row.working_state.label),
    Column("readers see", _readers_see),
    _of("machine_proposed"),
    Column("changed at", lambda row: row.changed_at.isoformat(timespec="seconds")),
)
_CLAIMS = Column("claims", lambda row: row.rows)

THERAPIES = (
    *_WHICH,
    _of("kind"),
    _named("member_of", "class"),
    _of("brands", head="brand names"),
    _of("synonyms"),
    _of("identifiers"),
    _CLAIMS,
    *_STATE,
)
MECHANISMS = (
    *_WHICH,
    _of("kind"),
    _named("broader", "kind of"),
    _of("target"),
    _of("effect"),
    _of("acts_in"),
    _of("synonyms"),
    _CLAIMS,
    *_STATE,
)
SOURCES = (
    *_WHICH,
    _of("kind"),
    Column("authors", lambda row: in_words("authors", row.authors)),
    *map(_of, ("container_title", "publisher", "date", "doi", "pmid", "registry_id", "url")),
    _of("licence"),
    _of("standing"),
    Column("texts", lambda row: row.texts),
    *_STATE,
)
CLAIMS = (
    _of("public_id", head="id"),
    Column("about", lambda row: row.subject.name),
    Column("record", lambda row: row.subject.record_type),
    Column("record id", lambda row: row.subject.public_id),
    Column("record is", lambda row: row.subject.working_state.label),
    _of("topic"),
    _of("text"),
    _of("certainty"),
    *(
        _named(value.column, value.label) if value.form == Form.RECORD else _typed(value)
        for value in VALUES
    ),
    _of("weighing", head="why it stands"),
    Column("passages", lambda row: row.rows),
    _of("machine_proposed"),
)
