"""Command line: bring inventories in, take the map out, look at what it holds."""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hygie.foundation.imports.services import import_run_now
from hygie.foundation.imports.terminal import import_tell
from hygie.foundation.jobs.watch import SilentWatch, TerminalWatch, Watch
from hygie.territory.estate.choices import Identifier, LinkVerb, PairState
from hygie.territory.estate.errors import FileAbsent
from hygie.territory.estate.exports import FORMATS, estate_export
from hygie.territory.estate.imports.options import FILE_WINS, FILL_ONLY, LEAVE, MAKE
from hygie.territory.estate.models import Asset
from hygie.territory.estate.recognise import estate_kind_of
from hygie.territory.estate.report import asset_whole, links_around, pair_as_data
from hygie.territory.estate.rooms import ESTATE_SHEETS
from hygie.territory.estate.selectors.access import links_whole_in, look_alikes_at
from hygie.territory.estate.selectors.identity import asset_named, organisation_named
from hygie.territory.estate.words import duration_words, missing_word
from hygie.territory.perimeter import operator_perimeter
from hygie.territory.sheets.selectors import mapping_named

_KINDS = (
    "sheet", "links", "interfaces", "glpi", "nmap", "cyclonedx", "mercator", "map",
)  # fmt: skip
_WINNERS = {"file": FILE_WINS, "map": FILL_ONLY}


def estate_import_command(arguments: argparse.Namespace) -> int:
    """Bring a file in; 0 applied (or, dry, understood), 3 refused."""
    path = Path(arguments.file)
    if not path.is_file():
        raise FileAbsent(file=str(path))
    perimeter = operator_perimeter()
    place = organisation_named(perimeter, arguments.organisation)
    options: dict[str, Any] = {
        "organisation": place.pk,
        "unknown_names": LEAVE if arguments.leave_unknown else MAKE,
        "on_difference": _WINNERS.get(arguments.winner, ""),
    }
    kind, subject = f"estate.{arguments.kind}", arguments.subject
    if arguments.mapping:
        options["mapping"] = mapping_named(perimeter, ESTATE_SHEETS, place, arguments.mapping).pk
    if not arguments.kind:
        told = arguments.mapping or subject
        kind, subject = ("estate.sheet", subject) if told else estate_kind_of(path)
    options["subject"] = subject
    watch: Watch = SilentWatch() if arguments.json else TerminalWatch()
    outcome = (
        import_run_now(
            perimeter=perimeter, kind=kind, path=path, options=options, watch=watch, dry_run=True
        )
        if arguments.dry_run
        else import_run_now(perimeter=perimeter, kind=kind, path=path, options=options, watch=watch)
    )
    if isinstance(watch, TerminalWatch):
        watch.close()
    return import_tell(kind, outcome, as_json=arguments.json)


def estate_export_command(arguments: argparse.Namespace) -> int:
    """Write the map of an organisation in a format that brings it back equal."""
    perimeter = operator_perimeter()
    place = organisation_named(perimeter, arguments.organisation)
    target = Path(arguments.output) if arguments.output else None
    suffix = arguments.format or (target.suffix.lstrip(".") if target else "") or "json"
    with estate_export(perimeter=perimeter, organisation=place, suffix=suffix) as stream:
        if target is None:
            shutil.copyfileobj(stream, sys.stdout.buffer)
            return 0
        with target.open("wb") as written:
            shutil.copyfileobj(stream, written)
    size = target.stat().st_size
    if arguments.json:
        print(json.dumps({"format": suffix, "file": str(target), "bytes": size}))
    else:
        print(_("%(file)s écrit (%(size)s octets).") % {"file": target, "size": size})
    return 0


def estate_show_command(arguments: argparse.Namespace) -> int:
    """One asset: what it is, what it needs, who needs it, what is missing."""
    perimeter = operator_perimeter()
    place = (
        organisation_named(perimeter, arguments.organisation) if arguments.organisation else None
    )
    asset = asset_named(perimeter, arguments.object, place)
    links = (
        links_whole_in(perimeter)
        .filter(links_around(asset))
        .select_related("source", "target")
        .order_by("verb", "group", "pk")
    )
    answer = asset_whole(asset, links)
    if arguments.json:
        print(json.dumps(answer, ensure_ascii=False, default=str))
        return 0
    _say(asset, answer)
    for link in links:
        if link.source_id == asset.pk:
            group = f" [{link.group}, {link.needed}]" if link.group else ""
            print(f"  → {LinkVerb(link.verb).label} {link.target.name}{group}")
    for link in links:
        if link.target_id == asset.pk:
            print(f"  ← {link.source.name} {LinkVerb(link.verb).label}")
    return 0


