"""Marking a source is an emergency exit; lifting a mark takes somebody else."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

from editorial.errors import OwnWork
from editorial.models import User
from publication import log
from sources.actions import set_standing
from sources.models import Source
from tests.building import person, publish, source_with_text
from tests.workroom import page, seen, signed_in, staff

pytestmark = pytest.mark.django_db

NOTE = {"note": "Journal notice."}


@pytest.fixture
def author() -> User:
    user = staff("editor", "Ann Author")
    user.groups.add(Group.objects.get(name="reviewer"))
    return user


@pytest.fixture
def source(author: User) -> Source:
    return publish(source_with_text("A source. One."), editor=author)


def post(by: User, source: Source, standing: str) -> Any:
    posted = {"action": "standing", "standing": standing, "seen": seen(source, "standing"), **NOTE}
    return signed_in(by).post(page(source, "act"), posted)


def standing(source: Source) -> str:
    source.refresh_from_db()
    return source.standing


def test_contributor_may_mark_at_once(source: Source, author: User) -> None:
    assert post(author, source, "corrected").status_code == 302
    assert post(author, source, "retracted").status_code == 302
    assert standing(source) == "retracted"


@pytest.mark.parametrize(
    ("mark", "milder"),
    [("retracted", "current"), ("retracted", "corrected"), ("corrected", "current")],
)
def test_who_set_the_mark_does_not_lift_it(source: Source, mark: str, milder: str) -> None:
    reviewer, other = staff("reviewer", "Rob Marker"), staff("reviewer")
    set_standing(source, standing=mark, by=reviewer, **NOTE)
    head = log.head_seq()
    answer = post(reviewer, source, milder)
    assert answer.status_code == 403
    assert "Rob Marker set this mark, so somebody else has to lift it" in answer.content.decode()
    with pytest.raises(OwnWork):
        set_standing(source, standing=milder, by=reviewer, **NOTE)
    assert (standing(source), log.head_seq()) == (mark, head)
    assert post(other, source, milder).status_code == 302
    assert standing(source) == milder


def test_who_contributed_to_any_version_does_not_lift_it(source: Source, author: User) -> None:
    publish(source, editor=person("editor"))  # a second version, without the author
    set_standing(source, standing="retracted", by=person("reviewer"), **NOTE)
    answer = post(author, source, "current")
    assert answer.status_code == 403
    assert "Ann Author contributed to this source" in answer.content.decode()
    root = User.objects.create_superuser("root")
    assert standing(source) == "retracted"
    set_standing(source, standing="current", by=root, **NOTE)  # who neither set nor contributed
    assert standing(source) == "current"


def test_superuser_lifts_no_mark_of_their_own(source: Source) -> None:
    root = User.objects.create_superuser("root")
    set_standing(source, standing="retracted", by=root, **NOTE)
    with pytest.raises(OwnWork):
        set_standing(source, standing="current", by=root, **NOTE)


def test_mark_that_was_raised_is_of_both(source: Source) -> None:
    first, second, third = (person("reviewer") for _ in range(3))
    set_standing(source, standing="corrected", by=first, **NOTE)
    set_standing(source, standing="retracted", by=second, **NOTE)
    for by in (first, second):
        with pytest.raises(OwnWork):
            set_standing(source, standing="current", by=by, **NOTE)
    set_standing(source, standing="corrected", by=third, **NOTE)
    with pytest.raises(OwnWork):
        set_standing(source, standing="current", by=third, **NOTE)  # corrected is theirs as well


def test_mark_lifted_before_is_nobody_s(source: Source) -> None:
    first, second = person("reviewer"), person("reviewer")
    set_standing(source, standing="corrected", by=first, **NOTE)
    set_standing(source, standing="current", by=second, **NOTE)
    set_standing(source, standing="retracted", by=second, **NOTE)
    set_standing(source, standing="current", by=first, **NOTE)
    assert standing(source) == "current"


def test_page_says_who_may_lift_it_before_they_try(source: Source) -> None:
    reviewer = staff("reviewer", "Rob Marker")
    set_standing(source, standing="retracted", by=reviewer, **NOTE)
    own = signed_in(reviewer).get(page(source, "review")).content.decode()
    others = signed_in(staff("reviewer")).get(page(source, "review")).content.decode()
    assert 'value="current" disabled aria-describedby="no-lifting"' in own
    assert own.count("Rob Marker set this mark") == 1
    assert 'value="current">Mark as current' in others


def test_mark_is_bound_to_what_was_on_screen(source: Source) -> None:
    page_of_before = seen(source, "standing")
    set_standing(source, standing="retracted", by=person("reviewer"), **NOTE)
    client = signed_in(staff("reviewer"))
    posted = {"action": "standing", "standing": "corrected", "seen": page_of_before, **NOTE}
    answer = client.post(page(source, "act"), posted)
    assert answer.status_code == 409
    assert "Something was done to the record after this page was opened" in answer.content.decode()
    assert "Journal notice." in answer.content.decode()
    assert standing(source) == "retracted"
