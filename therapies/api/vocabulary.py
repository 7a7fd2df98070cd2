"""The codes that answers use: of the program, whatever the log says."""

from dataclasses import asdict
from functools import cache, cached_property
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from publication.api import parts
from publication.api.base import PublicViewSet
from publication.api.serializers import AnswerField
from publication.canonical import digest_of
from therapies.api.codes import Codes, lists


class CodeSerializer(serializers.Serializer[Any]):
    """One value of a list."""

    code = serializers.CharField(help_text="As answers have it and filters take it.")
    label = serializers.CharField(help_text="In words.")  # type: ignore[assignment]
    definition = serializers.CharField(
        allow_null=True, help_text="Null where the label says all there is to say."
    )
    also = serializers.ListField(
        child=serializers.CharField(), help_text="Other names, by which search finds it too."
    )
    definition_url = serializers.URLField(allow_null=True, help_text="Where it is defined.")
    identifiers = serializers.DictField(
        child=serializers.CharField(),
        help_text="By scheme, such as MONDO; those alone of the same meaning. A filter by the code "
        "takes them too, as scheme, colon and code.",
    )


class CodesSerializer(serializers.Serializer[Any]):
    """One list of values."""

    name = serializers.CharField(help_text="By which its address asks for it.")
    label = serializers.CharField(help_text="In words.")  # type: ignore[assignment]
    definition = serializers.CharField(help_text="What its values tell.")
    closed = serializers.BooleanField(help_text="Answers of this release use no other value.")
    api_url = AnswerField()
    codes = CodeSerializer(many=True, help_text="In the order in which readers meet them.")


class VocabularySerializer(serializers.Serializer[Any]):
    """Every list of values that answers use."""

    lists = CodesSerializer(many=True, help_text="By the names by which they are asked for.")


class VocabularyViewSet(PublicViewSet):
    """What codes mean. No database is asked."""

    tag = "vocabulary"
    of_the_release = True
    path_parameters = (
        OpenApiParameter(
            "name",
            {"type": "string", "pattern": "^[a-z_]{1,40}$"},
            OpenApiParameter.PATH,
            description="The name of a list.",
        ),
    )

    def get_serializer_class(self) -> type[Any]:
        return CodesSerializer if self.action == "one" else VocabularySerializer

    def retrieve(self, request: Request) -> Response:
        """Read every list of codes, with labels and definitions."""
        return Response(parts.write({"lists": [self._shown(one) for one in lists().values()]}))

    def one(self, request: Request, name: str) -> Response:
        """Read one list of codes."""
        every = lists()
        if name not in every:
            raise NotFound(f"There is no such list; there are {', '.join(every)}.")
        return Response(parts.write(self._shown(every[name])))

    def _shown(self, one: Codes) -> dict[str, Any]:
        return {
            "name": one.name,
            "label": one.label,
            "definition": one.definition,
            "closed": one.closed,
            "api_url": self.absolute(reverse("api:vocabulary-one", kwargs={"name": one.name})),
            "codes": [
                {
                    "code": code.code,
                    "label": code.label,
                    "definition": code.definition or None,
                    "also": list(code.also),
                    "definition_url": code.url or None,
                    "identifiers": dict(code.identifiers),
                }
                for code in one.codes
            ],
        }

    @cached_property
    def etag(self) -> str:
        """The lists are the release's, whatever the log says."""
        found = _digest()
        return self.tag_of(found[:8], found)


@cache
def _digest() -> str:
    return digest_of([asdict(one) for one in lists().values()])
