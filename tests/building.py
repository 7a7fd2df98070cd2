"""Small factories: records as editors make them, made public through the real actions."""

import hashlib
import itertools
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify

from editorial import actions, review
from editorial.models import Judgement, Record, ReviewEvent, User
from editorial.pairs import Word
from publication.models import Contribution
from sources.models import Document, FieldReading, Passage, Source
from therapies import content
from therapies.models import Claim, Evidence, Mechanism, Subject, Therapy

R = TypeVar("R", bound=Record)

_numbers = itertools.count(1)


def person(role: str = "editor", name: str = "", *, demonstration: bool = False) -> User:
    """A new active member of the group ``role``; ``name`` is shown to readers."""
    username = f"{role}{next(_numbers)}"
    first, _, last = name.partition(" ")
    user = User.objects.create_user(
        username, first_name=first or username, last_name=last, demonstration=demonstration
    )
    user.groups.add(Group.objects.get(name=role))
    return user


def source_with_text(text: str, *, title: str = "A source", **fields: Any) -> Source:
    """A draft source with one document; its title is read from the text where it stands there."""
    source = Source.objects.create(title=title, **{"slug": slugify(title), **fields})
    document = document_of(source, text)
    if (at := text.find(title)) >= 0:
        passage = Passage.of(document, at, at + len(title))
        FieldReading.objects.create(source=source, field="title", passage=passage)
    return source


def document_of(source: Source, text: str, **fields: Any) -> Document:
    """One more document of a source."""
    data = text.encode()
    return Document.objects.create(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=f"{source.slug}.txt",
        encoding="utf-8",
        size=len(data),
        text=text,
        **fields,
    )


def therapy(name: str, **fields: Any) -> Therapy:
    """A draft therapy."""
    return Therapy.objects.create(name=name, **{"slug": slugify(name), **fields})


def mechanism(name: str, **fields: Any) -> Mechanism:
    """A draft mechanism."""
    return Mechanism.objects.create(name=name, **{"slug": slugify(name), **fields})


def claim(
    subject: Subject,
    quote: str,
    *,
    source: Source,
    text: str = "",
    topic: str = "mechanism",
    certainty: str = "stated",
    direction: str = "supports",
    **values: Any,
) -> Claim:
    """A claim that rests on ``quote``, which stands in the source's first document."""
    row = Claim.objects.create(
        **{subject.record_type: subject},
        topic=topic,
        text=text or quote,
        certainty=certainty,
        **values,
    )
    evidence(row, quote, source=source, direction=direction)
    return row


def evidence(row: Claim, quote: str, *, source: Source, direction: str = "supports") -> Evidence:
    """One more passage under a claim."""
    document = source.documents.get()
    start = document.text.index(quote)
    passage = Passage.of(document, start, start + len(quote))
    return Evidence.objects.create(claim=row, passage=passage, direction=direction)


def not_stated(record: Subject, *topics: str) -> None:
    """Assert that the sources which the record cites say nothing of these topics."""
    record.not_stated = content.assertions(record, topics)
    record.save()


def publish(
    record: R, *, editor: User | None = None, reviewer: User | None = None, note: str = "Checked."
) -> R:
    """Submit, judge every pair, approve; an approved record is revised first."""
    editor = editor or person("editor")
    reviewer = reviewer or person("reviewer")
    record.refresh_from_db(fields=["state"])
    if record.state == "approved":
        record = actions.revise(record, by=editor)
    record = actions.submit(record, by=editor)
    agree(record, reviewer)
    return actions.approve(record, by=reviewer, digest=review.content_digest(record), note=note)


def agree(record: Record, by: User) -> None:
    """To every pair, at once."""
    words = [Word(pair.digest, Judgement.Verdict.AGREE) for pair in record.pairs()]
    actions.judge_each(record, words=words, by=by)


def prepare(record_type: str, public_id: str, *, version: int, digest: str, by: User) -> User:
    """What the log demands before an approval is written past the workroom: that ``by``
    contributed to the version and submitted the content of this digest as it.
    """
    about = {"record_type": record_type, "public_id": public_id, "version": version}
    if not Contribution.objects.filter(**about, user_id=by.pk).exists():
        Contribution.objects.create(
            **about, user_id=by.pk, user_name=by.display_name, what="submitted", at=timezone.now()
        )
    ReviewEvent.objects.create(
        **about,
        digest=digest,
        action="submit",
        from_state="draft",
        to_state="in-review",
        actor_id=by.pk,
        actor_name=by.display_name,
        at=timezone.now(),
    )
    return by
