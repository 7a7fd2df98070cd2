"""The fields of a claim's statement, the same wherever an editor fills them in, and what is asked
of them: where the passages say so.
"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst

from editorial import typed
from editorial.asking import Asking, AsksOnce, Question
from editorial.forms import CodesField, KeepsUnknownCodes, PlainTextField
from editorial.generics import ModelForm
from publication import limits
from sources.models import Document
from sources.works import real_date
from therapies.choices import FAVOURABLE, Course
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Claim
from therapies.values import BY_NAME, VALUES
from therapies.where_said import Held, asked

__all__ = ["StatementForm", "held_by", "quotes_in"]


class _KeptWhole(KeepsUnknownCodes, ModelForm):
    """So that what is typed is looked at before the model sees it."""


class StatementForm(AsksOnce, _KeptWhole):
    """What a claim says, with its typed values as ``therapies.values`` declares them."""

    asking: ClassVar[Asking] = Asking(
        "Where does it say so?",
        "What no passage seems to say is named beside the fields, and nothing is saved yet. "
        "Correct it, or tick the box when the passages do say so in other words.",
        "The passages say so",
    )

    courses = CodesField(
        required=False,
        choices=Course.choices,
        label="Disease courses",
        help_text=BY_NAME["courses"].help,
    )
    text = PlainTextField(
        max_length=limits.STATEMENT,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text="What the source says, no more, in a sentence that can be checked. Such as "
        "“Drug A lowered the yearly relapse rate by half against placebo.”",
    )
    status_date = forms.CharField(
        required=False,
        validators=[real_date],
        label="Date of status",
        help_text=BY_NAME["status_date"].help,
    )

    class Meta:
        labels: ClassVar = {value.column: capfirst(value.label) for value in VALUES}
        help_texts: ClassVar = {
            "topic": "One topic; a sentence about two is two claims.",
            "position": "Claims of a topic are shown in this order.",
            **{value.column: value.help for value in VALUES},
        }

    def passages(self) -> list[str]:
        """The words that the claim would rest on."""
        raise NotImplementedError

    def is_new(self, field: str) -> bool:
        """Whether something is asked of the field in this save."""
        return True

    def questions(self) -> Iterator[Question]:
        for ask in asked(held_by(self.instance), self.passages(), vocabulary_in_use()):
            field = BY_NAME[ask.name].column if ask.name in BY_NAME else ask.name
            if field in self.fields and self.is_new(field):
                yield Question(field, ask.words)


def held_by(claim: Claim) -> Held:
    """What a claim states, saved or not, in the form in which it is looked for in passages."""
    held = {value.name: getattr(claim, value.column) for value in VALUES}
    if claim.acts_by is not None:
        held["mechanism"] = claim.acts_by.name
    return {**held, "text": claim.text, "certainty": claim.certainty}


def quotes_in(data: Mapping[str, Any], stored: list[str]) -> list[str]:
    """The passages that bear a claim out in a posted form; ``stored`` where it has none of them."""
    count = typed.key(str(data.get("evidence-TOTAL_FORMS", "")))
    if count is None:
        return stored
    quotes = []
    for row in range(min(count, _MOST_ROWS)):
        posted = {name: str(data.get(f"evidence-{row}-{name}", "")) for name in _POSTED}
        if posted["direction"] in FAVOURABLE and not posted["DELETE"]:
            quotes.append(_at(posted["place"]) or posted["quote"])
    return [quote for quote in quotes if quote.strip()]


_POSTED = ("quote", "place", "direction", "DELETE")
_MOST_ROWS = 1000
"""Django's formsets take no more."""


def _at(place: str) -> str:
    """The words at a place that was offered and chosen; empty when none was."""
    keys = [key for part in place.split(":") if (key := typed.key(part)) is not None]
    if len(keys) != 3:
        return ""
    pk, start, end = keys
    document = Document.objects.filter(pk=pk).first()
    return document.text[start:end] if document else ""
