"""The typed values of a claim: the one declaration that everybody reads.

Stored content, forms, cards, differences, the look at a document before it is drafted, likeness of
claims, read models, filters and the API are made from it. A value is empty where the source says
nothing, and then it is not stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sources.wording import code_in_words, date_in_words
from therapies.choices import (
    COURSE_IDENTIFIERS,
    Certainty,
    Course,
    EffectDirection,
    Route,
    Status,
    Topic,
)

Codes = Any
"""A class of ``TextChoices``."""


class Form(Enum):
    """What a value is made of."""

    TEXT = auto()
    DATE = auto()
    """``YYYY[-MM[-DD]]``, as far as stated."""
    CODE = auto()
    CODES = auto()
    MARK = auto()
    """Stated, or nothing."""
    RECORD = auto()
    """Another record, as ``{"id"}``."""


_BLANK: Mapping[Form, Any] = {Form.CODES: [], Form.MARK: False, Form.RECORD: None}

EVERY = frozenset(Topic)
_HARM = frozenset({Topic.SAFETY, Topic.MONITORING, Topic.LIMITATION, Topic.RESEARCH, Topic.SUMMARY})
_USE = frozenset(
    {Topic.ADMINISTRATION, Topic.MONITORING, Topic.INDICATION, Topic.RESEARCH, Topic.SUMMARY}
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a claim may have; its column on the claim has the same name."""

    name: str
    label: str
    """What people call it, in the middle of a sentence."""
    form: Form = Form.TEXT
    codes: Codes = None
    identifiers: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By identifiers that others have for a code, the code."""
    longest: int = 200
    """Characters of a text."""
    topics: frozenset[Topic] = EVERY
    """Of which a claim may have it."""
    group: str = "More"
    """Under which heading editors meet it; beside the statement itself where it is empty."""
    facet: str = ""
    """What lists of claims are narrowed by it under, if they are."""
    of_records: bool = False
    """Lists of therapies are narrowed by it too."""
    result: bool = False
    """It tells what came of something, which an aim does not have."""
    at_a_glance: bool = False
    """It tells by itself what a statement says, in the table with which a page begins."""
    of_results: bool = False
    """Lists that are narrowed by it leave aims out."""
    needs: tuple[str, ...] = ()
    """Values of which a claim has to have one, for this to say anything."""
    help: str = ""
    """A word to editors."""

    def fits(self, *, topic: str, certainty: str) -> bool:
        """Whether a claim of this topic and certainty may have it."""
        return topic in self.topics and not (self.result and certainty == Certainty.INTENDED)

    @property
    def is_coded(self) -> bool:
        """Whether it is compared as it is, not as words are."""
        return self.form not in (Form.TEXT, Form.DATE)

    @property
    def blank(self) -> Any:
        """What it is where the source says nothing."""
        return _BLANK.get(self.form, "")

    @property
    def column(self) -> str:
        """On the claim; a mechanism is what the claim is about, or what its therapy acts by."""
        return "acts_by" if self.form == Form.RECORD else self.name

    def in_order(self, codes: Sequence[str]) -> list[str]:
        """Codes in the order of their declaration; unknown ones come last."""
        known = list(self.codes.values)
        return sorted(codes, key=lambda code: known.index(code) if code in known else len(known))

    def in_words(self, value: Any) -> str:
        """As people see it; empty for none."""
        if not value:
            return ""
        if self.form == Form.MARK:
            return "yes"
        if self.codes is not None:
            codes = [value] if isinstance(value, str) else self.in_order(value)
            return ", ".join(code_in_words(self.codes, code) for code in codes)
        return date_in_words(value) if self.form == Form.DATE else str(value)


VALUES: tuple[Value, ...] = (
    Value(
        "courses",
        "disease course",
        Form.CODES,
        Course,
        COURSE_IDENTIFIERS,
        group="",
        facet="course",
        of_records=True,
        help="Never narrower than the source says; none when it names none.",
        at_a_glance=True,
    ),
    Value(
        "outcome",
        "outcome",
        longest=120,
        group="Outcome",
        facet="outcome",
        of_records=True,
        of_results=True,
        help="What was measured, such as “relapse rate”, in the source’s words.",
    ),
    Value(
        "effect_direction",
        "change for the patient",
        Form.CODE,
        EffectDirection,
        group="Outcome",
        facet="effect_direction",
        of_records=True,
        result=True,
        help="As the source says it.",
    ),
    Value(
        "effect_size",
        "size of effect",
        group="Outcome",
        result=True,
        help="As printed, with its unit and interval, such as “46 % lower (28 to 60)”.",
    ),
    Value(
        "comparator",
        "compared with",
        group="Outcome",
        facet="comparator",
        help="Such as “placebo”, as the source says.",
    ),
    Value(
        "harm",
        "harm",
        longest=120,
        topics=_HARM,
        group="Harm",
        facet="harm",
        of_records=True,
        of_results=True,
        help="What a person may suffer, in the source’s words; pregnancy and children are groups "
        "of their own.",
    ),
    Value(
        "frequency",
        "how often",
        longest=120,
        topics=_HARM,
        group="Harm",
        result=True,
        needs=("harm", "outcome"),
        help="As printed, such as “in 1 of 1,000” or “rare”.",
    ),
    Value(
        "serious",
        "serious",
        Form.MARK,
        topics=_HARM,
        group="Harm",
        facet="serious",
        needs=("harm", "outcome"),
        help="Only where the source says so.",
    ),
    Value(
        "route",
        "route",
        Form.CODE,
        Route,
        group="Administration and mechanism",
        facet="route",
        of_records=True,
        at_a_glance=True,
    ),
    Value(
        "schedule",
        "schedule",
        topics=_USE,
        group="Administration and mechanism",
        help="How much and how often, as printed, such as “one tablet a day”.",
        at_a_glance=True,
    ),
    Value(
        "status",
        "status",
        Form.CODE,
        Status,
        group="Status",
        facet="status",
        of_records=True,
        at_a_glance=True,
    ),
    Value(
        "jurisdiction",
        "regulator or country",
        group="Status",
        facet="jurisdiction",
        needs=("status",),
        help="Whose decision it is, such as “FDA”, as the source says.",
        at_a_glance=True,
    ),
    Value(
        "status_date",
        "date of status",
        Form.DATE,
        longest=10,
        group="Status",
        needs=("status",),
        help="YYYY, YYYY-MM or YYYY-MM-DD.",
        at_a_glance=True,
    ),
    Value(
        "mechanism",
        "mechanism",
        Form.RECORD,
        group="Administration and mechanism",
        facet="mechanism",
        of_records=True,
        help="Only for a claim about a therapy.",
    ),
)
"""In the order in which readers meet them."""


def fitting(read: Mapping[str, Any]) -> dict[str, Any]:
    """What was read of a claim, as far as it has a place and fits into it; nothing is cut."""
    return {
        value.name: read[value.name]
        for value in VALUES
        if read.get(value.name)
        and (not isinstance(read[value.name], str) or len(read[value.name]) <= value.longest)
    }


BY_NAME: Mapping[str, Value] = {value.name: value for value in VALUES}
TYPED: tuple[Value, ...] = tuple(value for value in VALUES if value.form != Form.RECORD)
"""Those that the claim has itself, not by another record."""
AT_A_GLANCE: tuple[Value, ...] = tuple(
    sorted((value for value in VALUES if value.at_a_glance), key=lambda value: not value.group)
)
"""What lies nearest to a topic first: of whom it is said comes last."""
BLANK: Mapping[str, Any] = {value.name: value.blank for value in VALUES}
