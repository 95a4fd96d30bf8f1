import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Takes the mappings over from the map: their table is renamed there, nothing is copied."""

    initial = True

    dependencies = [
        ("estate", "0003_mappings_leave"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ColumnMapping",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("name", models.CharField(max_length=80, verbose_name="nom")),
                        ("subject", models.CharField(max_length=20)),
                        ("columns", models.JSONField(default=dict)),
                        ("values", models.JSONField(blank=True, default=dict)),
                        ("is_shared", models.BooleanField(default=False, verbose_name="offert aux autres structures du groupe")),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        ("made_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                        ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
                    ],
                    options={
                        "ordering": ["name", "id"],
                        "constraints": [models.UniqueConstraint(fields=("organisation", "name"), name="mapping_name_is_unique_in_organisation")],
                    },
                ),
            ],
        ),
    ]
