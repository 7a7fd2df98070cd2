"""Items of a list of harms, by their words alone, where no parse tells them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import amounts, lexicon, measured
from extraction.frames.subjects import Referent
from extraction.names.vocabulary import Vocabulary
from extraction.types import ClaimValues, Mention, ProposedClaim, Sentence

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_AT = r"(?:tongue|lips?|face|throat|legs?|arms?|feet|hands?|eyes?|neck)"
_PARTED = re.compile(
    rf"\s*[,;]\s*(?:(?:and|or|and/or)\s+)?|\s+(?:and|or)\s+(?!needles|systemic\s+symptoms|{_AT}\b)(?=[^,;]*$)"
)
_PARTED_BY_LINES = re.compile(r"[ \t]*\n\s*")
_PARTED_BY_TABS = re.compile(r"\t+\s*")
_PARTED_BY_SEMICOLONS = re.compile(r"\s*;\s*(?:(?:and|or)\s+)?")
_PARTED_BY_DASHES = re.compile(r"\s+[-–]\s+")
BULLETS = re.compile(r"\s+[•◦▪‣*]\s+")
_GLOSS = re.compile(r"\s*\((?:or\s+)?([a-zà-ÿ][a-zà-ÿ' -]{3,60})\)")
_EXPLAINED = re.compile(
    r",?\s+(?:which|that|(?:(?:sometimes|often|usually)\s+)?with\s+symptoms)\b.*", re.S
)
"""What an item adds: "inflammation of the pancreas which may include pain"."""
_OPENING = re.compile(
    r"^(?:(?:an?|the|simply|just|even|in\s+particular|chiefly|mainly|mostly|usually|particularly"
    r"|notably|especially)\s+)+"
    r"|^(?:(?:an?|the)\s+)?(?:(?:greater|higher|increased|raised)\s+)?"
    r"(?:risks?|rates?|cases?|incidence)\s+of\s+",
    re.I,
)
_LEFT_OVER = re.compile(r"\s+(?:and|or|including|resulting|such\s+as)\s*$", re.I)
_SHARE_BEHIND = re.compile(r"\s+(?:in\s+)?(\d+(?:\.\d+)?\s?%)\s*$")
"""Of "headache 12%, nausea 8%"."""
_ORGANS = (
    "blood|lymphatic|cardiac|congenital|ear|labyrinth|endocrine|eye|gastrointestinal|general"
    "|administration|site|hepatobiliary|immune|metabolism|nutrition|musculoskeletal|connective"
    "|tissue|nervous|psychiatric|renal|urinary|reproductive|breast|respiratory|thoracic"
    "|mediastinal|skin|subcutaneous|vascular|system|familial|genetic|conditions"
)
_CLASS = (
    rf"(?:(?:{_ORGANS})(?:,?\s+(?:and\s+)?(?:{_ORGANS}))*\s+(?:disorders|conditions)"
    r"|(?:infections\s+and\s+)?infestations|neoplasms\s+benign\b.*|investigations"
    r"|injury,\s+poisoning\b.*|(?:\w+\s+)?functions?)"
)
"""Classes of organs under which labels list side effects (MedDRA, system organ class)."""
_NO_HARM = re.compile(
    r"^(?:none|nil|no|not|nothing|and|or|with|n\s?/\s?a)\b|^[\W\d]*$|^(?:may|can)\s+affect\b"
    rf"|^{_CLASS}$"
    r"|^(?:very\s+)?(?:common|uncommon|rare|not\s+known)(?:$|\s*:)|^(?:description|adverse\s+reactions?)\b"
    r"|^(?:other\s+)?side\s+effects?\b|\bside\s+effects?:|\|",
    re.I,
)
"""What stands among side effects and is none: "none reported", a label, a class of organs."""
_FOLLOWING = r"(?:increas|caus|lead|result|mak|appear|occurr|consist|manifest)ing"
_ADDED = re.compile(rf"{_EXPLAINED.pattern}|\s+[-–]\s+.*|,\s+(?:{_FOLLOWING})\b.*", re.S)
"""What an item adds where commas do not part them: "low counts, increasing the risk of X"."""
_NO_CHANGE = r"(?!.*\b(?:decreas|reduc|increas|low|high|rais|level|number|count))"
_CALLED = re.compile(
    rf"^{_NO_CHANGE}.*\b(?:called|known\s+as|termed)\s+(?:an?\s+|the\s+)?|^(?:including|such\s+as)\s+",
    re.S,
)
"""Of "a type of skin cancer called X" the harm is X."""
_INCLUDING = re.compile(r",?\s+(?:including|such\s+as)\s+")
_LISTED_IN_BRACKET = re.compile(
    r"\s*\((?!symptoms|signs)(?:(?:including|e\.\s?g\.,?|such\s+as)\s+)?([^()\d]*,[^()\d]*)\)"
)
_NO_GLOSS = lexicon.lemmas("see section including such which that may can eg with very common rare")
_SURE = 3
_OF_A_LINE = 9
"""Words; a line of prose has more."""
_LONGEST = 16
"""Words of a side effect; more are a sentence of their own."""

_CHANGE = re.compile(r"changes?\s+in\s+", re.I)
CALLS = re.compile(r"^\W*(?:ask|tell|see|call|contact|ring|talk|speak)\b", re.I)
"""How advice on alarming signs begins, which are listed as side effects are."""
ADVICE = re.compile(
    r"^(?:ask|tell|see|call|contact|store|do|if|your|you|talk|speak|keep|take|stop|look|read|not|but)\b"
    r"|\b(?:doctor|nurse|pharmacist|section|degrees|leaflet|ingredients?)\b",
    re.I,
)
"""What stands in a list of side effects and is none; the list ends there."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in its document, with the names in it."""

    text: str
    """The whole document."""
    sentence: Sentence
    mentions: Sequence[Mention]
    names: Vocabulary

    @property
    def words(self) -> str:
        return self.text[self.sentence.start : self.sentence.end]

    @property
    def without_brackets(self) -> str:
        """Its words, blank where a bracket stands, so that all keep their places."""
        return _BRACKETS.sub(lambda m: " " * len(m.group()), self.words)

    def item(self, start: int, end: int) -> str:
        """The words of an item, without brackets; offsets are those of the sentence."""
        kept = _BRACKETS.sub("", self.words[start:end]).rstrip(" .;,\n")
        kept = _LEFT_OVER.sub("", _SHARE_BEHIND.sub("", kept)).strip()
        return " ".join(_OPENING.sub("", kept).split())

    def may_be_harm(self, start: int, end: int) -> bool:
        """Whether an item of a list of side effects can be one: short enough, and no label, no
        "none" and no treatment or disease.
        """
        item, at = self.item(start, end), self.sentence.start
        if not 0 < len(item.split()) <= _LONGEST or is_no_harm(item):
            return False
        return not any(
            m.kind in {"therapy", "course"} and m.end - m.start >= len(item)
            for m in self.mentions
            if at + start <= m.start and m.end <= at + end
        )

    def known(self, start: int, end: int) -> str:
        """The harm of the vocabulary that is named between two places of the sentence."""
        at = self.sentence.start
        return known_within(self.mentions, at + start, at + end, self.names)

    def values(self, start: int, end: int, *, often: str = "", alike: bool = False) -> ClaimValues:
        """Of the harm that an item is: its name, or its words with the other word for it."""
        item = _CALLED.sub("", self.item(start, end))
        said = glossed(item, self.words, end)
        share = _SHARE_BEHIND.search(self.words[start:end].rstrip(" .;,\n"))
        called = self.words.find("called", start, end)
        known = self.known(max(start, called), end)
        if said != item and not known:
            known = self.known(end, self.words.index(")", end))
        return ClaimValues(
            outcome=known,
            harm=known if _is_name(item, known, self.names) else said[:1].upper() + said[1:],
            effect_direction="" if alike else EffectDirection.WORSE,
            frequency=share[1] if share else amounts.behind(self.words, end) or often,
        )

    def claim(
        self,
        subject: Referent | None,
        values: ClaimValues,
        why: str,
        *,
        before: bool,
        certainty: Certainty = Certainty.STATED,
    ) -> ProposedClaim:
        """A claim of the whole sentence; ``before``: the subject was named in an earlier one."""
        of = f", of “{subject.name}”" if subject else "; the text leaves open of what"
        return ProposedClaim(
            subject=subject.name if subject else None,
            subject_kind="therapy" if subject else None,
            topic=Topic.SAFETY,
            certainty=certainty,
            start=self.sentence.start,
            end=self.sentence.end,
            exact=self.words,
            values=values,
            antecedent=subject.at if subject and before else None,
            why=f"Read as {why}{of}{', named before' if subject and before else ''}.",
        )


