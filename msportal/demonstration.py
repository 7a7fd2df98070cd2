"""The demonstration: two accounts that take a part of the drafts through the real workflow.

Safe to repeat: a record that has left its first state is left where it is.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from editorial import actions, review
from editorial.editing import editing
from editorial.errors import EditorialError
from editorial.models import Judgement, Record, User
from editorial.pairs import Word
from editorial.states import State
from extraction.names.mentions import Search
from extraction.names.vocabulary import Vocabulary
from extraction.types import Span
from msportal.demonstration_choices import CHOICES, CORRECTION, DISPUTE, choose
from publication import log
from sources.models import Document, Passage, Source
from sources.titles import made_title, may_be_made
from therapies import content
from therapies.choices import Certainty, Direction, Topic
from therapies.drafting.doubt import certainty_of
from therapies.drafting.seen_sentences import NoSubject, as_shown, make_claim, worded
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Claim, Evidence, Mechanism, SeenSentence, Therapy

NOTE = "Demonstration: compared each claim with its passage; not a clinician's decision."
MOST_TAKEN = 20
"""Sentences not understood that become claims of one record."""


@dataclass(frozen=True, slots=True)
class Account:
    """A demonstration account with the password of this run."""

    username: str
    role: str
    password: str


_PEOPLE = (
    ("demo-editor", "Demonstration", "Editor", "editor"),
    ("demo-reviewer", "Demonstration", "Reviewer", "reviewer"),
    ("demo-admin", "Demonstration", "Administrator", "administrator"),
)


def accounts() -> list[Account]:
    """The three accounts, each with a new password that replaces the last run's."""
    found = []
    for username, first, last, role in _PEOPLE:
        user, _ = User.objects.get_or_create(
            username=username,
            defaults={"first_name": first, "last_name": last, "demonstration": True},
        )
        password = secrets.token_urlsafe(9)
        user.is_staff = user.is_active = user.demonstration = True
        user.set_password(password)
        user.save()
        user.groups.set(Group.objects.filter(name=role))
        found.append(Account(username, role, password))
    return found


@dataclass(frozen=True, slots=True)
class Cast:
    """Who writes and who reviews."""

    editor: User
    reviewer: User

    @classmethod
    def load(cls) -> "Cast":
        return cls(
            User.objects.get(username="demo-editor"), User.objects.get(username="demo-reviewer")
        )


def tell(cast: Cast) -> list[str]:
    """Play the story; returns one line for each record that moved, or that could not: others may
    work on the same base.
    """
    moved = []
    _take_what_was_left(cast)
    _take_what_was_seen(cast)
    for record, chapter in _story():
        fresh = type(record)._default_manager.get(pk=record.pk)
        if _is_fresh(fresh):
            try:
                with transaction.atomic():
                    chapter(fresh, cast)
            except EditorialError as refusal:
                said = " ".join(str(refusal).split())
                moved.append(f"{record.record_type} “{record.name}”: left as it was. {said}")
                continue
            after = type(record)._default_manager.get(pk=record.pk)
            moved.append(f"{after.record_type} “{after.name}”: {_standing(after)}")
    return moved


def _is_fresh(record: Record) -> bool:
    """Whether it is a draft that was never public."""
    newest = log.latest_approval(record.record_type, record.public_id)
    return record.state == State.DRAFT and not newest


def _take_what_was_left(cast: Cast) -> None:
    """What was read by hand of the five documents, while its record is in its first state."""
    done = {t.name for t in Therapy.objects.all() if not _is_fresh(t)}
    choose([choice for choice in CHOICES if choice.therapy not in done], by=cast.editor)


def _take_what_was_seen(cast: Cast) -> None:
    """Make claims of sentences that no machine understood, about therapies of the story that are in
    their first state: of each that names one alone, and of one that names several where there is
    nothing else about it. None is made of a sentence that leaves open how sure it is, or on what.
    """
    vocabulary = vocabulary_in_use()
    listed = SeenSentence.objects.listed().prefetch_related("document")
    plain = [row for row in listed if certainty_of(as_shown(row)) and _topic_of(row)]
    named = {row: _named_in(row, vocabulary) for row in plain}
    for name, _ in THERAPIES:
        records = Therapy.objects.filter(name=name)
        if not all(map(_is_fresh, records)):
            continue
        taken = [row for row, names in named.items() if names == {name}][:MOST_TAKEN]
        if not taken and not any(record.claims.exists() for record in records):
            taken = [row for row, names in named.items() if name in names][:1]
        for row in taken:
            del named[row]
            wording = worded(row, topic=_topic_of(row), certainty=certainty_of(as_shown(row)))
            with suppress(NoSubject):
                make_claim(row, by=cast.editor, about=name, wording=wording)


