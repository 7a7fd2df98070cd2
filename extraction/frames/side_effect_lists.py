"""Side effects listed behind how often they are, as in leaflets: "Common (1 in 10): rash, ..."

No verb says it, so no parse does; it is read where one therapy alone is spoken of. Items with
bullets are sentences by themselves: ``open_list`` notes that they are of such a list.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from extraction.frames.clauses import Clause, Parsed, clauses_of
from extraction.frames.harm_items import (
    ADVICE,
    BULLETS,
    Said,
    is_a_line,
    is_told_to_be_harm,
    parted,
    with_examples,
)
from extraction.frames.subjects import Context, Credit, of_named, referent
from extraction.text.frequency import OFTEN, UNKNOWN, WITH_FIGURES
from extraction.types import ProposedClaim

NAME = "side effects behind their frequency"
_LIST = re.compile(
    rf"""
    \W*(?:(?:other|possible)\s+side\s+effects:?\s+)?
    (?:(?:other|the|most|serious(?:\s+but|,)?),?\s+)*
    (?:(?P<often>(?:less\s+|more\s+)?(?:{OFTEN}))(?:\s+(?:but|and)\s+serious)?
      |(?P<unknown>{UNKNOWN})
      |(?:serious\s+)?(?=side|adverse))\s*
    (?P<named>(?:side[-\s]effects?|(?:adverse\s+)?(?:reactions?|events?|effects?))?
      (?:\s+(?:of|from|with)\s+[\w -]{{3,40}}?)?(?:\s+(?:are|include))?)\s*
    (?::\s*(?=may\s))?(?P<figure>\([^()]{{3,90}}\)|may\s+affect\s[^:()]{{3,60}}?)?
    (?:\s*:|\s+[-–•*](?=\s)|[ \t]*\n)[\s•*–-]*(?=\w)
    """,
    re.I | re.X,
)
"""How a list opens: "Common (may affect up to 1 in 10 people):", "Side effects of A include:"."""
_LABEL = re.compile(
    rf"(?:^|(?<=[;.\n])|(?<=[;:.]\s))\W*({OFTEN}|{UNKNOWN})\s*(\([^()]{{3,60}}\))?"
    r"(?:\s*:\s*|[ \t]*\n\s*)",
    re.I,
)
"""Within a list: "flushing, nausea; common: vomiting"."""
_MOST = re.compile(r"\W*(?:the\s+)?most\b", re.I)
"""The most common are not therefore common."""
_THAN = re.compile(r"\b(?:than|versus|vs\.?|compared\s+(?:with|to))\s+(?:[\w-]+\s+){0,2}$", re.I)
_FIGURE = re.compile(
    r"(?:more\s+than|up\s+to|less\s+than|fewer\s+than)?\s*\d+\s+(?:in|of)\s+(?:every\s+)?"
    r"(?:\d{1,3}(?:[ \xa0\u2009]\d{3})+|[\d,.]*\d)",
    re.I,
)
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|may|can|might|could|will|do|does|did|occur\w*|develop\w*"
    r"|appear\w*|affect\w*|led|leads?|caus\w+|happen\w*|arise|arose)\b",
    re.I,
)
"""Of a sentence, which is no item."""
_MARGIN = 20
"""Characters in which a line ends, but for spaces."""
_GROUP = re.compile(r"[A-Z][\w, /-]{2,60}:\s+(?=\w)")
"""Before the items of a bullet: "Laboratory: leukopenia, anaemia"."""
_BULLET = re.compile(r"(?:^|\s)[*•◦▪‣·–—-]\s*$")
_LISTS = re.compile(
    r"\b(?:side[-\s]effects?|adverse|undesirable\s+effects?|unwanted\s+effects?|risks"
    r"|possible\s+problems?|(?:can|may)\s+(?:also\s+)?cause)\b"
    r"|^(?:very\s+)?(?:common|uncommon|rare|frequent)$"
    r"|^\W*(?:very\s+|not\s+)?(?:common|uncommon|rare|frequent|known)\s*\((?:may|can|the|freq)",
    re.I,
)
_THESE = re.compile(
    r"^\W*(?:the\s+)?(?:\w+\s+){0,2}(?:ones|they|these|following)\b.*:$", re.I | re.S
)
"""What goes on under a heading of side effects: "the ones people mention most are:"."""
_SAID = re.compile(rf"\W*({OFTEN})\b", re.I)
_BARE = re.compile(rf"\W*(?:{OFTEN}|{UNKNOWN})[\s:]*", re.I)
"""A line of its own that heads a list of side effects."""
_HEAD = re.compile(
    rf"\W*(?:{WITH_FIGURES})\W*"
    r"|\W*(?:other|further|additional|less\s+serious)\s+(?:possible\s+)?side[-\s]effects?\W*"
    rf"|\W*(?:{OFTEN})\s+side[-\s]effects?\s*"
    r"(?:\([^()]{3,60}\)|may\s+affect\s[^:()]{3,60})?\W*",
    re.I,
)
"""A line of its own that heads a list, where the page marks no heading."""
DENIES = re.compile(r"\bnot\b(?!\s+only)|n't\b|\b(?:no|none|never|nothing|unlike)\b", re.I)
_OF_OTHERS = re.compile(
    r"^\W*who\b|\b(?<!than\s)(?<!than\swith\s)(?<!than\son\s)(?<!than\sin\s)placebo\b"
    r"|\b(?:control|comparator|confused|unlikely|cop(?:e|ing)|manag\w+|prevent\w*|avoid\w*|treat\w*\s+(?:of\s+)?(?:the\s+|your\s+)?side)\b|\bif\s+you\s+(?:get|have|notice)\b",
    re.I,
)
"""What heads a list of no harms, or of the harms of others: "If you get side effects"."""


def opens(words: str) -> bool:
    """Whether a list of side effects begins, however short."""
    head = _LIST.match(words)
    heads = words.endswith(":") and _LISTS.search(words) is not None
    return (head is not None and ":" in head.group()) or heads or _is_label(words)


def _is_label(words: str) -> bool:
    """A line of its own that heads a list."""
    return (_HEAD.fullmatch(words) or _BARE.fullmatch(words)) is not None


def claims_of(said: Said, context: Context) -> Iterator[ProposedClaim]:
    """One claim a side effect of the list; none where it is no such list."""
    words = said.words
    head = _LIST.match(words)
    if head is None and context.listing and len(context.listed.who) == 1:
        yield from _going_on(said, context)
    unknown = head and head["unknown"] and (context.listing or "frequency" in head.group().lower())
    if head is None or not (head["often"] or head["named"] or unknown):
        return
    if not (head["figure"] or ":" in head.group() or "\n" in head.group()):
        return  # "side effects - seen in a few - include"
    end = said.sentence.start + head.end()
    named = {
        m.canonical: m for m in said.mentions
        if m.kind == "therapy" and m.end <= end and not _is_compared(said.text, m.start)
    }  # fmt: skip
    if len(named) == 1:
        context.listed = Credit(tuple(referent(m) for m in named.values()))
    goes_on = words.casefold().startswith("other") and len(context.listed.who) == 1
    others = [m for m in said.mentions if m.kind == "therapy"]
    compared = others and all(_is_compared(said.text, m.start) for m in others)
    goes_on = goes_on or (bool(compared) and len(context.given) == 1)
    if len(named) != 1 and not (context.sure or goes_on):
        return
    context.listing = words[: head.end()]
    told = "" if _MOST.match(words) else head["often"] or ""
    often = _figure(head["figure"] or "") or " ".join(told.split()).lower()
    own = len(named) == 1 or not (context.sure or compared)
    subject = context.listed.who[0] if own else context.given[0]
    context.listed = Credit((subject,))
    listed = with_examples(words, said.without_brackets, head.end())
    for start, stop, how_often in _labelled(said, listed, often):
        if ADVICE.search(words[start:stop]):
            context.listing = ""
            return
        if said.may_be_harm(start, stop):
            item = said.item(start, stop)
            values = said.values(start, stop, often=how_often)
            yield said.claim(subject, values, f"“{NAME}”: “{item}”", before=not named)


def _labelled(
    said: Said, spans: Iterable[tuple[int, int]], often: str
) -> Iterator[tuple[int, int, str]]:
    """Each item with how often it is, of "flushing, nausea; common: rash; rare: falls" too."""
    words, known = said.words, often
    for start, stop in spans:
        at = start
        for label in _LABEL.finditer(words, start, stop):
            if words[at : label.start()].strip(" .;"):
                yield at, len(words[: label.start()].rstrip(" .;")), known
            told = " ".join(label[1].split()).lower()
            known = _figure(label[2] or "") or ("" if told.endswith("not known") else told)
            at = label.end()
        end = len(words[:stop].rstrip(" .;"))
        for first, last in parted(said, at, end):
            yield first, last, known


def _is_compared(text: str, start: int) -> bool:
    """ "(10% or more, and greater than A)"."""
    return _THAN.search(text, max(0, start - 40), start) is not None


def _going_on(said: Said, context: Context) -> Iterator[ProposedClaim]:
    """Items with bullets behind the sentence that opened the list, each a harm by its words."""
    words, start = said.words, said.sentence.start
    bulleted = _BULLET.search(said.text, max(0, start - 4), start)
    if not (bulleted or BULLETS.search(words) or _is_of_lines(said)):
        return
    often = _figure(context.listing) or _word(context.listing)
    mark = " * "  # before the first, which the sentence begins behind
    label = _GROUP.match(words)
    begin = len(mark) + (label.end() if label else 0)
    inner = with_examples(words, mark + said.without_brackets, begin, shift=len(mark))
    for first, last, how_often in _labelled(said, inner, often):
        if ADVICE.search(said.item(first, last)):
            context.listing = ""
            return
        item, values = said.item(first, last), said.values(first, last, often=how_often)
        told = is_told_to_be_harm(item, values.outcome) and not DENIES.search(item)
        if said.may_be_harm(first, last) and told:
            subject = context.listed.who[0]
            yield said.claim(subject, values, f"“{NAME}”: “{item}”", before=True)


def _is_of_lines(said: Said) -> bool:
    """Whether a sentence is a line by itself, or several, each an item."""
    start, end = said.sentence.start, said.sentence.end
    before, after = said.text[max(0, start - _MARGIN) : start], said.text[end : end + _MARGIN]
    apart = before.rstrip(" \t").endswith("\n") and after.lstrip(" \t\r")[:1] in {"", "\n"}
    lines = said.words.split("\n")
    return apart and not _TELLS.search(said.words) and all(map(is_a_line, lines))


def _word(opening: str) -> str:
    """How often, in words, where these open the list."""
    found = _SAID.match(opening)
    return " ".join(found[1].split()).lower() if found else ""


def _figure(words: str) -> str:
    """How often, in figures: "up to 1 in 10"."""
    found = _FIGURE.search(words)
    return " ".join(found.group().split()).lower() if found else ""


def open_list(heading: str, words: str, stretches: Sequence[Parsed], context: Context) -> bool:
    """Note whether a list of side effects goes on or ends here, and whose; true where one opens."""
    goes_on = _LISTS.search(heading) and _THESE.search(words) and not ADVICE.search(words)
    of_harms = _LISTS.search(words) or (goes_on and not DENIES.search(heading))
    line = _is_label(words)
    denied = DENIES.search(words) or _OF_OTHERS.search(words)
    of_harms = line or (of_harms and not denied)  # "not known (frequency ...)" denies none
    heads = words.endswith(":") or (words != heading and line)
    if heads and not of_harms:
        context.listing = ""
        return False
    if heads:
        clauses = [c for parsed in stretches for c in clauses_of(parsed)]
        named = dict.fromkeys(r for c in clauses for r in of_named(c, c.own).who)
        context.listing, context.listed = words, Credit(tuple(named)) or context.given_before
        return True
    if words == heading or not all(is_fragment(c) for p in stretches for c in clauses_of(p)):
        told = DENIES.search(heading) or _OF_OTHERS.search(heading)
        of_harms = bool(_LISTS.search(heading)) and not told and context.only
        context.listing = heading if of_harms else ""
        if of_harms:
            context.listed = context.given_before
    return False


def is_fragment(clause: Clause) -> bool:
    """Whether it is no sentence but a thing by itself, as in a list."""
    word = clause.predicate
    verb = word.pos in {"VERB", "AUX"} and word.tag != "VBG"
    verb = verb and clause.parsed.named(word, "outcome") is None
    return clause.role == "main" and not clause.subjects and not verb
