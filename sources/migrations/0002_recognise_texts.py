import django.db.models.functions.text
from django.db import migrations, models

from sources.sameness import text_digest


def fill_digests(apps, schema_editor):
    """Documents never change, so their rule gives way once; it is back when migrate is done."""
    table = ' ON sources_document' if schema_editor.connection.vendor == 'postgresql' else ''
    schema_editor.execute(f'DROP TRIGGER IF EXISTS sources_document_no_update{table}')
    documents = apps.get_model('sources', 'Document').objects
    for pk in documents.values_list('pk', flat=True):
        text = documents.values_list('text', flat=True).get(pk=pk)
        documents.filter(pk=pk).update(text_digest=text_digest(text))


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='document',
            name='text_digest',
            field=models.CharField(default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(fill_digests, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['text_digest'], name='document_text_digest'),
        ),
        migrations.AddIndex(
            model_name='document',
            index=models.Index(fields=['file_name'], name='document_file_name'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['doi'], name='source_doi'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['pmid'], name='source_pmid'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(fields=['registry_id'], name='source_registry_id'),
        ),
        migrations.AddIndex(
            model_name='source',
            index=models.Index(django.db.models.functions.text.Lower('title'), name='source_title'),
        ),
    ]
