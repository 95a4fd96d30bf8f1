"""What keeps each cell busy between two events: ordinary questions, and noise for the trained?

`$activity` is an activity touched by then and `$system` something that has failed by then, both
quoted: they change each time.
"""

from collections.abc import Mapping

from hygie.engines.exercise.generated.texts.between_house import COMMUNICATION, LOGISTICS
from hygie.engines.exercise.generated.texts.row import row
from hygie.engines.exercise.generated.words import TRAINED, Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

_DECISION = (
    row(
        "elected", Cell.DECISION, Channel.PHONE, "report",
        Words("Le maire appelle", "The mayor calls"),
        Words(
            "Maire, président du conseil de surveillance",
            "Mayor, chair of the supervisory board",
        ),
        Words(
            "« Les gens m'arrêtent dans la rue. Dites-moi ce que je peux dire, et ce que je dois "
            "taire. Est-ce que je dois venir ? »",
            "“People stop me in the street. Tell me what I may say and what I must keep quiet. "
            "Should I come?”",
        ),
        Words(
            "Remercier, donner le même texte qu'à tous, une heure de rappel, pas de visite.",
            "Thank him, give the same text as to all, a time to call back, no visit.",
        ),
    ),
    row(
        "unions", Cell.DECISION, Channel.PHONE, "plan",
        Words("Les représentants du personnel", "Staff representatives"),
        Words("Secrétaire du comité social", "Secretary of the works council"),
        Words(
            "« Les équipes font le double d'heures sans planning ni pointage. Serons-nous payés ? "
            "Peut-on refuser une tâche qu'on n'a jamais faite à la main ? »",
            "“Teams work twice the hours without rota or time clock. Will we be paid? May one "
            "refuse a task never done by hand?”",
        ),
        Words(
            "Décompte papier des heures, engagement écrit, droit de dire que l'on ne sait pas "
            "faire, point commun à heure fixe.",
            "Paper count of hours, written commitment, the right to say that one cannot do it, "
            "joint update at a set time.",
        ),
    ),
    row(
        "neighbour", Cell.DECISION, Channel.PHONE, "plan",
        Words("Un voisin propose son aide", "A neighbour offers help"),
        Words("Directeur d'un établissement du groupement", "Director of a hospital of the group"),
        Words(
            "« Je peux prêter six lits et un informaticien. Mais je partage des applications avec "
            "vous : dois-je couper mes liens ? »",
            "“I can lend six beds and one IT person. But I share applications with you: should I "
            "cut my links?”",
        ),
        Words(
            "Dire franchement le risque, laisser couper ou demander d'attendre avec une raison, "
            "accepter les lits par écrit, activité par activité.",
            "Say the risk frankly, let them cut or ask them to wait with a reason, accept the beds "
            "in writing, activity by activity.",
        ),
    ),
    row(
        "false-good-news", Cell.DECISION, Channel.MAIL, "plan",
        Words("Tout serait revenu", "All is said to be back"),
        Words("Chef de pôle", "Head of division"),
        Words(
            "On me dit que $system est revenu et que l'on peut reprendre. J'ai prévenu mes "
            "équipes, elles rangent le papier.",
            "I hear that $system is back and that we may resume. I told my teams, they are putting "
            "the paper away.",
        ),
        Words(
            "Vérifier avec la cellule technique, arrêter la reprise, rappeler qui annonce un "
            "retour et comment.",
            "Check with the technical cell, stop the return, recall who announces a return and "
            "how.",
        ),
        TRAINED,
    ),
    row(
        "visit", Cell.DECISION, Channel.PHONE, "alert",
        Words("Une visite au pire moment", "A visit at the worst moment"),
        Words("Secrétariat de direction", "Director's office"),
        Words(
            "« Deux experts-visiteurs de la certification sont dans le hall, prévus de longue "
            "date. Je les installe où, et qui les reçoit ? »",
            "“Two accreditation surveyors are in the hall, planned long ago. Where do I put them "
            "and who receives them?”",
        ),
        Words(
            "Les recevoir brièvement, proposer un report, ne rien montrer de la cellule.",
            "Receive them briefly, offer another date, show nothing of the cell.",
        ),
        TRAINED,
    ),
)  # fmt: skip

