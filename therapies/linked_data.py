"""A therapy or a mechanism in schema.org's words, as pages and the API say it. Pure.

What a therapy does, or whether it is licensed, is never said of it here: that are claims, each with
its source.
"""

from collections.abc import Mapping
from typing import Any

from publication.shapes import stated
from sources.linked_data import identifiers
from therapies.choices import TherapyKind

Body = Mapping[str, Any]
Data = dict[str, Any]

_THERAPIES: Mapping[str, str] = {
    TherapyKind.DRUG: "Drug",
    TherapyKind.SUPPLEMENT: "DietarySupplement",
    TherapyKind.PROCEDURE: "MedicalProcedure",
}


def subject(body: Body) -> Data:
    """What a content in today's shape is about: its kind, its names, its codes elsewhere."""
    is_therapy = body["type"] == "therapy"
    found: Data = stated(
        {
            "@type": _THERAPIES.get(body["kind"], "MedicalTherapy")
            if is_therapy
            else "DefinedTerm",
            "name": body["name"],
            "alternateName": [*body["synonyms"], *body.get("brands", [])],
            "identifier": identifiers(body.get("identifiers", {})),
        }
    )
    return found
