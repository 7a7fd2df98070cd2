"""What an editor looks through before anything of a document is written, as plain values."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from extraction.names.vocabulary import Vocabulary
from extraction.types import Extraction, Metadata, ProposedClaim, Reading
from publication.canonical import digest_of
from publication.presentation import Fact
from sources import quoting
from sources.choices import READ_FIELDS, SourceKind
from sources.models import Source
from sources.receiving import ANOTHER, document_here
from sources.recognising import Maybe, is_too_long, recognise
from sources.wording import in_words
from therapies.admin.upload_rehearsal import Looked, Rehearsal
from therapies.choices import Certainty, Topic
from therapies.drafting.drafts import Key
from therapies.drafting.finding import MODELS, Finder
from therapies.names import key_of
from therapies.values import fitting
from therapies.where_said import places
from therapies.wording import claim_facts


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A bibliographic field, its value and the words that it was read from."""

    label: str
    value: str
    exact: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A proposed claim on the screen."""

    key: Key
    code: str
    pieces: list[quoting.Segment]
    """Its words as a reader sees them, cut where a value is said; the quote is marked in the text
    below."""
    facts: tuple[Fact, ...]
    why: str
    anchor: str
    named_at: str
    """Where the subject is named, when the sentence itself only refers to it."""
    fate: str
    known: str
    """What became of it at an earlier reading; empty when it is new and may be chosen."""
    ticked: bool


@dataclass(slots=True)
class Group:
    """What is proposed about one subject."""

    kind: str
    subject: str
    standing: str
    url: str
    rows: list[ClaimRow] = field(default_factory=list)

    @property
    def order(self) -> tuple[int, str]:
        """Therapies, mechanisms, then what names nobody."""
        return ({"therapy": 0, "mechanism": 1}.get(self.kind, 2), self.subject.casefold())


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A source of which the text may be."""

    value: str
    name: str
    url: str
    told: str
    """What the source states that would tell it from others."""
    why: str


@dataclass(frozen=True, slots=True)
class Works:
    """Of which work the text may be, as far as an editor may say so."""

    rows: tuple[WorkRow, ...] = ()
    sure: str = ""
    """The value of the source that the text is taken for a text of."""

    @property
    def unclear(self) -> bool:
        return bool(self.rows) and not self.sure

    @property
    def answers(self) -> set[str]:
        return {row.value for row in self.rows} | {ANOTHER} if self.rows else set()


def works_for(reading: Reading) -> Works:
    """None where the text is here already, where no source is like it, or an identifier decides."""
    if document_here(reading) is not None:
        return Works()
    found = recognise(reading)
    rows = tuple(_work(maybe) for maybe in found.offered)
    return Works(rows, rows[0].value if rows and found.source else "")


def _work(maybe: Maybe) -> WorkRow:
    source = maybe.source
    told = [in_words(name, value) for name in _TELLING if (value := getattr(source, name))]
    return WorkRow(
        value=str(source.pk),
        name=source.name,
        url=reverse("admin:sources_source_change", args=[source.pk]),
        told="; ".join(told),
        why=maybe.why,
    )


_TELLING = ("authors", "container_title", "date", "url")


MOST_SEEN = 200
"""Sentences not understood that the page shows."""
LONG = "(too long to be kept: left empty)"


def fields_read(reading: Reading) -> tuple[list[FieldRow], list[str]]:
    """The fields that the document states, and the names of those that it does not."""
    stated, empty = [], []
    for name in READ_FIELDS:
        label = _label(name)
        value = _plain(reading.metadata, name)
        if value in (None, "", []):
            empty.append(label)
            continue
        span = reading.metadata.spans.get(name)
        words = LONG if is_too_long(name, value) else in_words(name, value)
        exact = " ".join(span.of(reading.text).split()) if span else ""
        anchor = f"at{span.start}" if span else ""
        stated.append(FieldRow(str(capfirst(label)), words, exact, anchor))
    return stated, empty


def _label(name: str) -> str:
    field: Any = Source._meta.get_field(name)
    return str(field.verbose_name)


def _plain(metadata: Metadata, name: str) -> Any:
    """The value as a source holds it: a list of rows, a text, a number."""
    value = getattr(metadata, name)
    if name == "kind" and value not in SourceKind.values:
        return SourceKind.OTHER.value
    if isinstance(value, tuple):
        return [item if isinstance(item, str) else asdict(item) for item in value]
    return value


def code_of(key: Key) -> str:
    """A check box's value."""
    return digest_of(list(key))[:16]


