from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0003_vouching'),
    ]

    operations = [
        migrations.AddField(
            model_name='source',
            name='title_made',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
