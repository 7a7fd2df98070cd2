"""The files that reference managers load, each with what writes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sources.citing import bibtex, csl, ris
from sources.citing.items import Item


@dataclass(frozen=True, slots=True)
class File:
    """One kind of file, in UTF-8."""

    label: str
    suffix: str
    media_type: str
    write: Callable[[Sequence[Item]], str]
    charset: bool = False
    """Whether its media type tells the encoding."""

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


BIBTEX = File("BibTeX", "bib", "application/x-bibtex", bibtex.write, charset=True)
RIS = File("RIS", "ris", "application/x-research-info-systems", ris.write, charset=True)
CSL = File("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", csl.write)
FILES: Mapping[str, File] = {"bibtex": BIBTEX, "ris": RIS, "csl-json": CSL}
"""By the name under which a page offers them."""
