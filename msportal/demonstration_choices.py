"""What the demonstration's editor makes of the five documents' sentences that a program left to a
person: those that were only seen, and claims of which the text leaves open of what they are.

Each was read by hand: whose it is, what it is on, and how sure the source is of it.
"""

from dataclasses import dataclass

from editorial.models import User
from therapies.choices import Certainty, Topic
from therapies.drafting.proposals import accept
from therapies.drafting.seen_sentences import make_claim, worded
from therapies.models import Proposal, SeenSentence, Therapy

ANTIBODIES, IMMUNOTHERAPY = "Monoclonal antibodies", "Immunotherapy"
PERSONAL, ANTIGENS = "Personalized immunotherapy", "Antigen-specific immunotherapy"
CORRECTION = (
    "Demonstration: corrected. What physical therapy focuses on is an aim of it; we said that it "
    "was a result."
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim by its first words, a passage of another document that disputes it, and why the claim
    stands all the same.
    """

    claim: str
    passage: str
    weighing: str


DISPUTE = Dispute(
    "Immune therapy for MS focuses on targeting these immune system malfunctions",
    "However, most drugs for relapsing MS are not effective in treating progressive disease.",
    "Demonstration: kept both. The page speaks of MS as a whole; the review says that most drugs "
    "for relapsing MS do not help in progressive disease.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence by its first words, and what an editor says that it is."""

    opening: str
    therapy: str
    topic: Topic
    certainty: Certainty = Certainty.STATED
    """Of a sentence that was only seen; a proposal has its own."""


CHOICES = (
    Choice("Since these substances show a low incidence", ANTIBODIES, Topic.SAFETY),
    Choice("A variety of these agents have been approved", ANTIBODIES, Topic.STATUS),
    Choice("A variety of these agents have been approved", ANTIBODIES, Topic.RESEARCH),
    Choice("These therapies are often administered", ANTIBODIES, Topic.ADMINISTRATION),
    Choice("These therapies are often administered", ANTIBODIES, Topic.MONITORING),
    Choice("Immunotherapy has emerged as a groundbreaking", IMMUNOTHERAPY, Topic.INDICATION),
    Choice("Although current immunotherapies offer hope", IMMUNOTHERAPY, Topic.SAFETY),
    Choice("Although current immunotherapies offer hope", IMMUNOTHERAPY, Topic.OUTCOME),
    Choice("Long-term safety data are still being", IMMUNOTHERAPY, Topic.LIMITATION),
    Choice("These objectives are pursued", IMMUNOTHERAPY, Topic.MECHANISM),
    Choice("Several strategies are employed in MS immunotherapy", IMMUNOTHERAPY, Topic.SUMMARY),
    Choice("Moreover, advances in understanding", PERSONAL, Topic.SUMMARY),
    Choice("Another innovative approach under investigation", ANTIGENS, Topic.SUMMARY),
    Choice("The primary goals include", IMMUNOTHERAPY, Topic.OUTCOME, Certainty.INTENDED),
    Choice(
        "Emerging therapies, such as CAR T-cell therapy", "CAR T-cell therapy", Topic.STATUS,
        Certainty.HEDGED,
    ),
)  # fmt: skip


def choose(choices: list[Choice], *, by: User) -> None:
    """Take what is still left to a person of these; what is taken already stays as it is."""
    for choice in choices:
        _choose(choice, Therapy.objects.filter(name=choice.therapy).first(), by)


def _choose(choice: Choice, therapy: Therapy | None, by: User) -> None:
    """Where no record is of that name yet, a sentence that names it makes one."""
    left = Proposal.objects.filter(fate=Proposal.Fate.WAITING, subject="", topic=choice.topic)
    for proposal in left:
        if therapy is not None and _opens(proposal.exact, choice):
            accept(proposal, by=by, therapy=therapy)
    for sentence in SeenSentence.objects.listed():
        if _opens(sentence.exact, choice):
            wording = worded(sentence, topic=str(choice.topic), certainty=str(choice.certainty))
            make_claim(sentence, by=by, about=therapy or choice.therapy, wording=wording)


def _opens(words: str, choice: Choice) -> bool:
    return " ".join(words.split()).startswith(choice.opening)
