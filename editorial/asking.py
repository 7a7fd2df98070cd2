"""Questions that a form asks once: it comes back with them and a check box; ticked, it is saved.

The answer is bound to the questions: whoever then types something else is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial.generics import ModelForm
from editorial.models import Part, Record
from publication.canonical import digest_of

__all__ = ["ANSWER", "Asked", "Asking", "AsksOnce", "Question", "link_to"]

ANSWER = "is_another"
"""What the check box is called; its value says which questions it answers."""


@dataclass(frozen=True, slots=True)
class Question:
    """What an editor should see before the form is saved, beside the field that it is about."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What the box says in which the questions of a form are answered."""

    title: str
    why: str
    answer: str


IS_ANOTHER = Asking(
    "Is it another one?",
    "What is like it is named and linked beside the fields below, and nothing is saved yet. Tick "
    "the box when it is another one, or when both are called so, and save again.",
    "It is another one",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The box as a form shows it."""

    name: str
    value: str
    is_answered: bool
    said: Asking


class AsksOnce(ModelForm):
    """A form that may have questions once the model has nothing against it."""

    asking: ClassVar[Asking] = IS_ANOTHER
    asked = ""
    """Which questions are open or answered; empty when there is none."""
    is_answered = False

    @property
    def cannot_be_saved(self) -> bool:
        """Whether it comes back anyhow, so that questions can wait."""
        return False

    def questions(self) -> Iterable[Question]:
        """Asked of the instance as it would be saved."""
        return []

    @property
    def box(self) -> Asked | None:
        """What is shown while there is a question; ``None`` when there is none."""
        if not self.asked:
            return None
        return Asked(self.add_prefix(ANSWER), self.asked, self.is_answered, self.asking)

    def _post_clean(self) -> None:
        form: Any = super()
        form._post_clean()
        if self.cannot_be_saved:
            return
        questions = [q for q in self.questions() if q.field not in self.errors]
        if not questions:
            return
        self.asked = digest_of([[q.field, q.words] for q in questions])[:16]
        data: Any = self.data
        self.is_answered = data.get(self.add_prefix(ANSWER)) == self.asked
        for question in () if self.is_answered else questions:
            self.add_error(question.field, question.words)


def link_to(model: type[Record | Part], pk: int, name: str) -> SafeString:
    """A link to the row's page in the workroom."""
    meta = model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[pk])
    return format_html('<a href="{}">{}</a>', url, name)
