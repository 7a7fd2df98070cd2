"""LaTeX in values and abstracts, as it is read: each stretch with what it stands for.

What a macro means is pylatexenc's knowledge, which is asked for one accent, symbol or short formula
at a time: nothing nests, no file is opened, and what is not understood stays as it is written.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db

from extraction.text.clean import cleaned
from extraction.text.markup import view
from extraction.text.words import words
from extraction.types import Unreadable

__all__ = ["Run", "plain", "runs"]

logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    r"(?P<accent>\\(?:[\"'`^~=.]|[cvuHkrbdt](?![A-Za-z])) {0,2}"
    rf"(?:\{{ {{0,2}}\\?{_LETTER}{{1,2}} {{0,2}}\}}|\\[ij](?![A-Za-z])(?: |\{{\}})?|{_LETTER}))"
    r"|(?P<tilde>\\[~^]\{\})"
    r"|(?P<kept>\\(?:input|include|usepackage|includegraphics|openin|write|read|def|let|newcommand|"
    r"catcode|csname|expandafter)(?![A-Za-z])[^{}\n]{0,40}(?:\{[^{}\n]{0,300}\})?)"
    r"|(?P<gone>\\(?:label|cite[pt]?|ref|footnote|hspace|vspace|index|noopsort|href)\*?"
    r"\{[^{}]{0,500}\})"
    r"|\\(?P<word>[A-Za-z]{1,40})\*?(?P<gap>[ \t]{0,20}(?:\{\})?)"
    r"|\\(?P<sign>[^A-Za-z])"
    r"|(?P<math>\$(?P<formula>[^$]{1,300})\$)"
    r"|(?P<quote>``|'')"
    r"|(?P<dash>---?)"
    r"|(?P<brace>[{}])"
    r"|(?P<tie>~)"
)
_PREFIX = re.compile(r"<(/?)jats:")
_SIGNS = re.compile(r"[\\{}$~]|--|``|''")
_MACRO = re.compile(r"\\(?:(?P<word>[A-Za-z]{1,40})[ \t]{0,20}|(?P<sign>[^A-Za-z]))")
_FRACTION = re.compile(r"\\[dt]?frac *\{([^{}\\]{1,40})\} *\{([^{}\\]{1,40})\}")
_LOWERED = re.compile(r"_(?=\{)|^_")
_RAISED = re.compile(r"\^(?![-−+]?\d)")
_PROSE = re.compile(r"(?<!\\)\s[A-Za-z]{2,}[\s.,]")
"""Between dollar signs: then they are sums of money."""
_SPACES = {",": " ", ":": " ", ";": " ", " ": " ", "\n": " ", "\t": " ", "\\": " "}
_SILENT = {"-", "/", "!", "@", "(", ")", "[", "]", "'", "`", "=", ".", "^", "~", '"', "*", "+"}
_OWN = {
    "less": "<", "greater": ">", "textless": "<", "textgreater": ">", "lt": "<", "gt": ">",
    "mathplus": "+", "mathsemicolon": ";", "mathcolon": ":", "mathequals": "=", "mathminus": "−",
    "mathlessequal": "≤", "mathgreaterequal": "≥", "copyright": "©", "textcopyright": "©",
    "S": "§", "textsection": "§", "P": "¶", "pounds": "£", "textsterling": "£", "euro": "€",
    "texteuro": "€", "textpm": "±", "texttimes": "×", "textbar": "|", "textbackslash": "\\",
    "textunderscore": "_", "textampersand": "&", "textdollar": "$", "textpercent": "%",
    "textquotesingle": "'", "textquotedbl": '"', "slash": "/", "newline": " ", "quad": " ",
    "qquad": " ", "space": " ", "enspace": " ", "thinspace": " ",
}  # fmt: skip
"""Crossref's escapes, and what pylatexenc does not show."""
_SHOWS_ITS_ARGUMENT = words(
    "emph textit textbf textsc textrm textsf texttt textup textmd textsl textnormal "
    "textsuperscript textsubscript mathrm mathit mathbf mathsf mathtt mathcal mathbb mathnormal "
    "ensuremath mbox hbox text underline uppercase lowercase it bf em sc rm tt sl sf itshape "
    "bfseries scshape upshape normalfont small large Large tiny footnotesize mkbibemph mkbibbold "
    "mkbibitalic mkbibparens enquote url path nolinkurl bibinfo protect relax unskip left right "
    "big Big displaystyle textstyle scriptstyle boldsymbol bm operatorname sout uline hl"
)
_GREEK = re.compile(r"(?:text|up|var)(?=[a-z]{2,8}$)")
_MOST_UNITS = 2_000
"""Different accents, symbols and formulas of one text that are looked up."""


