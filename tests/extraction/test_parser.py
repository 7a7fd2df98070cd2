"""The parser: its model is the official one, and what it makes of a text is the same always."""

import ast
import hashlib
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import read
from extraction.parsing import model, vectors
from extraction.parsing.model import LONGEST, folder, parse, parsed
from extraction.parsing.tree import Token
from tests.databases import ROOT

DIGESTS = Path(__file__).parent / "parser_model.sha256"
SENTENCE = "Ocrelizumab did not reduce the relapse rate."


def sentences() -> list[str]:
    """Those of the five documents."""
    found = []
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        reading = read(path.read_bytes(), name=path.name)
        found += [reading.text[s.start : s.end] for s in reading.sentences]
    return found


def head_of(tokens: tuple[Token, ...], word: str) -> tuple[str, str]:
    token = next(token for token in tokens if token.text == word)
    return token.dep, tokens[token.head].text


def test_model_is_the_official_one() -> None:
    lines = DIGESTS.read_text().splitlines()
    digests = dict(reversed(line.split("  ")) for line in lines if not line.startswith("#"))
    found = {
        str(path.relative_to(folder())): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder().rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len(digests) == 24
    assert {name: found.get(name) for name in digests} == digests
    assert found.keys() - digests.keys() == {"meta.json", "README.md"}
    about = json.loads((folder() / "meta.json").read_text())
    assert (about["lang"], about["version"]) == ("en", "3.8.0")


def test_words_depend_on_each_other() -> None:
    tokens = parse(SENTENCE)
    assert [token.i for token in tokens] == list(range(len(tokens)))
    assert head_of(tokens, "Ocrelizumab") == ("nsubj", "reduce")
    assert head_of(tokens, "not") == ("neg", "reduce")
    assert head_of(tokens, "rate") == ("dobj", "reduce")
    assert head_of(tokens, "reduce") == ("ROOT", "reduce")
    assert [t.lemma for t in parse("Relapses were reduced.")][:3] == ["relapse", "be", "reduce"]
    assert [(t.pos, t.tag) for t in tokens[:3]] == [
        ("PROPN", "NNP"), ("AUX", "VBD"), ("PART", "RB"),
    ]  # fmt: skip


def test_line_breaks_and_controls_part_words_and_are_none() -> None:
    text = "  \x00Ocrelizumab  did\n\t not reduce\x07the relapse\xa0rate.\n"
    tokens, plain = parse(text), parse(SENTENCE)
    assert [(t.text, t.lemma, t.tag, t.dep, t.head) for t in tokens] == [
        (t.text, t.lemma, t.tag, t.dep, t.head) for t in plain
    ]
    assert [text[t.start : t.end] for t in tokens] == [t.text for t in plain]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00\x00"])
def test_text_without_words_has_no_tokens(text: str) -> None:
    assert list(parsed([text, SENTENCE, text])) == [(), parse(SENTENCE), ()]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=60), max_size=5))
def test_any_text_is_parsed(texts: list[str]) -> None:
    for text, tokens in zip(texts, parsed(texts), strict=True):
        end = 0
        for token in tokens:
            assert end <= token.start < token.end
            assert token.text == text[token.start : token.end]
            assert tokens[token.head].i == token.head
            end = token.end


@pytest.mark.parametrize(
    "piece",
    ["(", "'", "a-", "a.", "http://", "\ud800", "\N{GRINNING FACE}", "\u0301", "1,", "e.g."],
)
def test_longest_text_takes_bounded_time(piece: str) -> None:
    parse(SENTENCE)
    start = time.process_time()
    parse((piece * LONGEST)[:LONGEST])
    assert time.process_time() - start < 5


def test_longer_text_is_refused_and_the_parser_goes_on() -> None:
    with pytest.raises(ValueError, match="A text of 1,201 code points: at most 1,200 are parsed"):
        parse("a" * (LONGEST + 1))
    assert parse(SENTENCE) == parse(SENTENCE)


