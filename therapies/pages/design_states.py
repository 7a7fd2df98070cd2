"""Every state in which readers meet a statement, each with what it means for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from therapies.pages.design_examples import DISPUTES, PARTLY, SAYS, SCORE, Body, Claims
from therapies.pages.statements import Teller, Told
from therapies.statements import groups, sayings


@dataclass(frozen=True, slots=True)
class State:
    """One state, and the claims that are in it."""

    key: str
    title: str
    means: str
    claims: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A state with the statement that is told of its claims."""

    state: State
    told: Told


COOL = "Examplimab is kept cool."
LOWERED = "Examplimab lowered the example score."


_add = Claims("s").add
STATES = (
    State(
        "quotation",
        "Plainly stated, in the source’s own words",
        "The normal case, which is silent. Quotation marks say that these are the words of the "
        "source; beside them stand the source and its kind, so the quote is not shown twice.",
        (_add("outcome", LOWERED, ("trial", SAYS, "")),),
    ),
    State(
        "paraphrase",
        "A paraphrase",
        "No quotation marks: the words are the editors’. The passages that they rest on stand open "
        "beside them, the very words marked within their sentence.",
        (
            _add(
                "outcome",
                "A high example score was rarer with Examplimab than with placebo.",
                ("trial", SAYS, "Fewer people had a high example score than with placebo"),
            ),
        ),
    ),
    State(
        "several",
        "Several sources say so",
        "Only sources that say the same words are counted. The strongest kind of source comes "
        "first, then the newest.",
        (
            _add("administration", COOL, ("trial", SAYS, "")),
            _add("administration", COOL, ("review", SAYS, "")),
        ),
    ),
    State(
        "like",
        "Like statements folded beneath",
        "Others on the same outcome, that agree in direction, certainty, comparison and disease "
        "course, wait behind one line. Their sources are not counted with the first.",
        (
            _add(
                "outcome",
                "The example score fell in most who were given Examplimab.",
                ("review", SAYS, ""),
                outcome=SCORE,
                effect_direction="better",
            ),
            _add(
                "outcome",
                "It lowered the example score.",
                ("trial", SAYS, LOWERED),
                outcome=SCORE,
                effect_direction="better",
            ),
        ),
    ),
    State(
        "again",
        "The same sentence again",
        "A sentence stands once on a page. Where another part needs it too, it is referred to.",
        (_add("limitation", LOWERED, ("trial", SAYS, "")),),
    ),
    State(
        "hedged",
        "The source is not sure",
        "The source says “may”, “suggests” and the like. We neither raise nor lower it.",
        (
            _add(
                "outcome",
                "Examplimab may slow the loss of sample volume.",
                ("trial", SAYS, ""),
                certainty="hedged",
                outcome="sample volume",
                effect_direction="better",
            ),
        ),
    ),
    State(
        "negated",
        "The source says no",
        "A result too: the source says that it is not so.",
        (
            _add(
                "outcome",
                "Examplimab did not change specimen speed.",
                ("trial", SAYS, ""),
                certainty="negated",
                outcome="specimen speed",
                effect_direction="no-difference",
            ),
        ),
    ),
    State(
        "intended",
        "An aim, not a result",
        "What somebody wants to reach. It is never counted or summed up as a result.",
        (
            _add(
                "research",
                "The extension aims to halve the specimen count.",
                ("trial", SAYS, ""),
                certainty="intended",
                outcome="specimen count",
            ),
        ),
    ),
    State(
        "partly",
        "Partly supported",
        "The passage bears out a part of the statement, not all of it.",
        (
            _add(
                "administration",
                "Examplimab is taken by mouth every day for five years.",
                ("review", PARTLY, "It is given by mouth, one sample a day."),
            ),
        ),
    ),
    State(
        "regulator",
        "No regulator named",
        "“Licensed” is a regulator’s word. Where the source does not say whose, that is said.",
        (_add("status", "Examplimab is licensed.", ("review", SAYS, ""), status="licensed"),),
    ),
    State(
        "disputed",
        "Sources disagree",
        "What supports a statement and what disputes it stand beside each other, always open, with "
        "the editors’ reason for letting it stand. We do not decide who is right.",
        (
            _add(
                "outcome",
                "Specimen speed does not change with Examplimab.",
                ("trial", SAYS, "Examplimab did not change specimen speed."),
                ("review", DISPUTES, "In one small study specimen speed was worse."),
                outcome="specimen speed",
                weighing="The invented trial is larger than the invented study.",
            ),
        ),
    ),
    State(
        "corrected",
        "A source was corrected",
        "The mark comes at once, wherever the source is used, and the record goes back to review.",
        (_add("outcome", "Examplimab was given for ten weeks.", ("corrected", SAYS, "")),),
    ),
    State(
        "changed",
        "Said otherwise than before",
        "The version before had other words, or said something else of them. The mark leads to "
        "what we said until then, and why it was changed.",
        (_add("research", "The extension lasts five years.", ("trial", SAYS, "")),),
    ),
    State(
        "retracted",
        "All that it rests on was retracted or withdrawn",
        "Struck out, but not hidden: who relied on it can see what became of it.",
        (_add("outcome", "Examplimab cured every specimen.", ("retracted", SAYS, "")),),
    ),
    State(
        "untexted",
        "A source of which no text is kept here",
        "No machine could compare the quote; the place in the work is given instead of characters.",
        (_add("safety", "Examplimab was kept in a drawer.", ("book", SAYS, "")),),
    ),
)
"""In the order in which the page shows them."""


def changed() -> list[str]:
    """The ids of the claims that are shown as said otherwise than before."""
    return [claim["id"] for state in STATES if state.key == "changed" for claim in state.claims]


def of_states() -> list[Body]:
    """The claims of all states, as a content holds them."""
    return [claim for state in STATES for claim in state.claims]


def shown(teller: Teller, body: Mapping[str, Any]) -> Iterator[Shown]:
    """Each state as the pages of records tell it, from a content that has its claims."""
    by_id = {claim["id"]: claim for claim in body["claims"]}
    for state in STATES:
        found = sayings(by_id[claim["id"]] for claim in state.claims)
        (group, *_) = groups(found, teller.references.weigh)
        yield Shown(state, teller.heading(group, "Every state of a statement").told[0])
