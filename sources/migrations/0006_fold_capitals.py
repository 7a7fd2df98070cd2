"""Titles folded anew: a capital that is another form of a letter (ℐ, №, ℃) is folded as one."""

from typing import Any

from django.db import migrations

from publication.folding import folded


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("sources", "Source").objects.using(schema_editor.connection.alias)
    columns = rows.order_by("pk").values_list("pk", "title", "folded_title")
    for pk, title, key in columns.iterator(chunk_size=500):
        new = " ".join(folded(title).split())[:500]
        if new != key:
            rows.filter(pk=pk).update(folded_title=new)


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_folded_title")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
