"""Author lines: persons, and the affiliation numbers glued to them."""

import re

from extraction.text.words import words
from extraction.types import Author

_LEAD = re.compile(
    r"(?:(?:article |review )?(?:written |posted |authored )?by|authors?(?:\(s\)|s)?)\s*:?\s+", re.I
)
_GROUP = re.compile(
    r"[,;]?\s*(?:\b(?:and|&)\s+)?(?:\bet\.? al\b\.?|\b(?:for|on behalf of|representing)\s+the\b|"
    r"\bthe\b"
    r" [A-Z][^;]{0,80}?\b(?:Group|Investigators|Consortium|Collaborators|Network)\b).*$"
    r"|\s*;[^;]{0,120}\b(?:Group|Investigators|Consortium|Collaborators|Network)\b[^;]*$"
)
_SAYS_MORE = re.compile(
    r"[a-z]{3}[.!?]\s+[A-Z][a-z]*\s[a-z]|\bal\b\.?,?\s*[-–—:]\s+\w|"
    r"\bal\b\.?,?\s+(?!for\b|and\b|on\b|the\b|The\b)(?:[a-z]{2,}\s+){2}|"
    r"\bal\b\.?,?\s+(?!The\b)[A-Z][\w-]*(?:\s+[\w-]+){5}"
)
"""A sentence where the end of a list of persons should be: a paragraph begins with its authors."""
_DEGREE = re.compile(
    r"[,\s]+(?:M\.?D\.?|Ph\.?\s?D\.?|D\.?Phil\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?P\.?H\.?|M\.?B\.?B\.?S\.?|"
    r"M\.?B\.?|Ch\.?B\.?|D\.?O\.?|R\.?N\.?|Pharm\.?D\.?|F\.?R\.?C\.?P\.?(?:\([A-Z][a-z]*\))?|"
    r"F\.?A\.?A\.?N\.?"
    r"|M\.?S\.?|M\.?A\.?|B\.?A\.?|B\.?S\.?|N\.?P\.?|P\.?A\.?(?:-C)?|M\.?S\.?N\.?|MSCN|"
    r"Dr\.? ?med\.?|FAHA|FANA|FMedSci)"
    r"(?=[\s,;*†‡§¶\d]|$)"
)
_TITLE = re.compile(r"^(?:Dr|Drs|Prof|Professor|Mr|Mrs|Ms)\.?\s+(?:(?:Dr|Dr\.)\s+)?")
_MARKS = re.compile(
    r"(?:[\s,]*(?:\(\s*\d{1,2}(?:\s*[,–-]\s*\d{1,2})*\s*\)|\[\d{1,2}(?:\s*,\s*\d{1,2})*\]"
    r"|\d{1,2}|[¹²³⁴-⁹⁰]+|[*†‡§¶#✉∗]|(?<=[\s,])[a-h](?=[\s,*†]|$)))++[\s,]*$"
)
"""Possessive, or a long run of digits would be parted in every way there is."""
_LONGEST_MARKS = 120
_ORCID = re.compile(
    r"\s*\(?(?:orcid(?:\s*iD)?:?\s+)?(?:https?://)?(?:orcid(?:\.org/|\s*iD?)?:?\s*)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]\)?"
    r"|\s*ORCID(?:\s*(?:iD|logo|profile))*",
    re.I,
)
SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
PARTICLES = words(
    "ó ní uí mac "
    "van von der den de del della di da dos du la le ter ten al el bin ibn af av zu st dal"
)
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?$")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[-\s]?){1,4}$")
_WORD = re.compile(r"(?:[^\W\d_]|['’‘.`´-])+$")
_NOT_NAME = words(
    "university hospital department institute center centre school faculty college clinic division "
    "laboratory foundation society association national international research medical medicine "
    "health science sciences journal review article abstract multiple sclerosis disease therapy "
    "therapies treatment treatments study trial patients effects role mechanisms immune clinical "
    "neurology immunology platform communicator open access publisher output contribution original "
    "language pages number volume issue publication status published authors affiliations home "
    "menu "
    "search share in of the for with on a an to from is are or as at what how why who when drug "
    "information guide overview introduction about understanding living approach approaches group "
    "background methods results conclusion conclusions objective safety efficacy all rights "
    "reserved "
    "january february march april june july august september october november december monday "
    "tuesday "
    "brief summary detailed description criteria inclusion exclusion wednesday thursday friday "
    "saturday sunday ltd inc gmbh index terms generic brand name names dosage form forms facts key "
    "takeaways stories note notes category pharmacologic boxed warning warnings elimination "
    "special populations uses use pronunciation related topics news community resources support "
    "tools symptoms diagnosis causes effect interactions precautions storage ingredients "
    "questions answers highlights contents table figure browse injection tablet tablets capsule "
    "capsules oral infusion solution prescribing patient leaflet education news report panel"
)
_BYLINE = re.compile(
    r"((?:written )?by\s[^|•·]{4,80}?)\s*"
    r"(?:[|•·]\s|(?:last |first )?(?:updated|reviewed|published)\b).*\d",
    re.I,
)
"""``By Ann Lee, RN | May 5, 2020 | 6 min read``."""
_LETTERS = re.compile(r"\(([a-h](?:,\s?[a-h*†‡])*)\)")
"""``Lee(a,b)``: the letters of places of work in brackets."""
_GLUED_NEXT = re.compile(r"(?<=[\d*†‡§¶#])(?=[^\W\d_a-z][^\W\d_A-Z])")
"""Where the next person follows the marks of the one before without a comma."""
_RAISED = re.compile(r"\^([\d,*†‡§]{1,12})\^")
"""Marks that Markdown raises: ``Lee^1,2^``."""
_TEAM = re.compile(
    r"(?:[A-Z][\w'’/-]*[ ]){1,8}(?:Group|Investigators|Consortium|Collaborators?|Network|Committee"
    r"|Collaboration|Team|Panel)$"
)
_LETTER_MARKS = str.maketrans("ᵃᵇᶜᵈᵉᶠᵍʰ", "abcdefgh")
_STARS = str.maketrans("⇑⁎∗⋆☆★✉", "*******")
_RAISED_LETTERS = re.compile(r"\s?[ᵃᵇᶜᵈᵉᶠᵍʰ](?:,?[ᵃᵇᶜᵈᵉᶠᵍʰ])*")
_ICON = re.compile(r"(?<=[a-zà-ÿ])ID(?=[\s\d¹²³⁴-⁹⁰*,;|]|$)")
"""The letters of the sign by which ORCID marks a person, in a font of their own."""
_RUN = r"[¹²³⁴-⁹⁰][¹²³⁴-⁹⁰,*†‡§¶]*"
_COMMA_FIRST = re.compile(rf",\s?({_RUN})\s*(?=[^\W\d_a-z])")
"""``Roe,¹ Li²``: the comma stands before the marks."""
_NO_COMMA = re.compile(r"(?<=[¹²³⁴-⁹⁰*†‡§¶])\s+(?=[^\W\d_a-z][\w.'’-]*\s+[^\W\d_a-z])")
"""``Ann Roe¹ Bo Li²``: the marks alone part the persons."""
_SPACES = re.compile(r"\s{2,}")
_COMMAS = re.compile(r"(?: ?,){2,} ?")
"""Runs that the patterns here would try to part in many ways."""
_MAX_LINE = 20_000


