"""On which terms what the API answers may be used, said in every answer."""

from functools import lru_cache
from typing import Any

from rest_framework import serializers

from publication.anchors import Anchor

LICENCE = "CC-BY-4.0"
"""SPDX identifier of the licence of what the editors wrote and chose."""
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_COVERS = (
    "Covers what the editors of this site wrote, chose and judged. Quoted passages, abstracts and "
    "texts of documents stay under the terms of the works that they are from."
)
DISCLAIMER = (
    "Not medical advice. “Approved” is a decision of the editors of this site about a text; it "
    "says nothing about whether a regulator licensed a medicine."
)


class LicenceSerializer(serializers.Serializer[Any]):
    """Under which licence the data is."""

    id = serializers.CharField(help_text="SPDX identifier.")
    url = serializers.URLField(help_text="The text of the licence.")
    covers = serializers.CharField(help_text="What is under it, and what is not.")


class MetaSerializer(serializers.Serializer[Any]):
    """On which terms the answer may be used."""

    licence = LicenceSerializer(help_text="Of what the editors wrote, chose and judged.")
    disclaimer = serializers.CharField(help_text="What the answer is not.")
    citation = serializers.CharField(help_text="How to cite the base as the answer shows it.")


def told(origin: str, state: Anchor) -> dict[str, Any]:
    """``meta`` of an answer that shows this state of the log of the site at this origin."""
    return {**_terms(), "citation": citation(origin, state)}


def citation(origin: str, state: Anchor) -> str:
    """The whole base at an entry of its log, in one line."""
    on = f" of {state.at[:10]}" if state.at else ""
    name = "msportal: reviewed knowledge on immunotherapy for multiple sclerosis"
    return f"{name}. {origin}/, log entry {state.seq}{on}, hash {state.hash}."


@lru_cache(maxsize=1)
def _terms() -> dict[str, Any]:
    licence = {"id": LICENCE, "url": LICENCE_URL, "covers": LICENCE_COVERS}
    return {"licence": licence, "disclaimer": DISCLAIMER}
