"""Where Django looks for a backend."""

from django.db.backends.sqlite3 import base

from publication.sqlite.schema import SchemaEditor


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