def parse_authors(text: str) -> tuple[Author, ...]:
    """The persons ``text`` lists, or none when it is not a list of persons throughout."""
    if len(text) > _MAX_LINE:
        return ()
    text = _COMMAS.sub(", ", _SPACES.sub(" ", text))
    text = _raised_apart(text)
    text = _LETTERS.sub(lambda mark: f" {mark[1].replace(',', ' ')}", text)
    text = _RAISED.sub(r"\1", text)
    text = _GLUED_NEXT.sub(", ", _ORCID.sub("", text))
    if byline := _BYLINE.match(text):
        text = byline[1]
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    if group := _GROUP.search(text):
        if _SAYS_MORE.search(text, group.start()):
            return ()
        text = text[: group.start()]
    text = text.strip(" .,;|[").lstrip("*_")
    if text.isupper():
        text = _lowered(text)
    items = _items(_DEGREE.sub("", text))
    if len(items) > 2:
        items = [item for item in items if not _TEAM.match(item)]
    authors = [author for item in items if (author := _author(item)) or item]
    if not authors or any(author is None for author in authors):
        return ()
    return _each_once([author for author in authors if author])


def _raised_apart(text: str) -> str:
    """Raised marks of a printed page as marks, and the commas that it leaves to them."""
    text = _ICON.sub("", text)
    text = _RAISED_LETTERS.sub(lambda run: " " + run[0].translate(_LETTER_MARKS), text)
    text = text.translate(_STARS)
    text = _COMMA_FIRST.sub(r"\1, ", text)
    return _NO_COMMA.sub(", ", text)


def _each_once(authors: list[Author]) -> tuple[Author, ...]:
    """A page that names everybody twice marks the places of work at one of the two."""
    found: dict[tuple[str, str, str], Author] = {}
    for author in authors:
        name = (author.family, author.given, author.initials)
        if name not in found or not found[name].affiliations:
            found[name] = author
    return tuple(found.values())


def parse_person(text: str) -> tuple[Author, ...]:
    """The one person a field names, ``Family, Given`` or ``Given Family``; none when unclear."""
    author = _author(_DEGREE.sub("", _ORCID.sub("", text)).strip(" .;"))
    return (author,) if author else ()


