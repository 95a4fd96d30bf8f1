"""How are the rooms that measure and the trades that work said to a reader?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROOM_WORDS: dict[str, Promise] = {
    "declared": _("saisie"),
    "territory/estate": _("carte du système d'information"),
    "progress/actions": _("plan d'actions"),
    "progress/evidence": _("preuves"),
    "governance/assessment": _("évaluation"),
    "governance/roadmap": _("feuille de route"),
    "governance/funding": _("financements"),
    "governance/exercises": _("exercices de crise"),
    "governance/continuity": _("continuité d'activité"),
    "governance/incidents": _("incidents"),
    "resources/workforce": _("effectifs et compétences"),
    "resources/pooling": _("mutualisation"),
    "resources/services": _("offre de services"),
    "resources/budget": _("budget"),
    "awareness/phishing": _("hameçonnage simulé"),
    "awareness/learning": _("formation"),
    "awareness/gatherings": _("rencontres"),
    "operations/directory": _("audit d'annuaire"),
    "operations/exposure": _("exposition sur internet"),
    "operations/vulnerabilities": _("vulnérabilités"),
    "operations/interconnections": _("interconnexions"),
    "operations/identities": _("identités"),
    "operations/backups": _("sauvegardes"),
    "operations/supervision": _("supervision"),
    "operations/impact": _("impact sur les soins"),
    "operations/recovery": _("reprise"),
}

SKILL_WORDS: dict[str, Promise] = {
    "rssi": _("RSSI"),
    "sysadmin": _("Administration systèmes"),
    "network": _("Réseaux"),
    "backup": _("Sauvegarde et stockage"),
    "identity": _("Annuaires et identités"),
    "workstation": _("Postes de travail"),
    "applications": _("Applications métier"),
    "biomedical": _("Biomédical"),
    "facilities": _("Services techniques du bâtiment"),
    "quality": _("Qualité et gestion des risques"),
    "care_manager": _("Encadrement des soins"),
    "trainer": _("Formation et animation"),
    "communication": _("Communication"),
    "project": _("Conduite de projet"),
    "legal": _("Juridique et données personnelles"),
    "buyer": _("Achats"),
    "human_resources": _("Ressources humaines"),
    "director": _("Direction"),
}


def room_words(room: str) -> str | Promise:
    """What measures an indicator; its code when nobody has written the words."""
    return ROOM_WORDS.get(room, room)


def skill_words(skill: str) -> str | Promise:
    """A trade; its code when nobody has written the words."""
    return SKILL_WORDS.get(skill, skill)
