"""What each text states of its work; titles of sources folded anew: signs do not count.

Texts of before state nothing here: they are known by what their sources state.
"""

from typing import Any

from django.db import migrations, models

from publication.folding import words


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("sources", "Source").objects.using(schema_editor.connection.alias)
    columns = rows.order_by("pk").values_list("pk", "title", "folded_title")
    for pk, title, key in columns.iterator(chunk_size=500):
        new = " ".join(words(title))[:500]
        if new != key:
            rows.filter(pk=pk).update(folded_title=new)


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_fold_capitals")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="doi",
            field=models.CharField(blank=True, default="", editable=False, max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="pmid",
            field=models.CharField(blank=True, default="", editable=False, max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="folded_title",
            field=models.CharField(blank=True, default="", editable=False, max_length=500),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="document",
            name="stated",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["doi"], name="document_doi"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["pmid"], name="document_pmid"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["folded_title"], name="document_title"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
