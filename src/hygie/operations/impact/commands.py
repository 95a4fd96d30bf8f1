"""Command line: what a loss stops, which losses cost most, how far a ransomware goes."""

import argparse
import json
import sys
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hygie.engines.ransomware.entries import EntryKind
from hygie.engines.ransomware.losses import LossFamily as Family
from hygie.foundation.jobs.watch import TerminalWatch
from hygie.operations.impact.affected import loss_as_data
from hygie.operations.impact.answers import LossAnswer, loss_answer
from hygie.operations.impact.asked import Asked, asked_check
from hygie.operations.impact.bridge import ImpactMap, impact_map
from hygie.operations.impact.choices import OF_THE_WHOLE, LossFamily
from hygie.operations.impact.defence_words import defence_words
from hygie.operations.impact.errors import LossAmbiguous, LossUnknown, NoCareMapped
from hygie.operations.impact.outcome import summary_of
from hygie.operations.impact.pages.loss import isolation_sentence, loss_sentence
from hygie.operations.impact.playing import Played, attack_played, workers_for
from hygie.operations.impact.ranked import Ranked, RankedRow, ranked
from hygie.operations.impact.selectors.exposure import directory_exposure
from hygie.operations.impact.selectors.parameters import parameter_changes
from hygie.operations.impact.services.rehearsals import rehearsal_now
from hygie.operations.impact.words import moment_words, outcome_sentence
from hygie.territory.organisations.models import Organisation
from hygie.territory.organisations.selectors import organisation_by_code
from hygie.territory.perimeter import operator_perimeter

_DONE, _STOPPED = 0, 1
_SHOWN = 20


def of_command(arguments: argparse.Namespace) -> int:
    """What the loss of some objects stops; exit 1 when care stops."""
    found = impact_map(_place(arguments))
    answer = loss_answer(found, [_token(found, text) for text in arguments.lost])
    if answer.lost.unknown:
        # What the map does not hold is not known to be harmless.
        raise LossUnknown(loss=", ".join(answer.lost.unknown))
    if arguments.json:
        print(json.dumps(loss_as_data(answer), ensure_ascii=False))
    else:
        _say_loss(answer)
    return _STOPPED if answer.stopped else _DONE


def rank_command(arguments: argparse.Namespace) -> int:
    """The losses that cost most care."""
    found = impact_map(_place(arguments))
    watch = TerminalWatch(sys.stderr)
    answer = ranked(found, watch)
    watch.close()
    if arguments.json:
        print(json.dumps(_ranked_as_data(found, answer), ensure_ascii=False))
        return _DONE
    for row in answer.rows[: arguments.most]:
        names = " + ".join(found.names[node] for node in row.nodes)
        family = _family_words(row)
        told = f"{names} ({family})" if names and family else names or capfirst(family)
        print(f"{row.stopped:4d} {row.degraded:4d}  {moment_words(row.first_min):24s} {told}")
    return _DONE


def _family_words(row: RankedRow) -> str:
    """What goes with an asset; "" for the asset alone and for a pair."""
    alone = (Family.OBJECT, Family.SEVERAL)
    return "" if row.family in alone else str(LossFamily(row.family.value).label)


def simulate_command(arguments: argparse.Namespace) -> int:
    """Play an attack now, in the foreground; keep the answer when it is given a name."""
    place = _place(arguments)
    found = impact_map(place)
    if not len(found.care):
        raise NoCareMapped(place=place.name)
    asked = asked_check(_asked(found, arguments))
    watch = TerminalWatch(sys.stderr)
    data: dict[str, Any] = {"organisation": place.code, "runs": asked.runs, "seed": asked.seed}
    if arguments.keep:
        row = rehearsal_now(
            perimeter=operator_perimeter(), organisation=place, name=arguments.keep, asked=asked,
            watch=watch,
        )  # fmt: skip
        data |= {"rehearsal": row.pk, **row.summary}
    else:
        data |= summary_of(_played(place, found, asked, watch))
    watch.close()
    if arguments.json:
        print(json.dumps(data, ensure_ascii=False, default=str))
    else:
        _say_attack(data)
    return _DONE


def _played(place: Organisation, found: ImpactMap, asked: Asked, watch: TerminalWatch) -> Played:
    return attack_played(
        found,
        asked,
        changes=parameter_changes(place),
        exposure=directory_exposure(place),
        as_of=timezone.localdate(),
        workers=workers_for(asked.runs, settings.SIMULATION_THREADS, settings.DASK_SCHEDULER),
        watch=watch,
    )


def _place(arguments: argparse.Namespace) -> Organisation:
    return organisation_by_code(operator_perimeter(), arguments.organisation)


def _token(found: ImpactMap, text: str) -> str:
    """A loss as an address writes it, from a family and a code, or a code alone.

    Raises:
        LossUnknown: the map has no such object.
    """
    family, colon, code = text.partition(":")
    if family in OF_THE_WHOLE and not colon:
        return family
    if not colon or family not in LossFamily.values:
        family, code = LossFamily.OBJECT.value, text
    return f"{family}:{_asset_id(found, code)}"


