"""Words by which a passage tells a coded value, in folded text, for ``where_said``.

Each is content with much: a word too many lets a question go unasked, a word too few asks about
what the passage says.
"""

import re
from collections.abc import Mapping

from therapies.choices import Course, Route, Status

Pattern = re.Pattern[str]


def _stems(*rows: str) -> Pattern:
    """Beginnings of words, parted by spaces; ``_`` is a space, ``$`` ends the word."""
    stems = " ".join(rows).replace("$", r"\b").split()
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(stems).replace('_', ' ')})")


COURSES: Mapping[str, Pattern] = {
    Course.MS: _stems("ms$ multiple_sclerosis sclerosis [rsp]?[rp]ms$ cis$"),
    Course.CIS: _stems("cis$ clinically_isolated first_clinical first_demyelinating"),
    Course.RELAPSING: _stems("relaps r?rms$"),
    Course.RRMS: _stems("relapsing remitting rrms$"),
    Course.PROGRESSIVE: _stems("progressive [sp]?pms$"),
    Course.SPMS: _stems("secondary spms$"),
    Course.SPMS_ACTIVE: _stems("active activity relaps"),
    Course.SPMS_NOT_ACTIVE: _stems(
        "non_?active inactive not_active non_?relapsing without_relaps without_activ"
    ),
    Course.PPMS: _stems("primary ppms$"),
}

_BY_VEIN = "i_?v$ intraven infus drip vein"
ROUTES: Mapping[str, Pattern] = {
    Route.ORAL: _stems("oral by_mouth tablet capsule pill swallow p_?o$"),
    Route.INFUSION: _stems(_BY_VEIN),
    Route.INTRAVENOUS: _stems(_BY_VEIN),
    Route.SUBCUTANEOUS: _stems("subcutan under_the_skin beneath_the_skin s_?c$"),
    Route.INTRAMUSCULAR: _stems("intramuscul into_a_muscle into_the_muscle i_?m$"),
    Route.INJECTION: _stems("inject subcutan intramuscul shot pens?$ syringe jab"),
    Route.INTRATHECAL: _stems("intrathec lumbar spinal cerebrospinal"),
    Route.TOPICAL: _stems("topical on_the_skin cream ointment gels?$ patch"),
}

_DECIDED = (
    "approv licen[cs] authori[sz] cleared clearance marketing indicated unapprov unlicen "
    "unauthori[sz] nod endors backed backs"
)
STATUSES: Mapping[str, Pattern] = {
    Status.LICENSED: _stems(_DECIDED),
    Status.IN_USE: _stems(
        "use$ used$ uses$ using$ usage$ prescri practice routine given standard available",
        "treated_with administ",
    ),
    Status.IN_TRIALS: _stems(
        "trial study studies studied phase investigat tested evaluat recruit enrol"
    ),
    Status.EXPERIMENTAL: _stems(
        "experiment investigat preclinical early novel emerging research develop study studies"
    ),
    Status.OFF_LABEL: _stems("off_label unlicen unapprov not_approv not_licen not_author"),
    Status.NOT_LICENSED: _stems(_DECIDED),
    Status.REFUSED: _stems(
        "refus reject declin den(?:y|ied|ies) turned_down negative_opinion complete_response",
        "not_recommend not_(?:be_)?approv",
    ),
    Status.ON_HOLD: _stems("hold paus halt"),
    Status.SUSPENDED: _stems(
        "suspen discontinu halt stop terminat abandon paus ended ends no_longer"
    ),
    Status.WITHDRAWN: _stems("withdr recall pulled remov revok taken_off"),
}

REGULATORS: tuple[Pattern, ...] = (
    _stems(r"fda$ food_and_drug_administration u_?sa?$ u\.s\. united_states america"),
    _stems("ema$ chmp$ europe eu$"),
    _stems("mhra$ uk$ united_kingdom brit england medicines_and_healthcare"),
    _stems("tga$ australia therapeutic_goods"),
    _stems("pmda$ japan"),
    _stems("swissmedic switzerland swiss"),
    _stems("nmpa$ china chinese"),
    _stems("anvisa brazil"),
    _stems("health_canada canad"),
)
"""Names of one regulator and of where it decides."""

