"""What does the page of a loss show?"""

from collections import Counter
from typing import Any

import numpy as np
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.engines.estate.vocabulary import AssetKind
from hygie.operations.impact.answers import STOPPED, CareOutcome, HoldingGroup, LossAnswer
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.charts import care_over_time
from hygie.operations.impact.choices import LossFamily
from hygie.operations.impact.drawing import why_graph
from hygie.operations.impact.finding import losses_matching
from hygie.operations.impact.tokens import NamedLoss
from hygie.operations.impact.why import Why, why_of
from hygie.operations.impact.words import (
    OUTCOME_STATES,
    care_count,
    moment_words,
    need_words,
    outcome_sentence,
    overrun_words,
)
from hygie.territory.estate.choices import Criticality
from hygie.territory.estate.words import counted_kinds, group_words
from hygie.territory.organisations.models import Organisation

_SHOWN_HOLDING = 12


def choice_context(
    place: Organisation, found: ImpactMap, asked: QueryDict, text: str
) -> dict[str, Any]:
    """What may be lost: the search, its results, what concerns the whole map."""
    chosen = set(asked.getlist("perte"))
    offers = [one for one in losses_matching(found, text) if one.token not in chosen]
    wide = [family for family in (LossFamily.INTERNET, LossFamily.RED_BUTTON)
            if family.value not in chosen]  # fmt: skip
    return {
        "place": place,
        "q": text,
        "tokens": asked.getlist("perte"),
        "offers": [(one, _with(asked, one.token)) for one in offers],
        "wide": [(str(family.label), _with(asked, family.value)) for family in wide],
        "answer": _("Choisissez ce qui est perdu : les soins qui s'arrêtent, quand, et pourquoi."),
    }


def _with(asked: QueryDict, token: str) -> str:
    """The address of the same losses and one more."""
    query = QueryDict(mutable=True)
    query.setlist("perte", [*asked.getlist("perte"), token])
    return query.urlencode()


def loss_context(
    place: Organisation, answer: LossAnswer, asked: QueryDict, why_id: int | None
) -> dict[str, Any]:
    """Everything that a loss does; no query.

    Args:
        place: whose map. answer: of the loss. asked: parameters of the address.
        why_id: activity to be explained; None = the first that fails.
    """
    rows = [_care(one, asked) for one in answer.care]
    failing = [one for one in answer.care if one.first_min is not None]
    chosen = next((one for one in failing if one.asset_id == why_id), None)
    chosen = chosen or (failing[0] if failing else None)
    return {
        "place": place,
        "answer": loss_sentence(answer),
        "losses": [_loss(one, asked) for one in answer.lost.losses],
        "tokens": [str(one.token) for one in answer.lost.losses],
        "unknown": answer.lost.unknown,
        "isolation": isolation_sentence(answer),
        "failing": [row for row in rows if row["state"] != "passed"],
        "holding_care": [row for row in rows if row["state"] == "passed"],
        "timeline": timeline(answer),
        "chart": care_over_time(answer),
        "kinds": kinds_words(answer),
        "held": [_held(answer, one) for one in answer.holding[:_SHOWN_HOLDING]],
        "held_more": max(0, len(answer.holding) - _SHOWN_HOLDING),
        "why": why_context(answer, chosen) if chosen else None,
        "query": asked.urlencode(),
    }


def loss_sentence(answer: LossAnswer) -> str:
    """The sentence under the title, which names what is lost."""
    stopped, degraded = len(answer.stopped), len(answer.degraded)
    if not answer.lost.losses and LossFamily.INTERNET.value in answer.lost.unknown:
        return _(
            "La carte ne connaît ni ligne Internet ni service en ligne : rien ne peut être dit de "
            "cette coupure. Décrivez-les d'abord."
        )
    if not answer.lost.losses:
        return _("Rien de cette adresse n'est plus sur la carte : choisissez ce qui est perdu.")
    if not len(answer.found.care):
        return _("La carte n'a aucune activité de soins : ajoutez-les pour savoir ce qui s'arrête.")
    if not stopped and not degraded:
        return _("Aucun soin connu de la carte n'est touché.")
    if not stopped:
        return ngettext(
            "Aucun soin ne s'arrête ; %(care)s continue en mode dégradé.",
            "Aucun soin ne s'arrête ; %(care)s continuent en mode dégradé.",
            degraded,
        ) % {"care": care_count(degraded)}
    said = ngettext(
        "%(care)s s'arrête %(when)s",
        "%(care)s s'arrêtent, la première %(when)s",
        stopped,
    ) % {"care": care_count(stopped), "when": moment_words(answer.first_min)}
    if not degraded:
        return f"{said}."
    return ngettext(
        "%(said)s, et %(count)d autre continue en mode dégradé.",
        "%(said)s, et %(count)d autres continuent en mode dégradé.",
        degraded,
    ) % {"said": said, "count": degraded}


def isolation_sentence(answer: LossAnswer) -> str:
    """What an isolation cuts, and what nobody can place; "" when nothing is isolated."""
    lost = answer.lost
    if not lost.flows_cut and not lost.flows_unknown:
        return ""
    said = ngettext(
        "L'isolement coupe %(count)d besoin entre zones.",
        "L'isolement coupe %(count)d besoins entre zones.",
        lost.flows_cut,
    ) % {"count": lost.flows_cut}
    if not lost.flows_unknown:
        return said
    return ngettext(
        "%(said)s %(count)d autre a une extrémité dont la zone n'est pas connue : il est compté "
        "comme maintenu.",
        "%(said)s %(count)d autres ont une extrémité dont la zone n'est pas connue : ils sont "
        "comptés comme maintenus.",
        lost.flows_unknown,
    ) % {"said": said, "count": lost.flows_unknown}


