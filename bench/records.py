"""What ``bench.generator`` fills a base with, record by record, as rows to be written."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.models import Group

from bench import invented
from bench.invented import MANY, Invented, Sentence
from editorial.models import Judgement, Record, ReviewEvent, User
from publication import published, stored
from publication.canonical import canonical, digest, digest_of
from publication.entries import Entry, LogHead
from publication.log import GENESIS, envelope, stamp
from publication.models import Contribution
from publication.present import present
from publication.published import PublishedAddress
from publication.references import PublishedReference
from publication.search.tables import Findable, KnownWord
from publication.shapes import stated
from sources.choices import BIBLIOGRAPHIC_FIELDS
from sources.content import passage_content
from sources.dates import precision_of
from sources.models import Document, FieldReading, Passage, PublishedSource, Source, Vouch
from sources.sameness import text_digest
from sources.stated import title_key
from therapies import content
from therapies.choices import OWN_FIELDS
from therapies.models import Claim, Evidence, Mechanism, Therapy
from therapies.names import key_of, keys_together
from therapies.published.parts import Rows

Some = Iterator[Iterable[Any]]
"""Rows to be written, in an order in which their keys fit."""
FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
STEP = dt.timedelta(seconds=10)
"""Between two entries of the log."""
ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
_FOLDED = (
    "seq", "at", "record_type", "public_id", "version", "digest", "approver_name", "demonstration",
)  # fmt: skip
"""Columns of an entry that are folded."""
NOTE = "Made for a measurement; nobody decided it."


def people() -> tuple[User, User]:
    """An editor and a reviewer."""
    found = []
    for role, first, last in (("editor", "Ann", "Editor"), ("reviewer", "Rob", "Reviewer")):
        user = User.objects.create_user(role, first_name=first, last_name=last, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        found.append(user)
    return found[0], found[1]


@dataclass
class Log:
    """The log in the making, and every number that was given."""

    people: tuple[User, User]
    seq: int = 0
    hash: str = GENESIS
    at: str = ""
    given: dict[str, int] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    """Every word that something had, by itself."""
    mechanism: Mechanism | None = None
    """The newest, which claims name."""

    def number(self, of: str) -> int:
        self.given[of] = self.given.get(of, 0) + 1
        return self.given[of]

    def public_id(self, of: str) -> str:
        """Twelve characters, another for every call."""
        rest, signs = self.number(f"id of {of}"), []
        for _ in range(11):
            rest, one = divmod(rest, len(ALPHABET))
            signs.append(ALPHABET[one])
        return of[0] + "".join(reversed(signs))

    def approve(self, record: Record, stating: Mapping[str, Any]) -> Some:
        """The record's first version: what led to it, its entry, and what that is folded into."""
        editor, reviewer = self.people
        at = FIRST + self.seq * STEP
        text = canonical(stating)
        body = present(stored.values(text))
        who = {"record_type": record.record_type, "public_id": record.public_id}
        contributors = [{"id": editor.pk, "name": editor.display_name}]
        by = {"id": reviewer.pk, "name": reviewer.display_name}
        judged = [
            {"pair": b.digest, "group": b.group, "part": b.part, "by": by, "at": stamp(at)}
            for b in record.bound(body)
        ]
        entry = Entry(
            **who,
            seq=self.seq + 1,
            at=stamp(at),
            action="approve",
            version=1,
            content=text,
            digest=digest(text),
            contributors=canonical(contributors),
            approver_id=reviewer.pk,
            approver_name=reviewer.display_name,
            note=NOTE,
            demonstration=False,
            previous=self.hash,
        )
        entry.envelope = canonical(envelope(entry, judged))
        entry.hash = digest(entry.envelope)
        self.seq, self.hash, self.at = entry.seq, entry.hash, entry.at
        yield [
            Contribution(
                **who,
                pk=self.number("contribution"),
                version=1,
                user_id=editor.pk,
                user_name=editor.display_name,
                what="submitted",
                at=at,
            )
        ]
        steps = (
            ("submit", editor, "draft", "in-review"),
            ("approve", reviewer, "in-review", "approved"),
        )
        yield [
            ReviewEvent(
                **who,
                pk=self.number("event"),
                version=1,
                action=action,
                from_state=before,
                to_state=after,
                actor_id=person.pk,
                actor_name=person.display_name,
                note=NOTE if action == "approve" else "",
                digest=entry.digest,
                content=text if action == "submit" else "",
                at=at,
            )
            for action, person, before, after in steps
        ]
        yield [
            Judgement(
                **who,
                pk=self.number("judgement"),
                pair=pair,
                user_id=reviewer.pk,
                user_name=reviewer.display_name,
                verdict="agree",
                at=at,
            )
            for pair in dict.fromkeys(one["pair"] for one in judged)
        ]
        yield [entry]
        # As an entry, but for what each of these asks of it again: read once.
        said = {name: getattr(entry, name) for name in _FOLDED}
        yield from self._folded(
            SimpleNamespace(**said, body=body, judgement_list=judged, contributor_list=contributors)
        )

    def _folded(self, entry: Any) -> Some:
        """As ``fold_approval`` writes it where nothing of the record was public before."""
        table = published.tables()[entry.record_type]
        columns = table.stated(entry) if table is PublishedSource else table.columns(entry)
        yield [
            PublishedAddress(
                key=f"{entry.record_type}:{columns['slug']}",
                record_type=entry.record_type,
                slug=columns["slug"],
                public_id=entry.public_id,
                since_seq=entry.seq,
            )
        ]
        yield [table(**columns)]
        yield PublishedReference.rows(entry, table.references(entry.body))
        findable = Findable.rows(entry, table.finds(entry))
        yield findable
        for word in KnownWord.rows(entry, findable):
            self.words.setdefault(word.word, word)
        if table is not PublishedSource:
            parts = Rows.of(entry, table.search_of(entry.body))
            yield from (parts.claims, parts.evidence, parts.facets)

    def keep_head(self) -> None:
        LogHead.objects.filter(pk=1).update(seq=self.seq, hash=self.hash, at=self.at)


