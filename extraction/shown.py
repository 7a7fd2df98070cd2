"""The text as it is read, where a document writes it in LaTeX or in JSON, with the way back to its
offsets.

Claims and names are looked for in what a reader sees; every span that comes of it points into the
text as it is written, and quotes are of that.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from extraction.formats.bibtex import is_bibtex
from extraction.formats.csl_json import is_csl_json
from extraction.text import escapes, latex
from extraction.text.latex import Run
from extraction.text.markup import View
from extraction.types import Extraction, Mention, ProposedClaim, Reading, SeenSentence, Span

Runs = Callable[[str, int, int], Iterable[Run]]
"""How the stretches of a text are read."""
_Whole = Mapping[tuple[int, int], Span]
"""Sentences as they are written, by where they are seen."""

__all__ = ["Shown", "quote_as_read", "shown_of"]


def quote_as_read(text: str, start: int, end: int) -> str:
    """A quote of the document ``text`` in the words that a reader sees."""
    quote = text[start:end]
    if is_bibtex(text):
        return latex.plain(quote)
    return escapes.plain(quote) if is_csl_json(text) else quote


def shown_of(reading: Reading) -> "Shown | None":
    """The reading as it is seen; None where it is seen as it is written."""
    if is_bibtex(reading.text):
        runs: Runs = latex.runs
    elif is_csl_json(reading.text):
        runs = escapes.runs
    else:
        return None
    title = reading.metadata.spans.get("title")
    spans = [Span(region.start, region.end) for region in reading.regions if region.prose]
    view = _view(reading.text, runs, [*spans, *([title] if title else [])])
    return Shown(reading, view) if view.text != reading.text else None


def _view(raw: str, runs: Runs, spans: Iterable[Span]) -> View:
    """``raw`` as it is read within the spans, and letter for letter between them."""
    view = View(raw)
    pieces: list[str] = []
    length = reached = 0
    for span in [*sorted(spans), Span(len(raw), len(raw))]:
        first = max(span.start, reached)
        between = [Run(raw[reached:first], reached, first, True)] if reached < first else []
        for run in (*between, *runs(raw, first, span.end)):
            view.seen_starts.append(length)
            view.runs.append((run.start, run.end, run.literal))
            pieces.append(run.shown)
            length += len(run.shown)
        reached = max(reached, span.end)
    view.text = "".join(pieces)
    return view


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class Shown:
    """A reading, and the view of its text."""

    def __init__(self, written: Reading, view: View) -> None:
        self.written = written
        self.view = view
        self._starts = [start for start, _, _ in view.runs]

    @property
    def reading(self) -> Reading:
        """The reading of what is seen, every span in it."""
        metadata = self.written.metadata
        spans = {name: self._seen(span) for name, span in metadata.spans.items()}
        regions = [(region, self._seen(region)) for region in self.written.regions]
        return replace(
            self.written,
            text=self.view.text,
            metadata=replace(metadata, spans={n: s for n, s in spans.items() if s}),
            regions=tuple(replace(r, start=s.start, end=s.end) for r, s in regions if s),
            sentences=tuple(
                replace(sentence, start=span.start, end=span.end)
                for sentence in self.written.sentences
                if (span := self._seen(sentence))
            ),
        )

    def written_out(self, found: Extraction) -> Extraction:
        """What was found in the view, with the spans of the text as it is written."""
        whole = {
            (span.start, span.end): Span(sentence.start, sentence.end)
            for sentence in self.written.sentences
            if (span := self._seen(sentence))
        }
        return replace(
            found,
            mentions=tuple(self._mention(mention) for mention in found.mentions),
            claims=tuple(self._claim(claim, whole) for claim in found.claims),
            seen=tuple(self._listed(sentence, whole) for sentence in found.seen),
        )

    def _listed(self, sentence: SeenSentence, whole: _Whole) -> SeenSentence:
        span = self._written(sentence, whole)
        words = span.of(self.written.text)
        return replace(sentence, start=span.start, end=span.end, exact=words)

    def _mention(self, mention: Mention) -> Mention:
        span = self.view.to_raw(mention.start, mention.end)
        return replace(mention, start=span.start, end=span.end)

    def _claim(self, claim: ProposedClaim, whole: _Whole) -> ProposedClaim:
        span = self._written(claim, whole)
        before = claim.antecedent
        return replace(
            claim,
            start=span.start,
            end=span.end,
            exact=span.of(self.written.text),
            shown=self.view.text[claim.start : claim.end],
            antecedent=self.view.to_raw(before.start, before.end) if before else None,
        )

    def _written(self, found: _Stretch, whole: _Whole) -> Span:
        """A whole sentence is all of it as it is written, the braces around its words too."""
        return whole.get((found.start, found.end)) or self.view.to_raw(found.start, found.end)

    def _seen(self, span: _Stretch) -> Span | None:
        """What of a stretch is seen; None where it is nothing."""
        start, end = self._place(span.start), self._place(span.end)
        return Span(start, end) if start < end else None

    def _place(self, position: int) -> int:
        """Where the view goes on at a position of the text as it is written."""
        number = bisect_right(self._starts, position) - 1
        if number < 0:
            return 0
        start, end, literal = self.view.runs[number]
        at = self.view.seen_starts[number]
        if position >= end:
            following = number + 1
            known = following < len(self.view.seen_starts)
            return self.view.seen_starts[following] if known else len(self.view.text)
        return at + position - start if literal else at
