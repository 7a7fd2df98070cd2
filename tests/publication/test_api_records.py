"""Records over time: versions, old addresses, withdrawal, and the state at any head of the log."""

import pytest

from editorial import actions
from publication.models import Entry
from sources.actions import set_standing
from sources.choices import Standing
from tests.building import claim, publish
from tests.openapi import get, names, read
from tests.small_base import DEPLETES, Base

pytestmark = pytest.mark.django_db

THERAPY = "therapies/ocrelizumab/"


def second_version(base: Base, **changes: str) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    for name, value in {"brands": ["Ocrevus IV"], **changes}.items():
        setattr(drug, name, value)
    drug.save()
    publish(drug, editor=base.editor, reviewer=base.reviewer, note="Simpler class.")


def test_record_carries_who_and_when(base: Base) -> None:
    record, entry = read(THERAPY), Entry.objects.get(seq=3)
    assert {
        name: record[name]
        for name in (
            *("id", "slug", "name", "version", "digest", "seq", "approved_at", "approver"),
            *("contributors", "demonstration", "url", "marks"),
        )
    } == {
        "id": entry.public_id,
        "slug": "ocrelizumab",
        "name": "Ocrelizumab",
        "version": 1,
        "digest": entry.digest,
        "seq": 3,
        "approved_at": entry.at,
        "approver": "Rob Reviewer",
        "contributors": ["Ann Editor"],
        "demonstration": False,
        "url": "http://testserver/therapies/ocrelizumab/",
        "marks": [],
    }


def test_record_in_a_list_is_the_record_in_short(base: Base) -> None:
    for path in ("therapies/", "mechanisms/", "sources/"):
        row = read(path)["results"][0]
        whole = read(f"{path}{row['slug']}/")
        assert {name: whole[name] for name in row} == row
    assert base.therapy.slug == "ocrelizumab"


def test_record_is_found_by_its_id(base: Base) -> None:
    record = read(THERAPY)
    assert read(f"therapies/{record['id']}/") == record
    assert read(f"therapies/{record['id']}/versions/") == read(f"{THERAPY}versions/")


def test_draft_is_nowhere(base: Base) -> None:
    drug = actions.revise(base.therapy, by=base.editor)
    drug.name, drug.slug = "Secret name", "secret-name"
    drug.save()
    claim(drug, DEPLETES, source=base.source, text="A secret claim.", topic="limitation")
    for path in ("therapies/", THERAPY, f"{THERAPY}versions/", "claims/", "changes/", "log/"):
        assert b"ecret" not in get(path).content
    get("therapies/secret-name/", status=404)
    assert read("therapies/?q=secret")["count"] == 0
    assert read("claims/?topic=limitation")["count"] == 0


def test_versions_stay_and_say_what_came_after(base: Base) -> None:
    second_version(base)
    first, second = read(f"{THERAPY}versions/")["results"]
    assert [
        (v["version"], v["seq"], v["reason"], v["marks"], v["url"]) for v in (first, second)
    ] == [
        (1, 3, "Checked.", ["superseded"], "http://testserver/therapies/ocrelizumab/v/1/"),
        (2, 4, "Simpler class.", [], "http://testserver/therapies/ocrelizumab/v/2/"),
    ]
    old = read(f"{THERAPY}versions/1/")
    assert (old["seq"], old["digest"], old["marks"]) == (3, first["digest"], ["superseded"])
    assert old["content"]["brands"] == ["Ocrevus"]
    entry = read("log/3/")
    assert {name: old[name] for name in entry} == entry
    assert read(THERAPY)["brands"] == ["Ocrevus IV"]


@pytest.mark.parametrize("number", ["0", "3", "01", "x", "-1", "9" * 9, "9" * 40, "1.0"])
def test_version_that_is_not_there_is_not_found(number: str, base: Base) -> None:
    get(f"{THERAPY}versions/{number}/", status=404)


def test_old_slug_leads_to_the_new_one(base: Base) -> None:
    second_version(base, slug="ocrelizumab-iv")
    for rest in ("", "?as_of=4", "versions/", "versions/?limit=5", "versions/1/"):
        answer = get(f"{THERAPY}{rest}", status=301)
        assert answer["Location"] == f"/api/v1/therapies/ocrelizumab-iv/{rest}"
        assert answer.json() == {
            "location": f"http://testserver{answer['Location']}",
            "type": "therapy",
            "id": base.therapy.public_id,
            "slug": "ocrelizumab-iv",
        }
    assert read("therapies/ocrelizumab-iv/")["version"] == 2
    assert read(f"{THERAPY}?as_of=3")["slug"] == "ocrelizumab"
    answer = get("therapies/ocrelizumab-iv/?as_of=3", status=301)
    assert answer["Location"] == f"/api/v1/{THERAPY}?as_of=3"


