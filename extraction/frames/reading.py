"""Sentences to claims: what a construction reads is proposed, what is only seen is listed.

Sentences are parsed together, a document at a time, and read in order, because a pronoun stands for
what was a subject before.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extraction.codes import Topic
from extraction.frames import (
    background,
    care,
    gaps,
    giving,
    harms,
    harms_beside,
    harms_caused,
    harms_felt,
    harms_in_a_row,
    harms_of_body,
    indication,
    mechanism,
    nouns,
    outcomes,
    safety,
    seen,
    side_effect_lists,
    status,
    told_by_words,
    verdicts,
)
from extraction.frames.clauses import Clause, Parsed, clauses_of
from extraction.frames.constructions import Construction, Found, Scene
from extraction.frames.harm_items import CALLS, Said
from extraction.frames.headings import is_group
from extraction.frames.mending import mended
from extraction.frames.rows import claims_of, of_one_topic
from extraction.frames.subjects import (
    NOBODY,
    OPEN,
    Context,
    Credit,
    Referent,
    of_subjects,
    referent,
)
from extraction.names.vocabulary import Vocabulary
from extraction.parsing import masking, model
from extraction.parsing.tree import Token, Tree
from extraction.types import Mention, ProposedClaim, Reading, SeenSentence, Sentence

_TOPICS = (
    *(outcomes, verdicts, safety, harms_caused, harms_of_body, harms, harms_beside, harms_felt),
    *(status, mechanism, giving, indication, care, gaps),
)
CONSTRUCTIONS: tuple[Construction, ...] = tuple(c for t in _TOPICS for c in t.CONSTRUCTIONS)
"""All of them; of one clause and subject the first topic that is read stands."""
PLACEBO = "placebo"
REMEDIES = frozenset({"analgesic", "antihistamine", "NSAID"})
"""Classes of what is taken against the side effects of a treatment."""
LONGEST = 45
"""Words; of what is longer the parse is too often wrong without saying so."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a sentence that is parsed by itself."""

    sentence: Sentence
    masked: masking.Masked
    mentions: tuple[Mention, ...]
    start: int
    end: int


def read_sentences(
    reading: Reading,
    mentions: Sequence[Mention],
    names: Vocabulary,
    *,
    heading_subjects: Mapping[str, tuple[Referent, ...]],
    document_subjects: tuple[Referent, ...],
) -> tuple[tuple[ProposedClaim, ...], tuple[SeenSentence, ...]]:
    """Claims and sentences only seen, each in the order of the text."""
    reader = _Reader(reading, mentions, names, heading_subjects, document_subjects)
    return reader.read()


