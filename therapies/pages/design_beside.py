"""What the design page shows of comparisons and maps, on invented examples."""

from typing import Any

from publication.present import present
from publication.presentation import Fact
from therapies import compare, evidence_map
from therapies.choices import Certainty
from therapies.pages import bearings
from therapies.pages import design_examples as examples
from therapies.pages.acting import Acting
from therapies.pages.compare import parts_of
from therapies.pages.design_examples import DISPUTES, INVENTED, PARTLY, SAYS, SCORE, Claims
from therapies.pages.design_states import of_states
from therapies.pages.evidence_map import SHOWN, in_words, table_of
from therapies.pages.marks import CERTAINTY
from therapies.pages.mechanisms_map import by_target
from therapies.pages.references import References
from therapies.published import PublishedMechanism, PublishedTherapy

_OTHER = {"id": f"{INVENTED}o", "slug": f"{INVENTED}samplimab", "name": "Samplimab"}


_COURSES = frozenset({"ms"})
"""For which the second map is drawn."""


def _other_claims() -> list[examples.Body]:
    claims = Claims("o")
    claims.add(
        "outcome", "The example score fell by 7%.",
        ("review", SAYS, "The example score fell in most who were given Examplimab."),
        outcome=SCORE, effect_direction="better", effect_size="7%", comparator="a sample",
    )  # fmt: skip
    claims.add(
        "outcome", "Specimen speed did not change.",
        ("trial", PARTLY, "Examplimab did not change specimen speed."),
        outcome="specimen speed", effect_direction="no-difference",
    )  # fmt: skip
    claims.add(
        "safety", "A sample rash was seen.",
        ("trial", SAYS, "A sample rash was seen in 1 of 10 people."),
        ("review", DISPUTES, "It depletes example cells."),
        harm="sample rash", effect_direction="worse",
    )  # fmt: skip
    return claims.made


def beside(references: References) -> dict[str, Any]:
    """A comparison, its form, a map of evidence with its legend, and a map of mechanisms."""
    approved = examples.entries()["approved"].body
    other = present({**approved, **_OTHER, "claims": _other_claims(), "not_stated": []})
    rows = [examples.therapy_row(), _row(other)]
    compared = [compare.Compared(body["claims"], body["not_stated"]) for body in (approved, other)]
    every = present({**approved, "claims": [*approved["claims"], *of_states()]})
    claims = {
        row.public_id: evidence_map.on_subjects(body["claims"])
        for row, body in zip(rows, (every, other), strict=True)
    }
    columns = evidence_map.columns(claims.values())
    absent: dict[str, dict[str, str]] = {row.public_id: {} for row in rows}
    table = table_of(rows, claims, columns, absent, references.weigh, "")
    fitting = [evidence_map.naming(of_one, _COURSES) for of_one in claims.values()]
    of_course = evidence_map.columns(fitting)
    passing = table_of(rows, claims, of_course, absent, references.weigh, "", _COURSES)
    acts = PublishedMechanism(**PublishedMechanism.columns(_mechanism()))
    acting = [
        Acting(rows[0].public_id, acts.public_id, None),
        Acting(rows[1].public_id, acts.public_id, CERTAINTY[Certainty.HEDGED]),
    ]
    return {
        "beside": {
            "columns": [_column(row) for row in rows],
            "parts": parts_of(compared, rows, references, "")[:3],
            "options": [(row.slug, row.name) for row in rows],
            "places": [*(row.slug for row in rows), "", ""],
            "shows": SHOWN.items(),
            "table": table | {"course": ""},
            "of_course": passing | {"course": in_words(_COURSES)},
            "legend": bearings.legend(),
            "sizes": bearings.legend_of_sizes(),
            "targets": list(by_target([acts], acting, rows, "")),
        }
    }


def _mechanism() -> Any:
    return examples.entry(2, examples.MECHANISM, note="An invented note.")


def _row(body: examples.Body) -> PublishedTherapy:
    entry = examples.entry(4, body, note="An invented note.")
    return PublishedTherapy(**PublishedTherapy.columns(entry))


def _column(row: PublishedTherapy) -> dict[str, Any]:
    return {
        "name": row.name,
        "url": "#invented",
        "kind": "drug",
        "brands": row.brand_lines,
        "above": Fact("", "Invented antibodies"),
        "without": "#invented",
        "left": "#invented",
    }
