"""Command line: prepare this copy, bring tables up to date, check the instance."""

import argparse
import json
import sys

from django.core.management import execute_from_command_line
from django.utils.translation import gettext as _

from hygie.shell.setup.catalogues import catalogues_compile
from hygie.shell.setup.first_start import database_prepare
from hygie.shell.setup.frontend import frontend_prepare
from hygie.shell.setup.health import findings
from hygie.shell.setup.messages import catalogue_read, catalogue_update, wanting


def setup_command(arguments: argparse.Namespace) -> int:
    """Fetch the pages' libraries and compile the translations; touch no instance."""
    frontend_prepare(with_tests=arguments.tests)
    catalogues_compile()
    print(_("Cette copie est prête."))
    return 0


def migrate_command(arguments: argparse.Namespace) -> int:
    """Bring every table up to the code."""
    database_prepare(verbosity=0 if arguments.quiet else 1)
    return 0


def check_command(arguments: argparse.Namespace) -> int:
    """Exit 0 when nothing is to be done, 1 otherwise."""
    found = list(findings())
    if arguments.json:
        rows = [{"code": f.code, "ok": f.is_good, "message": f.sentence} for f in found]
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for finding in found:
            print(f"{_('bon') if finding.is_good else _('à voir')}  {finding.sentence}")
    return 0 if all(finding.is_good for finding in found) else 1


def translations_command(arguments: argparse.Namespace) -> int:
    """Exit 1 while a sentence lacks its English."""
    if arguments.update:
        catalogue_update()
    found = wanting(catalogue_read())
    for sentence in found:
        text = sentence.text if isinstance(sentence.text, str) else sentence.text[0]
        print(f"{sentence.place[0]}:{sentence.place[1]}: {text}")
    counted = _("%(count)s phrases sans leur anglais") % {"count": len(found)}
    print(counted if found else _("Chaque phrase a son anglais."), file=sys.stderr)
    return 1 if found else 0


def manage_command(arguments: argparse.Namespace) -> int:
    """Pass the words on to Django's own command line."""
    execute_from_command_line(["hygie manage", *arguments.rest])
    return 0


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `setup`, `migrate`, `check`, `translations` and `manage`."""
    setup = subcommands.add_parser(
        "setup",
        help=_("Préparer cette copie des sources"),
        description=_("Installe les bibliothèques des pages et compile les traductions."),
    )
    setup.add_argument("--tests", action="store_true", help=_("avec ce que demandent les tests"))
    setup.set_defaults(run=setup_command)

    migrate = subcommands.add_parser(
        "migrate",
        help=_("Mettre les tables à jour"),
        description=_("À lancer après une mise à jour, la sauvegarde faite."),
    )
    migrate.add_argument("--quiet", action="store_true", help=_("ne rien dire de ce qui est fait"))
    migrate.set_defaults(run=migrate_command)

    check = subcommands.add_parser(
        "check",
        help=_("Vérifier l'instance"),
        description=_("Réglages, tables, dossiers, bibliothèques ; sort en 1 s'il y a à faire."),
    )
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=check_command)

    translations = subcommands.add_parser(
        "translations",
        help=_("Chercher les phrases sans leur anglais"),
        description=_("Pour qui développe : sort en 1 tant qu'une phrase manque ou est douteuse."),
    )
    translations.add_argument(
        "--update", action="store_true", help=_("ajouter au catalogue les phrases nouvelles")
    )
    translations.set_defaults(run=translations_command)

    manage = subcommands.add_parser(
        "manage",
        help=_("Commandes de Django"),
        description=_("Passe la suite à Django : hygie manage shell, hygie manage help…"),
        add_help=False,
        allow_abbrev=False,
    )
    manage.set_defaults(run=manage_command, takes_rest=True)