def is_no_harm(words: str) -> bool:
    """Whether words among side effects are none of them: a label, "none", a class of organs."""
    return _NO_HARM.search(words.strip(" .;:,\n")) is not None


def is_told_to_be_harm(item: str, known: str) -> bool:
    """Whether an item of a list is a harm by its words alone: a name, or what is suffered."""
    said = item.split()
    suffered = any(lexicon.is_suffered(w, w.lower().removesuffix("s")) for w in said)
    suffered = suffered or _CHANGE.match(item) is not None
    plain = not any(c.isdigit() for c in item)
    return plain and bool(said) and bool(known or suffered or measured.is_harm_in_words(item))


def _parting(body: str, start: int) -> re.Pattern[str]:
    """What parts the items: dashes, more than one semicolon, else commas."""
    end = len(body.rstrip(" .;\n"))
    for mark in (BULLETS, _PARTED_BY_DASHES):
        if mark.search(body, max(0, start - 3), end):
            return mark
    if _PARTED_BY_TABS.search(body, start, end):
        return _PARTED_BY_TABS
    if _is_by_lines(body[start:end].split("\n")):
        return _PARTED_BY_LINES
    return _PARTED_BY_SEMICOLONS if body.count(";", start, end) > 1 else _PARTED


def is_a_line(line: str) -> bool:
    """Whether an item, or a short list, is all of a line, and does not go on in the next."""
    return len(line.split()) <= _OF_A_LINE and _is_ended(line)