def kinds_words(answer: LossAnswer) -> str:
    """What else is out of service, counted by kind; "" when nothing is."""
    found = answer.found
    kinds = Counter(
        found.asset(node).kind
        for node in answer.affected.tolist()
        if np.isfinite(answer.times.stops_at[node])
    )
    kinds.pop(AssetKind.CARE, None)
    return counted_kinds((kind.value, kinds[kind]) for kind in AssetKind if kinds[kind])


def timeline(answer: LossAnswer) -> list[dict[str, Any]]:
    """What happens to care, moment by moment, in order."""
    moments: dict[float, dict[str, list[str]]] = {}
    for one in answer.care:
        if one.degrades_min is not None:
            moments.setdefault(one.degrades_min, {}).setdefault("degraded", []).append(one.name)
        if one.stops_min is not None:
            moments.setdefault(one.stops_min, {}).setdefault("stopped", []).append(one.name)
    return [
        {
            "when": moment_words(minute),
            "stopped": found.get("stopped", []),
            "degraded": found.get("degraded", []),
        }
        for minute, found in sorted(moments.items())
    ]


def why_context(answer: LossAnswer, care: CareOutcome) -> dict[str, Any]:
    """Why one activity fails: the chain in words, the sets that suffice, a drawing."""
    why = why_of(answer, care.node)
    found = answer.found
    return {
        "care": care,
        "sentence": outcome_sentence(care),
        "lines": [_why_line(found, step) for step in why.steps if not step.is_lost],
        "is_cut_short": why.is_cut_short,
        "sets": [_set_words(found, one) for one in why.sets],
        "is_more": why.is_more,
        "sets_sentence": _sets_sentence(why, is_stopped=care.outcome == STOPPED),
        "graph": why_graph(answer, why),
        "finding": _("De %(care)s à ce qui est perdu") % {"care": care.name},
    }


def _why_line(found: ImpactMap, step: Any) -> dict[str, str]:
    lost = [found.names[node] for node in step.lost]
    cut = [found.names[node] for node in step.cut]
    return {
        "when": moment_words(step.minute),
        "words": need_words(step, found.names[step.node], lost, cut),
    }


def _set_words(found: ImpactMap, nodes: tuple[int, ...]) -> str:
    names = [found.names[node] if node < found.nodes else _("les flux coupés") for node in nodes]
    return _(" et ").join(names)


def _sets_sentence(why: Why, *, is_stopped: bool) -> str:
    if not why.sets:
        return ""
    smallest = len(why.sets[0])
    if smallest == 1 and not is_stopped:
        return ngettext(
            "Un seul élément suffit à la dégrader :",
            "Chacun de ces éléments ou ensembles suffit à la dégrader :",
            len(why.sets),
        )
    if smallest == 1:
        return ngettext(
            "Un seul élément suffit à l'arrêter :",
            "Chacun de ces éléments ou ensembles suffit à l'arrêter :",
            len(why.sets),
        )
    return ngettext(
        "Il faut perdre ensemble, au moins :",
        "Il faut perdre ensemble, au moins, l'un de ces ensembles :",
        len(why.sets),
    )


def _care(one: CareOutcome, asked: QueryDict) -> dict[str, Any]:
    query = asked.copy()
    query["pourquoi"] = str(one.asset_id)
    return {
        "care": one,
        "state": OUTCOME_STATES[one.outcome],
        "sentence": outcome_sentence(one),
        "dmia": overrun_words(one),
        "why_query": query.urlencode(),
        "is_stopped": one.outcome == STOPPED,
        "url": asset_url(one.asset_id),
        "criticality": Criticality(one.criticality).label if one.criticality else "",
    }


def _loss(one: NamedLoss, asked: QueryDict) -> dict[str, Any]:
    """A loss of the address, with the address without it."""
    query = asked.copy()
    query.setlist("perte", [text for text in asked.getlist("perte") if text != str(one.token)])
    query.pop("pourquoi", None)
    return {
        "token": str(one.token),
        "name": one.name,
        "family": one.family_words,
        "without": query.urlencode(),
        "url": asset_url(one.token.asset_id) if one.token.asset_id else "",
    }


def _held(answer: LossAnswer, one: HoldingGroup) -> dict[str, Any]:
    asset = answer.found.asset(one.node)
    return {
        "name": answer.found.names[one.node],
        "url": asset_url(answer.found.ids[one.node]),
        "rule": group_words(one.needed, one.size),
        "spare": one.spare,
        "is_care": asset.kind == AssetKind.CARE,
        "words": ngettext(
            "il en reste %(left)d : encore %(spare)d perte possible",
            "il en reste %(left)d : encore %(spare)d pertes possibles",
            one.spare,
        ) % {"left": one.left, "spare": one.spare}
        if one.spare
        else _("il en reste %(left)d : plus aucune marge") % {"left": one.left},
    }  # fmt: skip


def asset_url(pk: int | None) -> str:
    """Page of an asset of the map."""
    return reverse("estate:asset_detail", args=[pk]) if pk else ""
