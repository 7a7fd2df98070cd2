"""Formats that label their fields: tagged, BibTeX and run-on records, repository elements, front
matter, HTML meta data, article XML."""

from sources.reading.formats.bibtex import read_bibtex
from sources.reading.formats.dublin_core import read_dublin_core
from sources.reading.formats.frontmatter import read_front_matter
from sources.reading.formats.markup_fields import read_article_xml, read_page_meta
from sources.reading.formats.run_on import read_run_on
from sources.reading.formats.tagged import read_tagged
from sources.reading.lines import Page
from sources.reading.metadata.findings import Findings

__all__ = ["read_formats"]


def read_formats(page: Page, findings: Findings) -> None:
    """Read what the format itself labels; each reader does nothing on other formats."""
    read_tagged(page, findings)
    read_bibtex(page, findings)
    read_run_on(page, findings)
    read_dublin_core(page, findings)
    read_front_matter(page, findings)
    read_article_xml(page, findings)
    read_page_meta(page, findings)