@dataclass(frozen=True, slots=True)
class Run:
    """What ``start``..``end`` of the text is read as; ``literal``: letter for letter."""

    shown: str
    start: int
    end: int
    literal: bool


def plain(value: str, *, ties: bool = True) -> str:
    """A value as it is read, in one line, without LaTeX and without the tags inside it.

    ``ties``: whether ``~`` is a space, as everywhere but in addresses.
    """
    shown = "".join(run.shown for run in runs(value, 0, len(value), ties=ties))
    if "<" in shown or "&" in shown:
        with suppress(Unreadable):  # more tags than a page has
            shown = view(_PREFIX.sub("<\\1", shown)).text
    return cleaned(shown)


def runs(text: str, start: int, end: int, *, ties: bool = True) -> Iterator[Run]:
    """The stretches of ``start``..``end``, in order; what stands for nothing is left out."""
    if not _SIGNS.search(text, start, end):
        if start < end:
            yield Run(text[start:end], start, end, literal=True)
        return
    reached = start
    units: set[str] = set()
    for match in _TOKEN.finditer(text, start, end):
        if len(units) > _MOST_UNITS:
            break
        shown = _shown(match, units, ties=ties)
        if shown is None:
            continue
        if reached < match.start():
            yield Run(text[reached : match.start()], reached, match.start(), literal=True)
        reached = match.end()
        if shown:
            yield Run(shown, match.start(), match.end(), literal=False)
    if reached < end:
        yield Run(text[reached:end], reached, end, literal=True)


def _shown(match: re.Match[str], units: set[str], *, ties: bool) -> str | None:
    """What a token stands for; None where it is to stay as it is written."""
    kind = match.lastgroup or ""
    written = match.group()
    if kind == "brace" or kind == "gone":
        return ""
    if kind == "tie":
        return " " if ties else None
    if kind == "quote":
        return "“" if written == "``" else "”"
    if kind == "dash":
        return ("—" if len(written) == 3 else "–") if ties else None
    if kind == "tilde":
        return written[1]
    if kind == "sign":
        return _sign(match["sign"])
    if kind == "kept":
        return None
    units.add(written)
    if kind == "accent":
        return _meant(written)
    if kind == "math":
        return None if _PROSE.search(match["formula"]) else _formula(match["formula"].strip())
    word = match["word"]
    found = _symbol(word)
    if found is not None:
        return found
    return "" if _is_said(word) else None


def _sign(sign: str) -> str:
    if sign in _SPACES:
        return _SPACES[sign]
    return "" if sign in _SILENT else sign


@lru_cache(maxsize=4096)
def _symbol(word: str) -> str | None:
    """The sign that a macro without arguments stands for."""
    if word in _OWN:
        return _OWN[word]
    for name in (word, _GREEK.sub("", word)):
        shown = _meant("\\" + name) if name else None
        if shown and "%" not in shown and not shown.startswith("\\") and shown.strip() == shown:
            return shown
    return None


@cache
def _known() -> frozenset[str]:
    """The macros of which pylatexenc knows what to show."""
    listed = get_default_latex_context_db()
    return frozenset(name for group in listed.d.values() for name in group["macros"])


@lru_cache(maxsize=4096)
def _formula(formula: str) -> str | None:
    """``CD4$^{+}$`` is "CD4+", ``10$^{-3}$`` keeps the sign of its exponent."""
    shown = _FRACTION.sub(r"\1/\2", formula.replace("~", " "))
    unknown = False

    def meant(macro: re.Match[str]) -> str:
        nonlocal unknown
        if macro["sign"]:
            return _sign(macro["sign"])
        found = _symbol(macro["word"])
        unknown = unknown or (found is None and not _is_said(macro["word"]))
        return found or ""

    shown = _MACRO.sub(meant, shown)
    if unknown:
        return None
    return _RAISED.sub("", re.sub(r"[{}]|(?<=\w)_(?=\w)", "", _LOWERED.sub("", shown)))


def _is_said(word: str) -> bool:
    """Whether a macro is known to say nothing itself: what stands behind it is shown."""
    return word in _SHOWS_ITS_ARGUMENT or word in _known()


@lru_cache(maxsize=4096)
def _meant(unit: str) -> str | None:
    """What pylatexenc shows for a short piece of LaTeX; None where it cannot."""
    try:
        return str(_converter().latex_to_text(unit))
    except Exception:
        return None


@cache
def _converter() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="text", keep_comments=True)
