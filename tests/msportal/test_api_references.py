"""References in filters: one rule for what is unknown, moved, withdrawn or not yet public."""

import pytest

from editorial import actions
from editorial.models import Record
from publication.narrowing import Records
from sources.api.filters import SourceFilterSet
from tests.building import claim, mechanism, person, publish, source_with_text, therapy
from tests.openapi import problems, read
from therapies.api.filters import ClaimFilterSet, MechanismFilterSet, TherapyFilterSet
from therapies.narrowing import Classes

pytestmark = pytest.mark.django_db

LISTS = {
    "therapies": TherapyFilterSet,
    "mechanisms": MechanismFilterSet,
    "sources": SourceFilterSet,
    "claims": ClaimFilterSet,
}
REFERENCES = [
    (path, one.name)
    for path, filters in LISTS.items()
    for one in filters.declared.filters
    if isinstance(one.values, Records | Classes)
]
"""Every filter of every list whose values are records."""
SAYS = "Drug A depletes B cells."


@pytest.fixture
def named() -> dict[str, Record]:
    """By filter, a record that others name; each is approved, in entries 1 to 5."""
    source = publish(source_with_text(SAYS, title="One source"))
    acts = mechanism("Depletion", target="B cells")
    claim(acts, SAYS, source=source)
    kind = mechanism("Deep depletion", broader=publish(acts))
    claim(kind, SAYS, source=source)
    publish(kind)
    group = therapy("Group", kind="drug-class")
    claim(group, SAYS, source=source)
    drug = therapy("Drug A", member_of=publish(group))
    claim(drug, SAYS, source=source, acts_by=acts)
    publish(drug)
    return {
        "source": source,
        "mechanism": acts,
        "broader": acts,
        "class": group,
        "subject": drug,
    }


def ids(path: str, name: str, value: str, **more: str) -> list[str]:
    found = read(f"{path}/?{name}={value}" + "".join(f"&{k}={v}" for k, v in more.items()))
    return [row["id"] for row in found["results"]]


def test_every_list_and_kind_of_reference_is_tried(named: dict[str, Record]) -> None:
    assert {name for _, name in REFERENCES} == set(named)
    assert len(REFERENCES) >= 8


@pytest.mark.parametrize(("path", "name"), REFERENCES)
def test_what_nothing_public_ever_had_is_refused(
    path: str, name: str, named: dict[str, Record]
) -> None:
    therapy("A draft")  # which readers are not told of
    for value in ("nobody", "a-draft", "zzzzzzzzzzzz", "%C3%84", "x" * 201):
        assert list(problems(f"{path}/?{name}={value}")) == [name], value


@pytest.mark.parametrize(("path", "name"), REFERENCES)
def test_slug_old_slug_and_id_are_one(path: str, name: str, named: dict[str, Record]) -> None:
    record = named[name]
    found = ids(path, name, record.slug)
    assert found
    assert ids(path, name, record.public_id) == found
    editor = person()
    changed = actions.revise(record, by=editor)
    old, changed.slug = changed.slug, "another-address"
    changed.save()
    publish(changed, editor=editor)
    for value in (old, "another-address", record.public_id):
        assert ids(path, name, value) == found, value


@pytest.mark.parametrize(("path", "name"), REFERENCES)
def test_withdrawn_record_is_found_where_it_is_named(
    path: str, name: str, named: dict[str, Record]
) -> None:
    record = named[name]
    before = read(f"{path}/?{name}={record.slug}")["results"]
    of_others = [
        row["id"]
        for row in before
        if record.public_id not in (row["id"], row.get("subject", row)["id"])
    ]  # what is its own goes with it
    actions.withdraw(record, by=person("reviewer"), note="Wrong.")
    assert bool(of_others) == (name != "subject")
    for value in (record.slug, record.public_id):
        assert ids(path, name, value) == of_others, value


@pytest.mark.parametrize(("path", "name"), REFERENCES)
def test_record_that_was_not_public_yet_finds_nothing(
    path: str, name: str, named: dict[str, Record]
) -> None:
    assert ids(path, name, named[name].slug, as_of="0") == []
