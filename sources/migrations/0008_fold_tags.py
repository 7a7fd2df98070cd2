"""Titles folded anew: more tags part no word (``<italic>``, ``<wbr>``)."""

from typing import Any

from django.db import migrations

from publication.folding import folded


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("sources", "Source").objects.using(schema_editor.connection.alias)
    columns = rows.filter(title__contains="<").order_by("pk").values_list("pk", "title", "folded_title")
    for pk, title, key in columns.iterator(chunk_size=500):
        new = " ".join(folded(title).split())[:500]
        if new != key:
            rows.filter(pk=pk).update(folded_title=new)


class Migration(migrations.Migration):
    dependencies = [("sources", "0007_notes_of_texts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
