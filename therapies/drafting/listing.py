"""Keeping the sentences of a document that were seen and not understood."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extraction import types
from sources.models import Document
from therapies.models import SeenSentence


def list_seen(document: Document, seen: Iterable[types.SeenSentence]) -> int:
    """Keep those that are not known yet, whatever became of the known ones; how many new ones are
    listed now. A reading that cuts sentences otherwise brings none back: what overlaps is known.
    """
    found = {(sentence.start, sentence.end): sentence for sentence in seen}
    if not found:
        return 0
    known = sorted(document.seen_sentences.values_list("start", "end"))
    new = {span: sentence for span, sentence in found.items() if not _overlaps(span, known)}
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
    listed = set(document.seen_sentences.listed().values_list("start", "end"))
    return len(listed & new.keys())


def _overlaps(span: tuple[int, int], known: Sequence[tuple[int, int]]) -> bool:
    """Whether a span shares a letter with one of ``known``, which share none with each other."""
    start, end = span
    before = bisect_left(known, (end, 0))
    return before > 0 and known[before - 1][1] > start
