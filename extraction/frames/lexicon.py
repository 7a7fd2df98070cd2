"""Closed classes of words that constructions go by, as lemmas in lower case."""

import re
from functools import lru_cache

from extraction.text.words import words

lemmas = words

PEOPLE = lemmas(
    "patient person people participant individual subject man woman adult child volunteer user "
    "recipient adolescent they those who someone anyone one mother pregnant parent teenager case "
    "pwms patients"
)
TREATMENT = lemmas(
    "treatment therapy drug medicine medication agent compound product antibody inhibitor "
    "molecule candidate vaccine immunotherapy monotherapy biosimilar modulator dmt dmd version "
    "pill transplant transplantation combination option regimen treatments"
)
"""Nouns for a treatment: with "the" or "this" they point back, with "another" they do not."""
POINTING = lemmas(
    "treatment therapy drug medicine medication agent compound product antibody inhibitor "
    "molecule candidate pill approach strategy procedure monotherapy"
)
COURSE_OF = lemmas(
    "treatment therapy use administration infusion injection dose dosing tablet capsule course "
    "initiation start continuation addition exposure regimen group arm cohort intake "
    "discontinuation cessation withdrawal switch switching benefit effect efficacy safety "
    "effectiveness activity action mechanism property tolerability profile version brand form "
    "formulation number class type kind majority most variety some combination introduction range "
    "bid tid qd level dosage strategy use approach delivery uptake risk side impact g mg mcg drip "
    "syringe regiman dos extract supplementation supplement "
    "titration"
)
"""Nouns that pass on of what they are: "treatment with", "the effect of"."""
REPORTERS = lemmas(
    "trial study result data analysis finding researcher author company maker agency investigator "
    "evidence report review expert scientist experience literature observation comparison work "
    "research paper article guideline guidance survey registry team"
)
UNKNOWN_MARKS = lemmas(
    "another other previous prior former new newer novel alternative different second third rival "
    "related similar herbal"
)
"""What sets a treatment apart from those named before."""

CONTROLS = lemmas("placebo sham control vehicle untreated dummy")

DOWN = lemmas(
    "reduce decrease lower cut halve diminish lessen slow delay prevent halt stop suppress limit "
    "minimise minimize attenuate curb decline drop fall arrest reverse eliminate abolish avoid "
    "shrink subside stabilise stabilize quarter lower slash shorten"
)
UP = lemmas(
    "increase raise rise elevate double triple prolong extend boost grow accelerate hasten climb "
    "heighten amplify lengthen enhance quicken speed"
)
GOOD = lemmas(
    "improve ameliorate alleviate relieve ease restore preserve maintain benefit mitigate"
)
BAD = lemmas("worsen exacerbate aggravate deteriorate impair harm damage compromise")
"""By which the object or, without one, the subject changes."""

ACTING = lemmas(
    "bind target block inhibit deplete modulate suppress activate kill destroy trap prevent stop "
    "reduce lower bring eliminate attach recognise recognize neutralise neutralize antagonise "
    "antagonize stimulate induce restore decrease increase interfere affect alter change shift "
    "trigger attack remove leave spare spar penetrate cross reset train reprogram reprogramme "
    "balance correct reverse regulate downregulate upregulate expand dampen enter protect repair "
    "promote address"
)
"""What a treatment does to parts and molecules of the body."""

DOWN_NOUNS = lemmas(
    "reduction decrease drop decline fall slowing prevention suppression cut delay lowering "
    "slowdown delaying lack absence halving control cessation"
)
UP_NOUNS = lemmas("increase rise elevation excess prolongation doubling growth surge")
GOOD_NOUNS = lemmas("improvement amelioration benefit alleviation relief gain recovery")
BAD_NOUNS = lemmas("worsening deterioration exacerbation impairment")
CARRIERS = lemmas(
    "risk rate number frequency incidence odds odd likelihood chance level amount degree severity "
    "proportion percentage probability occurrence burden volume count load activity extent share "
    "measure score hazard symptom sign episode case prevalence type form intensity majority "
    "accumulation development appearance event end point endpoint change formation conversion "
    "duration accrual onset outcome report sort kind range most many any feature feeling marker "
    "trend instance occurrence"
)
"""Nouns that carry what is behind their "of": less of the risk is less of the thing."""
MORE = lemmas("more higher greater larger increased elevated longer raised further")
LESS = lemmas("fewer less lower smaller decreased reduced shorter slower milder lesser")
BETTER, WORSE = lemmas("better improved"), lemmas("worse worsened poorer")