_IT = (
    row(
        "overtime-help", Cell.IT, Channel.PHONE, "contain",
        Words("Un renfort sans badge", "Reinforcement without a badge"),
        Words("Technicien d'un autre établissement", "Technician of another establishment"),
        Words(
            "« Votre groupement m'envoie. J'ai mon ordinateur et mes outils. Donnez-moi un compte "
            "d'administration et je commence. »",
            "“Your group sent me. I have my computer and tools. Give me an administration account "
            "and I start.”",
        ),
        Words(
            "Vérifier qui il est, matériel de la maison, tâche bornée, compte nominatif, binôme.",
            "Check who he is, house equipment, limited task, named account, work in pairs.",
        ),
    ),
    row(
        "inventory", Cell.IT, Channel.MAIL, "contain",
        Words("Qui dépend de quoi ?", "Who depends on what?"),
        Words("Adjoint du directeur informatique", "Deputy IT director"),
        Words(
            "La cellule de crise veut la liste de ce qui s'appuie sur $system, avec les services. "
            "L'outil est hors ligne. Avons-nous la carte imprimée, et de quand date-t-elle ?",
            "The crisis cell wants the list of what rests on $system, with the wards. The tool is "
            "offline. Do we have the map printed, and how old is it?",
        ),
        Words(
            "Sortir la carte et l'annuaire imprimés, dire leur date, répondre par activité de "
            "soins, noter ce qui s'avère faux.",
            "Bring out the printed map and directory, say their date, answer by care activity, "
            "note what proves wrong.",
        ),
    ),
    row(
        "password-door", Cell.IT, Channel.PHONE, "alert",
        Words("Le coffre des secrets", "The vault of secrets"),
        Words("Administrateur système", "System administrator"),
        Words(
            "« Les secrets de secours sont dans un coffre… sur le réseau. L'enveloppe papier est "
            "chez la directrice, en déplacement. Qui a une copie ? »",
            "“The emergency secrets are in a vault… on the network. The paper envelope is with the "
            "director, who is travelling. Who has a copy?”",
        ),
        Words(
            "Trouver l'enveloppe ou la seconde copie, ouvrir à deux, noter, changer les secrets "
            "ensuite ; écart à corriger.",
            "Find the envelope or second copy, open it with two people, note it, change the "
            "secrets later; a gap to close.",
        ),
    ),
    row(
        "false-lead", Cell.IT, Channel.MAIL, "contain",
        Words("C'est la mise à jour d'hier", "It is yesterday's update"),
        Words("Prestataire d'infogérance", "Hosting contractor"),
        Words(
            "Nos équipes pensent à une mise à jour posée hier sur $system. Nous proposons de la "
            "retirer partout, tout de suite, sur simple accord par retour.",
            "Our teams suspect an update applied yesterday on $system. We suggest removing it "
            "everywhere, right now, on a simple reply.",
        ),
        Words(
            "Demander la preuve, essayer sur une machine, garder les traces, ne pas valider par "
            "mail.",
            "Ask for evidence, try on one machine, keep traces, do not approve by mail.",
        ),
        TRAINED,
    ),
    row(
        "curious", Cell.IT, Channel.SMS, "report",
        Words("Un ancien collègue curieux", "A curious former colleague"),
        Words("Numéro inconnu", "Unknown number"),
        Words(
            "Salut, c'est Fred, ex-infra. J'ai su pour chez vous. C'est par le VPN ? Envoie-moi "
            "une capture, je te dis.",
            "Hi, Fred, formerly in infrastructure. I heard. Was it the VPN? Send me a screenshot "
            "and I will tell you.",
        ),
        Words("Ne rien envoyer, noter, prévenir le RSSI.", "Send nothing, note it, tell the CISO."),
        TRAINED,
    ),
)  # fmt: skip

