"""Names behind a label of their own (AU, FAU, A1, CN, ``author = {...}``).

The label says that a name stands there: what fits no pattern is kept as it is written, as one
``family``. Only what names nobody ("et al.", "others") is left out.
"""

import re

from extraction.text.clean import cleaned
from extraction.text.person_names import PARTICLES
from extraction.text.words import words
from extraction.types import Author

__all__ = ["group", "named", "named_in_list"]

_NOBODY = re.compile(
    r"[^\w]*|(?:and |& )?(?:others|et\.? ?al)\.?|\[?(?:no|not) authors?(?: names?)? "
    r"(?:listed|given|available|stated)\]?\.?|n/?a|nan|null|none",
    re.I,
)
_MARKS = " *†‡§¶#✉∗¹²³⁴⁵⁶⁷⁸⁹⁰;,"
_ORCID = re.compile(
    r" ?[(\[]?(?:orcid(?:\s?id)?[:\s]{0,3})?(?:https?://)?(?:orcid\.org/)?"
    r"\d{4}-\d{4}-\d{4}-\d{3}[\dX][)\]]?",
    re.I,
)
_TITLE = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s+)+(?=\S+\s+\S|\S+,)")
_SUFFIX = re.compile(r"(?:Jr|Sr|Jnr|Snr|II|III|IV|2nd|3rd|4th)\.?", re.I)
_DEGREE = re.compile(
    r"(?:M\.?D|Ph\.? ?D|D\.?Phil|M\.?D\.? ?Ph\.? ?D|D\.?Sc|M\.?Sc|B\.?Sc|M\.?P\.?H|M\.?B\.?B\.?S|"
    r"M\.?B\.?Ch\.?B|Ch\.?B|Pharm\.?D|M\.?B\.?A|F\.?R\.?C\.?P|F\.?A\.?A\.?N|M\.?S\.?N|R\.?N|"
    r"MSCN|D\.?O|M\.?S|M\.?A|B\.?A|B\.?S|Dr\.? ?med|PA-C|FAHA|FANA|FMedSci|FAAN|FRCP)\.?"
)
_SURELY_DEGREE = re.compile(r"(?:MD|M\.D|.*[a-z].*|[A-Z.]*[A-Z]\.?[A-Z]\.?[A-Z][A-Z.]*)\.?")
_GROUP = words(
    "group groups investigators consortium collaborators collaboration collaborative network "
    "committee team panel society association university universität université universidad "
    "institute institut instituto department ministry agency foundation organization organisation "
    "federation alliance council centre centres center centers hospital hospitals clinic college "
    "academy study studies trial trials trialists initiative registry programme program project "
    "board commission union inc ltd llc gmbh company corporation pharmaceuticals pharma force "
    "administration office service services library authority secretariat faculty school "
    "laboratory laboratories researchers authors editors staff gruppe forschungsgruppe grupo "
    "groupe gesellschaft"
)
_OF_GROUPS = re.compile(r"\s(?:of|for|on|the|in|against|with|&)\s|^the\s", re.I)
"""Words that no person has in the name; of a group they are."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_PARTICLES = PARTICLES | {"das", "zum", "zur"}
_VOWEL = re.compile(r"[AEIOUYÄÖÜÅÆØÀ-ÆÈ-ÏÒ-ÖÙ-Ý]")
_NAMED_PARTS = re.compile(
    r"(?P<part>family|given|prefix|suffix|given-i|family-i|prefix-i|useprefix|id|gender)\s?=\s?"
    r"\"?(?P<value>[^,=\"]{1,100})\"?"
)
"""biblatex's extended names: ``family=Berg, given=Anna, prefix=van der``."""
_EMAIL = re.compile(r"\s*[(<\[]?(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}[)>\]]?")
_WITH_INITIALS = re.compile(
    r"(?:and |& )?(?:[^\W\d_]\.[ -]?){1,4}[^\s,.]{2,40}|[^\s,.]{2,40} [A-Z]{1,3}"
)
"""A whole person of a list that commas part: ``Arden U, Brook V`` or ``U. Arden, V. Brook``."""
_ONE_LETTER = re.compile(r"[^\W\d_a-z]\.?")
"""Web of Science sets a comma before a second name that is one letter: ``Lind, Per, V``."""
_MOST_WORDS = 8
_LONGEST_LIST = 20_000
_LONGEST = 200
_AND = re.compile(r" (?:and|und|et|y|&) ")


