"""Keeping the sentences of a document that were seen and not understood."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extraction import types
from sources.models import Document
from therapies.models import SeenSentence

Span = tuple[int, int]


def list_seen(document: Document, seen: Iterable[types.SeenSentence]) -> int:
    """Keep those that are not known yet, whatever became of the known ones; how many new ones are
    listed now. A reading that cuts sentences otherwise brings none back: what overlaps is known.
    """
    found = list(seen)
    if not found:
        return 0
    known = sorted(document.seen_sentences.order_by().values_list("start", "end"))
    new = [one for one in found if not _overlaps((one.start, one.end), known)]
    if not new:
        return 0
    return list_first(document, new, document.proposals.order_by().values_list("start", "end"))


def list_first(
    document: Document, seen: Iterable[types.SeenSentence], proposed: Iterable[Span]
) -> int:
    """Keep those of which none is known; how many are listed, for no claim is ``proposed`` of
    them.
    """
    new = {(sentence.start, sentence.end): sentence for sentence in seen}
    SeenSentence.objects.bulk_create(
        SeenSentence(
            document=document,
            start=sentence.start,
            end=sentence.end,
            exact=sentence.exact,
            names=list(sentence.names),
            topics=list(sentence.topics),
        )
        for sentence in new.values()
    )
    spans = list(proposed)
    return sum(all(end <= first or last <= start for first, last in spans) for start, end in new)


def _overlaps(span: Span, known: Sequence[Span]) -> bool:
    """Whether a span shares a letter with one of ``known``, which share none with each other."""
    start, end = span
    before = bisect_left(known, (end, 0))
    return before > 0 and known[before - 1][1] > start
