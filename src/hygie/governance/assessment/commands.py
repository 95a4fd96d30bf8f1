"""Command line: states with their explanation, computations, questionnaires, filings."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.types import Plan
from hygie.foundation.jobs.watch import TerminalWatch
from hygie.governance.assessment.choices import QuestionnaireState, StateChoice
from hygie.governance.assessment.selectors.asked import domain_by_code, framework_by_ref
from hygie.governance.assessment.selectors.candidates import candidate_ids_all
from hygie.governance.assessment.selectors.explained import ExplainedRow, explained_states
from hygie.governance.assessment.selectors.questionnaires import (
    questionnaire_get_in,
    questionnaire_items,
)
from hygie.governance.assessment.services.campaigns import campaign_launch
from hygie.governance.assessment.services.filings import filing_record
from hygie.governance.assessment.services.history import history_rebuild
from hygie.governance.assessment.services.questionnaires import (
    questionnaire_assign,
    questionnaire_close,
    questionnaire_send_back,
    questionnaire_submit,
)
from hygie.governance.assessment.services.states import states_recompute
from hygie.governance.assessment.sheets import sheet_write
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.perimeter import operator_perimeter

_MET = {StateChoice.PASSED.value, StateChoice.NOT_APPLICABLE.value}


def show_command(arguments: argparse.Namespace) -> int:
    """States of one organisation with their reasons; exit 1 when something is not met."""
    perimeter = operator_perimeter()
    place = organisation_by_code(perimeter, arguments.code)
    framework = framework_by_ref(arguments.framework) if arguments.framework else None
    rows = explained_states(perimeter, place, timezone.localdate(), framework=framework)
    if arguments.json:
        data = {"organisation": place.code, "name": place.name,
                "requirements": [row.as_data() for row in rows]}  # fmt: skip
        print(json.dumps(data, ensure_ascii=False))
    else:
        print(f"{place.name} ({place.code})")
        for row in rows:
            _row_print(row)
    return 0 if all(row.state in _MET for row in rows) else 1


def _row_print(row: ExplainedRow) -> None:
    words = {choice.value: str(choice.label) for choice in StateChoice}
    print(f"\n{row.framework} {row.ref_id}  [{words[row.state]}]  {row.name}")
    if row.through:
        print("    " + _("par correspondance : %(name)s") % {"name": row.through})
    for line in row.lines:
        print(f"    {'  ' * line.depth}{line.text}")


def recompute_command(arguments: argparse.Namespace) -> int:
    """Compute states now, of one organisation and its group, or of all."""
    ids = candidate_ids_all()
    if arguments.code:
        ids = [organisation_by_code(operator_perimeter(), arguments.code).pk]
    report = states_recompute(
        organisation_ids=ids, cause="command", actor=operator_perimeter().actor,
        watch=TerminalWatch(),
    )  # fmt: skip
    return _said(
        arguments,
        _("%(organisations)d organisations, %(changed)d états changés."),
        organisations=report.organisations,
        changed=report.states_changed,
        objectives=report.objectives_changed,
    )


def history_command(arguments: argparse.Namespace) -> int:
    """Tell the past months again from the dated facts on record."""
    months = history_rebuild(
        perimeter=operator_perimeter(), since=arguments.since, watch=TerminalWatch()
    )
    return _said(arguments, _("%(months)d mois reconstitués."), months=months)


def filing_command(arguments: argparse.Namespace) -> int:
    """Say when a candidate filed."""
    perimeter = operator_perimeter()
    place = organisation_by_code(perimeter, arguments.code)
    filing = filing_record(
        perimeter=perimeter,
        organisation_id=place.pk,
        domain=domain_by_code(arguments.domain),
        applied_on=arguments.applied,
        attained_on=arguments.attained,
    )
    return _said(arguments, _("Dates de dépôt enregistrées (%(id)d)."), id=filing.pk)


def ask_command(arguments: argparse.Namespace) -> int:
    """Ask one organisation."""
    perimeter = operator_perimeter()
    row = questionnaire_assign(
        perimeter=perimeter,
        organisation_id=organisation_by_code(perimeter, arguments.code).pk,
        framework=framework_by_ref(arguments.framework),
        due_on=arguments.due,
    )
    return _said(arguments, _("Questionnaire %(id)d assigné."), id=row.pk)


def campaign_command(arguments: argparse.Namespace) -> int:
    """Ask every organisation of a level below a node."""
    perimeter = operator_perimeter()
    row = campaign_launch(
        perimeter=perimeter,
        node_id=organisation_by_code(perimeter, arguments.code).pk,
        framework=framework_by_ref(arguments.framework),
        name=arguments.name,
        due_on=arguments.due,
        kinds=[arguments.kind],
    )
    ids = list(row.questionnaires.order_by("id").values_list("id", flat=True))
    return _said(
        arguments, _("Campagne %(id)d : %(asked)d questionnaires."), id=row.pk, asked=len(ids),
        questionnaires=ids,
    )  # fmt: skip


def export_command(arguments: argparse.Namespace) -> int:
    """Write a questionnaire as a workbook."""
    perimeter = operator_perimeter()
    row = questionnaire_get_in(perimeter, arguments.questionnaire)
    count = sheet_write(Path(arguments.file), row, questionnaire_items(perimeter, row))
    return _said(arguments, _("%(rows)d lignes écrites."), rows=count)


def answers_command(arguments: argparse.Namespace) -> int:
    """Bring answers back from a workbook."""
    found: Import | Plan = import_run_now(
        perimeter=operator_perimeter(),
        kind="assessment.answers",
        path=Path(arguments.file),
        options={"questionnaire": arguments.questionnaire, "on_conflict": arguments.on_conflict},
        watch=TerminalWatch(),
        dry_run=arguments.dry_run,
    )
    refused = found.is_refused if isinstance(found, Plan) else found.state == ImportState.REFUSED
    counts = {name: found.counts.get(name, 0) for name in ("add", "change", "keep", "refused")}
    _said(
        arguments,
        _("%(add)d ajouts, %(change)d changements, %(keep)d inchangés, %(refused)d refusés."),
        **counts,
    )
    return 3 if refused else 0


def step_command(arguments: argparse.Namespace) -> int:
    """Submit, send back or close a questionnaire."""
    perimeter, pk = operator_perimeter(), arguments.questionnaire
    if arguments.verb == "submit":
        row = questionnaire_submit(perimeter=perimeter, questionnaire_id=pk)
    elif arguments.verb == "close":
        row = questionnaire_close(perimeter=perimeter, questionnaire_id=pk)
    else:
        row = questionnaire_send_back(perimeter=perimeter, questionnaire_id=pk, note=arguments.note)
    label = QuestionnaireState(row.state).label
    return _said(arguments, _("Questionnaire %(id)d : %(state)s."), id=row.pk, state=str(label))


def _said(arguments: argparse.Namespace, sentence: str, **values: Any) -> int:
    print(json.dumps(values, ensure_ascii=False) if arguments.json else sentence % values)
    return 0


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            _("« %(text)s » n'est pas une date AAAA-MM-JJ") % {"text": text}
        ) from error


def _month(text: str) -> dt.date:
    return _day(text if len(text) > 7 else f"{text}-01")


_CODE = ("code", {"help": _("FINESS, code de GHT ou de région")})
_FRAMEWORK = ("--framework", {"required": True, "help": _("référence du référentiel")})
_DUE = ("--due", {"type": _day, "required": True, "help": _("échéance AAAA-MM-JJ")})
_QUESTIONNAIRE = ("questionnaire", {"type": int, "help": _("numéro du questionnaire")})
_Argument = tuple[str, dict[str, Any]]


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie assessment …`."""
    parser = subcommands.add_parser("assessment", help=_("États, questionnaires, campagnes"))
    verbs = parser.add_subparsers(dest="verb", required=True)

    def add(verb: str, words: str, run: Any, *arguments: _Argument) -> None:
        one = verbs.add_parser(verb, help=words, description=words)
        for name, options in arguments:
            one.add_argument(name, **options)
        one.add_argument("--json", action="store_true")
        one.set_defaults(run=run)

    add(
        "show",
        _("États d'une organisation, ligne par ligne (sort en 1 si un manque)"),
        show_command,
        _CODE,
        ("--framework", {"help": _("référence du référentiel")}),
    )
    add(
        "recompute",
        _("Calculer les états maintenant"),
        recompute_command,
        ("code", {"nargs": "?", "help": _("une organisation et son groupe ; toutes par défaut")}),
    )
    add(
        "history",
        _("Reconstituer l'historique des mois passés"),
        history_command,
        ("--since", {"type": _month, "required": True, "help": _("premier mois AAAA-MM")}),
    )
    add(
        "filing",
        _("Dates de dépôt d'un candidat"),
        filing_command,
        _CODE,
        ("domain", {"help": _("code du domaine, d2")}),
        ("--applied", {"type": _day, "help": _("candidature AAAA-MM-JJ")}),
        ("--attained", {"type": _day, "help": _("atteinte AAAA-MM-JJ")}),
    )
    add(
        "ask",
        _("Assigner un questionnaire"),
        ask_command,
        _CODE,
        _FRAMEWORK,
        ("--due", {"type": _day, "help": _("échéance AAAA-MM-JJ")}),
    )
    add(
        "campaign",
        _("Lancer une campagne"),
        campaign_command,
        _CODE,
        _FRAMEWORK,
        _DUE,
        ("--name", {"required": True, "help": _("nom de la campagne")}),
        (
            "--kind",
            {
                "choices": ["ght", "ej", "et"],
                "default": "ej",
                "help": _("niveau des structures interrogées"),
            },
        ),
    )
    add(
        "export",
        _("Écrire un questionnaire en classeur"),
        export_command,
        _QUESTIONNAIRE,
        ("file", {"help": _("fichier .xlsx à écrire")}),
    )
    add(
        "answers",
        _("Importer un classeur de réponses"),
        answers_command,
        ("file", {"help": _("classeur rempli")}),
        ("--questionnaire", {"type": int, "required": True, "help": _("numéro du questionnaire")}),
        (
            "--on-conflict",
            {
                "choices": ["keep", "replace"],
                "default": "keep",
                "help": _("réponse changée en ligne depuis l'export"),
            },
        ),
        ("--dry-run", {"action": "store_true", "help": _("dire sans écrire")}),
    )
    for verb, words in (
        ("submit", _("Soumettre un questionnaire")),
        ("close", _("Clore un questionnaire relu")),
    ):
        add(verb, words, step_command, _QUESTIONNAIRE)
    add("send-back", _("Demander des corrections"), step_command, _QUESTIONNAIRE,
        ("--note", {"required": True, "help": _("ce qu'il faut corriger")}))  # fmt: skip
