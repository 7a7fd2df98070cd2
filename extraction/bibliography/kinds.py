"""What kind of document it is, and in which language."""

import re
from collections import Counter
from dataclasses import dataclass

_STATED = (
    ("guideline", r"technology appraisal|guideline|practice parameter|consensus statement"),
    ("preprint", r"preprint|posted content"),
    ("trial-registration", r"clinical trial registration|registry record|study record"),
    ("book-chapter", r"chapter|book section|contribution to book|\bINBOOK\b|\bCHAP\b"),
    ("journal-review", r"(?<!peer-)(?<!peer )review|meta-?analysis"),
    ("trial-report", r"randomi[sz]ed controlled trial|clinical trial"),
    ("journal-article", r"journal|article|\bJOUR\b|research-article"),
    ("label", r"\blabel\b|prescribing information|package insert"),
    ("web-page", r"web ?(?:page|site)|blog|\bELEC\b"),
)
TYPE_LINE = re.compile(
    r"(?:(?:narrative |systematic |mini[- ]?|open access )?review(?: article| paper)?|"
    r"meta-analysis|"
    r"(?:original |open access )?(?:research )?(?:article|paper)|original research|clinical trial|"
    r"book chapter|chapter|guidelines?|practice guideline|preprint|research output|web ?page|"
    r"research article|(?:journal )?(?:article|paper)(?: open)|"
    r"brief (?:report|communication)|short communication|case report|editorial|"
    r"letter(?: to the editor)?|commentary|(?:technology appraisal|clinical|interventional "
    r"procedures?) guid(?:ance|eline))",
    re.I,
)
_LABEL = re.compile(
    r"highlights of prescribing information|^\W{0,4}(?:\d\s+)?indications and usage|"
    r"^\W{0,4}(?:annex [iv]{1,3}\W{0,3})?(?:package leaflet|summary of product characteristics|"
    r"full prescribing information|patient information leaflet|boxed warning)"
    r"(?=\W{0,6}$|[:.]|\s[–-])|"
    r"(?-i:PACKAGE LEAFLET|SUMMARY OF PRODUCT CHARACTERISTICS|FULL PRESCRIBING INFORMATION|"
    r"PATIENT INFORMATION LEAFLET|BOXED WARNING)|"
    r"^\W{0,4}medication guide|\bsee 17 for patient counseling information|"
    r"\[\s?see (?:contraindications|warnings and precautions|dosage and administration|"
    r"adverse reactions|clinical studies|use in specific populations)\b",
    re.I | re.M,
)
"""What a label has for headings; a text about a medicine may name its label in passing."""
_REGISTRATION_MARK = re.compile(
    r"\((?:first|second|third|fourth|fifth)Quint\)"
    r"|^[ \t]{0,8}(?:ClinicalTrials\.gov (?:ID|Identifier)|NCT Number)\b"
    r"|^[ \t]{0,8}(?:Brief Summary|Detailed Description|Eligibility Criteria|Inclusion Criteria|"
    r"Study Type|"
    r"Primary Outcome Measures?)[ \t]{0,8}:?[ \t\r]{0,8}$"
    r"|^[ \t]{0,8}(?:Recruitment|Overall) Status\s*:"
    r"|^[ \t]{0,8}(?:Public|Scientific) title\s*(?::|$)|^[ \t]{0,8}Main ID\s*:"
    r"|^[ \t]{0,8}Plain English summary of protocol\b"
    r"|^[ \t]{0,8}(?:Recruitment status|Overall study status|Sponsor Protocol Number|"
    r"EudraCT Number)\s*:",
    re.M,
)
_REPORTS = re.compile(
    r"^\W{0,4}(?:(?:ABSTRACT|BODY)\.)?(?:main )?(?:results|findings|conclusions?|discussion)\b"
    r"(?=\W{0,3}$|[.:]|(?-i:\s[A-Z]))",
    re.I | re.M,
)
"""A section that only the report of a study has: what was found."""
# What has no re.I is looked for in small letters, which takes half as long.
_PLANNED = re.compile(
    r"\b(?:study|trial|patients|subjects|participants|investigators|proposal|researchers)\s+will\b"
)
_PREPRINT = re.compile(
    r"\b(?:biorxiv|medrxiv|research square|preprints?\.org|arxiv)\b|not (?:been )?peer[- ]reviewed|"
    r"this (?:article is a )?preprint"
)
_PREPRINT_SERVER = re.compile(
    r"(?:(?:arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv)(?: ?\[?preprint\]?)?(?: arxiv:\S{4,30})?"
    r"(?: ?: ?the preprint server .{1,60})?|preprints?(?:\.org)?|research ?square|authorea"
    r"|ssrn(?: electronic journal)?)",
    re.I,
)
_GUIDELINE = re.compile(
    r"\b(?:guidelines?|practice (?:advisory|parameter)|consensus (?:statement|recommendations)|"
    r"recommendations? (?:of|from|for|on)|technology appraisal|clinical guidance|NICE guidance)\b",
    re.I,
)
_REVIEW = re.compile(
    r"\b(?:this|the present|our|current) (?:\w+ ){0,3}?review\b|\bpurpose of (?:this )?review\b|"
    r"\bin this (?:\w+ ){0,2}(?:review|overview)\b|\bwe (?:here(?:in)? |also |briefly |critically |"
    r"systematically )?(?:review|summari[sz]e)\b|\bare reviewed\b|\bhere,? we review\b|"
    r"\bsystematic(?:ally)? review|\bmeta-analys[ie]s\b|\bauthors review\b|\bnarrative review\b"
)
_REVIEW_TITLE = re.compile(
    r"\b(?:review|meta-analysis|overview|state of the art|update|perspectives?)\b", re.I
)
_TRIAL = re.compile(
    r"\brandomi[sz](?:ed|ation)|\bdouble[- ]blind|\bplacebo[- ]controlled|\bphase (?:[1-4]|"
    r"i{1,3}v?)\b|"
    r"\brandomly (?:assigned|allocated)|\bopen[- ]label\b|\bintention-to-treat\b|"
    r"\bintent-to-treat\b"
)
_RESULT = re.compile(
    r"\bp\s?[<=>]\s?0?[.·]\d|\b95% (?:ci|confidence)|\bhazard ratio|\bodds ratio|\(n\s?=\s?\d|"
    r"\brandomly assigned \d|\bwere (?:enrolled|randomi[sz]ed|included|assigned|treated)\b|"
    r"\bn\s?=\s?\d{2,}|\d%? (?:lower|higher) rate"
)
_STUDY = re.compile(
    r"\b(?:we (?:investigated|analy[sz]ed|assessed|evaluated|examined|studied|compared|used|found|"
    r"show|measured)|"
    r"in this study|retrospective|prospective|cohort|our (?:results|data|findings))\b"
)
_SAMPLE = 60_000


