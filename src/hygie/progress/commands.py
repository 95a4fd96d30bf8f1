"""Command line: measurements, proofs and actions."""

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hygie.connectors.messages import FileRefused, Message, Severity
from hygie.foundation.imports.kinds import kind_get
from hygie.foundation.imports.messages import message_line
from hygie.foundation.imports.models import ImportState
from hygie.foundation.imports.selectors import messages_of
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.tables import counts_words
from hygie.foundation.imports.types import ImportKind, Note, Plan
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch, Watch
from hygie.progress.errors import FileAbsent
from hygie.progress.imports.evidence import EvidenceImport
from hygie.progress.selectors.measurements import current_in
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.perimeter import operator_perimeter

_SHOWN_MESSAGES = 50


def _import_command(name: str) -> Any:
    def run(arguments: argparse.Namespace) -> int:
        found = import_run_now(
            perimeter=operator_perimeter(),
            kind=name,
            path=_file(arguments.file),
            watch=_watch(arguments),
            dry_run=arguments.dry_run,
        )
        if isinstance(found, Plan):
            return _tell(arguments, kind_get(name), found.counts, found.messages, found.is_refused)
        said = [
            Note(Severity(one.severity), one.code, one.params, one.row, one.field)
            for one in messages_of(found)
        ]
        is_refused = found.state == ImportState.REFUSED
        return _tell(arguments, kind_get(name), found.counts, said, is_refused)

    return run


def evidence_import_command(arguments: argparse.Namespace) -> int:
    """Bring in a list of proofs with the files that lie in a folder."""
    kind = EvidenceImport(Path(arguments.files) if arguments.files else None)
    perimeter, path, watch = operator_perimeter(), _file(arguments.file), _watch(arguments)
    try:
        plan = kind.read(path, options={}, perimeter=perimeter, watch=watch)
        counts = plan.counts
        if not arguments.dry_run:
            with transaction.atomic():
                counts = kind.apply(
                    path, options={}, perimeter=perimeter, watch=watch, plan_digest=""
                ).counts
    except FileRefused as refused:
        return _tell(arguments, kind, {}, [refused.message], is_refused=True)
    return _tell(arguments, kind, counts, plan.messages, is_refused=False)


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise FileAbsent(file=name)
    return path


def _watch(arguments: argparse.Namespace) -> Watch:
    return SilentWatch() if arguments.json else TerminalWatch()


def _tell(
    arguments: argparse.Namespace,
    kind: ImportKind,
    counts: Mapping[str, int],
    said: Iterable[Message | Note],
    is_refused: bool,
) -> int:
    """The outcome: counts, and each refused row with its reason."""
    lines = [message_line(kind, one) for one in said]
    if arguments.json:
        answer = {"refused": is_refused, "counts": dict(counts), "messages": lines}
        print(json.dumps(answer, ensure_ascii=False))
        return 3 if is_refused else 0
    for line in lines[:_SHOWN_MESSAGES]:
        print(line)
    if len(lines) > _SHOWN_MESSAGES:
        print(_("… et %(n)s autres messages.") % {"n": len(lines) - _SHOWN_MESSAGES})
    print(_("Fichier refusé.") if is_refused else f"{counts_words(dict(counts))}.")
    return 3 if is_refused else 0


def show_command(arguments: argparse.Namespace) -> int:
    """Latest values of one organisation."""
    perimeter = operator_perimeter()
    place = organisation_by_code(perimeter, arguments.code)
    rows = current_in(perimeter).filter(organisation=place).order_by("indicator__code")
    values = [
        {
            "indicator": row.indicator.code,
            "value": row.value,
            "unit": row.indicator.unit,
            "known_as": row.known_as,
            "effective_on": row.effective_on.isoformat(),
            "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        }
        for row in rows
    ]
    if arguments.json:
        print(json.dumps({"organisation": place.code, "values": values}, ensure_ascii=False))
        return 0
    for value in values:
        print("{indicator:<40} {value!s:>10} {unit:<8} {effective_on}".format(**value))
    return 0


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie progress import|actions-import|evidence-import|show`."""
    progress = subcommands.add_parser("progress", help=_("Mesures, preuves et actions"))
    verbs = progress.add_subparsers(dest="verb", required=True)
    for verb, words, run in (
        ("import", _("Importer des mesures"), _import_command("progress.measurements")),
        ("actions-import", _("Importer des actions"), _import_command("progress.actions")),
        ("evidence-import", _("Importer une liste de preuves"), evidence_import_command),
    ):
        parser = verbs.add_parser(verb, help=words)
        parser.add_argument("file", help=_("fichier CSV, Excel ou ODS"))
        parser.add_argument("--dry-run", action="store_true", help=_("dire sans écrire"))
        parser.add_argument("--json", action="store_true")
        if verb == "evidence-import":
            parser.add_argument("--files", help=_("dossier des fichiers nommés par la liste"))
        parser.set_defaults(run=run)
    show = verbs.add_parser("show", help=_("Dernières valeurs d'une organisation"))
    show.add_argument("code", help=_("FINESS, code de GHT ou de région"))
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=show_command)
