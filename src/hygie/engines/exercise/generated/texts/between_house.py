"""What keeps communication and logistics busy between two events?"""

from hygie.engines.exercise.generated.texts.row import row
from hygie.engines.exercise.generated.words import TRAINED, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

COMMUNICATION = (
    row(
        "signs", Cell.COMMUNICATION, Channel.PHONE, "report",
        Words("Que dire à l'entrée ?", "What to say at the door?"),
        Words("Responsable de l'accueil", "Head of reception"),
        Words(
            "« Les écrans du hall affichent une erreur. Il me faut une affiche que tout le monde "
            "comprenne, aussi ceux qui lisent mal. »",
            "“Screens in the hall show an error. I need a poster that everyone understands, those "
            "who read poorly too.”",
        ),
        Words(
            "Affiche courte, datée, avec pictogrammes ; où aller, qui appeler ; quelqu'un pour "
            "lire.",
            "Short dated poster with pictograms; where to go, whom to call; someone to read it "
            "out.",
        ),
    ),
    row(
        "gp", Cell.COMMUNICATION, Channel.MAIL, "report",
        Words("Les médecins de ville", "Family doctors"),
        Words("Maison médicale", "Medical centre"),
        Words(
            "Nous n'avons plus de comptes rendus et vos lignes sonnent occupé. Devons-nous encore "
            "vous adresser nos malades pour $activity ?",
            "We get no reports and your lines are busy. Should we still send you patients for "
            "$activity?",
        ),
        Words(
            "Message aux correspondants : ce qui est reçu, ce qui ne l'est pas, numéro dédié, "
            "heure du suivant.",
            "Message to correspondents: what is received, what is not, dedicated number, time of "
            "the next one.",
        ),
    ),
    row(
        "website", Cell.COMMUNICATION, Channel.MAIL, "report",
        Words("Le site et les réseaux", "Website and social media"),
        Words("Chargée de communication", "Communication officer"),
        Words(
            "Le site est hébergé ailleurs et marche encore. Je peux publier, mais le mot de passe "
            "est dans un fichier inaccessible. Et que dit-on des rendez-vous de demain ?",
            "The site is hosted elsewhere and still works. I could publish, but the password is in "
            "a file I cannot reach. And what of tomorrow's appointments?",
        ),
        Words(
            "Retrouver l'accès par le prestataire, consigne sur les rendez-vous décidée avec les "
            "soins, même texte partout.",
            "Recover access through the contractor, rule on appointments decided with care, the "
            "same text everywhere.",
        ),
    ),
    row(
        "staff-post", Cell.COMMUNICATION, Channel.SOCIAL, "report",
        Words("Un agent publie", "A member of staff posts"),
        Words("Compte personnel d'un agent", "Personal account of a member of staff"),
        Words(
            "Ça dure, plus rien ne marche, voilà notre tableau des {{personnes}} "
            "au feutre. Respect à mes collègues. [photo : des noms se lisent]",
            "It goes on, nothing works, here is our board of {{personnes}} in marker pen. "
            "Respect to my colleagues. [picture: names can be read]",
        ),
        Words(
            "Faire retirer par le cadre, sans sanction à chaud, prévenir le DPO et les personnes "
            "nommées, rappel à tous.",
            "Have the manager get it removed, no sanction in the heat, tell the DPO and those "
            "named, reminder to all.",
        ),
        TRAINED,
    ),
    row(
        "tv", Cell.COMMUNICATION, Channel.PRESS, "report",
        Words("Une caméra devant l'entrée", "A camera at the door"),
        Words("Chaîne d'information", "News channel"),
        Words(
            "« Direct dans douze minutes devant vos urgences. On a une famille et un expert. Vous "
            "avez quelqu'un ? Sinon on fera sans. »",
            "“Live in twelve minutes outside your emergency department. We have a family and an "
            "expert. Do you have anyone? If not we do without.”",
        ),
        Words(
            "Porte-parole préparé ou communiqué lu, hors des flux de soins, personne filmé sans "
            "accord, secours dégagés.",
            "Prepared spokesperson or a statement read out, away from care, nobody filmed without "
            "consent, ambulance access clear.",
        ),
        TRAINED,
    ),
)  # fmt: skip

