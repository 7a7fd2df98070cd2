"""What the read models depend on beside the log: the program that folds it, as far as it is data.

Each read model says its own part (``folded_with``). After a change of any part, what was folded
before may differ from a fresh fold, so the database keeps by which program it was folded.
"""

from collections.abc import Mapping

from publication.canonical import digest_of
from publication.folded_by import FoldedBy
from publication.folding import words
from publication.published import read_models

_ALL_SORTS = (
    *(range(0x20, 0x250), range(0x2B0, 0x400), range(0x1E00, 0x2150), range(0xFB00, 0xFB07)),
    *(range(0xFF01, 0xFF5F), range(0x1D400, 0x1D420), [0xFEFF, 0x2424]),
)
_PHRASES = """IFN-β1a, Ifn beta 1a and IFN&beta;-1a; γδ T cells; anti‑CD20 / anti-CD52
– and α4β1 <i>Ocre</i>lizumab<br>2&nbsp;mg; soft\u00ad\n wrap; treat-\nment;
l’étude „n“ ß-interferon µg ℃ № ﬁ"""


def of_program() -> dict[str, str]:
    """By its name, a digest of each part of this program that folding depends on."""
    every = "\n".join(f"x{chr(code)}1" for codes in _ALL_SORTS for code in codes)
    parts = {"words": digest_of([words(every), words(_PHRASES)])}
    parts |= {str(m._meta.verbose_name): digest_of(m.folded_with()) for m in read_models()}
    return parts


def of_database(using: str | None = None) -> Mapping[str, str]:
    """The same of the program that folded what is there; empty where nobody wrote it down."""
    row = FoldedBy.objects.using(using).filter(pk=1).first()
    return row.parts if row else {}


def keep(using: str | None = None) -> None:
    """Write down that the read models are as this program folds them."""
    FoldedBy.objects.using(using).update_or_create(pk=1, defaults={"parts": of_program()})


def differing() -> list[str]:
    """The names of parts that are not those by which the read models were folded."""
    now, then = of_program(), of_database()
    return sorted(part for part in now.keys() | then.keys() if now.get(part) != then.get(part))


def in_words(parts: list[str]) -> str:
    """What is the matter where these differ, and what mends it."""
    what = "nobody wrote down which" if not of_database() else f"of it differ: {', '.join(parts)}"
    return f"were folded by another program ({what}); “manage.py rebuild” makes them anew"