SERIOUS = _stems(
    "serious sever grave life.?threaten fatal lethal death dead died dies?$ mortal hospital danger",
    "boxed_warning black_box disabling critical major deadly",
)

DOWN = _stems(
    "reduc decreas lower less fewer rarer declin drop f[ea]ll diminish minimi suppress slow delay",
    "prevent halt stop limit protect cut inhibit attenuat abolish eliminat short loss los[et]",
    "smaller down mild halv half",
)
UP = _stems(
    "increas rais r[io]se higher more great grow grew gain elevat exceed longer prolong larger",
    "accelerat maximi up_to enlarg double triple lengthen",
)
GOOD = _stems(
    "improv better benefi effective efficac superior help heal enhanc restor promot reliev relief",
    "alleviat ameliorat recover favou?r mend success respon[ds] promis positive safe tolerat free",
    "treat control remission manag address outperform strong potent optimi maintain preserv stabil",
    "repair modif work",
)
BAD = _stems(
    "wors deteriorat aggravat harm adverse side_effect accompan caus risk associat induc lead led",
    "toxic develop occur unfavou?r negativ inferior complicat trigger problem link result reaction",
    "infect report common experienc suffer concern impair provok frequent damage poor rebound",
    "exacerbat",
)
NONE = _stems(
    r"not?$ \w+n't without similar compar equal equival same unchang stabl fail lack neither nor",
    r"non_?infer ineffect alike unaffect never none cannot unlike did_?n as_\w+_with",
)
"""What denies a change, or tells that there is none."""

LESS = _stems("reduc decreas lower less$ fewer slow delay prevent diminish minimi rarer")
MORE = _stems("increas higher greater elevat exceed")
MENDED = _stems("improv better$ benefi superior reliev alleviat ameliorat effective")
WORSENED = _stems("wors deteriorat aggravat inferior impair")
"""These four point plainly."""
TIME = _stems("time_to time_until time_between longer_until interval")
"""With it, more is less: what is put off comes later."""

DOUBTED = re.compile(r"(?<![^\W_])(?:may(?! \d)|might|could)(?![^\W_])")
PARTED = _stems("but$ although though while whereas however because")
"""Words at which a sentence goes on to something else."""
DENIED = _stems(r"not?$ \w+n't without contraindic avoid un\w+ stop nowhere free")

ALSO: Mapping[str, Pattern] = {
    "mortality": _stems("death dead died dies?$ fatal lethal surviv"),
}
"""By a folded outcome, words for it that name nothing."""

NUMBERS: Mapping[str, str] = {
    word: digits
    for digits, names in (
        ("1", "one once first single every each per a an"),
        ("1", "daily weekly monthly yearly annual annually"),
        ("2", "two twice both second double doubled twofold"),
        ("3", "three thrice third threefold"),
        ("4", "four"),
        ("5", "five"),
        ("6", "six"),
        ("7", "seven"),
        ("8", "eight"),
        ("9", "nine"),
        ("10", "ten"),
        ("11", "eleven"),
        ("12", "twelve"),
        ("14", "fourteen"),
        ("15", "fifteen"),
        ("18", "eighteen"),
        ("20", "twenty"),
        ("25", "quarter"),
        ("30", "thirty"),
        ("40", "forty"),
        ("50", "fifty half"),
        ("100", "hundred"),
        ("1000", "thousand"),
    )
    for word in names.split()
}
"""Words that stand for a number."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LIGHT = frozenset(
    " ".join(
        (
            "a an and as at by for from in into its of on or other than that the their them they",
            "this to with was were who whom whose per no not",
        )
    ).split()
)
"""Words that tell nothing by themselves."""
