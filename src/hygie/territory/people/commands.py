"""Command line: let someone in, list who is, set a password, close an account."""

import argparse
import getpass
import json
import sys
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hygie.foundation.errors import NotFound
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.people.choices import Role
from hygie.territory.people.errors import PasswordRefused
from hygie.territory.people.models import User
from hygie.territory.people.selectors import account_by_email, account_get, people_in
from hygie.territory.people.services.accounts import (
    account_create,
    account_deactivate,
    account_invite,
    account_reactivate,
)
from hygie.territory.people.services.links import password_set
from hygie.territory.people.services.renewals import link_renew
from hygie.territory.people.services.roles import role_assign
from hygie.territory.perimeter import Perimeter, operator_perimeter


def _say(arguments: argparse.Namespace, answer: dict[str, Any], words: str) -> int:
    print(json.dumps(answer, ensure_ascii=False) if arguments.json else words)
    return 0


def _address(token: str) -> str:
    return urljoin(settings.PUBLIC_URL, reverse("signin_access", args=[token]))


def _password_read(arguments: argparse.Namespace) -> str:
    """Typed twice without echo, or one line of the standard input for scripts."""
    if arguments.stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass(_("Mot de passe : "))
    if first != getpass.getpass(_("Encore une fois : ")):
        raise PasswordRefused(reasons=_("les deux saisies diffèrent."))
    return first


def user_add(arguments: argparse.Namespace) -> int:
    """Give a role, opening the account if need be; print the link to hand over."""
    perimeter = operator_perimeter()
    organisation = organisation_by_code(perimeter, arguments.at)
    role = Role(arguments.role)
    if arguments.stdin:
        person, link = _add_with_password(arguments, perimeter, role, organisation), ""
    else:
        invited = account_invite(
            perimeter=perimeter,
            email=arguments.email,
            role=role,
            organisation=organisation,
            first_name=arguments.first_name,
            last_name=arguments.last_name,
        )
        person, link = invited.person, _address(invited.token) if invited.token else ""
    answer = {
        "email": person.email,
        "role": role.value,
        "at": organisation.code,
        "organisation": organisation.name,
        "link": link,
    }
    words = _("%(email)s : %(role)s sur %(organisation)s.") % {**answer, "role": role.label}
    return _say(arguments, answer, f"{words}\n{link}" if link else words)


def _add_with_password(
    arguments: argparse.Namespace, perimeter: Perimeter, role: Role, organisation: Organisation
) -> User:
    """Account, password and role together, or nothing."""
    with transaction.atomic():
        person = account_by_email(arguments.email) or account_create(
            perimeter=perimeter,
            email=arguments.email,
            first_name=arguments.first_name,
            last_name=arguments.last_name,
        )
        password_set(perimeter=perimeter, person=person, password=_password_read(arguments))
        role_assign(perimeter=perimeter, person=person, role=role, organisation=organisation)
    return person


def user_password(arguments: argparse.Namespace) -> int:
    """Set a password, or print a link that lets its owner choose one."""
    perimeter = operator_perimeter()
    person = account_get(perimeter, arguments.email)
    if arguments.link:
        _link, token = link_renew(perimeter=perimeter, person=person)
        url = _address(token)
        return _say(arguments, {"email": person.email, "link": url}, url)
    password_set(perimeter=perimeter, person=person, password=_password_read(arguments))
    words = _("Le mot de passe de %(email)s est changé.") % {"email": person.email}
    return _say(arguments, {"email": person.email, "changed": True}, words)


def user_list(arguments: argparse.Namespace) -> int:
    """Everyone who holds a role today."""
    rows = [
        {
            "email": held.user.email,
            "name": held.user.get_full_name(),
            "role": held.role,
            "at": held.organisation.code,
            "organisation": held.organisation.name,
            "is_active": held.user.is_active,
        }
        for held in people_in(operator_perimeter())
    ]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    for row in [] if arguments.json else rows:
        print("{email}\t{role}\t{at}\t{organisation}".format(**row))
    return 0


def user_close(arguments: argparse.Namespace) -> int:
    """Close an account, or open it again."""
    perimeter = operator_perimeter()
    person = account_by_email(arguments.email)
    if person is None:
        raise NotFound
    act = account_reactivate if arguments.again else account_deactivate
    act(perimeter=perimeter, person=person)
    state = _("ouvert") if arguments.again else _("fermé")
    words = _("Le compte %(email)s est %(state)s.") % {"email": person.email, "state": state}
    return _say(arguments, {"email": person.email, "is_active": arguments.again}, words)


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie user add|password|list|close`."""
    user = subcommands.add_parser("user", help=_("Comptes et rôles"))
    verbs = user.add_subparsers(dest="verb", required=True)
    add = _verb(verbs, "add", user_add, _("Donner un rôle, en ouvrant le compte au besoin"))
    add.add_argument("email")
    add.add_argument("--role", required=True, choices=Role.values, help=_("rôle"))
    add.add_argument("--at", required=True, metavar="CODE", help=_("FINESS, GHT, région ou FR"))
    add.add_argument("--first-name", default="", help=_("prénom"))
    add.add_argument("--last-name", default="", help=_("nom"))
    add.add_argument("--stdin", action="store_true", help=_("lire le mot de passe sur l'entrée"))
    password = _verb(verbs, "password", user_password, _("Changer un mot de passe"))
    password.add_argument("email")
    password.add_argument(
        "--stdin", action="store_true", help=_("lire le mot de passe sur l'entrée")
    )
    password.add_argument("--link", action="store_true", help=_("donner un lien à remettre"))
    _verb(verbs, "list", user_list, _("Lister les rôles tenus"))
    close = _verb(verbs, "close", user_close, _("Désactiver un compte"))
    close.add_argument("email")
    close.add_argument("--again", action="store_true", help=_("le rouvrir"))


def _verb(verbs: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words)
    parser.add_argument("--json", action="store_true", help=_("réponse en JSON"))
    parser.set_defaults(run=run)
    return parser
