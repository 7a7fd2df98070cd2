"""A check that cannot go to its end leaves nothing half read behind."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from publication.verify import Check, Finding, Watch, asked, unwatched


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [DatabaseError("disk image is malformed"), ValueError("odd")])
def test_half_read_query_is_ended_at_once(problem: Exception) -> None:
    """Else Python would end it after the file was closed, and print a traceback."""
    ended = []

    def rows() -> Iterator[int]:
        try:
            yield 1
            yield 2
        finally:
            ended.append(True)

    def run(watch: Watch) -> Iterator[Finding]:
        begun = rows()
        for _ in begun:
            kept = problem  # the error holds the frame, and the frame the error
            raise kept
        yield Finding("", "")

    (finding,) = asked(Check("quotes", run), unwatched)
    assert ended
    assert finding.what.startswith("not checked to its end")
