"""What a file says of the standing of its own work: retracted, corrected, a notice, a preprint.

Sources: https://www.nlm.nih.gov/bsd/mms/medlineelements.html (fields, publication types),
https://jats.nlm.nih.gov (``article-type``, ``related-article-type``), and how publishers mark.
"""

import re
from collections.abc import Iterable, Iterator

from extraction.bibliography.findings import Findings
from extraction.bibliography.identifiers import find_dois
from extraction.codes import SelfSaid
from extraction.text.lines import Page
from extraction.text.words import by_word
from extraction.types import Said, Span

__all__ = ["said_of_itself", "told"]

_HEAD = 4_000
"""Characters of the seen text in which a page says what became of it."""
_TAGGED = by_word(
    {
        "retracted": "RIN RPI",
        "retraction-notice": "ROF",
        "corrected": "EIN CRI CRF",
        "correction-notice": "EFR",
        "concern": "ECI",
        "concern-notice": "ECF",
    }
)
"""Fields of MEDLINE that lead to a notice, or from one to its work."""
_TAG = re.compile(
    rf"^(?P<tag>{'|'.join(_TAGGED)}) {{0,2}}- (?P<value>[^\r\n]+(?:\r?\n {{2,6}}\S[^\r\n]*)*)", re.M
)
_TYPES = (
    ("retracted", r"retracted (?:publication|article|paper)"),
    ("retraction-notice", r"retraction(?: of publication| notice| note)?"),
    (
        "correction-notice",
        r"published erratum|erratum|corrigendum|correction(?:/addition)?|addendum",
    ),
    ("corrected", r"corrected and republished article"),
    ("concern-notice", r"expression of concern"),
    ("preprint", r"preprint"),
)
_TYPE = {code: re.compile(rf"\W*(?:{words})\W*", re.I) for code, words in _TYPES}
_TYPE_FIELD = re.compile(
    r"^(?:PT|DT|M3) {0,2}-? (?P<tagged>[^\r\n]{3,60})$"
    r"|^[ \t]{0,8}(?:article |document )?(?:type|genre)[ \t]{0,4}[:=][ \t]{0,4}[{\"]?"
    r"(?P<labelled>[^\r\n\"{}]{3,60}?)[}\"]?,?[ \t]{0,8}\r?$"
    r"|<PublicationType\b[^<>]{0,80}>(?P<xml>[^<>]{3,60})<"
    r"|<(?:\w+:)?article\b[^<>]{0,600}?\sarticle-type\s*=\s*[\"'](?P<jats>[\w -]{3,40})[\"']",
    re.M | re.I,
)
_RELATED = re.compile(
    r"<related-(?:article|object)\b(?P<rest>[^<>]{0,600})>"
    r"|<CommentsCorrections\b(?P<pubmed>[^<>]{0,100})>(?P<inside>.{0,800}?)</CommentsCorrections>",
    re.S,
)
_INSIDE = re.compile(r"<(?:sub-article|response|ref-list|body)[\s>]")
"""From there on an article speaks of others."""
_RELATION = re.compile(r"(?:related-article-type|RefType)\s*=\s*[\"'](?P<type>[\w -]{3,40})[\"']")
_RELATIONS = by_word(
    {
        "retraction-notice": "retracted-article retractionof partialretractionof",
        "retracted": "retraction-forward retraction retractionin partialretractionin",
        "correction-notice": "corrected-article erratumfor",
        "corrected": "correction-forward correction erratumin correctedandrepublishedin"
        " correctedandrepublishedfrom",
        "concern-notice": "object-of-concern expressionofconcernfor",
        "concern": "concern expressionofconcernin",
    }
)
_LISTED = {
    "Retraction in": "retracted",
    "Retraction of": "retraction-notice",
    "Erratum in": "corrected",
    "Erratum for": "correction-notice",
    "Corrected and republished in": "corrected",
    "Expression of concern in": "concern",
    "Expression of concern for": "concern-notice",
}
_LIST_LINE = re.compile(rf"^(?P<label>{'|'.join(_LISTED)})(?::|[ \t]*$)", re.M | re.I)
"""PubMed's printed records."""
_LISTED_UNTIL = 500
_TITLES = (
    (
        "retracted",
        r"[\[(]?(?:retracted|withdrawn)(?: article| paper)?[\])]?\s?[:.–—-]|\[retracted\]",
    ),
    (
        "retraction-notice",
        r"(?:notice of )?(?:retraction|withdrawal)(?: note| notice)?(?: to)?:"
        r"|notice of retraction\b|retraction(?: note| notice)? (?:to|of)[: ][\"“]"
        r"|(?:retraction not(?:e|ice)|(?:temporary )?removal notice) to\b|temporary removal:"
        r"|retraction and (?:replacement|republication)\b|retraction(?: of publication)? \["
        r"|retraction (?:for|to) (?-i:[A-Z])[\w’'-]+ et al\b",
    ),
    (
        "correction-notice",
        r"(?:author |publisher )?(?:correction|addendum)(?: to| for)?:"
        r"|(?:author |publisher )?(?:corrigendum|erratum|corrigenda|errata)\b"
        r"|notice of correction\b|correction (?:for|to) (?-i:[A-Z])[\w’'-]+ et al\b",
    ),
    (
        "concern-notice",
        r"(?:editorial )?expression of concern"
        r"(?:\W*$| ?[:.–—\[(\"“]| (?:on|about|regarding|for|to)\b)",
    ),
)
"""A colon or a word of publishers: the withdrawal *of* a drug is a title like any other."""
_TITLE = {code: re.compile(rf"\W{{0,3}}(?:{words})", re.I) for code, words in _TITLES}
_TITLE_ENDS = re.compile(
    r"[\[(]\s?(?:retracted|withdrawn)(?: (?:article|paper|publication))?"
    r"(?:\.? see [^\[\]()]{1,100})?\s?[\])]\W{0,3}$",
    re.I,
)
"""``A title (Retracted article. See vol. 13, pg. 1, 2020)``, as Web of Science writes."""
_SENTENCE = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:\W{0,3}|(?:note|notice|important)\W{1,4})"
    r"this (?:(?:research |review )?article|paper|publication|preprint|review) (?:has been|is) "
    r"(?P<what>retracted|withdrawn|corrected)\b",
    re.I | re.M,
)
_PRINTED = re.compile(r"\ufeff?\s{0,5}\d{1,5}[.:] \S")
"""How a record that PubMed prints begins."""
_IN_A_RECORD = re.compile(
    r"\ufeff?\s{0,20}(?:TY|PMID|OWN|%0|@\w|\{|\[|<\?xml|<!DOCTYPE article|<(?:\w+:)?article"
    r"|<Pubmed|<record|PT [A-Z]\s|FN )",
    re.I,
)
_NOTICES = frozenset({"retraction-notice", "correction-notice", "concern-notice"})
_NOTE = re.compile(
    r"^[ \t]{0,8}note[ \t]{0,4}=[ \t]{0,4}[{\"]\W{0,3}(?P<what>retracted|withdrawn|preprint)\b",
    re.M | re.I,
)
_TOLD = {
    SelfSaid.RETRACTED: "The file says that this work was retracted{}.",
    SelfSaid.RETRACTION_NOTICE: "This is a notice of retraction{}: nothing is drafted from it.",
    SelfSaid.CORRECTED: "The file says that this work was corrected{}.",
    SelfSaid.CORRECTION_NOTICE: "This is a notice of correction{}: nothing is drafted from it.",
    SelfSaid.CONCERN: "The file says that concern was expressed about this work{}.",
    SelfSaid.CONCERN_NOTICE: "This expresses concern about a work{}: nothing is drafted from it.",
    SelfSaid.PREPRINT: "The file says that this is a preprint.",
}
_IN_WORDS = {"retracted": "retracted", "withdrawn": "retracted", "corrected": "corrected"}


