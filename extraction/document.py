"""One document, step by step: the table of contents of reading and of extraction."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from extraction.about import about_ms
from extraction.bibliography import Findings, judge, read_metadata
from extraction.bibliography.forms import form_stated
from extraction.bibliography.printed import read_printed
from extraction.bibliography.self_said import said_of_itself, told
from extraction.files.apart import read_apart
from extraction.files.kinds import FileKind, kind_of
from extraction.files.page import claim_looks, front_of, page_of_file
from extraction.filetext import FileText
from extraction.foreign import refuse_foreign
from extraction.formats import read_formats
from extraction.frames.headings import named_in
from extraction.frames.reading import read_sentences
from extraction.frames.subjects import Referent
from extraction.names.mentions import Search
from extraction.names.vocabulary import Vocabulary
from extraction.page.boilerplate import claim_boilerplate
from extraction.page.headings import mark_headings
from extraction.page.regions import claim_prose, regions_of, sentences_of
from extraction.page.repeated import cut_repeated
from extraction.shown import shown_of
from extraction.text.decode import decode
from extraction.text.lines import Page, page_of
from extraction.text.markup import view
from extraction.types import Extraction, Mention, Reading, Span

__all__ = ["extract", "read"]


def read(data: bytes, *, name: str, known: FileText | None = None) -> Reading:
    """Read one document; raises ``Unreadable`` with one line that says why not.

    ``known`` is the text that was made of the same file before, which is not made anew.
    """
    kind = kind_of(data)
    if kind is not None:
        return _of_file(known or read_apart(data, kind), data, name, kind)
    decoded = decode(data)
    refuse_foreign(decoded.text, name)
    page = page_of(view(decoded.text))
    findings = Findings(page)
    read_formats(page, findings)
    cut_repeated(page)
    claim_boilerplate(page)
    read_metadata(page, findings)
    return _reading(page, findings, data, name, decoded.encoding, decoded.notes)


def _of_file(file: FileText, data: bytes, name: str, kind: FileKind) -> Reading:
    """Of a file that is no text: looks stand for mark-up, and its first pages say what it is."""
    refuse_foreign(file.text, name)
    page = page_of_file(file)
    findings = Findings(page)
    front = front_of(page, file)
    claim_boilerplate(page)
    read_metadata(front, findings)
    read_printed(front, findings, file.hints)
    claim_looks(page, file)
    return replace(_reading(page, findings, data, name, str(kind), file.notes), file=file)


def _reading(
    page: Page, findings: Findings, data: bytes, name: str, encoding: str, notes: Sequence[str]
) -> Reading:
    """What is prose, where its sentences are, and what they and the fields say of the whole."""
    mark_headings(page)
    claim_prose(page)
    sentences = sentences_of(page)
    judge(findings, sentences)
    says = said_of_itself(page, findings)
    metadata = findings.metadata()
    return Reading(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        text=page.view.raw,
        regions=regions_of(page),
        metadata=metadata,
        sentences=sentences,
        notes=(*notes, *told(says)),
        says=says,
        form=form_stated(page.view.raw, in_a_journal=bool(metadata.container_title)),
    )


def extract(reading: Reading, names: Vocabulary) -> Extraction:
    """Mentions and claims of one document: names searched, its subject judged, claims read.

    What is written in LaTeX is searched as it is seen.
    """
    shown = shown_of(reading)
    if shown is None:
        return _extract(reading, names)
    return shown.written_out(_extract(shown.reading, names))


def _extract(reading: Reading, names: Vocabulary) -> Extraction:
    title = reading.metadata.spans.get("title")
    spans = [Span(s.start, s.end) for s in reading.sentences]
    search = Search.through(reading.text, names)
    mentions = search.mentions([*spans, *([title] if title else [])])
    is_about, reason = about_ms(reading, mentions, names.diseases)
    if reading.is_notice:  # what it repeats of its work is no result
        return Extraction(is_about, reason, mentions, (), why_nothing=_NOTICE)
    claims, seen = read_sentences(
        reading,
        mentions,
        names,
        heading_subjects=_heading_subjects(reading, search),
        document_subjects=named_in(reading.text, title, mentions, names) if title else (),
    )
    nothing = "" if claims else _why_nothing(reading, mentions, len(seen))
    return Extraction(is_about, reason, mentions, claims, seen, nothing)


_NOTICE = "It is a notice about another work, and what it repeats of that is no result."


def _why_nothing(reading: Reading, mentions: Sequence[Mention], seen: int) -> str:
    """Why no claim is read of a document, in one sentence."""
    if not reading.sentences:
        return "No sentence of prose was found in it: a text has to be read, not a list or a table."
    if not any(mention.kind == "therapy" for mention in mentions):
        return "Its sentences name no therapy that the vocabulary or its records know."
    if seen:
        return (
            "Its sentences name therapies, but none says in a way that is understood what they do."
        )
    return (
        "Its sentences name therapies and say nothing of what they do: aims, methods, the disease."
    )


def _heading_subjects(reading: Reading, search: Search) -> dict[str, tuple[Referent, ...]]:
    """Therapies that a heading names, by the heading as sentences carry it."""
    spans = [Span(r.start, r.end) for r in reading.regions if r.label == "heading"]
    mentions = search.mentions(spans)
    found: dict[str, tuple[Referent, ...]] = {}
    for span in spans:
        words = " ".join(span.of(reading.text).split())
        subjects = named_in(reading.text, span, mentions, search.vocabulary)
        if subjects:
            found[words] = found[words.rstrip(".:")] = subjects
    return found
