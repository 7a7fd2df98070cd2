"""Files of many records are cut into one document a work, before anything is read."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import Unreadable, read, split, splitting

NBIB = """PMID- 9100000{0}
OWN - NLM
DP  - 201{0} Mar
TI  - Ublituximab trial number {0} in multiple sclerosis.
AB  - Ublituximab reduced relapses in
      people with multiple sclerosis.
FAU - Marsh, Kim
PT  - Journal Article
"""
RIS = """TY  - JOUR
TI  - Ublituximab trial number {0} in multiple sclerosis
AU  - Marsh, Kim
DO  - 10.5555/marsh.{0}
ER  -
"""
REFER = """%0 Journal Article
%T Ublituximab trial number {0} in multiple sclerosis
%A Marsh, Kim
"""
WEB_OF_SCIENCE = """PT J
AU Marsh, K
TI Ublituximab trial number {0} in multiple sclerosis
ER
"""
ERIC = """OWN - ERIC
TI  - Ublituximab trial number {0} in multiple sclerosis
AU  - Marsh, Kim
"""
BIBTEX = """@article{{marsh{0},
  title = {{Ublituximab trial number {0} in {{multiple}} sclerosis}},
  author = {{Marsh, Kim}}
}}
"""
PUBMED = """<PubmedArticle><MedlineCitation><PMID Version="1">9100000{0}</PMID><Article>
<ArticleTitle>Ublituximab trial number {0} in multiple sclerosis</ArticleTitle></Article>
</MedlineCitation></PubmedArticle>
"""
ARTICLE = """<article article-type="research-article"><front><article-meta><title-group>
<article-title>Ublituximab trial number {0} in multiple sclerosis</article-title></title-group>
</article-meta></front></article>
"""
ENDNOTE = """<record><ref-type name="Journal Article">17</ref-type><titles>
<title>Ublituximab trial number {0} in multiple sclerosis</title></titles></record>
"""
ABSTRACT = """{0}. J Made Up. 201{0} Mar;1{0}(2):3-9. doi: 10.5555/marsh.{0}.

Ublituximab trial number {0} in multiple sclerosis.

Marsh K(1).

1. Not a record: a list in the abstract.

{0}. Not one either.

