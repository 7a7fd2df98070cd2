"""Filters of lists that only the types of this app, and its texts, know."""

from typing import Any, ClassVar

from django.http import HttpRequest

from editorial.admin.filters import OfferedFilter
from therapies.queue import doubts, on_one_source, with_proposals, with_sentences


class DoubtFilter(OfferedFilter):
    """Whether a claim rests on a source that was retracted, corrected since or withdrawn."""

    title = "rests on"
    parameter_name = "rests_on"
    values: ClassVar[dict[str, str]] = {"doubtful": "a source with a problem"}

    def narrowed(self, request: HttpRequest, rows: Any, value: str) -> Any:
        kind = rows.model.record_type
        return rows.filter(public_id__in=[key[1] for key in doubts() if key[0] == kind])


class OneSourceFilter(OfferedFilter):
    """Whether readers see the claim, and one source alone bears it out."""

    title = "rests on"
    parameter_name = "rests_on"
    values: ClassVar[dict[str, str]] = {"one": "one source alone"}

    def narrowed(self, request: HttpRequest, rows: Any, value: str) -> Any:
        return rows.filter(public_id__in=on_one_source().values("claim_id"))


class ReadFilter(OfferedFilter):
    """What was read of the source and waits for an editor."""

    title = "read and waiting"
    parameter_name = "waiting"
    values: ClassVar[dict[str, str]] = {
        "proposals": "proposals",
        "sentences": "sentences not understood",
    }

    def narrowed(self, request: HttpRequest, rows: Any, value: str) -> Any:
        return with_proposals(rows) if value == "proposals" else with_sentences(rows)
