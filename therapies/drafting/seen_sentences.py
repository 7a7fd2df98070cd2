"""What an editor does with a sentence that was seen and not understood: make a claim of it, or
dismiss it for good.
"""

from editorial.editing import editing
from editorial.errors import EditorialError
from editorial.locking import whole
from editorial.models import User
from editorial.permissions import require, still_holds
from editorial.states import Role
from extraction import as_read
from extraction.types import ClaimValues, ProposedClaim
from sources.models import Passage
from sources.wording import code_in_words
from therapies.choices import TOPICS, Certainty, Topic
from therapies.drafting.claiming import Wording, sentence_at, write_claim
from therapies.drafting.doubt import words_of_doubt
from therapies.drafting.known_claims import KnownClaims
from therapies.drafting.named_records import NamedRecords
from therapies.drafting.proposals import open_for
from therapies.drafting.vocabularies import vocabulary_in_use
from therapies.models import Claim, Evidence, SeenSentence, Subject, Therapy


class NotListed(EditorialError):
    """A claim was made of the sentence, or it was dismissed, meanwhile."""


class NoSubject(EditorialError):
    """It is not said what the claim is about, or not clear which record that is."""


class NoSuchClaim(EditorialError):
    """A topic or certainty that a claim about this record cannot have."""


def make_claim(
    sentence: SeenSentence,
    *,
    by: User,
    about: Subject | str,
    wording: Wording,
    revising: bool = False,
) -> Claim:
    """Write the sentence as a claim about a record, or about one of the therapies that it names,
    whose record is made where there is none.

    What the record says in the same words and with the same values already gains the passage.
    ``revising`` opens a draft first where the record is approved. The editor becomes a contributor.
    Raises ``Locked`` when the record is frozen.
    """
    require(by, Role.EDITOR)
    with whole():
        seen = _lock_listed(sentence)
        named = about if isinstance(about, Subject) else _named(seen, about, by)
        subject = open_for(named, by, revising=revising)
        _check(seen, subject, wording.topic, wording.certainty)
        what = f"made a claim of a sentence: {wording.topic}"
        with editing(subject, by=by, seen_revision=subject.revision, what=what) as locked:
            seen.claim = _write(seen, locked, wording)
        seen.fate = SeenSentence.Fate.CLAIMED
        seen.save(update_fields=["fate", "claim"])
        return seen.claim


def worded(sentence: SeenSentence, *, topic: str, certainty: str) -> Wording:
    """The sentence as it stands, without values."""
    text = sentence_at(sentence.document, sentence.start, sentence.end)
    return Wording(topic, text, certainty)


def as_shown(sentence: SeenSentence) -> str:
    """The words of the sentence as a reader sees them."""
    return as_read(sentence.document.text, sentence.start, sentence.end)


def dismiss(keys: list[int], *, by: User) -> int:
    """Drop the sentences of these keys for good: reading their documents again does not bring them
    back. How many were listed.
    """
    require(by, Role.EDITOR)
    with whole():
        rows = SeenSentence.objects.listed().select_for_update().filter(pk__in=keys)
        listed = [row.pk for row in rows.order_by("pk")]
        still_holds(by, Role.EDITOR)
        SeenSentence.objects.filter(pk__in=listed).update(fate=SeenSentence.Fate.DISMISSED)
        return len(listed)


def _lock_listed(sentence: SeenSentence) -> SeenSentence:
    rows = SeenSentence.objects.select_for_update(of=("self",)).select_related("document")
    found = rows.get(pk=sentence.pk)
    if found.fate == SeenSentence.Fate.CLAIMED:
        raise NotListed("A claim was made of this sentence already.")
    if found.fate == SeenSentence.Fate.DISMISSED:
        raise NotListed("This sentence was dismissed meanwhile.")
    if not SeenSentence.objects.listed().filter(pk=found.pk).exists():
        raise NotListed("The sentence was read again meanwhile, and a claim was proposed of it.")
    return found


def _named(seen: SeenSentence, name: str, by: User) -> Subject:
    if name not in seen.names:
        raise NoSubject("Choose one of the names found, or another record.")
    vocabulary = vocabulary_in_use()
    records = NamedRecords(vocabulary, by=by)
    records.load([("therapy", name)])
    found = records.get("therapy", name)
    if found is None:
        why = records.why_wait("therapy", name)
        raise NoSubject(f"It is not clear which record “{name}” is: {why}. Choose another record.")
    if found in records.made and isinstance(found, Therapy):
        found.member_of = records.class_of(name)
        found.save()
    return found


def _check(seen: SeenSentence, subject: Subject, topic: str, certainty: str) -> None:
    if certainty not in Certainty.values:
        words = ", ".join(f"“{word}”" for word in words_of_doubt(as_shown(seen)))
        why = f": the sentence has {words}" if words else ""
        raise NoSuchClaim(f"Choose a certainty, as the source says{why}.")
    if topic not in Topic.values:
        raise NoSuchClaim("Choose a topic.")
    if topic not in TOPICS[subject.record_type]:
        label = code_in_words(Topic, topic)
        raise NoSuchClaim(f"A claim about a {subject.record_type} is not on “{label}”.")


def _write(seen: SeenSentence, subject: Subject, wording: Wording) -> Claim:
    """The claim, or the one of the record that says the same with the passage added."""
    like = KnownClaims().like(subject, _proposed(seen, subject, wording))
    if like is not None and like.same:
        passage = Passage.of(seen.document, seen.start, seen.end)
        Evidence.objects.get_or_create(claim_id=like.claim, passage=passage)
        return Claim.objects.get(pk=like.claim)
    return write_claim(seen.document, (seen.start, seen.end), subject, wording)


def _proposed(seen: SeenSentence, subject: Subject, wording: Wording) -> ProposedClaim:
    """The same as if a machine had read it, to be compared with what is claimed already."""
    columns = dict(wording.columns)
    acts_by = columns.pop("acts_by", None)
    columns["courses"] = tuple(columns.get("courses", ()))
    return ProposedClaim(
        subject=subject.name,
        subject_kind="therapy" if isinstance(subject, Therapy) else "mechanism",
        topic=wording.topic,
        certainty=wording.certainty,
        start=seen.start,
        end=seen.end,
        exact=seen.exact,
        values=ClaimValues(**columns, mechanism=acts_by.name if acts_by else ""),
        shown=wording.text,
    )