_CARE = (
    row(
        "identity", Cell.CARE, Channel.PHONE, "care",
        Words("Deux bracelets identiques", "Two identical bracelets"),
        Words("Aide-soignante, $ward", "Care assistant, $ward"),
        Words(
            "« Sans étiquettes, j'ai écrit les bracelets à la main. J'en ai deux au même nom, et "
            "personne n'a noté les dates de naissance. »",
            "“Without labels I wrote bracelets by hand. Two bear the same name and nobody wrote "
            "the birth dates.”",
        ),
        Words(
            "Reprendre les identités à deux, au lit, avant tout geste ; consigne "
            "d'identitovigilance rappelée à tous.",
            "Take identities again by two, at the bedside, before any act; identity rule recalled "
            "to all.",
        ),
    ),
    row(
        "allergy", Cell.CARE, Channel.PHONE, "care",
        Words("Une allergie dont on n'est pas sûr", "An uncertain allergy"),
        Words("Infirmière, $ward", "Nurse, $ward"),
        Words(
            "« On me prescrit un antibiotique à voix haute. Le {{personne}} dort, la famille parle "
            "d'une allergie sans savoir laquelle. Le dossier est fermé. »",
            "“I am told an antibiotic aloud. The {{personne}} is asleep, the family mentions an "
            "allergy without knowing which. The record is closed.”",
        ),
        Words(
            "Prescription écrite et relue, médecin traitant ou pharmacien appelé, autre classe, "
            "surveillance tracée.",
            "Prescription written and read back, family doctor or pharmacist called, another "
            "class, watch recorded.",
        ),
    ),
    row(
        "discharge", Cell.CARE, Channel.PHONE, "plan",
        Words("Libérer des lits", "Freeing beds"),
        Words("Gestionnaire des lits", "Bed manager"),
        Words(
            "« Pour tenir, il faudrait faire sortir quinze {{personnes}}. Les courriers et les "
            "ordonnances ne s'impriment pas. Sortent-ils quand même ? »",
            "“To hold we would need fifteen {{personnes}} to leave. Letters and prescriptions "
            "cannot be printed. Do they leave anyway?”",
        ),
        Words(
            "Sorties décidées par un médecin, ordonnance manuscrite, numéro où rappeler, liste de "
            "ceux à revoir.",
            "Discharges decided by a doctor, handwritten prescription, a number to call, list of "
            "those to see again.",
        ),
    ),
    row(
        "agency", Cell.CARE, Channel.PHONE, "care",
        Words("L'intérimaire n'a jamais écrit à la main", "The agency nurse has never used paper"),
        Words("Infirmier intérimaire, $ward", "Agency nurse, $ward"),
        Words(
            "« C'est mon premier jour ici. Je n'ai jamais tenu une feuille de surveillance papier. "
            "Personne n'a le temps de me montrer. »",
            "“It is my first day here. I have never kept a paper chart. Nobody has time to show "
            "me.”",
        ),
        Words(
            "Binôme avec quelqu'un de la maison, tâches simples, fiche d'une page, relais aux "
            "cadres.",
            "Pair with someone of the house, simple tasks, a one-page card, managers informed.",
        ),
    ),
    row(
        "hero", Cell.CARE, Channel.MAIL, "care",
        Words("J'ai trouvé une astuce", "I found a trick"),
        Words("Interne, $ward", "Junior doctor, $ward"),
        Words(
            "J'ai photographié les dossiers de mes {{personnes}} avec mon téléphone et je les "
            "partage dans un groupe avec l'équipe. Tout le monde trouve cela génial. Je le propose "
            "partout ?",
            "I photographed the records of my {{personnes}} with my phone and share them in a "
            "group with the team. Everyone loves it. Shall I offer it everywhere?",
        ),
        Words(
            "Faire cesser sans humilier, effacer, proposer le circuit papier, prévenir le délégué "
            "à la protection des données.",
            "Stop it without humiliating, erase, offer the paper route, tell the data protection "
            "officer.",
        ),
        TRAINED,
    ),
)  # fmt: skip

BETWEEN: Mapping[Cell, tuple[Draft, ...]] = {
    Cell.DECISION: _DECISION, Cell.IT: _IT, Cell.CARE: _CARE,
    Cell.COMMUNICATION: COMMUNICATION, Cell.LOGISTICS: LOGISTICS,
}  # fmt: skip
