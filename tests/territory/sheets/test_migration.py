"""Column mappings that an establishment has kept stay when their table changes rooms."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@pytest.mark.django_db(transaction=True)
def test_mappings_of_before_are_found_in_their_new_room_and_go_back() -> None:
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate([("estate", "0002_parts"), ("sheets", None)])
        old = executor.loader.project_state(
            [("estate", "0002_parts"), ("organisations", "0001_initial")]
        ).apps  # fmt: skip
        place = old.get_model("organisations", "Organisation").objects.create(
            code="590000001", kind="ej", name="CH"
        )
        kept = old.get_model("estate", "ColumnMapping").objects.create(
            organisation=place, name="Serveurs", subject="server", columns={"name": "Machine"},
            values={"os": {"W": "Windows"}}, is_shared=True,
        )  # fmt: skip
        executor = MigrationExecutor(connection)
        executor.migrate([("sheets", "0001_initial")])
        new = executor.loader.project_state([("sheets", "0001_initial")]).apps
        rows = new.get_model("sheets", "ColumnMapping").objects
        found = rows.get()
        assert (found.pk, found.organisation_id, found.name) == (kept.pk, place.pk, "Serveurs")
        assert (found.columns, found.values) == ({"name": "Machine"}, {"os": {"W": "Windows"}})
        assert found.is_shared
        other = rows.create(organisation_id=place.pk, name="Autre", subject="chronogram")
        assert other.pk != found.pk
        executor = MigrationExecutor(connection)
        executor.migrate([("estate", "0002_parts"), ("sheets", None)])
        assert old.get_model("estate", "ColumnMapping").objects.count() == 2
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
