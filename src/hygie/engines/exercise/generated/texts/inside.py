"""What happens within the establishment in any crisis, at about which moment?

`$activity` is the care most touched, `$system` what failed first, both quoted.
"""

from hygie.engines.exercise.generated.types import Origin
from hygie.engines.exercise.generated.words import TRAINED, Draft, Topic, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

_ATTACK = frozenset({Origin.ATTACK})

INSIDE: tuple[Draft, ...] = (
    Draft(
        "first-call", (Cell.CARE,), Channel.PHONE, "alert", minute=3,
        title=Words("Premier appel d'un service", "First call from a ward"),
        sender=Words("Infirmière, $ward", "Nurse, $ward"),
        body=Words(
            "« Plus rien ne s'affiche depuis quelques minutes. Je pensais à mon poste, mais tout "
            "le couloir est pareil. J'ai une prise de sang et un traitement à donner. J'attends ou "
            "je passe au papier ? »",
            "“Nothing has shown for some minutes. I thought it was my machine, but the whole "
            "corridor is the same. I have blood to draw and a medicine to give. Do I wait or go to "
            "paper?”",
        ),
        expected=Words(
            "Noter l'heure et l'étendue, donner une consigne d'attente sûre, alerter le "
            "{{cadre}}, demander aux autres services sans attendre leurs appels.",
            "Note the time and how far it goes, give a safe waiting instruction, alert the "
            "{{cadre}}, ask other wards without waiting for their calls.",
        ),
        hint=Words("Demander qui d'autre est touché.", "Ask who else is affected."),
    ),
    Draft(
        "opening", (Cell.DECISION,), Channel.PHONE, "alert", minute=5, score=3,
        title=Words("Faut-il ouvrir la cellule de crise ?", "Should the crisis cell open?"),
        sender=Words("Le {{cadre}}", "The {{cadre}}"),
        body=Words(
            "« Je vous appelle parce que le support ne répond plus. $system ne marche plus et les "
            "services m'appellent tous. Je ne sais pas si c'est grave. Est-ce que vous réunissez "
            "quelqu'un ? Qui décide, et où ? »",
            "“I am calling because the help desk no longer answers. $system is down and every ward "
            "is calling me. I do not know how bad it is. Are you gathering people? Who decides, "
            "and where?”",
        ),
        expected=Words(
            "Prendre la direction, ouvrir la cellule (lieu, heure, qui), appeler depuis l'annuaire "
            "papier, donner trois consignes simples, lancer la main courante.",
            "Take charge, open the cell (place, time, who), call from the paper directory, give "
            "three simple instructions, start the crisis log.",
        ),
        hint=Words(
            "Rappeler que la fiche d'alerte du {{plan}} est permise.",
            "Recall that the alert card of the {{plan}} is allowed.",
        ),
    ),
    Draft(
        "switchboard", (Cell.COMMUNICATION,), Channel.SMS, "report", minute=8,
        title=Words("Que répond le standard ?", "What does the switchboard answer?"),
        sender=Words("Standard", "Switchboard"),
        body=Words(
            "Des familles et un correspondant du {{journal}} demandent déjà ce qui se passe. Un "
            "agent a parlé de « piratage » au téléphone. Je réponds quoi ?",
            "Families and a stringer of the {{journal}} already ask what is going on. A colleague "
            "said “hacked” on the phone. What do I answer?",
        ),
        expected=Words(
            "Une phrase courte, vraie, la même pour tous ; noter nom et numéro ; renvoyer la "
            "presse vers une personne nommée ; ne rien dire de la cause.",
            "A short true sentence, the same for everyone; note name and number; direct the press "
            "to a named person; say nothing of the cause.",
        ),
    ),
    Draft(
        "stock", (Cell.LOGISTICS,), Channel.PHONE, "care", minute=10,
        title=Words("Il n'y a plus de formulaires", "The forms are running out"),
        sender=Words("Magasin général", "General store"),
        body=Words(
            "« Les services viennent chercher des ordonnanciers, des bons d'examens et des "
            "feuilles de surveillance. J'en ai pour une demi-journée. L'original est sur le réseau "
            "et le photocopieur demande un badge. »",
            "“Wards come for prescription pads, test forms and charts. I have half a day's worth. "
            "The originals are on the network and the copier asks for a badge.”",
        ),
        expected=Words(
            "Trouver un original et un copieur hors réseau, servir d'abord les soins critiques, "
            "compter, commander à l'imprimeur ou au groupement, tenir la liste des remises.",
            "Find an original and a copier off the network, serve critical care first, count, "
            "order from a printer or the group, keep a list of what is handed out.",
        ),
    ),
    Draft(
        "internal", (Cell.COMMUNICATION, Cell.DECISION), Channel.MAIL, "report", share=0.2,
        title=Words("Le message aux équipes", "The message to staff"),
        sender=Words("Directrice des soins", "Director of nursing"),
        body=Words(
            "Les équipes apprennent les choses par un groupe de messagerie privé. Il "
            "me faut un message que les cadres puissent lire à voix haute dans le quart d'heure, "
            "sans messagerie interne. Qui l'écrit, qui le valide, comment part-il ?",
            "Staff learn things from a private chat group. I need a message that managers "
            "can read aloud within a quarter of an hour, without internal mail. Who writes it, who "
            "approves it, how does it go out?",
        ),
        expected=Words(
            "Cinq phrases : ce qui ne marche pas, ce qui reste, ce qu'on fait, ce qu'on ne fait "
            "pas, prochain message à telle heure ; porté sur papier ou par téléphone.",
            "Five sentences: what is down, what still works, what to do, what not to do, next "
            "message at a given time; carried on paper or by phone.",
        ),
        deliverable=Words("Message aux équipes", "Message to staff"),
    ),
    Draft(
        "medicines", (Cell.LOGISTICS, Cell.CARE), Channel.PHONE, "care", share=0.28,
        title=Words("Les médicaments de la nuit", "Tonight's medicines"),
        sender=Words("La {{pharmacie}}", "The {{pharmacie}}"),
        body=Words(
            "« Je n'ai plus de prescriptions lisibles. Dites-moi par écrit, service par service, "
            "ce qui est indispensable dans les douze heures, sinon je délivre à l'aveugle. Et un "
            "livreur attend une signature sur une tablette éteinte. »",
            "“I have no readable prescriptions. Tell me in writing, ward by ward, what cannot wait "
            "twelve hours, otherwise I issue blind. And a driver waits for a signature on a dead "
            "tablet.”",
        ),
        expected=Words(
            "Liste écrite par service et signée, circuit des ordonnances manuscrites, réception "
            "sur bon papier, coursiers, stupéfiants à part.",
            "List by ward, written and signed, a route for handwritten prescriptions, receipt on "
            "paper, runners, controlled drugs apart.",
        ),
        deadline_min=15,
    ),
    Draft(
        "results", (Cell.CARE,), Channel.PHONE, "care", share=0.36, topic=Topic.LABORATORY,
        title=Words("Un résultat critique sans service", "A critical result without a ward"),
        sender=Words("Technicien de laboratoire", "Laboratory technician"),
        body=Words(
            "« J'ai une hémoglobine à 5,2 au nom de Martin. Il y a trois Martin dans la maison, et "
            "l'étiquette est à moitié effacée. Je rappelle qui ? »",
            "“I have a haemoglobin of 5.2 under the name Martin. There are three Martins in the "
            "house and half of the label is gone. Whom do I call?”",
        ),
        expected=Words(
            "Appeler les trois services, vérifier date de naissance et heure du prélèvement, "
            "prélever à nouveau en cas de doute, ne jamais deviner, noter la relecture.",
            "Call the three wards, check birth date and sampling time, sample again if in doubt, "
            "never guess, note the read-back.",
        ),
        score=3,
    ),
    Draft(
        "cause", (Cell.IT, Cell.DECISION), Channel.PHONE, "contain", share=0.32,
        title=Words("Panne ou attaque ?", "Outage or attack?"),
        sender=Words("Le {{technicien}}", "The {{technicien}}"),
        body=Words(
            "« On me demande si c'est une attaque. $system, c'est un fait ; le reste, je le "
            "devine. J'ai deux personnes et dix pistes. Dites-moi ce que vous voulez savoir "
            "d'abord et quand, je ne peux pas répondre au téléphone et chercher. »",
            "“I am asked whether it is an attack. $system is a fact; the rest I am guessing. I "
            "have two people and ten leads. Tell me what you want to know first and when, I cannot "
            "answer the phone and search.”",
        ),
        expected=Words(
            "Séparer faits et hypothèses, fixer trois questions et une heure de réponse, protéger "
            "les techniciens des appels, garder les journaux avant toute réparation.",
            "Separate facts from guesses, set three questions and a time to answer, shield the "
            "technicians from calls, keep logs before any repair.",
        ),
    ),
    Draft(
        "personal-data", (Cell.DECISION, Cell.COMMUNICATION), Channel.PHONE, "report", share=0.6,
        title=Words("Des données sont-elles parties ?", "Has data gone?"),
        sender=Words("Délégué à la protection des données", "Data protection officer"),
        body=Words(
            "« Même sans vol prouvé, l'indisponibilité de dossiers est une violation de données. "
            "J'ai soixante-douze heures pour notifier à la CNIL à partir du moment où vous en avez "
            "eu connaissance. Quelle heure j'écris ? Et qui prévient les personnes ? »",
            "“Even without proven theft, records that cannot be reached are a data breach. I have "
            "seventy-two hours to notify the CNIL from the moment you knew. Which time do I write "
            "down? And who tells the people concerned?”",
        ),
        expected=Words(
            "Heure de connaissance fixée et écrite, registre des violations ouvert, notification "
            "initiale préparée puis complétée, information des personnes décidée avec la "
            "direction.",
            "Time of knowledge set and written, breach register opened, first notification "
            "prepared then completed, informing people decided with management.",
        ),
        levels=TRAINED, deadline_min=15,
    ),
    Draft(
        "evidence", (Cell.IT,), Channel.PHONE, "contain", share=0.5,
        title=Words("On efface tout et on repart ?", "Wipe everything and start again?"),
        sender=Words("Technicien de proximité", "Field technician"),
        body=Words(
            "« J'ai vingt ordinateurs alignés et les images d'installation sous la main. En deux "
            "heures je rends un service entier. Je commence ? »",
            "“I have twenty computers lined up and the installation images at hand. In two hours I "
            "can give a whole ward back. Shall I start?”",
        ),
        expected=Words(
            "Attendre : garder quelques machines en l'état pour l'enquête, noter leurs numéros, "
            "décider d'une zone saine avant de réinstaller, changer les secrets d'abord.",
            "Wait: keep some machines as they are for the investigation, note their numbers, set "
            "up a clean zone before reinstalling, change secrets first.",
        ),
        origins=_ATTACK, score=3,
    ),
    Draft(
        "hours", (Cell.LOGISTICS, Cell.DECISION), Channel.PHONE, "plan", share=0.78,
        title=Words("Qui prend la suite ?", "Who takes over?"),
        sender=Words("Directeur des ressources humaines", "Director of human resources"),
        body=Words(
            "« Vos deux informaticiens sont debout depuis le début, les cadres aussi. Si cela dure "
            "trois jours, qui relève qui ? Je dois rappeler des gens maintenant, nourrir ceux qui "
            "restent et ouvrir un endroit où dormir. »",
            "“Your two IT people have been up since the start, managers too. If it lasts three "
            "days, who relieves whom? I must call people in now, feed those who stay and open "
            "somewhere to sleep.”",
        ),
        expected=Words(
            "Tour de relève sur trois jours pour chaque cellule, passation écrite, rappel depuis "
            "la liste papier, repas et repos, renfort demandé au groupement.",
            "Three-day rota for each cell, written handover, recall from the paper list, meals and "
            "rest, help asked from the group.",
        ),
        deadline_min=15,
    ),
    Draft(
        "catching-up", (Cell.CARE, Cell.IT), Channel.MAIL, "care", share=0.84,
        title=Words("Rattraper le papier", "Catching up with paper"),
        sender=Words(
            "Médecin responsable de l'information médicale",
            "Head of medical information",
        ),
        body=Words(
            "Quand le {{dpi}} reviendra, il y aura des centaines de feuilles. Qu'est-ce qui est "
            "saisi, par qui, dans quel ordre, et jusqu'à quand une feuille fait-elle foi ? Sans "
            "consigne, chaque service inventera la sienne.",
            "When the {{dpi}} comes back there will be hundreds of sheets. What is typed in, by "
            "whom, in which order, and until when does a sheet prevail? Without an instruction "
            "each ward will make up its own.",
        ),
        expected=Words(
            "Règle unique : allergies, traitements en cours et résultats critiques d'abord, le "
            "reste numérisé ; heure de bascule par service ; contrôle croisé ; feuilles gardées.",
            "One rule: allergies, current medicines and critical results first, the rest scanned; "
            "switch-over time by ward; cross check; sheets kept.",
        ),
        deadline_min=15,
    ),
    Draft(
        "last-report", (Cell.DECISION,), Channel.PHONE, "plan", share=0.88, score=3,
        title=Words("Le point de fin de poste", "The end-of-shift update"),
        sender=Words(
            "Le {{direction_garde}} qui prend la suite",
            "The {{direction_garde}} taking over",
        ),
        body=Words(
            "« Je prends la suite dans dix minutes. Dites-moi en une page : où en est-on, "
            "qu'a-t-on décidé, qu'est-ce qui tombera ensuite, qu'attend-on et de qui ? »",
            "“I take over in ten minutes. Tell me on one page: where do we stand, what was "
            "decided, what fails next, what is awaited and from whom?”",
        ),
        expected=Words(
            "Passation écrite tirée de la main courante : faits, décisions en vigueur et leur "
            "heure, échéances à venir d'après la carte, contacts.",
            "Written handover drawn from the crisis log: facts, decisions in force and their time, "
            "deadlines ahead from the map, contacts.",
        ),
        deliverable=Words("Fiche de passation", "Handover sheet"),
    ),
)  # fmt: skip