def test_withdrawn_record_is_gone_and_says_why(base: Base) -> None:
    identity = read(THERAPY)["id"]
    actions.withdraw(base.therapy, by=base.reviewer, note="The dose was wrong.")
    for address in ("ocrelizumab", identity):
        assert read(f"therapies/{address}/", status=410) == {
            "type": "about:blank",
            "title": "Gone",
            "status": 410,
            "detail": "“Ocrelizumab” was withdrawn. Its versions stay readable, "
            "marked as withdrawn.",
            "errors": [],
            "tombstone": {
                "type": "therapy",
                "id": identity,
                "slug": "ocrelizumab",
                "name": "Ocrelizumab",
                "version": 1,
                "withdrawn_at": Entry.objects.get(seq=4).at,
                "withdrawn_by": "Rob Reviewer",
                "reason": "The dose was wrong.",
                "url": "http://testserver/therapies/ocrelizumab/",
                "versions": "http://testserver/api/v1/therapies/ocrelizumab/versions/",
            },
        }
    assert names("therapies/") == []
    assert read("claims/?type=therapy")["count"] == 0
    get(f"{THERAPY}?as_of=4", status=410)


def test_withdrawn_record_stays_readable_marked(base: Base) -> None:
    before = read(THERAPY)
    actions.withdraw(base.therapy, by=base.reviewer, note="The dose was wrong.")
    assert read(f"{THERAPY}versions/")["results"][0]["marks"] == ["withdrawn"]
    assert read(f"{THERAPY}versions/1/")["marks"] == ["withdrawn"]
    then = read(f"{THERAPY}?as_of=3")
    assert then["marks"] == ["withdrawn"]
    assert {c["marks"][0] for c in then["claims"]} == {"withdrawn"}
    unmarked = {**then, "marks": [], "claims": [{**c, "marks": []} for c in then["claims"]]}
    for answer in (unmarked, before):
        del answer["meta"]
    assert unmarked == before
    assert read("therapies/?as_of=3")["results"][0]["marks"] == ["withdrawn"]


def test_record_approved_again_is_back(base: Base) -> None:
    actions.withdraw(base.therapy, by=base.reviewer, note="The dose was wrong.")
    second_version(base)
    assert read(THERAPY)["marks"] == []
    assert [v["marks"] for v in read(f"{THERAPY}versions/")["results"]] == [["superseded"], []]
    get(f"{THERAPY}?as_of=4", status=410)


def test_as_of_shows_each_state(base: Base) -> None:
    second_version(base)
    found = [
        (read(f"therapies/?as_of={seq}")["count"], read(f"claims/?as_of={seq}")["count"])
        for seq in range(5)
    ]
    assert found == [(0, 0), (0, 0), (0, 1), (1, 5), (1, 5)]
    get(f"{THERAPY}?as_of=2", status=404)
    old, new = read(f"{THERAPY}?as_of=3"), read(f"{THERAPY}?as_of=4")
    assert (old["version"], old["brands"], old["marks"]) == (1, ["Ocrevus"], ["superseded"])
    assert (new["version"], new["brands"], new["marks"]) == (2, ["Ocrevus IV"], [])
    assert new == read(THERAPY)
    assert read("therapies/?q=ocrevus+iv&as_of=3")["count"] == 0
    assert read("therapies/?q=ocrevus+iv")["count"] == 1


def test_pages_of_a_list_show_one_state(base: Base) -> None:
    page = read("claims/?limit=2")
    assert page["next"] == "http://testserver/api/v1/claims/?as_of=3&limit=2&offset=2"
    actions.withdraw(base.therapy, by=base.reviewer, note="A mistake.")
    seen = len(page["results"])
    while page["next"]:
        page = read(page["next"].removeprefix("http://testserver/api/v1/"))
        seen += len(page["results"])
    assert seen == page["count"] == 5
    assert page["previous"] == "http://testserver/api/v1/claims/?as_of=3&limit=2&offset=2"


@pytest.mark.parametrize("address", ["unknown", "OCRELIZUMAB", "ocre.lizumab", "a" * 121, "a%2Fb"])
def test_unknown_address_is_not_found(address: str, base: Base) -> None:
    for rest in ("", "versions/", "versions/1/"):
        get(f"therapies/{address}/{rest}".replace("%2F", "~"), status=404)


def test_record_of_another_type_is_not_found(base: Base) -> None:
    identity = read(THERAPY)["id"]
    for address in ("ocrelizumab", identity):
        get(f"mechanisms/{address}/", status=404)


def test_standing_makes_no_version(base: Base) -> None:
    set_standing(base.source, standing=Standing.RETRACTED, by=base.reviewer, note="Notice.")
    (version,) = read(f"sources/{base.source.slug}/versions/")["results"]
    assert (version["version"], version["seq"], version["marks"]) == (1, 1, ["retracted"])
