"""Whether two works are one, by what each states; no database."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.one_work import Tie, compare, is_common
from sources.stated import Stated, same_container, title_key

TITLE = "Infusions of ocrelizumab and sleep in a coastal cohort"
ARTICLE = {"title": TITLE, "kind": "journal-article"}
PAGE = {"title": TITLE, "kind": "web-page"}
MOSS = [{"family": "Moss", "given": "Ida"}]
REED = [{"family": "Reed", "given": "Tom"}]


def tie(one: dict[str, Any], other: dict[str, Any], *, alike: bool = False) -> Tie:
    first, second = Stated.of(one), Stated.of(other)
    found = compare(first, second, alike=alike)
    assert compare(second, first, alike=alike).tie is found.tie
    return found.tie


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.5555/Moss.1"}, {"doi": "https://doi.org/10.5555/MOSS.1"}),
        ({"doi": "doi:10.5555/moss.1"}, {"doi": "10.5555%2Fmoss.1"}),
        ({"doi": "10.5555/moss.1"}, {"url": "https://doi.org/10.5555/moss.1"}),
        ({"pmid": "90000007"}, {"url": "https://pubmed.ncbi.nlm.nih.gov/90000007/?dopt=abstract"}),
        (
            {"kind": "trial-registration", "registry_id": "NCT00000007"},
            {"kind": "trial-registration", "registry_id": "nct00000007", "title": TITLE},
        ),
        ({"doi": "10.5555/a", "date": "2018"}, {"doi": "10.5555/a", "date": "2019-01"}),
        (
            {"doi": "10.5555/a", "kind": "web-page", "url": "https://repository.example/7"},
            {"doi": "10.5555/a", "kind": "journal-article", "url": "https://journal.example/a"},
        ),
        ({"doi": "10.5555/a", "title": "A page on it"}, {"doi": "10.5555/a", "title": TITLE}),
    ],
)
def test_an_identifier_in_common_makes_one_work(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert tie(one, other) is Tie.ONE


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            {**ARTICLE, "doi": "10.5555/a", "pmid": "90000001"},
            {**ARTICLE, "doi": "10.5555/a", "pmid": "90000002"},
            "the same DOI, but another PubMed id",
        ),
        (
            {**ARTICLE, "doi": "10.5555/a"},
            {"title": f"Erratum: {TITLE}", "doi": "10.5555/a"},
            "the same DOI, but one of them is a notice on the other",
        ),
        (
            {**ARTICLE, "doi": "10.5555/a", "authors": MOSS},
            {"title": "Weather in the north", "doi": "10.5555/a", "authors": REED},
            "the same DOI, but another title and other authors",
        ),
    ],
)
def test_an_identifier_that_one_may_have_taken_over_is_asked_about(
    one: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    assert tie(one, other) is Tie.UNCLEAR
    assert compare(Stated.of(one), Stated.of(other)).why == why


@pytest.mark.parametrize(
    "shared",
    [
        {"authors": MOSS},
        {"container_title": "Shore Annals of Neurology"},
        {"kind": "web-page", "url": "https://coast.example/sleep"},
        {"date": "2019", "authors": MOSS},
    ],
)
def test_an_equal_title_and_one_thing_more_make_one_work(shared: dict[str, Any]) -> None:
    assert tie({**ARTICLE, **shared}, {**ARTICLE, **shared}) is Tie.ONE


@pytest.mark.parametrize(
    "title",
    [
        "Infusions of  ocrelizumab and sleep in\n a coastal cohort.",
        "INFUSIONS of ocrelizumab and sleep in a coastal cohort",
        "<i>Infusions</i> of ocrelizumab &amp; and sleep in a coastal cohort",
        "Infusions of ocrelizumab and sleep: in a coastal cohort",
        "Infusions of ocrelizumab and sleep – in a coastal cohort?",
        "[Infusions of ocrelizumab and sleep in a coastal cohort].",
        "RETRACTED: Infusions of ocrelizumab and sleep in a coastal cohort",
        "RETRACTED ARTICLE: Infusions of ocrelizumab and sleep in a coastal cohort",
    ],
)
def test_titles_are_the_same_whatever_stands_between_their_words(title: str) -> None:
    assert tie({**ARTICLE, "authors": MOSS}, {**ARTICLE, "authors": MOSS, "title": title}) is (
        Tie.ONE
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.5555/a"}, {"doi": "10.5555/b"}),
        ({"pmid": "90000001"}, {"pmid": "90000002"}),
        ({}, {"authors": REED}),
        ({"authors": MOSS}, {"authors": [{"family": "Moss", "given": "Karl"}]}),
        ({"container_title": "Shore Annals"}, {"container_title": "Hill Annals"}),
        ({"volume": "7"}, {"volume": "8"}),
        ({"volume": "7", "issue": "1"}, {"volume": "7", "issue": "1 Suppl 2"}),
        ({"volume": "7", "pages": "101-9"}, {"volume": "7", "pages": "110-18"}),
        ({"date": "2018"}, {"date": "2019"}),
        ({"kind": "preprint"}, {}),
        ({"publisher": "medRxiv"}, {}),
        ({"kind": "trial-registration", "registry_id": "NCT00000007"}, {}),
        ({}, {"title": f"Correction to: {TITLE}"}),
    ],
)
def test_what_both_state_and_is_not_the_same_makes_two(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert tie({**ARTICLE, "authors": MOSS, **one}, {**ARTICLE, "authors": MOSS, **other}) is (
        Tie.TWO
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://coast.example/sleep", "https://hill.example/sleep"),
        ("https://coast.example/sleep", "https://coast.example/sleep/children"),
        ("https://coast.example/page?id=1", "https://coast.example/page?id=2"),
    ],
)
def test_pages_at_two_addresses_are_two(one: str, other: str) -> None:
    both = {**PAGE, "date": "2023", "authors": MOSS}
    assert tie({**both, "url": one}, {**both, "url": other}, alike=True) is Tie.TWO


@pytest.mark.parametrize(
    "url",
    [
        "http://www.coast.example/sleep/",
        "https://coast.example/Sleep#top",
        "coast.example/sleep?utm_source=letter",
        "https://coast.example/sleep/index.html",
    ],
)
def test_an_address_is_the_same_however_it_is_written(url: str) -> None:
    assert tie({**PAGE, "url": "https://coast.example/sleep"}, {**PAGE, "url": url}) is Tie.ONE


def test_a_page_that_was_renewed_in_another_year_is_asked_about() -> None:
    page = {**PAGE, "url": "https://coast.example/report"}
    assert tie({**page, "date": "2022"}, {**page, "date": "2023"}) is Tie.UNCLEAR


def test_an_article_has_pages_on_several_sites() -> None:
    article = {**ARTICLE, "authors": MOSS, "volume": "7", "container_title": "Shore Annals"}
    here = {**article, "url": "https://journal.example/7/1"}
    assert tie(here, {**article, "url": "https://repository.example/88"}) is Tie.ONE


def test_online_and_print_may_be_a_year_apart_at_one_place_of_a_journal() -> None:
    article = {**ARTICLE, "container_title": "Shore Annals", "volume": "7", "pages": "1-9"}
    assert tie({**article, "date": "2018-12"}, {**article, "date": "2019"}) is Tie.ONE
    assert tie({**article, "date": "2017-12"}, {**article, "date": "2019"}) is Tie.TWO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        ({"authors": MOSS}, {"date": "2019"}),
        ({"date": "2019"}, {"date": "2019-03"}),
        ({"hosting_site": "Coast"}, {"hosting_site": "Coast"}),
    ],
)
def test_a_title_alone_or_with_a_year_is_asked_about(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert tie({**PAGE, **one}, {**PAGE, **other}) is Tie.UNCLEAR


def test_what_an_office_writes_on_pages_without_address_is_asked_about() -> None:
    office = [{"family": "Trust", "given": "Coast"}]
    assert tie({**PAGE, "authors": office}, {**PAGE, "authors": office}) is Tie.UNCLEAR
    assert tie({**PAGE, "authors": MOSS}, {**PAGE, "authors": MOSS}) is Tie.ONE
    short = {**PAGE, "title": "Side effects", "authors": MOSS}
    assert tie(short, short) is Tie.UNCLEAR


def test_an_abstract_of_a_congress_may_be_another_work_than_a_text_without_a_journal() -> None:
    abstract = {**ARTICLE, "authors": MOSS, "container_title": "Congress of the Shores"}
    assert tie(abstract, {**ARTICLE, "authors": MOSS}) is Tie.UNCLEAR
    assert tie(abstract, abstract) is Tie.ONE


def test_a_title_with_a_year_and_nearly_the_same_text_is_one() -> None:
    assert tie({**PAGE, "date": "2019"}, {**PAGE, "date": "2019"}, alike=True) is Tie.ONE
    assert tie(PAGE, PAGE, alike=True) is Tie.UNCLEAR


@pytest.mark.parametrize(
    "title",
    [
        "Home",
        "Editorial",
        "News",
        "Abstract",
        "Multiple sclerosis",
        "Treatments for multiple sclerosis",
        "Disease-modifying therapies for MS",
        "Frequently asked questions",
        "Annual report 2",
        "Original article",
    ],
)
def test_a_title_that_many_works_have_needs_more(title: str) -> None:
    assert is_common(title_key(title))
    row = {"title": title, "kind": "journal-article", "date": "2019", "volume": "7"}
    placed = {**row, "container_title": "Shore Annals"}
    assert tie(row, row, alike=True) is Tie.UNCLEAR
    assert tie({**row, "authors": MOSS}, {**row, "authors": MOSS}) is Tie.UNCLEAR
    assert tie(placed, placed) is Tie.UNCLEAR
    assert tie({**placed, "authors": MOSS}, {**placed, "authors": MOSS}) is Tie.ONE
    assert tie({**placed, "pages": "1-2"}, {**placed, "pages": "1"}) is Tie.ONE


def test_a_running_title_is_no_title_of_a_paper() -> None:
    row = {"title": "Shore Annals of Neurology", "container_title": "Shore Annals of Neurology",
           "kind": "journal-article", "volume": "7", "issue": "2", "date": "2019"}  # fmt: skip
    assert tie(row, row) is Tie.UNCLEAR


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Shore Ann Neurol", "The Shore Annals of Neurology", True),
        ("Proc Natl Acad Shores", "Proceedings of the National Academy of Shores", True),
        ("SJNP", "Shore Journal of Neurology & Psychiatry", True),
        ("Nerves (Leeds, England)", "Nerves", True),
        ("SANS", "Shore Academy of Nerve Sciences of the Northern Isles", True),
        ("Nerve", "Nervenarzt", False),
        ("Shore Neurology", "Shore Neurology Journal", None),
        ("Nerves", "Nerves and Related Disorders", False),
        ("Nerves", "Nerve Research", False),
        ("Neurology", "Neuroradiology", False),
        ("Handbook, 2nd edition", "Handbook, 3rd edition", False),
        ("", "Nerves", None),
    ],
)
def test_names_of_journals(one: str, other: str, same: bool | None) -> None:
    assert same_container(one, other) is same
    assert same_container(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            {"family": "MUÑOZ-LÓPEZ", "given": "Ángel"},
            {"family": "Munoz Lopez", "initials": "A."},
            True,
        ),
        ({"family": "van der Berg", "given": "Jan"}, {"family": "Berg", "initials": "J"}, True),
        ({"family": "Moss Jr.", "given": "Ida"}, {"family": "Moss", "given": "Ida"}, True),
        ({"family": "Moss"}, {"family": "Moss", "given": "Ida"}, True),
        ({"family": "COAST Study Group"}, {"family": "HILL Study Group"}, False),
        ({"family": "Иванов", "given": "Пётр"}, {"family": "Иванов", "given": "П."}, True),
    ],
)  # fmt: skip
def test_names_of_authors(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    found = tie({**ARTICLE, "authors": [one]}, {**ARTICLE, "authors": [other]})
    assert found is (Tie.ONE if same else Tie.TWO)


VALUES: dict[str, Any] = {
    "title": st.sampled_from([TITLE, f"{TITLE}.", "Editorial", f"Erratum: {TITLE}", ""]),
    "kind": st.sampled_from(["journal-article", "web-page", "preprint", "trial-registration"]),
    "authors": st.sampled_from([MOSS, REED, MOSS + REED, []]),
    "container_title": st.sampled_from(["Shore Annals", "Shore Ann", "Hill", ""]),
    "volume": st.sampled_from(["7", "vol. 07", "8", ""]),
    "pages": st.sampled_from(["1-9", "1", "e12", ""]),
    "date": st.sampled_from(["2018", "2019-03", "n.d.", ""]),
    "doi": st.sampled_from(["10.5555/a", "10.5555/B", ""]),
    "url": st.sampled_from(["https://coast.example/a", "https://[x", "hill.example", ""]),
}


@given(st.fixed_dictionaries(VALUES), st.fixed_dictionaries(VALUES), st.booleans())
def test_the_order_of_two_works_does_not_matter(
    one: dict[str, Any], other: dict[str, Any], alike: bool
) -> None:
    tie(one, other, alike=alike)


@given(st.fixed_dictionaries(VALUES), st.data())
def test_a_work_is_never_two_with_itself_or_a_part_of_what_it_states(
    row: dict[str, Any], data: st.DataObject
) -> None:
    part = {name: row[name] for name in data.draw(st.sets(st.sampled_from(sorted(row))))}
    assert tie(row, row) in (Tie.ONE, Tie.UNCLEAR) or not row["title"]
    found = compare(Stated.of(row), Stated.of(part))
    kinds = {"one of them is a preprint", "one of them is a notice on the other"}
    assert not set(found.apart) - kinds


def test_no_pair_of_different_pages_is_one() -> None:
    pages = [
        {**PAGE, "title": title, "url": f"https://{host}.example/{path}", "date": "2023"}
        for title, host, path in itertools.product((TITLE, "Home"), ("coast", "hill"), ("", "a"))
    ]
    for one, other in itertools.combinations(pages, 2):
        assert tie(one, other, alike=True) is Tie.TWO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"title": "Cladribine and infections in multiple sclerosis", "first_page": "101"},
            {"title": "Fingolimod and bradycardia in multiple sclerosis", "first_page": "205"},
        ),
        (
            {"title": "Cladribine and infections in multiple sclerosis"},
            {"title": "Rituximab is as good, says a new study of relapses"},
        ),
    ],
)
def test_a_doi_of_a_whole_or_of_another_makes_not_one_work(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    """What stands in one supplement or book, and a page that ends with an article's DOI."""
    assert tie(one | {"doi": "10.5555/a"}, other | {"doi": "10.5555/a"}) is Tie.UNCLEAR
