"""Where a treatment stands with regulators and in trials: a decision and who decided."""

import re
from collections.abc import Iterator, Sequence

from extraction.codes import Certainty, Status, Topic
from extraction.frames import nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import TREATMENT, lemmas
from extraction.frames.subjects import Credit, of_nouns, of_subjects, only_named
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_VERBS: dict[str, str] = {
    **dict.fromkeys(lemmas("approve license licence authorise authorize clear back"), "licensed"),
    **dict.fromkeys(lemmas("greenlight endorse"), Status.LICENSED),
    **dict.fromkeys(lemmas("refuse reject decline deny turn"), Status.REFUSED),
    **dict.fromkeys(lemmas("withdraw pull revoke remove recall"), Status.WITHDRAWN),
    **dict.fromkeys(lemmas("suspend halt discontinue terminate stop pause abandon"), "suspended"),
    **dict.fromkeys(lemmas("submit file accept review fund reimburse restrict widen extend"), ""),
    **dict.fromkeys(lemmas("expand broaden lift update resubmit launch market"), ""),
}
"""What a verb decides of a medicine or its papers."""
_NOUNS: dict[str, str] = {
    **dict.fromkeys(lemmas("approval authorisation authorization licence license"), "licensed"),
    **dict.fromkeys(lemmas("clearance nod"), Status.LICENSED),
    **dict.fromkeys(lemmas("rejection refusal"), Status.REFUSED),
    **dict.fromkeys(lemmas("opinion letter designation review hold status indication"), ""),
}
"""What is decided where the noun tells it, and the verb only that it was."""
_PAPERS = lemmas("application request bid submission filing label indication use marketing licence "
                 "license authorisation authorization approval")  # fmt: skip
_GRANTING = lemmas(
    "receive gain win get obtain secure grant have give hold earn issue adopt place put impose "
    "lift remove lose revoke suspend await seek request recommend expect send fail"
)
_STOPPABLE = lemmas(
    "development trial study marketing programme program dosing sale enrolment enrollment"
)
_TESTED = lemmas("test study investigate evaluate assess trial examine explore develop")
_TRIALS = lemmas("trial study phase testing investigation evaluation development")
_WIDELY = lemmas("widely commonly routinely extensively")
_PRODUCT_USE = lemmas("practice ms use combination clinic treatment asthma")