def _asset_id(found: ImpactMap, text: str) -> int:
    """The asset of this code, else of this exact name.

    Raises:
        LossUnknown: none. LossAmbiguous: several of that name.
    """
    node = found.numbers.index.get(text)
    if node is None:
        wanted = text.casefold()
        named = [
            at
            for at, one in enumerate(found.numbers.assets)
            if wanted in {one.name.casefold(), found.names[at].casefold()}
        ]
        if not named:
            raise LossUnknown(loss=text[:80])
        if len(named) > 1:
            codes = ", ".join(found.asset(at).key for at in named[:_SHOWN])
            raise LossAmbiguous(loss=text[:80], codes=codes)
        node = named[0]
    return found.ids[node]


def _asked(found: ImpactMap, arguments: argparse.Namespace) -> Asked:
    kind, _colon, code = arguments.entry.partition(":")
    return Asked(
        entry=kind,
        entry_id=_asset_id(found, code) if code else None,
        runs=arguments.runs,
        horizon_days=arguments.horizon,
        is_watched=not arguments.unseen,
        seed=arguments.seed,
        defences=tuple(arguments.defence),
    )


def _say_loss(answer: LossAnswer) -> None:
    print(" + ".join(one.name or one.family_words for one in answer.lost.losses))
    print(loss_sentence(answer))
    if isolation := isolation_sentence(answer):
        print(isolation)
    for one in answer.care:
        if one.first_min is not None:
            told = {"field": one.name, "value": outcome_sentence(one)}
            print("  " + _("%(field)s : %(value)s") % told)


def _say_attack(data: dict[str, Any]) -> None:
    hours, launched = data["hours"], data["launched"]
    print(
        _("%(share)s %% des attaques vont au chiffrement.") % {
            "share": f"{100 * launched['mean']:.0f}"
        }
    )  # fmt: skip
    print(
        _("Heures de soins perdues : %(mean)s (de %(low)s à %(high)s).")
        % {name: f"{hours[name]:.0f}" for name in ("mean", "low", "high")}
    )
    for one in sorted(data["care"], key=lambda row: -row["hours"])[:_SHOWN]:
        print(f"  {one['hours']:8.0f} h  {100 * one['stopped']:5.1f} %  {one['name']}")
    for one in data["defences"]:
        saved = one["saved"]
        print(
            _("  %(saved)s h épargnées (de %(low)s à %(high)s) : %(defence)s")
            % {
                "saved": f"{saved['mean']:.0f}", "low": f"{saved['low']:.0f}",
                "high": f"{saved['high']:.0f}", "defence": defence_words(one["name"]),
            }
        )  # fmt: skip


def _ranked_as_data(found: ImpactMap, answer: Ranked) -> dict[str, Any]:
    return {**answer.summary, "ranking": [_row_as_data(found, row) for row in answer.rows]}


def _row_as_data(found: ImpactMap, row: RankedRow) -> dict[str, Any]:
    return {
        "family": row.family.value,
        "codes": [found.asset(node).key for node in row.nodes],
        "names": [found.names[node] for node in row.nodes],
        "weight": row.weight,
        "stopped": row.stopped,
        "degraded": row.degraded,
        "vital": row.vital,
        "first_min": row.first_min,
    }


def register(subcommands: Any) -> None:
    """Add `hygie impact …`."""
    impact = subcommands.add_parser("impact", help=_("Pertes et rançongiciel : soins touchés"))
    words = impact.add_subparsers(dest="word", metavar=_("ACTION"), required=True)
    of = words.add_parser(
        "of",
        help=_("Ce qu'une perte arrête"),
        description=_(
            "Un objet se désigne par son code ou son nom, précédé au besoin de ce qui est perdu "
            "avec lui : supplier:CODE, site:CODE, zone:CODE, ransomware:CODE. « internet » et "
            "« red_button » n'en ont pas besoin. Sort en 1 si un soin s'arrête."
        ),
    )
    of.add_argument("lost", nargs="+", metavar=_("OBJET"), help=_("Ce qui est perdu"))
    of.set_defaults(run=of_command)
    rank = words.add_parser("rank", help=_("Les pertes qui coûtent le plus de soins"))
    rank.add_argument("--most", type=int, default=_SHOWN, help=_("Nombre de lignes"))
    rank.set_defaults(run=rank_command)
    simulate = words.add_parser("simulate", help=_("Rejouer un rançongiciel, ici et maintenant"))
    simulate.add_argument("--runs", type=int, default=2000, help=_("Nombre d'attaques"))
    simulate.add_argument("--seed", type=int, default=1, help=_("Graine du hasard"))
    simulate.add_argument("--horizon", type=float, default=60.0, help=_("Jours suivis"))
    simulate.add_argument(
        "--entry", default=EntryKind.ANY.value, metavar=_("ENTRÉE"),
        help=_("any, phishing, exposed, account, supplier ou asset, puis « :CODE » au besoin"),
    )  # fmt: skip
    simulate.add_argument(
        "--defence", action="append", default=[], metavar=_("DÉFENSE"),
        help=_("À comparer : edr, edr:80, segmentation, offline_backup… plusieurs fois au besoin"),
    )  # fmt: skip
    simulate.add_argument(
        "--keep", metavar=_("NOM"), default="",
        help=_("Garder la réponse sous ce nom, comme une répétition faite dans les pages"),
    )  # fmt: skip
    simulate.add_argument("--unseen", action="store_true", help=_("Personne ne voit l'attaque"))
    simulate.set_defaults(run=simulate_command)
    for parser in (of, rank, simulate):
        parser.add_argument(
            "--organisation", required=True, metavar="CODE", help=_("Structure : FINESS ou GHT")
        )
        parser.add_argument("--json", action="store_true", help=_("Réponse en JSON"))
