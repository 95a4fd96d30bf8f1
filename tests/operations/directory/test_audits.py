"""An export becomes an answer, its rows, its pack and its measurements; its file goes."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone

from hygie.foundation.documents.errors import FileNotAccepted
from hygie.foundation.documents.models import Document
from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.operations.directory.bridge import facts_kept, reach_by, reach_kept
from hygie.operations.directory.choices import AuditState, PointChoice
from hygie.operations.directory.errors import (
    AuditUnderWay,
    ExpiryRefused,
    ExportUnreadable,
    NothingToAudit,
    ReasonMissing,
    UnknownPoint,
)
from hygie.operations.directory.models import DirectoryAudit, Forest
from hygie.operations.directory.selectors.audits import audit_before, audits_in
from hygie.operations.directory.selectors.packs import object_name, pack_of
from hygie.operations.directory.services.audits import exports_receive
from hygie.operations.directory.services.decisions import risk_accept, risk_withdraw, tier_zero_set
from hygie.progress.models import CurrentMeasurement
from tests.engines.directory.hospital import AS_OF, NAMED
from tests.operations.directory.conftest import export_write

pytestmark = pytest.mark.django_db


def test_an_audit_keeps_the_level_the_points_and_the_objects(audit: DirectoryAudit) -> None:
    assert audit.state == AuditState.DONE
    assert audit.forest is not None and audit.forest.name == "CHU.EXAMPLE"
    assert audit.effective_on == dt.datetime.fromtimestamp(AS_OF, dt.UTC).date()
    assert audit.level_at_best == audit.level_at_worst == 1
    failing = audit.points.get(point="privileged_members_perm")
    assert failing.state == PointChoice.FAILED and 1 in failing.failed_levels
    # The catalogue of the day: 76 points, and one announced for the summer of 2026.
    assert audit.points.count() == 77
    pack = pack_of(audit)
    names = {pack.identifiers[int(at)] for at in pack.objects_of("privileged_members_perm")}
    assert NAMED["nurse"] in names or NAMED["admin"] in names


def test_an_undecided_point_is_kept_as_such_and_never_passed(audit: DirectoryAudit) -> None:
    undecided = audit.points.filter(state=PointChoice.CANNOT_TELL)
    assert undecided.exists()
    assert all(row.undecided_levels for row in undecided)
    assert not audit.points.filter(state=PointChoice.PASSED).exclude(undecided_levels=[]).exists()


def test_the_files_of_the_exports_go_and_their_names_stay(audit: DirectoryAudit) -> None:
    export = audit.exports.get()
    assert export.document is None
    assert (export.file_name, len(export.sha256)) == ("chu.zip", 64)
    assert Document.objects.get() == audit.pack


def test_paths_come_back_from_the_pack(audit: DirectoryAudit) -> None:
    pack = pack_of(audit)
    nurse, service = pack.index_of(NAMED["nurse"]), pack.index_of(NAMED["service"])
    reach = reach_kept(pack)
    assert nurse is not None and service is not None
    assert (reach.distance[nurse], reach.distance[service]) == (1, 2)
    assert audit.exposed_users == 2
    again = reach_by(pack, (), None)
    np.testing.assert_array_equal(again.distance, reach.distance)
    assert reach_by(pack, (), nurse).distance[service] == 1
    assert reach_by(pack, [23], None).distance[service] == -1
    assert len(facts_kept(audit)) == audit.summary["objects"]


def test_measurements_reach_the_assessment(audit: DirectoryAudit) -> None:
    values = dict(
        CurrentMeasurement.objects.filter(organisation=audit.organisation).values_list(
            "indicator__code", "value"
        )
    )
    assert values["ads.level"] == 1
    assert values["ad.tier0_paths"] == 2
    assert values["ads.failing_points"] == values["ads.failing_points_1"] == 1
    assert values["ads.failing_points_4"] == 0
    assert values["ad.exposed_share"] == round(100 * 2 / audit.users, 2)
    assert values["ad.krbtgt_age"] == 20


def test_a_level_that_something_unknown_could_change_is_measured_without_conclusion(
    audited, perimeters, territory, tmp_path
) -> None:
    sound = export_write(tmp_path / "sound.zip", is_spoilt=False)
    row = audited(perimeters.alice, territory.entities[0], sound)
    assert row.level_at_worst < row.level_at_best
    level = CurrentMeasurement.objects.get(
        organisation=row.organisation, indicator__code="ads.level"
    )
    assert level.value is None
    assert "indéterminé" in level.measurement.note or "décidés" in level.measurement.note


def test_a_level_read_in_a_report_is_documented_and_holds_no_object(
    audited, perimeters, territory, tmp_path
) -> None:
    said = tmp_path / "ads.yaml"
    said.write_text("level: 3\ndate: 2026-04-30\ndomain: chu.example\nfailing: [owner]\n")
    row = audited(perimeters.alice, territory.entities[0], said)
    assert (row.level_at_best, row.level_at_worst, row.pack, row.users) == (3, 3, None, None)
    assert row.points.get(point="owner").state == PointChoice.FAILED
    level = CurrentMeasurement.objects.get(indicator__code="ads.level")
    assert (level.value, level.known_as) == (3, 2)


def test_the_next_audit_of_the_same_forest_follows_the_first(
    audited, perimeters, territory, tmp_path
) -> None:
    first = audited(perimeters.alice, territory.entities[0])
    later = export_write(tmp_path / "later.zip", days_later=5, is_spoilt=False)
    second = audited(perimeters.alice, territory.entities[0], later)
    assert Forest.objects.count() == 1
    assert audit_before(perimeters.alice, second) == first
    assert audit_before(perimeters.alice, first) is None
    assert second.exposed_users == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rien.json", b'{"data": [], "meta"'),
        ("page.xml", b"<html><body>non</body></html>"),
        ("texte.json", b'{"bonjour": 1}'),
    ],
)
def test_an_export_that_cannot_be_used_is_refused_with_its_name_and_reason(
    audited, perimeters, territory, tmp_path, name, content
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises((ExportUnreadable, FileNotAccepted)) as refused:
        audited(perimeters.alice, territory.entities[0], path)
    assert name in str(refused.value)


def test_nothing_given_is_nothing_to_audit(perimeters, territory) -> None:
    with pytest.raises(NothingToAudit):
        exports_receive(
            perimeter=perimeters.alice, organisation_id=territory.entities[0].pk, files=[]
        )


def test_who_reads_and_who_audits(audit, perimeters, territory, export) -> None:
    for reader in (perimeters.alice, perimeters.bob, perimeters.operator):
        assert audits_in(reader).get() == audit
    for stranger in (perimeters.charlie, perimeters.diane, perimeters.remi, perimeters.ada):
        assert not audits_in(stranger).exists()
        with export.open("rb") as stream, pytest.raises((NotFound, NotAllowed)):
            exports_receive(
                perimeter=stranger, organisation_id=territory.entities[0].pk,
                files=[(stream, "a.zip")],
            )  # fmt: skip


def test_an_audit_is_recorded_once(audit, audited, perimeters, tmp_path) -> None:
    from hygie.foundation.jobs.watch import SilentWatch
    from hygie.operations.directory.computing import computed, exports_read
    from hygie.operations.directory.services.record import audit_record, settings_of

    reading = exports_read([(export_write(tmp_path / "x.zip"), "x.zip")], SilentWatch())
    found = computed(reading, settings_of(None), AS_OF, SilentWatch())
    with pytest.raises(AuditUnderWay):
        audit_record(perimeter=perimeters.alice, audit=audit, computed=found)


def test_an_accepted_risk_is_set_aside_and_shown_until_its_day(
    audit, audited, perimeters, territory
) -> None:
    today = timezone.localdate()
    wanted = {"perimeter": perimeters.alice, "forest": audit.forest, "reason": "en travaux"}
    with pytest.raises(UnknownPoint):
        risk_accept(**wanted, point="rien", expires_on=today)
    with pytest.raises(ExpiryRefused):
        risk_accept(**wanted, point="guest", expires_on=today + dt.timedelta(days=800))
    with pytest.raises(ReasonMissing):
        risk_accept(**{**wanted, "reason": " "}, point="guest", expires_on=today)
    risk = risk_accept(
        **wanted, point="privileged_members_perm", expires_on=today + dt.timedelta(days=300)
    )
    second = audited(perimeters.alice, territory.entities[0])
    point = second.points.get(point="privileged_members_perm")
    assert point.state != PointChoice.FAILED
    assert JournalLine.objects.filter(action="directory_risk.accepted").count() == 1
    risk_withdraw(perimeter=perimeters.alice, risk=risk)
    third = audited(perimeters.alice, territory.entities[0])
    assert third.points.get(point="privileged_members_perm").state == PointChoice.FAILED


def test_an_object_taken_out_of_tier_zero_is_outside_at_the_next_audit(
    audit, audited, perimeters, territory
) -> None:
    assert object_name(audit.forest, NAMED["nurse"]).startswith("nurse")
    tier_zero_set(
        perimeter=perimeters.alice, forest=audit.forest, identifier=NAMED["nurse"],
        name="nurse", verb="add", reason="compte sensible",
    )  # fmt: skip
    second = audited(perimeters.alice, territory.entities[0])
    pack = pack_of(second)
    nurse = pack.index_of(NAMED["nurse"])
    assert nurse is not None and bool(pack["exposure.tier_zero"][nurse])


def test_the_real_export_is_audited(audited, perimeters, territory, real_data: Path) -> None:
    path = real_data / "directory" / "phantom_sharphound_v6.zip"
    row = audited(perimeters.alice, territory.entities[0], path)
    assert row.level_at_best == 1
    assert row.objects_count > 1400
    assert row.exposed_users and row.unknown_hosts
