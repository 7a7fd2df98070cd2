"""``fields`` and ``expand``: some members of an answer, and rows of a list whole."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publication.api import parts
from tests.building import claim, not_stated, publish, therapy
from tests.openapi import get, of_it, problems, read
from tests.small_base import DEPLETES, Base

pytestmark = pytest.mark.django_db

LISTS = ("therapies", "mechanisms", "sources", "claims")
ONE = {
    "therapies": "ocrelizumab",
    "mechanisms": "b-cell-depletion",
    "sources": "therapies-of-multiple-sclerosis",
}


@pytest.mark.parametrize("path", LISTS)
def test_every_member_can_be_asked_for_by_itself(path: str, base: Base) -> None:
    (row, *_) = read(f"{path}/")["results"]
    address = f"{path}/{ONE.get(path, row['id'])}/"
    for where, whole in ((f"{path}/", row), (address, of_it(read(address)))):
        for name in whole:
            found = read(f"{where}?fields={name}")
            some = found["results"][0] if where.endswith(f"{path}/") else of_it(found)
            assert some == {key: whole[key] for key in whole if key in ("id", name)}, name


def test_members_of_members_are_asked_for_with_a_dot(base: Base) -> None:
    whole = read("therapies/ocrelizumab/")
    found = read("therapies/ocrelizumab/?fields=version,claims.text,claims.evidence.passage.exact")
    assert of_it(found) == {
        "id": whole["id"],
        "version": 1,
        "claims": [
            {
                "id": told["id"],
                "text": told["text"],
                "evidence": [
                    {"id": item["id"], "passage": {"exact": item["passage"]["exact"]}}
                    for item in told["evidence"]
                ],
            }
            for told in whole["claims"]
        ],
    }
    both = read("therapies/ocrelizumab/?fields=claims.text,claims")
    assert of_it(both) == {"id": whole["id"], "claims": whole["claims"]}


def test_list_keeps_what_is_around_its_rows(base: Base) -> None:
    page = read("claims/?limit=2&fields=text")
    assert page["count"] == 5
    assert "fields=text" in page["next"]
    assert all(set(row) == {"id", "text"} for row in page["results"])


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("therapies/", "nmae", "There is no member “nmae” here. Did you mean “name”?"),
        ("therapies/", "claims", "There is no member “claims” here."),
        ("therapies/ocrelizumab/", "claim.text",
         "There is no member “claim.text” here. Did you mean “claims.text”?"),
        ("therapies/ocrelizumab/", "name.x",
         "There is no member “name.x” here. Did you mean “name”?"),
        ("claims/", "text,,id",
         "Give names of members, with one comma between them, such as name,version."),
        ("sources/", "name" + ",name" * 50, "Give at most 50 members."),
    ],
)  # fmt: skip
def test_unknown_members_are_refused(path: str, asked: str, said: str, base: Base) -> None:
    assert problems(f"{path}?fields={quote(asked)}") == {"fields": said}


def test_members_are_taken_where_records_are_alone(base: Base) -> None:
    for path in ("", "log/", "changes/", "therapies/ocrelizumab/versions/"):
        assert list(problems(f"{path}?fields=id")) == ["fields"]
    assert get("therapies/?fields=name")["ETag"] != get("therapies/?fields=slug")["ETag"]


def test_expanded_rows_are_what_their_own_addresses_answer(base: Base) -> None:
    other = therapy("Another")
    claim(other, DEPLETES, source=base.source)
    publish(other)
    for path in ("therapies", "mechanisms"):
        for then in ("", "&as_of=3"):
            found = read(f"{path}/?expand=claims{then}")["results"]
            assert found
            whole = [of_it(read(f"{path}/{row['id']}/?{then.lstrip('&')}")) for row in found]
            assert found == whole
            parts.forget()
            assert read(f"{path}/?expand=claims{then}")["results"] == whole


def test_expanded_rows_can_be_narrowed_to_members(base: Base) -> None:
    (row,) = read("therapies/?expand=claims&fields=claims.id,topics.stated")["results"]
    assert set(row) == {"id", "claims", "topics"}
    assert all(set(told) == {"id"} for told in row["claims"])


def test_expanded_pages_are_short(base: Base) -> None:
    for value in ("21", "0", "50"):
        assert problems(f"therapies/?expand=claims&limit={value}") == {
            "limit": "Give a whole number from 1 to 20."
        }
    assert read("therapies/?expand=claims&limit=20")["count"] == 1
    assert problems("therapies/?expand=claim") == {"expand": "Say claims, or leave it out."}
    for path in ("sources/", "claims/", "therapies/ocrelizumab/"):
        assert list(problems(f"{path}?expand=claims")) == ["expand"]


def test_expanded_page_costs_as_many_queries_however_long(base: Base) -> None:
    def queries(limit: int) -> int:
        parts.forget()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            read(f"therapies/?expand=claims&limit={limit}")
        return len(caught)

    group = therapy("Antibodies")
    for number in range(6):
        drug = therapy(f"Drug {number}", member_of=group)
        claim(drug, DEPLETES, source=base.source, acts_by=base.mechanism)
        not_stated(drug, "safety")
        publish(drug, editor=base.editor, reviewer=base.reviewer)
    queries(1)
    assert queries(7) == queries(1)
