"""Command line: are the stored files still those received?"""

import argparse
import json

from django.utils.translation import gettext as _

from hygie.foundation.documents.selectors import documents_count, documents_damaged
from hygie.foundation.documents.services import documents_sweep


def documents_verify_command(arguments: argparse.Namespace) -> int:
    """Exit 0 when every file is intact, 1 when one is gone or changed."""
    damaged = list(documents_damaged())
    if arguments.json:
        found = [
            {"id": one.document.pk, "name": one.document.name, "sha256": one.document.sha256,
             "missing": one.is_missing}
            for one in damaged
        ]  # fmt: skip
        print(json.dumps({"documents": documents_count(), "damaged": found}, ensure_ascii=False))
        return 1 if damaged else 0
    for one in damaged:
        words = _("absent du disque") if one.is_missing else _("contenu modifié")
        print(f"{one.document.pk}  {one.document.name} : {words}")
    print(
        _("%(total)s fichiers vérifiés, %(damaged)s abîmés.")
        % {"total": documents_count(), "damaged": len(damaged)}
    )
    return 1 if damaged else 0


def documents_sweep_command(arguments: argparse.Namespace) -> int:
    """Remove bytes that no document owns any more."""
    removed = documents_sweep()
    if arguments.json:
        print(json.dumps({"removed": removed}))
    else:
        print(_("%(count)s fichiers retirés du disque.") % {"count": removed})
    return 0


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie documents verify` and `hygie documents sweep`."""
    documents = subcommands.add_parser("documents", help=_("Fichiers déposés"))
    verbs = documents.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser(
        "verify",
        help=_("Recalculer l'empreinte de chaque fichier"),
        description=_("Relit chaque fichier ; sort en 1 si l'un a changé ou disparu."),
    )
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=documents_verify_command)
    sweep = verbs.add_parser("sweep", help=_("Retirer du disque les fichiers sans fiche"))
    sweep.add_argument("--json", action="store_true")
    sweep.set_defaults(run=documents_sweep_command)