class _Reader:
    """Reads one document."""

    def __init__(
        self,
        reading: Reading,
        mentions: Sequence[Mention],
        names: Vocabulary,
        heading_subjects: Mapping[str, tuple[Referent, ...]],
        document_subjects: tuple[Referent, ...],
    ) -> None:
        self.text = reading.text
        self.names = names
        self.heading_subjects = heading_subjects
        self.document_subjects = document_subjects
        self.sentences = list(_with_mentions(reading.sentences, mentions))
        self.registration = reading.metadata.kind == "trial-registration"
        self.spoken_of = self._therapies_in_paragraphs()

    def read(self) -> tuple[tuple[ProposedClaim, ...], tuple[SeenSentence, ...]]:
        claims: list[ProposedClaim] = []
        listed: list[SeenSentence] = []
        context, heading = Context(self.names), None
        for sentence, mentions, stretches in self._parsed():
            if sentence.heading != heading:
                heading, context = sentence.heading, self._context(sentence.heading)
            words = self.text[sentence.start : sentence.end]
            opens = side_effect_lists.opens(words)
            if opens and context.heads:
                context.given, context.listing = context.heads, ""
            context.heads = _names_alone(words, mentions)
            short = len(words.split()) < background.SHORTEST and not context.listing and not opens
            if short or stretches is None:
                _pass_over(mentions, context, opens=short)
                continue
            here = {m.canonical for m in mentions if m.kind == "therapy"}
            context.only = self._is_only(sentence, here, context)
            context.tested = self._is_only(sentence, here, context, but_for=PLACEBO)
            said = Said(self.text, sentence, mentions, self.names)
            if CALLS.match(words):
                context.listing = ""
            listed_here = list(side_effect_lists.claims_of(said, context))
            found = listed_here or self._claims(sentence, stretches, context)
            if not listed_here:
                told = told_by_words.claims_of(said, context)
                found += [c for c in told if not any(_tells(row, c) for row in found)]
                if not any(c.topic == Topic.SAFETY for c in found):
                    found += harms_in_a_row.claims_of(said, context)
                found += harms_in_a_row.completed(said, found)
            if not listed_here and side_effect_lists.open_list(heading, words, stretches, context):
                continue
            if words.rstrip().endswith(":"):  # what it says, its bullets say
                found = [c for c in found if c.topic not in _OF_A_HEAD]
            claims += found
            context.of_harm = any(c.topic == Topic.SAFETY for c in found)
            context.of_tests = any(c.topic == Topic.MONITORING for c in found)
            context.spoken_of |= {m.canonical for m in mentions if m.kind == "therapy"}
            if not found:
                one = seen.seen(self.text, sentence, mentions, self.names, context)
                listed += [one] if one else []
        return tuple(claims), tuple(listed)

    def _parsed(self) -> Iterator[tuple[Sentence, Sequence[Mention], list[Parsed] | None]]:
        """Each sentence with its parsed stretches; None where it is no claim whatever it says."""
        named = any(m.kind == "therapy" for _, mentions in self.sentences for m in mentions)
        if not (named or self.document_subjects or any(self.heading_subjects.values())):
            return
        kept = [(s, mentions, self._to_parse(s, mentions)) for s, mentions in self.sentences]
        trees = model.parsed(s.masked.text for _, _, stretches in kept for s in stretches or ())
        for sentence, mentions, stretches in kept:
            if stretches is None:
                yield sentence, mentions, None
            else:
                yield sentence, mentions, [self._tree_of(s, next(trees)) for s in stretches]

    def _tree_of(self, s: _Stretch, tokens: tuple[Token, ...]) -> Parsed:
        tree = Tree(mended(s.masked.text, tokens))
        return Parsed(self.text, s.start, s.end, s.masked, tree, s.mentions)

    def _to_parse(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[_Stretch] | None:
        """None where it claims nothing; none of them where no treatment is named or pointed at."""
        words, heading = self.text[sentence.start : sentence.end], sentence.heading
        size = len(words.split())
        if len(words) > model.LONGEST:
            return None
        if size >= background.SHORTEST and background.claims_nothing(
            words, heading, registration=self.registration
        ):
            return None
        named = any(m.kind == "therapy" for m in mentions)
        if (
            named
            or size <= _SHORT
            or len(self._given(heading)) == 1
            or _POINTS.search(words.lower())
        ):
            return list(self._stretches(sentence, mentions))
        return []  # parsing costs most

    def _given(self, heading: str) -> tuple[Referent, ...]:
        return self.heading_subjects.get(heading) or self.document_subjects

    def _stretches(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[_Stretch]:
        at = sentence.start
        for end in [*_semicolons(self.text, sentence), sentence.end]:
            inside = tuple(m for m in mentions if at <= m.start and m.end <= end)
            if self.text[at:end].strip():
                masked = masking.masked(self.text, at, end, inside)
                if len(masked.text) <= model.LONGEST:  # a stand-in may be longer than the name
                    yield _Stretch(sentence, masked, inside, at, end)
            at = end

    # -- claims --------------------------------------------------------------------------------

    def _claims(
        self, sentence: Sentence, stretches: list[Parsed], context: Context
    ) -> list[ProposedClaim]:
        context.forget_found()
        context.interposed.clear()
        rows: list[Found] = []
        for parsed in stretches:
            clauses = clauses_of(parsed)
            words = sum(t.pos != "PUNCT" for t in parsed.tree.tokens)
            if words <= LONGEST:
                rows += of_one_topic(self._found(clauses, context))
            self._remember(clauses, context)
        exact = self.text[sentence.start : sentence.end]
        return claims_of(sentence, exact, rows, self.names)

    def _found(self, clauses: Sequence[Clause], context: Context) -> Iterator[Found]:
        for clause in clauses:
            if clause.is_side or clause.is_tangled:
                continue
            scene = Scene(context, self.names)
            # What somebody else does it for: "research is needed to improve the safety of A".
            meant = clause.serves_a_purpose and not of_subjects(clause, context)
            for construction in CONSTRUCTIONS:
                for found in construction(clause, scene):
                    if _is_told(found) and not meant:
                        yield found
            self._remember([clause], context)  # "A did this, but it did not do that"

    # -- what was spoken of ----------------------------------------------------------------------

    def _context(self, heading: str) -> Context:
        context = Context(self.names, given=self._given(heading))
        context.only = len(context.given) == 1
        named = set().union(*self.spoken_of.values()) - {PLACEBO}
        named = {n for n in named if not self._is_remedy(n)} or named
        about = {r.name for r in context.given if not is_group(r.name, self.names)} or named
        for one in context.given:
            about = {n for n in about if not self._is_member(n, one.name)} or {one.name}
        context.alone = len(about) == 1
        side_effect_lists.open_list(heading, heading, (), context)
        return context

    def _is_only(
        self, sentence: Sentence, here: set[str], context: Context, but_for: str = ""
    ) -> bool:
        """Whether its paragraph speaks of nothing but the one that heading or title is about, and
        what eases its side effects.
        """
        given = {r.name for r in context.given}
        others = self.spoken_of[sentence.paragraph] - given - {but_for}
        others = {n for n in others if n in here or not self._is_remedy(n)}
        return len(given) == 1 and all(self._is_member(name, *given) for name in others)

    def _is_remedy(self, name: str) -> bool:
        """Whether it is taken against the side effects of others: paracetamol."""
        entry = self.names.therapy(name)
        return entry is not None and entry.therapy_class in REMEDIES

    def _is_member(self, name: str, group: str) -> bool:
        """Whether it is one of the class that a page is about, and not more."""
        of = self.names.class_of(name)
        return of is not None and of.name == group and of.kind == "drug-class"

    def _therapies_in_paragraphs(self) -> dict[int, set[str]]:
        """What each paragraph names, but for classes of which one of it may be; and placebo."""
        found: dict[int, set[str]] = defaultdict(set)
        for sentence, mentions in self.sentences:
            named = {m.canonical for m in mentions if m.kind == "therapy"}
            found[sentence.paragraph] |= {n for n in named if not is_group(n, self.names)}
            if _PLACEBO.search(self.text, sentence.start, sentence.end):
                found[sentence.paragraph].add(PLACEBO)
        return found

    def _remember(self, clauses: Sequence[Clause], context: Context) -> None:
        """Who was a grammatical subject of a main clause; something else makes "it" unclear."""
        context.forget_found()
        who: list[Referent] = []
        blocked = False
        for clause in clauses:
            if clause.role != "main":
                continue
            found = of_subjects(clause, context) or _opening(clause)
            told = [s for s in clause.subjects if clause.parsed.named(s, "outcome")]
            context.interposed |= {s.tag == "NNS" for s in told if not found}
            who += [r for r in found.who if r not in who]
            blocked = blocked or found.open
        known = {r.name for r in who or context.last.who}
        if blocked or _named_beside(clauses) - known:
            context.last = Credit(tuple(who)) if who and not blocked else OPEN
        elif who:
            context.last = Credit(tuple(who))


def _names_alone(words: str, mentions: Sequence[Mention]) -> tuple[Referent, ...]:
    """The therapies of a line that is nothing but their names, as above a list of side effects."""
    named = dict.fromkeys(referent(m) for m in mentions if m.kind == "therapy")
    size = sum(m.end - m.start for m in mentions if m.kind == "therapy")
    rest = len(re.sub(r"\W+|\b(?:and|or)\b", "", words))
    return tuple(named) if named and rest <= size else ()


def _pass_over(mentions: Sequence[Mention], context: Context, *, opens: bool) -> None:
    """A sentence that is not read names what is spoken of all the same.

    A name by itself ("Cladribine (Mavenclad).") opens what follows; others make "it" unclear.
    """
    named = tuple(dict.fromkeys(referent(m) for m in mentions if m.kind == "therapy"))
    context.spoken_of |= {r.name for r in named}
    if named and opens:
        context.last = Credit(named)
    elif {r.name for r in named} - {r.name for r in context.last.who}:
        context.last = OPEN


def _opening(clause: Clause) -> Credit:
    """What a clause begins with is its subject, whatever the parser makes of the verb.

    Where it names others too, it is not known which of them are.
    """
    mention = clause.parsed.therapy(clause.own[0])
    if mention is None:
        return NOBODY
    several = _named_beside([clause]) - {mention.canonical}
    return OPEN if several else Credit((referent(mention),))


def _named_beside(clauses: Sequence[Clause]) -> set[str]:
    """Therapies that are named and not only compared: a pronoun may stand for them too."""
    return {
        mention.canonical
        for clause in clauses
        for token in clause.own
        if (mention := clause.parsed.therapy(token)) and not nouns.compared(clause.parsed, token)
    }


def _tells(row: ProposedClaim, other: ProposedClaim) -> bool:
    """Whether a row tells of the harm of another already."""
    mine, theirs = (set(r.values.harm.casefold().split()) for r in (row, other))
    return row.topic == Topic.SAFETY and bool(mine & theirs)


def _is_told(found: Found) -> bool:
    """Somebody is credited; of an unknown treatment, or a company, no general judgement is kept."""
    if found.credit.who or found.unnamed:
        return True
    if found.topic == Topic.MECHANISM and found.clause.role == "relative":
        return False  # "new treatments that act on cells are needed"
    general = found.values.outcome in {"Efficacy", "Clinical outcomes", "Safety", "Tolerability"}
    return found.credit.open and not general


def _with_mentions(
    sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[tuple[Sentence, tuple[Mention, ...]]]:
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    first = 0
    for sentence in sentences:
        while first < len(ordered) and ordered[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(ordered) and ordered[last].start < sentence.end:
            last += 1
        yield sentence, tuple(ordered[first:last])


_POINTS = re.compile(
    r"\b(?:(?:it|its|they|them|their|this|these|those|both|such|each|another|other|new|placebo|arms?"
    r"|groups?|treat\w*|therap\w+|drugs?|agents?|medic\w+|vaccin\w*|antibod\w+|inhibitors?"
    r"|infusions?|injections?|tablets?|capsules?|doses?|pills?|combination|candidate|compound"
    r"|side[- ]effects?|adverse|approv\w+|reactions?|transplant\w*|who|that|which"
    r"|[a-z]{4,}(?:mab|tinib|imod|cel|bart|tug|ine|ide))\b|[a-z]{2,}-?\d{2,})"
)
"""Words by which a sentence may speak of a treatment that it does not name, in lower case."""
_OF_A_HEAD = (Topic.INDICATION, Topic.ADMINISTRATION)
"""Topics of which "do not take A if you:" tells nothing by itself."""
_PLACEBO = re.compile(r"\bplacebo\b(?![-\s]controlled)", re.I)
_SHORT = 8
"""Words of what may be the entry of a list."""
_SEMICOLON = re.compile(
    r";\s|:\s(?=(?:you|your|they|he|she|we|women|men|people|patients|do"
    r"|\d+(?:\.\d+)?\s?(?:%|per\s?cent)\s+of)\b)"
)
"""And a colon before a clause of its own: "it can harm a baby: you must not be pregnant"."""


def _semicolons(text: str, sentence: Sentence) -> list[int]:
    """Where a sentence may be parted: at semicolons that stand in no bracket."""
    words = text[sentence.start : sentence.end]
    return [
        sentence.start + m.end()
        for m in _SEMICOLON.finditer(words)
        if words.count("(", 0, m.start()) == words.count(")", 0, m.start())
        and words.count("[", 0, m.start()) == words.count("]", 0, m.start())
    ]
