"""Command line: save the instance, bring it back."""

import argparse
import json
from pathlib import Path

from django.utils.translation import gettext as _

from hygie.shell.backup.manifest import Manifest
from hygie.shell.backup.replay import replay
from hygie.shell.backup.services import REPLAY, backup_restore, backup_write


def backup_command(arguments: argparse.Namespace) -> int:
    """Write the archive and say what it holds."""
    manifest = backup_write(path=arguments.file, replace=arguments.replace)
    _tell(_("Sauvegarde écrite dans %(file)s"), manifest, arguments)
    return 0


def restore_command(arguments: argparse.Namespace) -> int:
    """Put an archive in place."""
    manifest = backup_restore(path=arguments.file, replace=arguments.replace)
    _tell(_("Instance restaurée depuis %(file)s"), manifest, arguments)
    return 0


def replay_command(arguments: argparse.Namespace) -> int:
    """Lay the rows of an extracted archive in the database of the environment."""
    replay(arguments.folder)
    return 0


def _tell(sentence: str, manifest: Manifest, arguments: argparse.Namespace) -> None:
    rows, files = sum(manifest.rows.values()), len(manifest.members)
    if arguments.json:
        answer = {"file": str(arguments.file), "rows": rows, "files": files}
        print(json.dumps({**answer, "written_at": manifest.written_at, "hygie": manifest.hygie}))
        return
    counts = _("%(rows)s lignes, %(files)s fichiers") % {"rows": rows, "files": files}
    print(f"{sentence % {'file': arguments.file}} ({counts}, {manifest.written_at})")


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup` and `restore`."""
    backup = subcommands.add_parser(
        "backup",
        help=_("Sauvegarder l'instance"),
        description=_(
            "Base, documents et secret dans une archive .tar.gz, sans arrêter l'instance. "
            "L'archive contient le secret : gardez-la comme lui."
        ),
    )
    backup.add_argument("file", type=Path, metavar=_("FICHIER"))
    backup.add_argument("--replace", action="store_true", help=_("couvrir une archive existante"))
    backup.add_argument("--json", action="store_true")
    backup.set_defaults(run=backup_command)

    restore = subcommands.add_parser(
        "restore",
        help=_("Restaurer une sauvegarde"),
        description=_(
            "Vérifie l'archive, puis remplace tout ou rien. L'instance doit être arrêtée."
        ),
    )
    restore.add_argument("file", type=Path, metavar=_("FICHIER"))
    restore.add_argument("--replace", action="store_true", help=_("remplacer les données d'ici"))
    restore.add_argument("--json", action="store_true")
    restore.set_defaults(run=restore_command)

    # Without a help text, it is not listed: only `restore` calls it.
    replaying = subcommands.add_parser(REPLAY)
    replaying.add_argument("folder", type=Path)
    replaying.set_defaults(run=replay_command)
