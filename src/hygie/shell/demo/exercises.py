"""Which crisis exercise did the invented support establishment play, and what did it learn?

It is told as a transcript: the one that an establishment writes of an exercise played on paper.
"""

import datetime as dt
import json
from pathlib import Path
from random import Random
from typing import Any

from hygie.engines.exercise.types import InjectRecord, ScenarioRecord
from hygie.engines.exercise.vocabulary import Nature, Result
from hygie.governance.exercises.catalogue import Kind, scenario_record
from hygie.governance.exercises.catalogue_questions import (
    QuestionKind,
    maturity_parts,
    survey_questions,
)

SCENARIO = "ransomware-night"
MODEL = f"{SCENARIO}-{Kind.CH}"
_DAYS_AGO = 21
_HOUR = dt.time(9, 0, tzinfo=dt.UTC)
_PEOPLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("decision", ("Directrice de garde", "Cadre de direction", "Secrétaire de la cellule")),
    ("it", ("Technicien d'astreinte", "RSSI", "Administratrice réseau")),
    ("care", ("Cadre de nuit", "Urgentiste", "Infirmière de réanimation")),
    ("communication", ("Chargée de communication", "Standardiste")),
    ("logistics", ("Responsable logistique", "Cuisine centrale")),
)
_NOTES = (
    "Décision prise après un rappel.", "Le message n'est pas remonté à la cellule de crise.",
    "Fiche réflexe sortie d'emblée.", "Deux personnes ont appelé le même numéro.",
)  # fmt: skip
_LOG = (
    ("fact", "Plus d'accès au dossier patient aux urgences."),
    ("decision", "Passage aux dossiers papier dans toutes les unités."),
    ("action", "Sortie des cartons de procédures dégradées."),
    ("communication", "Message du directeur lu dans les services."),
    ("fact", "Le SAMU est prévenu : délestage des entrées couchées."),
    ("action", "Isolement du réseau administratif confirmé."),
    ("communication", "Alerte au CERT Santé et à l'ARS."),
)
_WORDS = (
    "Des étiquettes pré-imprimées", "Un annuaire papier à jour", "Plus de points de situation",
    "Une fiche par service, affichée", "Un second téléphone de crise",
)  # fmt: skip
_LESSONS: tuple[tuple[str, str, str, bool, str, str, int], ...] = (
    ("strength", "La cellule de crise s'est réunie en moins de vingt minutes, de nuit.",
     "decision", True, "", "", 0),
    ("strength", "Les prescriptions papier étaient prêtes dans chaque unité.",
     "care", True, "", "", 0),
    ("gap", "L'annuaire de crise papier n'était pas au poste de garde.",
     "decision", True, "Imprimer et déposer l'annuaire de crise dans chaque service",
     "Cadre supérieur de santé", 45),
    ("gap", "Personne ne savait qui appelle le CERT Santé.",
     "it", True, "Écrire et afficher la fiche d'alerte", "RSSI", 30),
    ("gap", "Les résultats de biologie urgents n'avaient pas de circuit papier.",
     "care", False, "Définir le circuit papier des examens urgents", "Biologiste responsable", 90),
    ("gap", "Le second point de presse n'était pas préparé.", "communication", False, "", "", 0),
)  # fmt: skip