PMID: 9100000{0}
"""
CSL = '{{"id": "m{0}", "type": "article-journal", "title": "Ublituximab trial number {0}"}}'
COUNTED = "Record #{0} of 3\nTI: Ublituximab trial number {0} in multiple sclerosis\nAU: Marsh K\n"
OVID = """<{0}. >
VN  - Ovid Technologies
TI  - Ublituximab trial number {0} in multiple sclerosis
AU  - Marsh K.
"""
REFWORKS = """RT Journal Article
SR Electronic
A1 Marsh, Kim
T1 Ublituximab trial number {0} in multiple sclerosis
ER
"""
T = "Ublituximab trial number {0} in multiple sclerosis"
EMBASE = f"RECORD {{0}}\n\nTITLE\n{T}\nAUTHOR NAMES\nMarsh K.\n"
EBSCO = f"Record: {{0}}\nTitle:\n{T}\nAuthors:\nMarsh K\n"
PROQUEST = f"Document {{0}} of 3\n\n{T}\n\nAuthor: Marsh, Kim.\n"
ENDNOTE_SHOWN = f"Reference Type:  Journal Article\nRecord Number: 4{{0}}\nTitle: {T}\n"
EU_REGISTER = f"EudraCT Number:   2012-00065{{0}}-23\nFull Title:  {T}\nLink:  x.example\n"
US_REGISTER = f"Study {{0}}:\nNCT Number: NCT0000000{{0}}\nTitle: {T}\nConditions: MS\n"
SCOPUS = f"Marsh, K.\n{T}\n(2019) Made Up, 12 (3), pp. 1-9.\nSOURCE: Scopus\n"
UNTYPED = f"%A Marsh, Kim\n%T {T}\n%D 2019\n"
FORMS = {
    "nbib": ("{}", NBIB, "\n"),
    "ris": ("{}", RIS, "\n"),
    "ris behind a provider's lines": ("Provider: Some Archive\nDatabase: X\n\n{}", RIS, "\n"),
    "refer": ("{}", REFER, "\n"),
    "Web of Science": ("FN Clarivate Web of Science\nVR 1.0\n{}EF\n", WEB_OF_SCIENCE, "\n"),
    "Ovid": ("{}", OVID, "\n"),
    "RefWorks": ("{}", REFWORKS, "\n"),
    "ERIC": ("{}", ERIC, "\n"),
    "BibTeX": ("% from a library\n{}", BIBTEX, "\n"),
    "PubMed": ("<?xml version='1.0'?>\n<PubmedArticleSet>\n{}</PubmedArticleSet>", PUBMED, ""),
    "articles": ("<pmc-articleset>{}</pmc-articleset>", ARTICLE, ""),
    "EndNote": ("<?xml version='1.0'?><xml><records>{}</records></xml>", ENDNOTE, ""),
    "PubMed's text": ("{}", ABSTRACT, "\n\n"),
    "CSL-JSON": ("[{}]", CSL, ",\n"),
    "counted": ("{}", COUNTED, "\n"),
    "Embase": ("{}", EMBASE, "\n"),
    "EBSCO": ("{}", EBSCO, "\n"),
    "ProQuest": ("Report from ProQuest\n\n____\n\n{}", PROQUEST, "\n____\n\n"),
    "EndNote, all fields shown": ("{}", ENDNOTE_SHOWN, "\n\n"),
    "register of the EU": ("{}", EU_REGISTER, "\n"),
    "register of the USA": ("{}", US_REGISTER, "\n"),
    "Scopus": ("Scopus\nEXPORT DATE: 01 March 2020\n\n{}", SCOPUS, "\n"),
    "refer without types": ("{}", UNTYPED, "\n"),
}


def file_of(form: str, number: int) -> str:
    frame, record, between = FORMS[form]
    return frame.format(between.join(record.format(n) for n in range(1, number + 1)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_each_record_is_a_document(form: str, line_end: str, mark: str) -> None:
    text = mark + file_of(form, 3).replace("\n", line_end)
    parts = [part.decode() for part in split(text.encode())]
    assert len(parts) == 3
    for number, part in enumerate(parts, 1):
        assert part in text
        assert [f"number {n}" in part for n in (1, 2, 3)] == [n == number for n in (1, 2, 3)]


@pytest.mark.parametrize("form", sorted(FORMS.keys() - {"counted", "ProQuest"}))
def test_one_record_is_its_file(form: str) -> None:
    data = file_of(form, 1).encode()
    assert split(data) == (data,)


@pytest.mark.parametrize("encoding", ["windows-1252", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    text = file_of("ris", 2).replace("Kim", "Zoë")
    for part in split(text.encode(encoding)):
        assert "Zoë" in read(part, name="x.ris").text


def test_authors_and_identifiers_stay_with_their_record() -> None:
    text = RIS.format(1) + RIS.format(2).replace("Marsh, Kim", "Otter, Lou")
    read_ones = [read(part, name="x.ris").metadata for part in split(text.encode())]
    assert [[a.family for a in found.authors] for found in read_ones] == [["Marsh"], ["Otter"]]
    assert [found.doi for found in read_ones] == ["10.5555/marsh.1", "10.5555/marsh.2"]


def test_an_entry_brings_the_strings_that_it_uses() -> None:
    strings = '@string{jmu = "Journal " # made}\n@STRING(made = "Made Up")\n@string{no = "Other"}\n'
    entries = "@article{a, title={A}, journal = JMU}\n@article{b, title={B}, journal={jot}}"
    first, second = (part.decode() for part in split((strings + entries).encode()))
    assert first == (
        '@string{jmu = "Journal " # made}\n\n@STRING(made = "Made Up")\n\n'
        "@article{a, title={A}, journal = JMU}"
    )
    assert second == "@article{b, title={B}, journal={jot}}"


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("@book(a, title={A (1)})\n@misc(b, title={B})", ["@book(a", "@misc(b"]),
        ("@misc{a, title={A}}@misc{b, title={B}}", ["@misc{a", "@misc{b"]),
        ("@misc{a, title={A}\n@misc{b, title={B}}", ["@misc{a", "@misc{b"]),
        ("@misc{a, title={A}}}\n @misc{b, title={B}}", ["@misc{a", "@misc{b"]),
        (
            "@misc{a, title={A}, note={\n@misc{x, y}\n}}\n@misc{b, title={B}}",
            ["@misc{a", "@misc{b"],
        ),
        (
            "@comment{@misc{no,}}\n@preamble{x}\n@misc{a, note={me@x{y}}}\n@misc{b, title={B}}",
            ["@misc{a", "@misc{b"],
        ),
    ],
)
def test_entries_of_odd_shapes(text: str, firsts: list[str]) -> None:
    assert [part.decode()[:7] for part in split(text.encode())] == firsts


@pytest.mark.parametrize(
    "text",
    [
        "1. Wash hands. It was 2019.\n\n2. Dry them.\n",
        "A page about records.\n\nTY  - JOUR is the first line of one, TY  - BOOK of another.\n",
        "<html><body><article>One</article><article>Two</article></body></html>",
        '[{"name": "x"}, {"name": "y"}]',
        "Write to me@example.org{x} or @you{y}.\n\nProse follows.",
        "Record #1 of 2\nx\nRecord #3 of 2\ny",
        f"# My note\n\nCladribine reduced relapses in people with MS.\n\n```\n{BIBTEX.format(1)}"
        f"{BIBTEX.format(2)}```\n",
        f"My note\n\nCladribine reduced relapses in people with MS.\n\n{RIS.format(1)}"
        f"{RIS.format(2)}",
        "<html><body><p>Cladribine reduced relapses in people with MS.</p><pre>\n"
        f"{BIBTEX.format(1)}{BIBTEX.format(2)}</pre></body></html>",
        "By Kim Marsh\n\nCladribine reduced relapses in people with MS.\n\nDocument 1 of 2\n\n"
        "One.\n\nDocument 2 of 2\n\nTwo.\n",
        "Study 1:\nRelapses fell.\n\nStudy 2:\nThey did not.\n",
        "NCT Number: NCT00000001\nTitle: A\n\nSee also\nNCT Number: NCT00000001\nTitle: A\n",
        "NCT Number: NCT00000001\nTitle: A\n\nNCT Number: NCT00000002\n",
        "%A Marsh, Kim\n%T A\n\n%X Prose\n",
        "Methods\n\nWe searched SOURCE: Scopus.\n",
    ],
)
def test_other_documents_stay_whole(text: str) -> None:
    assert split(text.encode()) == (text.encode(),)


def test_what_is_no_text_comes_back_as_it_is() -> None:
    assert split(b"%PDF-1.4 x") == (b"%PDF-1.4 x",)


def test_too_many_records_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "MAX_RECORDS", 2)
    with pytest.raises(Unreadable, match="holds 3 records; at most 2"):
        split(file_of("ris", 3).encode())


@given(st.lists(st.sampled_from(sorted(FORMS)), min_size=1, max_size=3), st.data())
def test_no_file_breaks_it(forms: list[str], data: st.DataObject) -> None:
    """Cut, mixed and repeated: a tuple of stretches, none empty, whatever the text."""
    text = "".join(file_of(form, 3) for form in forms)
    start = data.draw(st.integers(0, len(text)))
    cut = text[start : data.draw(st.integers(start, len(text)))]
    parts = split(cut.encode())
    assert len(parts) == 1 or all(part.decode().strip() for part in parts)


@pytest.mark.parametrize(
    "unit", ["@a{", "{", "@a{b}", "TY  - \n", "<article>", "1. a 2019\nPMID: 1\n", "[{"]
)
@pytest.mark.parametrize("start", ["", "<pmc-articleset>", '[{"type": "x", "title": "y"},'])
def test_time_grows_with_the_text_alone(start: str, unit: str) -> None:
    """A text of a megabyte is cut at once; in the square of its length it would take minutes."""
    with contextlib.suppress(Unreadable):
        split((start + unit * (1_000_000 // len(unit))).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("  - ", "\t- "),
        lambda text: "".join(f"   {line}" for line in text.splitlines(keepends=True)),
        lambda text: text.replace("TY ", "ty ").replace("ER ", "er ").replace("TI ", "ti "),
        lambda text: text.replace("TY  - JOUR\n", "").replace("ER  -", "TY  - JOUR\nER  -"),
        lambda text: text.replace("ER  - \n", "ER  - \n\nEF  - \n"),
        lambda text: text.replace("TY  - JOUR\nTI  - Second", "TI  - Second"),
        lambda text: text.replace("ER  - \n\nTY", "\nTY"),
    ],
    ids=["plain", "tabs", "indented", "lower", "type last", "EF", "no type", "no end"],
)
def test_ris_is_cut_in_every_layout(change: Callable[[str], str]) -> None:
    one = "TY  - JOUR\nTI  - First\nAU  - Lind, Per\nER  - \n"
    two = "TY  - JOUR\nTI  - Second\nAU  - Oka, Chidi\nER  - \n"
    parts = split(change(f"{one}\n{two}").encode())
    found = [read(part, name="x.ris").metadata for part in parts]
    assert [(data.title, *(a.family for a in data.authors)) for data in found] == [
        ("First", "Lind"),
        ("Second", "Oka"),
    ]


def test_files_of_two_formats_are_cut_where_each_record_begins() -> None:
    for text in (NBIB.format(1) + "\n" + RIS.format(2), RIS.format(1) + "\n" + NBIB.format(2)):
        parts = [part.decode() for part in split(text.encode())]
        assert [("number 1" in part, "number 2" in part) for part in parts] == [
            (True, False),
            (False, True),
        ]


def test_a_number_inside_a_record_begins_none() -> None:
    one = RIS.format(1).replace("ER  -", "PMID- 9100001\nER  -")
    assert len(split((one + RIS.format(2)).encode())) == 2
    assert split(one.encode()) == (one.encode(),)
    said = RIS.format(1).replace("ER  -", "AB  - It said:\nTY - is a tag of this text.\nER  -")
    assert split(said.encode()) == (said.encode(),)


def test_a_number_may_stand_behind_another_of_its_record() -> None:
    records = "".join(f"UI  - 9800000{n}\n{NBIB.format(n)}\n" for n in (1, 2))
    assert len(split(records.encode())) == 2


def test_articles_without_a_set_around_them_are_cut() -> None:
    both = ARTICLE.format(1) + "\n" + ARTICLE.format(2)
    first, second = (part.decode() for part in split(both.encode()))
    assert (first, second) == (ARTICLE.format(1).strip(), ARTICLE.format(2).strip())
    page = "<article><h1>One</h1></article>\n<article><h1>Two</h1></article>"
    assert split(page.encode()) == (page.encode(),)
