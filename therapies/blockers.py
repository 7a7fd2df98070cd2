"""What a therapy or mechanism lacks before it can be submitted or approved."""

from django.core.exceptions import ValidationError

from editorial.pairs import Blocker
from publication import log
from sources.choices import DatePrecision, Standing
from sources.dates import precision_of, why_no_date
from sources.models import Passage, Source
from sources.published import PublishedSource
from sources.wording import code_in_words
from therapies.choices import FAVOURABLE, FIXED_TOPICS, Direction, Topic
from therapies.claims import Claim
from therapies.content import cited_sources, claims_in_order, looked_in
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
        found.append(Blocker("circle", message))
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
    return found + _waiting_for_others(subject, claims)


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


def _texts_of_no_approved_version(claims: list[Claim], public: set[str]) -> list[Blocker]:
    """A text that came to a public source after its approval was reviewed by nobody as its own."""
    cited: dict[tuple[str, str], Passage] = {}
    for passage in (evidence.passage for claim in claims for evidence in claim.evidence.all()):
        if passage.document and passage.source.public_id in public:
            cited.setdefault((passage.source.public_id, passage.document.sha256), passage)
    approved = {source: _approved_texts(source) for source in {source for source, _ in cited}}
    return [
        Blocker(
            "text-not-approved",
            f"The text “{passage.document}” is not part of the approved version of the source "
            f"“{passage.source}”, so it has to be revised and approved with it first.",
            own=False,
        )
        for (source, sha256), passage in cited.items()
        if sha256 not in approved[source]
    ]


def _approved_texts(source: str) -> set[str]:
    entry = log.latest_approval(Source.record_type, source)
    return {document["sha256"] for document in entry.body["documents"]} if entry else set()


def _waiting_for_others(subject: Subject, claims: list[Claim]) -> list[Blocker]:
    found = []
    sources = list(dict.fromkeys([*cited_sources(claims), *looked_in(subject)]))
    rows = PublishedSource.objects.current().filter(public_id__in=[s.public_id for s in sources])
    public = {row.public_id: row for row in rows}
    for source in sources:
        row = public.get(source.public_id)
        if row is None or row.withdrawn:
            found.append(
                Blocker("source-not-public", f"The source “{source}” is not public.", own=False)
            )
        elif row.standing == Standing.RETRACTED:
            found.append(
                Blocker("source-retracted", f"The source “{source}” is retracted.", own=False)
            )
    found += _texts_of_no_approved_version(claims, set(public))
    named = {claim.acts_by.pk: claim.acts_by for claim in claims if claim.acts_by}
    for mechanism in named.values():
        if not log.is_public(mechanism.record_type, mechanism.public_id):
            found.append(
                Blocker(
                    "named-not-public", f"The mechanism “{mechanism}” is not public.", own=False
                )
            )
    return found
