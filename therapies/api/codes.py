"""The lists of codes that answers use, of the declarations that make choices, with definitions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from publication import published
from publication.api.marks import every
from publication.api.serializers import CHANGE_KINDS, SIDES
from sources.choices import (
    BIBLIOGRAPHIC_FIELDS,
    DatePrecision,
    LicenceCode,
    SourceKind,
    Standing,
)
from sources.licences import LICENCES
from sources.wording import label_of
from therapies import choices
from therapies.api.serializers import WHY_GONE
from therapies.known_names import listed

__all__ = ["Code", "Codes", "lists"]


@dataclass(frozen=True, slots=True)
class Code:
    """One value, as answers have it and in words."""

    code: str
    label: str
    definition: str = ""
    also: tuple[str, ...] = ()
    """Other names of it, by which search finds it too."""
    url: str = ""
    """Where it is defined."""
    identifiers: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By schemes of others, what they have it by."""


@dataclass(frozen=True, slots=True)
class Codes:
    """One list of values."""

    name: str
    label: str
    definition: str
    codes: tuple[Code, ...]
    closed: bool = True
    """Answers use no other value."""


_DEFINITIONS: Mapping[str, Mapping[str, str]] = {
    "topic": {
        "summary": "What is said in short, with which the page begins.",
        "outcome": "What comes of it for the patient.",
        "safety": "What a person may suffer by it.",
        "monitoring": "What is watched before and during it.",
        "indication": "Whom it is for.",
        "administration": "How it is given.",
        "status": "What regulators decided, and how it is used.",
        "mechanism": "How it acts.",
        "limitation": "What is not known, or does not hold.",
        "research": "What is being studied.",
    },
    "certainty": {
        "stated": "The source says it plainly.",
        "hedged": "The source says that it may be so.",
        "negated": "The source says that it is not so.",
        "intended": "An aim that the source names; never a result.",
    },
    "direction": {
        "supports": "The passage supports the whole claim.",
        "partly-supports": "The passage supports a part of the claim.",
        "disputes": "The passage speaks against the claim.",
    },
    "effect_direction": {
        "better": "The outcome changes to the good of the patient.",
        "worse": "The outcome changes to the harm of the patient.",
        "no-difference": "No difference was found.",
        "mixed": "Better in one respect and worse in another.",
    },
    "status": {
        "licensed": "A regulator licensed it. Approved is another word: what editors decide here.",
        "not-licensed": "No regulator licensed it, as the source says.",
        "off-label": "It is used for what it is not licensed for.",
        "refused": "A regulator refused the licence.",
        "withdrawn": "It was taken off the market.",
    },
    "cell_state": {
        "told": "Statements stand here.",
        "told-elsewhere": "All that is told of this topic stands in another part.",
        "not-stated": "Editors looked for it in their sources, and found nothing.",
        "not-reviewed": "Nothing is reviewed, which says nothing either way.",
    },
    "therapy_kind": {
        "drug-class": "Medicines that are told together; others are members of it.",
        "approach": "A way of treating that is no single agent.",
    },
    "mechanism_kind": {
        "action": "What a therapy does.",
        "disease-process": "What goes on in the disease, on which a therapy may act.",
    },
    "standing": {
        "current": "Nothing became of the work after it was published, as far as is known here.",
        "corrected": "The work was corrected after it was published.",
        "retracted": "The work was retracted: nothing may rest on it any more.",
    },
    "course": {
        "relapsing": "Relapsing forms, where the source does not say which.",
        "progressive": "Progressive forms, where the source does not say which.",
        "spms": "Secondary progressive, where the source does not say whether active.",
    },
    "route": {"injection": "An injection of which the source does not say where it goes."},
    "action": {
        "approve": "A reviewer approved a version, which is public from then on.",
        "withdraw": "A reviewer withdrew the record; its versions stay readable.",
        "standing": "A reviewer said what became of the work.",
    },
    "why_gone": {
        "removed": "A later version of its subject no longer has it.",
        "withdrawn": "Its subject was withdrawn.",
    },
    "mark": {
        "superseded": "A later version was approved.",
        "withdrawn": "The record was withdrawn.",
        "corrected": "The work was corrected after it was published.",
        "retracted": "The work was retracted.",
        "source-corrected": "A source that is named was corrected.",
        "source-retracted": "A source that is named was retracted.",
        "source-withdrawn": "A source that is named was withdrawn from this site.",
        "mechanism-withdrawn": "A mechanism that is named was withdrawn.",
        "class-withdrawn": "The class of the therapy was withdrawn.",
        "broader-withdrawn": "That of which the mechanism is a kind was withdrawn.",
    },
}


def _coded(name: str, codes: Any) -> tuple[Code, ...]:
    said = _DEFINITIONS.get(name, {})
    return tuple(Code(code, str(label), said.get(code, "")) for code, label in codes.choices)


