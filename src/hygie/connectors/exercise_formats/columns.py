"""Under which titles do people write each column of a timeline, in French and in English?

The first title is the one that is written in a French file, the second one in an English file.
"""

from collections.abc import Mapping

from hygie.connectors.tables.titles import title_key
from hygie.connectors.tables.types import Column

TIME = "time"
# One of these is needed to make an inject of a row.
CONTENT = ("title", "body", "action")

# Our own columns, in the order in which they are written.
_OWN: Mapping[str, tuple[str, ...]] = {
    "key": (
        "Identifiant", "Identifier", "Id", "N°", "Numéro", "Num", "No", "Réf", "Référence", "Code",
        "N° inject", "N° stimulus", "Numéro d'inject", "Numéro du stimulus", "Inject ID",
        "Inject number", "Inject #", "Control number", "Number", "Event number", "Event ID",
        "MSEL number", "Message number", "Serial", "Serial number", "Ref", "N° événement",
        "N° message", "N° d'ordre", "Ordre",
    ),
    TIME: (
        "Horaire", "Time", "Heure", "Heure prévue", "Heure d'injection", "Heure d'envoi", "Temps",
        "Timing", "Moment", "Échéance prévue", "Chronologie", "Quand", "Timeline", "Date et heure",
        "Date/heure", "Horodatage", "Real time", "Real-time", "Exercise time", "Inject time",
        "Planned time", "Delivery time", "Start time", "Execution time", "Date time", "DateTime",
        "Offset", "Décalage", "T+", "H+", "Time offset", "When", "Minute", "Minutes",
        "Temps écoulé", "Elapsed time", "Event time", "Scheduled time", "Release time",
        "Heure réelle", "Heure locale", "Heure de diffusion", "Heure d'émission", "Heure de jeu",
        "Horaire prévu", "Date et heure prévues",
    ),
    "nature": (
        "Nature", "Kind", "Type", "Type d'événement", "Type d'inject", "Type de stimulus",
        "Catégorie", "Event type", "Inject type", "Category",
    ),
    "channel": (
        "Canal", "Channel", "Moyen", "Moyen de diffusion", "Mode de diffusion", "Vecteur", "Média",
        "Support", "Mode", "Mode d'envoi", "Moyen d'envoi", "Moyen de communication",
        "Delivery method", "Method", "Means", "Medium", "Media", "Platform", "How",
        "Inject mode", "Inject method", "Delivery mode", "Mode of delivery", "Means of delivery",
        "Mode de transmission", "Moyen utilisé", "Canal de diffusion",
    ),
    "sender": (
        "Émetteur", "Sender", "Expéditeur", "Émetteur simulé", "De", "De la part de", "Source",
        "Origine", "Rôle joué", "Joué par", "From", "From org", "Simulated sender", "Originator",
        "Role player", "Simulated player", "Appelant",
    ),
    "cells": (
        "Destinataires", "Recipients", "Destinataire", "Cellule", "Cellules", "Cellule concernée",
        "Cellules concernées", "Cellule destinataire", "Joueurs", "Joueur", "Joueurs concernés",
        "Équipe", "Équipes", "Public", "À", "À destination de", "Team", "Teams", "Recipient",
        "Audience", "Audiences", "Player", "Players", "To", "To org", "Cell", "Cells",
        "Target", "Récepteur", "Récepteurs", "Recipient player",
        "Recipient players", "Intended player", "Intended players", "Participants", "Cible",
        "Target audience", "Training audience",
    ),
    "title": (
        "Sujet", "Subject", "Titre", "Objet", "Intitulé", "Libellé", "Événement", "Résumé",
        "Nom", "Thème", "Title", "Event", "Name", "Summary", "Event title", "Inject title",
        "Inject name", "Headline", "Event summary", "Event name", "Message summary",
    ),
    "body": (
        "Contenu", "Content", "Stimuli", "Stimulus", "Texte", "Message", "Corps",
        "Corps du message", "Texte du message", "Contenu du message", "Description", "Inject",
        "Injects", "Description de l'inject", "Description du stimulus", "Script", "Scénario",
        "Body", "Text", "Event description", "Inject description", "Inject text",
        "Message text", "Narrative", "Contenu du stimulus", "Contenu de l'inject",
        "Event synopsis",
    ),
    "expected": (
        "Réaction attendue", "Expected reaction", "Réactions attendues", "Action attendue",
        "Actions attendues", "Réponse attendue", "Attendu", "Attendus", "Résultat attendu",
        "Comportement attendu", "Expected action", "Expected actions", "Expected response",
        "Expected outcome", "Expected player action", "Expectation description", "Expectation",
        "Desired response", "Anticipated response", "Réaction attendue des joueurs",
        "Réactions attendues des joueurs", "Décision attendue", "Décisions attendues",
        "Effet attendu", "Effets attendus", "Mesures attendues", "Expected outcomes",
        "Expected outcome of player action", "Expected player actions",
        "Expected player response", "Expected participant response",
    ),
    "objective": (
        "Objectif", "Objective", "Objectifs", "Objectif testé", "Objectif pédagogique",
        "Objectif visé", "Objectives", "Exercise objective", "Training objective",
        "Objectifs visés", "Objectifs pédagogiques",
    ),
    "options": (
        "Choix", "Options", "Choix possibles", "Réponses possibles", "Choices", "Poll", "Sondage",
    ),
    "score": (
        "Points", "Score", "Note", "Barème", "Expectation score", "Max score", "Weight",
    ),
    "deadline": (
        "Délai de réaction", "Deadline", "Délai", "Délai (min)", "Délai attendu", "Temps imparti",
        "Response time", "Time limit", "Due within", "Duration",
    ),
    "deliverable": (
        "Livrable", "Deliverable", "Livrables", "Production attendue", "Livrable attendu",
        "Deliverables", "Product",
    ),
    "attachments": (
        "Pièces jointes", "Attachments", "Pièce jointe", "PJ", "Fichiers", "Fichier joint",
        "Documents", "Annexes", "Attachment", "Files", "Picture name", "Resources",
    ),
    "comment": (
        "Note d'animation", "Facilitation note", "Commentaire", "Commentaires", "Observation",
        "Observations", "Remarque", "Remarques", "Notes", "Consigne", "Consignes d'animation",
        "Comment", "Comments", "Remarks", "Facilitator notes", "Controller notes",
        "Commentaire animateur", "Commentaires animateurs", "Notes pour l'animation",
        "Controller instructions", "Evaluator notes", "Special instructions",
    ),
    "conditions": (
        "Conditions", "Branch conditions", "Condition", "Déclencheur", "Trigger", "Depends on",
    ),
    "match": ("Combinaison des conditions", "Conditions combined"),
    "after": ("Attente après conditions", "Wait after conditions"),
}  # fmt: skip

