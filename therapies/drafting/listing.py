"""Keeping the sentences of a document that were seen and not understood."""

from collections.abc import Iterable

from extraction import types
from sources.models import Document
from therapies.models import SeenSentence


def list_seen(document: Document, seen: Iterable[types.SeenSentence]) -> int:
    """Keep those that are not known yet, whatever became of the known ones; how many new ones are
    listed now.
    """
    known = set(document.seen_sentences.values_list("start", "end"))
    new = {(s.start, s.end): s for s in seen if (s.start, s.end) not in known}
    if not new:
        return 0
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
