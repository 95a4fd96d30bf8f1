"""A few indicators, kinds of document and requirements, and one fixed day."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from hygie.programme.models import (
    DocumentKind,
    Framework,
    Indicator,
    IndicatorTarget,
    Requirement,
)
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.progress.services.measurements import NewMeasurement, measurements_record

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> dt.date:
    """The day on which the tests take place, whatever the clock says."""
    real = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, tz=None: real(value, tz) if value else TODAY
    )
    return TODAY


@pytest.fixture(autouse=True)
def stored_apart(tmp_path):
    """Files of one test are seen by no other."""
    with override_settings(
        MEDIA_ROOT=str(tmp_path / "documents"), FILE_UPLOAD_TEMP_DIR=str(tmp_path / "incoming")
    ):
        yield tmp_path


@pytest.fixture
def asked(db) -> SimpleNamespace:
    """Indicators of several units, three kinds of document, two requirements."""

    def indicator(code: str, unit: str, **more: object) -> Indicator:
        return Indicator.objects.create(
            code=code, unit=unit, title_fr=f"Indicateur {code}", direction="higher", **more
        )

    mfa = indicator("t.mfa", "percent", freshness_days=90, decimals=1)
    IndicatorTarget.objects.create(
        indicator=mfa, kinds=["ej", "ght"], at_least=80, status="confirmed"
    )
    framework = Framework.objects.create(
        urn="urn:t:framework", version=1, origin="care", ref_id="T", name="Cadre d'essai"
    )
    needs = [
        Requirement.objects.create(
            framework=framework, urn=f"urn:t:req:{number}", ref_id=f"T.{number}", order=number,
            depth=1, is_assessable=True, name=f"Exigence {number}",
        )
        for number in (1, 2)
    ]  # fmt: skip
    return SimpleNamespace(
        mfa=mfa,
        bia=indicator("t.bia", "boolean"),
        count=indicator("t.count", "count"),
        level=indicator("t.level", "level"),
        site=indicator("t.site", "percent", held_at="et"),
        group=indicator("t.group", "percent", held_at="ght"),
        plan=DocumentKind.objects.create(code="t-plan", title_fr="Plan", validity_days=365),
        note=DocumentKind.objects.create(code="t-note", title_fr="Note"),
        secret=DocumentKind.objects.create(
            code="t-secret", title_fr="Rapport de test", sensitivity="confidential"
        ),
        needs=needs,
        framework=framework,
    )


DAY = dt.timedelta(days=1)
SECRET = "FAIBLESSE-4217"
PDF = b"%PDF-1.7\n%%EOF\n"


def text(response, status: int = 200) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == status, body[:3000].decode()
    return body.decode().replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def full(asked, territory, perimeters):
    """The first entity has a value with a note, a proof with a file, an action."""
    place = territory.entities[0]
    measurements_record(
        perimeter=perimeters.alice,
        rows=[
            NewMeasurement(asked.mfa, place, 40.0, 1, TODAY - 200 * DAY, note=SECRET),
            NewMeasurement(asked.mfa, place, 62.5, 3, TODAY - 5 * DAY, note=SECRET),
        ],
        origin="declared",
    )
    proof = evidence_add(
        perimeter=perimeters.alice, organisation_id=place.pk, kind=asked.plan, title=SECRET,
        effective_on=TODAY - 9 * DAY, expires_on=TODAY + 9 * DAY,
        requirement_urns=["urn:t:req:1"],
    )  # fmt: skip
    action = action_add(
        perimeter=perimeters.alice, organisation_id=place.pk, title=SECRET,
        due_on=TODAY - DAY, requirement_urn="urn:t:req:1",
    )  # fmt: skip
    return place, proof, action


def url(name: str, *args: int, **query: str) -> str:
    return reverse(f"progress:{name}", args=args, query=query or None)


def doors(asked, full) -> list[str]:
    place, proof, action = full
    return [
        url("home", place.pk), url("indicators", place.pk),
        url("indicators", place.pk, format="csv"), url("indicator", place.pk, asked.mfa.pk),
        url("record", place.pk), url("record_many", place.pk), url("evidence", place.pk),
        url("evidence", place.pk, format="csv"), url("evidence_add", place.pk),
        url("evidence_detail", proof.pk), url("evidence_file", proof.revisions.get().pk),
        url("actions", place.pk), url("actions", place.pk, format="csv"),
        url("action_add", place.pk), url("actions_calendar", place.pk),
        url("action_detail", action.pk),
        f"/api/v1/organisations/{place.pk}/measurements",
        f"/api/v1/organisations/{place.pk}/evidence", f"/api/v1/organisations/{place.pk}/actions",
    ]  # fmt: skip


@pytest.fixture
def filed(full, characters, signed_in, stored_apart):
    """The proof of `full` has a file."""
    proof = full[1]
    answer = signed_in(characters.alice).post(
        url("evidence_revise", proof.pk),
        {"effective_on": TODAY.isoformat(), "reason": "signé",
         "file": SimpleUploadedFile("plan.pdf", PDF)},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    proof.revisions.filter(number=1).delete()
    return full