def _named_in(sentence: SeenSentence, vocabulary: Vocabulary) -> set[str]:
    """The therapies that the sentence itself names, not the heading over it."""
    words = Span(0, len(sentence.exact))
    mentions = Search.through(sentence.exact, vocabulary).mentions([words])
    found = {mention.canonical for mention in mentions if mention.kind == "therapy"}
    return found.intersection(sentence.names)


def _topic_of(sentence: SeenSentence) -> str:
    """What its words are on, where that is one thing or a result first of all; else nothing."""
    topics = [str(topic) for topic in sentence.topics]
    return topics[0] if topics and (len(topics) == 1 or topics[0] == Topic.OUTCOME) else ""


def _standing(record: Record) -> str:
    public = log.is_public(record.record_type, record.public_id)
    newest = log.latest_approval(record.record_type, record.public_id)
    words = record.working_state.label
    if public:
        return f"public, {words}"
    return f"withdrawn, {words}" if newest else words


Chapter = Callable[[Record, Cast], None]


def _story() -> list[tuple[Record, Chapter]]:
    """Sources first, then mechanisms, then therapies: a claim names only what is public."""
    parts = [
        (therapy, chapter)
        for name, chapter in THERAPIES
        for therapy in Therapy.objects.filter(name=name)
    ]
    told = Mechanism.objects.filter(claims__isnull=False).distinct().order_by("pk")
    return [
        *((source, titled) for source in Source.objects.order_by("pk")),
        *((mechanism, KINDS.get(mechanism.name, publish)) for mechanism in told),
        *parts,
    ]


def titled(record: Record, cast: Cast) -> None:
    """A work that states no title is named by its first words, before it is published."""
    if not isinstance(record, Source):
        raise TypeError(f"{record.record_type}: only works have titles")
    if may_be_made(record):
        what = "took a title made of its first words"
        with editing(record, by=cast.editor, seen_revision=record.revision, what=what) as locked:
            locked.title, locked.title_made = made_title(locked), True
            locked.save(update_fields=["title", "title_made"])
            record = locked
    publish(record, cast)


def submitted(record: Record, cast: Cast) -> None:
    actions.submit(record, by=cast.editor, note="Demonstration: ready for a second pair of eyes.")


def publish(record: Record, cast: Cast, note: str = NOTE) -> None:
    """Submit, judge every pair, approve."""
    submitted(record, cast)
    judged(record, cast)
    actions.approve(record, by=cast.reviewer, digest=review.content_digest(record), note=note)


def judged(record: Record, cast: Cast) -> None:
    actions.take(record, by=cast.reviewer)
    words = [Word(pair.digest, Judgement.Verdict.AGREE) for pair in record.pairs()]
    actions.judge_each(record, words=words, by=cast.reviewer)


def in_review(record: Record, cast: Cast) -> None:
    submitted(record, cast)


def changes_requested(record: Record, cast: Cast) -> None:
    submitted(record, cast)
    actions.request_changes(
        record,
        by=cast.reviewer,
        note="Demonstration: please say which of these claims are results and which are aims.",
    )


def rejected(record: Record, cast: Cast) -> None:
    submitted(record, cast)
    actions.reject(
        record, by=cast.reviewer, note="Demonstration: too general for an entry of its own."
    )


def withdrawn(record: Record, cast: Cast) -> None:
    publish(record, cast)
    actions.withdraw(
        record, by=cast.reviewer, note="Demonstration: withdrawn to show the emergency exit."
    )


def revised(record: Record, cast: Cast) -> None:
    publish(record, cast)
    actions.revise(record, by=cast.editor)


