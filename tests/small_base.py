"""A small public base for tests of what readers see: one source, one mechanism, one therapy;
and what may happen to it later.
"""

from dataclasses import dataclass

from editorial import actions
from editorial.models import User
from sources.actions import set_standing
from sources.models import Source
from tests.building import claim, mechanism, not_stated, person, publish, source_with_text, therapy
from therapies.models import Mechanism, Therapy

TITLE = "Therapies of multiple sclerosis"
DEPLETES = "Ocrelizumab depletes B cells."
RELAPSES = "It lowered the annualised relapse rate in relapsing-remitting disease."
INFUSED = "It is given as an infusion every six months."
LICENSED = "It was licensed by the FDA in 2017."
TEXT = f"{TITLE}\nMüller A\n2019\n\n{DEPLETES} {RELAPSES} {INFUSED} {LICENSED}\n"


@dataclass
class Base:
    editor: User
    reviewer: User
    source: Source
    mechanism: Mechanism
    therapy: Therapy

    def fresh(self) -> "Base":
        """The same rows as the database has them now."""
        rows = vars(self)
        return Base(**{n: type(row)._default_manager.get(pk=row.pk) for n, row in rows.items()})


def small_base() -> Base:
    """Entries 1 to 3 of the log: source, mechanism, therapy."""
    editor, reviewer = person("editor", "Ann Editor"), person("reviewer", "Rob Reviewer")
    people = {"editor": editor, "reviewer": reviewer}
    source = source_with_text(
        TEXT,
        title=TITLE,
        kind="journal-review",
        authors=[{"family": "Müller", "initials": "A"}],
        container_title="Journal of Examples",
        date="2019",
        doi="10.1000/182",
    )
    publish(source, **people)
    acts = mechanism("B-cell depletion", target="B cells", effect="depletes")
    claim(acts, DEPLETES, source=source)
    publish(acts, **people)
    drug = ocrelizumab(source, acts)
    publish(drug, **people)
    return Base(editor, reviewer, source, acts, drug)


def ocrelizumab(source: Source, acts: Mechanism) -> Therapy:
    """A draft with one claim of each kind of value, of a class that is not public."""
    drug = therapy(
        "Ocrelizumab",
        synonyms=["anti-CD20 β-test"],
        member_of=therapy("Anti-CD20 antibody", kind="drug-class"),
        brands=["Ocrevus"],
        identifiers={"ATC": "L04AG08"},
    )
    claim(drug, DEPLETES, source=source, acts_by=acts)
    claim(
        drug,
        RELAPSES,
        source=source,
        topic="outcome",
        certainty="hedged",
        courses=["rrms"],
        outcome="annualised relapse rate",
        effect_direction="better",
    )
    claim(
        drug,
        INFUSED,
        source=source,
        topic="administration",
        route="infusion",
        direction="partly-supports",
    )
    claim(
        drug,
        LICENSED,
        source=source,
        topic="status",
        status="licensed",
        jurisdiction="FDA",
        status_date="2017",
    )
    not_stated(drug, "safety")
    return drug


def later(base: Base) -> None:
    """What may come after the small base: a new version at a new address, an end, a notice."""
    therapy = actions.revise(base.therapy, by=base.editor)
    therapy = Therapy.objects.get(pk=therapy.pk)
    therapy.name, therapy.slug = "Ocrelizumab iv", "ocrelizumab-iv"
    therapy.save()
    therapy.claims.order_by("pk")[0].delete()
    other = source_with_text("Another source says so.", title="Another source")
    publish(other)
    claim(therapy, "Another source says so.", source=other, topic="research")
    publish(therapy)
    actions.withdraw(base.mechanism, by=base.reviewer, note="Wrong.")
    set_standing(base.source, standing="retracted", by=base.reviewer, note="Notice.")