_REGULATORS = (
    r"FDA|EMA|MHRA|TGA|PMDA|Swissmedic|NMPA|ANVISA|CHMP|Health Canada|Medsafe|European Commission"
    r"|(?:US |U\.S\. )?Food and Drug Administration|European Medicines Agency"
)
_NAMED = re.compile(rf"\b(?:{_REGULATORS})\b")
_REGULATOR = re.compile(
    rf"\b(?:{_REGULATORS}|regulators?|(?:drugs?|medicines?|regulatory)\s+agenc(?:y|ies)"
    r"|(?:(?:regulatory|competent|health)\s+)?authorit(?:y|ies))\b"
)
_PAYER = re.compile(
    r"\b(?:NICE|NHS|SMC|HAS|G-BA|PBAC|ICER|CADTH|health\s+service|insurers?|Medicare|payers?"
    r"|Scottish\s+Medicines\s+Consortium|National\s+Institute\s+for\s+Health|reimburse\w*"
    r"|advisory\s+(?:body|committee|panel))\b"
)
_PLACE = re.compile(
    r"\b(?:in|by)\s+(?:the\s+)?(United States|USA|US|U\.S\.|European Union|EU|UK|United Kingdom"
    r"|Europe|Canada|Australia|Japan|Iran|Switzerland|Russia|Sweden|Norway|Denmark|Germany|France"
    r"|Spain|Italy|China|India|Brazil|Israel|Turkey|New Zealand|England|Scotland|Mexico"
    r"|Argentina)\b"
)
_MARKET = re.compile(
    r"\b(?:to\s+treat|for\s+(?:the\s+)?(?:treatment|use|adults?|people|patients|relapsing|multiple"
    r"|MS|RRMS|SPMS|PPMS|primary|secondary|active|highly)|as\s+an?\s+\w+|worldwide|globally"
    r"|indication|in\s+(?:[\w,]+\s+){1,4}countries)\b",
    re.I,
)
_OFF_MARKET = re.compile(
    r"\b(?:market|worldwide|globally|manufacturer|maker|sale|EMA|FDA|company|Biogen|by\s+its)\b"
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DATE = re.compile(
    rf"\b(?:in|on|since)\s+(?:\d\d?\s+)?(?:({'|'.join(_MONTHS)})\s+)?(?:\d\d?,?\s+)?"
    r"((?:19|20)\d\d)\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HOLD = re.compile(r"\b(?:clinical|partial)\s+(?:clinical\s+)?hold\b|\bon\s+hold\b", re.I)
_APPROVED = re.compile(r"(?:^|-)(un)?(?:approved|licen[sc]ed|authori[sz]ed)$")


def _decision(
    clause: Clause, who: Credit, status: str, *words: Token, surety: Surety | None = None
) -> Iterator[Found]:
    """The status, by whom and when; what a payer says or somebody awaits gives none."""
    if not who:
        return
    sure = surety or _awaited(clause) or surety_of(clause)
    payer = _PAYER.search(clause.said) and not _REGULATOR.search(clause.said)
    if status == Status.LICENSED and sure.certainty == Certainty.NEGATED and sure.settled:
        status = Status.NOT_LICENSED
    elif sure.certainty != Certainty.STATED or (
        status == Status.LICENSED
        and not any(p.search(clause.said) for p in (_REGULATOR, _PLACE, _MARKET))
    ):
        status = ""
    values = ClaimValues()
    if status and not payer:
        place = _PLACE.search(clause.said)
        agencies = ", ".join(dict.fromkeys(_NAMED.findall(clause.said)))
        when = "" if status == Status.NOT_LICENSED else _date(clause.said)
        where = agencies or (place.group(1) if place else "")
        values = ClaimValues(status=status, jurisdiction=where, status_date=when)
    yield Found(Topic.STATUS, sure, who, clause, values, words)


def _awaited(clause: Clause) -> Surety | None:
    """What is to come is not yet so."""
    will = [t for t in clause.tree.children(clause.predicate, "aux")
            if t.lemma.lower() in {"will", "would", "shall"}]  # fmt: skip
    stated = surety_of(clause).certainty == Certainty.STATED
    return Surety(Certainty.HEDGED, will[0].text) if will and stated else None


def _date(said: str) -> str:
    """The one date that is told, as a year or a month."""
    found = _DATE.search(said)
    if found is None or len(set(_YEAR.findall(said))) > 1:
        return ""
    month, year = found.groups()
    return f"{year}-{_MONTHS.index(month.lower()) + 1:02}" if month else year


def _decided_on(clause: Clause) -> tuple[Token, ...]:
    """What a verb is done to; "stopped developing A" is done to A."""
    if clause.passive:
        return clause.subjects
    tree = clause.tree
    inner = [t for v in tree.children(clause.predicate, "xcomp") for t in tree.children(v, "dobj")]
    return (*clause.objects, *(inner if clause.lemma == "stop" else ()))


def _whom(clause: Clause, scene: Scene, things: Sequence[Token]) -> Credit:
    """Of whom these are: named or pointed at in them, else the one that the clause names."""
    found = of_nouns(clause, things, scene.context)
    if found.who or any(nouns.looks_coded(t.text) for t in clause.own):
        return found
    papers = any(t.lemma.lower() in _PAPERS | _STOPPABLE | _NOUNS.keys() for t in things)
    return (only_named(clause) or of_subjects(clause, scene.context)) if papers else found


@construction(
    "regulator decides",
    reads="Ocrelizumab was approved by the FDA in 2017.",
    leaves="The study of ocrelizumab was approved by the ethics committee.",
)
def decided(clause: Clause, scene: Scene) -> Iterator[Found]:
    status, things = _VERBS.get(clause.lemma), _decided_on(clause)
    kinds = {t.lemma.lower() for t in things}
    active = not clause.passive and any(nouns.is_people(s) for s in clause.subjects)
    if status is None or active or (clause.lemma == "turn" and not clause.has("down")):
        return
    paper, work = bool(kinds & _PAPERS), bool(kinds & _STOPPABLE)
    if any(nouns.is_people(t) for t in things) or (kinds & _NOUNS.keys()) - _PAPERS:
        return
    if status == Status.SUSPENDED:
        allowed = work or paper or clause.lemma == "suspend" or (things and not clause.objects)
    elif status == Status.WITHDRAWN:
        allowed = paper or bool(_OFF_MARKET.search(clause.said))
        applied = kinds & lemmas("application request bid submission filing")
        status = "" if applied else status
        things = things or clause.subjects
    elif status:
        allowed = not kinds & lemmas("study trial protocol plan")
    else:
        allowed = paper or bool(_REGULATOR.search(clause.said) or _PAYER.search(clause.said))
    if allowed:
        yield from _decision(clause, _whom(clause, scene, things), status, clause.predicate)


@construction(
    "decision is given",
    reads="Sanofi received a complete response letter from the FDA for tolebrutinib.",
    leaves="Siponimod received attention from the press.",
)
def given(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _GRANTING | {"be"}:
        return
    hold = _HOLD.search(clause.said)
    things = (*clause.subjects, *clause.objects, *clause.after("on", "under"))
    told = [t for t in things if t.lemma.lower() in _NOUNS or (hold and t.lemma.lower() == "hold")]
    asked = clause.lemma in lemmas("await seek request recommend expect")
    if not told or (clause.lemma == "be" and not hold):
        return
    status = _told_by(clause, told[0])
    if status == Status.LICENSED and clause.lemma in {"lose", "revoke"}:
        status = Status.WITHDRAWN
    if asked or clause.lemma in {"lift", "remove"}:
        status = ""
    sure, denied = surety_of(clause), denied_noun(clause, told[0])
    if denied:
        sure = Surety(Certainty.NEGATED, denied)
    elif asked and clause.lemma != "recommend":
        sure = Surety(Certainty.HEDGED, clause.predicate.text)
    behind = [n for n in (*told, clause.predicate) for n in _behind(clause, n)]
    who = of_nouns(clause, behind, scene.context)
    who = who if who.who else _whom(clause, scene, clause.subjects)
    if not who.who and not any(nouns.looks_coded(t.text) for t in clause.own):
        who = only_named(clause)
    awaited = _awaited(clause) if sure.certainty == Certainty.STATED else None
    yield from _decision(clause, who, status, clause.predicate, told[0], surety=awaited or sure)


def _told_by(clause: Clause, noun: Token) -> str:
    words = " ".join(t.text.lower() for t in clause.tree.below(noun) if t.i <= noun.i)
    if noun.lemma.lower() == "hold":
        return Status.ON_HOLD
    if "negative opinion" in words or "complete response letter" in words:
        return Status.REFUSED
    return _NOUNS[noun.lemma.lower()]


def _behind(clause: Clause, noun: Token) -> list[Token]:
    """What a decision is on: behind "for", "of", "to" or "on"."""
    return [
        thing
        for prep in clause.tree.children(noun, "prep", "dative")
        if prep.lemma.lower() in {"for", "of", "to", "on"}
        for own in clause.tree.children(prep, "pobj")
        for thing in (own, *_behind(clause, own))
    ]


@construction(
    "is so by law",
    reads="Rituximab remains unlicensed for MS.",
    leaves="Ocrelizumab is compared with approved drugs.",
)
def is_so(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"be", "remain", "become"}:
        return
    who = of_subjects(clause, scene.context)
    for thing in (*([clause.complement] if clause.complement else []), *clause.objects):
        inner = [thing, *clause.tree.children(thing, "amod")]
        words = {t.text.lower() for t in inner}
        approved = _APPROVED.search(thing.text.lower())
        if words & {"experimental", "investigational"}:
            yield from _decision(clause, who, Status.EXPERIMENTAL, thing)
        elif approved:
            un = Surety(Certainty.NEGATED, thing.text) if approved.group(1) else None
            yield from _decision(clause, who, Status.LICENSED, thing, surety=un)
        elif "off-label" in words:
            yield from _decision(clause, who, Status.OFF_LABEL, thing)
        elif "available" in words and thing.lemma.lower() not in TREATMENT:
            yield from _decision(clause, who, "", thing)


@construction(
    "in trials",
    reads="Tolebrutinib is in phase 3 trials.",
    leaves="Tolebrutinib reduced relapses in a phase 3 trial.",
)
def in_trials(clause: Clause, scene: Scene) -> Iterator[Found]:
    who = of_subjects(clause, scene.context)
    auxiliaries = clause.tree.children(clause.predicate, "aux", "auxpass")
    if clause.lemma in {"be", "remain", "enter"} and clause.complement is None:
        places = clause.after("in", "under") + (clause.objects if clause.lemma == "enter" else ())
        for place in [t for t in places if t.lemma.lower() in _TRIALS][:1]:
            tried = place.lemma.lower() in {"trial", "phase", "testing"}
            status = Status.IN_TRIALS if tried else Status.EXPERIMENTAL
            yield from _decision(clause, who, status, clause.predicate, place)
    elif clause.lemma in _TESTED and clause.passive:
        words = {t.text.lower() for t in auxiliaries}
        if "being" in words and words & {"is", "are", "'s", "'re"}:
            yield from _decision(clause, who, Status.IN_TRIALS, clause.predicate)


@construction(
    "trials go on",
    reads="Clinical trials of CAR T-cell therapy are ongoing.",
    leaves="Clinical trials of CAR T-cell therapy are expensive.",
)
def trials_go_on(clause: Clause, scene: Scene) -> Iterator[Found]:
    trials = [s for s in clause.subjects if s.lemma.lower() in lemmas("trial study research")]
    on = clause.has("ongoing", "underway", "way") and clause.lemma == "be"
    running = clause.lemma in lemmas("recruit continue enrol enroll") and all(
        nouns.is_people(t) for t in clause.objects
    )
    if trials and (on or running):
        yield from _decision(clause, only_named(clause), Status.IN_TRIALS, trials[0])


@construction(
    "in use",
    reads="Interferon beta is widely used in relapsing MS.",
    leaves="Simvastatin, a commonly used cholesterol drug, did not slow disability.",
)
def in_use(clause: Clause, scene: Scene) -> Iterator[Found]:
    who = of_subjects(clause, scene.context)
    if clause.lemma == "be":
        wide = tuple(t for t in clause.after("in") if t.lemma.lower() == "use")
        if wide:
            yield from _decision(clause, who, Status.IN_USE, *wide)
    elif clause.lemma in {"use", "prescribe"} and clause.passive and clause.role != "participle":
        adverbs = [t for t in clause.tree.children(clause.predicate, "advmod")
                   if t.lemma.lower() in _WIDELY]  # fmt: skip
        if re.search(r"\boff[-\s]label\b", clause.said, re.I):
            yield from _decision(clause, who, Status.OFF_LABEL, clause.predicate)
        elif adverbs and not _other_use(clause):
            yield from _decision(clause, who, Status.IN_USE, adverbs[0], clause.predicate)


def _other_use(clause: Clause) -> bool:
    """Whether it is used for something that is not MS."""
    if re.search(r"\b(?:for|in|to)\s+(?:other|another)\b", clause.said):
        return True
    named = any(clause.parsed.named(t, "course") for t in clause.own)
    things = clause.after("for", "in", "as")
    return not named and any(t.lemma.lower() not in _PRODUCT_USE for t in things)


CONSTRUCTIONS: tuple[Construction, ...] = (
    decided, given, is_so, in_trials, trials_go_on, in_use
)  # fmt: skip
