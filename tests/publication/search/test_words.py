"""What of a text can be asked for, what a question asks for, and what comes first."""

import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publication.search.asked import MOST_WORDS, asked
from publication.search.marking import marked
from publication.search.ranking import Candidate, ranked
from publication.search.tokens import LONGEST, tokens


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("relapses", "It lowered the relapse rate."),
        ("RELAPSE", "fewer relapses"),
        ("cd20", "targets CD-20"),
        ("CD 20", "targets CD20"),
        ("bcell", "depletes B cells"),
        ("b-cells", "B cell depletion"),
        ("ifn beta1a", "IFN-β-1a"),
        ("IFN&beta; 1a", "Ifn beta 1a"),
        ("Müller", "MULLER A"),
        ("depl", "It depletes"),
        ("α4β1-integrin", "alpha4beta1 integrin"),
        ("what are the risks", "the risk of infection"),
        ("edema", "macular oedema"),
        ("annualized", "annualised rate"),
        ("leucopenia", "leukopenia"),
        ("hemorrhage", "haemorrhages"),
        ("tumours", "a tumor"),
    ],
)
def test_one_way_of_writing_finds_another(question: str, text: str) -> None:
    asks = asked(question)
    assert held(tokens("text", [], [text]), asks.for_fts5("text"))
    assert any(piece.is_found for piece in marked(text, asks.terms))


def held(words: str, expression: str) -> bool:
    """Whether SQLite finds a row with these tokens."""
    with closing(sqlite3.connect(":memory:")) as database:
        how = "ascii tokenchars '#_.'"
        database.execute(f'CREATE VIRTUAL TABLE t USING fts5(words, tokenize="{how}")')
        database.execute("INSERT INTO t VALUES (?)", [words])
        found = database.execute("SELECT 1 FROM t WHERE t MATCH ?", [expression])
        return bool(found.fetchall())


@pytest.mark.parametrize(
    ("question", "found"),
    [("humax cd20", True), ("HuMax-CD20", True), ("cd20", False), ("dmf", True), ("bg-12", True)],
)
def test_an_alias_finds_as_a_whole(question: str, found: bool) -> None:
    words = tokens("drug", ["Examplimab"], [], aliases=["HuMax-CD20", "DMF", "BG-12"])
    assert held(words, asked(question).for_fts5("drug")) is found


def test_a_part_of_a_name_is_marked_beside_the_other_alone() -> None:
    for text, found in (
        ("BG-12 lowered it at 12 weeks", ["BG", "12"]),
        ("better at 12 weeks", []),
        ("BG 12", ["BG", "12"]),
    ):
        pieces = marked(text, asked("BG-12").terms)
        said = " ".join(piece.text for piece in pieces if piece.is_found)
        assert [word for word in re.split(r"[\s-]+", said) if word] == found


@pytest.mark.parametrize(("question", "text"), [("b", "beta"), ("12", "12th 120"), ("is", "isn")])
def test_a_short_word_or_number_is_found_whole(question: str, text: str) -> None:
    (term,) = asked(question).terms
    assert not any(term.finds(word) for word in text.split())


def test_words_that_ask_for_nothing_count_where_there_is_no_other() -> None:
    assert [term.word for term in asked("What is the dose?").terms] == ["dose"]
    assert [term.word for term in asked("Who is who?").terms] == ["who", "is", "who"]
    assert asked(" ?!“” %_*").terms == ()


def test_a_question_is_bounded() -> None:
    question = asked(" ".join(f"word{n}" for n in range(50)) + " " + "x" * 500)
    assert len(question.terms) == MOST_WORDS
    assert question.left_out[0] == f"word{MOST_WORDS}"
    assert max(map(len, question.left_out)) == LONGEST
    assert len(question.names) < 80


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_text_is_a_question_and_marking_keeps_every_letter(question: str, text: str) -> None:
    found = asked(question)
    expression, other = found.for_fts5("kind"), found.for_tsquery("kind")
    assert expression.count('"') % 2 == 0
    assert other.count("'") % 2 == 0
    assert "".join(piece.text for piece in marked(text, found.terms)) == text


def order(question: str, *found: Candidate) -> list[int]:
    return [one.id for one in ranked(asked(question), found)]


def record(id: int, said: str, known: str = "", weight: int = 0) -> Candidate:
    return Candidate(id, "therapy", "", said, known, weight)


def test_who_is_called_so_comes_before_who_is_called_nearly_so() -> None:
    rows = [
        record(1, "mitoxantrone", weight=90),
        record(2, "interferon beta 1a\nrebif"),
        record(3, "interferon beta"),
        record(4, "peginterferon", "interferon"),
        record(5, "plain\ninterferon"),
        record(6, "interferon gamma", weight=5),
    ]
    assert order("interferon", *rows) == [5, 4, 6, 3, 2, 1]
    assert order("interferon beta", *rows)[:2] == [3, 2]


def text(id: int, said: str, weight: int = 0) -> Candidate:
    return Candidate(id, "statement", "x", said, "", weight)


def test_a_text_that_has_the_words_together_comes_first() -> None:
    rows = [
        text(1, "fingolimod is taken by mouth", weight=9),
        text(2, "relapse was rare and after a year of it fingolimod was stopped"),
        text(3, "fingolimod lowered the relapse rate"),
        text(4, "fingolimod lowered the relapse rate", weight=2),
    ]
    assert order("relapse fingolimod", *rows) == [4, 3, 2, 1]
