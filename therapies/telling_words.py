"""Words by which a passage tells a coded value, in folded text: the table that ``where_said`` reads.

Each is content with much: a word too many lets a question go unasked, a word too few asks about
what the passage says.
"""

import re
from collections.abc import Mapping

from therapies.choices import Course, Route, Status

__all__ = [
    "ALSO",
    "BAD",
    "COURSES",
    "DENIED",
    "DOUBTED",
    "DOWN",
    "GOOD",
    "LESS",
    "MENDED",
    "MONTHS",
    "MORE",
    "NONE",
    "NUMBERS",
    "PARTED",
    "REGULATORS",
    "ROUTES",
    "SERIOUS",
    "STATUSES",
    "TIME",
    "UP",
    "WORSENED",
]


def _any(*stems: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(stems)})")


_MS = (r"ms\b", r"multiple sclerosis")
COURSES: Mapping[str, "re.Pattern[str]"] = {
    Course.MS: _any(*_MS, "sclerosis", r"[rsp]?[rp]ms\b", r"cis\b"),
    Course.CIS: _any(r"cis\b", "clinically isolated", "first (?:clinical|demyelinating)"),
    Course.RELAPSING: _any("relaps", r"r?rms\b"),
    Course.RRMS: _any("relapsing", "remitting", r"rrms\b"),
    Course.PROGRESSIVE: _any("progressive", r"[sp]?pms\b"),
    Course.SPMS: _any("secondary progressive", r"spms\b", "secondary"),
    Course.SPMS_ACTIVE: _any("active", "activity", "relaps"),
    Course.SPMS_NOT_ACTIVE: _any(r"non ?active", "inactive", "not active", "without (?:relaps|activ)"),
    Course.PPMS: _any("primary", r"ppms\b"),
}

_GIVEN = (r"i ?v\b", "intraven", "infus", "drip", "vein")
ROUTES: Mapping[str, "re.Pattern[str]"] = {
    Route.ORAL: _any("oral", "by mouth", "tablet", "capsule", "pill", "swallow", r"p ?o\b"),
    Route.INFUSION: _any(*_GIVEN),
    Route.INTRAVENOUS: _any(*_GIVEN),
    Route.SUBCUTANEOUS: _any("subcutan", "under the skin", r"s ?c\b", "beneath the skin"),
    Route.INTRAMUSCULAR: _any("intramuscul", "into (?:a|the) muscle", r"i ?m\b"),
    Route.INJECTION: _any("inject", "subcutan", "intramuscul", "shot", r"pens?\b", "syringe", "jab"),
    Route.INTRATHECAL: _any("intrathec", "lumbar", "spinal", "cerebrospinal"),
    Route.TOPICAL: _any("topical", "on the skin", "cream", "ointment", r"gels?\b", "patch"),
}

_APPROVED = ("approv", r"licen[cs]", r"authori[sz]", "clear(?:ed|ance)", "marketing", "indicated",
             "unapprov", "unlicen", r"unauthori[sz]", "nod", "endors", "back(?:ed|s|ing)")  # fmt: skip
STATUSES: Mapping[str, "re.Pattern[str]"] = {
    Status.LICENSED: _any(*_APPROVED),
    Status.IN_USE: _any(r"us(?:e|ed|es|ing|age)\b", "prescri", "practice", "routine", "given",
                        "standard", "available", "treated with", "administ"),  # fmt: skip
    Status.IN_TRIALS: _any("trial", r"stud(?:y|ies|ied)", "phase", "investigat", "tested",
                           "evaluat", "recruit", "enrol"),  # fmt: skip
    Status.EXPERIMENTAL: _any("experiment", "investigat", "preclinical", "early", "novel",
                              "emerging", "research", "develop", r"stud(?:y|ies|ied)"),  # fmt: skip
    Status.OFF_LABEL: _any("off label", "unlicen", "unapprov", "not (?:approv|licen|author)"),
    Status.NOT_LICENSED: _any(*_APPROVED),
    Status.REFUSED: _any("refus", "reject", "declin", "den(?:y|ied|ies)", "turned down",
                         "negative opinion", "complete response", "not recommend",
                         "not (?:be )?approv"),  # fmt: skip
    Status.ON_HOLD: _any("hold", "paus", "halt"),
    Status.SUSPENDED: _any("suspen", "discontinu", "halt", "stop", "terminat", "abandon", "paus",
                           "end(?:ed|s)", "no longer"),  # fmt: skip
    Status.WITHDRAWN: _any("withdr", "recall", "pulled", "remov", "revok", "taken off"),
}