def test_error_in_the_middle_leaves_a_parser_that_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Ctrl-C does."""
    whole = list(parsed(["Zyxolimab helped.", SENTENCE]))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(model, "_tokens", interrupted)
        with pytest.raises(KeyboardInterrupt):
            parse("Zyxolimab helped.")
    assert list(parsed(["Zyxolimab helped.", SENTENCE])) == whole


def test_same_in_any_batch_and_order(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*sentences(), "They found a clinic.", "To found one is hard.", "Left is left."]
    one_by_one = [parse(text) for text in texts]
    for size in (1, 7, 64, 256):
        monkeypatch.setattr(model, "BATCH", size)
        order = list(range(len(texts)))
        random.Random(size).shuffle(order)
        found = dict(zip(order, parsed(texts[i] for i in order), strict=True))
        assert [found[i] for i in range(len(texts))] == one_by_one


ODD = [
    "I'm gonna let's say y'all got ta come.", "There is a trial.", "Let us get what it got.",
    "It did do it, and you had it.", "He got it and ol' men got nothin'.", "That is that which is.",
    "I gotta go; c'mon, we'll go 'cause there's none.", "She won't and sha'n't; we ca'n't.",
]  # fmt: skip


def test_all_is_as_the_whole_model_alone_says() -> None:
    """What is remembered of the attribute ruler changes nothing, the first time and later."""
    import spacy

    bare = spacy.load(folder(), exclude=["ner", "senter"])
    texts = [" ".join(text.split()) for text in [*ODD, *sentences(), *ODD]]
    expected = [
        [(t.idx, t.text, t.lemma_.lower(), t.pos_, t.tag_, t.dep_, t.head.i) for t in doc]
        for doc in bare.pipe(texts)
    ]
    for _ in range(2):
        found = [
            [(t.start, t.text, t.lemma, t.pos, t.tag, t.dep, t.head) for t in tokens]
            for tokens in parsed(texts)
        ]
        assert found == expected


def test_same_from_many_threads() -> None:
    texts = sentences()[:40]
    expected = list(parsed(texts))
    found: list[list[tuple[Token, ...]]] = []
    threads = [threading.Thread(target=lambda: found.append(list(parsed(texts)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [expected] * 4


def test_texts_are_taken_a_batch_at_a_time() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield SENTENCE

    tokens = parsed(endless())
    assert next(tokens) == parse(SENTENCE)
    assert taken == model.BATCH


def test_new_words_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """By then the model is loaded anew, and says the same."""
    monkeypatch.setattr(model, "NEW_WORDS", 200)
    monkeypatch.setattr(model, "_loaded", None)
    parse(SENTENCE)
    first = model._loaded
    assert first is not None
    words = ("".join(chr(97 + (n * k) % 26) for k in range(3, 12)) + str(n) for n in range(600))
    texts = [f"The {word} was found." for word in words]
    found = list(parsed(texts))
    assert model._loaded is not first
    if model._loaded is not None:
        most = first.most_strings + 10 * model.BATCH
        assert len(model._loaded.language.vocab.strings) < most
    monkeypatch.setattr(model, "NEW_WORDS", 50_000)
    monkeypatch.setattr(model, "_loaded", None)
    assert found == list(parsed(texts))


def test_what_is_remembered_of_words_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """And made anew, the same."""
    texts = sentences()[:200]
    expected = list(parsed(texts))
    monkeypatch.setattr(vectors, "MOST", 20)
    monkeypatch.setattr(model, "BATCH", 3)
    assert list(parsed(texts)) == expected


PROGRAM = """
import hashlib, random, sys
from extraction.parsing.model import parsed
texts = sys.stdin.read().split("\\0")
random.Random(int(sys.argv[1])).shuffle(texts)
for row in sorted(zip(texts, map(repr, parsed(texts)))):
    sys.stdout.write(hashlib.sha256(repr(row).encode()).hexdigest())
"""


@pytest.mark.process
def test_same_in_every_process() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(number)],
            cwd=ROOT, input="\0".join(sentences()), capture_output=True, text=True, check=True,
        ).stdout
        for number in (1, 2)
    }  # fmt: skip
    assert len(found) == 1
    assert found != {""}


WATCHED = """
import sys
done = []
def watch(event, args):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}:
        done.append((event, args))
    elif event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        done.append((event, args[0]))
    elif event in {"os.mkdir", "os.rename", "os.remove", "subprocess.Popen", "os.system"}:
        done.append((event, args))
sys.addaudithook(watch)
from extraction.parsing.model import parse
assert len(parse("Ocrelizumab reduced relapses.")) == 4
sys.exit(repr(done) if done else 0)
"""


@pytest.mark.process
def test_loading_and_parsing_write_nothing_and_ask_no_network(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", WATCHED],
        cwd=ROOT, env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.process
def test_site_starts_without_spacy() -> None:
    program = (
        "import sys, django; django.setup();"
        "from django.urls import get_resolver; assert get_resolver().url_patterns;"
        "from django.core.wsgi import get_wsgi_application; get_wsgi_application();"
        "import extraction.document, extraction.parsing.model;"
        "print({'spacy', 'thinc', 'numpy'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "set()\n", "")


def test_nobody_else_imports_spacy() -> None:
    importing = set()
    for path in ROOT.glob("[a-z]*/**/*.py"):
        if path.is_relative_to(ROOT / "tests") or path.is_relative_to(ROOT / "bench"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] == "spacy" for name in names):
                importing.add(str(path.relative_to(ROOT)))
    for_types = {"extraction/parsing/attributes.py"}
    assert importing == {"extraction/parsing/model.py", *for_types}
