"""What a therapy or mechanism lacks before it can be submitted or approved."""

from django.core.exceptions import ValidationError

from editorial.needs import lacking
from editorial.pairs import Blocker, Needed
from sources.choices import DatePrecision
from sources.dates import precision_of, why_no_date
from sources.models import Source
from sources.wording import code_in_words
from therapies.choices import FAVOURABLE, FIXED_TOPICS, Direction, Topic
from therapies.claims import Claim
from therapies.content import claims_in_order, looked_in
from therapies.subjects import Subject
from therapies.values import TYPED


def blockers(subject: Subject) -> list[Blocker]:
    """What the record lacks before it can be approved."""
    claims = claims_in_order(subject)
    found = []
    if not claims and not subject.not_stated:
        found.append(Blocker("empty", "There is neither a claim nor a “not stated”."))
    if subject.is_below_itself():
        chosen = subject.one_of.name if subject.one_of else ""
        message = f"“{chosen}” is of “{subject.name}” itself, so neither can be of the other."
        found.append(Blocker("circle", message, is_kept=False))
    for claim in claims:
        found += _blockers_of_passages(claim)
        found += _blockers_of_values(claim)
    for item in subject.not_stated:
        label = code_in_words(Topic, item["topic"])
        if item["topic"] not in FIXED_TOPICS[subject.record_type]:
            message = f"“{label}” is no topic that can be marked as not stated."
            found.append(Blocker("no-topic", message))
        if precision_of(item["until"]) != DatePrecision.DAY:
            found.append(Blocker("no-date", f"“{label}”: {why_no_date(item['until'])}"))
        if not item["sources"]:
            message = (
                f"“{label}” is marked as not stated, and no source was looked in. Looked in are "
                "the sources that the record cites: cite one, then look again."
            )
            found.append(Blocker("nothing-read", message))
        if any(claim.topic == item["topic"] for claim in claims):
            found.append(
                Blocker("contradiction", f"“{label}” is marked as not stated but has a claim.")
            )
    return found + _waiting_for_others(subject)


def _blockers_of_passages(claim: Claim) -> list[Blocker]:
    directions = {evidence.direction for evidence in claim.evidence.all()}
    if not directions:
        return [Blocker("no-evidence", f"No passage supports the claim “{claim}”.")]
    if unknown := directions - set(Direction.values):
        message = f"A passage of the claim “{claim}” does what nobody knows: {min(unknown)}."
        return [Blocker("direction", message)]
    if directions.isdisjoint(FAVOURABLE):
        message = (
            f"Passages only dispute the claim “{claim}”: one has to support it, at least partly."
        )
        return [Blocker("no-support", message)]
    if claim.weighing and Direction.DISPUTES not in directions:
        message = f"It is said why the claim “{claim}” stands, and no passage disputes it."
        return [Blocker("nothing-disputed", message)]
    return []


_BESIDE_VALUES = {field.name for field in Claim._meta.fields} - {
    *("topic", "certainty"),
    *(value.column for value in TYPED),
}


def _blockers_of_values(claim: Claim) -> list[Blocker]:
    """What a form would have refused, and came in by another way."""
    try:
        claim.clean_fields(exclude=_BESIDE_VALUES)
        claim.clean()
    except ValidationError as problem:
        return [Blocker("value", f"The claim “{claim}”: {m}") for m in problem.messages]
    return []


def needs(subject: Subject) -> list[Needed]:
    """The sources and texts that its statements rest on, then the mechanisms that they name."""
    claims = claims_in_order(subject)
    passages = [evidence.passage for claim in claims for evidence in claim.evidence.all()]
    texts = [
        Needed(Source.record_type, p.source.public_id, p.document.sha256 if p.document else "")
        for p in passages
    ]
    looked = [Needed(Source.record_type, source.public_id) for source in looked_in(subject)]
    named = [
        Needed(claim.acts_by.record_type, claim.acts_by.public_id)
        for claim in claims
        if claim.acts_by
    ]
    return list(dict.fromkeys([*texts, *looked, *named]))


def _waiting_for_others(subject: Subject) -> list[Blocker]:
    """One word each, however many texts of a source wait for the same."""
    needed = needs(subject)
    unmet = lacking(needed)
    return list(dict.fromkeys(unmet[one] for one in needed if one in unmet))
