"""Sentences to proposed claims: reads in order and remembers what pronouns can refer to."""

import re
from collections.abc import Mapping, Sequence

from extraction.claims import background, reference, subjects
from extraction.claims.attribution import Attributed, Referents, attribute, main_subjects
from extraction.claims.clauses import Clause, clauses_of, finite_verb
from extraction.claims.proposing import Proposer
from extraction.claims.registrations import of_registration, states_purpose
from extraction.codes import Topic
from extraction.names.vocabulary import Vocabulary
from extraction.types import Mention, ProposedClaim, Reading, Sentence

_REGISTRATION = "trial-registration"
_SINGLE_STUDY = {"trial-report", _REGISTRATION, "label"}
"""Kinds of document that speak of their title's therapy unless they say otherwise."""
_ARTICLES = {"trial-report", "journal-article", "journal-review"}
_THIN = {Topic.INDICATION, Topic.OUTCOME, Topic.LIMITATION, Topic.ADMINISTRATION}
_PICO = re.compile(r"\W*[PICOTS]:\s")
"""The parts of a review's question: population, intervention, comparison, outcome."""
_RUN_IN_LONGEST, _OPENING = 60, 12
"""Code points of a name that stands as a sentence, and of what may stand before it."""
_COMPARED = re.compile(
    r"\b(?:compared\s+(?:to|with)|(?:in\s+)?comparison\s+(?:to|with)|versus|vs\.?|relative\s+to|than)"
    r"\s+(?:[\w-]+\s+){0,2}$",
    re.I,
)
_STUDIED = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|research|treatments?|therap\w+|drugs?|MS)\b", re.I
)


def claims_of(
    reading: Reading,
    mentions: Sequence[Mention],
    vocabulary: Vocabulary,
    *,
    heading_subjects: Mapping[str, Referents],
    document_subjects: Referents,
) -> tuple[ProposedClaim, ...]:
    """Every claim of the document in the order of its sentences."""
    of_therapy = any(m.kind == "therapy" for m in mentions)
    reader = _Reader(
        reading, vocabulary, heading_subjects, document_subjects, of_therapy=of_therapy
    )
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    found: list[ProposedClaim] = []
    first = 0
    for sentence in reading.sentences:
        while first < len(ordered) and ordered[first].end <= sentence.start:
            first += 1
        last = first
        while last < len(ordered) and ordered[last].start < sentence.end:
            last += 1
        found.extend(reader.claims(sentence, ordered[first:last]))
    return tuple(found)


class _Reader:
    """Reads sentence after sentence of one document."""

    def __init__(
        self,
        reading: Reading,
        vocabulary: Vocabulary,
        heading_subjects: Mapping[str, Referents],
        document_subjects: Referents,
        *,
        of_therapy: bool,
    ) -> None:
        self.text = reading.text
        self.kind = reading.metadata.kind
        self.vocabulary = vocabulary
        self.heading_subjects = heading_subjects
        self.document_subjects = document_subjects
        self.earlier: tuple[Referents, ...] = ()
        self.heading = ""
        self.after_disease = False
        self.spoken_of = frozenset(r.name for r in document_subjects)
        self.compared: frozenset[str] = frozenset()
        self.of_therapy = of_therapy
        """Whether the document names any therapy; a study of no treatment says little of one."""

    def claims(self, sentence: Sentence, mentions: Sequence[Mention]) -> list[ProposedClaim]:
        words = self.text[sentence.start : sentence.end]
        if sentence.heading != self.heading:
            self.heading, self.earlier, self.after_disease = sentence.heading, (), False
        registration = self.kind == _REGISTRATION
        if background.outright(words, sentence.heading, registration=registration):
            self._run_in_heading(sentence, mentions)
            return []
        if self.kind in _ARTICLES and ":" not in words and not finite_verb(words, 0, len(words)):
            return []  # a cell of a table, a caption, a heading
        if _PICO.match(words):
            return []
        clauses = clauses_of(self.text, sentence.start, sentence.end)
        named = [subjects.governing(self.text, c, mentions, self.vocabulary) for c in clauses]
        if not any(named) and background.about_disease(words, after_disease=self.after_disease):
            self.earlier, self.after_disease = (), True
            return []
        self.after_disease = False
        main = main_subjects(clauses, named) or self._referred(words, sentence)
        self.earlier = (main, *self.earlier[:2])
        self._note_compared(sentence, mentions, main)
        if registration and not self.of_therapy and not states_purpose(words):
            return []
        found = attribute(self.text, clauses, named, main, mentions, self.vocabulary)
        if registration:
            found = of_registration(words, sentence, found, main)
        if not _is_claim(words, found, main):
            return []
        return Proposer(self.text, sentence, mentions, self.vocabulary).claims(found)

    def _note_compared(
        self, sentence: Sentence, mentions: Sequence[Mention], main: Referents
    ) -> None:
        """Names that come up first behind "compared with": nobody has spoken of them before."""
        self.spoken_of |= {r.name for r in main if r.name not in self.compared}
        for mention in mentions:
            before = self.text[max(sentence.start, mention.start - _OPENING * 4) : mention.start]
            if (
                mention.kind == "therapy"
                and mention.canonical not in self.spoken_of
                and _COMPARED.search(before)
            ):
                self.compared |= {mention.canonical}

    def _run_in_heading(self, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        """A name that stands as a sentence of its own ("Cladribine (Mavenclad).") opens a topic."""
        words = self.text[sentence.start : sentence.end]
        if len(words) > _RUN_IN_LONGEST or finite_verb(words, 0, len(words)):
            return
        whole = Clause(sentence.start, sentence.end, "main")
        named = subjects.governing(self.text, whole, mentions, self.vocabulary)
        opens = named and named[0].start - sentence.start <= _OPENING
        if opens:
            self.earlier, self.after_disease = (named,), False

    def _referred(self, words: str, sentence: Sentence) -> Referents:
        """The antecedents of a sentence that names no subject of its own."""
        heading = self.heading_subjects.get(sentence.heading, ())
        context = reference.Context(self.earlier, heading, self.document_subjects, self.compared)
        main = reference.referred(words, context, self.vocabulary)
        single = self.kind in _SINGLE_STUDY
        pointed = reference.refers(words)
        if (
            single
            and background.introduces(sentence.heading)
            and not (pointed and any(self.earlier))
        ):
            return ()
        if single and not pointed and not background.of_this_study(words, sentence.heading):
            return ()
        if single and not pointed and background.relates_factors(words):
            return ()
        if not main and single and background.in_results(sentence.heading):
            return tuple(r.referred_to() for r in self.document_subjects)
        if any(self.earlier) or self.kind in _SINGLE_STUDY or background.therapeutic(words):
            return main
        # From as far as the title only a pronoun for the one therapy of the document reaches.
        one = len(self.document_subjects) == 1
        return main if one and reference.refers(words) else ()


def _is_claim(words: str, found: Sequence[Attributed], main: Referents) -> bool:
    """Whether the sentence says enough of something to be put before an editor."""
    topics = {f.hit.topic for f in found}
    if not topics:
        return False
    if background.vague(words) and topics <= _THIN and not any(f.hit.mention for f in found):
        return False
    if main:
        return True
    if topics & {Topic.RESEARCH, Topic.LIMITATION}:
        return bool(_STUDIED.search(words)) or reference.refers(words)
    return background.names_treatment(words) and topics != {Topic.INDICATION}