def named_in_list(value: str, *, family_first: bool = True) -> tuple[Author, ...]:
    """All whom one field names: several where it parts them by semicolons."""
    found: list[Author] = []
    for part in cleaned(value).split(";"):
        for one in _several(part):
            found += named(one, family_first=family_first)
    return tuple(found)


def _several(part: str) -> list[str]:
    """``Arden, Ulla and Brook, Vera`` are two; a group may have an "and" in its name."""
    if len(part) > _LONGEST_LIST:
        return [part]
    by_comma = [one.strip() for one in part.split(",")]
    if len(by_comma) > 1 and all(_WITH_INITIALS.fullmatch(one) for one in by_comma):
        return by_comma
    parts = _AND.split(part)
    if _is_group(part) or len(parts) < 2:
        return [part]
    whole = all("," in one or len(one.split()) > 1 for one in parts)
    return parts if whole else [part]


def group(value: str) -> tuple[Author, ...]:
    """A group, or whoever the label says is named whole."""
    name = cleaned(value).strip(" ;,")
    return () if _NOBODY.fullmatch(name) else (Author(name),)


def named(value: str, *, family_first: bool = True) -> tuple[Author, ...]:
    """The one whom a field names; none only where it names nobody.

    ``family_first``: whether a name without a comma begins with the family ("Brook V"), as in
    PubMed's fields; in BibTeX the family stands last.
    """
    written = _ORCID.sub("", cleaned(value)).rstrip(_MARKS).lstrip(" ;,")
    written = _EMAIL.sub("", written).rstrip(_MARKS) if "@" in written else written
    if _NAMED_PARTS.match(written) and "family" in (told := dict(_NAMED_PARTS.findall(written))):
        return (_of_parts(told),)
    if _NOBODY.fullmatch(written):
        return ()
    if len(written) > _LONGEST:
        return (Author(written),)
    name = _TITLE.sub("", written, count=1)
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if _is_group(name) or len(parts[0].split()) > _MOST_WORDS:
        return (Author(written),)
    parts = _without_degrees(parts)
    suffix = ""
    if len(parts) > 1:
        at = next((n for n in range(1, len(parts)) if _SUFFIX.fullmatch(parts[n])), 0)
        suffix = parts.pop(at) if at else ""
    if len(parts) == 1:
        return (_plain(parts[0], suffix, family_first=family_first),)
    if len(parts) == 3 and any(_ONE_LETTER.fullmatch(part) for part in parts[1:]):
        parts = [parts[0], " ".join(parts[1:])]
    if len(parts) > 2:
        return (Author(written),)
    family, given = parts
    return (_parted(family, given, suffix),)


def _of_parts(parts: dict[str, str]) -> Author:
    family, given, prefix, suffix = (
        parts.get(name, "").strip() for name in ("family", "given", "prefix", "suffix")
    )
    return _parted(f"{prefix} {family}".strip(), given, suffix)


def _is_group(name: str) -> bool:
    last = name.split(",")[0] if name.count(",") == 1 else name
    found = {word.strip(".()'’").lower() for word in last.split()}
    return bool(found & _GROUP and len(found) > 1) or bool(
        _OF_GROUPS.search(name) or re.search(r"\d{3}", name)
    )


def _without_degrees(parts: list[str]) -> list[str]:
    """``Arden, Ulla, MD`` and ``Ulla Arden, PhD``; the ``MD`` of ``Arden, MD`` are initials."""
    kept = [part for n, part in enumerate(parts) if n < 2 or not _DEGREE.fullmatch(part)]
    if (
        len(kept) == 2
        and " " in kept[0]
        and kept[0].split()[0].lower() not in _PARTICLES
        and _DEGREE.fullmatch(kept[1])
        and (len(parts) > 2 or _SURELY_DEGREE.fullmatch(kept[1]))
    ):
        return kept[:1]
    return kept


