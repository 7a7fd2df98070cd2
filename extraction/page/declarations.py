"""Whole articles: sections that say how a text came about, and paragraphs that it holds twice."""

import re

from extraction.text.lines import Page

_DECLARES = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*\.?\s+)?(?:(?:list of )?abbreviations|acknowledge?ments?|"
    r"authors?['’]?s?['’]? contributions?|(?:potential )?conflicts? of interests?(?: statement)?|"
    r"(?:competing|financial|declarations? of)(?: competing)? interests?(?: statement)?|"
    r"(?:financial )?disclosures?|declarations?|funding(?: (?:statement|sources?|information))?|"
    r"(?:role of )?(?:the )?funding source|data (?:and materials? )?availability(?: statement)?|"
    r"availability of data(?: and materials?)?|data sharing(?: statement)?|"
    r"ethics(?: (?:statement|approval))?(?: and consent to participate)?|consent for publication|"
    r"pre-publication history|supplementa(?:ry|l) (?:materials?|data|information)|"
    r"supporting information|publisher['’]s note|references|author (?:notes|information|details|"
    r"affiliations)|correspondence|orcid(?: ids?)?|appendix [a-z0-9]:? supplementary.{0,30}|credit"
    r" author(?:ship)?.{0,40}|contributors|provenance and peer review|patient consent|"
    r"open access|pre-publication history|article history)\s*[.:]?",
    re.I,
)
_DECLARES_HERE = re.compile(
    r"\W{0,3}(?:(?:the )?(?:corresponding author|author for correspondence|correspondence"
    r"(?: (?:to|should be addressed to|and requests.{0,40}to))?|reprints?|requests for reprints"
    r"|address(?:es)? (?:for|all|correspondence)|e-?mail(?: address)?(?:es)?|received|accepted"
    r"|submitted|edited by|reviewed by|academic editor|handling editor|citation"
    r"|cite this article as|how to cite|to cite this article|copyright|abbreviations|keywords?"
    r"|key words|acknowledge?ments?"
    r"|funding|financial (?:support|disclosures?)|(?:potential )?conflicts? of interests?"
    r"(?: (?:statement|disclosures?))?|(?:competing|declaration of) interests?|disclosures?"
    r"|authors?['’]?s?['’]? contributions?|contributors|data availability(?: statement)?"
    r"|ethics (?:statement|approval)|supplementary (?:materials?|data)|provenance"
    r"|trial registration|orcid)\s?[:.—–]|(?:these authors|\*?corresponding author|"
    r"electronic supplementary material|this is an open[- ]access article|"
    r"(?:the )?(?:full )?list of author information)\b"
    r"|(?:contributors|author contributions|funding|conflicts? of interests?|competing interests|"
    r"ethics approval|acknowledge?ments?)\s(?-i:[A-Z]))",
    re.I,
)
"""What a paragraph of a printed page begins with that says how it came about."""
_PARAGRAPH = 60
"""Characters from which on a line that stands twice is a paragraph."""


def claim_declarations(page: Page) -> None:
    """What follows such a heading, and every paragraph but the first in the same words."""
    if not (page.view.article or page.is_file):
        return
    declares, seen = False, set[str]()
    for line in page.lines:
        if line.role == "heading":
            declares = bool(_DECLARES.fullmatch(line.text))
        elif not line.role and (declares or (page.is_file and _DECLARES_HERE.match(line.text))):
            line.role = "declarations"
        elif not line.role and len(line.text) >= _PARAGRAPH:
            if line.text in seen:
                line.role = "repeated"
            seen.add(line.text)