HEDGES = lemmas(
    "may might could can would possibly probably potentially perhaps likely unlikely possible "
    "potential presumably apparently promising theoretically encouraging hopefully"
)
HEDGING_VERBS = lemmas(
    "suggest appear seem believe think suspect presume hypothesise hypothesize expect hope "
    "indicate imply assume predict speculate anticipate propose consider tend trend estimate"
)
UNSETTLED = lemmas(
    "unknown unclear uncertain inconclusive unproven whether controversial unsettled"
)
AIMING = lemmas("hop aim seek intend try attempt hope want design plan strive endeavour")
AIM_NOUNS = lemmas("aim goal objective purpose intention hope")

NOT_HARMS = lemmas(
    "patient people person participant trial study year month week day group arm dose treatment "
    "therapy drug use effect response result data time change reduction improvement decrease "
    "benefit outcome end point endpoint level number rate difference evidence increase analysis "
    "concern question hope interest debate attention need research cell count lymphocyte antibody "
    "receptor mechanism production approval decision guideline cost price profile finding it that "
    "this which them option success progress development something lot way thing part majority "
    "place problem issue case amount proportion efficacy effectiveness safety tolerability other "
    "others control baseline placebo depletion company reason factor cause complication age sex"
)
"""What "causes" and "associated with" may have behind them that nobody suffers."""

_ILLNESS = re.compile(
    r"(?:itis|osis|[ae]mia|path(?:y|ies)|omas?|algia|penia|rrh(?:o?ea|age)|pno?ea|uria|plegia"
    r"|phobia|[an]esia|thesia|psia|rexia|omnia|opia|aria|eusia|oxia|asia|monia|[edhcz]ema"
    r"|toxicity|toxicities|cardia|trophy|suicid\w+|[a-z]{3}iness)$",
    re.I,
)
_SUFFERED = lemmas(
    "failure infection reaction injury attack stroke death cancer tumour tumor bleeding bleed rash "
    "pain fever headache ache seizure hypertension hypotension vomiting nausea sickness disease "
    "disorder syndrome depression anxiety fatigue tiredness dizziness itching itch swelling clot "
    "thrombosis embolism ulcer allergy anaphylaxis malignancy damage loss bruising palpitation "
    "cough insomnia weakness shortness breathlessness flush flushing chill cramp constipation cold "
    "flu spasm sepsis pneumonia shingle shingles herpes zoster pml tuberculosis miscarriage defect "
    "malformation rebound fall fracture complication abnormality elevation arrest block arrhythmia "
    "irritation burning discomfort redness stiffness numbness tingling tremor confusion mortality "
    "lymphoma hospitalisation hospitalization deficiency illness necrosis dystrophy neoplasm "
    "overdose hypersensitivity intolerance sedation drowsiness sleepiness incontinence retention "
    "dryness urgency worsening exacerbation sore blister wart thinning soreness autoimmunity "
    "infertility menopause cataract fibrosis tightness taste dream stone pruritus vertigo syncope "
    "somnolence hive fit sweat sweating shivering rigor bruise convulsion hallucination jaundice "
    "tinnitus hiccup fainting abortion stillbirth leukaemia leukemia tumors cardiomyopathy "
    "carcinoma irregularity abscess induration soreness heartburn indigestion wheezing itchiness "
    "restlessness covid covid-19 eruption suicide unsteadiness nervousness prolongation "
    "reactivation"
)
"""Nouns for what people suffer from."""


@lru_cache(maxsize=4_096)
def is_suffered(text: str, lemma: str) -> bool:
    """Whether a word is one for a harm, by itself or by its ending."""
    return lemma in _SUFFERED or text.lower() in _SUFFERED or _ILLNESS.search(text) is not None
