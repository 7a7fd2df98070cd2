"""Names folded anew: a capital that is another form of a letter (ℐ, №, ℃) is folded as one."""

from typing import Any

from django.db import migrations

from publication.folding import folded
from therapies.names import key_of, keys_together


def fill(apps: Any, schema_editor: Any) -> None:
    """A key that another row has already stays with that row; people rename the later one."""
    alias = schema_editor.connection.alias
    for name in ("Therapy", "Mechanism"):
        rows = apps.get_model("therapies", name).objects.using(alias)
        for row in rows.order_by("pk").iterator(chunk_size=500):
            names = [row.name, *getattr(row, "brands", []), *row.synonyms]
            new = {"folded_name": key_of(row.name), "folded_names": keys_together(names)}
            if rows.filter(folded_name=new["folded_name"]).exclude(pk=row.pk).exists():
                del new["folded_name"]
            _set(rows, row, new)
    rows = apps.get_model("therapies", "Synonym").objects.using(alias)
    for row in rows.order_by("pk").iterator(chunk_size=500):
        if not rows.filter(folded=folded(row.term)).exclude(pk=row.pk).exists():
            _set(rows, row, {"folded": folded(row.term)})


def _set(rows: Any, row: Any, new: dict[str, str]) -> None:
    if any(getattr(row, name) != value for name, value in new.items()):
        rows.filter(pk=row.pk).update(**new)


class Migration(migrations.Migration):
    dependencies = [("therapies", "0003_folded_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
