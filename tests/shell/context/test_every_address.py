"""Every address of the house: a stranger is sent to sign-in, someone from elsewhere finds nothing.

A new page is found by itself. One that names an object this file does not know fails here until
the object is added to `Estate.object_of`.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from hygie.connectors.files.sniff import FileType
from hygie.foundation.documents.services import document_store
from hygie.foundation.imports.models import Import
from hygie.foundation.jobs.models import Job
from hygie.foundation.jobs.watch import SilentWatch
from hygie.foundation.journal.types import SYSTEM
from hygie.governance.assessment.models import Questionnaire
from hygie.governance.assessment.services.campaigns import campaign_launch
from hygie.governance.exercises.services.debrief import lesson_add
from hygie.governance.exercises.services.design import (
    blank_scenario,
    exercise_copy,
    exercise_create,
)
from hygie.governance.exercises.services.design_cells import objective_add
from hygie.governance.exercises.services.design_injects import inject_add
from hygie.governance.exercises.services.people import participant_add
from hygie.governance.exercises.services.report import report_link_issue
from hygie.operations.directory.models import (
    AcceptedRisk,
    DirectoryAudit,
    Forest,
    PointResult,
    Simulation,
)
from hygie.operations.impact.asked import Asked
from hygie.operations.impact.services.rehearsals import (
    rehearsal_compute,
    rehearsal_create,
    rehearsal_record,
)
from hygie.operations.impact.services.scenarios import scenario_save
from hygie.programme.models import DocumentKind, Framework, Indicator, Objective, Requirement
from hygie.programme.services.referential import referential_load
from hygie.progress.models import EvidenceRevision
from hygie.progress.services.actions import action_add
from hygie.progress.services.evidence import evidence_add
from hygie.territory.estate.models import Asset, Link, LookAlike
from hygie.territory.people.models import User
from hygie.territory.people.selectors import perimeter_of
from hygie.territory.perimeter import Perimeter
from hygie.territory.sheets.models import ColumnMapping

# Open to whoever knocks: the doors themselves, and what says that the house stands.
OPEN = {
    "healthz", "robots", "design:style", "security_txt", "set_language", "api:openapi-json",
    "signin_access",
    "signin_access_provider", "openid_connect_login", "openid_connect_callback",
    "exercises:guest_enter", "exercises:report_shared", "exercises:report_shared_file",
    "account_login", "account_logout", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup",
}  # fmt: skip
# The programme is the same for all, and a file of the territory holds one's own perimeter.
COMMON = ("programme:", "openid_connect_", "signin_access", "account_", "mfa_", "design:")
# A job is its owner's alone; the state of a requirement has not been computed here.
NOT_BOBS = ("jobs:", "imports:", "estate:sheet_map", "exercises:chronogram_map", "exercises:survey",
            "api:requirement")  # fmt: skip
# Pages of an exercise that is over.
REVIEW = ("debrief", "lesson", "mark_give", "report", "exercise_end", "survey")
COMMON_VIEWS = {"imports:new", "assessment:upgrade", "organisations:territory_file"}


@dataclass(frozen=True)
class Address:
    """A page: its name and the names of what its address holds."""

    name: str
    parameters: tuple[str, ...]
    resolver: Any


def _addresses(
    resolver: URLResolver, namespace: str = "", above: tuple[str, ...] = ()
) -> Iterator[Address]:
    for one in resolver.url_patterns:
        named = (*above, *one.pattern.regex.groupindex)
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _addresses(one, inner, named)
        elif isinstance(one, URLPattern) and one.name:
            yield Address(f"{namespace}{one.name}", tuple(dict.fromkeys(named)), one)


ADDRESSES = sorted(_addresses(get_resolver()), key=lambda address: address.name)


def _invented(address: Address) -> str:
    """An address of that shape, of something that does not exist."""
    for values in ("987654", "invente"):
        try:
            return reverse(address.name, kwargs=dict.fromkeys(address.parameters, values))
        except Exception:  # noqa: BLE001, S112  # a word where a number is wanted
            continue
    return reverse(address.name, kwargs={"uidb36": "z", "key": "z"})


def _visit(client: Client, url: str) -> HttpResponseBase:
    """Read the page; write to it when it is only written to, with a word where one is asked."""
    answer: HttpResponseBase = client.get(url)
    if answer.status_code == 405:
        answer = client.post(url, {"note": "mot", "reason": "mot"})
    # As the test client does: the end of a request would close the test's own connection.
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return answer


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_or_finds_nothing() -> None:
    wrong = []
    for address in ADDRESSES:
        url = _invented(address)
        answer = _visit(Client(), url)
        sent_away = answer.status_code in {401, 404} or (
            answer.status_code == 302 and answer["Location"].startswith("/compte/connexion/")
        )
        if not sent_away and address.name not in OPEN:
            wrong.append((address.name, url, answer.status_code))
        if answer.status_code >= 500:
            wrong.append((address.name, url, answer.status_code))
    assert not wrong


class Estate:
    """What Alice's establishment holds, one thing of each kind."""

    def __init__(self, territory: SimpleNamespace, alice: User, operator: Perimeter) -> None:
        referential_load(perimeter=operator)
        self.node, self.alice = territory.entities[0], alice
        theirs = perimeter_of(alice)
        text = io.BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
        document = document_store(
            stream=text, name="preuve.pdf", allowed=[FileType.PDF], actor=SYSTEM
        )
        day = dt.date(2026, 1, 5)
        self.evidence = evidence_add(
            perimeter=theirs,
            organisation_id=self.node.pk,
            kind=DocumentKind.objects.first(),  # type: ignore[arg-type]  # loaded above
            title="secret",
            effective_on=day,
            document=document,
        )
        self.action = action_add(
            perimeter=theirs, organisation_id=self.node.pk, title="secret", due_on=day
        )
        self.framework = Framework.objects.get(ref_id="CARE-D2", is_current=True)
        self.requirement = Requirement.objects.filter(
            framework=self.framework, is_assessable=True
        ).first()
        self.campaign = campaign_launch(
            perimeter=theirs,
            node_id=self.node.pk,
            framework=self.framework,
            name="secret",
            due_on=dt.date(2030, 1, 1),
            organisation_ids=[self.node.pk],
        )
        self.questionnaire = Questionnaire.objects.get(organisation=self.node)
        self.job = Job.objects.create(kind="x.y", title="secret", owner=alice)
        self.run = Import.objects.create(
            kind="progress.measurements", document=document, owner=alice, file_name="secret",
            file_size=1, sha256="0" * 64, organisation_id=self.node.pk,
        )  # fmt: skip
        self.forest = Forest.objects.create(organisation=self.node, name="SECRET.FR")
        self.audit = DirectoryAudit.objects.create(
            organisation=self.node, forest=self.forest, state="done", effective_on=day,
            level_at_best=1, level_at_worst=1,
            summary={"holding": [], "undecided": [], "counts": {}, "steps": [], "minimum": [],
                     "minimum_cost": 0, "is_cuttable": True, "choke_points": [],
                     "contradiction_count": 0, "contradictions": [], "unknowns": {}},
        )  # fmt: skip
        PointResult.objects.create(audit=self.audit, point="guest", order=0, state="failed")
        self.risk = AcceptedRisk.objects.create(
            forest=self.forest, point="guest", reason="secret", expires_on=day
        )
        self.simulation = Simulation.objects.create(audit=self.audit, state="failed")
        self.asset = Asset.objects.create(
            organisation=self.node, kind="care", code="SECRET", name="secret"
        )
        self.link = Link.objects.create(
            source=self.asset, verb="uses", target=Asset.objects.create(
                organisation=self.node, kind="application", code="SECRET-2", name="secret"
            ),
        )  # fmt: skip
        self.mapping = ColumnMapping.objects.create(
            organisation=self.node, name="secret", subject="server", columns={"name": "secret"}
        )
        self.timeline_mapping = ColumnMapping.objects.create(
            organisation=self.node, name="secret 2", subject="chronogram",
            columns={"time": "secret"},
        )  # fmt: skip
        self.pair = LookAlike.objects.create(
            organisation=self.node, kept=self.asset, other=self.link.target, other_name="secret"
        )
        self.scenario = scenario_save(
            perimeter=theirs, organisation=self.node, name="secret",
            losses=[f"object:{self.asset.pk}"],
        )  # fmt: skip
        rehearsal = rehearsal_create(
            perimeter=theirs, organisation=self.node, name="secret", asked=Asked(runs=100)
        )
        self.rehearsal = rehearsal_record(
            perimeter=theirs, rehearsal=rehearsal,
            played=rehearsal_compute(rehearsal=rehearsal, watch=SilentWatch()),
        )  # fmt: skip
        self.exercise = exercise_create(
            perimeter=theirs, organisation_id=self.node.pk,
            scenario=blank_scenario("secret", "fr"), planned_at=timezone.now(),
        )  # fmt: skip
        self.inject = inject_add(
            perimeter=theirs, exercise=self.exercise, values={"title": "secret", "offset_s": 0}
        )
        self.attachment = self.inject.attachments.create(name="secret.pdf", document=document)
        self.exercise_objective = objective_add(
            perimeter=theirs, exercise=self.exercise, title="secret"
        )
        self.model = exercise_copy(
            perimeter=theirs, organisation_id=self.node.pk, source=self.exercise, kind="template"
        )
        self.participant = participant_add(
            perimeter=theirs, exercise=self.exercise, role="observer", name="secret"
        )
        self.reviewed = exercise_create(
            perimeter=theirs, organisation_id=self.node.pk, scenario=blank_scenario("secret", "fr")
        )
        self.reviewed.state = "ended"
        self.reviewed.started_at = self.reviewed.ended_at = timezone.now()
        self.reviewed.save()
        self.lesson = lesson_add(
            perimeter=theirs, exercise=self.reviewed, kind="gap", text="secret"
        )
        self.report_link, _token = report_link_issue(
            perimeter=theirs, exercise=self.reviewed, label="secret", days=1, is_board_only=False
        )
        self.revision = EvidenceRevision.objects.get(evidence=self.evidence)
        self.assignment = alice.role_assignments.get()

    def object_of(self, name: str) -> Any:
        """What `pk` is, by the first prefix of the page's name that fits."""
        table = (
            ("jobs:", self.job),
            ("imports:", self.run),
            ("progress:evidence_file", self.revision),
            ("progress:evidence", self.evidence),
            ("progress:action", self.action),
            ("assessment:campaign", self.campaign),
            ("assessment:", self.questionnaire),
            ("directory:simulation_add", self.audit),
            ("directory:simulation", self.simulation),
            ("directory:risk_end", self.risk),
            ("directory:risk", self.forest),
            ("directory:forest", self.forest),
            ("directory:tier_zero", self.forest),
            ("directory:costs", self.forest),
            ("directory:", self.audit),
            ("impact:scenario", self.scenario),
            ("impact:", self.rehearsal),
            ("estate:link_add", self.asset),
            ("estate:link", self.link),
            ("estate:look_alike", self.pair),
            ("estate:mapping", self.mapping),
            ("estate:sheet", self.run),
            ("estate:", self.asset),
            ("exercises:library_model", self.model),
            ("exercises:chronogram", self.run),
            ("exercises:mapping", self.timeline_mapping),
            *((f"exercises:{name}", self.reviewed) for name in REVIEW),
            ("exercises:", self.exercise),
            ("people:role_take", self.assignment),
            ("people:", self.alice),
            ("organisations:", self.node),
        )
        return next(found for prefix, found in table if name.startswith(prefix))

    def values(self, address: Address) -> dict[str, Any]:
        """The parameters of a page about Alice's establishment."""
        known = {
            "organisation_id": self.node,
            "node_id": self.node,
            "framework_id": self.framework,
            "requirement_id": self.requirement,
            "objective_id": self.exercise_objective
            if address.name.startswith("exercises:")
            else Objective.objects.first(),
            "exercise_id": self.exercise,
            "inject_id": self.inject,
            "attachment_id": self.attachment,
            "cell_id": self.exercise.cells.first(),
            "participant_id": self.participant,
            "lesson_id": self.lesson,
            "link_id": self.report_link,
            "audit_id": self.audit,
            "rehearsal_id": self.rehearsal,
            "indicator_id": Indicator.objects.first(),
            "asset_id": self.asset,
        }
        words = {"when": "after", "name": "rapport.pdf", "key": "leak", "point": "guest",
                 "kind": "care",
                 "suffix": "svg" if address.name == "estate:map_file" else "json"}  # fmt: skip
        return {
            name: words.get(name)
            or (self.object_of(address.name) if name == "pk" else known[name]).pk
            for name in address.parameters
        }


@pytest.fixture
def estate(territory: SimpleNamespace, characters: SimpleNamespace, operator: Perimeter) -> Estate:
    """One of each kind of thing, at Alice's."""
    return Estate(territory, characters.alice, operator)


def test_someone_from_elsewhere_finds_nothing_at_any_address_of_an_establishment(
    estate: Estate, characters: SimpleNamespace, signed_in: Callable[[User], Client]
) -> None:
    """And whoever works there finds it at the same address: the test names a real thing."""
    wrong = []
    for address in ADDRESSES:
        is_common = address.name.startswith(COMMON) or address.name in COMMON_VIEWS | OPEN
        if not address.parameters or is_common:
            continue
        url = reverse(address.name, kwargs=estate.values(address))
        for reader, is_at_home in ((characters.charlie, False), (characters.bob, True)):
            with transaction.atomic():
                status = _visit(signed_in(reader), url).status_code
                transaction.set_rollback(True)
            is_wrong = status in {404} if is_at_home else status != 404
            if is_wrong and not (is_at_home and address.name.startswith(NOT_BOBS)):
                wrong.append((address.name, url, str(reader), status))
    assert not wrong
