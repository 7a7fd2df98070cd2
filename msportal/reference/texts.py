"""What the OpenAPI document tells people beside what the code declares: CommonMark."""

from typing import NamedTuple

from publication.api.terms import DISCLAIMER

_NO_ADVICE, _, _WHAT_APPROVED_IS = DISCLAIMER.partition(". ")
SUMMARY = (
    "Reviewed knowledge about immunotherapy for multiple sclerosis, each claim with its source."
)
DESCRIPTION = f"""\
What editors have read in documents about immunotherapy for multiple sclerosis, and reviewers have
approved: therapies, mechanisms and sources, made of claims, each with the verbatim passages that
it rests on, the people who checked that, and the entry of the public log by which it became
public. All of it is read-only, open to everybody and to scripts of any site. There is no key, no
account and no cookie.

This description is served [for people](/api/v1/docs/) and [for programs](/api/v1/schema/). The
site says [what it is](/about/), [how review works](/about/review/), [how to check its
log](/about/log/) and [what the words of its linked data mean](/about/terms/).

## Terms

What the editors wrote, chose and judged is under [CC BY
4.0](https://creativecommons.org/licenses/by/4.0/): name the site and the entry of its log. Quoted
passages, abstracts and texts of documents stay under the terms of their sources.

**{_NO_ADVICE}.** {_WHAT_APPROVED_IS}

Every answer says so in `meta`, and in `citation` how the base is cited as the answer shows it.

## States

Every answer says in `as_of` which state of the log it shows: number, hash and time of the newest
entry that was read. Records, claims and their lists take `as_of` as a parameter: a number of the
log, a day that is over (its end, in UTC) or an instant. What such an answer shows never changes;
what lies ahead is refused.

`marks` says what a reader has to be told today, whatever `as_of` says: that a version was
superseded, that a record was withdrawn, that a source was corrected or retracted. Show them.

## Stated or not

What is not stated is null, or an empty list. `topics` of a therapy or mechanism says of every
fixed topic whether there are reviewed claims, whether the editors assert that the sources read
say nothing of it, or whether nobody has reviewed it yet. Members that you do not know may come:
ignore them.

## Lists

A list is `count`, `next`, `previous` and `results`. Follow `next`: it keeps all pages on one
state of the log. Several filters narrow together. Those that are arrays may be given several
times, for any of the values. A slug or an id that nothing public ever had is refused, not
answered with an empty list.

## Staying in step

Read `changes/` from `since=0` to its end, keep `seq` and `hash` of the last row, and ask again
with both. After each row read again every record in `affects`. Where 409 is answered, what you
followed was another log: begin again.

## Caching

Every answer with status 200 has an `ETag`. Send it back as `If-None-Match`: 304 says that nothing
changed, and costs next to nothing. HEAD has the headers of GET; OPTIONS answers 204 everywhere.

## Limits

A list has at most 200 results, an address 4,000 characters, a filter 20 values. From one network
address 50 requests a second are answered, 300 more at once; beyond that 429 says in `Retry-After`
when to ask again. What exceeds a limit is refused, not clipped.

## Errors

All errors are problem details (RFC 9457, `application/problem+json`): `detail` says what to do,
and `errors` lists everything that is wrong with the request, by parameter. `type` is always
`about:blank`.
"""


class Tag(NamedTuple):
    """A group of operations."""

    label: str
    description: str
    standard: tuple[str, str] | None = None
    """The name and address of the standard that tells more."""


