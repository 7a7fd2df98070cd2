"""The sentences of a source that were not understood, as its workroom page lists them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import reverse

from editorial.models import Record, User
from editorial.states import State
from sources.admin import text_address
from sources.wording import code_in_words
from therapies.choices import Certainty, Topic
from therapies.drafting.doubt import words_of_doubt
from therapies.drafting.finding import MODELS, Finder
from therapies.drafting.seen_sentences import NoSubject, as_shown, make_claim
from therapies.models import Claim, SeenSentence, Subject

__all__ = [
    "Choice",
    "Lines",
    "Refused",
    "claim_chosen",
    "lines",
    "listed_on",
    "page_of",
    "place_of",
]

ON_A_PAGE = 50
_MECHANISM = " (mechanism)"
"""What follows the name of a mechanism among names of records."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form of one sentence says."""

    name: str = ""
    """One of the names found."""
    record: str = ""
    """The name of another record, as typed; it goes before a name found."""
    topic: str = ""
    certainty: str = ""

    @classmethod
    def posted(cls, request: HttpRequest) -> "Choice":
        return cls(
            *(request.POST.get(n, "").strip() for n in ("name", "record", "topic", "certainty"))
        )

    @classmethod
    def offered(cls, sentence: SeenSentence) -> "Choice":
        """What one press takes: the one name found, the first topic of the words, and that it is
        stated, unless a word of the sentence doubts, denies or aims: then the editor says.
        """
        topics = [topic for topic in sentence.topics if topic in Topic.values]
        return cls(
            name=sentence.names[0] if len(sentence.names) == 1 else "",
            topic=topics[0] if topics else Topic.SUMMARY,
            certainty="" if words_of_doubt(as_shown(sentence)) else Certainty.STATED,
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A choice that was not taken, and why."""

    key: int
    choice: Choice
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence on the screen."""

    sentence: SeenSentence
    text_url: str
    topics: str
    doubt: str
    """Words for which the editor has to say how sure the source is."""
    choice: Choice
    refusal: str = ""

    @property
    def is_listed(self) -> bool:
        return self.sentence.fate == SeenSentence.Fate.LISTED

    @property
    def claim(self) -> Claim | None:
        return self.sentence.claim


@dataclass(frozen=True, slots=True)
class Lines:
    """One page of the list."""

    page: "Page[Any]"
    rows: Sequence[Line]
    records: Sequence[str]
    """What other records are called in the form."""
    refused: Refused | None = None
    topics: ClassVar = Topic.choices
    certainties: ClassVar = Certainty.choices

    @property
    def total(self) -> int:
        return self.page.paginator.count


def listed_on(source: Record) -> Any:
    """The sentences that wait for an editor, in the order of the text."""
    return SeenSentence.objects.listed().filter(document__source=source.pk)


def lines(
    source: Record, *, page: str | int = 1, done: int | None = None, refused: Refused | None = None
) -> Lines:
    """A page of the list; ``done`` is the key of a sentence that was just decided, which says at
    its place what became of it.
    """
    rows = listed_on(source).prefetch_related("document")
    shown = Paginator(rows, ON_A_PAGE).get_page(page)
    decided = _decided(source, done)
    both = sorted([*shown, *decided], key=lambda row: (row.document_id, row.start, row.pk))
    records = _names_of_records() if both else []
    return Lines(shown, [_line(row, refused) for row in both], records, refused)


def _decided(source: Record, key: int | None) -> Iterable[SeenSentence]:
    if key is None:
        return []
    rows = SeenSentence.objects.filter(document__source=source.pk, pk=key)
    return rows.exclude(fate=SeenSentence.Fate.LISTED).select_related(
        "claim__therapy", "claim__mechanism"
    )


def _line(sentence: SeenSentence, refused: Refused | None) -> Line:
    is_refused = refused is not None and refused.key == sentence.pk
    return Line(
        sentence=sentence,
        text_url=text_address(sentence.document_id, sentence.start, sentence.end),
        topics=", ".join(code_in_words(Topic, topic) for topic in sentence.topics),
        doubt=", ".join(f"“{word}”" for word in words_of_doubt(as_shown(sentence))),
        choice=refused.choice if refused and is_refused else Choice.offered(sentence),
        refusal=refused.why if refused and is_refused else "",
    )


def _names_of_records() -> list[str]:
    return [
        f"{name}{_MECHANISM if kind == 'mechanism' else ''}"
        for kind, model in sorted(MODELS.items(), reverse=True)
        for name in model._default_manager.exclude(state=State.DISCARDED)
        .order_by("name")
        .values_list("name", flat=True)
    ]


def claim_chosen(sentence: SeenSentence, choice: Choice, *, by: User) -> Claim:
    """Make the claim that the form asks for; raises ``EditorialError``."""
    about = _record(choice.record) if choice.record else choice.name
    return make_claim(sentence, by=by, about=about, topic=choice.topic, certainty=choice.certainty)


def _record(name: str) -> Subject:
    """The therapy of this name, or the mechanism where it says so or there is no therapy."""
    plain = name.removesuffix(_MECHANISM)
    finder = Finder()
    kinds = ("mechanism",) if plain != name else ("therapy", "mechanism")
    for kind in kinds:
        found = finder.record(kind, plain)
        if found is not None:
            return found
    raise NoSubject(f"There is no record called “{plain}”. Choose a name found, or a record.")


def page_of(source: Record, sentence: SeenSentence) -> int:
    """The number of the page of the list on which the sentence is, or was until now."""
    rows = listed_on(source)
    document = sentence.document_id
    before = rows.filter(document__lt=document) | rows.filter(
        document=document, start__lt=sentence.start
    )
    return int(before.count()) // ON_A_PAGE + 1


def place_of(source: Record, sentence: SeenSentence) -> str:
    """Where the list says what became of a sentence that was just decided."""
    page = reverse("admin:sources_source_proposals", args=[source.pk])
    number = page_of(source, sentence)
    return f"{page}?page={number}&done={sentence.pk}#seen-{sentence.pk}"
