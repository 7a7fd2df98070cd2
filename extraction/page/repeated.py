"""Short phrases that a page repeats word for word at the edges of its paragraphs."""

import re
from collections import Counter

from extraction.text import frequency
from extraction.text.lines import Page

_MIN_TIMES = 3
_MAX_WORDS = 8
_MAX_CHARS = 80
_WORD_GAP = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


def cut_repeated(page: Page) -> None:
    """Claim whole lines and cut line edges that hold such a phrase (label ``seo_phrase``)."""
    for phrase in _phrases(page):
        for _, line in page.free():
            if line.text == phrase:
                line.role = "seo_phrase"
                continue
            if _starts(line.text, phrase):
                page.cut(line.start, line.start + len(phrase), "seo_phrase")
                rest = line.text[len(phrase) :].lstrip()
                line.start, line.text = line.end - len(rest), rest
            if _ends(line.text, phrase):
                page.cut(line.end - len(phrase), line.end, "seo_phrase")
                line.text = line.text[: -len(phrase)].rstrip()
                line.end = line.start + len(line.text)
            if not line.text:
                line.role = "seo_phrase"


def _phrases(page: Page) -> list[str]:
    """The longest phrase of every family that repeats often enough."""
    times: Counter[str] = Counter()
    edges: Counter[str] = Counter()
    for _, line in page.free():
        if frequency.is_label(line.text) or frequency.has_items(line.text):
            continue  # leaflets head each list of side effects anew
        if len(line.text) <= _MAX_CHARS and _worded(line.text):
            times[line.text] += 1
            edges[line.text] += 1
        head, tail = line.text[: _MAX_CHARS + 1], line.text[-_MAX_CHARS - 1 :]
        gaps = [m.start() for m in _WORD_GAP.finditer(head)][1:_MAX_WORDS]
        times.update(head[:gap] for gap in gaps if _starts(line.text, head[:gap]))
        gaps = [m.end() for m in _WORD_GAP.finditer(tail)][-_MAX_WORDS:-1]
        for gap in gaps:
            if _ends(line.text, tail[gap:]):
                times[tail[gap:]] += 1
                edges[tail[gap:]] += 1
    often = [p for p, n in times.items() if n >= _MIN_TIMES and edges[p] and _worded(p)]
    often.sort(key=len, reverse=True)
    kept: list[str] = []
    for phrase in often[:200]:
        if not any(phrase in longer for longer in kept):
            kept.append(phrase)
    return kept[:20]


def _worded(phrase: str) -> bool:
    return " " in phrase and phrase[0].isalpha() and not _SENTENCE_END.search(phrase)


def _starts(text: str, phrase: str) -> bool:
    if not text.startswith(phrase + " "):
        return False
    return text[len(phrase) :].lstrip()[:1].isupper()


def _ends(text: str, phrase: str) -> bool:
    if not text.endswith(" " + phrase):
        return False
    return bool(_SENTENCE_END.search(text[-len(phrase) - 5 : -len(phrase)].rstrip()))
