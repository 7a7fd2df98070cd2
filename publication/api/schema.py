"""What the OpenAPI document says of every operation alike."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework.serializers import Serializer

from publication.api import fields
from publication.api.headers import ASK_FIRST
from publication.api.negotiation import FORMAT, JSON, Format
from publication.api.problems import MEDIA_TYPE, MovedSerializer, ProblemSerializer
from publication.api.serializers import StateSerializer
from publication.api.terms import MetaSerializer
from publication.coordinates import FORM

AS_OF = OpenApiParameter(
    "as_of",
    {
        "type": "string",
        "pattern": FORM,
    },
    description="Which state of the log to show: the number of an entry (`12`), a day that is over,"
    " which means its end in UTC (`2026-01-31`), or an instant (`2026-01-31T12:00:00Z`). What lies"
    " ahead is refused. Without it, the present.",
    examples=[
        OpenApiExample("number", value="1"),
        OpenApiExample("date", value="2026-01-31"),
        OpenApiExample("instant", value="2026-01-31T12:00:00Z"),
    ],
)
ADDRESS = OpenApiParameter(
    "address",
    {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,120}$"},
    OpenApiParameter.PATH,
    description="The record's slug, an earlier slug of it, or its id.",
)
VERSION = OpenApiParameter(
    "version",
    {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    OpenApiParameter.PATH,
    description="The number of the version.",
)
SEQ = OpenApiParameter(
    "seq",
    {"type": "integer", "minimum": 1, "maximum": 10**15 - 1},
    OpenApiParameter.PATH,
    description="The number of the entry.",
)
LAST_MODIFIED = OpenApiParameter(
    "Last-Modified",
    {"type": "string", "pattern": "GMT$"},
    OpenApiParameter.HEADER,
    description="When the answer last became another (RFC 9110, 8.8.2); not in its first second.",
    response=[200],
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="An ETag of an earlier answer: 304 when nothing changed since.",
)


def _expand(what: str) -> OpenApiParameter:
    return OpenApiParameter(
        "expand",
        {"type": "string", "enum": [what]},
        description=f"`{what}` gives each row whole, as its own address does. `limit` is 20 then "
        "unless given, and at most 20.",
    )


PATH_PARAMETERS = (ADDRESS, VERSION, SEQ)

ETAG = OpenApiParameter(
    "ETag",
    {"type": "string", "pattern": '^(W/)?"[^"]+"$'},
    OpenApiParameter.HEADER,
    required=True,
    description="Names what was answered: to be sent back as If-None-Match. Weak (`W/`) where it"
    " was compressed on its way.",
    response=[200, 304],
)
EVERY_STATUS = [200, 301, 304, 400, 404, 406, 409, 410, 414, 429, 500, 503]
ANY_ORIGIN = OpenApiParameter(
    "Access-Control-Allow-Origin",
    {"type": "string", "const": "*"},
    OpenApiParameter.HEADER,
    required=True,
    description="Scripts of any site may read the answer.",
    response=EVERY_STATUS,
)
VARY = OpenApiParameter(
    "Vary",
    {"type": "string", "pattern": r"(^|, ?)Accept(,|$)"},
    OpenApiParameter.HEADER,
    required=True,
    description="What the answer hangs on beside its address.",
    response=[one for one in EVERY_STATUS if one not in (414, 429, 503)],
)
CONTENT_DISPOSITION = OpenApiParameter(
    "Content-Disposition",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="Of a file for a reference manager: the name under which it is saved.",
    response=[200],
)
REQUEST_ID = OpenApiParameter(
    "X-Request-ID",
    {"type": "string", "format": "uuid"},
    OpenApiParameter.HEADER,
    required=True,
    description="The id of the request: that which was sent as X-Request-ID, if it was a UUID.",
    response=EVERY_STATUS,
)
LINK = OpenApiParameter(
    "Link",
    {"type": "string", "pattern": "^<.+"},
    OpenApiParameter.HEADER,
    required=True,
    description="Where the answer leads (RFC 8288): next, prev and first of a list, alternate for"
    " its page, service-desc and service-doc, license.",
    response=[200],
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "string", "pattern": "^[0-9]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="In how many seconds to try again.",
    response=[429, 503],
)
LOCATION = OpenApiParameter(
    "Location",
    {"type": "string", "format": "uri-reference"},
    OpenApiParameter.HEADER,
    required=True,
    description="The new address.",
    response=[301],
)


def _cache_control(value: str, statuses: list[int]) -> OpenApiParameter:
    return OpenApiParameter(
        "Cache-Control",
        {"type": "string", "const": value},
        OpenApiParameter.HEADER,
        required=True,
        description="How long the answer may be given again without asking.",
        response=statuses,
    )


DESCRIPTIONS = {
    301: "The record has another slug now.",
    304: "Nothing changed since the answer with this ETag.",
    400: "A parameter is unknown, repeated, empty or not understood.",
    404: "Nothing public has or had this address.",
    406: "Accept takes none of the media types that are here.",
    409: "What you followed is another log: begin again at since=0.",
    410: "It was public and is withdrawn.",
    414: "The address is longer than 4,000 characters.",
    429: "More was asked from one network address than may be.",
    500: "The site made a mistake.",
    503: "The database does not answer now.",
}


class _OfItself(Serializer[Any]):
    as_of = StateSerializer(help_text="Which state of the log this shows.")
    meta = MetaSerializer(help_text="On which terms it may be used.")


@cache
def _of_itself(of: type[Any]) -> type[Any]:
    """The serializer with what an answer says of itself, under a name of its own."""
    name = of.__name__.removesuffix("Serializer").removesuffix("Detail")
    return type(f"{name}AnswerSerializer", (of, _OfItself), {"__doc__": of.__doc__})


def _format_parameter(formats: Sequence[Format]) -> OpenApiParameter:
    return OpenApiParameter(
        FORMAT,
        {"type": "string", "enum": [one.name for one in formats if one.name]},
        description="Which representation to send, whatever `Accept` says: "
        + ", ".join(f"`{one.name}` is {one.media_type}" for one in formats if one.name)
        + f". With neither, {formats[0].media_type}.",
    )


class PublicSchema(AutoSchema):
    """Adds the parameters, headers and refusals that the base views give to all operations."""

    @property
    def operation(self) -> Any:
        """The view in the state that answers the operation."""
        return self.view

    def get_override_parameters(self) -> list[Any]:
        declared = [
            *super().get_override_parameters(),
            *(p for p in self._path_parameters() if f"{{{p.name}}}" in self.path),
            IF_NONE_MATCH,
            ETAG,
            ANY_ORIGIN,
            REQUEST_ID,
            *self._caching(),
            LINK,
            VARY,
            LAST_MODIFIED,
            LOCATION,
            RETRY_AFTER,
        ]
        taken = self.operation.takes.get(self.operation.action, ())
        if "as_of" in taken:
            declared.append(AS_OF)
        if fields.FIELDS in taken:
            declared.append(fields.PARAMETER)
        if "expand" in taken:
            declared.append(_expand(self.operation.expands))
        formats = self.operation.formats
        if len(formats) > 1:
            declared.append(_format_parameter(formats))
        if any(one.file for one in formats):
            declared.append(CONTENT_DISPOSITION)
        return declared

    def _caching(self) -> list[OpenApiParameter]:
        """What is said of how long an answer is true; of refusals, always the same."""
        lasts = self.operation.caching(self.operation.action)
        return [
            _cache_control(lasts, [200, 304]),
            _cache_control(ASK_FIRST, [one for one in EVERY_STATUS if one not in (200, 304)]),
        ]

    def _path_parameters(self) -> list[OpenApiParameter]:
        return [*PATH_PARAMETERS, *self.operation.path_parameters]

    def get_paginated_name(self, serializer_name: str) -> str:
        return f"{serializer_name.removesuffix('InList')}Page"

    def get_operation_id(self) -> str:
        verb = {"list": "list", "retrieve": "read"}.get(
            self.operation.action, self.operation.action
        )
        return f"{self.operation.tag}_{verb}"

    def get_tags(self) -> list[str]:
        return [self.operation.tag]

    def get_summary(self) -> str:
        return " ".join(super().get_description().partition("\n\n")[0].split()).rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        return super().get_description().partition("\n\n")[2]

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self.operation.action in self.operation.paged

    def get_response_serializers(self) -> Any:
        """Beside what was asked for, what every answer about one thing says of itself; of a list
        whose rows may be whole, both at once.
        """
        if self.operation.action == "list" and hasattr(self.operation, "in_list_serializer"):
            return self.operation.in_list_serializer
        found = super().get_response_serializers()
        is_one = self.operation.action not in self.operation.paged
        if not is_one or self.operation.of_the_release or not isinstance(found, Serializer):
            return found
        return _of_itself(type(found))() if type(found) is not Serializer else found

    def get_filter_backends(self) -> list[Any]:
        return super().get_filter_backends() if self.operation.action == "list" else []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        found["200"]["description"] = found["200"]["description"] or "What was asked for."
        usual = found["200"]["content"].get(JSON.media_type)
        found["200"]["content"] = {
            one.media_type: usual if one.media_type == JSON.media_type else {"schema": one.schema}
            for one in self.operation.formats
        }
        for status in self._other_statuses():
            body: Any = None
            if status >= 400:
                body = self.operation.tombstone if status == 410 else ProblemSerializer
            response = OpenApiResponse(body, DESCRIPTIONS[status])
            media_types = [MEDIA_TYPE] if body else None
            if status == 301:
                response = OpenApiResponse(MovedSerializer, DESCRIPTIONS[status])
            found[str(status)] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                response, str(status), media_types, direction
            )
        return found

    def _other_statuses(self) -> list[int]:
        statuses = [304, 400, 406]
        addressed = self.operation.action in getattr(self.operation, "addressed", ())
        if addressed:
            statuses.append(301)
        statuses += getattr(self.operation, "more_statuses", ())
        if "{" in self.path:
            statuses.append(404)
        if self.operation.action in self.operation.conflicts:
            statuses.append(409)
        if self.operation.action in getattr(self.operation, "ends_at", ()):
            statuses.append(410)
        return sorted([*statuses, 414, 429, 500, 503])


def share_headers(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Each header is described once and referred to, as nearly all answers have the same."""
    shared: dict[str, Any] = {}
    for address in result["paths"].values():
        for operation in address.values():
            for answer in operation["responses"].values():
                for name, header in answer.get("headers", {}).items():
                    same = (key for key, value in shared.items() if value == header)
                    count = sum(key.partition("_")[0] == name for key in shared)
                    key = next(same, f"{name}_{count + 1}" if count else name)
                    shared[key] = header
                    answer["headers"][name] = {"$ref": f"#/components/headers/{key}"}
    result["components"]["headers"] = dict(sorted(shared.items()))
    return result
