"""The vocabulary in use: the one of this project with the names that editors added."""

from django.db import connection

from extraction.names.vocabulary import Vocabulary
from therapies.models import Synonym
from therapies.vocabulary import extended, load

__all__ = ["vocabulary_in_use"]


def vocabulary_in_use() -> Vocabulary:
    """The same object as long as no synonym is added, changed or deleted.

    What is made from a vocabulary is kept with that object, so a new name counts at once and
    an unchanged list costs two small queries.
    """
    if Synonym._meta.db_table not in connection.introspection.table_names():
        return load()  # not migrated yet: a dry run needs no database
    return extended(Synonym.added())
