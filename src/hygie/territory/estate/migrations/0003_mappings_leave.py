from django.db import migrations


class Migration(migrations.Migration):
    """Column mappings serve other rooms too: their table goes to the sheets as it is."""

    dependencies = [
        ("estate", "0002_parts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("ColumnMapping", "sheets_columnmapping"),
            ],
            state_operations=[migrations.DeleteModel("ColumnMapping")],
        ),
    ]
