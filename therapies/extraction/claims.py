"""Sentences to proposed claims: who, about what, how surely, with which values.

One claim a subject and topic of a sentence; one an outcome where the sentence lists results for
several outcomes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sources.reading.types import Reading, Sentence
from therapies.choices import Certainty, Topic
from therapies.extraction import background, subjects, values
from therapies.extraction.certainty import STATED, Judged, hedged_before, judge
from therapies.extraction.clauses import Clause, clauses_of, finite_verb
from therapies.extraction.subjects import Context, Referent
from therapies.extraction.topics import Hit, hits_of, status_cues
from therapies.extraction.types import ClaimValues, Mention, ProposedClaim
from therapies.vocabulary import Vocabulary

T = TypeVar("T")

REGISTRATION = "trial-registration"
_SINGLE_STUDY = {"trial-report", REGISTRATION, "label"}
_OUTCOMES = {Topic.OUTCOME, Topic.SAFETY}
_RESULTS = {Topic.OUTCOME, Topic.SAFETY, Topic.MECHANISM, Topic.STATUS}
_EARLIER_EVIDENCE = re.compile(
    r"\b(?:previously|pilot (?:study|trial)|(?:has|have) been (?:shown|demonstrated)|have shown"
    r"|has shown|studies (?:showed|demonstrated|suggest(?:ed)?))\b",
    re.I,
)
_DESIGN = re.compile(
    r"\b(?:stud(?:y|ies)|trial|investigat\w+|compar\w+|evaluat\w+|randomi[sz]\w+|placebo"
    r"|double-?blind\w*|open-?label|phase|determine|assess|treated with|receive|establish|explore"
    r"|examine|test(?:ed|s)?|proposal)\b",
    re.I,
)
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research|treatments?|therap\w+|drugs?|MS)\b", re.I
)
_RANK = {"main": 0, "reason": 1, "participle": 1, "relative": 2, "concessive": 3}
_STRENGTH = {Certainty.NEGATED: 0, Certainty.HEDGED: 1, Certainty.STATED: 2}
_MOST_MECHANISMS = 4
_INTRODUCES = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}?(?:agents?|drugs?|therap(?:y|ies)|treatments?|medications?|approaches)\s+"
    r"(?:like|such\s+as|including)\b|\s+(?:like|such\s+as|including)\b",
    re.I,
)
_ATTRIBUTES = {Topic.STATUS, Topic.ADMINISTRATION}
"""Topics whose words can stand before a name in a list and hold for a part of the list."""
_ATTRIBUTE = re.compile(
    r"(?:approved|licen[sc]ed|(?:FDA|EMA)-\w+|(?:emerging|experimental|novel|investigational)\b.*)",
    re.I,
)
_BAN = re.compile(r"\b(?:do|must|should|did|does|is|are)\s+not\b|\bnever\b", re.I)
_ALTERNATIVE = re.compile(r"\bbut also\b", re.I)


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the subject it is about and how surely it is said."""

    subject: Referent | None
    hit: Hit
    clause: Clause
    judged: Judged


def claims_of(
    reading: Reading,
    mentions: Sequence[Mention],
    vocabulary: Vocabulary,
    *,
    heading_subjects: dict[str, tuple[Referent, ...]],
    document_subjects: tuple[Referent, ...],
) -> tuple[ProposedClaim, ...]:
    """Every claim of the document in the order of its sentences."""
    reader = _Reader(reading, vocabulary, heading_subjects, document_subjects)
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    found: list[ProposedClaim] = []
    position = 0
    for sentence in reading.sentences:
        while position < len(ordered) and ordered[position].end <= sentence.start:
            position += 1
        last = position
        while last < len(ordered) and ordered[last].start < sentence.end:
            last += 1
        found.extend(reader.claims(sentence, ordered[position:last]))
    return tuple(found)