# Columns of others, read into ours.
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "day": (
        "Jour", "Day", "Date", "Date prévue", "Planned date", "Journée", "Event date",
        "Scheduled date", "Exercise day", "Date d'envoi",
    ),
    "action": (
        "Action à mener", "Action to be taken", "Action à réaliser", "Action", "Actions",
        "Action animateur", "Action de l'animation", "Tâche", "Task", "Facilitator action",
        "Controller action",
    ),
    "expectation": (
        "Nom de l'attendu", "Expectation name", "Intitulé de l'attendu", "Name of expectation",
    ),
    # Read where ours is not in the sheet.
    "simulated_time": ("Heure fictive", "Scenario time", "Heure simulée", "Simulated time"),
    # Added to the text.
    "details": ("Détails", "Details", "Détail", "Event details", "Inject details", "Full text"),
    "capability": ("Capacité", "Capability", "Core capability", "Core capabilities"),
    # Who does it among the staff.
    "controller": (
        "Animateur", "Controller", "Responsible controller", "Assigned to",
        "Animateur responsable", "Animateurs", "Facilitator",
    ),
    "status": (
        "Statut", "Status", "État", "État d'avancement", "Avancement", "Fait/À faire",
        "Fait", "Done/To do", "Done", "State", "Progress",
        "Envoyé", "Joué", "Sent", "Delivered",
    ),
}  # fmt: skip

OWN_COLUMNS = tuple(_OWN)


def _columns() -> tuple[Column, ...]:
    """Each title belongs to one column: to the one that writes it, else to the first claimed."""
    titles = {**_OWN, **_OTHERS}
    owner: dict[str, str] = {}
    for written in (True, False):
        for name, own in titles.items():
            for title in own[:2] if written else own[2:]:
                owner.setdefault(title_key(title), name)
    return tuple(
        Column(
            name,
            tuple(one for one in own if title_key(one) and owner[title_key(one)] == name),
            required=name == TIME,
        )
        for name, own in titles.items()
    )


CHRONOGRAM_COLUMNS = _columns()


def title_of(name: str, language: str) -> str:
    """The title that is written over one of our columns."""
    return _OWN[name][1 if language == "en" else 0]


def applied(told: Mapping[str, str]) -> tuple[Column, ...]:
    """Our columns under the titles that somebody told.

    Args:
        told: our column → title of the sheet; "" = this column of ours is not in the sheet.

    Returns:
        Columns; a title told belongs to one column only, what is not told is recognised.
    """
    taken = {title_key(title) for title in told.values() if title}
    found = []
    for column in CHRONOGRAM_COLUMNS:
        title = told.get(column.name)
        if title is None:
            titles = tuple(one for one in column.titles if title_key(one) not in taken)
        else:
            titles = (title,) if title else ()
        if titles:
            found.append(Column(column.name, titles, column.required))
    # The last one wins a title that is also the name of another column.
    return tuple(sorted(found, key=lambda one: one.name in told))