REGULATORS: tuple["re.Pattern[str]", ...] = (
    _any(r"fda\b", "food and drug administration", r"u ?s(?:a)?\b", r"u\.s\.", "united states",
         "america"),  # fmt: skip
    _any(r"ema\b", r"chmp\b", "european", "europe", r"eu\b"),
    _any(r"mhra\b", r"uk\b", "united kingdom", "brit", "england", "medicines and healthcare"),
    _any(r"tga\b", "australia", "therapeutic goods"),
    _any(r"pmda\b", "japan"),
    _any("swissmedic", "switzerland", "swiss"),
    _any(r"nmpa\b", "china", "chinese"),
    _any("anvisa", "brazil"),
    _any("health canada", "canad"),
)
"""Names of one regulator and of where it decides."""

SERIOUS = _any("serious", "sever", "grave", "life.?threaten", "fatal", "lethal", "dea(?:th|d)",
               "died", r"dies?\b", "mortal", "hospital", "danger", "box(?:ed)? warning",
               "black box", "disabling", "critical", "major", "deadly")  # fmt: skip

DOWN = _any("reduc", "decreas", "lower", "less", "fewer", "rarer", "declin", "drop", r"f[ea]ll", "diminish",
            "minimi", "suppress", "slow", "delay", "prevent", "halt", "stop", "limit", "protect",
            "cut", "inhibit", "attenuat", "abolish", "eliminat", "short", "loss", r"los[et]",
            "smaller", "down", "mild")  # fmt: skip
UP = _any("increas", "rais", r"r[io]se", "higher", "more", "great", "grow", "grew", "gain",
          "elevat", "exceed", "longer", "prolong", "larger", "accelerat", "maximi", "up to",
          "enlarg", "double", "triple")  # fmt: skip
GOOD = _any("improv", "better", "benefi", "effective", "efficac", "superior", "help", "heal",
            "enhanc", "restor", "promot", "reliev", "relief", "alleviat", "ameliorat", "recover",
            r"favou?r", "mend", "success", "respon[ds]", "promis", "positive", "safe", "tolerat",
            "free", "treat", "control", "remission", "manag", "address", "outperform",
            "strong", "potent", "optimi", "maintain", "preserv", "stabil", "repair",
            "modif", "work")  # fmt: skip
BAD = _any("wors", "deteriorat", "aggravat", "harm", "adverse", "side effect", "accompan", "caus",
           "risk", "associat", "induc", "lead", "led", "toxic", "develop", "occur", "unfavou?r",
           "negativ", "inferior", "complicat", "trigger", "problem", "link", "result", "reaction",
           "infect", "report", "common", "experienc", "suffer", "concern", "impair", "provok",
           "linked", "frequent", "damage", "poor", "rebound", "exacerbat")  # fmt: skip
NONE = _any(r"not?\b", r"\w+n't", "without", "similar", "compar", "equal", "equival", "same",
            "unchang", "stabl", "fail", "lack", "neither", "nor", "non ?infer", "ineffect",
            "alike", "unaffect", "never", "none", "cannot", "unlike", "did ?n")  # fmt: skip
"""What denies a change, or tells that there is none."""

LESS = _any("reduc", "decreas", "lower", r"less\b", "fewer", "slow", "delay", "prevent", "diminish",
            "minimi", "rarer")  # fmt: skip
MORE = _any("increas", "higher", "greater", "elevat", "exceed")
MENDED = _any("improv", r"better\b", "benefi", "superior", "reliev", "alleviat", "ameliorat",
              "effective")  # fmt: skip
WORSENED = _any("wors", "deteriorat", "aggravat", "inferior", "impair")
TIME = _any("time to", "time until", "longer until", "interval")
"""With it, more is less: what is put off comes later."""

DOUBTED = re.compile(r"(?<![^\W_])(?:may(?! \d)|might|could)(?![^\W_])")
PARTED = _any(r"but\b", "although", "though", "while", "whereas", "however", "because")
DENIED = _any(r"not?\b", r"\w+n't", "without", "contraindic", "avoid", r"un\w+", "stop")

ALSO: Mapping[str, "re.Pattern[str]"] = {
    "mortality": _any("dea(?:th|d)", "died", r"dies?\b", "fatal", "lethal", "surviv"),
}
"""By a folded outcome, words for it that name nothing."""

NUMBERS: Mapping[str, str] = {
    "one": "1", "once": "1", "two": "2", "twice": "2", "both": "2", "three": "3", "thrice": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12", "fifteen": "15", "twenty": "20", "half": "50", "first": "1",
    "second": "2", "third": "3", "single": "1", "daily": "1", "weekly": "1", "monthly": "1",
    "yearly": "1", "annual": "1", "annually": "1", "every": "1", "each": "1", "per": "1", "a": "1",
    "an": "1", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100",
    "thousand": "1000", "quarter": "25", "fourteen": "14", "eighteen": "18", "double": "2",
    "doubled": "2", "twofold": "2", "threefold": "3",
}  # fmt: skip
"""Words that stand for a number."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
