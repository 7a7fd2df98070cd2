"""All names of a record in one column, in the form in which they are compared."""

from typing import Any

from django.db import migrations, models

from therapies.names import keys_together


def fill(apps: Any, schema_editor: Any) -> None:
    for name in ("Therapy", "Mechanism"):
        model = apps.get_model("therapies", name)
        rows = model.objects.using(schema_editor.connection.alias)
        for row in rows.order_by("pk").iterator(chunk_size=500):
            names = [row.name, *getattr(row, "brands", []), *row.synonyms]
            rows.filter(pk=row.pk).update(folded_names=keys_together(names))


class Migration(migrations.Migration):
    dependencies = [("therapies", "0002_discarded")]

    operations = [
        migrations.AddField(
            model_name="therapy",
            name="folded_names",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="mechanism",
            name="folded_names",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