class _Reader:
    """Reads sentence after sentence and remembers what pronouns can refer to."""

    def __init__(
        self,
        reading: Reading,
        vocabulary: Vocabulary,
        heading_subjects: dict[str, tuple[Referent, ...]],
        document_subjects: tuple[Referent, ...],
    ) -> None:
        self.text = reading.text
        self.kind = reading.metadata.kind
        self.vocabulary = vocabulary
        self.heading_subjects = heading_subjects
        self.document_subjects = document_subjects
        self.earlier: tuple[tuple[Referent, ...], ...] = ()
        self.heading = ""
        self.after_disease = False

    def claims(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[ProposedClaim]:
        words = self.text[sentence.start : sentence.end]
        if sentence.heading != self.heading:
            self.heading, self.earlier, self.after_disease = sentence.heading, (), False
        registration = self.kind == REGISTRATION
        if background.outright(words, sentence.heading, registration=registration):
            return []
        clauses = clauses_of(self.text, sentence.start, sentence.end)
        named = [subjects.governing(self.text, c, mentions, self.vocabulary) for c in clauses]
        if not any(named) and background.about_disease(words, after_disease=self.after_disease):
            self.earlier, self.after_disease = (), True
            return []
        self.after_disease = False
        own = _main_subjects(clauses, named)
        main = own or self._referred(words, sentence)
        self.earlier = (main, *self.earlier[:2])
        found = self._found(words, clauses, named, main, mentions)
        if registration:
            found = _of_registration(words, sentence, found, main)
        if not self._is_claim(words, found, main):
            return []
        return self._build(sentence, clauses, found, mentions)

    def _referred(self, words: str, sentence: Sentence) -> tuple[Referent, ...]:
        context = Context(
            self.earlier,
            self.heading_subjects.get(sentence.heading, ()),
            self.document_subjects,
        )
        main = subjects.referred(words, context, self.vocabulary)
        if not main and self.kind in _SINGLE_STUDY and background.in_results(sentence.heading):
            main = tuple(r.referred_to() for r in self.document_subjects)
        from_afar = main and not any(self.earlier)
        if (
            from_afar
            and self.kind not in _SINGLE_STUDY
            and not background.therapeutic(words)
            and not (subjects.refers(words) and len(self.document_subjects) == 1)
        ):
            return ()
        return main

    def _found(
        self,
        words: str,
        clauses: Sequence[Clause],
        named: Sequence[tuple[Referent, ...]],
        main: tuple[Referent, ...],
        mentions: Sequence[Mention],
    ) -> list[Found]:
        found: list[Found] = []
        current = main
        carried = STATED
        for clause, own in zip(clauses, named, strict=True):
            about = self._clause_subjects(clause, own, main, current, mentions)
            if about is None:
                continue
            if clause.role != "relative" and own:
                current = own
            clause_words = self.text[clause.start : clause.end]
            hits = hits_of(self.text, clause, mentions, self.vocabulary)
            research = any(hit.topic == Topic.RESEARCH for hit in hits)
            for hit in hits:
                judged = judge(
                    self._judged_words(clause, hit),
                    hit.start - clause.start,
                    topic=hit.topic,
                    about_research=research,
                )
                if clause.role == "participle" and judged == STATED:
                    judged = carried
                for subject in about or (None,):
                    if hit.topic in _ATTRIBUTES and not self._reaches(clause, hit, subject):
                        continue
                    found.append(Found(subject, hit, clause, judged))
            if clause.role == "main":
                carried = hedged_before(clause_words)
        return found

    def _judged_words(self, clause: Clause, hit: Hit) -> str:
        """The words that bear on a hit: a status before its noun is not hedged by the predicate."""
        words = self.text[clause.start : clause.end]
        verb = finite_verb(words, 0, len(words))
        is_attribute = _ATTRIBUTE.fullmatch(self.text[hit.start : hit.end])
        if hit.topic == Topic.STATUS and is_attribute and verb:
            if hit.end - clause.start <= verb.start():
                return words[: verb.start()]
        return words

    def _clause_subjects(
        self,
        clause: Clause,
        own: tuple[Referent, ...],
        main: tuple[Referent, ...],
        current: tuple[Referent, ...],
        mentions: Sequence[Mention],
    ) -> tuple[Referent, ...] | None:
        """The clause's subjects; None for a relative clause about something else."""
        if clause.role != "relative":
            return own or current
        before = self.text[max(0, clause.start - 40) : clause.start].rstrip(" ,\n")
        near = clause.start - (
            len(self.text[max(0, clause.start - 40) : clause.start]) - len(before)
        )
        for mention in reversed(mentions):
            if mention.kind == "therapy" and mention.end <= near:
                gap = self.text[mention.end : near]
                if gap.strip() and not re.fullmatch(r"\s*\([^)]*\)", gap):
                    break
                if any(r.name == mention.canonical for r in current):
                    return current
                return (Referent(mention.canonical, "therapy", mention.start, mention.end),)
        return own or None

    def _reaches(self, clause: Clause, hit: Hit, subject: Referent | None) -> bool:
        """Whether an attribute within a list of names reaches this member of it.

        "The approved A and B, but also experimental C": each status holds up to the next; "A, or
        oral agents like B": the route is said of B alone.
        """
        if subject is None or not clause.start <= subject.start < clause.end or subject.antecedent:
            return True
        words = self.text[clause.start : clause.end]
        after = self.text[hit.end : clause.end]
        if subject.end <= hit.start and _INTRODUCES.match(after):
            return False
        if hit.topic != Topic.STATUS:
            return True
        own = self._status_words(words, subject.start - clause.start)
        return any(True for _ in status_cues(own))

    def _status_words(self, words: str, at: int) -> str:
        verb = finite_verb(words, 0, len(words))
        head_end = verb.start() if verb and verb.start() > at else len(words)
        cuts = [m.start() for m in status_cues(words[:head_end])]
        cuts += [m.start() for m in _ALTERNATIVE.finditer(words[:head_end])]
        bounds = sorted({0, *cuts, head_end})
        for start, end in zip(bounds, bounds[1:], strict=False):
            if start <= at < end:
                kept = words[start:end] if len(cuts) > 1 else words[:head_end]
                return kept + words[head_end:]
        return words

    def _is_claim(
        self,
        words: str,
        found: Sequence[Found],
        main: tuple[Referent, ...],
    ) -> bool:
        if not found:
            return False
        topics = {f.hit.topic for f in found}
        by_mention = any(f.hit.mention for f in found)
        thin = topics <= {Topic.INDICATION, Topic.OUTCOME, Topic.LIMITATION}
        if background.vague(words) and thin and not by_mention:
            return False
        if main:
            return True
        if topics & {Topic.RESEARCH, Topic.LIMITATION}:
            return bool(_STUDIED.search(words)) or subjects.refers(words)
        return background.names_treatment(words) and topics != {Topic.INDICATION}

    def _build(
        self,
        sentence: Sentence,
        clauses: Sequence[Clause],
        found: Sequence[Found],
        mentions: Sequence[Mention],
    ) -> list[ProposedClaim]:
        built: list[ProposedClaim] = []
        for subject in _in_order(f.subject for f in found):
            of_subject = [f for f in found if f.subject == subject]
            for topic in _in_order(f.hit.topic for f in of_subject):
                of_topic = [f for f in of_subject if f.hit.topic == topic]
                for group in self._groups(topic, of_topic):
                    built.append(self._claim(sentence, group, mentions))
        built.extend(self._further_mechanisms(sentence, found, built))
        return built

    def _groups(self, topic: str, found: list[Found]) -> Iterator[list[Found]]:
        """One group a claim: by outcome where results for several outcomes are listed."""
        results: dict[str, list[Found]] = {}
        if topic in _OUTCOMES:
            for item in found:
                if item.hit.mention and self._direction(item):
                    results.setdefault(item.hit.mention.canonical, []).append(item)
        aims = any(re.search(r"aim|goal|seek|hope", f.judged.cue, re.I) for f in found)
        named = [f for f in found if f.hit.mention]
        if topic in _OUTCOMES and len({f.judged.certainty for f in named}) > 1:
            results = {}
            for item in named:
                results.setdefault(_name(item), []).append(item)
        if len(results) > 1 and not aims:
            yield from results.values()
        else:
            yield found

    def _claim(
        self, sentence: Sentence, group: list[Found], mentions: Sequence[Mention]
    ) -> ProposedClaim:
        chief = min(
            group,
            key=lambda f: (
                _RANK[f.clause.role],
                _STRENGTH[Certainty(f.judged.certainty)],
                f.hit.mention is None,
                f.hit.start,
            ),
        )
        subject = chief.subject
        if subject is None:
            subject = self._mechanism_subject(chief, mentions)
        return ProposedClaim(
            subject=subject.name if subject else None,
            subject_kind=subject.kind if subject else None,
            topic=chief.hit.topic,
            certainty=chief.judged.certainty,
            start=sentence.start,
            end=sentence.end,
            exact=self.text[sentence.start : sentence.end],
            values=self._values(chief, group, mentions),
            antecedent=subject.antecedent if subject else None,
            why=self._why(chief, subject),
        )

    def _mechanism_subject(self, chief: Found, mentions: Sequence[Mention]) -> Referent | None:
        """What studies of a process give is about that process when no therapy is named."""
        if chief.hit.topic != Topic.LIMITATION:
            return None
        for mention in mentions:
            if mention.kind == "mechanism":
                return Referent(mention.canonical, "mechanism", mention.start, mention.end)
        return None

    def _further_mechanisms(
        self, sentence: Sentence, found: Sequence[Found], built: list[ProposedClaim]
    ) -> Iterator[ProposedClaim]:
        """A claim about each further mechanism of the sentence; a claim holds only one as value."""
        named = {c.values.mechanism for c in built}
        for claim in built:
            if claim.topic != Topic.MECHANISM or not claim.values.mechanism:
                continue
            for item in found:
                mention = item.hit.mention
                if mention is None or mention.kind != "mechanism" or mention.canonical in named:
                    continue
                if len(named) > _MOST_MECHANISMS:
                    return
                named.add(mention.canonical)
                yield replace(
                    claim,
                    subject=mention.canonical,
                    subject_kind="mechanism",
                    certainty=item.judged.certainty,
                    values=ClaimValues(courses=claim.values.courses),
                    antecedent=None,
                    why="The sentence names this mechanism. " + self._why(item, item.subject),
                )

    def _values(self, chief: Found, group: list[Found], mentions: Sequence[Mention]) -> ClaimValues:
        topic, clause = chief.hit.topic, chief.clause
        words = self.text[clause.start : clause.end]
        filled = ClaimValues(
            courses=values.courses_of(self.text, clause, mentions, self.vocabulary)
        )
        if topic == Topic.ADMINISTRATION:
            return replace(filled, route=values.route_of(words) if not _BAN.search(words) else "")
        if topic == Topic.STATUS:
            if chief.subject and clause.start <= chief.subject.start < clause.end:
                words = self._status_words(words, chief.subject.start - clause.start)
            status = values.status_of(words, chief.judged.certainty)
            return replace(
                filled,
                status=status,
                jurisdiction=values.jurisdiction_of(words) if status else "",
                status_date=values.status_date_of(words) if status else "",
            )
        if topic in _OUTCOMES:
            return self._outcome_values(filled, chief, group, mentions)
        if topic == Topic.MECHANISM:
            chiefly = chief.hit.mention or next(
                (
                    f.hit.mention
                    for f in group
                    if f.hit.mention and f.judged.certainty == chief.judged.certainty
                ),
                None,
            )
            return replace(filled, mechanism=chiefly.canonical if chiefly else "")
        return filled

    def _outcome_values(
        self, filled: ClaimValues, chief: Found, group: list[Found], mentions: Sequence[Mention]
    ) -> ClaimValues:
        clause = chief.clause
        compared = subjects.compared(self.text, clause, mentions)
        filled = replace(filled, comparator=values.comparator_of(self.text, clause, compared))
        if chief.hit.mention is None:
            alike = [
                f for f in group if f.hit.mention and f.judged.certainty == chief.judged.certainty
            ]
            chief = alike[0] if alike else chief
        named, clause = chief.hit.mention, chief.clause
        if named is None:
            return filled
        following = [
            m.start for m in mentions if m.kind == "outcome" and named.end <= m.start < clause.end
        ]
        return replace(
            filled,
            outcome=named.canonical,
            direction=self._direction(chief),
            effect=values.effect_of(
                self.text, clause.start, named.start, named.end, min(following, default=clause.end)
            ),
        )

    def _direction(self, item: Found) -> str:
        if item.hit.mention is None:
            return ""
        entry = self.vocabulary.outcome(item.hit.mention.canonical)
        return values.direction_of(
            self.text[item.clause.start : item.clause.end],
            item.hit.start - item.clause.start,
            item.hit.end - item.clause.start,
            entry.good if entry else "",
            item.judged.certainty,
            harm=item.hit.topic == Topic.SAFETY and bool(entry and entry.good == "less"),
        )

    def _why(self, chief: Found, subject: Referent | None) -> str:
        cue = (
            f"“{chief.judged.cue.strip()}” ({chief.judged.certainty}) and "
            if chief.judged.cue
            else ""
        )
        topic_words = " ".join(self.text[chief.hit.start : chief.hit.end].split())
        said = f"Says {cue}“{topic_words}” ({chief.hit.topic})"
        if subject is None:
            return f"{said}; the text leaves open of what."
        name = " ".join(self.text[subject.start : subject.end].split())
        return f"{said} of “{name}”{', named before' if subject.antecedent else ''}."


def _main_subjects(
    clauses: Sequence[Clause], named: Sequence[tuple[Referent, ...]]
) -> tuple[Referent, ...]:
    for clause, own in zip(clauses, named, strict=True):
        if own and clause.role != "relative":
            return own
    return next((own for own in named if own), ())


def _name(item: Found) -> str:
    return item.hit.mention.canonical if item.hit.mention else ""


def _of_registration(
    words: str, sentence: Sentence, found: list[Found], main: tuple[Referent, ...]
) -> list[Found]:
    """What a registration says: status and design; results only of the studies before it."""
    if _EARLIER_EVIDENCE.search(words):
        return [f for f in found if f.hit.topic in _RESULTS]
    kept = [f for f in found if f.hit.topic in {Topic.STATUS, Topic.RESEARCH}]
    design = _DESIGN.search(words)
    if design is None:
        return kept
    whole = Clause(sentence.start, sentence.end, "main")
    hit = Hit(Topic.RESEARCH, sentence.start + design.start(), sentence.start + design.end())
    judged = judge(words, design.start(), about_research=True)
    return [*kept, *(Found(subject, hit, whole, judged) for subject in main or (None,))]


def _in_order(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
