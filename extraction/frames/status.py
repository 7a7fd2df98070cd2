"""Where a treatment stands with regulators and in trials: a decision and who decided."""

import re
from collections.abc import Iterator, Sequence

from extraction.codes import Certainty, Status, Topic
from extraction.frames import nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import TREATMENT, lemmas
from extraction.frames.subjects import Credit, alone_in, of_nouns, of_subjects, only_named
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token, any_of
from extraction.types import ClaimValues

_VERBS = {
    verb: status
    for status, verbs in (
        (Status.LICENSED, "approve license licence authorise authorize clear back endorse"),
        (Status.REFUSED, "refuse reject decline deny turn"),
        (Status.WITHDRAWN, "withdraw pull revoke remove recall"),
        (Status.SUSPENDED, "suspend halt discontinue terminate stop pause abandon"),
        ("", "submit file accept review fund reimburse restrict widen extend expand broaden lift"),
        ("", "update resubmit launch market"),
    )
    for verb in verbs.split()
}
"""What a verb decides of a medicine or its papers."""
_NOUNS = {
    noun: status
    for status, nouns_ in (
        (Status.LICENSED, "approval authorisation authorization licence license clearance nod"),
        (Status.REFUSED, "rejection refusal"),
        ("", "opinion letter designation review hold status indication suspension recall"),
    )
    for noun in nouns_.split()
}
"""What is decided where the noun tells it, and the verb only that it was."""
_APPLICATIONS = lemmas("application request bid submission filing")
_PAPERS = _APPLICATIONS | lemmas(
    "label indication use marketing licence license authorisation authorization approval"
)
_GRANTING = lemmas(
    "receive gain win get obtain secure grant have give hold earn issue adopt place put impose "
    "lift remove lose revoke suspend await seek request recommend expect send fail confirm "
    "maintain uphold"
)
_URGING = lemmas("recommend advise demand urge request call want support favour favor vote")
_STOPPABLE = lemmas("development marketing programme program dosing sale enrolment enrollment")
_PLANS = lemmas("study trial protocol plan")
_ASKING = lemmas("await seek request recommend expect")
_TESTED = lemmas("test study investigate evaluate assess trial examine explore develop")
_TRIALS = lemmas("trial study phase testing investigation evaluation development")
_RUNNING = lemmas("recruit continue enrol enroll")
_BEING = lemmas("be remain become")
_NOT_DOING = lemmas("stop decline refuse")
_DEVELOPING = lemmas("develop test study sell market make approve license authorise authorize")
_TO_COME = lemmas("will would shall")
_WIDELY = lemmas("widely commonly routinely extensively")
_PRODUCT_USE = lemmas("practice ms use combination clinic treatment asthma")