def _is_ended(line: str) -> bool:
    return bool(line.split()) and not line.rstrip().endswith((",", ";", " and", " or", ":"))


def _is_by_lines(lines: Sequence[str]) -> bool:
    """Whether each line is an item or a short list, and none was broken for want of room."""
    ended = len(lines) > 1 and all(map(_is_ended, lines))
    if not ended or all(map(is_a_line, lines)):
        return ended
    width = max(map(len, lines))
    room = any(len(line) + 1 + len(after.split()[0]) <= width for line, after in pairwise(lines))
    return room and all(len(line.split()) <= _LONGEST for line in lines)


def items(body: str, start: int) -> Iterator[tuple[int, int]]:
    """The parts of the list, without the full stop, and without what explains them."""
    end = len(body.rstrip(" .;\n"))
    mark = _parting(body, start)
    while True:
        parted = mark.search(body, start, end)
        stop = parted.start() if parted else end
        explained = (_EXPLAINED if mark is _PARTED else _ADDED).search(body, start, stop)
        yield start, explained.start() if explained else stop
        if parted is None:
            return
        if mark is _PARTED and (explained or _EXPLAINED.match(body, stop)):
            return  # where commas part them, what is behind may explain too
        start = parted.end()


def glossed(harm: str, text: str, end: int) -> str:
    """A harm with the other word for it that a bracket behind gives: "loose stools (diarrhoea)"."""
    gloss = _GLOSS.match(text, end)
    said = gloss[1].split() if gloss else []
    suffered = any(lexicon.is_suffered(w, w.lower().removesuffix("s")) for w in said)
    return f"{harm} ({' '.join(said)})" if suffered and not set(said) & _NO_GLOSS else harm


def known_within(mentions: Sequence[Mention], start: int, end: int, names: Vocabulary) -> str:
    for mention in mentions:
        inside = mention.kind == "outcome" and start <= mention.start and mention.end <= end
        entry = names.outcome(mention.canonical) if inside else None
        if entry is not None and entry.topic == Topic.SAFETY:
            return entry.name
    return ""


def _is_name(item: str, harm: str, names: Vocabulary) -> bool:
    """Whether an item is no more than a name of an outcome, and of no kind of it."""
    entry = names.outcome(harm) if harm else None
    forms = {n.casefold() for n in (entry.name, *entry.synonyms)} if entry else set[str]()
    return not forms.isdisjoint((item.casefold(), item.casefold().removesuffix("s")))


def with_examples(words: str, body: str, start: int, shift: int = 0) -> Iterator[tuple[int, int]]:
    """The items, and what a bracket or "including" lists of one: "low counts (anaemia, ...)"."""
    for first, last in items(body, start):
        first, last = first - shift, last - shift
        inner = _INCLUDING.search(words, first, last)
        yield first, inner.start() if inner else last
        spans = [(inner.end(), last)] if inner else []
        bracket = _LISTED_IN_BRACKET.match(words, last)
        if bracket and not words[first:last].rstrip().endswith(("reaction", "reactions")):
            spans.append(bracket.span(1))
        for begin, end in spans:
            yield from items(words[:end], begin)


def parted(said: Said, start: int, end: int) -> list[tuple[int, int]]:
    """The harms of one bullet, where it lists several: "headache, back pain and cough"."""
    spans = list(items(said.without_brackets[:end], start)) if start < end else []
    told = sum(is_told_to_be_harm(said.item(*s), said.known(*s)) for s in spans)
    most = told == len(spans) or told > _SURE  # beside so many another is one too
    return spans if len(spans) > 1 and most and told >= len(spans) - 1 else [(start, end)]
