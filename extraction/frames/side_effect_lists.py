"""Side effects listed behind how often they are, as in leaflets: "Common (1 in 10): rash, ..."

No verb says it, so no parse does; it is read where one therapy alone is spoken of. Items with
bullets are sentences by themselves: ``open_list`` notes that they are of such a list.
"""

import re
from collections.abc import Iterator, Sequence

from extraction.codes import Certainty, EffectDirection, Topic
from extraction.frames import lexicon, measured
from extraction.frames.clauses import Clause, Parsed, clauses_of
from extraction.frames.subjects import Context, Credit, Referent, of_named, referent
from extraction.names.vocabulary import Vocabulary
from extraction.types import ClaimValues, Mention, ProposedClaim, Sentence

NAME = "side effects behind their frequency"
_OFTEN = r"very\s+common|common|uncommon|very\s+rare|rare|frequent|infrequent"
_LIST = re.compile(
    rf"""
    \W*(?:(?:other|possible)\s+side\s+effects:?\s+)?
    (?:(?:other|the|most|serious(?:\s+but|,)?),?\s+)*
    (?:(?P<often>(?:less\s+|more\s+)?(?:{_OFTEN}))(?:\s+(?:but|and)\s+serious)?
      |(?P<unknown>(?:frequency\s+)?not\s+known)
      |(?:serious\s+)?(?=side|adverse))\s*
    (?P<named>(?:side[-\s]effects?|(?:adverse\s+)?(?:reactions?|events?|effects?))?
      (?:\s+(?:of|from|with)\s+[\w -]{{3,40}}?)?(?:\s+(?:are|include))?)\s*
    (?::\s*(?=may\s))?(?P<figure>\([^()]{{3,90}}\)|may\s+affect\s[^:()]{{3,60}}?)?
    (?:\s*:|\s+[-–•*](?=\s))[\s•*–-]*(?=\w)
    """,
    re.I | re.X,
)
"""How a list opens: "Common (may affect up to 1 in 10 people):", "Side effects of A include:"."""
_FIGURE = re.compile(
    r"(?:more\s+than|up\s+to|less\s+than|fewer\s+than)?\s*\d+\s+(?:in|of)\s+(?:every\s+)?"
    r"(?:\d{1,3}(?:[ \xa0\u2009]\d{3})+|[\d,.]*\d)",
    re.I,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PARTED = re.compile(r"\s*[,;]\s*(?:(?:and|or|and/or)\s+)?|\s+and\s+(?!needles)(?=[^,;]*$)")
_PARTED_BY_SEMICOLONS = re.compile(r"\s*;\s*(?:(?:and|or)\s+)?")
_PARTED_BY_DASHES = re.compile(r"\s+[-–]\s+")
_PARTED_BY_BULLETS = re.compile(r"\s+[•*]\s+")
_GLOSS = re.compile(r"\s*\((?:or\s+)?([a-zà-ÿ][a-zà-ÿ' -]{3,60})\)")
_EXPLAINED = re.compile(r",?\s+(?:which|that|with\s+symptoms)\b.*", re.S)
"""What an item adds: "inflammation of the pancreas which may include pain"."""
_FOLLOWING = r"(?:increas|caus|lead|result|mak|appear|occurr)ing"
_ADDED = re.compile(rf"{_EXPLAINED.pattern}|\s+[-–]\s+.*|,\s+(?:{_FOLLOWING})\b.*", re.S)
"""What an item adds where commas do not part them: "low counts, increasing the risk of X"."""
_CALLED = re.compile(r"^.*\bcalled\s+(?:an?\s+|the\s+)?|^including\s+", re.S)
"""Of "a type of skin cancer called X" the harm is X."""
_BULLET = re.compile(r"(?:^|\s)[*•–-]\s*$")
_INCLUDING = re.compile(r",?\s+(?:including|such\s+as)\s+")
_LISTED_IN_BRACKET = re.compile(
    r"\s*\((?!symptoms|signs)(?:(?:including|e\.\s?g\.,?|such\s+as)\s+)?([^()\d]*,[^()\d]*)\)"
)
_LISTS = re.compile(
    r"\b(?:side[-\s]effects?|adverse|undesirable\s+effects?|unwanted\s+effects?|risks"
    r"|(?:can|may)\s+(?:also\s+)?cause)\b|^(?:very\s+)?(?:common|uncommon|rare|frequent)$",
    re.I,
)
_NO_GLOSS = lexicon.lemmas("see section including such which that may can eg with very common rare")
_LONGEST, _LONGEST_BY_ITSELF = 9, 16
"""Words of a side effect told by words, and of one in a list; more are a sentence of their own."""

EXAMPLES, LABEL = "examples of side effects", "side effect before its explanation"
_EXAMPLES = re.compile(
    r"\b(?:side[-\s]effects?|(?:adverse|unwanted|undesirable|common|frequent)\s+(?:effects?|events?"
    r"|reactions?))\b"
    r"(?:[^.;:()]{0,90}?\b(?:e\.?\s?g\.?,?|such\s+as|including|for\s+example,?|like)"
    r"|(?:\s+(?:of|with|from|in|reported|seen|were)\s[^.;:(),]{3,60})?,?\s+(?:(?:which|that)\s+)?"
    r"(?:are|were|is|was|include|included|being))\s+"
    r"|^\W*(?:the\s+)?(?:most|more|less|other)\s+(?:common|frequent|usual|serious)(?:\s+ones)?\s+"
    r"(?:are|were|include)\s+",
    re.I,
)
_LABEL = re.compile(r"([A-Z][\w' /-]{3,60}?)(?:\s*\([^()]{3,40}\))?\s*[:–—]\s+(?=[A-Z])")
_EXPLAINS = re.compile(
    r"\b(?:side[-\s]effect|serious|rare|rarely|common|lead\s+to|reported|risk|occur\w*)\b", re.I
)
_CHANGE = re.compile(r"changes?\s+in\s+", re.I)
_PLAIN = 5
"""Words of an item that is no harm by its words, beside one that is."""
_DENIES = re.compile(r"\bnot\b(?!\s+only)|n't\b", re.I)
_ENDS = re.compile(
    r";|,?\s+(?:but|while|whereas|although|though|which|when|if|due)\b"
    r"|,\s+(?:and\s+)?(?:with|not|all|most|both|as)\b"
    r"|,?\s+and\s+(?:your|you|the|it|they|we|about|in|most|many|some|symptoms|signs)\b",
    re.I,
)
"""Where a list of side effects ends, and something else is told."""
_ADVICE = re.compile(
    r"^(?:ask|tell|see|call|contact|store|do|if|your|you|talk|speak|keep|take|stop|look|read|not|but)\b"
    r"|\b(?:doctor|nurse|pharmacist|section|degrees|leaflet|ingredients?)\b",
    re.I,
)
"""What stands in a list of side effects and is none; the list ends there."""
_NO_ITEM = re.compile(
    r"\d|\b(?:was|were|had|has|have|is|are|patients?|people|participants?|about|all|most|some|which|that"
    r"|may|might|can|could|will|would|should|do|does|did|cause|lead|occur|impair|rates?|who|they|it|than|with|in|of|treatment|trials?|stud(?:y|ies)|others?|more|less|cases?)\b",
    re.I,
)
_ALIKE = re.compile(r"\b(?:similar|comparable|equal|as\s+(?:common|frequent|often))\b", re.I)
_UNTOLD = re.compile(
    r"\b(?:no|never|without|if|unless|whether|should|must|tell|ask|call|history|prevent\w*"
    r"|manage\w*|treat(?:ed|ing)?)\b|\?",
    re.I,
)
_HEDGED = re.compile(r"\b(?:may|might|can|could|possib\w+|potential\w*)\b", re.I)


def opens(words: str) -> bool:
    """Whether a list of side effects begins, however short."""
    head = _LIST.match(words)
    return head is not None and ":" in head.group()


def claims_of(
    text: str,
    sentence: Sentence,
    mentions: Sequence[Mention],
    names: Vocabulary,
    context: Context,
) -> Iterator[ProposedClaim]:
    """One claim a side effect of the list; none where it is no such list."""
    words = text[sentence.start : sentence.end]
    head = _LIST.match(words)
    if head is None and context.listing and len(context.listed.who) == 1:
        yield from _going_on(text, sentence, mentions, names, context)
    unknown = head and head["unknown"] and "frequency" in head.group().lower()
    if head is None or not (head["often"] or head["named"] or unknown):
        return
    if not (head["figure"] or ":" in head.group()):
        return  # "side effects - seen in a few - include"
    end = sentence.start + head.end()
    named = {m.canonical: m for m in mentions if m.kind == "therapy" and m.end <= end}
    if len(named) == 1:
        context.listed = Credit(tuple(referent(m) for m in named.values()))
    goes_on = words.casefold().startswith("other") and len(context.listed.who) == 1
    if len(named) != 1 and not (context.only or goes_on):
        return
    context.listing = words[: head.end()]
    body = _BRACKETS.sub(lambda m: " " * len(m.group()), words)
    figure = _FIGURE.search(head["figure"] or "")
    often = " ".join((figure.group() if figure else head["often"] or "").split()).lower()
    subject = context.listed.who[0] if len(named) == 1 or not context.only else context.given[0]
    context.listed = Credit((subject,))
    for start, end in _with_examples(words, body, head.end()):
        if _ADVICE.search(words[start:end]):
            context.listing = ""
            return
        if values := _values(text, sentence, start, end, mentions, names, often):
            item = " ".join(words[start:end].split())
            yield _claim(sentence, words, subject, values, f"“{NAME}”: “{item}”", before=not named)


def _going_on(
    text: str,
    sentence: Sentence,
    mentions: Sequence[Mention],
    names: Vocabulary,
    context: Context,
) -> Iterator[ProposedClaim]:
    """Items with bullets behind the sentence that opened the list, each a harm by its words."""
    words = text[sentence.start : sentence.end]
    bulleted = _BULLET.search(text, max(0, sentence.start - 4), sentence.start)
    if not (bulleted or _PARTED_BY_BULLETS.search(words)):
        return
    body, subject = _BRACKETS.sub(lambda m: " " * len(m.group()), words), context.listed.who[0]
    figure = _FIGURE.search(context.listing)
    often = " ".join(figure.group().split()).lower() if figure else ""
    for start, end in _with_examples(words, f" * {body}", 3, shift=3):
        values = _values(text, sentence, start, end, mentions, names, often)
        item = " ".join(words[start:end].split())
        if _ADVICE.search(item):
            context.listing = ""
            return
        if values and is_told_to_be_harm(item, values.outcome) and not _UNTOLD.search(item):
            yield _claim(sentence, words, subject, values, f"“{NAME}”: “{item}”", before=True)


def _with_examples(words: str, body: str, start: int, shift: int = 0) -> Iterator[tuple[int, int]]:
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


def _values(
    text: str,
    sentence: Sentence,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    names: Vocabulary,
    often: str,
) -> ClaimValues | None:
    """Of one item; None where it is too long to be one."""
    body = _BRACKETS.sub("", text[sentence.start + start : sentence.start + end])
    item = _CALLED.sub("", " ".join(body.split()))
    if not item or len(item.split()) > _LONGEST_BY_ITSELF:
        return None
    said = glossed(item, text, sentence.start + end)
    begin = sentence.start + start + (body.find("called") + 1 if "called" in body else 0)
    harm = known_within(mentions, begin, sentence.start + end, names)
    if said != item and not harm:
        after = sentence.start + end
        harm = known_within(mentions, after, text.index(")", after), names)
    return ClaimValues(
        outcome=harm,
        harm=harm if _is_name(item, harm, names) else said[:1].upper() + said[1:],
        effect_direction=EffectDirection.WORSE,
        frequency=often,
    )


def _claim(
    sentence: Sentence,
    words: str,
    subject: Referent | None,
    values: ClaimValues,
    why: str,
    *,
    before: bool,
    certainty: Certainty = Certainty.STATED,
) -> ProposedClaim:
    return ProposedClaim(
        subject=subject.name if subject else None,
        subject_kind="therapy" if subject else None,
        topic=Topic.SAFETY,
        certainty=certainty,
        start=sentence.start,
        end=sentence.end,
        exact=words,
        values=values,
        antecedent=subject.at if subject and before else None,
        why=f"Read as {why}, of “{subject.name}”{', named before' if before else ''}."
        if subject
        else f"Read as {why}; the text leaves open of what.",
    )


def told_by_words(
    text: str,
    sentence: Sentence,
    mentions: Sequence[Mention],
    names: Vocabulary,
    context: Context,
) -> Iterator[ProposedClaim]:
    """One claim a harm of "side effects, e.g. X, Y and Z" or of the label in "X: this is rare".

    The words of each item alone must say that it is one.
    """
    words = text[sentence.start : sentence.end]
    if _UNTOLD.search(words):
        return
    examples, label = _EXAMPLES.search(words), _LABEL.match(words)
    if examples is not None:
        if _DENIES.search(words, max(0, examples.start() - 12)):
            return
        ends = _ENDS.search(words, examples.end())
        name, start, end = EXAMPLES, examples.end(), ends.start() if ends else len(words)
    elif label is not None and context.only and _EXPLAINS.search(words, label.end()):
        name, start, end = LABEL, 0, label.end(1)
    else:
        return
    named = tuple({m.canonical: m for m in mentions if m.kind == "therapy"}.values())
    if len(named) != 1 and not ((context.only or context.alone) and not named):
        return
    told = referent(named[0]) if named else context.given[0] if context.only else None
    hedged = _HEDGED.search(words) is not None and examples is not None
    body = _BRACKETS.sub(lambda m: " " * len(m.group()), words)[:end]
    found = [
        (" ".join(body[a:b].split()), b,
         known_within(mentions, sentence.start + a, sentence.start + b, names))
        for a, b in items(body, start)
    ]  # fmt: skip
    sure = any(is_told_to_be_harm(item, known) for item, _, known in found)
    for item, last, known in found if sure else ():
        plain = len(item.split()) <= _PLAIN and not _NO_ITEM.search(item)
        if _ADVICE.search(item):
            return
        if not (is_told_to_be_harm(item, known) or (plain and examples)):
            continue
        said = glossed(item, text, sentence.start + last)
        values = ClaimValues(
            outcome=known,
            harm=known if _is_name(item, known, names) else said[:1].upper() + said[1:],
            effect_direction="" if _ALIKE.search(words) else EffectDirection.WORSE,
        )
        yield _claim(
            sentence, words, told, values, f"“{name}”: “{item}”", before=not named,
            certainty=Certainty.HEDGED if hedged else Certainty.STATED,
        )  # fmt: skip


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
    for mark in (_PARTED_BY_BULLETS, _PARTED_BY_DASHES):
        if mark.search(body, max(0, start - 3), end):
            return mark
    return _PARTED_BY_SEMICOLONS if body.count(";", start, end) > 1 else _PARTED


def items(body: str, start: int) -> Iterator[tuple[int, int]]:
    """The parts of the list, without the full stop, and without what explains them."""
    end = len(body.rstrip(" .;\n"))
    mark = _parting(body, start)
    while True:
        parted = mark.search(body, start, end)
        stop = parted.start() if parted else end
        explained = (_EXPLAINED if mark is _PARTED else _ADDED).search(body, start, stop)
        yield start, explained.start() if explained else stop
        if parted is None or (explained and mark is _PARTED):
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


def open_list(heading: str, words: str, stretches: Sequence[Parsed], context: Context) -> bool:
    """Note whether a list of side effects goes on or ends here, and whose; true where one opens."""
    if words.endswith(":") and (_DENIES.search(words) or not _LISTS.search(words)):
        context.listing = ""
        return False
    if words.endswith(":"):
        clauses = [c for parsed in stretches for c in clauses_of(parsed)]
        named = dict.fromkeys(r for c in clauses for r in of_named(c, c.own).who)
        context.listing, context.listed = words, Credit(tuple(named)) or context.given_before
        return True
    if words == heading or not all(is_fragment(c) for p in stretches for c in clauses_of(p)):
        of_harms = bool(_LISTS.search(heading)) and context.only
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
