"""Command line: load the referential, import a library, show a requirement."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from hygie.connectors.messages import Message, Severity
from hygie.foundation.imports.messages import message_line, message_sentence
from hygie.foundation.imports.models import Import, ImportState
from hygie.foundation.imports.selectors import messages_of
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.tables import counts_words
from hygie.foundation.imports.types import Note, Plan
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch
from hygie.programme.errors import LibraryAbsent
from hygie.programme.imports import LibraryImport
from hygie.programme.models import Requirement
from hygie.programme.selectors import requirement_by_ref
from hygie.programme.services.referential import referential_load
from hygie.programme.services.rows import LoadReport
from hygie.programme.words import kind_words, localized, said_in
from hygie.territory.perimeter import operator_perimeter

_SHOWN_MESSAGES = 50


def load_command(arguments: argparse.Namespace) -> int:
    """Load the package's referential, or say what it would change."""
    report = referential_load(perimeter=operator_perimeter(), dry_run=arguments.dry_run)
    if arguments.json:
        print(json.dumps(report_as_data(report), ensure_ascii=False, default=str))
    else:
        print(report_sentence(report, is_dry_run=arguments.dry_run))
        for kind, key, differs in report.kept:
            print(_("  gardé comme ici : %(kind)s %(key)s (%(fields)s)")
                  % {"kind": kind_words(kind), "key": key,
                     "fields": ", ".join(differs)})  # fmt: skip
    return 0


def report_sentence(report: LoadReport, *, is_dry_run: bool) -> str:
    """What was, or would be, done."""
    start = _("Le chargement ferait") if is_dry_run else _("Référentiel chargé")
    return _(
        "%(start)s : %(added)d ajouts, %(changed)d changements, %(kept)d gardés comme ici, "
        "%(retired)d retraits, %(same)d inchangés."
    ) % {
        "start": start,
        "added": len(report.added),
        "changed": len(report.changed),
        "kept": len(report.kept),
        "retired": len(report.retired),
        "same": report.unchanged,
    }


def report_as_data(report: LoadReport) -> dict[str, object]:
    """The report for a program."""
    return {
        "added": report.added,
        "changed": [(kind, key, sorted(differs)) for kind, key, differs in report.changed],
        "kept": [(kind, key, sorted(differs)) for kind, key, differs in report.kept],
        "retired": report.retired,
        "unchanged": report.unchanged,
    }


def import_command(arguments: argparse.Namespace) -> int:
    """Import a framework library, or say what it would change; 0 done, 3 refused."""
    path = Path(arguments.file)
    if not path.is_file():
        raise LibraryAbsent(file=str(path))
    found = import_run_now(
        perimeter=operator_perimeter(),
        kind=LibraryImport.kind,
        path=path,
        options={"accepts_older": arguments.accept_older},
        watch=SilentWatch() if arguments.json else TerminalWatch(),
        dry_run=arguments.dry_run,
    )
    if isinstance(found, Plan):
        is_refused, said = found.is_refused, list(found.messages)
    else:
        is_refused = found.state == ImportState.REFUSED
        said = [
            Note(Severity(one.severity), one.code, one.params, one.row, one.field)
            for one in messages_of(found)
        ]
    if arguments.json:
        print(json.dumps(_import_as_data(found, said, is_refused), ensure_ascii=False, default=str))
    else:
        _import_tell(found, said, is_refused=is_refused, is_dry_run=arguments.dry_run)
    return 3 if is_refused else 0


def _import_as_data(
    found: Plan | Import, said: Sequence[Message | Note], is_refused: bool
) -> dict[str, object]:
    kind = LibraryImport()
    return {
        "understood": dict(found.understood),
        "counts": dict(found.counts),
        "refused": is_refused,
        "messages": [
            {"severity": one.severity.value, "code": str(one.code), "row": one.row,
             "field": one.field, "text": str(message_sentence(kind, one.code, one.params))}
            for one in said
        ],
    }  # fmt: skip


def _import_tell(
    found: Plan | Import, said: Sequence[Message | Note], *, is_refused: bool, is_dry_run: bool
) -> None:
    for framework in found.understood.get("frameworks", []):
        print(_("%(ref_id)s : %(nodes)d nœuds, %(assessable)d évaluables") % framework)
    for one in said[:_SHOWN_MESSAGES]:
        print(message_line(LibraryImport(), one))
    if len(said) > _SHOWN_MESSAGES:
        print(_("… et %(n)s autres messages.") % {"n": len(said) - _SHOWN_MESSAGES})
    words = _("Fichier refusé.") if is_refused else f"{counts_words(found.counts)}."
    print(f"{words} {_('Rien n’a été écrit.')}" if is_refused or is_dry_run else words)


def show_command(arguments: argparse.Namespace) -> int:
    """One requirement in words."""
    row = requirement_by_ref(arguments.ref_id)
    if arguments.json:
        print(json.dumps(_requirement_as_data(row), ensure_ascii=False))
        return 0
    print(
        f"{row.ref_id} · {localized(row, 'name')} ({row.framework.ref_id} v{row.framework.version})"
    )
    print(localized(row, "description"))
    if row.explains:
        print(_("Règle : %(text)s") % {"text": said_in(row.explains)})
    return 0


def _requirement_as_data(row: Requirement) -> dict[str, object]:
    return {
        "urn": row.urn,
        "ref_id": row.ref_id,
        "framework": row.framework.ref_id,
        "version": row.framework.version,
        "name": localized(row, "name"),
        "description": localized(row, "description"),
        "rule": row.rule,
        "documents": row.documents,
        "status": row.status,
        "source": row.source,
    }


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie programme load|import|show`."""
    programme = subcommands.add_parser("programme", help=_("Référentiel du programme"))
    verbs = programme.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser("load", help=_("Charger le référentiel CaRE livré avec Hygie"))
    load.add_argument("--dry-run", action="store_true", help=_("dire sans écrire"))
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=load_command)
    library = verbs.add_parser("import", help=_("Importer une bibliothèque de référentiels"))
    library.add_argument("file", help=_("fichier YAML ou Excel"))
    library.add_argument("--dry-run", action="store_true", help=_("dire sans écrire"))
    library.add_argument("--accept-older", action="store_true",
                         help=_("accepter une version plus ancienne"))  # fmt: skip
    library.add_argument("--json", action="store_true")
    library.set_defaults(run=import_command)
    show = verbs.add_parser("show", help=_("Montrer une exigence"))
    show.add_argument("ref_id", help=_("par exemple D2.O1.C"))
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=show_command)