TAGS = {
    "root": Tag("Where everything is", "The addresses of all lists, and the head of the log."),
    "therapies": Tag(
        "Therapies",
        "Drugs, drug classes, cell therapies, procedures and approaches, with all reviewed claims"
        " on each. None is ranked.",
    ),
    "mechanisms": Tag(
        "Mechanisms",
        "What therapies do, and what the disease does: a target, an effect, and where.",
    ),
    "sources": Tag(
        "Sources",
        "The works that claims rest on: what they are cited by, where each field was read, and what"
        " became of them.",
    ),
    "claims": Tag(
        "Claims",
        "Single checkable statements with their typed values, and every passage that supports or"
        " disputes them.",
        ("Web Annotation Data Model", "https://www.w3.org/TR/annotation-model/"),
    ),
    "compare": Tag(
        "Comparison",
        "Therapies side by side, outcome by outcome and question by question, with both kinds of"
        " gap. None is ranked.",
    ),
    "search": Tag("Search", "Everything that is public, by words."),
    "changes": Tag("Changes", "The feed by which a copy stays in step with what is public."),
    "log": Tag(
        "Log",
        "The publication log itself: append-only, and chained by hashes, so that whoever keeps one"
        " hash can tell later whether anything before it was changed.",
        ("JSON Canonicalization Scheme (RFC 8785)", "https://www.rfc-editor.org/rfc/rfc8785"),
    ),
    "checkpoint": Tag(
        "Checkpoint",
        "The head of the log, signed: whoever keeps one can show later which log the site had.",
        ("C2SP tlog-checkpoint", "https://c2sp.org/tlog-checkpoint"),
    ),
    "log_key": Tag(
        "Key of the log",
        "What the signature of a checkpoint is verified with.",
        ("C2SP signed-note", "https://c2sp.org/signed-note"),
    ),
    "export": Tag(
        "Export", "All that is public of a type in one answer, for copies and spreadsheets."
    ),
    "vocabulary": Tag(
        "Vocabulary", "The codes that answers use, in words and with what they mean."
    ),
    "schema": Tag(
        "Document",
        "The description of all this for programs.",
        ("OpenAPI Specification 3.1", "https://spec.openapis.org/oas/v3.1.1.html"),
    ),
}

_OLD = "An earlier slug is answered with 301, a withdrawn record with 410."
_FORMATS = (
    "`format`, or `Accept`, chooses JSON, linked data (JSON-LD) or a citation (CSL-JSON, BibTeX,"
    " RIS)."
)
_KEEPS = "It never changes but for its `marks`, also after the record is withdrawn."


def _of_records(plural: str, one: str, listed: str, whole: str) -> dict[str, tuple[str, str]]:
    return {
        f"{plural}_list": (f"List {plural}", f"{listed} They are in the order of their names."),
        f"{plural}_read": (f"Read one {one}", f"{whole} {_OLD} {_FORMATS}"),
        f"{plural}_versions": (
            f"List the versions of one {one}",
            "Every approved version in short, oldest first, with slug and name as they were then."
            " Versions of a withdrawn record stay.",
        ),
        f"{plural}_version": (
            f"Read one version of a {one}",
            f"The entry of the log that approved it, and its content exactly as stored. {_KEEPS}"
            f" {_FORMATS}",
        ),
    }


