"""The command line: one word a capability, calling the same services as the pages.

Exit codes: 0 done, 1 a finding or a negative answer, 2 wrong usage or setting, 3 refused input,
4 not found or not allowed, 5 internal error or impossible set-up, 130 interrupted.
"""

import argparse
import contextlib
import gettext as standard_gettext
import importlib
import importlib.util
import json
import logging
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from enum import IntEnum
from importlib import metadata

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from hygie.foundation.environment import EnvironmentRefused
from hygie.foundation.errors import Refusal
from hygie.foundation.hardships import SENTENCES, hardship_of
from hygie.shell.setup.catalogues import catalogues_compile
from hygie.shell.setup.checkout import PACKAGE, default_home
from hygie.shell.setup.first_start import Schema, database_prepare, home_prepare, schema_state
from hygie.shell.setup.speech import SetupRefused, language, said

# Module → the words it adds. Each has `register(subcommands)`, and sets `run` (arguments → exit
# code) on what it adds. The words let one command start without importing all the others.
COMMANDS = {
    "hygie.shell.commands": ("serve", "worker", "test"),
    "hygie.shell.demo.commands": ("demo", "demo-data"),
    "hygie.shell.setup.commands": ("setup", "migrate", "check", "translations", "manage"),
    "hygie.shell.backup.commands": ("backup", "restore", "restore-replay"),
    "hygie.foundation.journal.commands": ("journal",),
    "hygie.foundation.documents.commands": ("documents",),
    "hygie.territory.organisations.commands": ("territory",),
    "hygie.territory.people.commands": ("user",),
    "hygie.territory.estate.commands": ("estate",),
    "hygie.programme.commands": ("programme",),
    "hygie.progress.commands": ("progress",),
    "hygie.governance.assessment.commands": ("assessment",),
    "hygie.governance.exercises.commands": ("exercises",),
    "hygie.operations.directory.commands": ("directory",),
    "hygie.operations.impact.commands": ("impact",),
}
# They touch no instance: whatever the settings write at start goes to a folder thrown away.
STATELESS = frozenset({"test", "setup", "translations", "-h", "--help", "--version"})
# Of a capability's words, the ones that read files and answer.
STATELESS_PAIRS = frozenset({("directory", "audit")})

log = logging.getLogger(__name__)


