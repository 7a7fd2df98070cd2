"""What comes with the form of the review page: words on pairs, and whatever else was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from editorial import typed
from editorial.models import Judgement
from editorial.moves import JUDGE
from editorial.pairs import Word
from editorial.sheet import Typed
from publication.difference import Group

_VERDICT, _NOTE, _ANSWER = "verdict-", "note-", "answer-"
_HAD = "had-"
"""The field that says which word of the person the page showed."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[0-9A-Za-z -]{0,64}")
"""Digests, numbers, dates and codes: what a form sends that nobody typed."""
SHEET = "sheet"
"""The hidden field of the one form that has all pairs, and the decision below them."""
REPLY = "reply"
"""The button that sends an answer; its value is the key of the disagreement."""
REST = "rest"
"""The button that agrees to all on a passage that is not judged; its value has their digests."""


class NotOurForm(Exception):
    """What came with the form is not what it was sent with."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a refused person had typed; it comes back on the page."""

    action: str = ""
    note: str = ""
    """The decision's."""
    words: Mapping[str, Typed] = field(default_factory=dict)
    """By the digest of its pair, what was chosen and written."""
    refusal: str = ""
    changes: tuple[Group, ...] = ()
    today: str = ""
    """The date to be confirmed, where that is what was refused."""
    judgement: int = 0
    """The key of the disagreement that it replies to."""
    answers: Mapping[int, str] = field(default_factory=dict)
    """By the key of a disagreement, what was written as an answer to it."""


def asked(posted: QueryDict) -> str:
    """What is to be done, by the button that was pressed."""
    if REST in posted:
        return JUDGE.name
    return REPLY if REPLY in posted else posted.get("action", "")


def sent(posted: QueryDict) -> Sent:
    """What is in the form; ``NotOurForm``."""
    action, note = asked(posted), posted.get("note", "")
    words = {}
    if SHEET in posted:
        words = _words(posted)
    elif action == JUDGE.name:
        words = {posted.get("pair", ""): Typed(posted.get("verdict", ""), note)}
        note = ""
    known = (posted.get(name, "") for name in ("pair", "verdict", "digest", "seen", REPLY))
    if not all(map(_CODE.fullmatch, (*known, *(word.verdict for word in words.values())))):
        raise NotOurForm
    return Sent(
        action=action,
        note=note,
        words=words,
        judgement=typed.key(posted.get(REPLY, "")) or 0,
        answers=_answers(posted),
    )


def _answers(posted: QueryDict) -> dict[int, str]:
    found = {}
    for name in posted:
        number = typed.key(name.removeprefix(_ANSWER)) if name.startswith(_ANSWER) else None
        text = posted.get(name, "")
        if number is not None and text.strip():
            found[number] = text
    return found


def _words(posted: QueryDict) -> dict[str, Typed]:
    """Those that the person gave on this page: the form has all, and what it only repeats may be
    older than what they said in another window.
    """
    names = [name.partition("-")[2] for name in posted if name.startswith((_VERDICT, _NOTE))]
    rest = posted.get(REST, "").split()
    digests = dict.fromkeys([*names, *rest])
    if not all(map(_DIGEST.fullmatch, digests)):
        raise NotOurForm
    found = {}
    for digest in digests:
        verdict, note = posted.get(f"{_VERDICT}{digest}", ""), posted.get(f"{_NOTE}{digest}", "")
        if digest in rest and not (verdict or note.strip()):
            verdict = Judgement.Verdict.AGREE.value
        word = Typed(verdict, note)
        if (verdict or note.strip()) and word.mark != posted.get(f"{_HAD}{digest}", ""):
            found[digest] = word
    return found


def is_code(text: str) -> bool:
    """Whether it may be what the page itself put into its form."""
    return _CODE.fullmatch(text) is not None


def words_of(sent: Sent) -> list[Word]:
    """What is to be kept: a note beside which nothing was chosen waits for its verdict."""
    return [
        Word(pair, typed.verdict, typed.note) for pair, typed in sent.words.items() if typed.verdict
    ]


def left_over(sent: Sent) -> bool:
    """Whether something was typed that saving the judgements does not keep."""
    return bool(sent.note.strip() or sent.answers) or undecided(sent)


def undecided(sent: Sent) -> bool:
    """Whether a note stands beside a pair of which nothing was chosen."""
    return any(not word.verdict for word in sent.words.values())
