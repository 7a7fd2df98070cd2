"""How one name may be written: plural, British and American spelling, inflected verbs."""

import re
from collections.abc import Iterator

from publication.folding import folded

__all__ = ["in_latin", "inflected", "is_abbreviation", "written"]

_BOTH_WAYS = (
    ("haem", "hem"),
    ("oestr", "estr"),
    ("oedem", "edem"),
    ("faec", "fec"),
    ("rhoea", "rhea"),
    ("aemia", "emia"),
    ("leuco", "leuko"),
    ("tumour", "tumor"),
    ("behaviour", "behavior"),
    ("favour", "favor"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("signalling", "signaling"),
    ("sulph", "sulf"),
    ("programme", "program"),
    ("neurone", "neuron"),
    ("coeliac", "celiac"),
    ("counselling", "counseling"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("neutralis", "neutraliz"),
    ("immunis", "immuniz"),
)
_SPELT = re.compile("|".join(sorted({part for pair in _BOTH_WAYS for part in pair})))
"""What is in every form that has another spelling."""
_KEPT = re.compile(
    r"exercis|rais|promis|advis|surpris|precis|compris|size|seiz|rise\b|wise\b|disease"
)
_IRREGULAR = {"bind": "bound", "rebuild": "rebuilt", "teach": "taught", "drive": "driven"}
_LATIN = re.compile(r"[A-Za-z]+(?:mab|mod|nib|cept|bart|tug|mig|leucel|ribine|mide|trone)")
_DOUBLED = frozenset({"reset", "trap", "reprogram", "program"})


def written(name: str) -> set[str]:
    """Every folded form of a name; the name itself may be singular or plural."""
    plain = folded(name)
    forms = {plain, *_numbers(plain)}
    head, link, rest = _linked(plain)
    forms |= {f"{plural} {link} {rest}" for plural in (_numbers(head) if link else ())}
    return {variant for form in forms for variant in _spellings(form)}


def in_latin(name: str) -> str:
    """The Latin form of a drug's international name ("natalizumabum"); empty where it has no stem
    of which that is certain."""
    if _LATIN.fullmatch(name):
        return f"{name.removesuffix('e')}um"
    return ""


def is_abbreviation(name: str) -> bool:
    """Whether a name counts only in its own capitals: "DMT", "CIS", "IVIg", not "FTY720"."""
    letters = [c for c in name if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    digits = sum(c.isdigit() for c in name)
    return (
        " " not in name
        and 2 <= capitals <= 5
        and len(letters) - capitals <= 2
        and capitals * 2 > len(letters)
        and digits < 2
    )


def inflected(verb: str) -> dict[str, str]:
    """Forms of a verb, of which the first word alone changes, each with base, s, ing or ed."""
    first, _, rest = verb.partition(" ")
    if "-" in first:
        prefix, _, first = first.rpartition("-")
        prefix += " "
    else:
        prefix = ""
    found: dict[str, str] = {}
    for form, kind in _inflections(first):
        for variant in _spellings(folded(f"{prefix}{form} {rest}")):
            found.setdefault(variant, kind)
    return found


def _inflections(verb: str) -> Iterator[tuple[str, str]]:
    yield verb, "base"
    stem = verb
    if verb in _DOUBLED:
        stem = verb + verb[-1]
    elif verb.endswith("e") and not verb.endswith("ee"):
        stem = verb[:-1]
    yield stem + "ing", "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield verb[:-1] + "ies", "s"
        yield verb[:-1] + "ied", "ed"
    else:
        yield verb + ("es" if verb.endswith(("ss", "sh", "ch", "x")) else "s"), "s"
        yield _IRREGULAR.get(verb, stem + "ed"), "ed"


def _linked(plain: str) -> tuple[str, str, str]:
    """The parts of "drug for relapsing ms"; no link where there is none."""
    match = re.search(r" (for|of|in|on|to) ", plain)
    if match is None:
        return plain, "", ""
    return plain[: match.start()], match[1], plain[match.end() :]


def _numbers(plain: str) -> Iterator[str]:
    """The plural of a singular name; possessives of names ending in an s need no entry."""
    head, space, last = plain.rpartition(" ")
    if not last.isalpha() or len(last) < 2:
        if re.fullmatch(r"[a-z]{2,6}\d?", last):
            yield plain + "s"
        return
    if last.endswith("y") and last[-2] not in "aeiou":
        yield f"{head}{space}{last[:-1]}ies"
    elif last.endswith(("ss", "x", "ch", "sh")):
        yield f"{head}{space}{last}es"
    elif last.endswith("sis"):
        yield f"{head}{space}{last[:-2]}es"
    elif not last.endswith("s"):
        yield plain + "s"


def _spellings(form: str) -> set[str]:
    forms = {form}
    if not _SPELT.search(form):
        return forms
    for british, american in _BOTH_WAYS:
        for one, other in ((british, american), (american, british)):
            forms |= {_swapped(f, one, other) for f in forms if one in f and other not in f}
    return forms


def _swapped(form: str, one: str, other: str) -> str:
    """``form`` in the other spelling, word by word; words that look alike but are not are kept."""
    return " ".join(
        word if _KEPT.search(word) else word.replace(one, other) for word in form.split(" ")
    )
