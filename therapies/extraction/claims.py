"""Sentences to proposed claims: reads in order and remembers what pronouns can refer to."""

import re
from collections.abc import Mapping, Sequence

from sources.reading.types import Reading, Sentence
from therapies.choices import Topic
from therapies.extraction import background, reference, subjects
from therapies.extraction.attribution import Found, Referents, attribute, main_subjects
from therapies.extraction.certainty import judge
from therapies.extraction.clauses import Clause, clauses_of, finite_verb
from therapies.extraction.proposing import Proposer
from therapies.extraction.topics import Hit
from therapies.extraction.types import Mention, ProposedClaim
from therapies.vocabulary import Vocabulary

_REGISTRATION = "trial-registration"
_SINGLE_STUDY = {"trial-report", _REGISTRATION, "label"}
"""Kinds of document that speak of their title's therapy unless they say otherwise."""
_ARTICLES = {"trial-report", "journal-article", "journal-review"}
_RESULTS = {Topic.OUTCOME, Topic.SAFETY, Topic.MECHANISM, Topic.STATUS}
_THIN = {Topic.INDICATION, Topic.OUTCOME, Topic.LIMITATION, Topic.ADMINISTRATION}
_EARLIER_EVIDENCE = re.compile(
    r"\b(?:as per|according to) the [\w-]+ (?:study|trial)\b"
    r"|\b(?:previously (?:been )?(?:shown|demonstrated|reported|found|tested)|pilot (?:study|trial)"
    r"|(?:has|have) (?:\w+ly )?(?:been )?(?:shown|demonstrated|proven)"
    r"|(?:studies|trials?|study|evidence|data|research) (?:has |have )?(?:showed|shown|shows?"
    r"|demonstrate[sd]?|suggest(?:s|ed)?|indicate[sd]?|found|revealed)|(?:was|were"
    r"|been) (?:reported"
    r"|found|shown) to(?: be)?)\b",
    re.I,
)
_DESIGN = re.compile(
    r"\b(?:investigat\w+|compar\w+|evaluat\w+|randomi[sz]\w+|placebo|double-?blind\w*|open-?label"
    r"|phase|determine|assess(?:es|ing)?|establish|explore|examine|proposal|efficacy|effectiveness"
    r"|hypothes\w+|(?:purpose|aims?|goals?|objectives?)\b(?=[^.]{0,60}\b(?:stud|trial|is|are"
    r"|was)))\b",
    re.I,
)
_WEAK_DESIGN = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|treated with|receiv\w+|test(?:ed|s)?|administered)\b", re.I
)
"""Words of a design only where the sentence names the treatment."""
_LOGISTICS = re.compile(
    r"\b(?:visits?|questionnaires?|consent\w*|recruit\w*|enrol\w*|eligib\w*|excluded|inclusion"
    r"|exclusion|screen\w*|blood (?:samples?|draws?|collection)|samples? (?:will|were)|saliva"
    r"|phone|mailed|telephone|will last|duration of the study|MRI scans? will|drop(?:ped)? out"
    r"|remain on|hospital admission|sample size|informed)\b",
    re.I,
)
"""How a study is run, not what it tests."""
_PURPOSE = re.compile(
    r"\b(?:purpose|aims?|goals?|objectives?|hypothes\w+|compar(?:e|ed|es|ing)|efficacy"
    r"|effectiveness"
    r"|randomi[sz]ed|randomly|double-?blind|open-?label|phase)\b|^\W*to (?:determine|evaluate"
    r"|assess"
    r"|investigate|compare|examine)\b",
    re.I,
)
_PLANNED = re.compile(
    r"^[^A-Z\d(]*[a-z]|\b(?:[Ww]ill|[Ww]ould|shall|is to|are to|planned|propos\w+|anticipat\w+"
    r"|expect\w*|participants?|subjects|cohorts?|arms?|[Ee]nd-?points?|[Oo]utcome measures?|[Ww]e"
    r"|[Tt]h(?:is|e present|e current) (?:\w+ )?(?:study|trial|project|research)|medication was"
    r"|[Kk]nown allergy)\b"
)
"""What is to be done or found, and to whom, or half a sentence: nothing known already."""
_INTENDED = re.compile(
    r"\b(?:designed|intended|aims?|seeks?|proposes?|plans?|hopes?) to\b|\bwe (?:will|propose)\b"
    r"|\b(?:purpose|goals?|objectives?|aims?) (?:of|is|are|was)\b",
    re.I,
)
_DRUG_REFERRED = re.compile(
    r"\b(?:th(?:is|ese|e)) (?:drugs?|medications?|medicines?|agents?|antibod(?:y|ies))\b", re.I
)
_KNOWN = {*_RESULTS, Topic.INDICATION, Topic.LIMITATION}
_PICO = re.compile(r"\W*[PICOTS]:\s")
"""The parts of a review's question: population, intervention, comparison, outcome."""
_RUN_IN_LONGEST, _OPENING = 60, 12
"""Code points of a name that stands as a sentence, and of what may stand before it."""
_STATED_PURPOSE = re.compile(
    r"\b(?:purpose|aims?|goals?|objectives?|hypothesis)\b[^.]{0,60}\b(?:is|are|was|were|study|trial)\b"
    r"|\bstudy aims\b|^\W*to (?:determine|evaluate|assess|investigate|compare|examine)\b",
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
    reader = _Reader(reading, vocabulary, heading_subjects, document_subjects)
    reader.of_therapy = any(m.kind == "therapy" for m in mentions)
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
    ) -> None:
        self.text = reading.text
        self.kind = reading.metadata.kind
        self.vocabulary = vocabulary
        self.heading_subjects = heading_subjects
        self.document_subjects = document_subjects
        self.earlier: tuple[Referents, ...] = ()
        self.heading = ""
        self.after_disease = False
        self.of_therapy = True
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
        found = attribute(self.text, clauses, named, main, mentions, self.vocabulary)
        if registration:
            found = _of_registration(words, sentence, found, main)
            if not self.of_therapy and not _says_something_here(words):
                return []
        if not _is_claim(words, found, main):
            return []
        return Proposer(self.text, sentence, mentions, self.vocabulary).claims(found)

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
        context = reference.Context(self.earlier, heading, self.document_subjects)
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


