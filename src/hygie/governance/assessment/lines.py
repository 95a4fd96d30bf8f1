"""How is one line of explanation said to a director, in French or English?"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hygie.engines.assessment.lines import LineCode
from hygie.progress.choices import Knowledge

UNSET = "parameter_unset"
BROKEN = "rule_unreadable"

TEMPLATES: dict[str, str] = {
    LineCode.MEASURE_REACHED: gettext_noop(
        "%(indicator)s : %(value)s, attendu %(bound)s ; mesure du %(date)s (%(known_as)s)."
    ),
    LineCode.MEASURE_NOT_REACHED: gettext_noop(
        "%(indicator)s : %(value)s, alors qu'il faut %(bound)s ; mesure du %(date)s (%(known_as)s)."
    ),
    LineCode.MEASURE_EXPIRED: gettext_noop(
        "%(indicator)s : %(value)s au %(date)s, mais cette mesure a expiré le %(expired_on)s."
    ),
    LineCode.MEASURE_UNDETERMINED: gettext_noop(
        "%(indicator)s : la mesure du %(date)s n'a pas pu conclure."
    ),
    LineCode.MEASURE_MISSING: gettext_noop("%(indicator)s : jamais mesuré."),
    LineCode.MEASURE_PLANNED: gettext_noop(
        "%(indicator)s : prévu le %(date)s ; un projet ne compte pas encore."
    ),
    LineCode.MEASURE_TOO_OLD: gettext_noop(
        "%(indicator)s : la mesure du %(date)s précède la période admise (%(opens_on)s – "
        "%(closes_on)s)."
    ),
    LineCode.MEASURE_TOO_LATE: gettext_noop(
        "%(indicator)s : la mesure du %(date)s suit la fin de la période admise (%(closes_on)s)."
    ),
    LineCode.MEASURE_WINDOW_NOT_OPEN: gettext_noop(
        "%(indicator)s : la période admise ne s'ouvre que le %(opens_on)s."
    ),
    LineCode.MEASURE_WINDOW_UNKNOWN: gettext_noop(
        "%(indicator)s : la période admise dépend d'une date inconnue (%(anchor)s)."
    ),
    LineCode.PROOF_FOUND: gettext_noop("%(document)s du %(date)s : preuve admise (%(known_as)s)."),
    LineCode.PROOF_REJECTED: gettext_noop("%(document)s du %(date)s : preuve rejetée."),
    LineCode.PROOF_EXPIRED: gettext_noop(
        "%(document)s du %(date)s : la preuve a expiré le %(expired_on)s."
    ),
    LineCode.PROOF_UNDETERMINED: gettext_noop("%(document)s du %(date)s : examen sans conclusion."),
    LineCode.PROOF_MISSING: gettext_noop("%(document)s : aucune preuve déposée."),
    LineCode.PROOF_PLANNED: gettext_noop(
        "%(document)s : daté du %(date)s, dans le futur ; ne compte pas encore."
    ),
    LineCode.PROOF_TOO_OLD: gettext_noop(
        "%(document)s du %(date)s : antérieur à la période admise (%(opens_on)s – %(closes_on)s)."
    ),
    LineCode.PROOF_TOO_LATE: gettext_noop(
        "%(document)s du %(date)s : postérieur à la période admise (fin le %(closes_on)s)."
    ),
    LineCode.PROOF_WINDOW_NOT_OPEN: gettext_noop(
        "%(document)s : la période admise ne s'ouvre que le %(opens_on)s."
    ),
    LineCode.PROOF_WINDOW_UNKNOWN: gettext_noop(
        "%(document)s : la période admise dépend d'une date inconnue (%(anchor)s)."
    ),
    LineCode.ANSWERS_SUMMED: gettext_noop(
        "Questionnaire du %(date)s, réponses données : %(answered)s sur %(total)s ; conformes : "
        "%(passed)s, partielles : %(partial)s, non conformes : %(failed)s."
    ),
    LineCode.ANSWERS_EXPIRED: gettext_noop(
        "Questionnaire du %(date)s, réponses expirées le %(expired_on)s : %(answered)s sur "
        "%(total)s ; conformes : %(passed)s, partielles : %(partial)s, non conformes : %(failed)s."
    ),
    LineCode.ANSWERS_MISSING: gettext_noop("Questionnaire : aucune réponse soumise."),
    LineCode.UNIT_COUNTED: gettext_noop(
        "%(unit)s compte %(weight)s/%(total)s (%(share)s) : a %(has)s → compté."
    ),
    LineCode.UNIT_NOT_COUNTED: gettext_noop(
        "%(unit)s compte %(weight)s/%(total)s (%(share)s) : %(has_lacks)s → non compté."
    ),
    LineCode.UNIT_WITHOUT_TOTAL: gettext_noop(
        "%(unit)s (activité %(weight)s) : %(has_lacks)s ; part inconnue, le total n'est pas connu."
    ),
    LineCode.UNIT_WEIGHT_UNKNOWN: gettext_noop(
        "%(unit)s : activité combinée inconnue ; %(has_lacks)s."
    ),
    LineCode.COVERAGE_REACHED: gettext_noop(
        "Total : %(weight)s/%(total)s, soit %(share)s de %(activity)s, pour un seuil de "
        "%(threshold)s : atteint."
    ),
    LineCode.COVERAGE_NOT_REACHED: gettext_noop(
        "Total : %(weight)s/%(total)s, soit %(share)s de %(activity)s, pour un seuil de "
        "%(threshold)s : non atteint."
    ),
    LineCode.COVERAGE_STALE: gettext_noop(
        "Total : %(weight)s/%(total)s, soit %(share)s de %(activity)s ; %(share_once_renewed)s une "
        "fois les preuves expirées renouvelées, pour un seuil de %(threshold)s : périmé."
    ),
    LineCode.COVERAGE_UNDECIDED: gettext_noop(
        "Total : %(weight)s/%(total)s, soit %(share)s de %(activity)s ; %(share_at_best)s au mieux "
        "si les mesures sans conclusion étaient bonnes, pour un seuil de %(threshold)s : "
        "indéterminé."
    ),
    LineCode.COVERAGE_NO_FACT: gettext_noop(
        "Aucune des %(units)s entités n'a la moindre mesure ou preuve (seuil %(threshold)s)."
    ),
    LineCode.COVERAGE_NOT_APPLICABLE: gettext_noop(
        "Sans objet pour chacune des %(units)s entités."
    ),
    LineCode.COVERAGE_NO_UNIT: gettext_noop(
        "Aucune entité membre connue : la part de %(threshold)s ne peut pas être calculée. "
        "Importez la liste des membres."
    ),
    LineCode.COVERAGE_TOTAL_ZERO: gettext_noop(
        "L'activité combinée des %(units)s entités vaut zéro : la part de %(threshold)s ne peut "
        "pas être calculée."
    ),
    LineCode.COVERAGE_WEIGHTS_UNKNOWN: gettext_noop(
        "Activité combinée inconnue pour %(unknown)s des %(units)s entités : la part de "
        "%(threshold)s ne peut pas être calculée. Importez l'activité."
    ),
    LineCode.COVERAGE_DECIDED_ANYWAY: gettext_noop(
        "Activité combinée inconnue pour %(unknown)s des %(units)s entités, mais le résultat ne "
        "peut pas changer (seuil %(threshold)s)."
    ),
    LineCode.SMALLEST_ADDITION: gettext_noop(
        "Pour atteindre %(threshold)s, il suffit d'ajouter %(units)s : on passe à %(share)s."
    ),
    LineCode.ALL_OF: gettext_noop("Conditions remplies : %(met)s sur %(total)s (toutes requises)."),
    LineCode.ANY_OF: gettext_noop("Conditions remplies : %(met)s sur %(total)s (une suffit)."),
    LineCode.CONDITION_MET: gettext_noop("La condition s'applique à cette organisation."),
    LineCode.CONDITION_NOT_MET: gettext_noop(
        "La condition ne s'applique pas à cette organisation : sans objet."
    ),
    LineCode.CONDITION_OPEN: gettext_noop(
        "On ne sait pas encore si la condition s'applique à cette organisation."
    ),
    UNSET: gettext_noop(
        "Seuil non fixé par l'administrateur (%(parameters)s) : rien ne peut être conclu."
    ),
    BROKEN: gettext_noop(
        "La règle de cette exigence ne peut pas être lue (%(reason)s) : corrigez-la dans le "
        "référentiel."
    ),
}

_ANCHORS = {
    "phase_start": gettext_noop("début de la phase opérationnelle"),
    "application": gettext_noop("dépôt de la candidature"),
    "attainment": gettext_noop("déclaration d'atteinte"),
    "as_of": gettext_noop("jour de l'évaluation"),
}
_SHARES = {"share", "threshold", "share_once_renewed", "share_at_best"}
_DATES = {"date", "opens_on", "closes_on", "expired_on"}
_WORDS = {"unit", "comparison", "reason", "year"}


@dataclass(frozen=True, slots=True)
class Said:
    """One line ready for a page.

    Attributes:
        subject: label of the indicator or kind of document that it is about; "" for others.
        member: name of the entity that it weighs; "" for others.
        share: part of the activity that this entity makes, in words; "" when unknown.
    """

    code: str
    text: str
    state: str
    depth: int
    unit: int | None
    refs: tuple[str, ...]
    is_total: bool
    subject: str = ""
    member: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Labels of the codes that lines name: indicators with their unit, and kinds of document."""

    indicators: Mapping[str, str]
    units: Mapping[str, str]
    documents: Mapping[str, str]

    def code(self, code: str) -> str:
        """Label of an indicator, or of the document behind `proof:<kind>`."""
        kind = code.removeprefix("proof:")
        if kind != code:
            return self.documents.get(kind, kind)
        return self.indicators.get(code, code)


