"""Command line: is the journal whole?"""

import argparse
import json
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hygie.foundation.journal.selectors import Anchor, Fault, Verification, journal_verify

MESSAGES = {
    Fault.CHANGED: gettext_noop("La ligne %(line)s a été modifiée après avoir été écrite."),
    Fault.MISSING: gettext_noop("La ligne %(line)s manque."),
    Fault.CUT: gettext_noop("Le journal a été coupé après la ligne %(line)s."),
    Fault.RESEALED: gettext_noop(
        "La chaîne est cohérente mais la ligne %(line)s n'est pas scellée par cette instance : "
        "elle a été réécrite à partir de là, ou la base vient d'ailleurs."
    ),
    Fault.FORKED: gettext_noop(
        "La ligne %(line)s n'est pas celle qui avait été notée : le journal a été remplacé."
    ),
}


def sentence(result: Verification) -> str:
    """The verdict in words."""
    if result.fault is None:
        return _("Journal intact : %(count)s lignes vérifiées. À noter ailleurs : %(head)s") % {
            "count": result.lines,
            "head": f"{result.lines}:{result.head}",
        }
    return _(MESSAGES[result.fault]) % {"line": result.sequence}


def journal_verify_command(arguments: argparse.Namespace) -> int:
    """Exit 0 when whole, 1 when a line was touched."""
    result = journal_verify(arguments.noted)
    if arguments.json:
        answer = {
            "intact": result.fault is None,
            "lines": result.lines,
            "fault": result.fault,
            "line": result.sequence,
            "head": f"{result.lines}:{result.head}",
        }
        print(json.dumps(answer))
    else:
        print(sentence(result))
    return 0 if result.fault is None else 1


def anchor(text: str) -> Anchor:
    """`12:ab34…` as a noted head.

    Raises:
        ArgumentTypeError: not of that shape.
    """
    number, _colon, digest = text.partition(":")
    if not number.isdecimal() or not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise argparse.ArgumentTypeError(_("attendu : numéro:empreinte de 64 caractères"))
    return Anchor(int(number), digest)


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie journal verify`."""
    journal = subcommands.add_parser("journal", help=_("Journal des décisions"))
    verbs = journal.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser(
        "verify",
        help=_("Vérifier la chaîne du journal"),
        description=_("Relit chaque ligne ; sort en 1 si l'une a été touchée, et dit laquelle."),
    )
    verify.add_argument("--json", action="store_true")
    verify.add_argument(
        "--noted",
        type=anchor,
        metavar="N:HASH",
        help=_("tête notée lors d'une vérification passée et gardée ailleurs"),
    )
    verify.set_defaults(run=journal_verify_command)