def _say(asset: Asset, answer: dict[str, Any]) -> None:
    print(f"{asset.name} — {asset.get_kind_display()} {asset.organisation.code}/{asset.code}")
    if asset.owner:
        print(_("  Responsable : %(name)s") % {"name": asset.owner})
    if asset.inherited_criticality:
        print(
            _("  Criticité héritée : %(rank)s, DMIA %(time)s")
            % {
                "rank": asset.get_inherited_criticality_display(),
                "time": duration_words(asset.inherited_downtime_min) or "–",
            }
        )
    if asset.known_percent is None:
        print(f"  {capfirst(asset.get_status_display())}")
    else:
        missing = ", ".join(missing_word(entry) for entry in asset.missing)
        print(_("  Complétude : %(share)s %%") % {"share": asset.known_percent}, end="")
        print(f" ({missing})" if missing else "")
    for one in answer["identifiers"]:
        print(f"  {Identifier(one['kind']).label} {one['value']}")
    for one in answer["services"]:
        told = (f"{one['protocol']}/{one['port']}", one["name"], one["product"], one["version"])
        print(f"  {' '.join(text for text in told if text)}")
    for one in answer["components"]:
        print(f"  {one['purl'] or ' '.join((one['name'], one['version']))}")


def estate_look_alikes_command(arguments: argparse.Namespace) -> int:
    """Pairs that wait for a decision; 1 when there are some."""
    perimeter = operator_perimeter()
    place = organisation_named(perimeter, arguments.organisation)
    state = arguments.state
    pairs = list(look_alikes_at(perimeter, place).filter(state=state))
    if arguments.json:
        print(json.dumps([pair_as_data(one) for one in pairs], ensure_ascii=False, default=str))
    else:
        for one in pairs:
            code = one.other.code if one.other else "–"
            print(f"{one.score:>3}  {one.kept.code} {one.kept.name} ~ {code} {one.other_name}")
            told = [f"{name} {value}" for name, value in (*one.reasons, *one.doubts)]
            print(f"     {' ; '.join(told)}")
        print(_("%(n)s paires.") % {"n": len(pairs)})
    return 1 if pairs and state == PairState.WAITING else 0


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hygie estate import | export | show | look-alikes`."""
    estate = subcommands.add_parser("estate", help=_("Carte du système d'information"))
    verbs = estate.add_subparsers(dest="verb", metavar=_("ACTION"), required=True)
    _register_import(verbs)
    export = verbs.add_parser(
        "export",
        help=_("Écrire la carte dans un format réimportable"),
        description=_("Sans --output, écrit sur la sortie standard."),
    )
    _at(export)
    export.add_argument("--format", choices=FORMATS, help=_("d'après le nom du fichier sinon"))
    export.add_argument("-o", "--output", metavar=_("FICHIER"), help=_("fichier .json ou .xlsx"))
    show = verbs.add_parser("show", help=_("Un élément : ses champs, ses liens, ce qui manque"))
    show.add_argument("object", metavar=_("ÉLÉMENT"), help=_("code, FINESS/code, ou nom"))
    _at(show, required=False)
    pairs = verbs.add_parser(
        "look-alikes",
        help=_("Les doublons à trancher"),
        description=_("Sort en 1 s'il en reste à trancher."),
    )
    _at(pairs)
    pairs.add_argument(
        "--state", choices=PairState.values, default=PairState.WAITING.value, help=_("lesquels")
    )
    for parser, run in (
        (export, estate_export_command),
        (show, estate_show_command),
        (pairs, estate_look_alikes_command),
    ):
        parser.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
        parser.set_defaults(run=run)


def _at(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument(
        "--organisation", required=required, metavar="CODE", default="",
        help=_("structure : numéro FINESS ou code de GHT"),
    )  # fmt: skip


def _register_import(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bring = verbs.add_parser(
        "import",
        help=_("Importer un inventaire : feuille, GLPI, nmap, CycloneDX, Mercator, carte"),
        description=_(
            "Rien n'est jamais supprimé ni vidé par ce qu'un fichier ne dit pas. Sort en 3 si le "
            "fichier est refusé, et dit pourquoi, ligne par ligne."
        ),
    )
    bring.add_argument("file", metavar=_("FICHIER"))
    _at(bring)
    bring.add_argument(
        "--kind", choices=_KINDS, default="", help=_("type du fichier ; reconnu sinon")
    )
    bring.add_argument(
        "--subject", default="", metavar=_("NATURE"),
        help=_("ce que contient une feuille : application, server, care…"),
    )  # fmt: skip
    bring.add_argument(
        "--mapping", default="", metavar=_("NOM"), help=_("correspondance de titres")
    )
    bring.add_argument(
        "--winner", choices=tuple(_WINNERS), default="",
        help=_("qui l'emporte quand un champ diffère ; selon le type de fichier sinon"),
    )  # fmt: skip
    bring.add_argument(
        "--leave-unknown", action="store_true",
        help=_("ne pas ajouter ce qui n'est que cité"),
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help=_("montrer sans rien écrire"))
    bring.add_argument("--json", action="store_true", help=_("réponse pour un programme"))
    bring.set_defaults(run=estate_import_command)
