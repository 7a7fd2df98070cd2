"""Authors in front matter: one name, a list of names, or fields of each person."""

import re

from extraction.formats.frontmatter_values import Tree, Written, scalars
from extraction.text.labelled_names import named, named_in_list
from extraction.text.person_names import parse_authors, parse_person
from extraction.types import Author

__all__ = ["people_of"]

_GIVEN = ("given", "givennames", "givenname", "first", "firstname", "forename")
_FAMILY = ("family", "familynames", "familyname", "last", "lastname", "surname")
_WHOLE = ("name", "literal", "author", "full", "fullname", "displayname")
_PLACE = re.compile(r"\s*(?:\([^()]*\)|<[^<>]*>|\[[^][]*\])\s*$")
"""A place of work or an address behind a name."""
_MARKS = "*_ \"'"


def people_of(tree: Tree) -> tuple[Author, ...]:
    """The persons a tree names, in its order."""
    if isinstance(tree, Written):
        return _from_words(tree.text)
    if isinstance(tree, dict):
        return _from_fields({re.sub(r"[^a-z]", "", key.lower()): x for key, x in tree.items()})
    return tuple(author for part in tree for author in people_of(part))


def _from_words(text: str) -> tuple[Author, ...]:
    """One person, or all that one value lists: ``Miller A, Li B`` and ``Ann Lee and Bo Li``."""
    text = text.replace("[[", "").replace("]]", "")
    text = _PLACE.sub("", text.strip(_MARKS)).strip(_MARKS)
    people = parse_person(text) if text.count(",") == 1 and " and " not in text else ()
    if people and not _two_whole_names(text):
        return people
    found = parse_authors(text) or _joined_by_and(text) or parse_person(text)
    return found or _with_a_group(text) or named_in_list(text, family_first=False)


def _two_whole_names(text: str) -> bool:
    """``Ann Miller, Bo Li`` rather than ``Miller, Ann``; ``Lee A, Li B`` rather than either."""
    return all(len(part.split()) > 1 for part in text.split(","))


def _joined_by_and(text: str) -> tuple[Author, ...]:
    """``Miller, Ann and Li, Bo``, the way of BibTeX."""
    names = re.split(r"\s+and\s+|\s*;\s*|\s+&\s+", text)
    people = [parse_person(name) for name in names]
    return tuple(p[0] for p in people if p) if len(names) > 1 and all(people) else ()


def _with_a_group(text: str) -> tuple[Author, ...]:
    """``Ann Miller and the Trial Team``."""
    persons, _, group = text.rpartition(" and the ")
    people = _from_words(persons) if persons else ()
    return (*people, Author(group)) if people and group else ()


def _from_fields(fields: dict[str, Tree]) -> tuple[Author, ...]:
    family, given = _value(fields, _FAMILY), _value(fields, _GIVEN)
    if family:
        name = f"{family}, {given}" if given else family
        return parse_person(name) or named(name)
    for key in _WHOLE:
        part = fields.get(key)
        if part is not None:
            return people_of(part)
    nested = [part for part in fields.values() if isinstance(part, dict)]
    return tuple(author for part in nested for author in people_of(part))


def _value(fields: dict[str, Tree], keys: tuple[str, ...]) -> str:
    for key in keys:
        for _, written in scalars(fields[key]) if key in fields else ():
            return written.text
    return ""
