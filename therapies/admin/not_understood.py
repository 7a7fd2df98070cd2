"""The sentences of a source that were not understood, as its workroom page lists them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.urls import reverse

from editorial.models import Record, User
from therapies.admin.drafted_forms import DraftedForm, SentenceForm
from therapies.admin.drafted_rows import Done, DraftedRows, filled_in
from therapies.drafting.seen_sentences import NoSubject, NotListed, dismiss, make_claim
from therapies.models import SeenSentence

__all__ = ["ON_A_PAGE", "Sentences", "listed_on", "page_of", "place_of"]

ON_A_PAGE = 25


def listed_on(source: Record) -> Any:
    """The sentences that wait for an editor, in the order of the text."""
    return SeenSentence.objects.listed().filter(document__source=source.pk)


class Sentences(DraftedRows):
    """Each as a claim without values."""

    form_class = SentenceForm
    letter: ClassVar = "s"
    page_name: ClassVar = "page"
    on_a_page: ClassVar = ON_A_PAGE
    actions: ClassVar = frozenset({"claim", "revise", "dismiss"})
    of_several: ClassVar = frozenset({"claim", "dismiss"})

    def everything(self) -> Any:
        rows = SeenSentence.objects.filter(document__source=self.source.pk)
        return rows.select_related("document", "claim__therapy", "claim__mechanism")

    def waiting(self) -> Any:
        return listed_on(self.source).select_related("document")

    def is_open(self, item: SeenSentence) -> bool:
        return item.fate == SeenSentence.Fate.LISTED

    def look_up(self, items: Sequence[SeenSentence]) -> None:
        self.records.expect("therapy", [name for item in items for name in item.names])

    def perform(self, action: str, item: SeenSentence, form: DraftedForm, by: User) -> Done:
        if action == "dismiss":
            if dismiss([item.pk], by=by):
                return Done("dismissed", "The sentence was dismissed and will not come back.")
            raise NotListed("It is not listed any more.")
        filled_in(form)
        if form.about is None:
            raise NoSubject("Choose one of the names found, or another record.")
        claim = make_claim(
            item, by=by, about=form.about, wording=form.wording, revising=action == "revise"
        )
        return Done("claimed", f"A claim about {claim.subject} was made of it.")


def page_of(source: Record, sentence: Any) -> int:
    """The number of the page of the list on which the sentence is, or was until now."""
    rows = listed_on(source)
    document = sentence.document_id
    before = rows.filter(document__lt=document) | rows.filter(
        document=document, start__lt=sentence.start
    )
    return int(before.count()) // ON_A_PAGE + 1


def place_of(source: Record, sentence: Any) -> str:
    """Where the list says what became of a sentence that was just decided."""
    page = reverse("admin:sources_source_proposals", args=[source.pk])
    number = page_of(source, sentence)
    return f"{page}?page={number}&done={sentence.pk}#seen-{sentence.pk}"
