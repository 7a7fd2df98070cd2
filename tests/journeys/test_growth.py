"""No list, filter or pair of filters grows faster than the rows that there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from publication import indexes, keeping, log
from publication.narrowing import Filter, Narrowing
from sources.narrowing import SOURCES
from tests.costs import cost
from tests.grown import approve, grow, people, therapy
from therapies.api.filters import ClaimFilterSet
from therapies.narrowing import EVIDENCE_MAP, MECHANISMS, MECHANISMS_MAP, THERAPIES
from therapies.published import PublishedClaim, PublishedFacet

SMALL, LARGE = 40, 320
FASTER = 1.3
"""How much faster than the rows the work may grow."""
LEAST = 3000
"""Steps, or rows: less is nothing."""
FULL = 40_000
"""The same for a page of as many records as a page has. To read what lists are narrowed by takes a
hundred thousand and more in the large base.
"""
WHOLE = "/mechanisms/map/"
"""All that is found is on one page."""
API = "/api/v1/"
DECLARED = {
    "/therapies/": THERAPIES,
    "/mechanisms/": MECHANISMS,
    "/sources/": SOURCES,
    "/evidence-map/": EVIDENCE_MAP,
    "/mechanisms/map/": MECHANISMS_MAP,
    f"{API}therapies/": THERAPIES,
    f"{API}mechanisms/": MECHANISMS,
    f"{API}sources/": SOURCES,
}
OF_CLAIMS = {
    "subject": "agent-3",
    "type": "therapy",
    "source": "source-1",
    "direction": "supports",
    "mechanism": "mechanism-1",
    "source_kind": "trial-report",
    "single_source": "true",
    "disputed": "false",
    "serious": "false",
    "mark": "source-retracted",
    "approved_after": "1",
    "approved_until": "20",
    "overdue": "false",
    "comparator": "placebo",
    "jurisdiction": "EMA",
}
"""Values of filters of claims that are neither columns nor facets."""
SOUGHT = {
    "approved_after": "1",
    "approved_until": "20",
    "overdue": "false",
    "date_from": "2001",
    "date_until": "2030-05",
}
"""Values of filters whose records are looked for."""
NOBODY = {"identifier": "ATC:L04AG08", "pmid": "1", "licence": "CC0-1.0", "registry_id": "x1"}
NOBODY |= {"acts_in": "blood", "broader": "mechanism-1"}
"""Of those of which the base has none."""
OTHERS = {
    "/changes/": {
        "type": "therapy",
        "action": "approve",
        "record": "agent-3",
        "from": "2000-01-01",
    },
    "/compare/": {"therapy": "agent-3"},
    f"{API}changes/": {"since": "20"},
    f"{API}log/": {"offset": "20"},
}


def had(narrowing: Narrowing) -> dict[str, str]:
    """Of each filter, a value that something has."""
    seq = log.head_seq()
    every = [public_id for _, public_id, _ in narrowing.facts.rows(seq)]
    facts = narrowing.facts(seq, list(narrowing.by_name), every)
    found = {"q": "agent" if narrowing is THERAPIES else "mechanism"}
    for one in narrowing.filters:
        if isinstance(one, Filter):
            held = sorted(value for _, value in one.pairs(facts))
            found[one.name] = held[0] if held else NOBODY[one.name]
        else:
            found[one.name] = every[0] if one.name == "id" else SOUGHT[one.name]
    return found


def had_by_claims() -> dict[str, str]:
    """The same of claims."""
    first = PublishedClaim.objects.order_by("claim_id").first()
    assert first is not None
    found = OF_CLAIMS | {"id": first.claim_id}
    columns = {field.name for field in PublishedClaim._meta.concrete_fields}
    for name in set(ClaimFilterSet.base_filters) - set(found):
        if name in columns:
            rows = PublishedClaim.objects.order_by(name).values_list(name, flat=True)
        else:
            facets = PublishedFacet.objects.filter(facet=name)
            rows = facets.order_by("value").values_list("value", flat=True)
        found[name] = rows[0]
    return found


def asked() -> dict[str, list[str]]:
    """By list, its address without a filter, then with each; of the API also with each two: pages
    are narrowed by the same code.
    """
    every = {address: had(narrowing) for address, narrowing in DECLARED.items()}
    every |= {f"{API}claims/": had_by_claims()} | OTHERS
    found = {}
    for address, values in every.items():
        pairs = combinations(values, 2) if address.startswith(API) else ()
        some = [(), *combinations(values, 1), *pairs]
        found[address] = [
            f"{address}?{urlencode({name: values[name] for name in names})}" for names in some
        ]
    return found


def worked(client: Client, address: str, *, least: int = LEAST) -> int:
    with cost() as counted:
        assert client.get(address).status_code == 200, address
    return max(counted.work, least)


def analyse() -> None:
    """What PostgreSQL does by itself before long, and whoever fills an SQLite file does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def by_index_wherever_there_is_one() -> Iterator[None]:
    """PostgreSQL reads small tables whole, else."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        yield
        cursor.execute("RESET enable_seqscan")


OF_ONE = [
    "/therapies/agent-3/",
    "/therapies/agent-3/?as_of=60",
    "/therapies/agent-3/v/1/",
    "/therapies/agent-3/history/",
    "/therapies/agent-3/cite/",
    "/therapies/class-0/",
    "/mechanisms/mechanism-2/",
    "/mechanisms/mechanism-3/",
    "/mechanisms/mechanism-3/v/1/",
    "/sources/source-1/",
    "/sources/source-1/history/",
    "/claims/a0000003/",
    f"{API}therapies/agent-3/",
    f"{API}therapies/agent-3/versions/",
    f"{API}therapies/agent-3/versions/1/",
    f"{API}mechanisms/mechanism-3/",
    f"{API}sources/source-1/",
    f"{API}claims/a0000003/",
]
"""Answers that say no more in a large base than in a small one."""
SAME = 1.1
FEW = 2000
"""Steps, or rows, by which two such answers may differ: a hundred rows SQLite, too, may read whole
rather than by an index.
"""

Work = dict[str, tuple[int, int]]
"""By address, what a small base has to do and what a large one has."""


@pytest.fixture(scope="module")
def work(module_rows: None) -> Iterator[tuple[Work, Work, Work]]:
    """When a list is first asked for in a process, and from then on; and what is about one."""
    client, first, later, of_one = Client(), [], [], []
    patch = pytest.MonkeyPatch()
    patch.setattr(indexes, "AT_ONCE", 10)  # else all of so few are read at once
    grow(SMALL)
    lists = asked()
    for size in (SMALL, LARGE):
        grow(size, after=SMALL if size == LARGE else size)
        analyse()
        keeping._kept.clear()
        first.append({addresses[0]: worked(client, addresses[0]) for addresses in lists.values()})
        every = [address for addresses in lists.values() for address in addresses]
        later.append({address: worked(client, address) for address in every})
        for address in OF_ONE:
            client.get(address)
        with by_index_wherever_there_is_one():
            of_one.append({address: worked(client, address, least=0) for address in OF_ONE})
    yield both(*first), both(*later), both(*of_one)
    patch.undo()


def both(small: dict[str, int], large: dict[str, int]) -> Work:
    return {address: (small[address], large[address]) for address in small}


def faster(work: Work, times: float) -> Work:
    """What grows by more."""
    return {address: both for address, both in work.items() if both[1] > times * both[0]}


@pytest.mark.django_db
def test_no_list_grows_faster_than_its_rows(work: tuple[Work, Work, Work]) -> None:
    first, later, _ = work
    assert faster(first, LARGE / SMALL * FASTER) == {}
    assert faster(later, LARGE / SMALL * FASTER) == {}


@pytest.mark.django_db
def test_answers_about_one_record_do_not_grow(work: tuple[Work, Work, Work]) -> None:
    grown = {
        address: (small, large)
        for address, (small, large) in work[2].items()
        if large > SAME * small + FEW
    }
    assert grown == {}


@pytest.mark.django_db
def test_lists_of_records_do_not_grow_once_they_are_known(work: tuple[Work, Work, Work]) -> None:
    narrowed = {
        address: large
        for address, (_, large) in work[1].items()
        if address.partition("?")[0] in DECLARED and not address.startswith(WHOLE)
    }
    assert len(narrowed) > 150
    assert {address: large for address, large in narrowed.items() if large > FULL} == {}


def _again(claim: dict[str, Any], number: int) -> dict[str, Any]:
    """The same claim once more."""
    claim_id = f"{claim['id'][0]}{number:07}"
    evidence = [{**item, "id": f"e{claim_id}"} for item in claim["evidence"]]
    return {**claim, "id": claim_id, "evidence": evidence}


@pytest.mark.django_db
def test_claims_of_one_record_do_not_grow_faster_than_they_are(work: object) -> None:
    client, found = Client(), []
    by = people()
    for version, count in ((1, 30), (2, 240)):
        one = therapy(999_000)
        told = [_again(claim, number) for number in range(count // 3) for claim in one["claims"]]
        approve(one | {"claims": told}, by=by, version=version)
        analyse()
        values = had_by_claims() | {"subject": one["slug"]}
        addresses = [f"{API}claims/?{urlencode({name: values[name]})}" for name in values]
        found.append({address: worked(client, address) for address in addresses})
    assert faster(both(*found), 240 / 30 * FASTER) == {}