def _plain(name: str, codes: Iterator[str] | tuple[str, ...]) -> tuple[Code, ...]:
    said = _DEFINITIONS.get(name, {})
    every = dict.fromkeys(codes)
    return tuple(Code(code, code.replace("-", " "), said.get(code, "")) for code in every)


def _courses() -> tuple[Code, ...]:
    names = {
        entry["code"]: tuple(dict.fromkeys((entry["name"], *entry.get("synonyms", ()))))
        for entry in listed("course")
    }
    said = _DEFINITIONS["course"]
    identifiers: dict[str, dict[str, str]] = {}
    for identifier, course in choices.COURSE_IDENTIFIERS.items():
        scheme, number = identifier.split(":")
        identifiers[course] = {scheme: number}
    return tuple(
        Code(
            code,
            str(label),
            said.get(code, ""),
            also=names.get(code, ()),
            identifiers=identifiers.get(code, {}),
        )
        for code, label in choices.Course.choices
    )


def _licences() -> tuple[Code, ...]:
    made = []
    for code, label in LicenceCode.choices:
        licence = LICENCES.get(code)
        if licence is None:
            made.append(Code(code, str(label), "It lets us show nothing but quotations."))
            continue
        terms = (
            (licence.share_alike, "what is made of it under the same licence"),
            (licence.not_for_profit, "not for profit"),
            (licence.unchanged_only, "unchanged only"),
        )
        said = "; ".join(["Anybody may pass the document on", *(t for met, t in terms if met)])
        made.append(Code(code, str(label), f"{said}.", url=licence.url))
    return tuple(made)


def _outcomes() -> tuple[Code, ...]:
    return tuple(
        Code(entry["name"], entry["name"], also=tuple(dict.fromkeys(entry.get("synonyms") or ())))
        for entry in listed("outcome")
    )


def _effects() -> tuple[Code, ...]:
    return tuple(Code(entry["code"], entry["noun"]) for entry in listed("effect"))


def _lists() -> Iterator[Codes]:
    tables = published.tables()
    actions = (action for table in tables.values() for action in table.log_actions())
    marks = every()
    fields = tuple(Code(name, label_of(name)) for name in BIBLIOGRAPHIC_FIELDS)
    yield Codes("type", "type of record", "What is approved.", _plain("type", tuple(tables)))
    for name, label, said, codes in (
        ("therapy_kind", "kind of therapy", "What it is.", choices.TherapyKind),
        ("mechanism_kind", "kind of mechanism", "What it is.", choices.MechanismKind),
        ("source_kind", "kind of source", "What it is.", SourceKind),
        ("topic", "topic", "What a claim is on, in the order of pages.", choices.Topic),
        ("certainty", "certainty", "How sure the source is of a claim.", choices.Certainty),
        ("direction", "direction", "What a passage does for a claim.", choices.Direction),
        (
            "effect_direction",
            "change for the patient",
            "How an outcome changes, as the source says it.",
            choices.EffectDirection,
        ),
        ("route", "route", "How it is given.", choices.Route),
        ("status", "status", "What the source says of regulation and use.", choices.Status),
        (
            "cell_state",
            "state of a cell",
            "What a comparison has of one therapy in one line.",
            choices.CellState,
        ),
        ("find_type", "type of find", "What a search finds.", choices.FindType),
        ("standing", "standing", "What became of a work after it was published.", Standing),
        ("date_precision", "precision of a date", "As far as it is stated.", DatePrecision),
    ):
        yield Codes(name, label, said, _coded(name, codes))
    yield Codes("course", "disease course", "Never narrower than the source says.", _courses())
    yield Codes(
        "licence", "licence", "Under which a document says it may be passed on.", _licences()
    )
    yield Codes("mark", "mark", "What a reader has to be told today.", _plain("mark", tuple(marks)))
    yield Codes(
        "change_kind",
        "kind of change",
        "What became of one place of a record.",
        _plain("change_kind", tuple(kind for kind, _ in CHANGE_KINDS)),
    )
    yield Codes(
        "side",
        "side of a change",
        "Which of two values is longer than is told.",
        _plain("side", tuple(side for side, _ in SIDES)),
    )
    yield Codes(
        "why_gone",
        "why a claim is gone",
        "What ended it.",
        _plain("why_gone", tuple(why for why, _ in WHY_GONE)),
    )
    yield Codes("action", "action of the log", "What an entry did.", _plain("action", actions))
    yield Codes("field", "field of a source", "What is read of a work, or vouched for.", fields)
    yield Codes(
        "outcome",
        "outcome",
        "Names of outcomes and harms that this site knows. A claim has the words of its source.",
        _outcomes(),
        closed=False,
    )
    yield Codes(
        "effect",
        "effect of a mechanism",
        "What is done to a target. A mechanism may have another one.",
        _effects(),
        closed=False,
    )


@cache
def lists() -> Mapping[str, Codes]:
    """By name, every list, in order; made once a process."""
    return {one.name: one for one in _lists()}