OPERATIONS: dict[str, tuple[str, str]] = {
    "root_read": ("Find out where everything is", "The addresses of all lists of the API."),
    **_of_records(
        "therapies",
        "therapy",
        "Therapies that are public, each in short. `outcome`, `harm` and `effect_direction` are met"
        " by one and the same claim.",
        "A therapy by its slug or id, with what is known on every fixed topic, and all its claims"
        " with their passages.",
    ),
    **_of_records(
        "mechanisms",
        "mechanism",
        "Mechanisms that are public, each in short.",
        "A mechanism by its slug or id, with what is known on its topics, and all its claims with"
        " their passages.",
    ),
    **_of_records(
        "sources",
        "source",
        "Sources that are public, each with what it is cited by.",
        "A source by its slug or id: its bibliography, where each field was read or who vouches for"
        " it, and its texts where their licence lets us show them.",
    ),
    "claims_list": (
        "List claims",
        "Claims of all public therapies and mechanisms, by subject and in its order, each with its"
        " evidence.",
    ),
    "claims_read": (
        "Read one claim",
        "A claim by its id, with its subject and its evidence. One that its record no longer has is"
        f" answered with 410. {_FORMATS}",
    ),
    "compare_read": (
        "Compare two to four therapies",
        "The table of the page for people: parts in the order of a therapy's page, in each a row"
        " for every outcome or harm, in each row a cell for every therapy. Sentences that say the"
        " same stand together, and a row in which numbers were not measured alike says so. A cell"
        " without a statement says which gap it is. An earlier slug is taken; a withdrawn therapy"
        " is refused.",
    ),
    "search_list": (
        "Search all that is public",
        "Therapies first, then mechanisms, statements and sources, in each the best first. Known"
        " other names are found too, and slips of the hand forgiven; what was left out of the"
        " question, or looked for in its place, is said beside the results.",
    ),
    "changes_list": (
        "List what changed",
        "Entries of the log after number `since`, oldest first, each with what it changed and which"
        " records to read again. Keep `seq` and `hash` of the last row and ask again with both: in"
        " another log, where that number means something else, 409 says so. `hash` needs `since`.",
    ),
    "log_list": (
        "List the entries of the log",
        "The envelopes of all entries, oldest first: all that the chain hashes.",
    ),
    "log_read": (
        "Read one entry of the log",
        "With its content exactly as stored. It never changes in its log, and may be stored for as"
        " long as one likes. With `hash` the address is that of one entry in whatever log.",
    ),
    "log_key_read": (
        "Read the key of the log",
        "The public key that checkpoints are verified with. Keep it from a day on which you trust"
        " the site: a key that came with what it verifies proves nothing. A site without a key"
        " answers 404.",
    ),
    "vocabulary_read": (
        "Read every list of codes",
        "All codes that answers have and filters take, with labels and definitions; each list"
        " as its own address answers it. They are of the release, and need no database.",
    ),
    "vocabulary_one": (
        "Read one list of codes",
        "One of these lists, by its name. Where there is none of that name, 404 says which there"
        " are.",
    ),
    "schema_read": (
        "Read the OpenAPI document",
        "This document (OpenAPI 3.1), in JSON or YAML. It is of the release, and needs no"
        " database.",
    ),
}
"""By operation, its summary and description; those that are not here have them of their view."""

MEANINGS = {
    "RecordType": {
        "therapy": "an agent or approach",
        "mechanism": "what a therapy, or the disease, does",
        "source": "a citable work",
    },
    "ClaimType": {"claim": "a checkable statement"},
    "LogAction": {
        "approve": "a version became public",
        "withdraw": "the record is no longer public",
        "standing": "a source was corrected, retracted or reinstated",
    },
    "FindType": {
        "therapy": "an agent or approach",
        "mechanism": "what a therapy, or the disease, does",
        "statement": "a sentence, with the claims that were made of it",
        "source": "a citable work",
    },
    "CellState": {
        "told": "there are statements in the cell",
        "told-elsewhere": "reviewed claims on it are told in another part",
        "not-stated": "editors assert that the sources read say nothing of it",
        "not-reviewed": "there is no reviewed claim yet",
    },
    "Certainty": {
        "stated": "the source says that it is so",
        "hedged": "the source says that it may be so",
        "negated": "the source says that it is not so",
        "intended": "the source tells of an aim, not of a result",
    },
    "Direction": {
        "supports": "the passage says so",
        "partly-supports": "the passage says a part of it",
        "disputes": "the passage says otherwise",
    },
    "DatePrecision": {
        "year": "the year is stated",
        "month": "year and month are stated",
        "day": "the whole date is stated",
    },
    "BibliographicField": {},
    "ChangeKind": {
        "added": "it was not there before",
        "removed": "it is no longer there",
        "changed": "it says something else",
    },
    "ChangeSide": {"before": "what it said before", "after": "what it says now"},
    "WhyGone": {
        "removed": "a later version of the subject does not have it",
        "withdrawn": "the subject was withdrawn",
    },
}
MEANINGS["Mark"] = MEANINGS["ClaimMark"] = {
    "superseded": "there is a newer version",
    "withdrawn": "the record is no longer public",
    "corrected": "the source was corrected",
    "retracted": "the source was retracted",
    "source-corrected": "a source that it names was corrected",
    "source-retracted": "a source that it names was retracted",
    "source-withdrawn": "a source that it names is no longer public",
    "mechanism-withdrawn": "a mechanism that it names is no longer public",
    "class-withdrawn": "the class that it names is no longer public",
    "broader-withdrawn": "the mechanism of which it is a kind is no longer public",
}
"""By schema, what its codes mean where their labels say no more than they do."""
