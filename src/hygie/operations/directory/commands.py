"""Command line: audit exports without server or database, or into an instance."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from hygie.engines.directory.audit import AuditSettings
from hygie.foundation.errors import Refusal
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch, Watch
from hygie.operations.directory.catalogue import point_title
from hygie.operations.directory.choices import ForestPurpose, PointChoice
from hygie.operations.directory.computing import Computed, computed, exports_read
from hygie.operations.directory.errors import NothingToAudit
from hygie.operations.directory.models import DirectoryAudit
from hygie.operations.directory.paper import answer_paper, paper_data
from hygie.operations.directory.report import audit_as_data, computed_as_data
from hygie.operations.directory.selectors.running import audit_to_run
from hygie.operations.directory.services.audits import audit_create, exports_receive
from hygie.operations.directory.services.record import audit_compute, audit_record
from hygie.operations.directory.words import level_sentence
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.perimeter import operator_perimeter

_DONE, _BELOW = 0, 1


def audit_command(arguments: argparse.Namespace) -> int:
    """Audit exports of one forest; exit 1 below the level asked for."""
    watch = _watch(arguments)
    files = [(_file(name), Path(name).name) for name in arguments.exports]
    reading = exports_read(files, watch)
    now = int(timezone.now().timestamp())
    settings = AuditSettings(is_whole_forest=not arguments.collected_only)
    found = computed(reading, settings, now, watch)
    if isinstance(watch, TerminalWatch):
        watch.close()
    _give(arguments, computed_as_data(found))
    return _verdict(arguments, found.result.level.at_worst)


def record_command(arguments: argparse.Namespace) -> int:
    """Audit exports into this instance, for an organisation."""
    perimeter = operator_perimeter()
    place = organisation_by_code(perimeter, arguments.at)
    watch = _watch(arguments)
    row = _recorded(perimeter, place.pk, arguments, watch)
    if isinstance(watch, TerminalWatch):
        watch.close()
    _give(arguments, audit_as_data(row))
    return _verdict(arguments, row.level_at_worst or 0)


def _recorded(
    perimeter: Any, place_id: int, arguments: argparse.Namespace, watch: Watch
) -> DirectoryAudit:
    streams = [(_file(name).open("rb"), Path(name).name) for name in arguments.exports]
    try:
        documents = exports_receive(perimeter=perimeter, organisation_id=place_id, files=streams)
    finally:
        for stream, _name in streams:
            stream.close()
    row = audit_create(
        perimeter=perimeter, organisation_id=place_id, documents=documents,
        purpose=arguments.purpose, is_collected_only=arguments.collected_only,
    )  # fmt: skip
    row = audit_to_run(row.pk)
    try:
        found: Computed = audit_compute(audit=row, watch=watch)
    except Refusal:
        row.delete()
        raise
    return audit_record(perimeter=perimeter, audit=row, computed=found)


def _give(arguments: argparse.Namespace, data: dict[str, Any]) -> None:
    """The answer in the form asked for, on the screen or in a file."""
    if arguments.pdf:
        Path(arguments.pdf).write_bytes(answer_paper(data))
    if arguments.html:
        page = render_to_string("directory/report.html", {"data": paper_data(data, "")})
        Path(arguments.html).write_text(page, encoding="utf-8")
    if arguments.json:
        print(json.dumps(data, ensure_ascii=False, default=str))
    elif not (arguments.pdf or arguments.html):
        _say(data)


def _say(data: dict[str, Any]) -> None:
    level, exposure = data["level"], data["exposure"]
    print(data["forest"] or _("forêt sans nom"))
    print(
        level_sentence(
            level["at_best"], level["at_worst"], len(level["holding"]), len(level["undecided"])
        )
    )
    if exposure:
        print(
            _("%(exposed)s comptes exposés sur %(users)s, %(hosts)s machines non examinées.")
            % {"exposed": exposure["exposed_users"], "users": exposure["users"],
               "hosts": exposure["unknown_hosts"]}
        )  # fmt: skip
    for one in data["points"]:
        if one["state"] in {PointChoice.FAILED, PointChoice.PARTIAL, PointChoice.CANNOT_TELL}:
            levels = one["failed_levels"] or one["undecided_levels"]
            shown = ",".join(str(value) for value in levels)
            words = PointChoice(one["state"]).label
            print(f"  [{words}] {shown}  {point_title(one['point'])} ({one['objects_count']})")
    for place, step in enumerate(data["steps"], start=1):
        print(f"  {place}. {step['sentence']} → {step['exposed_users']}")


def _verdict(arguments: argparse.Namespace, proven: int) -> int:
    return _BELOW if arguments.below and proven < arguments.below else _DONE


def _file(name: str) -> Path:
    path = Path(name)
    if not path.exists():
        raise NothingToAudit
    return path


def _watch(arguments: argparse.Namespace) -> Watch:
    return SilentWatch() if arguments.json or not sys.stderr.isatty() else TerminalWatch()


def register(subcommands: Any) -> None:
    """Add `hygie directory …`."""
    directory = subcommands.add_parser("directory", help=_("Annuaires : audits"))
    words = directory.add_subparsers(dest="word", metavar=_("ACTION"), required=True)
    audit = words.add_parser(
        "audit",
        help=_("Auditer des exports, sans serveur ni base"),
        description=_(
            "Lit les exports d'une forêt (SharpHound, RustHound, ORADAD en clair, PingCastle, "
            "niveau ADS) et répond. Rien n'est gardé. Sort en 1 sous le niveau demandé."
        ),
    )
    record = words.add_parser("record", help=_("Auditer des exports et garder la réponse ici"))
    record.add_argument("--at", required=True, metavar="CODE", help=_("Structure : FINESS ou GHT"))
    record.add_argument(
        "--purpose", choices=ForestPurpose.values, default=ForestPurpose.PRODUCTION,
        help=_("Ce que sert cette forêt"),
    )  # fmt: skip
    for parser, run in ((audit, audit_command), (record, record_command)):
        parser.add_argument("exports", nargs="+", metavar="EXPORT", help=_("Fichier ou dossier"))
        parser.add_argument(
            "--collected-only", action="store_true",
            help=_("Ne juger que les domaines de ces exports"),
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help=_("Réponse en JSON"))
        parser.add_argument("--html", metavar=_("FICHIER"), help=_("Rapport en une page HTML"))
        parser.add_argument("--pdf", metavar=_("FICHIER"), help=_("Rapport en PDF"))
        parser.add_argument(
            "--below", type=int, choices=range(1, 6), metavar=_("NIVEAU"),
            help=_("Sortir en 1 si le niveau prouvé est plus bas"),
        )  # fmt: skip
        parser.set_defaults(run=run)