def groups_of(looked: Looked, rehearsal: Rehearsal, left_out: Collection[str]) -> list[Group]:
    """Every claim under its subject; ``left_out`` are the codes of those without a tick."""
    groups: dict[tuple[str, str], Group] = {}
    finder = Finder(looked.vocabulary)
    for key, claim in looked.claims().items():
        kind, name = claim.subject_kind or "", claim.subject or ""
        group = groups.get((kind, name))
        if group is None:
            group = groups[kind, name] = _group(kind, name, finder)
        group.rows.append(_row(key, claim, rehearsal, left_out, looked.vocabulary))
    return sorted(groups.values(), key=lambda group: group.order)


def _group(kind: str, name: str, finder: Finder) -> Group:
    if kind not in MODELS or not name:
        return Group("", "Subject left open by the text", "an editor chooses one", "")
    record = finder.record(kind, name)
    if record is None:
        return Group(kind, name, finder.find(kind, name).why or "new record", "")
    url = reverse(f"admin:therapies_{kind}_change", args=[record.pk])
    label = record.working_state.label
    named = "" if record.folded_name == key_of(name) else f"here “{record.name}”, "
    return Group(kind, name, f"{named}{label}", url)


def _row(
    key: Key,
    claim: ProposedClaim,
    rehearsal: Rehearsal,
    left_out: Collection[str],
    vocabulary: Vocabulary,
) -> ClaimRow:
    code = code_of(key)
    return ClaimRow(
        key=key,
        code=code,
        pieces=_pieces(claim, vocabulary),
        facts=facts(claim),
        why=claim.why,
        anchor=f"at{claim.start}",
        named_at=f"at{claim.antecedent.start}" if claim.antecedent else "",
        fate=rehearsal.fates.get(key, ""),
        known=rehearsal.known_before.get(key, ""),
        ticked=code not in left_out,
    )


def facts(claim: ProposedClaim) -> tuple[Fact, ...]:
    """Topic, certainty and the typed values that the claim would get, in words."""
    return (
        Fact("Topic", Topic(claim.topic).label),
        Fact("Certainty", Certainty(claim.certainty).label),
        *claim_facts(_values(claim), Fact("Mechanism", claim.values.mechanism)),
    )


def _values(claim: ProposedClaim) -> dict[str, Any]:
    """What fits into a claim; the rest is not drafted."""
    return fitting(asdict(claim.values))


def _pieces(claim: ProposedClaim, vocabulary: Vocabulary) -> list[quoting.Segment]:
    text = claim.shown or claim.exact
    found = places(_values(claim), text, vocabulary)
    return quoting.segments(text, [quoting.Span(place.start, place.end) for place in found])


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A sentence not understood on the screen."""

    text: str
    names: str
    anchor: str


def seen_rows(rehearsal: Rehearsal) -> list[SeenRow]:
    """The first of those that will be listed on the source's page."""
    return [
        SeenRow(sentence.exact, ", ".join(sentence.names), f"at{sentence.start}")
        for sentence in rehearsal.listed[:MOST_SEEN]
    ]


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of the text with the marks that it carries."""

    text: str
    marks: str
    anchor: str


def marked_text(looked: Looked) -> list[Marked]:
    """The whole text; marks are ``claim``, ``seen``, ``name`` and ``field``."""
    claims = looked.extraction.claims
    fields = [("field", s.start, s.end) for s in looked.reading.metadata.spans.values()]
    sentences = dict.fromkeys(("claim", c.start, c.end) for c in claims)
    seen = dict.fromkeys(("seen", s.start, s.end) for s in looked.extraction.seen)
    names = [("name", m.start, m.end) for m in looked.extraction.mentions]
    asked = [("name", c.antecedent.start, c.antecedent.end) for c in claims if c.antecedent]
    spans = [*fields, *sentences, *seen, *dict.fromkeys([*asked, *names])]
    linked = len(spans) - len(set(names) - set(asked))
    cut = quoting.segments(
        looked.reading.text, [quoting.Span(start, end) for _, start, end in spans]
    )
    return [
        Marked(
            text=segment.text,
            marks=" ".join(sorted({spans[i][0] for i in segment.covered_by})),
            anchor=next((f"at{spans[i][1]}" for i in segment.opens if i < linked), ""),
        )
        for segment in cut
    ]


def names_found(extraction: Extraction) -> list[tuple[str, str, int]]:
    """Each name's kind, canonical name and how often it is there, the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for mention in extraction.mentions:
        counts[mention.kind, mention.canonical] = (
            counts.get((mention.kind, mention.canonical), 0) + 1
        )
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(kind, name, count) for (kind, name), count in order]
