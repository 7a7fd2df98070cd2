"""What the OpenAPI document says of every operation alike."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from publication.api.problems import MEDIA_TYPE, ProblemSerializer, TombstoneSerializer

AS_OF = OpenApiParameter(
    "as_of",
    {
        "type": "string",
        "pattern": r"^([0-9]{1,15}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
        r"(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?)$",
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
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    {"type": "string"},
    OpenApiParameter.HEADER,
    description="An ETag of an earlier answer: 304 when nothing changed since.",
)
PATH_PARAMETERS = (ADDRESS, VERSION, SEQ)

ETAG = OpenApiParameter(
    "ETag",
    {"type": "string", "pattern": '^".+"$'},
    OpenApiParameter.HEADER,
    required=True,
    description="Changes with every entry of the log.",
    response=[200, 304],
)
ANY_ORIGIN = OpenApiParameter(
    "Access-Control-Allow-Origin",
    {"type": "string", "const": "*"},
    OpenApiParameter.HEADER,
    required=True,
    description="Scripts of any site may read the answer.",
    response=[200, 301, 304, 400, 404, 409, 410, 500, 503],
)
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "string", "pattern": "^[0-9]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="In how many seconds to try again.",
    response=[503],
)
LOCATION = OpenApiParameter(
    "Location",
    {"type": "string", "format": "uri-reference"},
    OpenApiParameter.HEADER,
    required=True,
    description="The new address.",
    response=[301],
)

DESCRIPTIONS = {
    301: "The record has another slug now.",
    304: "Nothing changed since the answer with this ETag.",
    400: "A parameter is unknown, repeated, empty or not understood.",
    404: "Nothing public has or had this address.",
    409: "What you followed is another log: begin again at since=0.",
    410: "It was public and is withdrawn.",
    414: "The address is longer than 4,000 characters; this is said in plain text.",
    500: "The site made a mistake.",
    503: "The database does not answer now.",
}


def _refusal(status: int, detail: str, errors: list[dict[str, Any]], title: str) -> OpenApiExample:
    value = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": errors,
    }
    return OpenApiExample(title, value=value, response_only=True, status_codes=[str(status)])


_TOO_MANY = "Give a whole number from 1 to 200."
_EXAMPLES = {
    400: [
        _refusal(400, _TOO_MANY, [{"parameter": "limit", "detail": _TOO_MANY}], "Bad Request"),
    ],
    404: [_refusal(404, "Nothing is public at this address.", [], "Not Found")],
}


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
            LOCATION,
            RETRY_AFTER,
        ]
        if "as_of" in self.operation.takes.get(self.operation.action, ()):
            declared.append(AS_OF)
        return declared

    def _path_parameters(self) -> list[OpenApiParameter]:
        return [*PATH_PARAMETERS, *self.operation.path_parameters]

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

    def get_filter_backends(self) -> list[Any]:
        return super().get_filter_backends() if self.operation.action == "list" else []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found: dict[str, Any] = super()._get_response_bodies(direction)
        found["200"]["description"] = found["200"]["description"] or "What was asked for."
        for status in self._other_statuses():
            body: Any = None
            if status >= 400 and status != 414:
                body = TombstoneSerializer if status == 410 else ProblemSerializer
            response = OpenApiResponse(body, DESCRIPTIONS[status], _EXAMPLES.get(status))
            media_types = [MEDIA_TYPE] if body else None
            found[str(status)] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                response, str(status), media_types, direction
            )
        return found

    def _other_statuses(self) -> list[int]:
        statuses = [304, 400]
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
        return sorted([*statuses, 414, 500, 503])
