from django.db import migrations, models


def packaged_numbers_fill(apps, schema_editor):
    """Until now the number of an objective was the one of the package's files."""
    objectives = apps.get_model("programme", "Objective").objects
    objectives.update(packaged_number=models.F("number"))


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicatortarget',
            name='key',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='objective',
            name='packaged_number',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='requirement',
            name='is_retired',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(packaged_numbers_fill, migrations.RunPython.noop),
    ]
