"""Article XML: sections that say how a text came about, and paragraphs that it holds twice."""

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
    r"supporting information|publisher['’]s note|references)\s*[.:]?",
    re.I,
)
_PARAGRAPH = 60
"""Characters from which on a line that stands twice is a paragraph."""


def claim_declarations(page: Page) -> None:
    """What follows such a heading, and every paragraph but the first in the same words."""
    if not page.view.article:
        return
    declares, seen = False, set[str]()
    for line in page.lines:
        if line.role == "heading":
            declares = bool(_DECLARES.fullmatch(line.text))
        elif not line.role and declares:
            line.role = "declarations"
        elif not line.role and len(line.text) >= _PARAGRAPH:
            if line.text in seen:
                line.role = "repeated"
            seen.add(line.text)
