"""What lies on a reviewer's desk: a source, a mechanism and a therapy that wait for each other."""

from dataclasses import dataclass

from editorial import actions
from editorial.models import Record, User
from sources.models import FieldReading, Passage, Source
from tests.building import claim, mechanism, source_with_text, therapy
from tests.workroom import staff
from therapies.models import Mechanism, Therapy

TITLE = "A long review of Drug A"
NAMES = ("B-cell depletion", "Lymphocyte trapping")
NOTE = "The third is the hard one."


def sentences(number: int) -> list[str]:
    return [
        f"In trial {n}, Drug A changed outcome {n} of {n * 37 + 120} people with relapsing MS, "
        f"compared with placebo over {n} years."
        for n in range(1, number + 1)
    ]


@dataclass(slots=True)
class Desk:
    editor: User
    reviewer: User
    source: Source
    mechanisms: list[Mechanism]
    therapy: Therapy

    @property
    def mechanism(self) -> Mechanism:
        return self.mechanisms[0]

    @property
    def records(self) -> list[Record]:
        """Each before what rests on it."""
        return [self.source, *self.mechanisms, self.therapy]


def desk(pairs: int = 3, *, mechanisms: int = 1) -> Desk:
    """All are in review; the therapy has so many pairs, two on every second passage and one on the
    others, and names each mechanism.
    """
    editor, reviewer = staff("editor", "Edda Brandt"), staff("reviewer", "Ruth Vance")
    said = sentences(pairs)
    source = source_with_text(f"{TITLE}\n\nAnn Example\n\n{' '.join(said)}", title=TITLE)
    document = source.documents.get()
    at = document.text.index("Ann Example")
    passage = Passage.of(document, at, at + len("Ann Example"))
    source.authors = [{"family": "Example", "given": "Ann"}]
    source.save()
    FieldReading.objects.create(source=source, field="authors", passage=passage)
    drug, named = therapy("Drug A"), [mechanism(name) for name in NAMES[:mechanisms]]
    for one in named:
        claim(one, said[0], source=source, text=f"{one.name} is what it does.")
        claim(drug, said[0], source=source, text=f"It acts by {one.name}.", acts_by=one)
    left = pairs - mechanisms
    for n, quote in enumerate(said[1:], 2):
        for text in (quote, f"Trial {n} compared it with placebo.")[: 1 + n % 2]:
            if left:
                claim(drug, quote, source=source, text=text, topic="outcome")
                left -= 1
    for record in (source, *named, drug):
        actions.submit(record, by=editor, note=NOTE if record is drug else "")
    return Desk(editor, reviewer, source, named, drug)