def line_say(line: Mapping[str, Any], words: Vocabulary) -> Said:
    """One stored line as a sentence in the reader's language."""
    code = line["code"]
    raw = dict(line["params"])
    params = {name: _param(name, value, raw, words) for name, value in raw.items()}
    if "has" in raw:
        params["has_lacks"] = _has_lacks(raw, words)
    params["activity"] = _activity(raw.get("year"))
    text = _(TEMPLATES[code]) % params
    if any(ref.startswith("members:") for ref in line["refs"]):
        text = _("%(line)s (calculé d'après les membres)") % {"line": text}
    return Said(
        code=code,
        text=text,
        state=line["state"],
        depth=line["depth"],
        unit=line["unit"],
        refs=tuple(line["refs"]),
        is_total=code.startswith("coverage_"),
        subject=params.get("indicator") or params.get("document", ""),
        member=params.get("unit", "") if code.startswith("unit_") else "",
        share=params.get("share", ""),
    )


def _param(name: str, value: Any, raw: Mapping[str, Any], words: Vocabulary) -> str:
    if name in _DATES:
        return date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT") if value else "…"
    if name in _SHARES:
        return percent(float(value))
    if name == "known_as":
        return str(Knowledge(value).label).lower()
    if name == "indicator":
        return words.code(value)
    if name == "document":
        return words.code(f"proof:{value.removeprefix('proof:')}")
    if name in {"value", "bound"} and "indicator" in raw:
        return _value(name, value, raw, words)
    if name in {"has", "lacks", "parameters"} or isinstance(value, list):
        return ", ".join(words.code(item) for item in value) or "—"
    if name == "anchor":
        return _(_ANCHORS.get(value, value))
    if name in _WORDS:
        return str(value)
    return _number(str(value))


