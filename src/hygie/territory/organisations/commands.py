"""Command line: bring the territory in, take it out, look at one structure."""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hygie.foundation.imports.kinds import kind_get, options_form
from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.terminal import import_tell
from hygie.foundation.imports.types import ImportKind
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch, Watch
from hygie.territory.organisations.choices import OrganisationKind
from hygie.territory.organisations.errors import FileAbsent
from hygie.territory.organisations.exports import territory_export_open
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.recognise import territory_kind_of
from hygie.territory.organisations.selectors import organisation_by_code, organisation_get_in
from hygie.territory.organisations.selectors.groups import figures_of, members_of, sites_of
from hygie.territory.organisations.services.lay import territory_lay
from hygie.territory.perimeter import operator_perimeter

_KINDS = ("finess", "ght", "activity")


def territory_import_command(arguments: argparse.Namespace) -> int:
    """Bring a file in; 0 applied (or, dry, understood), 3 refused."""
    path = Path(arguments.file)
    if not path.is_file():
        raise FileAbsent(file=str(path))
    name = f"territory.{arguments.kind}" if arguments.kind else territory_kind_of(path)
    watch: Watch = SilentWatch() if arguments.json else TerminalWatch()
    options = {"complete": arguments.complete, "follow": _follows(arguments, kind_get(name))}
    perimeter = operator_perimeter()
    outcome = (
        import_run_now(
            perimeter=perimeter, kind=name, path=path, options=options, watch=watch, dry_run=True
        )
        if arguments.dry_run
        else import_run_now(perimeter=perimeter, kind=name, path=path, options=options, watch=watch)
    )
    return import_tell(name, outcome, as_json=arguments.json)


def _follows(arguments: argparse.Namespace, kind: ImportKind) -> bool:
    """What was asked, else what the page proposes for this kind."""
    if arguments.follow is not None:
        return bool(arguments.follow)
    form = options_form(kind)
    return bool(form and form.fields["follow"].initial)


def territory_export_command(arguments: argparse.Namespace) -> int:
    """Write the territory in a format that can be imported again."""
    target = Path(arguments.output) if arguments.output else None
    suffix = target.suffix.lstrip(".") if target and target.suffix else "csv"
    stream = territory_export_open(operator_perimeter(), kind=arguments.kind, suffix=suffix)
    with stream:
        if target is None:
            shutil.copyfileobj(stream, sys.stdout.buffer)
            return 0
        with target.open("wb") as written:
            shutil.copyfileobj(stream, written)
    size = target.stat().st_size
    if arguments.json:
        print(json.dumps({"kind": arguments.kind, "file": str(target), "bytes": size}))
    else:
        print(_("%(file)s écrit (%(size)s octets).") % {"file": target, "size": size})
    return 0


def territory_lay_command(arguments: argparse.Namespace) -> int:
    """Create the nation and the regions that are missing."""
    created = territory_lay()
    if arguments.json:
        print(json.dumps({"created": created}))
    elif created:
        print(_("%(n)s lieux créés : la nation et ses régions.") % {"n": created})
    return 0


def territory_show_command(arguments: argparse.Namespace) -> int:
    """Identity, place, members and figures of one structure."""
    perimeter = operator_perimeter()
    found = organisation_by_code(perimeter, arguments.code)
    node = organisation_get_in(perimeter, found.pk)
    answer = {**_identity(node), **_weights(node)}
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False, default=str))
        return 0
    print(f"{node.name} — {node.get_kind_display()} {node.code}")
    for label, place in ((_("Région"), node.region), (_("GHT"), node.ght),
                         (_("Entité juridique"), node.legal_entity)):  # fmt: skip
        if place is not None:
            print(f"  {label} : {place.name} ({place.code})")
    for figure in answer["figures"]:
        print(
            _("  %(year)s : activité %(activity)s, effectif %(headcount)s")
            % {name: "–" if value is None else value for name, value in figure.items()}
        )
    for member in answer["members"]:
        share = "–" if member["share"] is None else f"{member['share'] * 100:.1f} %"
        print(f"  {member['code']}  {member['role'] or '':<10} {share:>8}  {member['name']}")
    return 0


def _identity(node: Organisation) -> dict[str, Any]:
    return {
        "id": node.pk,
        "kind": node.kind,
        "code": node.code,
        "name": node.name,
        "category": node.category_label,
        "town": node.town,
        "region": node.region.code if node.region else None,
        "ght": node.ght.code if node.ght else None,
        "legal_entity": node.legal_entity.code if node.legal_entity else None,
        "is_followed": node.is_followed,
        "opened_on": node.opened_on,
        "closed_on": node.closed_on,
        "source": node.source,
        "seen_on": node.seen_on,
        "figures": [
            {"year": one.year, "activity": one.combined_activity, "headcount": one.headcount}
            for one in figures_of(node)
        ],
    }


def _weights(node: Organisation) -> dict[str, Any]:
    reader = {OrganisationKind.GHT: members_of, OrganisationKind.EJ: sites_of}.get(
        OrganisationKind(node.kind)
    )
    if reader is None:
        return {"year": None, "members": []}
    weights = reader(operator_perimeter(), node)
    return {
        "year": weights.year,
        "members": [
            {"code": one.organisation.code, "name": one.organisation.name, "role": one.role,
             "activity": one.activity, "share": one.share}
            for one in weights.rows
        ],
    }  # fmt: skip


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie territory import | export | show`."""
    territory = subcommands.add_parser("territory", help=_("Structures, GHT et activité"))
    verbs = territory.add_subparsers(dest="verb", metavar=_("ACTION"), required=True)
    _register_import(verbs)
    export = verbs.add_parser(
        "export",
        help=_("Écrire le territoire dans un format réimportable"),
        description=_("Sans --output, écrit le CSV sur la sortie standard."),
    )
    export.add_argument("--kind", choices=_KINDS, default="finess", help=_("ce qui sort"))
    export.add_argument("--output", metavar=_("FICHIER"), help=_("fichier .csv, ou .xlsx"))
    export.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    export.set_defaults(run=territory_export_command)
    lay = verbs.add_parser(
        "lay",
        help=_("Poser la nation et ses régions"),
        description=_("Sans effet sur ce qui existe ; chaque import le fait aussi."),
    )
    lay.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    lay.set_defaults(run=territory_lay_command)
    show = verbs.add_parser("show", help=_("Une structure : identité, place, membres, chiffres"))
    show.add_argument("code", metavar="CODE", help=_("numéro FINESS, code de GHT ou de région"))
    show.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    show.set_defaults(run=territory_show_command)


def _register_import(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    bring = verbs.add_parser(
        "import",
        help=_("Importer une extraction FINESS, une feuille de GHT ou d'activité"),
        description=_("Sort en 3 si le fichier est refusé, et dit pourquoi, ligne par ligne."),
    )
    bring.add_argument("file", metavar=_("FICHIER"))
    bring.add_argument(
        "--kind", choices=_KINDS, help=_("type du fichier ; reconnu par son contenu sinon")
    )
    bring.add_argument(
        "--complete", action="store_true",
        help=_("liste complète : ce qui n'y figure plus est fermé, ou sort du GHT"),
    )  # fmt: skip
    bring.add_argument(
        "--follow", action=argparse.BooleanOptionalAction, default=None,
        help=_("le programme suit ce que le fichier apporte (d'office : GHT et activité)"),
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help=_("montrer sans rien écrire"))
    bring.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    bring.set_defaults(run=territory_import_command)
