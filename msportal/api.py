"""The read-only API at /api/v1/: its addresses, its root, and the document that describes it."""

import json
from functools import cache, cached_property
from typing import Any

import yaml
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, re_path, reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from msportal.exporting.views import ExportViewSet
from publication.api.base import PublicViewSet
from publication.api.checkpoint_views import CheckpointViewSet, LogKeyViewSet
from publication.api.log_views import ChangesViewSet, LogViewSet
from publication.api.records import RecordViewSet
from publication.canonical import digest
from sources.api.views import SourceViewSet
from therapies.api import examples
from therapies.api.views import ClaimViewSet, MechanismViewSet, TherapyViewSet

app_name = "api"
examples.attach()
LISTS = ("therapies", "mechanisms", "sources", "claims", "changes", "log")
SCHEMA_MEDIA_TYPES = {
    "json": "application/vnd.oai.openapi+json",
    "yaml": "application/vnd.oai.openapi",
}


class RootSerializer(serializers.Serializer[Any]):
    """Where everything is, and the number of the log's newest entry."""

    head = serializers.IntegerField(min_value=0, help_text="The version of the whole base.")
    therapies = serializers.URLField()
    mechanisms = serializers.URLField()
    sources = serializers.URLField()
    claims = serializers.URLField()
    changes = serializers.URLField()
    log = serializers.URLField()
    checkpoint = serializers.URLField()
    log_key = serializers.URLField()
    export = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()


class RootViewSet(PublicViewSet):
    tag = "root"
    serializer_class = RootSerializer

    def retrieve(self, request: Request) -> Response:
        """Find out where everything is."""
        links = {name: f"{self.origin}{path}" for name, path in _paths().items()}
        return Response({"head": self.newest, **links})


@cache
def _paths() -> dict[str, str]:
    names = {name: f"{name}-list" for name in LISTS} | {
        "checkpoint": "checkpoint",
        "log_key": "log-key",
        "export": "export",
        "schema": "schema",
        "docs": "docs",
    }
    return {name: reverse(f"api:{route}") for name, route in names.items()}


class SchemaViewSet(PublicViewSet):
    tag = "schema"
    takes = {"retrieve": ["format"]}
    serializer_class = serializers.Serializer

    @extend_schema(
        parameters=[OpenApiParameter("format", str, enum=list(SCHEMA_MEDIA_TYPES), default="json")],
        responses={
            (200, media_type): OpenApiResponse(OpenApiTypes.OBJECT, "The document.")
            for media_type in SCHEMA_MEDIA_TYPES.values()
        },
    )
    def retrieve(self, request: Request) -> HttpResponse:
        """Read the OpenAPI document."""
        wanted = request.query_params.get("format", "json")
        if wanted not in SCHEMA_MEDIA_TYPES:
            raise ValidationError({"format": "Say json or yaml."})
        return HttpResponse(schema_text(wanted), content_type=SCHEMA_MEDIA_TYPES[wanted])

    @cached_property
    def etag(self) -> str:
        """The document is the release's, whatever the log says."""
        found = digest(schema_text("json"))
        return self.tag_of(found[:8], found)


@cache
def schema_document() -> dict[str, Any]:
    """The OpenAPI document; made once a process."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]
    document: dict[str, Any] = generator.get_schema(  # type: ignore[no-untyped-call]
        request=None, public=True
    )
    return document


@cache
def schema_text(wanted: str) -> str:
    if wanted == "json":
        return json.dumps(schema_document(), ensure_ascii=False)
    return yaml.safe_dump(
        json.loads(schema_text("json")), sort_keys=False, allow_unicode=True, width=100
    )


class DocsView(SpectacularSwaggerSplitView):
    """The document's reader, without an inline script or style."""

    http_method_names = ["get", "head", "options"]
    url_name = "api:schema"
    template_name = "api/docs.html"

    def _get_schema_url(self, request: Request) -> str:
        return reverse(self.url_name)

    def http_method_not_allowed(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Any:
        return HttpResponseNotAllowed(self.allowed_methods)


class NowhereViewSet(PublicViewSet):
    """Every other address below the API's: errors are problems here too."""

    tag = "nowhere"

    @extend_schema(exclude=True)
    def retrieve(self, request: Request, rest: str) -> Response | HttpResponsePermanentRedirect:
        if not request.path.endswith("/"):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        raise NotFound("There is nothing at this address of the API.")

    def accepted(self) -> list[str]:
        return list(self.request.query_params)


def _list(name: str, view: type[PublicViewSet]) -> URLPattern:
    return path(f"{name}/", view.as_view({"get": "list"}), name=f"{name}-list")


def _one(address: str, name: str, view: type[PublicViewSet], action: str) -> URLPattern:
    return path(address, view.as_view({"get": action}), name=name)


def _records(view: type[RecordViewSet]) -> list[URLPattern]:
    tag = view.tag
    return [
        _list(tag, view),
        _one(f"{tag}/<str:address>/", f"{tag}-detail", view, "retrieve"),
        _one(f"{tag}/<str:address>/versions/", f"{tag}-versions", view, "versions"),
        _one(f"{tag}/<str:address>/versions/<str:version>/", f"{tag}-version", view, "version"),
    ]


urlpatterns = [
    _one("", "root", RootViewSet, "retrieve"),
    *_records(TherapyViewSet),
    *_records(MechanismViewSet),
    *_records(SourceViewSet),
    _list("claims", ClaimViewSet),
    _one("claims/<str:claim_id>/", "claims-detail", ClaimViewSet, "retrieve"),
    _list("changes", ChangesViewSet),
    _list("log", LogViewSet),
    _one("log/checkpoint/", "checkpoint", CheckpointViewSet, "retrieve"),
    _one("log/key/", "log-key", LogKeyViewSet, "retrieve"),
    _one("log/<str:seq>/", "log-detail", LogViewSet, "retrieve"),
    _one("export/", "export", ExportViewSet, "retrieve"),
    _one("schema/", "schema", SchemaViewSet, "retrieve"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^(?P<rest>[\s\S]*)$", NowhereViewSet.as_view({"get": "retrieve"})),
]
