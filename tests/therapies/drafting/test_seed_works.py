"""``manage.py seed``: different works are never joined, one work is one source, else people say."""

import itertools
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extraction import read
from sources.models import Document, Source
from sources.receiving import receive
from tests.html import text_of
from tests.therapies.drafting.test_seed import counts, seed
from tests.workroom import page, signed_in, staff
from therapies.models import Evidence

pytestmark = pytest.mark.django_db

TITLE = "Infusions of ocrelizumab and sleep in a coastal cohort"
FEWER = "Ocrelizumab reduced relapses in people with relapsing multiple sclerosis."
HARM = "Natalizumab may cause headache in people with multiple sclerosis."
FILLER = "Nights were counted by hand in three towns, and each town kept its own book for a year."


def ris(*lines: str, title: str = TITLE, kind: str = "JOUR", text: str = FEWER) -> str:
    return "\n".join([f"TY  - {kind}", f"TI  - {title}", *lines, f"AB  - {text}", "ER  - ", ""])


def html(url: str = "", date: str = "", title: str = TITLE, text: str = FEWER) -> str:
    link = f'<link rel="canonical" href="{url}">' if url else ""
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    head = f"<title>{title}</title>{link}{meta}"
    body = f"<h1>{title}</h1><p>{text}</p>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def plain(*lines: str, title: str = TITLE, text: str = FEWER) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", text, ""])


