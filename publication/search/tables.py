"""What can be found, row by row, and the words that it is found by.

Folded from the log like the read models, and made anew with them; but names that are no part of a
record (a vocabulary's) help to find it, so the rows are not compared with a fresh fold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement

from publication.columns import Cut, columns_of, in_lines
from publication.entries import Entry
from publication.rights import APPEND, CHANGE
from publication.search.tokens import text_tokens, tokens
from publication.triggers import Trigger

if TYPE_CHECKING:
    Text = models.TextField[str | None, str | None]
else:
    Text = models.TextField

__all__ = ["FTS", "Find", "Findable", "KnownWord", "WordsIndex"]

FTS = "publication_findable_words"
"""SQLite's own table of the words (FTS5), kept by triggers."""
_NOTHING = "NULLIF(%(expressions)s, %(expressions)s)"
"""A text that is none."""
_MOST_ROWS = 1 << 20
"""Rows of one entry that have numbers of their own."""
_SHORTEST = 4
"""Characters of a word that may be what another one was meant to be."""


@dataclass(frozen=True, slots=True)
class Find:
    """One thing that a version gives readers to find."""

    kind: str
    """The type of the record, or of a part of it."""
    title: str
    names: tuple[str, ...] = ()
    """Its other names; of a part, the names of what it is about."""
    known_as: tuple[str, ...] = ()
    """Names that are no part of the record; they find it as wholes."""
    texts: tuple[str, ...] = ()
    """What else it is found by."""
    part: str = ""
    """The public id of the part of the record that it is."""
    weight: int = 0
    """How much there is behind it: of two alike, the heavier comes first."""


class Vector(Text):
    """PostgreSQL's words of a text; of SQLite, which has a table for them, nothing."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)


class AsVector(models.Func):
    """Words parted by spaces, as they are: no dictionary has a part in it."""

    template = "array_to_tsvector(string_to_array(%(expressions)s, ' '))"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=_NOTHING)


class WordsIndex(models.Index):
    """Of the words on PostgreSQL; of nothing on SQLite."""

    def create_sql(
        self, model: Any, schema_editor: BaseDatabaseSchemaEditor, using: str = "", **kwargs: Any
    ) -> Statement:
        if schema_editor.connection.vendor == "postgresql":
            using = " USING gin"
        return super().create_sql(model, schema_editor, using, **kwargs)


class Findable(models.Model):
    """One thing that readers find while it is public."""

    folding_revision: ClassVar[int] = 1
    web_may: ClassVar[frozenset[str]] = CHANGE

    id = models.BigIntegerField(primary_key=True)
    """Grows with the entry: a rebuild gives every row the same one again."""
    from_seq = models.PositiveBigIntegerField()
    to_seq = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=20)
    record_type = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12, db_index=True)
    slug = models.CharField(max_length=120)
    name = Cut(max_length=500)
    """Of the record."""
    part = models.CharField(max_length=12, blank=True)
    title = models.TextField()
    names = models.TextField(blank=True)
    """Of a record: its other names, one a line."""
    said = models.TextField()
    """Title and other names in folded words, one a line."""
    known_as = models.TextField(blank=True)
    """Names that are no part of the record, one a line."""
    known = models.TextField(blank=True)
    """The same in folded words."""
    weight = models.PositiveIntegerField()
    words = models.TextField()
    """Every token that it is found by."""
    vector = models.GeneratedField(
        expression=AsVector("words"), output_field=Vector(null=True), db_persist=True
    )

    class Meta:
        indexes = [WordsIndex(fields=["vector"], name="findable_words")]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @classmethod
    def folded_with(cls) -> list[Any]:
        return [columns_of(cls), cls.folding_revision]

    @classmethod
    def write(cls, entry: Entry, finds: Iterable[Find]) -> None:
        """What an approved version gives to find, in the place of what the one before gave."""
        cls.close(entry)
        rows = cls.rows(entry, finds)
        cls._default_manager.bulk_create(rows)
        KnownWord.learn(entry, rows)

    @classmethod
    def rows(cls, entry: Entry, finds: Iterable[Find]) -> "list[Findable]":
        """One for each find of an approved version."""
        body = entry.body
        return [
            cls(
                id=entry.seq * _MOST_ROWS + place,
                from_seq=entry.seq,
                kind=find.kind,
                record_type=entry.record_type,
                public_id=entry.public_id,
                slug=body["slug"],
                name=body["name"],
                part=find.part,
                title=find.title,
                names=in_lines(own),
                said=_folded((find.title, *own)),
                known_as=in_lines(find.known_as),
                known=_folded(find.known_as),
                weight=find.weight,
                words=_tokens(find),
            )
            for place, find in enumerate(finds)
            for own in [() if find.part else find.names]
        ]

    @classmethod
    def close(cls, entry: Entry) -> None:
        """From the entry on, nothing of its record is found as it was."""
        rows = cls._default_manager.filter(public_id=entry.public_id, to_seq=None)
        rows.update(to_seq=entry.seq)

    @classmethod
    def database_rules(cls) -> list[Trigger]:
        """On SQLite: the table of words follows this one."""
        table = cls._meta.db_table
        return [
            Trigger(
                f"{table}_enter",
                table,
                f"CREATE TRIGGER {table}_enter AFTER INSERT ON {table} BEGIN "
                f"INSERT INTO {FTS}(rowid, words) VALUES (NEW.id, NEW.words); END",
                (),
            ),
            Trigger(
                f"{table}_leave",
                table,
                f"CREATE TRIGGER {table}_leave AFTER DELETE ON {table} BEGIN "
                f"INSERT INTO {FTS}({FTS}, rowid, words) VALUES ('delete', OLD.id, OLD.words); END",
                (),
            ),
        ]


def _tokens(find: Find) -> str:
    """A part of a record is a text: its names are those of what it is about."""
    if find.part:
        texts = (find.title, *find.texts)
        return tokens(find.kind, find.names, texts, aliases=find.known_as, called=False)
    return tokens(find.kind, (find.title, *find.names), find.texts, aliases=find.known_as)


def _folded(texts: Iterable[str]) -> str:
    return in_lines(" ".join(text_tokens(text)) for text in texts)


class KnownWord(models.Model):
    """A word that something public had once: what a misspelled one may have been meant to be."""

    web_may: ClassVar[frozenset[str]] = APPEND

    word = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveSmallIntegerField(db_index=True)
    since_seq = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.word

    @classmethod
    def folded_with(cls) -> list[Any]:
        return [columns_of(cls)]

    @classmethod
    def learn(cls, entry: Entry, rows: Iterable[Findable]) -> None:
        """The words in which the rows say what they are, as far as none had them before."""
        cls._default_manager.bulk_create(cls.rows(entry, rows), ignore_conflicts=True)

    @classmethod
    def rows(cls, entry: Entry, rows: Iterable[Findable]) -> "list[KnownWord]":
        """One for each word, in their order."""
        said = {word for row in rows for word in f"{row.said} {row.known}".split()}
        wanted = sorted(word for word in said if len(word) >= _SHORTEST and not word.isdigit())
        return [cls(word=word, length=len(word), since_seq=entry.seq) for word in wanted]
