"""What does the cockpit answer, in one sentence? Words before figures."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hygie.foundation.design.components.numbers import percent_words
from hygie.governance.assessment.choices import StateChoice
from hygie.overview.selectors.cockpit import ALMOST_ALL, AxisBlock, Cockpit, ObjectiveRow
from hygie.overview.selectors.comparison import ALL_AXES, AxisComparison, Comparison
from hygie.programme.selectors import axes
from hygie.programme.words import localized


def answer(cockpit: Cockpit) -> str:
    """The sentence under the title."""
    if not cockpit.rows:
        return _("Le référentiel n'est pas encore chargé.")
    return _aggregate_answer(cockpit) if cockpit.is_aggregate else _own_answer(cockpit)


def _own_answer(cockpit: Cockpit) -> str:
    states = cockpit.states
    total = sum(states.values()) - states[StateChoice.NOT_APPLICABLE]
    passed = states[StateChoice.PASSED]
    start = ngettext(
        "%(passed)d objectif sur %(total)d est atteint",
        "%(passed)d objectifs sur %(total)d sont atteints",
        passed,
    ) % {"passed": passed, "total": total}
    rest = [
        text % {"n": states[state]}
        for state, text in (
            (StateChoice.PARTIAL, ngettext("%(n)d partiel", "%(n)d partiels", states["partial"])),
            (
                StateChoice.FAILED,
                ngettext("%(n)d non atteint", "%(n)d non atteints", states["failed"]),
            ),
            (StateChoice.STALE, ngettext("%(n)d périmé", "%(n)d périmés", states["stale"])),
            (
                StateChoice.CANNOT_TELL,
                ngettext("%(n)d indéterminé", "%(n)d indéterminés", states["cannot_tell"]),
            ),
            (
                StateChoice.NOT_TESTED,
                ngettext("%(n)d non testé", "%(n)d non testés", states["not_tested"]),
            ),
        )
        if states[state]
    ]
    return f"{start} ; {', '.join(rest)}." if rest else f"{start}."


def _aggregate_answer(cockpit: Cockpit) -> str:
    counted = [row for row in cockpit.rows if row.standing.counted]
    if not counted:
        return _("Aucune entité suivie n'a encore d'état : importez le territoire et les mesures.")
    best = max(counted, key=passed_share)
    worst = min(counted, key=passed_share)
    return ngettext(
        "%(entities)d entité suivie. Le mieux atteint : %(best)s (%(best_share)s) ; le moins "
        "atteint : %(worst)s (%(worst_share)s).",
        "%(entities)d entités suivies. Le mieux atteint : %(best)s (%(best_share)s des "
        "entités) ; le moins atteint : %(worst)s (%(worst_share)s).",
        cockpit.entity_count,
    ) % {
        "entities": cockpit.entity_count,
        "best": localized(best.objective, "title"),
        "best_share": percent(passed_share(best)),
        "worst": localized(worst.objective, "title"),
        "worst_share": percent(passed_share(worst)),
    }


def axis_sentence(block: AxisBlock, *, is_aggregate: bool) -> str:
    """One sentence per axis, for the director's five minutes."""
    states = block.states
    total = sum(n for state, n in states.items() if state != StateChoice.NOT_APPLICABLE)
    passed = states.get(StateChoice.PASSED, 0)
    unknown = states.get(StateChoice.NOT_TESTED, 0) + states.get(StateChoice.CANNOT_TELL, 0)
    if not total:
        return _("Aucun état n'est encore connu.")
    if is_aggregate:
        return _("%(passed)s des états sont atteints, %(unknown)s ne sont pas connus.") % {
            "passed": percent(passed / total),
            "unknown": percent(unknown / total),
        }
    stale = states.get(StateChoice.STALE, 0)
    reached = ngettext(
        "%(passed)d objectif atteint sur %(total)d",
        "%(passed)d objectifs atteints sur %(total)d",
        passed,
    ) % {"passed": passed, "total": total}
    rest = [
        text % {"n": n}
        for n, text in (
            (stale, ngettext("%(n)d périmé", "%(n)d périmés", stale)),
            (unknown, ngettext("%(n)d inconnu", "%(n)d inconnus", unknown)),
        )
        if n
    ]
    return f"{reached} ; {', '.join(rest)}." if rest else f"{reached}."


def history_finding(cockpit: Cockpit) -> str:
    """What the history chart shows."""
    if len(cockpit.months) < 2:
        return _("L'historique commence : il faudra deux mois clos pour voir une tendance.")
    shares = [_passed_share_of(states) for _month, states in cockpit.months]
    first, last = shares[0], shares[-1]
    facts = {"first": percent(first), "last": percent(last), "n": len(shares) - 1}
    if abs(last - first) < 0.005:
        return (
            _("Chez les membres, la part d'objectifs atteints est restée à %(last)s.")
            if cockpit.has_members
            else _("La part d'objectifs atteints est restée à %(last)s.")
        ) % facts
    if last > first:
        return (
            _("Chez les membres, la part d'objectifs atteints est passée de %(first)s à %(last)s "
              "en %(n)d mois.")
            if cockpit.has_members
            else _("La part d'objectifs atteints est passée de %(first)s à %(last)s en %(n)d mois.")
        ) % facts  # fmt: skip
    return (
        _("Chez les membres, la part d'objectifs atteints a reculé de %(first)s à %(last)s en "
          "%(n)d mois.")
        if cockpit.has_members
        else _("La part d'objectifs atteints a reculé de %(first)s à %(last)s en %(n)d mois.")
    ) % facts  # fmt: skip


def passed_share(row: ObjectiveRow) -> float:
    """Share of the entities that reach the objective, sans-objet left out."""
    return _passed_share_of(row.standing.states)


def _passed_share_of(states: dict[str, int]) -> float:
    total = sum(n for state, n in states.items() if state != StateChoice.NOT_APPLICABLE)
    return states.get(StateChoice.PASSED, 0) / total if total else 0.0


def percent(share: float) -> str:
    """A whole percentage; what is not quite all is never written 100 %."""
    return percent_words(ALMOST_ALL if ALMOST_ALL < share < 1 else share)


def comparison_rows(found: Comparison) -> list[tuple[str, AxisComparison]]:
    """Each axis with its title."""
    if not found.axes:
        return []
    titles = {axis.number: localized(axis, "title") for axis in axes()}
    titles[ALL_AXES] = _("Tous les axes")
    return [(titles.get(row.axis, str(row.axis)), row) for row in found.axes]


def comparison_answer(found: Comparison) -> str:
    """Where the organisation stands, in one sentence."""
    overall = next((row for row in found.axes if row.axis == ALL_AXES), None)
    if overall is None or overall.own is None or overall.rank is None:
        return _("Le groupe est trop petit, ou l'organisation n'a pas encore d'état.")
    return _(
        "%(own)s des objectifs atteints : mieux que %(rank)s des pairs (médiane %(median)s)."
    ) % {
        "own": percent(overall.own / 100),
        "rank": percent(overall.rank.percentile / 100),
        "median": percent(overall.quartiles.values[1] / 100),
    }