_REGULATORS = (
    r"FDA|EMA|MHRA|TGA|PMDA|Swissmedic|NMPA|ANVISA|CHMP|Health Canada|Medsafe|European Commission"
    r"|(?:US |U\.S\. )?Food and Drug Administration|European Medicines Agency"
)
_NAMED = re.compile(rf"\b(?:{_REGULATORS})\b")
_REGULATOR = re.compile(
    rf"\b(?:{_REGULATORS}|[Rr]egulators?|[Tt]he\s+agency|(?:drugs?|medicines?|regulatory)\s+agenc(?:y|ies)"
    r"|(?:(?:regulatory|competent|health)\s+)?[Aa]uthorit(?:y|ies))\b"
)
_PAYER = re.compile(
    r"\b(?:NICE|NHS|SMC|HAS|G-BA|PBAC|ICER|CADTH|health\s+service|insurers?|Medicare|payers?"
    r"|Scottish\s+Medicines\s+Consortium|National\s+Institute\s+for\s+Health|reimburse\w*"
    r"|advisory\s+(?:body|committee|panel))\b"
)
_PLACE = re.compile(
    r"\b(?:[Ii]n|by)\s+(?:the\s+)?(United States|USA|US|U\.S\.|European Union|EU|UK|United Kingdom"
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
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_DATE = re.compile(
    r"\b(?:in|on|since)\s+(?:\d\d?\s+)?(?:(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+)?"
    r"(?:\d\d?,?\s+)?((?:19|20)\d\d)\b",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HOLD = re.compile(r"\b(?:clinical|partial)\s+(?:clinical\s+)?hold\b|\bon\s+hold\b", re.I)
_APPROVED = re.compile(r"(?:^|-)(un)?(?:approved|licen[sc]ed|authori[sz]ed)$")


def _decision(
    clause: Clause, who: Credit, status: str, *words: Token, surety: Surety | None = None
) -> Iterator[Found]:
    """The status, by whom and when; what a payer says or somebody awaits gives none."""
    said, sure = clause.said, surety or surety_of(clause)
    urging = _urging(clause)
    advised = urging is not None and urging.lemma == "recommend" and _REGULATOR.search(urging.said)
    if advised:
        status = ""  # that it recommends is stated; what will be is not known
    elif urging is not None and sure.certainty == Certainty.STATED:
        sure = Surety(Certainty.HEDGED, urging.predicate.text)
    will = [t for t in clause.tree.children(clause.predicate, "aux") if any_of([t], _TO_COME)]
    if will and sure.certainty == Certainty.STATED:
        sure = Surety(Certainty.HEDGED, will[0].text)
    if status == Status.LICENSED and sure.certainty == Certainty.NEGATED and sure.settled:
        status = Status.NOT_LICENSED
    elif sure.certainty != Certainty.STATED or (
        status == Status.LICENSED
        and not _by_nobody(clause)
        and not any(p.search(said) for p in (_REGULATOR, _PLACE, _MARKET))
    ):
        status = ""
    values = ClaimValues()
    if status and (_REGULATOR.search(said) or not _PAYER.search(said)):
        where = ", ".join(dict.fromkeys(_NAMED.findall(said) or _PLACE.findall(said)[:1]))
        when = "" if status == Status.NOT_LICENSED else _date(said)
        values = ClaimValues(status=status, jurisdiction=where, status_date=when)
    if who:
        yield Found(Topic.STATUS, sure, who, clause, values, words)


def _urging(clause: Clause) -> Clause | None:
    """The clause that asks for the decision: "recommended that A be suspended and recalled"."""
    at = clause
    while at.predicate.dep == "conj" and at.above is not None:
        at = at.above
    urged = at.role == "complement" and at.above is not None and at.above.lemma in _URGING
    return at.above if urged else None


def _by_nobody(clause: Clause) -> bool:
    """ "A has been approved": without a word of whose decision it was, it is a regulator's."""
    behind = clause.after("by", "for", "in", "at", "as", "with")
    return clause.passive and all(
        any(_YEAR.search(word.text) for word in clause.tree.below(thing)) for thing in behind
    )


def _date(said: str) -> str:
    """The one date that is told, as a year or a month."""
    found = _DATE.search(said)
    if found is None or len(set(_YEAR.findall(said))) > 1:
        return ""
    month, year = found.groups()
    return f"{year}-{_MONTHS.index(month[:3].lower()) // 3 + 1:02}" if month else year


def _decided_on(clause: Clause) -> tuple[Token, ...]:
    """What a verb is done to; "stopped developing A" and "declined to approve A" are done to A."""
    if clause.passive:
        return clause.subjects
    tree = clause.tree
    inner = tree.children(clause.predicate, "xcomp") if clause.lemma in _NOT_DOING else ()
    things = [
        t for verb in inner if any_of([verb], _DEVELOPING) for t in tree.children(verb, "dobj")
    ]
    return clause.objects or tuple(things)


def _whom(clause: Clause, scene: Scene, things: Sequence[Token], *, named: bool) -> Credit:
    """Of whom these are: named or pointed at in them, else the one that the clause names."""
    found = of_nouns(clause, things, scene.context)
    if found.who or not named or any(nouns.looks_coded(t.text) for t in clause.own):
        return found
    found = only_named(clause) or of_subjects(clause, scene.context)
    found = found if found.who else alone_in(clause) or found
    sole = scene.context.only and _REGULATOR.search(clause.said)
    return found or (Credit(scene.context.given) if sole else found)


@construction(
    "regulator decides",
    reads="Ocrelizumab was approved by the FDA in 2017.",
    leaves="The study of ocrelizumab was approved by the ethics committee.",
)
def decided(clause: Clause, scene: Scene) -> Iterator[Found]:
    status, things = _VERBS.get(clause.lemma), _decided_on(clause)
    by_people = not clause.passive and (
        clause.is_imperative or any(nouns.is_people(s) or s.tag == "PRP" for s in clause.subjects)
    )
    if clause.role == "complement" and clause.above and clause.above.lemma in _NOT_DOING:
        return
    if status is None or by_people or (clause.lemma == "turn" and not clause.has("down")):
        return
    paper, work = any_of(things, _PAPERS), any_of(things, _STOPPABLE)
    if any(nouns.is_people(t) for t in things) or any_of(things, _NOUNS.keys() - _PAPERS):
        return
    if status == Status.SUSPENDED:
        given_to = any(nouns.is_people(t) for t in clause.after("in", "for"))
        stops_developing = not clause.passive and not clause.objects
        suspended = clause.lemma == "suspend" and not given_to
        if clause.is_rule and not _REGULATOR.search(clause.said):
            return  # "dosing must be suspended" is a rule of giving
        allowed = work or paper or suspended or stops_developing
    elif status == Status.WITHDRAWN:
        allowed = paper or bool(_OFF_MARKET.search(clause.said))
        status = "" if any_of(things, _APPLICATIONS) else status
        things = things or clause.subjects
    elif status:
        allowed = not any_of(things, _PLANS)
    else:
        allowed = paper or bool(_REGULATOR.search(clause.said) or _PAYER.search(clause.said))
    if allowed:
        who = _whom(clause, scene, things, named=paper or work)
        yield from _decision(clause, who, status, clause.predicate)


@construction(
    "decision is given",
    reads="Sanofi received a complete response letter from the FDA for tolebrutinib.",
    leaves="Siponimod received attention from the press.",
)
def given(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _GRANTING and clause.lemma != "be":
        return
    hold = bool(_HOLD.search(clause.said))
    things = (*clause.subjects, *clause.objects, *clause.after("on", "under"))
    told = [t for t in things if t.lemma.lower() in _NOUNS and (hold or t.lemma != "hold")]
    if any_of(told, {"suspension", "recall"}) and not _REGULATOR.search(clause.said):
        return
    if not told or (clause.lemma == "be" and not hold):
        return
    status, sure = _told_by(clause, told[0]), surety_of(clause)
    denied = denied_noun(clause, told[0])
    if status == Status.LICENSED and clause.lemma in {"lose", "revoke"}:
        status = Status.WITHDRAWN
    if clause.lemma in _ASKING | {"lift", "remove"}:
        status = ""
    if denied:
        sure = Surety(Certainty.NEGATED, denied)
    elif clause.lemma in _ASKING - {"recommend"}:
        sure = Surety(Certainty.HEDGED, clause.predicate.text)
    who = of_nouns(clause, _behind(clause, *told, clause.predicate), scene.context)
    who = who if who.who else _whom(clause, scene, clause.subjects, named=True)
    yield from _decision(clause, who, status, clause.predicate, told[0], surety=sure)


def _told_by(clause: Clause, noun: Token) -> str:
    words = clause.parsed.words([t for t in clause.tree.below(noun) if t.i <= noun.i]).lower()
    if noun.lemma.lower() == "hold":
        return Status.ON_HOLD
    refused = "negative opinion" in words or "complete response letter" in words
    return Status.REFUSED if refused else _NOUNS[noun.lemma.lower()]


def _behind(clause: Clause, *heads: Token) -> list[Token]:
    """What a decision is on: behind "for", "of", "to" or "on"."""
    return [
        thing
        for head in heads
        for prep in clause.tree.children(head, "prep", "dative")
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
    complement = (clause.complement,) if clause.complement else ()
    for thing in (*complement, *clause.objects) if clause.lemma in _BEING else ():
        words = {t.text.lower() for t in (thing, *clause.tree.children(thing, "amod"))}
        approved, surety = _APPROVED.search(thing.text.lower()), None
        if words & {"experimental", "investigational"}:
            status: str = Status.EXPERIMENTAL
        elif approved:
            status = Status.LICENSED
            surety = Surety(Certainty.NEGATED, thing.text) if approved.group(1) else None
        elif "off-label" in words or ("available" in words and not any_of([thing], TREATMENT)):
            status = Status.OFF_LABEL if "off-label" in words else ""
        else:
            continue
        who = of_subjects(clause, scene.context)
        yield from _decision(clause, who, status, thing, surety=surety)


@construction(
    "in trials",
    reads="Tolebrutinib is in phase 3 trials.",
    leaves="Tolebrutinib reduced relapses in a phase 3 trial.",
)
def in_trials(clause: Clause, scene: Scene) -> Iterator[Found]:
    who = of_subjects(clause, scene.context)
    entered = clause.lemma in {"enter", "undergo"}
    if who.who and (clause.lemma in _BEING or entered) and clause.complement is None:
        places = clause.after("in", "under") + (clause.objects if entered else ())
        for place in [t for t in places if t.lemma.lower() in _TRIALS][:1]:
            tried = any_of([place], {"trial", "phase", "testing"})
            status = Status.IN_TRIALS if tried else Status.EXPERIMENTAL
            yield from _decision(clause, who, status, clause.predicate, place)
    elif clause.lemma in _TESTED and clause.passive:
        words = {t.text.lower() for t in clause.tree.children(clause.predicate)}
        if "being" in words and words & {"is", "are", "'s", "'re"}:
            yield from _decision(clause, who, Status.IN_TRIALS, clause.predicate)


@construction(
    "trials go on",
    reads="Clinical trials of CAR T-cell therapy are ongoing.",
    leaves="Clinical trials of CAR T-cell therapy are expensive.",
)
def trials_go_on(clause: Clause, scene: Scene) -> Iterator[Found]:
    on = clause.lemma == "be" and clause.has("ongoing", "underway", "way")
    running = clause.lemma in _RUNNING and all(nouns.is_people(t) for t in clause.objects)
    if (on or running) and any_of(clause.subjects, lemmas("trial study research")):
        yield from _decision(clause, only_named(clause), Status.IN_TRIALS, clause.subjects[0])


@construction(
    "in use",
    reads="Interferon beta is widely used in relapsing MS.",
    leaves="Simvastatin, a commonly used cholesterol drug, did not slow disability.",
)
def in_use(clause: Clause, scene: Scene) -> Iterator[Found]:
    used = clause.lemma in {"use", "prescribe"} and clause.passive and clause.role != "participle"
    widely = any_of(clause.tree.children(clause.predicate, "advmod"), _WIDELY)
    in_wide_use = clause.lemma == "be" and any_of(clause.after("in"), {"use"})
    status: str = Status.IN_USE
    if used and re.search(r"\boff[-\s]label\b", clause.said, re.I):
        status = Status.OFF_LABEL
    elif not (in_wide_use or (used and widely and not _other_use(clause))):
        return
    yield from _decision(clause, of_subjects(clause, scene.context), status, clause.predicate)


def _other_use(clause: Clause) -> bool:
    """Whether it is used for something that is not MS."""
    named = any(clause.parsed.named(t, "course") for t in clause.own)
    things = () if named else clause.after("for", "in", "as")
    other = re.search(r"\b(?:for|in|to)\s+(?:other|another)\b", clause.said)
    return bool(other) or any(t.lemma.lower() not in _PRODUCT_USE for t in things)


CONSTRUCTIONS: tuple[Construction, ...] = (decided, given, is_so, in_trials, trials_go_on, in_use)