def as_kind_of(name: str) -> Chapter:
    """Publish as a kind of another mechanism, which the editor takes from the two names alone."""

    def chapter(record: Record, cast: Cast) -> None:
        what = "said which mechanism it is a kind of"
        with editing(record, by=cast.editor, seen_revision=record.revision, what=what) as locked:
            if isinstance(locked, Mechanism):
                locked.broader = Mechanism.objects.filter(name=name).first()
                locked.save()  # with what the other is called
        publish(locked, cast)

    return chapter


def with_not_stated(*topics: Topic) -> Chapter:
    """Publish after asserting that the sources read do not state these topics, but for those on
    which there is a claim.
    """

    def chapter(record: Record, cast: Cast) -> None:
        told = set(_claims(record).values_list("topic", flat=True))
        silent = [str(topic) for topic in topics if topic not in told]
        what = "asserted what the sources do not state"
        with editing(record, by=cast.editor, seen_revision=record.revision, what=what) as locked:
            if isinstance(locked, Therapy):
                locked.not_stated = content.assertions(locked, silent)
                locked.save(update_fields=["not_stated"])
        publish(locked, cast)

    return chapter


def _claims(record: Record) -> QuerySet[Claim]:
    if not isinstance(record, Therapy):
        raise TypeError(f"{record.record_type}: the story has claims of therapies alone")
    return Claim.objects.about(record)


def disputed(record: Record, cast: Cast) -> None:
    """Publish with a passage of another document that disputes a claim, and why it stands."""
    with editing(
        record, by=cast.editor, seen_revision=record.revision, what="added what disputes a claim"
    ) as locked:
        row = _claims(locked).filter(text__startswith=DISPUTE.claim).first()
        document = Document.objects.filter(text__contains=DISPUTE.passage).first()
        if row is not None and document is not None:
            start = document.text.index(DISPUTE.passage)
            passage = Passage.of(document, start, start + len(DISPUTE.passage))
            Evidence.objects.create(claim=row, passage=passage, direction=Direction.DISPUTES)
            row.weighing = DISPUTE.weighing
            row.save(update_fields=["weighing"])
    publish(locked, cast)


def corrected(record: Record, cast: Cast) -> None:
    """Publish, then say that what was told as a result is an aim."""
    publish(record, cast)
    record = actions.revise(record, by=cast.editor)
    what = "told an aim from a result"
    with editing(record, by=cast.editor, seen_revision=record.revision, what=what) as locked:
        for row in _claims(locked).filter(topic=Topic.OUTCOME):
            row.certainty, row.effect_direction, row.effect_size = Certainty.INTENDED, "", ""
            row.save(update_fields=["certainty", "effect_direction", "effect_size"])
    publish(locked, cast, note=CORRECTION)


KINDS: dict[str, Chapter] = {
    "Targeting of effector T cells": as_kind_of("Targeting of immune cells"),
}
"""By its name, a mechanism that is published as a kind of another."""

# What the five documents do not say of these was read up by hand.
THERAPIES: tuple[tuple[str, Chapter], ...] = (
    ("Ocrelizumab", publish),
    ("Glatiramer acetate", publish),
    ("Interferon beta", with_not_stated(Topic.MONITORING, Topic.ADMINISTRATION)),
    ("Acupuncture", with_not_stated(Topic.SAFETY, Topic.MONITORING, Topic.ADMINISTRATION)),
    ("Immune checkpoint-based therapies", publish),
    ("Immunotherapy", disputed),
    ("Personalized immunotherapy", with_not_stated(Topic.STATUS, Topic.MONITORING)),
    ("Antigen-specific immunotherapy", publish),
    ("T-cell manipulation", publish),
    ("B-cell depleting agents", publish),
    ("Myelin repair strategies", publish),
    ("Drugs for relapsing MS", publish),
    ("Mind-body practices", with_not_stated(Topic.SAFETY, Topic.ADMINISTRATION)),
    ("Physical therapy", corrected),
    ("Monoclonal antibodies", revised),
    ("Massage", withdrawn),
    ("Fingolimod", in_review),
    ("CAR T-cell therapy", in_review),
    ("Disease-modifying therapies", changes_requested),
    ("Targeted therapy", rejected),
)
"""Who meets which fate; every other draft stays a draft."""