def parse_family_first(text: str) -> tuple[Author, ...]:
    """The persons of an export that writes ``Family Given`` without a comma between them."""
    people: list[Author] = []
    for item in re.split(r"\s*[,;]\s*", text.strip(" ,;")):
        names = item.split()
        end = next((n for n, x in enumerate(names, 1) if x.lower() not in PARTICLES), 0)
        found = _author(f"{' '.join(names[:end])}, {' '.join(names[end:])}")
        if found is None or end == len(names):
            return ()
        people.append(found)
    return tuple(people)


def _lowered(text: str) -> str:
    """``LUDWIG KAPPOS`` as ``Ludwig Kappos``, initials untouched."""
    return re.sub(r"[^\W\d_]{3,}", lambda m: m.group().capitalize(), text)


def _items(text: str) -> list[str]:
    if ";" in text or "|" in text or "•" in text or "·" in text:
        parts = [p for p in re.split(r"\s*[;|•·]\s*", text) if p.strip(" ,")]
        return [item for part in parts for item in _mixed(part)]
    parts = [p.strip() for p in re.split(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+", text)]
    parts = _with_marks(parts)
    if parts and len(parts) % 2 == 0 and all(_INITIALS.fullmatch(p) for p in parts[1::2]):
        return [f"{parts[n]}, {parts[n + 1]}" for n in range(0, len(parts), 2)]
    return parts


def _mixed(part: str) -> list[str]:
    """``Oduya P1, 2, Lam C`` between semicolons lists two persons; ``Oduya, P`` is one."""
    if not re.search(r"\d", part):
        return [part]
    persons = _with_marks([p.strip() for p in re.split(r"\s*,\s*", part)])
    return persons if all(" " in person for person in persons) else [part]


def _with_marks(parts: list[str]) -> list[str]:
    """Numbers that a comma parted from their author go back to him."""
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"[\d¹²³⁴-⁹⁰*†‡§¶#()\[\]–∗✉-]{1,8}|[a-h](?:[*†])?", part):
            joined[-1] += "," + part
        elif part:
            joined.append(part)
    return joined


def _author(item: str) -> Author | None:
    marks = _MARKS.search(item, max(0, len(item) - _LONGEST_MARKS))
    numbers: tuple[int, ...] = ()
    if marks and re.search(r"\d{4}", marks.group()):
        return None
    if marks and marks.start():
        digits = marks.group().translate(SUPERSCRIPTS)
        found = [int(d) for d in re.findall(r"\d{1,2}", digits)]
        found += [ord(c) - ord("a") + 1 for c in re.findall(r"[a-h]", digits)]
        numbers = tuple(dict.fromkeys(found))
        item = item[: marks.start()]
    item = _TITLE.sub("", item.strip(" ,.\xa0") + ("." if item.rstrip().endswith(".") else ""))
    name = _comma_name(item) if "," in item else _plain_name(item.split())
    if name is None:
        return None
    family, given, initials = name
    return Author(family, given, initials, numbers)


def _comma_name(item: str) -> tuple[str, str, str] | None:
    family, given = (part.strip() for part in item.split(",", 1))
    if "," in given or not _all_words([*family.split(), *given.split()]) or len(given.split()) > 4:
        return None
    if _are_initials(given):
        return family, "", _only_letters(given)
    return family, given, ""


def _plain_name(words: list[str]) -> tuple[str, str, str] | None:
    if not 2 <= len(words) <= 7 or not _all_words(words):
        return None
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    last = words[-1]
    if re.fullmatch(r"(?:[^\W\d_a-z]-?){1,4}|(?:[A-Z]\.-?){1,4}", last) and not words[0].endswith(
        "."
    ):
        return " ".join(words[:-1] + ([suffix] if suffix else [])), "", _only_letters(last)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower().rstrip(".") in PARTICLES:
        cut -= 1
    family = " ".join(words[cut:] + ([suffix] if suffix else []))
    given = " ".join(words[:cut])
    if len(family) < 2:
        return None
    if _are_initials(given):
        return family, "", _only_letters(given)
    return family, given, ""


def _are_initials(given: str) -> bool:
    """In scripts without capitals names are written out."""
    return given.isupper() and _INITIALS.fullmatch(given) is not None


def _only_letters(initials: str) -> str:
    return re.sub(r"[^\w-]", "", initials)


def _all_words(words: list[str]) -> bool:
    for word in words:
        lower = word.lower().strip(".")
        if not _WORD.fullmatch(word) or (len(lower) > 1 and lower in _NOT_NAME):
            return False
        first = word.lstrip("'’‘`´-")[:1]
        if not (first.isupper() or (first.isalpha() and not first.islower())) and (
            lower not in PARTICLES and not re.match(r"(?:d|l|al|el)['’-][A-Z]", word)
        ):
            return False
    return bool(words)