def save(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def number_of_sources(files: dict[str, str]) -> int:
    """After receiving the files in this order, undone."""
    with transaction.atomic():
        for name, text in files.items():
            receive(read(text.encode(), name=name), size=len(text))
        number = Source.objects.count()
        transaction.set_rollback(True)
    return number


def numbers_in_any_order(files: dict[str, str]) -> set[int]:
    return {number_of_sources(dict(order)) for order in itertools.permutations(files.items())}


TWO = {
    "one title and year on two sites": (
        html("https://coast.example/sleep", "2023-02-01"),
        html("https://hill.example/sleep", "2023-09-01", text=HARM),
    ),
    "a press release on two sites": (
        html("https://coast.example/news/7", "2023-02-01"),
        html("https://hill.example/press/ocrelizumab", "2023-02-01", text=f"{FEWER} {FILLER}"),
    ),
    "pages of one site": (
        html("https://coast.example/a", "2023", "Multiple sclerosis at the coast"),
        html("https://coast.example/b", "2023", "Multiple sclerosis at the coast", HARM),
    ),
    "pages of one site and day, of which the frame is most": (
        html("", "2023-02-01", "Ocrelizumab in plain words for the coast", text=FEWER).replace(
            "</head>", f'<meta name="x" content="{FILLER * 9}"></head>'
        ),
        html("", "2023-02-01", "Ocrelizumab in plain words for the coast", text=HARM).replace(
            "</head>", f'<meta name="x" content="{FILLER * 9}"></head>'
        ),
    ),
    "a press release on two sites, whose address stands behind a label": (
        f"{TITLE}\n\nSource: https://coast.example/7\nPublished: 1 March 2021\n\n{FEWER}\n",
        f"{TITLE}\n\nSource: https://hill.example/a\nPublished: 1 March 2021\n\n{FEWER} Copy.\n",
    ),
    "two-year and five-year results": (
        f"Ocrelizumab at the coast: two-year results\n\nIda Moss\n\n{FEWER} {FILLER}\n",
        f"Ocrelizumab at the coast: five-year results\n\nIda Moss\n\n{FEWER} {FILLER} \n",
    ),
    "two trials of one name": (
        f"The COAST I trial of ocrelizumab\n\nIda Moss\n\n{FEWER} {FILLER}\n",
        f"The COAST II trial of ocrelizumab\n\nIda Moss\n\n{FEWER} {FILLER} \n",
    ),
    "two drugs": (
        f"Rituximab at the coast\n\nIda Moss\n\n{FEWER} {FILLER}\n",
        f"Ofatumumab at the coast\n\nIda Moss\n\n{FEWER} {FILLER} \n",
    ),
    "papers of one issue": (
        ris("AU  - Moss, Ida", "T2  - Shore Annals", "PY  - 2019", "VL  - 7", "IS  - 2",
            "SP  - 1", title="Original article"),
        ris("AU  - Reed, Tom", "T2  - Shore Annals", "PY  - 2019", "VL  - 7", "IS  - 2",
            "SP  - 9", title="Original article", text=HARM),
    ),
    "reports of two years": (
        plain("date: 2021", "author: Coast Registry", title="Report of the coastal registry on MS"),
        plain("date: 2022", "author: Coast Registry", title="Report of the coastal registry on MS"),
    ),
    "two editions of a book": (
        ris("AU  - Moss, Ida", "PB  - Shore Press", "PY  - 2011", kind="BOOK"),
        ris("AU  - Moss, Ida", "PB  - Shore Press", "PY  - 2018", kind="BOOK", text=HARM),
    ),
    "an abstract of a congress and its article": (
        ris("AU  - Moss, Ida", "T2  - Shore Annals", "PY  - 2019", "VL  - 7", "IS  - 1 Suppl",
            "SP  - 44"),
        ris("AU  - Moss, Ida", "T2  - Shore Annals", "PY  - 2019", "VL  - 7", "IS  - 4",
            "SP  - 301", text=HARM),
    ),
    "a preprint and its article": (
        ris("AU  - Moss, Ida", "PY  - 2019", "PB  - medRxiv", kind="UNPB"),
        ris("AU  - Moss, Ida", "PY  - 2019", "T2  - Shore Annals", text=HARM),
    ),
    "a manuscript and its article": (
        ris("AU  - Moss, Ida", "PY  - 2019", kind="UNPB"),
        ris("AU  - Moss, Ida", "PY  - 2019", "T2  - Shore Annals", text=HARM),
    ),
    "a preprint that only its archive shows, and its article": (
        f"@misc{{a, title={{{TITLE}}}, author={{Moss, Ida}}, year={{2019}},\n"
        f"eprint={{1901.00001}}, archivePrefix={{arXiv}}, abstract={{{FEWER}}}}}\n",
        f"@article{{b, title={{{TITLE}}}, author={{Moss, Ida}}, year={{2019}},\n"
        f"journal={{Shore Annals}}, abstract={{{HARM}}}}}\n",
    ),
    "a thesis and an article without its journal": (
        ris("AU  - Moss, Ida", "PY  - 2019", kind="THES"),
        ris("AU  - Moss, Ida", "PY  - 2019", text=HARM),
    ),
    "an abstract of a meeting and an article without its journal": (
        ris("AU  - Moss, Ida", "PY  - 2019", kind="CPAPER"),
        ris("AU  - Moss, Ida", "PY  - 2019", text=HARM),
    ),
    "an erratum that has the paper’s title": (
        f"PMID- 90000011\nTI  - {TITLE}\nFAU - Moss, Ida\nDP  - 2019\nJT  - Shore Annals\n"
        f"PT  - Journal Article\nAB  - {FEWER}\n",
        f"TI  - {TITLE}\nFAU - Moss, Ida\nDP  - 2019\nJT  - Shore Annals\n"
        f"PT  - Published Erratum\nAB  - {HARM}\n",
    ),
    "a correction that says so in its head": (
        plain("author: Ida Moss"),
        plain("author: Ida Moss", "type: Correction", text=HARM),
    ),
    "editorials of one journal": (
        ris("AU  - Moss, Ida", "T2  - Shore Annals", "PY  - 2019", "VL  - 7", "SP  - 1",
            title="Editorial"),
        ris("AU  - Moss, Ida", "T2  - Shore Annals", "PY  - 2019", "VL  - 7", "SP  - 81",
            title="Editorial", text=HARM),
    ),
    "a title and nothing else": (plain(), plain(text=HARM)),
    "a title and a year": (plain("date: 2019"), plain("date: 2019", text=HARM)),
}  # fmt: skip


NOTICES = ("an erratum", "a correction")
"""Nothing is drafted from these."""


@pytest.mark.parametrize("kind", TWO)
def test_different_works_are_two_sources_and_claims_cite_their_own(
    tmp_path: Path, kind: str
) -> None:
    first, second = TWO[kind]
    # One name in two folders; where nothing else tells, a name would say that a file was changed.
    names = ("one.txt", "two.txt") if kind.startswith("a title and") else ("work.txt", "work.txt")
    paths = [save(tmp_path / "a", names[0], first), save(tmp_path / "b", names[1], second)]
    seed(*paths, force=True)
    assert Source.objects.count() == 2
    for evidence in Evidence.objects.select_related("passage__document__source"):
        passage = evidence.passage
        assert passage.document is not None
        assert passage.source_id == passage.document.source_id
    drafted_from = Evidence.objects.values("passage__source").distinct().count()
    assert drafted_from == (1 if kind.startswith(NOTICES) else 2)
    before = counts()
    seed(*paths, force=True)
    assert counts() == before
    assert numbers_in_any_order({"a.txt": first, "b.txt": second}) == {2}


ONE = {
    "a double space and a full stop": (
        f"PMID- 90000012\nTI  - {TITLE}.\nFAU - Moss, Ida\nDP  - 2019 May\nJT  - Shore Annals\n"
        f"AB  - {FEWER}\n",
        ris("AU  - Moss, Ida", "PY  - 2019", title=TITLE.replace(" sleep", "  sleep")),
        plain("author: Ida Moss", title=TITLE.upper(), text=f"{FEWER} {HARM}"),
    ),
    "three forms of a DOI": (
        ris("DO  - 10.5555/Moss.7"),
        ris("DO  - https://doi.org/10.5555/MOSS.7", text=HARM),
        plain("doi: doi:10.5555/moss.7", text=FILLER),
    ),
    "a page and the abstract in the journal": (
        html("https://repository.example/88", "2019").replace(
            "</head>", '<meta name="citation_doi" content="10.5555/moss.7"></head>'
        ),
        ris("DO  - 10.5555/moss.7", "AU  - Moss, Ida", "PY  - 2018", "T2  - Shore Annals"),
    ),
    "an abbreviated journal": (
        ris("T2  - Shore Annals of Neurology", "VL  - 7", "SP  - 1"),
        ris("JO  - Shore Ann Neurol", "VL  - 7", "SP  - 1", "PY  - 2019", text=HARM),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ONE)
def test_texts_of_one_work_are_one_source_in_any_order(kind: str) -> None:
    files = {f"{number}.txt": text for number, text in enumerate(ONE[kind])}
    assert numbers_in_any_order(files) == {1}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_order_of_many_files_gives_as_many_sources(data: st.DataObject) -> None:
    """Each text states what tells its work from the others."""
    texts = [*ONE["three forms of a DOI"], *ONE["a double space and a full stop"][:2]]
    texts[3:] = [text.replace("sleep", "waking") for text in texts[3:]]
    texts += [html(f"https://{host}.example/{path}", "2020") for host in ("coast", "hill")
              for path in ("a", "b")]  # fmt: skip
    order = data.draw(st.permutations(range(len(texts))))
    assert number_of_sources({f"{number}.txt": texts[number] for number in order}) == 6


def test_two_sources_that_a_third_text_shows_to_be_one_are_told(tmp_path: Path) -> None:
    record = ris("AU  - Moss, Ida")
    online = plain("doi: 10.5555/moss.7", title=f"{TITLE} | Shore Annals online", text=HARM)
    article = ris("AU  - Moss, Ida", "DO  - 10.5555/moss.7", text=f"{FEWER} {FILLER}")
    assert numbers_in_any_order({"a.txt": record, "c.txt": article}) == {1}
    assert numbers_in_any_order({"b.txt": online, "c.txt": article}) == {1}
    seed(save(tmp_path, "a.txt", record))
    seed(save(tmp_path, "b.txt", online))
    _, out, _ = seed(save(tmp_path, "c.txt", article))
    assert Source.objects.count() == 2
    assert f"“{TITLE}” may be the same work" in out
    for source in Source.objects.all():
        answer = signed_in(staff("editor")).get(page(source, "change"))
        assert "May be the same work as another source" in text_of(answer)


def test_what_a_text_states_counts_although_its_source_does_not_say_it(tmp_path: Path) -> None:
    """The source has what its first text said; its second text names the DOI."""
    seed(save(tmp_path, "a.txt", ris("AU  - Moss, Ida")))
    seed(save(tmp_path, "b.txt", ris("AU  - Moss, Ida", "DO  - 10.5555/moss.7", text=HARM)))
    assert Source.objects.get().doi == ""
    seed(save(tmp_path, "c.txt", ris("AU  - Moss, Ida", "DO  - 10.5555/moss.8", text=FILLER)),
         force=True)  # fmt: skip
    assert [source.doi for source in Source.objects.order_by("pk")] == ["", "10.5555/moss.8"]


def test_a_work_that_fits_two_sources_joins_neither(tmp_path: Path) -> None:
    seed(save(tmp_path, "a.txt", ris("AU  - Moss, Ida", "DO  - 10.5555/moss.7")))
    seed(save(tmp_path, "b.txt", ris("AU  - Moss, Ida", "DO  - 10.5555/moss.8", text=HARM)))
    _, out, _ = seed(save(tmp_path, "c.txt", ris("AU  - Moss, Ida", text=f"{FEWER} {HARM}")))
    assert Source.objects.count() == 3
    assert "(and 1 more)" in out


def test_what_cannot_be_told_is_said_in_the_line_and_on_the_page(tmp_path: Path) -> None:
    seed(save(tmp_path, "a.txt", plain()))
    _, out, _ = seed(save(tmp_path, "b.txt", plain(text=HARM)))
    assert f"a source of its own, but it may be the work of “{TITLE}”: the same title;" in out
    editor = staff("editor")
    first, second = Source.objects.order_by("pk")
    for source, other in ((first, second), (second, first)):
        answer = signed_in(editor).get(page(source, "change"))
        assert "May be the same work as another source" in text_of(answer)
        assert page(other, "change") in answer.content.decode()
    second.authors = [{"family": "Moss", "given": "Ida"}]
    second.save()
    assert "May be the same work" in text_of(signed_in(editor).get(page(first, "change")))
    first.authors = [{"family": "Reed", "given": "Tom"}]
    first.save()
    assert "May be the same work" not in text_of(signed_in(editor).get(page(first, "change")))


def test_changed_file_stays_with_its_source(tmp_path: Path) -> None:
    long = " ".join([FEWER, *[f"In town {n}: {FILLER}" for n in range(9)]])
    for title in (TITLE, "", f"{TITLE}s"):
        text = plain(title=title, text=f"{long} {title}") if title else f"{long}\n"
        seed(save(tmp_path, "report.txt", text), force=True)
    seed(save(tmp_path, "report.txt", plain(title=TITLE, text=f"{long} {HARM}")), force=True)
    assert (Source.objects.count(), Document.objects.count()) == (1, 4)


@pytest.mark.parametrize("name", ["stdin", "index.html", "pasted-text.txt"])
def test_name_that_tells_nothing_joins_nothing(tmp_path: Path, name: str) -> None:
    for number, text in enumerate((FEWER, f"{FEWER} Twice.")):
        seed(save(tmp_path / str(number), name, f"{text}\n"), force=True)
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (plain("doi: 10.5555/a"), plain("doi: 10.5555/b")),
        (plain("author: Ida Moss"), plain("author: Tom Reed")),
        (plain(title="Report of the coast, part 1"), plain(title="Report of the coast, part 2")),
        (html("https://coast.example/a"), html("https://coast.example/b")),
    ],
)
def test_likeness_alone_makes_no_text_of_another_work_its_own(
    tmp_path: Path, first: str, second: str
) -> None:
    for number, text in enumerate((first, second)):
        seed(save(tmp_path / str(number), "work.txt", text), force=True)
    assert Source.objects.count() == 2


