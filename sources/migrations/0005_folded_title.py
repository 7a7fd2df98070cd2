"""Titles of sources in the form in which they are compared."""

from typing import Any

from django.db import migrations, models

from publication.folding import folded


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("sources", "Source").objects.using(schema_editor.connection.alias)
    for pk, title in rows.order_by("pk").values_list("pk", "title").iterator(chunk_size=500):
        rows.filter(pk=pk).update(folded_title=" ".join(folded(title).split())[:500])


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_title_made")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="folded_title",
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=500),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