def block(log: Log, numbers: range) -> Some:
    """Two sources, at times a mechanism, and the therapies of these numbers, all approved."""
    told = [invented.therapy(number) for number in numbers]
    acts = "B-cell depletion" if not numbers.start else f"B-cell depletion {numbers.start}"
    says = f"{acts} lowers the number of B cells."
    sentences = [says, *(one.text for therapy in told for one in therapy.sentences)]
    quoting = []
    for part in (1, 2):
        texts = yield from _source(
            log, f"Reports {numbers.start} of treatments, part {part}", sentences
        )
        quoting.append(texts)
    if numbers.start % 100 == 0:
        yield from _mechanism(log, acts, says, quoting[0])
    for number, therapy in zip(numbers, told, strict=True):
        yield from _therapy(log, number, therapy, quoting)


@dataclass(frozen=True)
class Quoting:
    """A document, where each sentence stands in it, and the passages that there are."""

    document: Document
    source: Source
    places: dict[str, int]

    def passage(self, log: Log, exact: str) -> Passage:
        start = self.places[exact]
        row = Passage.quoting(self.document, start, start + len(exact))
        row.pk, row.source = log.number("passage"), self.source
        return row


def _source(log: Log, title: str, sentences: Iterable[str]) -> Some:
    """Yields its rows and returns what may be quoted of it."""
    number, editor = log.number("source"), log.people[0]
    text, places = f"{title}\n\n", {title: 0}
    for sentence in sentences:
        places[sentence] = len(text)
        text += f"{sentence} "
    at = FIRST + log.seq * STEP
    source = Source(
        pk=number,
        public_id=log.public_id("source"),
        slug=f"source-{number}",
        state="approved",
        created_at=at,
        changed_at=at,
        title=title,
        folded_title=title_key(title),
        kind="trial-report" if number % 2 else "journal-review",
        authors=[{"family": "Silva", "given": "", "initials": "K", "affiliations": []}],
        container_title="Journal of Made-up Results",
        date=str(1990 + number % 35),
        date_precision=precision_of(str(1990 + number % 35)),
        doi=f"10.5555/bench.{number}",
    )
    data = text.encode()
    document = Document(
        pk=number,
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=f"{source.slug}.txt",
        encoding="utf-8",
        size=len(data),
        text=text,
        text_digest=text_digest(text),
        received_at=at,
    )
    quoting = Quoting(document, source, places)
    passage = quoting.passage(log, title)
    reading = FieldReading(
        pk=log.number("reading"),
        public_id=log.public_id("reading"),
        source=source,
        field="title",
        passage=passage,
    )
    vouches = [
        Vouch(
            pk=log.number("vouch"),
            public_id=log.public_id("vouch"),
            source=source,
            field=name,
            value_digest=_digest(source, name),
            user_id=editor.pk,
            user_name=editor.display_name,
        )
        for name in source.stated_fields
        if name != "title"
    ]
    yield [source]
    yield [document]
    yield [passage]
    yield [reading]
    yield vouches
    body = {name: getattr(source, name) for name in BIBLIOGRAPHIC_FIELDS} | {
        "schema": source.schema,
        "type": "source",
        "id": source.public_id,
        "slug": source.slug,
        "name": source.name,
        "date_precision": source.date_precision,
        "readings": [
            {"id": reading.public_id, "field": "title", "passage": passage_content(passage)}
        ],
        "vouched": [
            {"id": v.public_id, "field": v.field, "by": {"id": v.user_id, "name": v.user_name}}
            for v in vouches
        ],
        "documents": [{"sha256": document.sha256, "encoding": "utf-8", "size": document.size}],
    }
    yield from log.approve(source, stated(body))
    return quoting