def test_many_pages_of_one_title_are_told_apart_by_their_address(tmp_path: Path) -> None:
    for number in range(30):
        save(tmp_path, f"{number}.html", html(f"https://coast.example/{number}", title="Home",
                                              text=f"{FEWER} {number}"))  # fmt: skip
    seed(tmp_path, force=True)
    assert Source.objects.count() == 30
    renewed = html("https://coast.example/29", title="Home", text=HARM)
    seed(save(tmp_path, "renewed.html", renewed), force=True)
    assert Source.objects.count() == 30


@pytest.mark.parametrize(
    ("line", "field", "label"),
    [
        ("DO  - 10.5555/" + "a" * 260, "doi", "DOI"),
        ("JO  - " + "Annals of the shore " * 40, "container_title", "published in"),
        ("VL  - " + "7" * 90, "volume", "volume"),
        ("UR  - https://coast.example/" + "a" * 700, "url", "address"),
        ("PB  - " + "Press of the shore " * 40, "publisher", "publisher"),
    ],
)
def test_value_that_is_too_long_is_left_empty_and_said(
    tmp_path: Path, line: str, field: str, label: str
) -> None:
    _, out, _ = seed(save(tmp_path, "long.ris", ris(line)))
    assert f"too long to be kept, so left empty: {label}" in out
    document = Document.objects.get()
    assert getattr(document.source, field) == ""
    assert line in document.text
