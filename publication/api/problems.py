"""Every error of the API in one shape: problem details (RFC 9457).

Their type is always ``about:blank``: no status has two meanings here that a program would have to
tell apart, so that an address for each would say nothing that the status does not.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import JsonResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ErrorDetail, MethodNotAllowed, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from publication.api.headers import ASK_FIRST, METHODS

MEDIA_TYPE = "application/problem+json"
COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
"""How ``json`` is to write a problem, so that it is as where a view gives it."""
ONLY_READ = f"The API is only read: ask with one of {METHODS}."
_PHRASES = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}
"""Of RFC 9110, where older versions of Python have others."""


def phrase(status: int) -> str:
    """What a status is called (RFC 9110, 15; RFC 6585)."""
    return _PHRASES.get(status) or HTTPStatus(status).phrase


def problem(
    status: int, detail: str, errors: Sequence[dict[str, Any]] = (), **more: Any
) -> dict[str, Any]:
    """The members of a problem; ``more``: those that not all have."""
    return {
        "type": "about:blank",
        "title": phrase(status),
        "status": status,
        "detail": detail,
        "errors": list(errors),
        **more,
    }


def answer(status: int, detail: str, **more: Any) -> JsonResponse:
    """A problem where no view of the API gives it; ``more`` as in ``problem``."""
    return JsonResponse(
        problem(status, detail, **more),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": ASK_FIRST, "Vary": "Accept"},
        json_dumps_params=COMPACT,
    )


def not_allowed() -> JsonResponse:
    """405: another method than those that read."""
    response = answer(405, ONLY_READ)
    response.headers["Allow"] = METHODS
    return response


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong with the request."""

    parameter = serializers.CharField(
        allow_null=True, help_text="The query parameter; null when it is not about one."
    )
    detail = serializers.CharField(help_text="What is wrong with it, and what to give instead.")


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="Always about:blank: the status says it all.")
    title = serializers.CharField(help_text="The phrase of the status.")
    status = serializers.IntegerField(
        min_value=400, max_value=599, help_text="The status of the answer (RFC 9110)."
    )
    detail = serializers.CharField(help_text="What went wrong, in a sentence for people.")
    errors = ProblemErrorSerializer(
        many=True,
        help_text="Everything that is wrong with the request; empty where it is not the request.",
    )  # type: ignore[assignment]
    instance = serializers.CharField(
        required=False,
        help_text="Where the site failed: the id of the request (urn:uuid:), as in X-Request-ID.",
    )


class TombstoneSerializer(serializers.Serializer[Any]):
    """What was a public record."""

    type = serializers.CharField(help_text="Of the record.")
    id = serializers.CharField(help_text="The id of the record.")
    slug = serializers.CharField(help_text="Its last slug.")
    name = serializers.CharField(help_text="Its last name.")
    version = serializers.IntegerField(help_text="The last version that was public.")
    withdrawn_at = serializers.DateTimeField(help_text="When it was withdrawn (RFC 3339, UTC).")
    withdrawn_by = serializers.CharField(help_text="The reviewer who withdrew it.")
    reason = serializers.CharField(allow_null=True, help_text="Why.")
    url = serializers.URLField(help_text="The page for people.")
    versions = serializers.URLField(help_text="Where the record's versions stay readable.")


class GoneSerializer(ProblemSerializer):
    """Problem details of a record that was public and is withdrawn."""

    tombstone = TombstoneSerializer(help_text="What it was, and what became of it.")


class MovedSerializer(serializers.Serializer[Any]):
    """The record has another address now; its id never changes."""

    location = serializers.URLField(help_text="The same question at the new address.")
    type = serializers.CharField(help_text="The type of the record.")
    id = serializers.CharField(help_text="Its id, which never changes.")
    slug = serializers.CharField(help_text="Its present slug.")


class Gone(APIException):
    """410: it was public and no longer is; ``tombstone`` says what it was."""

    status_code = status.HTTP_410_GONE

    def __init__(self, detail: str, tombstone: dict[str, Any]) -> None:
        super().__init__(detail)
        self.tombstone = tombstone


class AnotherLog(APIException):
    """409: what the client has is not from the log that is here."""

    status_code = status.HTTP_409_CONFLICT


class Moved(APIException):
    """301: the record has another address now."""

    status_code = status.HTTP_301_MOVED_PERMANENTLY

    def __init__(
        self, path: str, origin: str, *, record_type: str, public_id: str, slug: str
    ) -> None:
        super().__init__("Moved")
        self.path = path
        identity = {"type": record_type, "id": public_id, "slug": slug}
        self.body = {"location": f"{origin}{path}", **identity}


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: a problem for every refusal, nothing for our own mistakes."""
    if isinstance(exc, Moved):
        return Response(exc.body, status=exc.status_code, headers={"Location": exc.path})
    if isinstance(exc, SuspiciousOperation):
        exc = ValidationError("The request is malformed. Send fewer and plainer parameters.")
    if isinstance(exc, MethodNotAllowed):
        exc.detail = ErrorDetail(ONLY_READ)
    response = exception_handler(exc, context)
    if response is None:
        return None
    errors = _errors(exc.detail) if isinstance(exc, ValidationError) else []
    headers = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    return Response(
        problem(
            response.status_code,
            _detail(exc, errors, response.data),
            errors,
            **({"tombstone": exc.tombstone} if isinstance(exc, Gone) else {}),
        ),
        status=response.status_code,
        headers=headers,
        content_type=MEDIA_TYPE,
    )


def _detail(exc: Exception, errors: list[dict[str, Any]], data: Any) -> str:
    if len(errors) == 1:
        return str(errors[0]["detail"])
    if isinstance(exc, ValidationError):
        return f"{len(errors)} things are wrong with the request; errors lists them."
    return str(data["detail"])


def _errors(detail: Any) -> list[dict[str, Any]]:
    if isinstance(detail, ErrorDetail):
        return [{"parameter": None, "detail": str(detail)}]
    if isinstance(detail, list):
        return [error for item in detail for error in _errors(item)]
    return [
        {"parameter": name, "detail": error["detail"]}
        for name, item in detail.items()
        for error in _errors(item)
    ]
