"""How many rows are public is what counting them says, whatever was counted before."""

import pytest

from publication import counting, log
from publication.counting import Counted, count
from publication.remembered import Remembered
from tests.stories import Story
from therapies.published import PublishedClaim

pytestmark = pytest.mark.django_db

CLAIMS = PublishedClaim.objects


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_counts", Remembered(most=100_000))


@pytest.mark.parametrize("seed", range(3))
def test_count_that_was_brought_forward_is_right(seed: int) -> None:
    story = Story(seed)
    for _ in range(40):
        story.goes_on()
        head = log.head_seq()
        if story.random.random() < 0.5:
            continue
        for seq in (head, story.random.randrange(head + 1)):
            for every in (
                PublishedClaim.objects.all(),
                PublishedClaim.objects.filter(topic="safety"),
            ):
                assert count(every, seq) == every.as_of(seq).count(), seq


def test_rows_are_cut_from_their_order() -> None:
    story = Story(1)
    for _ in range(30):
        story.goes_on()
    seq = log.head_seq()
    rows = Counted(PublishedClaim.objects.all(), seq, "-key")
    every = list(PublishedClaim.objects.as_of(seq).order_by("-key"))
    assert (len(rows), list(rows[2:5]), rows[0]) == (len(every), every[2:5], every[0])


def test_stretch_of_the_log_is_cut_by_its_numbers() -> None:
    story = Story(2)
    for _ in range(12):
        story.goes_on()
    on, back = log.Stretch(2, 10), log.Stretch(2, 10, newest_first=True)
    assert [entry.seq for entry in on[:3]] == [3, 4, 5]
    assert [entry.seq for entry in back[6:99]] == [4, 3]
    assert (len(on), len(log.Stretch(5, 3)), on[0].seq, list(on[8:])) == (8, 0, 3, [])
