"""Lines that belong to the page around the document, not to the document."""

import re

from extraction.page.headings import is_section_name
from extraction.text.lines import Line, Page
from extraction.text.person_names import parse_authors

_SHARE = re.compile(
    r"(?:stay connected|follow (?:us|me)\b|share (?:this|on|via|by|to)\b|share$|share:|tweet\b|"
    r"like us\b|pin it\b|connect with us|join us on|print(?: this)?(?: page)?$|e-?mail(?: this)?"
    r"(?: page)?$|facebook$|twitter$|linkedin$|whatsapp$|reddit$|pinterest$|copy link$|copied!?$|"
    r"instagram$|youtube$|bluesky$|x$)",
    re.I,
)
_INTERFACE = re.compile(
    r"(?:show|hide|view|see|expand|collapse|toggle)\s(?:all\s|more\s|less\s|"
    r"full\s)?(?:affiliations?"
    r"|authors?|details|more|less|all|menu|navigation|references|article|text|pdf|abstract)s?$|"
    r"authors?$|authors?['’]? affiliations?$|affiliations?$|(?:download|view|open|get)\s(?:the\s)?"
    r"(?:pdf|citation|article|full[ -]?text|file)s?$|(?:full[ -]text|pdf|html|epub|xml)"
    r"(?:\s?\([^)]{1,30}\))?$|skip to\b.{0,90}$|(?:main )?menu$|search$|home$|log ?in$|sign (?:in|"
    r"up|out)$|"
    r"register$|subscribe(?: now)?$|newsletter$|contact(?: us)?$|about(?: us)?$|"
    r"privacy(?: policy)?$|"
    r"terms (?:of use|and conditions|of service)$|cookie (?:policy|settings|preferences)$|"
    r"accept(?: all)?"
    r"(?: cookies)?$|back to (?:top|search|results).{0,20}$|next(?: article| page)?$|"
    r"previous(?: article| page)?$|"
    r"advertisement$|sponsored$|read more$|learn more$|continue reading$|table of contents$|"
    r"on this page$|"
    r"in this (?:article|page|section)$|jump to(?: section)?$|add to (?:favorites|basket|library)$|"
    r"save$|export$|permissions?$|request permissions$|rights and permissions$|metrics$|"
    r"altmetric.{0,40}$|"
    r"open access$|free (?:access|article|pmc article)$|peer[- ]reviewed?$|crossmark$|"
    r"check for updates$|"
    r"loading\b.{0,20}$|close$|ok$|cancel$|submit$|comments?(?: \(\d+\))?$|leave a (?:comment|"
    r"reply)$|"
    r"tags?:.{0,200}$|categor(?:y|ies):.{0,200}$|posted in\b.{0,100}$|filed under\b.{0,100}$|"
    r"author links open overlay panel$|\*?corresponding authors?(?: for this work)?$|"
    r"(?:medically |clinically |expert )?(?:reviewed|edited|fact[- ]checked|approved) by\b.{0,80}$|"
    r"(?:find|search) (?:a|this|by) (?:journal|keyword|title)s?$|publish with us$|"
    r"track your research$|cart$|(?:explore|see) all metrics$|download keyboard_arrow_down$|"
    r"browse figures$|versions? notes$|(?:journal homepage|submission guidelines|aims and scope|"
    r"submit (?:a )?(?:manuscript|paper))$|view all (?:authors|access|\d+ articles)\b.{0,60}$|"
    r"(?:get (?:full )?access to|access|buy|rent) this (?:article|chapter|paper)\b.{0,30}$|"
    r"affiliations? (?:collapse|expand)$|pubmed disclaimer$|tools$|actions \(login required\)$|"
    r"view item(?: view item)?$|(?:\d[\d,.]*k? )(?:accesses|altmetric|downloads?(?: \(pure\))?|"
    r"views|min(?:ute)?s? read|reads)$|.{0,60}\blogo$|help (?:&|and) faqs?$|profiles$|"
    r"(?:by )?author(?:s|\(s\))? to whom correspondence\b.{0,40}$|\* ?author to whom\b.{0,60}$|"
    r"cookies on this (?:web)?site$|(?:about|manage|use of) cookies$|"
    r"save to library$|create alert$|view on \w+$|tldr$|highly influential citations \d+$|"
    r"(?:background|methods|results) citations \d+$|posted by u/.{0,60}$|sort by:.{0,20}$|"
    r"r/\w{2,40}$|get rights and content$|show (?:more|less)$|add to mendeley$|"
    r"(?:pdf|split view|cite|permissions(?: icon)?|share|article history| ){2,80}$|"
    r"home\s*[>/»›].{0,120}$|"
    r"null$|undefined$|nan$|\[object object\]$|true$|false$|n/?a$",
    re.I,
)
_PORTAL = re.compile(
    r"dive into the research topics of\b|together they form a unique fingerprint|"
    r"view full fingerprint|"
    r"(?:fingerprint|powered by pure|link to publication in scopus|other files and links|"
    r"access to document|"
    r"we use cookies\b.*|this (?:web)?site uses cookies\b.*|©.{0,20}powered by.*)$",
    re.I,
)
_RELATED = re.compile(
    r"(?:other |more )?(?:related|similar|recommended)(?: (?:docs?|documents?|articles?|content|"
    r"posts?|"
    r"publications?|papers?|research|reading|pages?|topics?|links?|stories|information|"
    r"resources))?:?$|"
    r"you (?:may|might) (?:also )?(?:like|be interested in).{0,30}$|people also (?:read|ask|"
    r"viewed).{0,20}$|"
    r"(?:read next|recent posts|see also|further reading|more from\b.{0,60}|more like this|"
    r"most (?:read|"
    r"viewed|cited)(?: articles?)?|cited by(?: \d+ articles?)?|(?:latest|trending) (?:news|"
    r"articles|posts)|"
    r"explore more.{0,30}|recommended for you):?$",
    re.I,
)
_CITED = re.compile(
    r"(?:article |our |list of )?(?:sources?|references?|bibliography|works cited|literature cited|"
    r"cited (?:sources|literature|works)|citations|references and notes|references cited|"
    r"sources and references):?(?: \(\d+\))?$",
    re.I,
)
_CITE_THIS = re.compile(
    r"(?:how to )?cite (?:this|as|the)\b.{0,40}$|citation$|apa$|bibtex$|ris$", re.I
)
_SHARE_LINK = re.compile(
    r"(?:%[0-9A-Fa-f]{2}[^%\s]{0,200}){3}|[?&;]linkname=|/sharer?[./?]|intent/tweet"
)
_REVIEWED = re.compile(
    r"(?:this )?(?:(?:web)?page|leaflet|article|content|information)?\s?(?:was |will be )?"
    r"(?:(?:last|next) )?(?:reviewed|updated|review due|modified)\b",
    re.I,
)
_NUMBERED = re.compile(r"(?:\[\d{1,3}\]|\d{1,3}[.)]|\^)\s*\S")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_REFERENCE_MARK = re.compile(
    r"\d\s?;\s?\d|\bdoi\b|\d\s?\(\d{1,3}\)\s?:|https?://|\d:\s?\w?\d+\s?[-–]\s?\w?\d|\bpp?\.\s?\d"
)
_MAX_LABEL = 90