def _parted(family: str, given: str, suffix: str) -> Author:
    *others, last = given.split()
    if others and not suffix and _SUFFIX.fullmatch(last) and last.lower() != "sr":
        given, suffix = " ".join(others), last
    family = f"{family} {suffix}".strip()
    if letters := _initials(given, family):
        return Author(family, "", letters)
    return Author(family, given)


def _initials(given: str, family: str) -> str:
    """The letters of ``A. B.``, ``AB`` or ``J-P``; empty for a name, as ``MING`` after ``LI``.

    Only capitals are initials: in scripts without capitals names are written out.
    """
    if not given or not given.replace("-", "").replace(".", "").replace(" ", "").isupper():
        return ""
    tokens = re.split(r"[\s.]+", given.strip(" ."))
    runs = [run for token in tokens for run in token.split("-") if run]
    if not runs or any(not run.isalpha() for run in runs):
        return ""
    longest = max(len(run) for run in runs)
    in_capitals = family.isupper() and len(family) > 1
    most = 2 if in_capitals or not all(run.isascii() for run in runs) else 3
    if longest > most and (longest > 4 or _VOWEL.search("".join(runs)) or len(runs) > 1):
        return ""
    return re.sub(r"[^\w-]", "", given)


def _plain(name: str, suffix: str, *, family_first: bool) -> Author:
    """A name without a comma, by its signs: initials, capitals, particles, the script."""
    parts = name.split()
    if len(parts) > 2 and not suffix and _SUFFIX.fullmatch(parts[-1]):
        suffix = parts.pop()
    if len(parts) == 1:
        return Author(f"{parts[0].rstrip('.')} {suffix}".strip())
    if _CJK.search(name):
        return Author(parts[0], " ".join(parts[1:])) if len(parts) == 2 else Author(name)
    if letters := _closing_initials(parts, family_first=family_first):
        return Author(" ".join([*parts[:-1], suffix]).strip(), "", letters)
    if _capitals(parts[0]) and not any(part.isupper() and len(part) > 1 for part in parts[1:]):
        return Author(f"{parts[0]} {suffix}".strip(), " ".join(parts[1:]))
    cut = _family_start(parts)
    family, given = " ".join([*parts[cut:], suffix]).strip(), " ".join(parts[:cut])
    letters = _initials(given, family) if not given.isupper() or len(given) < 5 else ""
    letters = letters or (_initials(given, family) if "." in given else "")
    return Author(family, "", letters) if letters else Author(family, given)


def _closing_initials(parts: list[str], *, family_first: bool) -> str:
    """The ``V`` of ``Brook V`` and ``B.`` of ``Arden B.``, no ``LI`` of ``XUELI LI``."""
    last = parts[-1]
    letters = last.replace(".", "").replace("-", "")
    if not letters.isupper() or not letters.isalpha() or parts[0].endswith("."):
        return ""
    if len(letters) > (1 if "." in last and last.count(".") != len(letters) else 3):
        return ""
    before = "".join(parts[:-1])
    most = 2 if family_first else 1
    if before.isupper() and len(letters) > most and _VOWEL.search(letters):
        return ""
    return re.sub(r"[^\w-]", "", last)


def _capitals(word: str) -> bool:
    return len(word) > 3 and word.isupper() and word.isalpha()


def _family_start(parts: list[str]) -> int:
    """Where the family begins: at its first particle, else with the last word."""
    for at in range(len(parts) - 1):
        if parts[at][:1].islower() and (at or parts[0].lower() in _PARTICLES):
            return at
    cut = len(parts) - 1
    while cut > 1 and parts[cut - 1].lower().rstrip(".") in _PARTICLES:
        cut -= 1
    return cut