def _is_claim(words: str, found: Sequence[Found], main: Referents) -> bool:
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


def _of_registration(
    words: str, sentence: Sentence, found: list[Found], main: Referents
) -> list[Found]:
    """What a registration says: status and design; else only what was known before the study."""
    if _EARLIER_EVIDENCE.search(words) and not _INTENDED.search(words):
        return [f for f in found if f.hit.topic in _RESULTS and _pointed_at(words, f)]
    kept = [f for f in found if f.hit.topic in {Topic.STATUS, Topic.RESEARCH}]
    named = any(not r.antecedent for r in main)
    design = _DESIGN.search(words) or (_WEAK_DESIGN.search(words) if named else None)
    if _LOGISTICS.search(words) and not _PURPOSE.search(words):
        return kept if design else []
    if design is None:
        return [] if _PLANNED.search(words) else [f for f in found if _known(words, f)]
    whole = Clause(sentence.start, sentence.end, "main")
    hit = Hit(Topic.RESEARCH, sentence.start + design.start(), sentence.start + design.end())
    judged = judge(words, design.start(), about_research=True)
    return [*kept, *(Found(subject, hit, whole, judged) for subject in main or (None,))]


def _says_something_here(words: str) -> bool:
    """What a study of no named therapy says to readers of therapies: its purpose, no more."""
    return background.names_treatment(words) or bool(_STATED_PURPOSE.search(words))


def _known(words: str, found: Found) -> bool:
    """Whether a registration tells what is known of a therapy that the sentence points at."""
    return found.hit.topic in _KNOWN and found.subject is not None and _pointed_at(words, found)


def _pointed_at(words: str, found: Found) -> bool:
    """By name or as "this drug"; a bare "it" may be a test or a scale of the study."""
    named = found.subject is None or not found.subject.antecedent
    return named or bool(_DRUG_REFERRED.search(words))
