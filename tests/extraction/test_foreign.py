"""Tables, data and program code are refused by their name, never read as prose."""

from contextlib import suppress
from pathlib import Path

import pytest

from extraction import Unreadable, read
from extraction.foreign import refuse_foreign

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = "Cladribine reduced relapses in people with multiple sclerosis."
PROGRAM = """\
def dose(weight):
    # Cladribine reduced relapses in people with multiple sclerosis.
    total = weight * 3.5
    if total > 100:
        raise ValueError("too much")
    return total


print(dose(70))
"""


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        ("name,brand,route\ncladribine,Mavenclad,oral\n", "drugs.csv", "a table"),
        ("name,brand,route\ncladribine,Mavenclad,oral\n", "drugs.txt", "a table"),
        ('name;note;route\ncladribine;"less; a lot";oral\n', "drugs.txt", "a table"),
        ("PT\tAU\tTI\nJ\tMarsh, K\tCladribine in multiple sclerosis\n", "saved.txt", "a table"),
        ('PT\tAU\tTI\rJ\tMarsh\tThe "best\rJ\tOtter\tOther\r', "saved.txt", "a table"),
        ("drug\ncladribine\n", "one-column.tsv", "a table"),
        ('{"name": "cladribine"}', "drugs.json", "JSON, but not CSL-JSON"),
        ('[{"key": "A", "data": {"title": "Cladribine"}}]', "zotero.txt", "JSON, but not CSL-JSON"),
        ('{"message": {"items": []}}', "crossref.txt", "JSON, but not CSL-JSON"),
        ('[{"type": "book", "title": "A"}, {"name": "B"}]', "x.txt", "JSON, but not CSL-JSON"),
        ('[{"type": "book", "title": "A"', "x.txt", "broken JSON"),
        ('{"a": 1}\n{"a": 2}\n', "x.txt", "a list of JSON lines"),
        ("[" * 100_000, "x.json", "JSON of too many levels"),
        ("<?xml version='1.0'?><modsCollection><mods/></modsCollection>", "x.xml", "MODS"),
        ("<rdf:RDF xmlns:rdf='x'><a/></rdf:RDF>", "x.rdf", "RDF"),
        ("<rss><channel><item>Cladribine</item></channel></rss>", "x.xml", "a feed"),
        ('<record xmlns="http://www.loc.gov/MARC21/slim"/>', "x.xml", "MARC XML"),
        ("name|brand|route\ncladribine|Mavenclad|oral\n", "drugs.txt", "a table"),
        ("| name | dose |\n|---|---|\n| cladribine | 10 mg |\n", "drugs.md", "a table"),
        ("<drug xmlns='x'><text><p>Cladribine.</p></text></drug>\n", "x.xml", "(<drug>)"),
        ("<?xml version='1.0'?><results><title>A</title>", "x.xml", "(<results>)"),
        ("<a:set><a:title>Cladribine</a:title></a:set>", "x.txt", "(<a:set>)"),
        (
            "<?xml version='1.0'?><Trials_downloaded_from_ICTRP><Trial/>"
            "</Trials_downloaded_from_ICTRP>",
            "x.xml",
            "a registry's XML",
        ),
        ("<doi_records><doi_record/></doi_records>", "x.xml", "Crossref's XML"),
        (
            "<responseWrapper><resultList><result><id>1</id></result><result/></resultList>"
            "</responseWrapper>",
            "x.xml",
            "(<responseWrapper>)",
        ),
        (PROGRAM, "dose.py", "program code"),
        (PROGRAM, "dose.txt", "program code"),
        ("#!/bin/sh\necho cladribine\n", "run", "program code"),
        ("all:\n\techo cladribine\n", "Makefile", "program code"),
        ("drug: cladribine\n", "drugs.yaml", "settings"),
        (f"% a draft\n\\documentclass{{article}}\n{SENTENCE}\n", "x.txt", "a LaTeX source"),
        (SENTENCE, "x.tex", "a LaTeX source"),
    ],
)
def test_what_is_no_document(text: str, name: str, what: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text.encode(), name=name)
    assert what in str(refused.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{SENTENCE}\n", "note.txt"),
        ("Cladribine, fingolimod, and teriflunomide help.\nA, B, and C do not.\n", "x.txt"),
        ("Drugs\n\nCladribine; fingolimod; teriflunomide.\n", "x.txt"),
        ("[Cladribin bei Multipler Sklerose].\n\nText.\n", "x.txt"),
        ("{Cladribine} in braces.\n", "x.txt"),
        ('[{"type": "article-journal", "title": "Cladribine"}]', "works.json"),
        ('{"type": "article-journal", "title": "Cladribine"}', "works.json#2"),
        ("---\ntitle: Cladribine\nauthors: A\n---\nText.\n", "x.md"),
        ("@article{a,\n  title = {A},\n  year = {2019},\n  note = {x},\n  doi = {y}\n}\n", "x.bib"),
        ("<article><body><p>Cladribine.</p></body></article>", "x.xml"),
        ("<p>Cladribine helps.</p>\n<p>It does.</p>\n", "x.txt"),
        ("<?xml version='1.0'?><html><body>Cladribine</body></html>", "x.xhtml"),
        ("<cladribine> in pointed brackets\n", "x.txt"),
        ("<OAI-PMH><record><article><front/></article></record></OAI-PMH>", "x.xml"),
        ("Cladribine\n\nIt helps.\n\n| a | b |\n|---|---|\n| c | d |\n\nIt does.\n", "x.md"),
        ("<TEI><text><item>Cladribine.</item><item>It helps.</item></text></TEI>", "x.xml"),
        ("<document><item>Cladribine.</item><item>It helps.</item></document>", "label.xml"),
        (
            "Advice\n\nTake it\nwith food (one tablet)\nfor pain: paracetamol;\nif tired: rest;\n"
            "try to sleep (8 hours)\nuse a stick\nif you are allergic (see below);\n",
            "x.txt",
        ),
        ("Item;\n- one;\n- two;\n- three;\n- four;\n- five;\n- six.\n", "list.txt"),
        ("See example.org.\n", "visit example.org"),
    ],
)
def test_what_may_be_one(text: str, name: str) -> None:
    refuse_foreign(text, name)


def test_documents_of_this_project_are_none_of_them() -> None:
    pages = set(ROOT.glob("docs/*.md")) - set(ROOT.glob("docs/api-*.md"))  # which are programs
    for path in [*ROOT.glob("seeds/*"), *pages, ROOT / "README.md"]:
        refuse_foreign(path.read_text(encoding="utf-8"), path.name)


@pytest.mark.parametrize(
    "unit", ['{"a":', "[", "a,b,c\n", "x = (\n", "<a ", '"', 'a"b,,', "\\", " "]
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    with suppress(Unreadable):
        refuse_foreign(unit * (1_000_000 // len(unit)), "x.txt")
