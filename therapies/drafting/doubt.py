"""How sure a sentence says it is, by its words alone.

A word of doubt, denial or aim tells that a sentence is not plain, not how far that reaches. So a
person says how sure the source is wherever there is one. Only where all such words are of one kind,
and reach the whole sentence, is the certainty told without a person.
"""

import re
from dataclasses import dataclass

from publication.folding import aligned
from therapies.choices import Certainty

__all__ = ["certainty_of", "words_of_doubt"]

_OPEN = ""
"""Which way a word points is not told by it."""
_KINDS: tuple[tuple[str, str], ...] = (
    (
        _OPEN,
        r"whether|if|unless|until|will|can be|wants?|tr(?:y|ies|ied|ying) to|attempt\w*|seeks?"
        r"|seeking|sought|plan(?:s|ned|ning)?|design(?:ed|s) to|strives?|striving|purposes?"
        r"|in order to|fail\w*|lack\w*|absen\w+|unable|ineffective|insufficient\w*|hardly|scarcely"
        r"|barely|rarely|seldom|questionab\w+|debat\w+|doubt\w*|cautious\w*|yet to|rather than"
        r"|instead of|hop(?:es?|eful)(?! to\b)|den(?:y|ies|ied|ying)|little evidence"
        r"|not (?:only|just|merely)",
    ),
    (
        Certainty.HEDGED,
        r"may|maybe|might|could|can|would|possib\w+|potential\w*|perhaps|likely|unlikely|probabl\w+"
        r"|presum\w+|assum\w+|suppos\w+|suspect\w*|apparent\w*|appear(?:s|ed|ing)?|suggest\w*"
        r"|seem\w*|believ\w+|thought|hypothes\w+|speculat\w+|promising|theor\w+|hopefully"
        r"|expect(?:s|ed|ing)?|predict(?:s|ed|ing|ions?)?|anticipat\w+|impl(?:y|ies|ied|ying)"
        r"|(?:is|are|was|were) considered|tend(?:s|ed|ing|ency)?|trend\w*|unclear|unknown"
        r"|uncertain\w*|unproven|inconclusive|controversial\w*",
    ),
    (
        Certainty.NEGATED,
        r"not|no|never|none|neither|nor|without|nobody|nothing|cannot|\w+n't",
    ),
    (
        Certainty.INTENDED,
        r"aim(?:s|ed|ing)?|hop(?:e|es|ed|ing|eful)|intend(?:s|ed|ing)?|intentions?(?! to treat)"
        r"|goals?|objectives?",
    ),
)
"""Words by kind; of two that begin alike the upper stands, as "can be", which permits, does."""
_CUE = re.compile(
    "|".join(rf"(?<![\w'])(?P<kind{at}>{words})(?![\w'])" for at, (_, words) in enumerate(_KINDS))
)
_MONTH = re.compile(r"(?<=\d )may\b|\bmay (?=\d)|\b(?:in|since|until|by|during|early|late) may\b")
_CONTRAST = re.compile(
    r";|\b(?:but|although|though|while|whilst|whereas|however|yet|despite|nevertheless|except)\b"
)
_CLAUSE = re.compile(r"\b(?:who|whom|whose|which|that|because|as|since|when|where|after|before)\b")
_AND = re.compile(r"\band\b")
_DENIED = re.compile(
    r"\b(?:do|does|did|is|are|was|were|has|have|had)(?: not| never| no|n't)\b"
    r"|^\W*(?:no|none|neither)\b"
)
"""What denies a sentence: "did not reduce relapses", and not "in patients with no relapses"."""


@dataclass(frozen=True, slots=True)
class _Cue:
    word: str
    kind: str
    start: int


def words_of_doubt(sentence: str) -> tuple[str, ...]:
    """Words by which the sentence may say less than that something is so, each once."""
    return tuple(dict.fromkeys(cue.word for cue in _cues(_plain(sentence))))


def certainty_of(sentence: str) -> str:
    """The certainty of a sentence; empty where its words leave that open."""
    plain = _plain(sentence)
    cues = _cues(plain)
    if not cues:
        return Certainty.STATED
    kinds = {cue.kind for cue in cues}
    if len(kinds) > 1 or _CONTRAST.search(plain):
        return _OPEN
    clause = _CLAUSE.search(plain)
    if clause and clause.start() < cues[0].start:
        return _OPEN
    if kinds == {Certainty.NEGATED} and not _is_denied(plain, cues):
        return _OPEN
    return kinds.pop()


def _is_denied(plain: str, cues: list[_Cue]) -> bool:
    """Whether the one word that denies holds of all that is said."""
    parted = _CLAUSE.search(plain) or _AND.search(plain)
    return len(cues) == 1 and not parted and bool(_DENIED.search(plain))


def _plain(sentence: str) -> str:
    """The folded sentence without the month of May."""
    return _MONTH.sub(" ", aligned(sentence).text)


def _cues(plain: str) -> list[_Cue]:
    return [
        _Cue(
            match.group(), _KINDS[int(str(match.lastgroup).removeprefix("kind"))][0], match.start()
        )
        for match in _CUE.finditer(plain)
    ]
