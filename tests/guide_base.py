"""A small public base of what the pages of the API ask for and the demonstration has none of:
a text that may be shown, a licence for a disease course, a retracted source.
"""

from editorial.models import User
from sources.actions import set_standing
from sources.models import Source
from tests.building import claim, not_stated, person, publish, source_with_text, therapy

TITLE = "Trials of 𝛽 and of needles"
MAY = "Acupuncture 𝛽 may improve “quality” of life, \\ they say."
LESS = "Acupuncture did not change fatigue."
LICENSED = "Ocrelizumab is licensed by the EMA for relapsing-remitting disease."
LATER = "Yoga improved quality of life."
TEXT = f"{TITLE}\n\n{MAY} {LESS} {LICENSED}\n"
OTHER = "A notice"


def guide_base() -> None:
    """Two sources, then acupuncture, then what came later; the second source is retracted."""
    editor, reviewer = person("editor", "Ann Editor"), person("reviewer", "Rob Reviewer")
    open_source = source_with_text(TEXT, title=TITLE, licence="CC-BY-4.0", doi="10.1000/182")
    closed = source_with_text(f"{OTHER}\n\n{LATER}\n", title=OTHER)
    for source in (open_source, closed):
        publish(source, editor=editor, reviewer=reviewer)
    _acupuncture(open_source, editor, reviewer)
    drug = therapy("Ocrelizumab")
    status = {"topic": "status", "status": "licensed", "jurisdiction": "EMA", "courses": ["rrms"]}
    claim(drug, LICENSED, source=open_source, **status)
    publish(drug, editor=editor, reviewer=reviewer)
    yoga = therapy("Yoga")
    says = {"topic": "outcome", "outcome": "Quality of life", "effect_direction": "better"}
    claim(yoga, LATER, source=closed, **says)
    publish(yoga, editor=editor, reviewer=reviewer)
    set_standing(closed, standing="retracted", by=reviewer, note="Notice.")


def _acupuncture(source: Source, editor: User, reviewer: User) -> None:
    needles = therapy("Acupuncture", kind="supportive-care")
    says = {"topic": "outcome", "outcome": "Quality of life", "effect_direction": "better"}
    claim(needles, MAY, source=source, certainty="hedged", **says)
    claim(needles, LESS, source=source, topic="outcome", certainty="negated", outcome="Fatigue")
    not_stated(needles, "safety")
    publish(needles, editor=editor, reviewer=reviewer)
