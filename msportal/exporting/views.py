"""``export/``: all records of a type in one answer, streamed."""

from collections.abc import Iterator
from threading import BoundedSemaphore

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from msportal.exporting import sheets
from msportal.exporting.kinds import BY_TYPE, Kind
from msportal.exporting.moment import Moment
from publication.api.base import PublicViewSet
from publication.api.negotiation import CSV, NDJSON

AT_ONCE = 4
"""Exports that a process streams at one time; each holds a thread and a connection."""
RETRY_AFTER = 60  # seconds
CHUNK = 64_000
"""Bytes, about, that go out together."""

_places = BoundedSemaphore(AT_ONCE)


class Busy(APIException):
    """Others are exporting."""

    status_code = 503
    default_detail = "Too many are exporting at once. Try again in a minute."
    wait = RETRY_AFTER


class Stream:
    """Lines as they go out, several together. Holds one of the places until it is closed, or until
    nobody has it any more: an answer that turns out not to be sent is closed by nobody.
    """

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._open = False
        if not _places.acquire(blocking=False):
            raise Busy
        self._lines = lines
        self._open = True

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> bytes:
        gathered, size = [], 0
        for line in self._lines:
            gathered.append(line)
            size += len(line)
            if size >= CHUNK:
                break
        if not gathered:
            raise StopIteration
        return b"".join(gathered)

    def close(self) -> None:
        """As whoever sends an answer calls it, sent whole or not."""
        if self._open:
            self._open = False
            _places.release()

    __del__ = close


ROWS = OpenApiParameter(
    "Export-Rows",
    {"type": "string", "pattern": "^[0-9]+$"},
    OpenApiParameter.HEADER,
    required=True,
    response=[200],
    description="How many rows follow; of a table without its head. Fewer are not the whole.",
)
LOG_HEAD = OpenApiParameter(
    "Log-Head",
    {"type": "string", "pattern": "^[0-9]+:[0-9a-f]{64}$"},
    OpenApiParameter.HEADER,
    required=True,
    response=[200],
    description="The entry of the log up to which all is shown: its number and its hash.",
)


class ExportViewSet(PublicViewSet):
    tag = "export"
    takes = {"retrieve": ["type"]}
    offers = {"retrieve": (NDJSON, CSV)}
    serializer_class = serializers.Serializer

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "type", str, enum=list(BY_TYPE), required=True, description="What to read all of."
            ),
            ROWS,
            LOG_HEAD,
        ],
        responses={(200, NDJSON.media_type): OpenApiResponse(OpenApiTypes.STR, "All of them.")},
    )
    def retrieve(self, request: Request) -> HttpResponseBase:
        """Read all that is public of a type, in one answer.

        A line a record, each what its own address answers (`ndjson`), in the order of their ids; or
        a table for spreadsheets (`csv`). Of type `log` each line has the texts of an entry. The
        bytes are those of the file of a release at the same head and address of the site. All rows
        are of one state of the log, that of the head when the answer began, whatever is approved
        meanwhile. `Export-Rows` says how many come: an answer that breaks off has fewer, and ends
        without the end that HTTP asks for.
        """
        kind, wanted = self._asked(request), self.representation.name
        moment = Moment(self.log, self.anchor, self.origin)
        count = kind.row_count(moment) if wanted == "csv" else kind.count(moment)
        name = f"{kind.name}-entry-{moment.seq}.{wanted}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Export-Rows": str(count),
            "Log-Head": str(moment.head),
        }
        content_type = self.representation.content_type
        known = request.META.get("HTTP_IF_NONE_MATCH", "").strip()
        if request.method == "HEAD" or known == "*":  # what is not sent is not begun
            return StreamingHttpResponse((), content_type=content_type, headers=headers)
        lines = made(kind, wanted, kind.lines(moment))
        return StreamingHttpResponse(Stream(lines), content_type=content_type, headers=headers)

    def _asked(self, request: Request) -> Kind:
        kind = BY_TYPE.get(request.query_params.get("type", ""))
        if kind is None:
            raise ValidationError({"type": f"Say what to export: {', '.join(BY_TYPE)}."})
        if self.representation == CSV and kind.sheet is None:
            raise ValidationError({"format": f"There is no table of type {kind.type}: say ndjson."})
        return kind


def made(kind: Kind, wanted: str, lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines of a file, each with its end, of those of its kind."""
    if wanted == "csv" and kind.sheet is not None:
        return sheets.written(kind.sheet, lines)
    return (line + b"\n" for line in lines)
