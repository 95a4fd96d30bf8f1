"""What does a generated scenario say of itself: title, summary, cells, objectives?"""

from dataclasses import dataclass

from hygie.engines.exercise.generated.words import Words
from hygie.engines.exercise.vocabulary import CellKind

TITLE_ATTACK = Words("Rançongiciel sur notre carte", "Ransomware on our own map")
TITLE_LOSS = Words("Sans $cause", "Without $cause")
SUMMARY = Words(
    "Tiré de la carte de l'établissement : $failures actifs touchés, $care activités de soins, sur "
    "$real de temps réel, joués en $played. Ce qui tombe et dans quel ordre vient des dépendances "
    "de la carte ; les appels sont inventés et se modifient. $rows lignes ; tirage $seed.",
    "Drawn from the establishment's map: $failures assets touched, $care care activities, over "
    "$real of real time, played in $played. What fails and in which order comes from the "
    "dependencies of the map; the calls are made up and may be changed. $rows rows; draw $seed.",
)

CELLS = {
    CellKind.DECISION: Words("Cellule de crise", "Crisis cell"),
    CellKind.IT: Words("Cellule technique", "Technical cell"),
    CellKind.CARE: Words("Cellule soins", "Care cell"),
    CellKind.COMMUNICATION: Words("Cellule communication", "Communication cell"),
    CellKind.LOGISTICS: Words("Cellule logistique", "Logistics cell"),
}


@dataclass(frozen=True, slots=True)
class Objective:
    """What a generated exercise may prove; `outage` is its title when nobody attacks."""

    key: str
    title: Words
    competence: Words
    outage: Words | None = None


OBJECTIVES: tuple[Objective, ...] = (
    Objective(
        "alert",
        Words(
            "Donner l'alerte et ouvrir la cellule de crise",
            "Raise the alarm and open the crisis cell",
        ),
        Words("Alerter et mobiliser", "Alert and mobilise"),
    ),
    Objective(
        "contain",
        Words(
            "Arrêter la propagation sans détruire la preuve ni couper un soin vital",
            "Stop the spread without destroying evidence or cutting vital care",
        ),
        Words("Endiguer et comprendre", "Contain and understand"),
        Words(
            "Comprendre ce qui tombe et limiter l'étendue de la panne",
            "Understand what fails and limit the extent of the outage",
        ),
    ),
    Objective(
        "care",
        Words("Soigner avec les procédures papier", "Care with paper procedures"),
        Words("Tenir un mode dégradé", "Hold a degraded mode"),
    ),
    Objective(
        "plan",
        Words(
            "Régler l'activité d'après ce que chaque soin peut tenir",
            "Regulate activity from how long each care can hold",
        ),
        Words("Décider en cellule de crise", "Decide in a crisis cell"),
    ),
    Objective(
        "report",
        Words(
            "Prévenir les autorités et parler d'une seule voix",
            "Tell the authorities and speak with one voice",
        ),
        Words("Signaler et communiquer", "Report and communicate"),
    ),
    Objective(
        "backup",
        Words(
            "Protéger les sauvegardes et choisir l'ordre de remise en service",
            "Protect the backups and choose the order of restoring",
        ),
        Words("Préserver et reconstruire", "Preserve and rebuild"),
    ),
)