def _activity(year: int | None) -> str:
    if year is None:
        return _("l'activité combinée")
    return _("l'activité combinée de %(year)s") % {"year": year}


def _number(value: str) -> str:
    number = float(value)
    if not math.isfinite(number):
        return "—"
    return number_format(int(number) if number == int(number) else number, force_grouping=True)


def _value(name: str, value: Any, raw: Mapping[str, Any], words: Vocabulary) -> str:
    unit = words.units.get(raw["indicator"], "")
    if unit == "boolean":
        return _("oui") if float(value) else _("non")
    said = _number(str(value))
    if name == "bound":
        sign = {"at_least": "≥ ", "at_most": "≤ "}.get(str(raw.get("comparison")), "= ")
        return sign + said
    return said


def _has_lacks(raw: Mapping[str, Any], words: Vocabulary) -> str:
    has = ", ".join(words.code(code) for code in raw["has"])
    lacks = ", ".join(words.code(code) for code in raw["lacks"])
    if has and lacks:
        return _("a %(has)s, n'a pas %(lacks)s") % {"has": has, "lacks": lacks}
    if lacks:
        return _("n'a pas %(lacks)s") % {"lacks": lacks}
    return _("a %(has)s") % {"has": has} if has else _("aucune preuve")


def percent(share: float) -> str:
    """A share of 0..1 as people write it: 66 %, 65,9 %; never rounded up to the threshold."""
    tenths = int(share * 1000 + 1e-9) / 10
    shown = int(tenths) if tenths == int(tenths) else tenths
    return _("%(value)s %%") % {"value": number_format(shown)}
