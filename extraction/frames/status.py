"""Where a treatment stands with regulators and in trials: a decision verb and who decided."""

import re
from collections.abc import Iterator

from extraction.codes import Certainty, Status, Topic
from extraction.frames import nouns
from extraction.frames.clauses import Clause
from extraction.frames.constructions import Construction, Found, Scene, construction
from extraction.frames.lexicon import lemmas
from extraction.frames.subjects import Credit, credit, of_noun, of_subjects, referent
from extraction.frames.surety import Surety, denied_noun, surety_of
from extraction.parsing.tree import Token
from extraction.types import ClaimValues

_APPROVING = lemmas(
    "approve license licence authorise authorize clear greenlight accept back endorse"
)
_REFUSING = lemmas("refuse reject decline deny turn")
_STOPPING = lemmas("suspend halt discontinue terminate stop pause")
_DEVELOPMENT = lemmas(
    "development trial trials study licence license authorisation authorization marketing "
    "programme program dosing sale enrolment enrollment"
)
_TESTING = lemmas("test study investigate evaluate assess trial examine explore develop")
_REGULATOR = re.compile(
    r"\b(?:FDA|EMA|MHRA|TGA|PMDA|Swissmedic|NMPA|ANVISA|CHMP|Health Canada|(?:US |U\.S\. )?Food and Drug Administration|European Medicines Agency"
    r"|European Commission|Medsafe|regulators?|regulatory\s+(?:agenc(?:y|ies)|authorit(?:y|ies))|drug\s+agenc(?:y|ies)|medicines\s+(?:agenc(?:y|ies)|regulators?)"
    r"|competent\s+authorit(?:y|ies)|(?:health\s+)?authorities)\b"
)
_NAMED_REGULATOR = re.compile(
    r"\b(FDA|EMA|MHRA|TGA|PMDA|Swissmedic|NMPA|ANVISA|CHMP|Health Canada|(?:US |U\.S\. )?Food and Drug Administration|European Medicines Agency|European Commission|Medsafe)\b"
)
_PAYER = re.compile(
    r"\b(?:NICE|NHS|SMC|HAS|G-BA|PBAC|ICER|CADTH|health\s+service|insurers?|Scottish\s+Medicines\s+Consortium|National\s+Institute\s+for\s+Health|Medicare|payers?|reimburse\w*|advisory\s+(?:body|committee|panel))\b"
)
_PLACE = re.compile(
    r"\b(?:in|by)\s+(?:the\s+)?(United States|USA|US|U\.S\.|European Union|EU|UK|United Kingdom|Europe|Canada|Australia|Japan"
    r"|Iran|Switzerland|Russia|Sweden|Norway|Denmark|Germany|France|Spain|Italy|China|India|Brazil"
    r"|Israel|Turkey|New Zealand|England|Scotland|Mexico|Argentina)\b"
)
_YEAR = re.compile(
    r"\b(?:in|on|since)\s+(?:\d{1,2}\s+)?((?:January|February|March|April|May|June|July|August|September|October|November|December)\s+)?(?:\d{1,2},?\s+)?((?:19|20)\d\d)\b"
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_AWAITED = re.compile(
    r"\b(?:await\w*|pending|expected|anticipat\w+|under\s+review|appl(?:y|ied|ication)|fil(?:e|ed|ing)|submi(?:t|tted|ssion)|seek\w*|sought|priority\s+review|hope\w*|plan\w*|would|could|may|might|if)\b",
    re.I,
)
_MARKET = re.compile(
    r"\b(?:to\s+treat|for\s+(?:the\s+)?(?:treatment|use|adults?|people|patients|relapsing|multiple|MS|RRMS|SPMS|PPMS|primary|secondary|active|highly|asthma)|as\s+an?\s+\w+|worldwide|globally|indication|in\s+\d+\s+countries|in\s+(?:many|several|some|other)\s+countries)",
    re.I,
)


def _decision(
    clause: Clause,
    who: Credit,
    status: str,
    words: tuple[Token, ...],
    *,
    surety: Surety | None = None,
) -> Found:
    """The status with whose decision it is and when; what a payer says or somebody awaits gives none."""
    sure = surety or surety_of(clause)
    said = _said(clause)
    regulator = _REGULATOR.search(said)
    payer = _PAYER.search(said) and not regulator
    if status == Status.LICENSED:
        if sure.certainty == Certainty.NEGATED and sure.settled:
            status = "" if payer else Status.NOT_LICENSED
        elif (
            sure.certainty != Certainty.STATED
            or payer
            or not (regulator or _PLACE.search(said) or _MARKET.search(said))
        ):
            status = ""
    elif sure.certainty != Certainty.STATED or payer:
        status = ""
    if not status:
        return Found(Topic.STATUS, sure, who, clause, ClaimValues(), words)
    agencies = dict.fromkeys(m.group(1) for m in _NAMED_REGULATOR.finditer(said))
    place = _PLACE.search(said)
    where = ", ".join(agencies) or (place.group(1) if place else "")
    when = _when(said) if status != Status.NOT_LICENSED else ""
    return Found(
        Topic.STATUS,
        sure,
        who,
        clause,
        ClaimValues(status=status, jurisdiction=where, status_date=when),
        words,
    )


def _said(clause: Clause) -> str:
    span = clause.span
    return clause.parsed.text[span.start : span.end]


def _when(said: str) -> str:
    dates = {m.groups() for m in _YEAR.finditer(said)}
    if len(dates) != 1 or len(set(re.findall(r"\b(?:19|20)\d\d\b", said))) > 1:
        return ""
    month, year = dates.pop()
    return f"{year}-{_MONTHS.index(month.strip().lower()) + 1:02}" if month else year


def _patient_of(clause: Clause, scene: Scene) -> Credit:
    """What a decision is on: the subject of a passive, the object of an active verb."""
    if clause.passive:
        return of_subjects(clause, scene.context)
    for thing in clause.objects:
        found = of_noun(clause, thing, scene.context)
        if found:
            return found
    return Credit()


@construction(
    "regulator approved",
    reads="Ocrelizumab was approved by the FDA in 2017.",
    leaves="The study of ocrelizumab was approved by the ethics committee.",
)
def approved(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _APPROVING or not _patient_named(clause):
        return
    who = _patient_of(clause, scene)
    if who:
        yield _decision(clause, who, Status.LICENSED, (clause.predicate,), surety=_awaited(clause))


def _patient_named(clause: Clause) -> bool:
    things = clause.subjects if clause.passive else clause.objects
    return not any(t.lemma.lower() in {"study", "trial", "protocol", "plan"} for t in things)


def _awaited(clause: Clause) -> Surety | None:
    """An approval that is to come."""
    sure = surety_of(clause)
    if sure.certainty != Certainty.STATED:
        return None
    if clause.is_side and clause.role == "condition":
        return Surety(Certainty.HEDGED, "if")
    will = [
        t
        for t in clause.tree.children(clause.predicate, "aux")
        if t.lemma.lower() in {"will", "would", "shall"}
    ]
    return Surety(Certainty.HEDGED, will[0].text) if will else None


@construction(
    "approval was given",
    reads="Siponimod received approval from the FDA for active SPMS.",
    leaves="Siponimod received attention from the press.",
)
def got_approval(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in lemmas(
        "receive gain win get obtain secure grant have give hold await seek lose"
    ):
        return
    things = [*clause.objects, *(clause.subjects if clause.passive else ())]
    approvals = [
        t
        for t in things
        if t.lemma.lower()
        in lemmas("approval authorisation authorization licence license clearance indication")
    ]
    if not approvals:
        return
    who = of_subjects(clause, scene.context)
    if not who or who.open:
        named = [
            m
            for t in clause.own
            if (m := clause.parsed.therapy(t)) and not nouns.compared(clause.parsed, t)
        ]
        if len({m.canonical for m in named}) == 1:
            who = Credit((referent(named[0]),))
    if not who:
        return
    sure = surety_of(clause)
    cue = denied_noun(clause, approvals[0])
    if cue:
        sure = Surety(Certainty.NEGATED, cue)
    elif clause.lemma in {"await", "seek"}:
        sure = Surety(Certainty.HEDGED, clause.predicate.text)
    elif _awaited(clause):
        sure = _awaited(clause) or sure
    status = Status.WITHDRAWN if clause.lemma == "lose" else Status.LICENSED
    yield _decision(clause, who, status, (clause.predicate, approvals[0]), surety=sure)


@construction(
    "is approved, in an adjective",
    reads="Evobrutinib is not yet FDA-approved for MS.",
    leaves="Ocrelizumab is compared with approved drugs.",
)
def is_approved(clause: Clause, scene: Scene) -> Iterator[Found]:
    complement = clause.complement
    word = complement.lemma.lower() if complement is not None else ""
    said = complement.text.lower() if complement is not None else ""
    if not (
        said.endswith(("approved", "licensed", "licenced", "authorised", "authorized"))
        or word in {"available", "unlicensed", "unapproved", "off-label"}
    ):
        return
    who = of_subjects(clause, scene.context)
    if not who or complement is None:
        return
    if word == "off-label":
        yield _decision(clause, who, Status.OFF_LABEL, (complement,))
        return
    if said.startswith("un"):
        yield _decision(
            clause,
            who,
            Status.LICENSED,
            (complement,),
            surety=Surety(Certainty.NEGATED, complement.text),
        )
        return
    yield _decision(
        clause,
        who,
        "" if word == "available" else Status.LICENSED,
        (complement,),
        surety=_awaited(clause),
    )


@construction(
    "regulator refused",
    reads="Laquinimod was refused by the EMA.",
    leaves="Patients refused ocrelizumab.",
)
def refused(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in _REFUSING:
        return
    if clause.lemma == "turn" and not clause.has("down"):
        return
    if any(nouns.is_people(s) for s in clause.subjects) and not clause.passive:
        return
    things = clause.subjects if clause.passive else clause.objects
    who = _patient_of(clause, scene)
    if not who:
        named = [m for t in things for s in clause.tree.below(t) if (m := clause.parsed.therapy(s))]
        names = {m.canonical for m in named}
        if len(names) != 1 or not any(
            t.lemma.lower()
            in lemmas(
                "application approval request authorisation authorization licence license bid"
            )
            for t in things
        ):
            return
        who = Credit((referent(named[0]),))
    yield _decision(clause, who, Status.REFUSED, (clause.predicate,))


@construction(
    "withdrawn from the market",
    reads="Daclizumab was withdrawn from the market in 2018.",
    leaves="Patients were withdrawn from ocrelizumab.",
)
def withdrawn(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma not in {"withdraw", "pull", "revoke", "remove", "recall"}:
        return
    who = _patient_of(clause, scene)
    if not who and not clause.passive and not clause.objects:
        who = of_subjects(clause, scene.context)
    said = _said(clause)
    if who and re.search(
        r"\b(?:market|worldwide|globally|manufacturer|maker|sale|licen[cs]e|authori[sz]ation|approval|EMA|FDA|company|Biogen|by\s+its)\b",
        said,
    ):
        yield _decision(clause, who, Status.WITHDRAWN, (clause.predicate,))


@construction(
    "stopped or on hold",
    reads="Development of laquinimod was discontinued.",
    leaves="Ocrelizumab was discontinued in two patients.",
)
def stopped(clause: Clause, scene: Scene) -> Iterator[Found]:
    said = _said(clause)
    hold = re.search(r"\b(?:clinical|partial)\s+(?:clinical\s+)?hold\b|\bon\s+hold\b", said, re.I)
    things = clause.subjects if clause.passive or not clause.objects else clause.objects
    if not hold:
        if clause.lemma not in _STOPPING:
            return
        about = [t for t in things if t.lemma.lower() in _DEVELOPMENT]
        suspended = clause.lemma == "suspend"
        if not about and not suspended:
            return
    named = [
        m
        for t in clause.own
        if (m := clause.parsed.therapy(t)) and not nouns.compared(clause.parsed, t)
    ]
    if len({m.canonical for m in named}) == 1:
        who = Credit((referent(named[0]),))
    else:
        who = credit(clause, scene.context)
        if not who and things:
            who = of_noun(clause, things[0], scene.context)
    if who:
        yield _decision(
            clause, who, Status.ON_HOLD if hold else Status.SUSPENDED, (clause.predicate,)
        )


@construction(
    "in trials",
    reads="Tolebrutinib is in phase 3 trials.",
    leaves="Tolebrutinib reduced relapses in a phase 3 trial.",
)
def in_trials(clause: Clause, scene: Scene) -> Iterator[Found]:
    tree = clause.tree
    if clause.lemma in {"be", "remain", "enter"} and (
        clause.complement is None or clause.lemma == "enter"
    ):
        places = [*clause.after("in"), *(clause.objects if clause.lemma == "enter" else ())]
        trials = [
            t
            for t in places
            if t.lemma.lower()
            in lemmas("trial study phase testing development investigation phases trials")
        ]
        under = [
            t
            for t in clause.after("under")
            if t.lemma.lower() in {"investigation", "study", "development", "evaluation"}
        ]
        who = of_subjects(clause, scene.context)
        if who and (trials or under):
            status = (
                Status.IN_TRIALS
                if trials and trials[0].lemma.lower() != "development"
                else Status.EXPERIMENTAL
            )
            yield _decision(clause, who, status, (clause.predicate, *(trials or under)[:1]))
        elif clause.has("ongoing", "underway") or (
            clause.lemma == "be" and clause.complement is not None
        ):
            return
    elif clause.lemma in _TESTING and clause.passive:
        progressive = any(t.text.lower() == "being" for t in tree.children(clause.predicate))
        finite = [
            t
            for t in tree.children(clause.predicate, "auxpass", "aux")
            if t.tag in {"VBZ", "VBP"} and t.lemma.lower() == "be"
        ]
        perfect = any(t.lemma.lower() == "have" for t in tree.children(clause.predicate, "aux"))
        who = of_subjects(clause, scene.context)
        if who and (progressive and finite) and not perfect:
            yield _decision(clause, who, Status.IN_TRIALS, (clause.predicate,))


@construction(
    "trials go on",
    reads="Clinical trials of CAR T-cell therapy are ongoing.",
    leaves="Clinical trials of CAR T-cell therapy are expensive.",
)
def trials_go_on(clause: Clause, scene: Scene) -> Iterator[Found]:
    trials = [
        s
        for s in clause.subjects
        if s.lemma.lower() in {"trial", "study", "investigation", "research"}
    ]
    ongoing = clause.complement is not None and clause.complement.lemma.lower() in {
        "ongoing",
        "underway",
        "under",
    }
    running = clause.lemma in {"recruit", "continue", "enrol", "enroll"} and not clause.objects
    if not trials or not (ongoing or running or clause.has("underway", "ongoing")):
        return
    named = [m for m in nouns.arms(clause.parsed, trials[0])]
    if named and len({m.canonical for m in named}) == 1:
        yield _decision(
            clause, Credit((referent(named[0]),)), Status.IN_TRIALS, (trials[0], clause.predicate)
        )


@construction(
    "experimental treatment",
    reads="Estriol is an experimental treatment.",
    leaves="Estriol was given in an experimental model.",
)
def experimental(clause: Clause, scene: Scene) -> Iterator[Found]:
    if clause.lemma != "be":
        return
    for noun in (*clause.objects, *([clause.complement] if clause.complement else [])):
        words = {t.lemma.lower() for t in (noun, *clause.tree.children(noun, "amod"))}
        if words & {"experimental", "investigational"}:
            who = of_subjects(clause, scene.context)
            if who:
                yield _decision(clause, who, Status.EXPERIMENTAL, (noun,))
            return


@construction(
    "in use",
    reads="Interferon beta is widely used in relapsing MS.",
    leaves="Simvastatin, a commonly used cholesterol drug, did not slow disability.",
)
def in_use(clause: Clause, scene: Scene) -> Iterator[Found]:
    who = Credit()
    words: tuple[Token, ...] = ()
    if clause.lemma in {"use", "prescribe"} and clause.passive and clause.role != "participle":
        adverbs = [
            t
            for t in clause.tree.children(clause.predicate, "advmod")
            if t.lemma.lower() in {"widely", "commonly", "routinely", "extensively"}
        ]
        other = re.search(r"\b(?:for|in|to)\s+(?:other|another)\b", _said(clause))
        if adverbs and not other and not _other_use(clause):
            who, words = of_subjects(clause, scene.context), (adverbs[0], clause.predicate)
    elif clause.lemma == "be":
        wide = [t for t in clause.after("in") if t.lemma.lower() == "use"]
        if wide:
            who, words = of_subjects(clause, scene.context), tuple(wide)
    if who:
        yield _decision(clause, who, Status.IN_USE, words)


def _other_use(clause: Clause) -> bool:
    """Used for something that is not MS."""
    things = clause.after("for", "in", "as")
    named = any(clause.parsed.named(t, "course") for t in clause.own)
    return (
        bool(things)
        and not named
        and any(
            t.lemma.lower() not in lemmas("practice ms use combination clinic treatment")
            for t in things
        )
    )


CONSTRUCTIONS: tuple[Construction, ...] = (
    approved,
    got_approval,
    is_approved,
    refused,
    withdrawn,
    stopped,
    in_trials,
    trials_go_on,
    experimental,
    in_use,
)