LOGISTICS = (
    row(
        "phones", Cell.LOGISTICS, Channel.PHONE, "alert",
        Words("Qui a les téléphones de secours ?", "Who has the backup phones?"),
        Words("Standard", "Switchboard"),
        Words(
            "« La valise de crise contient dix portables, six sont déchargés, deux sans carte. Et "
            "la liste des numéros date d'il y a trois ans. »",
            "“The crisis case holds ten mobiles, six are flat, two without a card. And the list of "
            "numbers is three years old.”",
        ),
        Words(
            "Recharger, répartir selon les soins critiques, nouvelle liste écrite et copiée, écart "
            "noté pour l'après.",
            "Charge them, hand out by critical care, new list written and copied, gap noted for "
            "later.",
        ),
    ),
    row(
        "deliveries", Cell.LOGISTICS, Channel.PHONE, "care",
        Words("Un camion d'oxygène", "An oxygen lorry"),
        Words("Quai de livraison", "Loading bay"),
        Words(
            "« Le livreur de gaz médicaux veut un bon de commande. Le logiciel est fermé. Il "
            "repart dans vingt minutes, prochain passage vendredi. »",
            "“The medical gas driver wants an order. The software is closed. He leaves in twenty "
            "minutes, next visit on Friday.”",
        ),
        Words(
            "Bon manuscrit signé, niveaux des cuves relevés, fournisseur appelé, trace gardée.",
            "Handwritten signed order, tank levels read, supplier called, record kept.",
        ),
    ),
    row(
        "patients-move", Cell.LOGISTICS, Channel.PHONE, "plan",
        Words("Les brancards et les ambulances", "Trolleys and ambulances"),
        Words("Régulation des transports", "Transport desk"),
        Words(
            "« Sans logiciel, je note les courses sur un cahier. Dix demandes pour $activity, "
            "quatre équipages. Qui fixe l'ordre ? »",
            "“Without software I note trips in a book. Ten requests for $activity, four crews. Who "
            "sets the order?”",
        ),
        Words(
            "Ordre médical des transports, tableau unique, équipages demandés au 15 ou au privé.",
            "Medical order of trips, a single board, crews asked from dispatch or private firms.",
        ),
    ),
    row(
        "linen", Cell.LOGISTICS, Channel.PHONE, "care",
        Words("Linge, déchets, repas", "Linen, waste, meals"),
        Words("Responsable hôtelier", "Facilities manager"),
        Words(
            "« Les chariots automatiques sont à l'arrêt entre deux étages. Linge propre en bas, "
            "déchets de soins en haut. Il me faut huit bras et un ascenseur réservé. »",
            "“Automatic trolleys are stuck between floors. Clean linen below, clinical waste "
            "above. I need eight hands and a reserved lift.”",
        ),
        Words(
            "Circuits propre et sale séparés à la main, ascenseur affecté, services critiques "
            "d'abord.",
            "Clean and dirty routes kept apart by hand, lift assigned, critical wards first.",
        ),
    ),
    row(
        "volunteers", Cell.LOGISTICS, Channel.MAIL, "plan",
        Words("Trente bénévoles", "Thirty volunteers"),
        Words("Association de bénévoles", "Volunteers' association"),
        Words(
            "Nous arrivons à trente dans une heure avec nos ordinateurs pour aider. À quelle porte "
            "?",
            "Thirty of us arrive in an hour with our computers to help. At which door?",
        ),
        Words(
            "Remercier, quelques missions sûres (accueil, port), pas d'ordinateur, pas de dossier.",
            "Thank them, a few safe tasks (reception, carrying), no computer, no record.",
        ),
        TRAINED,
    ),
)  # fmt: skip