@dataclass(frozen=True, slots=True)
class Clues:
    """What else is known of the document when its kind is judged."""

    title: str
    scholarly: bool
    """It has authors, a container, an abstract heading, a DOI or a PMID."""
    book: bool


def kind_stated(text: str) -> str:
    """The kind that a type label names, or empty."""
    for kind, pattern in _STATED:
        if re.search(pattern, text, re.I):
            return kind
    return ""


def is_preprint_server(name: str) -> bool:
    """Whether a journal, publisher or archive of that name takes preprints alone."""
    return _PREPRINT_SERVER.fullmatch(name.strip(" .")) is not None


def kind_judged(text: str, clues: Clues) -> tuple[str, int, int]:
    """The kind the text itself shows, with the words that show it (empty span: none alone does)."""
    sample = text[:_SAMPLE]
    said = sample.replace("İ", "i").lower()  # letter for letter
    if mark := _LABEL.search(sample):
        return "label", *mark.span()
    if mark := _REGISTRATION_MARK.search(sample):
        results = len(_RESULT.findall(said))
        if "Quint)" in mark.group() or (results < 3 and not _REPORTS.search(sample)):
            return "trial-registration", *mark.span()
    if clues.scholarly and (mark := _PREPRINT.search(said)):
        return "preprint", *mark.span()
    if clues.title and _GUIDELINE.search(clues.title):
        return "guideline", 0, 0
    if clues.book:
        return "book-chapter", 0, 0
    return _study_kind(sample, said, clues)


def _study_kind(sample: str, said: str, clues: Clues) -> tuple[str, int, int]:
    trial = _TRIAL.search(said)
    results = _RESULT.findall(said) if trial or not clues.scholarly else ()
    planned = trial and not results and len(_PLANNED.findall(said)) >= 2
    if trial and planned and not _REPORTS.search(sample):
        return "trial-registration", *trial.span()
    review = _REVIEW.search(said)
    titled = bool(clues.title and _REVIEW_TITLE.search(clues.title))
    if (review or titled) and (clues.scholarly or titled) and not (trial and len(results) > 5):
        return "journal-review", *(review.span() if review else (0, 0))
    trial_title = clues.scholarly and _TRIAL.search(clues.title.lower())
    reported = len(results) >= 2 or (trial and clues.scholarly and _REPORTS.search(sample))
    if trial and (trial_title or reported):
        return "trial-report", *trial.span()
    study = _STUDY.search(said)
    if clues.scholarly or (study and len(results) >= 2):
        return "journal-article", *(study.span() if study else (0, 0))
    return "web-page", 0, 0


_STOPWORDS = {
    "en": "the of and in to is are with that for was were this by as from should not have has you "
    "your who what about their it or be on at which people before these",
    "de": "der die das und ist mit für von den nicht werden eine wird bei auf",
    "fr": "le la les des et est dans une pour avec sont par sur que du",
    "es": "el los las de que una con por para del como se es en esta",
    "it": "il della che di una con per sono nel dei gli alla non le è",
    "pt": "o os da das do dos que uma com para não em são pelo mais",
    "nl": "de het een van en is met voor zijn dat niet op worden bij",
}


def language_detected(text: str) -> str:
    """The ISO 639-1 code when one language's commonest words plainly prevail, else empty."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].lower())
    if len(words) < 8:
        return ""
    times = Counter(words)
    shares = {
        code: sum(times[word] for word in common.split()) / len(words)
        for code, common in _STOPWORDS.items()
    }
    (best, share), (_, second) = sorted(shares.items(), key=lambda x: -x[1])[:2]
    return best if share >= 0.12 and share > 1.5 * second else ""