def claim_boilerplate(page: Page) -> None:
    for line in page.lines:
        if line.role:
            continue
        if len(line.text) <= _MAX_LABEL:
            line.role = _short_role(line.text)
        if not line.role and _PORTAL.match(line.text) and len(line.text) < 400:
            line.role = "portal_footer"
        if not line.role and " " not in line.text and _SHARE_LINK.search(line.text[:4000]):
            line.role = "share_link"
    _claim_sections(page)
    _claim_numbered_references(page)


def _claim_numbered_references(page: Page) -> None:
    """A numbered list in which several items have the marks of a reference cites other works."""
    numbered = [line for line in page.lines if not line.role and _NUMBERED.match(line.text)]
    references = [x for x in numbered if _YEAR.search(x.text) and _REFERENCE_MARK.search(x.text)]
    if len(references) > 1:
        for line in references:
            line.role = "sources"


def _short_role(text: str) -> str:
    if _SHARE.match(text) and not text.endswith("."):
        return "share_buttons"
    if re.fullmatch(r"(?:null|undefined|nan|\[object object\])", text, re.I):
        return "html_debris"
    if _INTERFACE.match(text):
        return "ui_labels"
    return ""


def _claim_sections(page: Page) -> None:
    """Lists that a heading announces: other documents, cited sources, ways to cite."""
    label = ""
    for number, line in enumerate(page.lines):
        if line.role == "front_matter":
            continue
        if number and (begun := section_label(line.text)):
            label = begun
            line.role = label
        elif label and (_leaves_list(line) or (label == "portal_footer" and _is_signed(line.text))):
            label = ""
        elif label and line.role in {"", "ui_labels"}:
            line.role = label


def section_label(text: str) -> str:
    if len(text) > _MAX_LABEL:
        return ""
    text = re.sub(r"^#{1,6}\s+|\[edit(?: source)?\]$", "", text)
    if _RELATED.match(text):
        return "related_docs"
    if _CITED.match(text):
        return "sources"
    return "portal_footer" if _CITE_THIS.match(text) else ""


def _is_signed(text: str) -> bool:
    """Persons without a year below a button such as "Cite this article" are the authors."""
    return (
        len(text) < 2000 and not re.search(r"(?:19|20)\d\d", text) and len(parse_authors(text)) > 1
    )


def _leaves_list(line: Line) -> bool:
    """A section name, or a paragraph of plain prose, is no longer part of a list."""
    text = line.text
    if len(text) < _MAX_LABEL and _REVIEWED.match(text):
        return True
    if is_section_name(text) or re.match(r"(?:©|copyright\b|\(c\) ?(?:19|20)\d\d)", text, re.I):
        return True
    return len(text) > 250 and not re.search(r"(?:19|20)\d\d|doi|https?:", text, re.I)
