"""The vocabulary in use: the one of this project with the names that editors added."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import connection

from extraction.names.folded import folded
from extraction.names.forms import is_abbreviation, written
from extraction.names.lexicon import Owner, lexicon_of
from extraction.names.vocabulary import Entry, Vocabulary
from therapies.models import Synonym
from therapies.vocabulary import load

__all__ = ["check", "vocabulary_in_use"]

SHORTEST = 3
"""Letters and digits of a name; with fewer, it is another word too often."""
SHORTEST_WORD = 5
"""Letters and digits of a name that is not an abbreviation in capitals."""

Added = tuple[tuple[str, str, str], ...]
"""Kind, canonical name and term of each synonym."""


def vocabulary_in_use() -> Vocabulary:
    """The same object as long as no synonym is added, changed or deleted.

    What is made from a vocabulary is kept with that object, so a new name counts at once and
    an unchanged list costs two small queries.
    """
    rows = Synonym.objects.order_by("kind", "canonical", "term")
    if Synonym._meta.db_table not in connection.introspection.table_names():
        return load()  # not migrated yet: a dry run needs no database
    return _with(tuple(rows.values_list("kind", "canonical", "term")))


@lru_cache(maxsize=2)
def _with(added: Added) -> Vocabulary:
    if not added:
        return load()
    names: dict[tuple[str, str], list[str]] = {}
    for kind, canonical, term in added:
        names.setdefault((kind, canonical), []).append(term)
    return load().with_synonyms(names)


def check(synonym: Synonym) -> None:
    """Raise ``ValidationError`` for what would make texts be read wrongly."""
    entry = _entry(load(), synonym.kind, synonym.canonical)
    if entry is None:
        raise ValidationError(
            {"canonical": f"The vocabulary has no {synonym.kind} “{synonym.canonical}”."}
        )
    synonym.canonical = entry.name
    plain = folded(synonym.term)
    signs = sum(character.isalnum() for character in plain)
    if signs < SHORTEST:
        raise ValidationError(
            {"term": f"Too short: a name has {SHORTEST} letters and digits or more."}
        )
    if signs < SHORTEST_WORD and not is_abbreviation(synonym.term):
        raise ValidationError(
            {
                "term": f"Too short: with fewer than {SHORTEST_WORD} letters and digits only an "
                "abbreviation in capitals is told from other words."
            }
        )
    _check_free(synonym, plain)


def _check_free(synonym: Synonym, plain: str) -> None:
    """One name, one entry: in any spelling that reading takes for the same."""
    same = Synonym.objects.filter(folded=plain).exclude(pk=synonym.pk).first()
    if same is not None:
        raise ValidationError(
            {"term": f"{same.user_name} added it already, as a name of “{same.canonical}”."}
        )
    others = Synonym.objects.exclude(pk=synonym.pk).order_by("kind", "canonical", "term")
    vocabulary = _with(tuple(others.values_list("kind", "canonical", "term")))
    own = (synonym.kind, synonym.canonical)
    forms = lexicon_of(vocabulary).forms
    owners = {owner for form in written(synonym.term) for owner in forms.get(form, ())}
    for owner in sorted(owners, key=lambda o: (o.kind or "", o.canonical)):
        if (owner.kind, owner.canonical) != own:
            raise ValidationError({"term": _taken(synonym.term, owner)})
    if any((owner.kind, owner.canonical) == own for owner in forms.get(plain, ())):
        raise ValidationError({"term": f"Texts are read with this name of “{own[1]}” already."})
    targets = {folded(n) for target in vocabulary.targets for n in (target.name, *target.synonyms)}
    if plain in targets:
        raise ValidationError({"term": "This is what mechanisms act on, so it names none of them."})


def _taken(term: str, owner: Owner) -> str:
    if owner.kind is None:
        return f"“{term}” means something else: the vocabulary passes it over."
    return f"“{term}” is a name of the {owner.kind} “{owner.canonical}” already."


def _entry(vocabulary: Vocabulary, kind: str, name: str) -> Entry | None:
    look_up = {
        "therapy": vocabulary.therapy,
        "mechanism": vocabulary.mechanism,
        "outcome": vocabulary.outcome,
        "course": vocabulary.course,
    }.get(kind)
    return look_up(name) if look_up else None
