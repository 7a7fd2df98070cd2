"""Why nothing can rest on a source now that readers see: it is retracted, or the text is not its
approved version's.
"""

from collections.abc import Collection, Iterator

from editorial.pairs import Blocker, Needed
from publication import log
from sources.choices import Standing
from sources.published import PublishedSource
from sources.texts import Document


def doubtful(needed: Collection[Needed]) -> dict[Needed, Blocker]:
    """Those of these public sources and texts that nothing can rest on."""
    ids = [one.public_id for one in needed]
    rows = PublishedSource.objects.current().filter(public_id__in=ids)
    retracted = dict(rows.filter(standing=Standing.RETRACTED).values_list("public_id", "name"))
    found = {
        one: Blocker(
            "source-retracted",
            f"The source “{retracted[one.public_id]}” is retracted.",
            own=False,
            waits_for=_source(one),
            ends_with_approval=False,
        )
        for one in needed
        if one.public_id in retracted
    }
    return found | dict(_not_approved([one for one in needed if one.text and one not in found]))


def _not_approved(needed: Collection[Needed]) -> Iterator[tuple[Needed, Blocker]]:
    """A text that came to a public source after its approval was reviewed by nobody as its own."""
    approved = {
        public_id: _approved_texts(public_id) for public_id in {n.public_id for n in needed}
    }
    late = [one for one in needed if one.text not in approved[one.public_id]]
    texts = Document.objects.defer("text", "layout").select_related("source")
    by_digest = texts.in_bulk([one.text for one in late], field_name="sha256")
    for one in late:
        text = by_digest[one.text]
        yield (
            one,
            Blocker(
                "text-not-approved",
                f"The text “{text}” is not part of the approved version of the source "
                f"“{text.source}”, so it has to be revised and approved with it first.",
                own=False,
                waits_for=_source(one),
            ),
        )


def _approved_texts(public_id: str) -> set[str]:
    entry = log.latest_approval("source", public_id)
    return {document["sha256"] for document in entry.body["documents"]} if entry else set()


def _source(one: Needed) -> Needed:
    return Needed(one.record_type, one.public_id)