def exercise_write(folder: Path, today: dt.date, seed: int) -> Path:
    """Write the story of an exercise played three weeks ago.

    Args:
        folder: exists. today: the exercise was played before it. seed: of the draw.

    Returns:
        A file ready for `hygie exercises transcribe`.
    """
    path = folder / "exercice-demo.json"
    path.write_text(
        json.dumps(transcript(today, seed), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return path


def transcript(today: dt.date, seed: int) -> dict[str, Any]:
    """The same as data."""
    draw = Random(seed)  # noqa: S311  # a story, not a secret
    script = scenario_record(SCENARIO, kind=Kind.CH, language="fr")
    cells = {cell.key: names for cell in script.cells for key, names in _PEOPLE
             if key == cell.key}  # fmt: skip
    start = dt.datetime.combine(today - dt.timedelta(days=_DAYS_AGO), _HOUR)
    first = min((row.offset_s for row in script.injects), default=0)
    from_s = max(min(first, 0), -3600)
    lasts = script.duration_s - from_s + 900
    return {
        "schema": 1,
        "model": MODEL,
        "language": "fr",
        "title": script.title,
        "started_at": start.isoformat(),
        "ended_at": (start + dt.timedelta(seconds=lasts)).isoformat(),
        "from_s": from_s,
        "people": [
            *({"name": name, "role": "player", "cell": key}
              for key, names in cells.items() for name in names),
            {"name": "Observateur du GHT", "role": "observer"},
        ],
        "moments": _moments(draw, script, cells, from_s),
        "maturity_before": _maturity(draw, (None, 0, 1, 1, 2)),
        "maturity_after": _maturity(draw, (None, 1, 2, 2, 3)),
        "surveys": _surveys(draw, script, [name for names in cells.values() for name in names]),
        "marks": [{"objective": one.key, "value": draw.choice((1, 2, 2, 3))}
                  for one in script.objectives],
        "lessons": [_lesson(row, script, today) for row in _LESSONS],
        "close": True,
    }  # fmt: skip


def _moments(
    draw: Random, script: ScenarioRecord, cells: dict[str, tuple[str, ...]], from_s: int
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    rows = [row for row in script.injects if row.offset_s >= from_s]
    for row in rows:
        if row.conditions and draw.random() < 0.5:
            continue
        if draw.random() < 0.06 and not row.options:
            found.append({"second": row.offset_s, "do": "skip", "inject": row.key})
            continue
        second = min(row.offset_s + draw.choice((0, 0, 20, 60, 180)), script.duration_s)
        found.append({"second": second, "do": "play", "inject": row.key})
        if row.expected and row.nature is Nature.INJECT:
            found += _reactions(draw, row, cells, second, script.duration_s)
    for place, (kind, text) in enumerate(_LOG * 3):
        key = draw.choice(sorted(cells))
        found.append({
            "second": 400 + place * script.duration_s // (3 * len(_LOG) + 3), "do": "log",
            "by": draw.choice(cells[key]), "kind": kind, "text": text,
        })  # fmt: skip
    return found


def _reactions(
    draw: Random, row: InjectRecord, cells: dict[str, tuple[str, ...]], second: int, end: int
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    key = draw.choice([one for one in (row.cells or tuple(cells)) if one in cells] or sorted(cells))
    if draw.random() < 0.85:
        at = min(second + draw.randint(60, 1100), end + 600)
        found.append({
            "second": at, "do": "decide" if row.options else "answer", "inject": row.key,
            "by": draw.choice(cells[key]), "text": "" if row.options else "C'est fait.",
            "option": draw.choice(row.options) if row.options else "",
        })  # fmt: skip
    if draw.random() < 0.85:
        result = draw.choice((Result.REACHED, Result.REACHED, Result.PARTIAL, Result.MISSED))
        found.append({
            "second": min(second + 1200, end + 600), "do": "observe", "inject": row.key,
            "by": "Observateur du GHT", "result": result.value,
            "text": draw.choice(_NOTES) if draw.random() < 0.3 else "",
        })  # fmt: skip
    return found


def _maturity(draw: Random, values: tuple[int | None, ...]) -> dict[str, int | None]:
    return {item.key: draw.choice(values) for part in maturity_parts("fr") for item in part.items}


def _surveys(draw: Random, script: ScenarioRecord, names: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "by": name,
            "answers": {
                one.key: draw.randint(2, 5)
                if one.kind is QuestionKind.SCALE
                else draw.choice(_WORDS)
                for one in survey_questions("fr")
            },
            "marks": {one.key: draw.randint(1, 3) for one in script.objectives},
        }
        for name in names[:-2]
    ]


def _lesson(
    row: tuple[str, str, str, bool, str, str, int], script: ScenarioRecord, today: dt.date
) -> dict[str, Any]:
    kind, text, cell, is_shared, action, owner, days = row
    known = {one.key for one in script.cells}
    due_on = (today + dt.timedelta(days=days)).isoformat()
    return {
        "kind": kind, "text": text, "cell": cell if cell in known else "", "shared": is_shared,
        "action": {"title": action, "owner": owner, "due_on": due_on, "priority": 1}
        if action else None,
    }  # fmt: skip
