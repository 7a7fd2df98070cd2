"""The read-only API at /api/v1/: its addresses, its root, and the document that describes it."""

import json
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, resolve, reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from msportal.exporting.views import ExportViewSet
from msportal.formats import OPENAPI, OPENAPI_YAML
from msportal.reference.page import page
from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.checkpoint_views import CheckpointViewSet, LogKeyViewSet
from publication.api.log_views import ChangesViewSet, LogViewSet
from publication.api.negotiation import HTML, JSON
from publication.api.records import RecordViewSet
from publication.canonical import digest
from sources.api.views import SourceViewSet
from therapies.api.compare import CompareViewSet
from therapies.api.search import SearchViewSet
from therapies.api.views import ClaimViewSet, MechanismViewSet, TherapyViewSet
from therapies.api.vocabulary import VocabularyViewSet

app_name = "api"
LISTS = ("therapies", "mechanisms", "sources", "claims", "changes", "log")
OTHERS = ("compare", "search", "vocabulary", "export", "schema", "docs")


class RootSerializer(serializers.Serializer[Any]):
    """Where everything is."""

    therapies = serializers.URLField(help_text="The list of therapies.")
    mechanisms = serializers.URLField(help_text="The list of mechanisms.")
    sources = serializers.URLField(help_text="The list of sources.")
    claims = serializers.URLField(help_text="The list of claims.")
    compare = serializers.URLField(help_text="Therapies side by side.")
    search = serializers.URLField(help_text="Everything that is public, by words.")
    vocabulary = serializers.URLField(help_text="What codes mean.")
    changes = serializers.URLField(help_text="What changed, to stay in step.")
    log = serializers.URLField(help_text="The publication log.")
    checkpoint = serializers.URLField(help_text="The head of the log as a signed note.")
    log_key = serializers.URLField(help_text="The key that it is verified with.")
    export = serializers.URLField(help_text="All records of a type in one answer.")
    schema = serializers.URLField(help_text="The OpenAPI document.")
    docs = serializers.URLField(help_text="This document for people.")


class RootViewSet(PublicViewSet):
    tag = "root"
    serializer_class = RootSerializer

    def retrieve(self, request: Request) -> Response:
        """Find out where everything is."""
        links = {name: f"{self.origin}{path}" for name, path in _paths().items()}
        return self.single(parts.write(links))


@cache
def _paths() -> dict[str, str]:
    names = {name: f"{name}-list" for name in LISTS} | {name: name for name in OTHERS}
    names |= {"checkpoint": "checkpoint", "log_key": "log-key"}
    return {name: reverse(f"api:{route}") for name, route in names.items()}


class SchemaViewSet(PublicViewSet):
    tag = "schema"
    of_the_release = True
    offers = {"retrieve": (OPENAPI, replace(JSON, name=""), OPENAPI_YAML)}
    serializer_class = serializers.Serializer

    @extend_schema(
        responses={(200, JSON.media_type): OpenApiResponse(OpenApiTypes.OBJECT, "The document.")}
    )
    def retrieve(self, request: Request) -> HttpResponse:
        """Read the OpenAPI document."""
        is_yaml = self.representation == OPENAPI_YAML
        return self.told(schema_text("yaml" if is_yaml else "json"))

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


class DocsViewSet(PublicViewSet):
    """The document for people: a page of the site, which asks no database."""

    tag = "docs"
    of_the_release = True
    offers = {"retrieve": (HTML,)}

    @extend_schema(exclude=True)
    def retrieve(self, request: Request) -> HttpResponse:
        return HttpResponse(self._text)

    @cached_property
    def etag(self) -> str:
        found = digest(self._text)
        return self.tag_of(found[:8], found)

    @cached_property
    def _text(self) -> str:
        return reference_text(self.origin, settings.DEMONSTRATION, settings.CONTACT)


@lru_cache(maxsize=4)
def reference_text(origin: str, demonstration: bool, contact: str) -> str:
    """The page for people, made once a process for each address that the site is asked at."""
    always = {
        "demonstration": demonstration,
        "contact": contact,
        "log_head": None,
        "keep": "",
        "room": "api",
        "noindex": True,
        "canonical": "",
    }
    told = {"page": page(schema_document(), origin), "origin": origin}
    return render_to_string("api/reference.html", always | told)


class TryViewSet(DocsViewSet):
    """The document's reader that asks, a page without an inline script or style."""

    tag = "try"

    @cached_property
    def _text(self) -> str:
        return render_to_string("api/try.html", {"title": spectacular_settings.TITLE})


class NowhereViewSet(PublicViewSet):
    """Every other address below the API's: errors are problems here too."""

    tag = "nowhere"
    of_the_release = True

    @extend_schema(exclude=True)
    def retrieve(self, request: Request, rest: str) -> Response | HttpResponsePermanentRedirect:
        if not rest.endswith("/") and _is_there(f"{request.path_info}/"):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        root = reverse("api:root")
        raise NotFound(f"There is nothing at this address. {root} says where everything is.")

    def accepted(self) -> list[str]:
        return list(self.request.query_params)

    def _is_known(self, known: str) -> bool:
        return False  # nothing here has a tag

    def negotiate(self) -> None:
        """What is not here is so in every representation."""


def _is_there(path: str) -> bool:
    """Whether another view answers at an address of the API."""
    return getattr(resolve(path).func, "cls", None) is not NowhereViewSet


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
    _one("compare/", "compare", CompareViewSet, "retrieve"),
    _one("search/", "search", SearchViewSet, "list"),
    _one("vocabulary/", "vocabulary", VocabularyViewSet, "retrieve"),
    _one("vocabulary/<str:name>/", "vocabulary-one", VocabularyViewSet, "one"),
    _one("export/", "export", ExportViewSet, "retrieve"),
    _one("schema/", "schema", SchemaViewSet, "retrieve"),
    _one("docs/", "docs", DocsViewSet, "retrieve"),
    _one("docs/try/", "try", TryViewSet, "retrieve"),
]
nowhere = NowhereViewSet.as_view({"get": "retrieve"})
"""For what is left of ``/api``, other versions of the API included."""