def said_of_itself(page: Page, findings: Findings) -> tuple[Said, ...]:
    """Each code once, where it stands first; a notice names the work that it is of."""
    found: dict[str, Said] = {}
    for said in _all(page, findings):
        known = found.get(said.code)
        if known is None or (said.of and not known.of):
            found[said.code] = said
    if "retraction-notice" in found:
        found.pop("retracted", None)  # the title of a notice names the work that is
    if "correction-notice" in found:
        found.pop("corrected", None)
    return tuple(found.values())


def told(says: Iterable[Said]) -> Iterator[str]:
    """A sentence each, for whoever is about to draft from the file."""
    for said in says:
        of = f" ({said.of})" if said.of else ""
        yield _TOLD[SelfSaid(said.code)].format(of)


def _all(page: Page, findings: Findings) -> Iterator[Said]:
    raw = page.view.raw
    yield from _types(raw)
    for field in (
        _TAG.finditer(raw) if raw.lstrip("\ufeff \r\n").startswith(("PMID", "OWN")) else ()
    ):
        yield _said(_TAGGED[field["tag"]], raw, field.start("value"), field.end("value"))
    inside = _INSIDE.search(raw)
    for related in _RELATED.finditer(raw, 0, inside.start() if inside else len(raw)):
        relation = _RELATION.search(related["rest"] or related["pubmed"] or "")
        code = _RELATIONS.get(relation["type"].lower()) if relation else None
        if code:
            yield _said(code, raw, *related.span())
    is_printed = _PRINTED.match(raw) and "PMID:" in raw
    for listed in _LIST_LINE.finditer(raw) if is_printed else ():
        stop = raw.find("\n\n", listed.end(), listed.end() + _LISTED_UNTIL)
        end = stop if stop >= 0 else min(len(raw), listed.end() + _LISTED_UNTIL)
        yield _said(_LISTED[listed["label"].capitalize()], raw, listed.start(), end)
    if title := findings.spans.get("title"):
        for code, pattern in _TITLE.items():
            if pattern.match(findings.get("title")) and (
                code not in _NOTICES or _is_published(findings)
            ):
                yield Said(code, title)
        if _TITLE_ENDS.search(findings.get("title")):
            yield Said("retracted", title)
    if note := _NOTE.search(raw):
        what = note["what"].lower()
        yield Said(_IN_WORDS.get(what, what), Span(*note.span("what")))
    if not _IN_A_RECORD.match(raw):  # a record has its own words for it
        yield from _sentences(page)
    if findings.get("kind") == "preprint":
        yield Said("preprint", findings.spans["kind"])


def _is_published(findings: Findings) -> bool:
    """Whether the text is of a publisher: of others a title may begin with any word."""
    stated = ("container_title", "doi", "pmid", "volume")
    return any(map(findings.has, stated)) or bool(_IN_A_RECORD.match(findings.page.view.raw))


def _types(raw: str) -> Iterator[Said]:
    labelled = False
    for field in _TYPE_FIELD.finditer(raw):
        group = field.lastgroup or "tagged"
        if group == "labelled":
            if labelled:
                continue  # the first one is the document's
            labelled = True
        for words in field[group].replace("-", " ").split(";"):
            for code, pattern in _TYPE.items():
                if pattern.fullmatch(words):
                    yield Said(code, Span(*field.span(group)))
        if group == "jats":
            return  # what is inside belongs to other articles


def _sentences(page: Page) -> Iterator[Said]:
    for match in _SENTENCE.finditer(page.view.text[:_HEAD]):
        span = page.view.to_raw(*match.span())
        yield Said(_IN_WORDS[match["what"].lower()], span)


def _said(code: str, raw: str, start: int, end: int) -> Said:
    doi = next(find_dois(raw[start:end]), None)
    return Said(code, Span(start, end), doi.value if doi else "")