class Exit(IntEnum):
    """What the shell learns of the outcome."""

    OK = 0
    NEGATIVE = 1
    USAGE = 2
    REFUSED = 3
    NOT_FOUND = 4
    INTERNAL = 5
    INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    # What argparse itself says is translated by the standard library, which reads this one.
    os.environ["LANGUAGE"] = language()
    try:
        with contextlib.ExitStack() as stack:
            _environment_complete(words, stack)
            catalogues_compile()
            standard_gettext.bindtextdomain("argparse", str(PACKAGE / "locale"))
            standard_gettext.textdomain("argparse")
            django.setup()
            if not _is_stateless(words):
                home_prepare()
            stack.enter_context(translation.override(language()))
            code = _run(words)
            sys.stdout.flush()
            return code
    except SetupRefused as error:
        return _fail(Exit.INTERNAL, str(error))
    except (EnvironmentRefused, ImproperlyConfigured) as error:
        return _fail(Exit.USAGE, str(error))
    except BrokenPipeError:
        # The reader has seen enough; Python would complain once more when closing the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except OSError as error:
        return _fail(Exit.INTERNAL, _in_words(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def parser_build(word: str = "") -> argparse.ArgumentParser:
    """The command line, in the active language.

    Args:
        word: the command about to run; any other text gives them all.
    """
    parser = argparse.ArgumentParser(
        prog="hygie",
        description=_("Hygie : mesurer, prouver, planifier et répéter la cyber-résilience."),
        epilog=_(
            "Codes de sortie : 0 fait, 1 constat ou réponse négative, 2 mauvais usage, 3 entrée "
            "refusée, 4 introuvable ou interdit, 5 erreur interne."
        ),
        allow_abbrev=False,
    )
    version = metadata.version("hygie")
    parser.add_argument(
        "--version", action="version", version=f"hygie {version}", help=_("Afficher la version")
    )
    subcommands = parser.add_subparsers(dest="command", metavar=_("COMMANDE"), required=True)
    only = [name for name, words in COMMANDS.items() if word in words]
    for name in only or COMMANDS:
        if _is_written(name):
            importlib.import_module(name).register(subcommands)
    return parser


def _is_written(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _is_stateless(words: Sequence[str]) -> bool:
    return words[0] in STATELESS or tuple(words[:2]) in STATELESS_PAIRS


def _environment_complete(words: Sequence[str], stack: contextlib.ExitStack) -> None:
    """Fill in what the settings need and the operator left out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hygie.shell.settings")
    if _is_stateless(words):
        nowhere = tempfile.TemporaryDirectory(prefix="hygie-")
        os.environ["HYGIE_HOME"] = stack.enter_context(nowhere)
        return
    home = default_home()
    if words[0] == "demo":
        os.environ["HYGIE_PROFILE"] = "demo"
        home = home / "demo"
    os.environ.setdefault("HYGIE_HOME", str(home))


def _run(words: list[str]) -> int:
    parser = parser_build(words[0])
    arguments, rest = parser.parse_known_args(words)
    if rest and not getattr(arguments, "takes_rest", False):
        parser.error(_("arguments inconnus : %(words)s") % {"words": " ".join(rest)})
    arguments.rest = rest
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except Refusal as refusal:
        return _refuse(refusal, as_json=getattr(arguments, "json", False))
    except (SetupRefused, EnvironmentRefused, ImproperlyConfigured):
        raise
    except (OSError, DatabaseError, sqlite3.Error) as error:
        log.debug("command failed", exc_info=True)
        if isinstance(error, DatabaseError) and _tables_laid():
            return _run(words)
        return _machine(error)
    except Exception:
        log.exception("command failed: %s", arguments.command)
        return _fail(Exit.INTERNAL, _("erreur interne, détail ci-dessus"))


def _tables_laid() -> bool:
    """Make the tables of a database that has never had any: the first command may be an import."""
    try:
        if schema_state() is not Schema.EMPTY:
            return False
        database_prepare()
    except DatabaseError:
        return False
    words = _("première utilisation, tables créées")
    sys.stderr.write(f"hygie: {words}\n")
    return True


def _machine(error: Exception) -> int:
    """What the machine refused: in words when they are known, else in its own.

    Raises:
        OSError: told by the caller, with its path.
    """
    hardship = hardship_of(error)
    # A path says more than a general sentence, but for a full disk, where no path is to blame.
    if isinstance(error, OSError) and not (hardship and error.filename is None):
        raise error
    if hardship is None:
        sentence = _("base de données : %(reason)s (hygie check en dit plus)") % {"reason": error}
    else:
        sentence = str(SENTENCES[hardship])
    return _fail(Exit.INTERNAL, sentence)


def _refuse(refusal: Refusal, *, as_json: bool) -> int:
    """A refusal in words, or as an object for a program."""
    if as_json:
        answer = {"error": refusal.code, "message": str(refusal), "params": refusal.params}
        print(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        _fail(Exit.REFUSED, str(refusal))
    return Exit.NOT_FOUND if refusal.status in {403, 404} else Exit.REFUSED


def _in_words(error: OSError) -> str:
    sentence = f"{error.filename or ''} {error.strerror or error}".strip()
    home = os.environ.get("HYGIE_HOME", "")
    if isinstance(error, PermissionError) and home and str(error.filename).startswith(home):
        sentence += said(
            " : ce compte ne peut pas y écrire, donnez un autre dossier par HYGIE_HOME",
            ": this account cannot write there, give another folder by HYGIE_HOME",
        )
    return sentence


def _fail(code: Exit, sentence: str) -> int:
    sys.stderr.write(f"hygie: {sentence or said('erreur', 'error')}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
