"""Formats that label their fields: tagged, BibTeX and run-on records, repository elements, front
matter, HTML meta data, article XML."""

from extraction.bibliography.findings import Findings
from extraction.formats.article_xml import read_article_xml
from extraction.formats.bibtex import read_bibtex
from extraction.formats.csl_json import read_csl_json
from extraction.formats.dublin_core import read_dublin_core
from extraction.formats.endnote_xml import read_endnote_xml
from extraction.formats.frontmatter import read_front_matter
from extraction.formats.html_meta import read_page_meta
from extraction.formats.pubmed_text import read_pubmed_text
from extraction.formats.run_on import read_run_on
from extraction.formats.tagged import read_tagged
from extraction.formats.web_of_science import read_web_of_science
from extraction.text.lines import Page

__all__ = ["read_formats"]


def read_formats(page: Page, findings: Findings) -> None:
    """Read what the format itself labels; each reader does nothing on other formats."""
    if page.view.article:
        read_article_xml(page, findings)
        return
    read_tagged(page, findings)
    read_bibtex(page, findings)
    read_csl_json(page, findings)
    read_endnote_xml(page, findings)
    read_web_of_science(page, findings)
    read_pubmed_text(page, findings)
    read_run_on(page, findings)
    read_dublin_core(page, findings)
    read_front_matter(page, findings)
    read_page_meta(page, findings)
