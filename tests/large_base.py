"""A public therapy of the size of a well-known drug: 60 claims on 120 passages of nine sources."""

from collections.abc import Iterator
from typing import Any

from tests.building import claim, evidence, mechanism, person, publish, source_with_text, therapy

DRUG = "Examplimab"
_KINDS = ("trial-report", *("journal-review",) * 6, *("web-page",) * 2)
_HARMS = (
    "infusion reactions", "herpes infections", "headache", "nausea", "neutropenia", "back pain",
    "depression", "insomnia", "cough", "diarrhoea", "rash",
)  # fmt: skip


def _told() -> Iterator[tuple[str, dict[str, Any]]]:
    """60 sentences, each as an editor would type it."""
    for number in range(31, 39):
        yield (
            f"{DRUG} reduced relapses by {number}% over two years of treatment.",
            {"topic": "outcome", "outcome": "Relapses", "effect_direction": "better"},
        )
    for number in range(12, 17):
        yield (
            f"{DRUG} lowered the risk of confirmed disability progression at {number} weeks.",
            {"topic": "outcome", "outcome": "Disability", "effect_direction": "better"},
        )
    for year in ("first", "second", "third"):
        yield (
            f"{DRUG} had no effect on fatigue in the {year} year.",
            {"topic": "outcome", "outcome": "Fatigue", "certainty": "negated"},
        )
    yield (
        f"{DRUG} may slow the loss of brain volume.",
        {"topic": "outcome", "outcome": "Brain atrophy", "certainty": "hedged"},
    )
    for harm in _HARMS:
        for words in ("were seen with", "have been reported with"):
            yield (
                f"Cases of {harm} {words} {DRUG}.",
                {"topic": "safety", "harm": harm.capitalize(), "effect_direction": "worse"},
            )
    yield (
        f"Hepatitis B reactivation with {DRUG} is serious.",
        {"topic": "safety", "harm": "Hepatitis B reactivation", "serious": True},
    )
    yield f"{DRUG} should not be used during pregnancy.", {"topic": "safety"}
    yield f"Data on {DRUG} in breast-feeding women are limited.", {"topic": "limitation"}
    for course, words in (("relapsing", "relapsing"), ("ppms", "primary progressive")):
        yield (
            f"{DRUG} is for adults with {words} multiple sclerosis.",
            {"topic": "indication", "courses": [course]},
        )
    for words in ("twice a year", "every six months", "as two infusions at first"):
        yield (
            f"{DRUG} is given into a vein {words}.",
            {"topic": "administration", "route": "intravenous", "schedule": words},
        )
    for words in ("depletes B cells", "binds CD20", "removes memory cells"):
        yield f"{DRUG} {words}.", {"topic": "mechanism"}
    for words in ("blood counts", "immunoglobulin levels", "hepatitis B tests"):
        yield f"Treatment with {DRUG} needs {words}.", {"topic": "monitoring"}
    for country in ("EMA", "FDA"):
        yield (
            f"{DRUG} was licensed by the {country} in 2018.",
            {"topic": "status", "status": "licensed", "jurisdiction": country},
        )
    for words in ("after ten years", "in older people", "beside vaccines", "in frail people"):
        yield f"The safety of {DRUG} {words} is not known.", {"topic": "limitation"}
    yield f"{DRUG} is an antibody given twice a year.", {"topic": "summary"}


def large_base() -> None:
    """Everything through the real workflow."""
    people = {
        "editor": person("editor", "Ann Editor"),
        "reviewer": person("reviewer", "Rob Reviewer"),
    }
    told = list(_told())
    sources = []
    for number, kind in enumerate(_KINDS):
        title = f"Treatment of relapsing disease with {DRUG}, part {number + 1}"
        words = " ".join(sentence for sentence, _ in told)
        source = source_with_text(
            f"{title}\n\n{words} This is text number {number}.\n",
            title=title,
            kind=kind,
            authors=[{"family": "Silva", "initials": "K"}, {"family": "Okafor", "initials": "L"},
                     {"family": "Meier", "initials": "F"}],
            container_title="Journal of Made-up Results",
            date=str(2010 + number),
            doi=f"10.5555/example.{number}",
            url=f"https://example.org/{number}/",
            hosting_site=f"example.org/{'a-long-address-without-a-space/' * 3}",
        )  # fmt: skip
        sources.append(publish(source, **people))
    acts = mechanism("B-cell depletion")
    claim(acts, f"{DRUG} depletes B cells.", source=sources[1])
    publish(acts, **people)
    drug = therapy(DRUG, brands=["Examplex"], synonyms=["EX-1"], identifiers={"ATC": "L04XX99"})
    for place, (sentence, fields) in enumerate(told):
        acts_by = {"acts_by": acts} if fields["topic"] == "mechanism" else {}
        row = claim(drug, sentence, source=sources[place % 9], **fields, **acts_by)
        evidence(row, sentence, source=sources[(place + 4) % 9])
    publish(drug, **people)


def another_base() -> None:
    """The same with a therapy beside it, of which a number was measured against something else."""
    large_base()
    fell, title = "Samplimab reduced relapses by 12%.", "Another treatment"
    source = publish(source_with_text(f"{title}\n\n{fell}\n", title=title, kind="trial-report"))
    drug = therapy("Samplimab")
    claim(drug, fell, source=source, topic="outcome", outcome="relapses", effect_size="12%",
          effect_direction="better", comparator="placebo")  # fmt: skip
    publish(drug)
