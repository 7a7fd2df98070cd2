"""In which order outcomes and harms are told beside each other: what patients weigh most is first.

The weights are those of patients asked by best-worst scaling (BMC Med Inform Decis Mak,
s12911-021-01479-w): disability progression 9.64, quality of life 9.21, relapse rate 7.76. Of harms
nobody weighed one against another: those with a name of their own come before words for any harm,
and what is felt before what a laboratory measures. Nothing else is judged here.
"""

from collections.abc import Mapping

from publication.folding import folded

_FIRST = (
    ("disability progression", "confirmed disability progression", "progression of disability"),
    ("quality of life", "health-related quality of life"),
    ("relapse rate", "annualised relapse rate", "annualized relapse rate"),
    ("relapses",),
)
_LAST = (
    (
        "adverse effects", "serious adverse effects", "off-target adverse effects",
        "adverse events", "serious adverse events", "side effects", "serious side effects",
        "safety", "tolerability", "discontinuation",
    ),
    (
        "lymphopenia", "lymphocytopenia", "neutropenia", "leukopenia", "leucopenia",
        "raised liver enzymes", "elevated liver enzymes", "increased liver enzymes",
        "low immunoglobulin levels", "hypogammaglobulinaemia", "hypogammaglobulinemia",
        "raised blood glucose",
    ),
)  # fmt: skip
_PLACES: Mapping[str, int] = {
    folded(name): place
    for first, alike in ((-len(_FIRST), _FIRST), (1, _LAST))
    for place, names in enumerate(alike, first)
    for name in names
}


def place_of(subject: str) -> int:
    """Where an outcome or harm comes: before the others, among them (0), or after them."""
    return _PLACES.get(folded(subject), 0)
