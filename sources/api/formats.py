"""The representations of what can be cited, beside JSON."""

from collections.abc import Mapping, Sequence

from publication.api.negotiation import JSON, JSON_LD, Format
from sources.citing.files import BIBTEX, CSL, RIS, File

_ITEMS = {
    "type": "array",
    "description": "How to cite it, as CSL-JSON.",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "properties": {
            "id": {"type": "string", "description": "Tells the items of the answer apart."},
            "type": {"type": "string", "description": "What kind of work it is, as CSL names it."},
        },
        "additionalProperties": True,
    },
}


def _text(means: str) -> Mapping[str, object]:
    return {"type": "string", "description": means}


def _format(name: str, file: File, schema: Mapping[str, object]) -> Format:
    return Format(name, file.media_type, schema, file=file.suffix, charset=file.charset)


_FILES: Mapping[Format, File] = {
    _format("csl", CSL, _ITEMS): CSL,
    _format("bibtex", BIBTEX, _text("How to cite it, as BibTeX in UTF-8.")): BIBTEX,
    _format("ris", RIS, _text("How to cite it, as RIS.")): RIS,
}
CITATIONS: Sequence[Format] = tuple(_FILES)
CITED: Sequence[Format] = (JSON, JSON_LD, *CITATIONS)
"""All that a record, a version and a claim are sent as."""


def file_of(wanted: Format) -> File:
    """What writes one of the citations."""
    return _FILES[wanted]
