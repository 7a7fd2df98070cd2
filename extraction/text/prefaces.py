"""What stands before the records of a file: words on the export, or a text of its own."""

import re

__all__ = ["has_prose", "is_preface"]

_LONGEST_PREFACE = 4_000
_MOST_WORDS = 12
_OF_EXPORT = re.compile(
    r"\b(?:generated|export(?:ed|s)?|this file|encoding|provider|database|mendeley|bibtex|endnote|"
    r"zotero|downloaded|search strategy|copyright|rights reserved)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^\W\d_]{2,}[.!?][\"”’)]?$")
_LEAST_OF_SENTENCE = 5
_MARK = re.compile(r"<[^<>]{0,300}>")


def is_preface(text: str) -> bool:
    """Whether what stands before a record is no prose: lines of a provider, comments, words on
    the export.
    """
    return len(text) <= _LONGEST_PREFACE and all(map(_is_of_preface, text.splitlines()))


def _is_of_preface(line: str) -> bool:
    line = line.strip()
    if line.startswith("%") or (_OF_EXPORT.search(line) and len(line.split()) <= 2 * _MOST_WORDS):
        return True
    number = len(line.split())
    is_sentence = number >= _LEAST_OF_SENTENCE and _SENTENCE.search(line)
    return number <= _MOST_WORDS and not is_sentence


def has_prose(text: str) -> bool:
    """Whether a sentence stands in it that is none on an export."""
    lines = (_MARK.sub("", line).strip() for line in text.splitlines())
    return any(_SENTENCE.search(line) and not _is_of_preface(line) for line in lines)
