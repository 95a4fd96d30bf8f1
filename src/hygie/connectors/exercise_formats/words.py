"""Which of our words does a word of a timeline stand for?"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from hygie.connectors.tables.titles import normalised
from hygie.engines.exercise.vocabulary import (
    CellKind,
    Channel,
    Level,
    Match,
    Nature,
    On,
    Play,
    Result,
)

_Value = TypeVar("_Value", bound=StrEnum)

# The first word is written in French files, the second one in English files.
NATURE_WORDS: Mapping[Nature, tuple[str, ...]] = {
    Nature.INJECT: (
        "inject", "inject", "stimulus", "stimuli", "injection", "événement", "event", "message",
        "évènement", "mél",
    ),
    Nature.INFORMATION: (
        "information", "information", "info", "contexte", "context", "pour information",
        "bruit", "noise", "ambiance",
    ),
    Nature.MILESTONE: (
        "jalon", "milestone", "décompte", "compte à rebours", "countdown", "phase", "move",
        "étape", "startex", "endex", "debex", "finex", "début d'exercice", "fin d'exercice",
        "pause", "reprise",
    ),
    Nature.FACILITATION: (
        "animation", "facilitation", "animateur", "animateurs", "facilitator", "consigne",
        "interne", "direxcon", "dirani", "excon", "control", "contrôle", "staff", "white cell",
        "organisation", "note d'animation", "temps mort",
    ),
}  # fmt: skip

CHANNEL_WORDS: Mapping[Channel, tuple[str, ...]] = {
    Channel.MAIL: (
        "courriel", "e-mail", "mail", "email", "mél", "messagerie", "e mail", "email inject",
    ),
    Channel.PHONE: (
        "téléphone", "phone", "appel", "appel téléphonique", "tél", "call", "phone call",
        "telephone", "oral", "verbal", "verbale", "radio portative", "talkie",
    ),
    Channel.SMS: ("SMS", "SMS", "texto", "text message", "message court", "texting"),
    Channel.PAPER: (
        "papier", "paper", "courrier", "lettre", "document", "remise en main propre", "fax",
        "main propre", "letter", "handout", "print", "imprimé", "télécopie",
    ),
    Channel.PRESS: (
        "presse", "press", "média", "médias", "article", "article de presse", "journal", "tv",
        "télévision", "radio", "media", "news", "journaliste", "media pressure", "pms",
        "pression médiatique",
    ),
    Channel.SOCIAL: (
        "réseaux sociaux", "social media", "réseau social", "social", "twitter", "tweet", "x",
        "mastodon", "facebook", "linkedin", "rs", "social network", "instagram",
    ),
    Channel.ALARM: (
        "alarme", "alarm", "écran", "écran d'alarme", "alerte", "alert", "supervision", "siem",
        "screen", "pop-up", "alarm screen", "edr", "notification", "journal système",
    ),
}  # fmt: skip

LEVEL_WORDS: Mapping[Level, tuple[str, ...]] = {
    Level.BEGINNER: ("débutant", "beginner"),
    Level.INTERMEDIATE: ("intermédiaire", "intermediate"),
    Level.CONFIRMED: ("confirmé", "confirmed", "advanced", "expert", "avancé"),
}
PLAY_WORDS: Mapping[Play, tuple[str, ...]] = {
    Play.TABLE_TOP: ("sur table", "table-top", "tabletop", "ttx"),
    Play.FULL: ("grandeur nature", "full play", "full", "full scale", "réel"),
}
CELL_KIND_WORDS: Mapping[CellKind, tuple[str, ...]] = {
    CellKind.DECISION: ("décision", "decision"),
    CellKind.IT: ("informatique", "IT"),
    CellKind.CARE: ("soins", "care"),
    CellKind.COMMUNICATION: ("communication", "communication"),
    CellKind.LOGISTICS: ("logistique", "logistics"),
    CellKind.OTHER: ("autre", "other"),
}
ON_WORDS: Mapping[On, tuple[str, ...]] = {
    On.PLAYED: ("joué", "played"),
    On.DECISION: ("décision", "decision"),
    On.RESULT: ("résultat", "result"),
}
RESULT_WORDS: Mapping[Result, tuple[str, ...]] = {
    Result.REACHED: ("atteint", "reached"),
    Result.PARTIAL: ("partiel", "partial"),
    Result.MISSED: ("manqué", "missed"),
    Result.NOT_OBSERVED: ("non observé", "not observed"),
}
MATCH_WORDS: Mapping[Match, tuple[str, ...]] = {
    Match.ALL: ("toutes", "all", "and", "et"),
    Match.ANY: ("une seule suffit", "any", "or", "ou", "une"),
}

EVERYONE = frozenset(
    normalised(word)
    for word in (
        "tous", "toutes", "tout le monde", "toutes les cellules", "tous les joueurs", "all",
        "everyone", "everybody", "all players", "all teams", "all cells", "ensemble",
    )
)  # fmt: skip
# What is written instead of nothing.
NOBODY = frozenset({"", "sans objet", "na", "nc", "non applicable", "not applicable"})
_STAFF = frozenset(
    normalised(word)
    for word in (
        "animation", "animateur", "animateurs", "animatrice", "cellule animation",
        "cellule d'animation", "équipe animation", "direction animation", "dirani", "direxcon",
        "excon", "facilitateur", "facilitateurs", "facilitator", "facilitators", "planner",
        "planners", "planificateur", "planificateurs", "observateur", "observateurs", "observer",
        "observers", "évaluateur", "évaluateurs", "evaluator", "evaluators", "white cell",
        "white team", "red team", "controller", "controllers", "exercise control", "staff",
        "organisateur", "organisateurs", "aucun", "aucune", "personne", "none", "nobody", "néant",
        "simulation cell", "simcell", "animation team", "exercise team", "planning team",
        "équipe d'animation", "équipe exercice",
    )
)  # fmt: skip

_KIND_CLUES: tuple[tuple[CellKind, frozenset[str]], ...] = (
    (CellKind.COMMUNICATION, frozenset(
        {"communication", "com", "comm", "comms", "presse", "press", "media", "medias", "pr"})),
    (CellKind.IT, frozenset(
        {"it", "dsi", "dsn", "soc", "csirt", "cert", "rssi", "ciso", "informatique", "technique",
         "tech", "cyber", "ssi", "si", "desk", "helpdesk", "systeme", "systemes", "reseau",
         "numerique", "ops", "security"})),
    (CellKind.CARE, frozenset(
        {"soins", "soin", "soignants", "soignante", "care", "clinical", "medical", "medicale",
         "medicaux", "urgences", "bloc", "laboratoire", "pharmacie", "imagerie", "samu", "dmu",
         "cadre", "cadres", "cme", "nurse", "ward", "paramedicale", "ehpad", "biologie"})),
    (CellKind.LOGISTICS, frozenset(
        {"logistique", "logistics", "logistic", "achats", "techniques", "surete", "rh", "finance",
         "finances", "facilities", "support", "approvisionnement", "juridique", "legal"})),
    (CellKind.DECISION, frozenset(
        {"direction", "directeur", "directrice", "decision", "decisionnelle", "strategique",
         "crise", "crisis", "incident", "executive", "management", "codir", "comex", "board",
         "sponsor", "sponsors", "leadership", "ccr", "commander"})),
)  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_ASIDE = re.compile(r"\([^()]*\)")
_COUNTDOWNS = frozenset({"decompte", "compte a rebours", "countdown"})
_NUMBER = re.compile(r"\s+\d+$")
_MARKS_OF_PLAY = frozenset(
    normalised(word)
    for word in (
        "startex", "endex", "debex", "finex", "pausex", "début d'exercice", "fin d'exercice",
        "début de l'exercice", "fin de l'exercice", "start of exercise", "end of exercise",
    )
)  # fmt: skip


def nature_of(word: str) -> Nature | None:
    """The nature that a word names, None when it names none."""
    return _found(word, NATURE_WORDS)


def is_countdown(word: str) -> bool:
    """Whether a type of row starts a countdown on the screens of the players."""
    return normalised(word) in _COUNTDOWNS


def is_mark_of_play(title: str) -> bool:
    """Whether a row says that the exercise begins, pauses or ends: "STARTEX"."""
    return normalised(title) in _MARKS_OF_PLAY


def channel_of(word: str) -> Channel | None:
    """The channel that a word names, None when it names none."""
    return _found(word, CHANNEL_WORDS)


def channel_in(text: str) -> Channel | None:
    """The only channel that a sentence speaks of: "Notify by SMS"; None when none or several."""
    said = f" {normalised(text)} "
    found = {
        channel
        for channel, words in CHANNEL_WORDS.items()
        for word in words
        # To raise the alert is what people do by any of the other means.
        if channel is not Channel.ALARM
        and len(normalised(word)) > 2
        and f" {normalised(word)} " in said
    }
    return found.pop() if len(found) == 1 else None


def is_staff(name: str) -> bool:
    """Whether a recipient is one of those who run the exercise."""
    said = normalised(_ASIDE.sub("", name))
    return said in _STAFF or _NUMBER.sub("", said) in _STAFF


def kind_of_cell(name: str) -> CellKind:
    """What a group of players stands for, going by its name."""
    words = set(_WORD.findall(normalised(name)))
    return next((kind for kind, clues in _KIND_CLUES if clues & words), CellKind.OTHER)


def word_of(value: _Value, words: Mapping[_Value, tuple[str, ...]], language: str) -> str:
    """The word that is written for one of our values."""
    return words[value][1 if language == "en" else 0]


def value_of(word: str, words: Mapping[_Value, tuple[str, ...]]) -> _Value | None:
    """The value that a word names, in either language or as our own code; None when none."""
    return _found(word, words)


def _found(word: str, words: Mapping[_Value, tuple[str, ...]]) -> _Value | None:
    said = normalised(word)
    if not said:
        return None
    for value, own in words.items():
        if said == normalised(str(value)) or said in {normalised(one) for one in own}:
            return value
    return None
