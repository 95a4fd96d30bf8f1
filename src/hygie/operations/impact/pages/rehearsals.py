"""What do the list of rehearsals and its form show, and which lines has a result?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from hygie.engines.ransomware.defences import DefenceKind
from hygie.operations.impact.asked import Asked, asked_of
from hygie.operations.impact.bridge import ImpactMap
from hygie.operations.impact.models import RansomwareRehearsal
from hygie.operations.impact.selectors.rehearsals import rehearsal_latest
from hygie.territory.estate.choices import Criticality
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter


@dataclass(frozen=True, slots=True)
class CareRow:
    """What becomes of one activity over all runs; shares of a hundred, hours."""

    pk: int
    name: str
    criticality: int | None
    stopped: float
    stopped_low: float
    stopped_high: float
    median_h: float | None
    p90_h: float | None
    degraded: float
    hours: float
    hours_low: float
    hours_high: float

    @property
    def rank_words(self) -> str:
        """Its declared criticality."""
        return str(Criticality(self.criticality).label) if self.criticality else ""


def care_rows(rehearsal: RansomwareRehearsal) -> Sequence[CareRow]:
    """The care activities of a finished rehearsal."""
    rows = []
    for one in rehearsal.summary["care"]:
        percents = {
            name: round(100 * one[name], 1)
            for name in ("stopped", "stopped_low", "stopped_high", "degraded")
        }
        rows.append(
            CareRow(
                pk=one["id"], name=one["name"], criticality=one["criticality"],
                median_h=one["median_h"], p90_h=one["p90_h"], hours=one["hours"],
                hours_low=one["hours_low"], hours_high=one["hours_high"], **percents,
            )
        )  # fmt: skip
    return rows


def list_answer(perimeter: Perimeter, place: Organisation) -> str:
    """What the latest rehearsal says."""
    latest = rehearsal_latest(perimeter, place)
    if latest is None:
        return _("Aucune attaque n'a encore été rejouée sur cette carte.")
    return result_sentence(latest)


def result_sentence(rehearsal: RansomwareRehearsal) -> str:
    """How often the attack encrypts, and what that takes."""
    found = rehearsal.summary
    return _(
        "Sur %(runs)s attaques rejouées, %(share)s %% vont jusqu'au chiffrement ; une attaque "
        "coûte en moyenne %(hours)s heures de soins (de %(low)s à %(high)s)."
    ) % {
        "runs": number_format(rehearsal.runs, force_grouping=True),
        "share": number_format(100 * found["launched"]["mean"], 0),
        "hours": number_format(found["hours"]["mean"], 0, force_grouping=True),
        "low": number_format(found["hours"]["low"], 0, force_grouping=True),
        "high": number_format(found["hours"]["high"], 0, force_grouping=True),
    }  # fmt: skip


def rehearsal_initial(found: ImpactMap, model: RansomwareRehearsal | None) -> dict[str, Any]:
    """What the form proposes: the settings of a rehearsal to copy, else those that suit most."""
    if model is None:
        asked = Asked(defences=tuple(kind.value for kind in DefenceKind))
        return _initial(found, asked) | {"name": _("Rançongiciel, situation d'aujourd'hui")}
    asked = asked_of(model.asked, runs=model.runs, seed=model.seed)
    name = _("%(name)s (copie du %(day)s)") % {
        "name": model.name[:80], "day": date_format(model.created_at, "SHORT_DATE_FORMAT"),
    }  # fmt: skip
    return _initial(found, asked) | {"name": name}


def _initial(found: ImpactMap, asked: Asked) -> dict[str, Any]:
    node = found.node_by_id.get(asked.entry_id) if asked.entry_id is not None else None
    parts = [text.partition(":") for text in asked.defences]
    return {
        "entry": asked.entry,
        "entry_name": found.asset(node).key if node is not None else "",
        "runs": asked.runs,
        "horizon_days": f"{asked.horizon_days:g}",
        "is_watched": asked.is_watched,
        "notice_h": asked.notice_h,
        "contain_h": asked.contain_h,
        "seed": asked.seed,
        "defences": [kind for kind, _colon, _share in parts],
        **{f"share_{kind}": float(share) for kind, _colon, share in parts if share},
    }
