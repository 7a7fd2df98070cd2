"""Signs that a file gives out for letters: fonts whose "5" is painted as "=".

Some typesetting programs keep signs such as = ≥ < ~ in fonts of their own and do not say which
letter is which sign; whoever copies the text gets "n52276" where "n=2276" is printed. What the
file does not say is not guessed at: such a sign is a replacement character (U+FFFD).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extraction.files.pdf.glyphs import LOST, Glyph

__all__ = ["lose_signs"]

_SIGN_FONT = re.compile(
    r"advp(?!s?tt|\d*ot)|math.?pi|mathematicalpi|pi.?chars|universal.?greek|wingdings|dingbats|"
    r"webdings|sbuttons|mtsy"
)
_MOST = 8
"""Different signs; a font of letters has more."""
_VARIABLES = frozenset("PpnNtTrRFKkd")
"""Letters that stand alone for something: italics of their own font."""


def lose_signs(pages: Iterable[Sequence[Glyph]]) -> None:
    """Replace what is no letter of a text."""
    uses: defaultdict[str, Counter[str]] = defaultdict(Counter)
    runs: Counter[str] = Counter()
    held = list(pages)
    for glyphs in held:
        last: Glyph | None = None
        for glyph in glyphs:
            if _SIGN_FONT.search(glyph.font):
                uses[glyph.font][glyph.text] += 1
                if last and last.font == glyph.font and not glyph.spaced and last.text.isalpha():
                    runs[glyph.font] += glyph.text.isalpha()
            last = glyph
    fonts = {
        font
        for font, signs in uses.items()
        if len(signs) <= _MOST and not runs[font] and not _VARIABLES.issuperset(signs)
    }
    for glyphs in held:
        for glyph in glyphs:
            if glyph.font in fonts and glyph.text.isascii() and glyph.text.isalnum():
                glyph.text = LOST