def _digest(source: Source, name: str) -> str:
    return digest_of(stated(source.body_of(name)))


def _mechanism(log: Log, name: str, says: str, quoting: Quoting) -> Some:
    number = log.number("mechanism")
    row = _subject(
        log,
        Mechanism(
            pk=number, name=name, slug=f"mechanism-{number}", kind="action", target="B cells"
        ),
    )
    yield [row]
    yield from _claims(log, row, [Sentence(says, "mechanism")], [quoting])
    log.mechanism = row


def _therapy(log: Log, number: int, told: Invented, quoting: list[Quoting]) -> Some:
    row = _subject(
        log,
        Therapy(
            pk=number + 1,
            name=told.name,
            slug=told.name.lower(),
            kind=told.kind,
            synonyms=[told.synonym],
            identifiers={"ATC": f"L04X{number}"},
        ),
    )
    yield [row]
    yield from _claims(log, row, told.sentences, quoting)


def _subject(log: Log, row: Any) -> Any:
    """With what saving fills in."""
    row.public_id, row.state = log.public_id(row.record_type), "approved"
    row.created_at = row.changed_at = FIRST + log.seq * STEP
    row.folded_name = key_of(row.name)
    row.folded_names = keys_together(name for _, name in row.all_names())
    return row


def _claims(log: Log, subject: Any, sentences: Iterable[Sentence], quoting: list[Quoting]) -> Some:
    """The claims of a record, and the record's approval. Of the two texts, one in turn is quoted;
    where there are many claims, both.
    """
    sentences = list(sentences)
    told = []
    for position, one in enumerate(sentences):
        acts_by = log.mechanism if one.names_mechanism else None
        claim = Claim(
            **{subject.record_type: subject},
            **one.values,
            pk=log.number("claim"),
            public_id=log.public_id("claim"),
            topic=one.topic,
            text=one.text,
            certainty="stated",
            acts_by=acts_by,
            position=position,
        )
        texts = quoting if len(sentences) >= MANY else [quoting[position % len(quoting)]]
        passages = [text.passage(log, one.text) for text in texts]
        evidence = [
            Evidence(
                pk=log.number("evidence"),
                public_id=log.public_id("evidence"),
                claim=claim,
                passage=passage,
            )
            for passage in passages
        ]
        yield passages
        yield [claim]
        yield evidence
        told.append(
            {
                "id": claim.public_id,
                "topic": claim.topic,
                "text": claim.text,
                "certainty": claim.certainty,
                "values": content.values(claim),
                "evidence": [content.evidence_content(item) for item in evidence],
            }
        )
    own = {name: getattr(subject, name) for name in OWN_FIELDS[subject.record_type]}
    body = own | {
        "schema": subject.schema,
        "type": subject.record_type,
        "id": subject.public_id,
        "slug": subject.slug,
        "name": subject.name,
        "synonyms": subject.synonyms,
        "kind": subject.kind,
        "claims": told,
    }
    yield from log.approve(subject, stated(body))
