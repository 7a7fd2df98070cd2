"""How the API cuts lists into pages: limits that are refused, not clipped, when exceeded."""

from typing import Any
from urllib.parse import urlencode

from rest_framework.pagination import BasePagination, LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from publication import log
from publication.anchors import HASH, Anchor
from publication.api.parameters import AS_OF, hash_of_entry, whole_number
from publication.api.problems import AnotherLog

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
MAX_OFFSET = 1_000_000
MAX_SEQ = 10**15 - 1


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "integer", **schema},
    }


LIMIT_PARAMETER = _parameter(
    "limit", "At most how many results.", default=DEFAULT_LIMIT, minimum=1, maximum=MAX_LIMIT
)
_LINK = {"type": ["string", "null"], "format": "uri"}


def _page_schema(results: dict[str, Any]) -> dict[str, Any]:
    properties = {
        "as_of": {
            "$ref": "#/components/schemas/State",
            "description": "Which state of the log this shows.",
        },
        "count": {"type": "integer", "minimum": 0, "description": "How many there are in all."},
        "next": {**_LINK, "description": "Where the list goes on; null at its end."},
        "previous": {**_LINK, "description": "The page before; null at the beginning."},
        "results": {**results, "description": "What is on this page."},
        "meta": {
            "$ref": "#/components/schemas/Meta",
            "description": "On which terms it may be used.",
        },
    }
    return {
        "type": "object",
        "description": "One page of a list.",
        "required": list(properties),
        "properties": properties,
    }


class LimitOffset(LimitOffsetPagination):
    """Pages by ``limit`` and ``offset``; all pages that links lead to show one state of the log."""

    default_limit = DEFAULT_LIMIT
    max_limit = MAX_LIMIT
    parameters = ("limit", "offset")
    limit: int
    offset: int
    count: int
    _pinned: int | None = None
    _most: int = MAX_LIMIT

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any] | None:
        self._request, self._pinned = request, getattr(view, "pinned", None)
        self._most = getattr(view, "most_rows", MAX_LIMIT)
        return super().paginate_queryset(queryset, request, view)

    def get_limit(self, request: Request) -> int:
        query, usual = request.query_params, min(DEFAULT_LIMIT, self._most)
        return whole_number(query, "limit", usual, least=1, most=self._most)

    def get_offset(self, request: Request) -> int:
        return whole_number(request.query_params, "offset", 0, least=0, most=MAX_OFFSET)

    def get_next_link(self) -> str | None:
        after = self.offset + self.limit
        return self._link(after) if after < self.count else None

    def get_previous_link(self) -> str | None:
        return self._link(max(0, self.offset - self.limit)) if self.offset > 0 else None

    def _link(self, offset: int) -> str:
        """The request's address with its other parameters, all in the order of their names."""
        query = dict(self._request.query_params.lists())
        query |= {"limit": [str(self.limit)], "offset": [str(offset)]}
        if offset == 0:
            del query["offset"]
        if self._pinned is not None:
            query[AS_OF] = [str(self._pinned)]
        here = self._request.build_absolute_uri(self._request.path)
        return f"{here}?{urlencode(sorted(query.items()), doseq=True)}"

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return _page_schema(schema)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        offset = _parameter(
            "offset", "How many results to skip.", default=0, minimum=0, maximum=MAX_OFFSET
        )
        return [LIMIT_PARAMETER, offset]


class Since(BasePagination):
    """The log's entries after number ``since``, and the head that the answer reaches up to.

    A number is of no log in particular; with the entry's ``hash`` a client is told when it followed
    another one, which began the same or was cut off and went on otherwise.
    """

    parameters = ("since", "hash", "limit")

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        query = request.query_params
        self._request = request
        self._limit = whole_number(query, "limit", DEFAULT_LIMIT, least=1, most=MAX_LIMIT)
        since = whole_number(query, "since", 0, least=0, most=MAX_SEQ)
        self._head: Anchor = view.anchor  # type: ignore[union-attr]
        if known := hash_of_entry(query, "hash", of="since"):
            _require_same_log(Anchor(since, known), self._head)
        newest = self._head.seq
        rows = queryset.filter(seq__gt=since, seq__lte=newest).order_by("seq")
        found = list(rows[: self._limit])
        # Numbers have no gaps, so what is left needs no counting in the database.
        self._count = max(0, newest - since)
        self._last = found[-1] if len(found) < self._count else None
        return found

    def get_paginated_response(self, data: Any) -> Response:
        link = None
        if self._last is not None:
            link = replace_query_param(
                self._request.build_absolute_uri(), "since", str(self._last.seq)
            )
            link = replace_query_param(link, "hash", self._last.hash)
        return Response(
            {
                "count": self._count,
                "next": link,
                "previous": None,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return _page_schema(schema)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        since = _parameter(
            "since",
            "The number of the last entry you have seen.",
            default=0,
            minimum=0,
            maximum=MAX_SEQ,
        )
        hash_ = {
            "name": "hash",
            "in": "query",
            "required": False,
            "description": "The hash of that entry, as its row has it. Where entry `since` of this"
            " log has another one, or there is none, you followed another log: 409. Before the"
            " first entry it is 64 zeros.",
            "schema": {"type": "string", "pattern": f"^{HASH}$"},
        }
        return [since, hash_, LIMIT_PARAMETER]


def _require_same_log(known: Anchor, head: Anchor) -> None:
    """Whether the log that ends at ``head`` has this entry."""
    if known.seq > head.seq:
        raise AnotherLog(f"Another log: this one ends at entry {head.seq}. Begin again at since=0.")
    here = head.hash if known.seq == head.seq else log.hash_at(known.seq)
    if here != known.hash:
        raise AnotherLog(
            f"Another log: entry {known.seq} has the hash {here} here. Begin again at since=0."
        )
