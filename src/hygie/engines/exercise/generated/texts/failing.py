"""What reaches the players when something of the map fails, by kind of asset?

`$names` is a list of quoted names, `$state` says whether they stop or are degraded.
"""

from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.exercise.generated.words import Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

_MONITORING = Words("Supervision", "Monitoring")
_TITLE = Words("$names : $state", "$names: $state")

_MACHINES = (
    Draft(
        "fail-machines", (Cell.IT,), Channel.ALARM, "contain",
        title=_TITLE,
        sender=_MONITORING,
        body=Words(
            "ALERTE – $names : $state. Dernière réponse il y a quelques minutes. Plusieurs "
            "services qui s'appuient dessus passent au rouge l'un après l'autre. Aucune "
            "intervention prévue au planning.",
            "ALERT – $names: $state. Last answer a few minutes ago. Several services that rest on "
            "it turn red one after the other. No work is planned on the calendar.",
        ),
        expected=Words(
            "Retrouver sur la carte ce qui s'appuie dessus ; prévenir avant que les services "
            "n'appellent ; ne rien redémarrer avant d'avoir une hypothèse ; noter l'heure et les "
            "gestes.",
            "Find on the map what rests on it; warn before the wards call; restart nothing before "
            "there is a hypothesis; note the time and each action.",
        ),
        hint=Words(
            "La question à poser : qu'est-ce qui s'arrête ensuite, et dans combien de temps ?",
            "The question to ask: what stops next, and in how long?",
        ),
    ),
    Draft(
        "fail-machines", (Cell.IT,), Channel.PHONE, "contain",
        title=_TITLE,
        sender=Words("Administrateur système", "System administrator"),
        body=Words(
            "« $names : $state. Je suis devant la console. Certaines machines demandent un mot de "
            "passe que personne ne connaît, d'autres redémarrent seules. Par laquelle je commence "
            "? »",
            "“$names: $state. I am at the console. Some machines ask for a password nobody knows, "
            "others restart by themselves. Which one do I begin with?”",
        ),
        expected=Words(
            "Ordre donné par les soins qui en dépendent et non par l'arrivée des appels ; images "
            "de l'état avant tout geste ; deux personnes à la console ; main courante technique.",
            "Order given by the care that depends on it, not by the order of calls; images of the "
            "state before any action; two people at the console; technical log.",
        ),
    ),
)  # fmt: skip

_STORES = Draft(
    "fail-stores", (Cell.IT,), Channel.ALARM, "contain",
    title=_TITLE,
    sender=_MONITORING,
    body=Words(
        "ALERTE – stockage $names : $state. Écritures en échec depuis plusieurs applications. "
        "Dernière écriture correcte : inconnue. Faut-il arrêter les applications proprement ?",
        "ALERT – storage $names: $state. Writes are failing from several applications. Last good "
        "write: unknown. Should the applications be stopped cleanly?",
    ),
    expected=Words(
        "Dater la dernière écriture saine, arrêter proprement ce qui écrit encore, dire aux soins "
        "à partir de quand les saisies sont douteuses, mettre la dernière copie à l'abri.",
        "Date the last sound write, stop cleanly what still writes, tell care from when entries "
        "are doubtful, put the last copy out of reach.",
    ),
    score=3,
)  # fmt: skip

_BACKUPS = Draft(
    "fail-backups", (Cell.IT,), Channel.ALARM, "backup",
    title=_TITLE,
    sender=_MONITORING,
    body=Words(
        "ALERTE – $names : $state. La console de sauvegarde ne s'ouvre plus. Le dernier travail "
        "marqué « réussi » date de la nuit précédente, personne ne l'a encore relu.",
        "ALERT – $names: $state. The backup console no longer opens. The last job marked "
        "“successful” is from the night before, nobody has read it back yet.",
    ),
    expected=Words(
        "Couper ce qui relie les sauvegardes au reste, compter les copies hors ligne ou "
        "immuables, dire à la cellule de crise ce que l'on pourrait perdre (PDMA), vérifier une "
        "copie avant de promettre.",
        "Cut what ties the backups to the rest, count offline or immutable copies, tell the "
        "crisis cell how much data could be lost, check a copy before promising.",
    ),
    score=3,
)  # fmt: skip

_IDENTITY = Draft(
    "fail-identity", (Cell.IT, Cell.CARE), Channel.PHONE, "contain",
    title=_TITLE,
    sender=Words("Support informatique", "Help desk"),
    body=Words(
        "« $names : $state. Plus personne ne peut ouvrir de session ; ceux qui sont déjà "
        "connectés travaillent encore. J'ai dit à tout le monde de ne surtout pas se déconnecter. "
        "J'ai bien fait ? Et les comptes de secours, qui les a ? »",
        "“$names: $state. Nobody can sign in any more; those already signed in still work. I told "
        "everyone not to sign out, whatever happens. Was that right? And the emergency accounts, "
        "who has them?”",
    ),
    expected=Words(
        "Confirmer ou corriger la consigne, sortir les comptes de secours sous enveloppe, dresser "
        "la liste des postes encore ouverts près des soins critiques, prévenir que les accès "
        "disparaîtront au fil des verrouillages.",
        "Confirm or correct the instruction, bring out the emergency accounts kept in an "
        "envelope, list the sessions still open near critical care, warn that access will go as "
        "screens lock.",
    ),
    score=3,
)  # fmt: skip

_INTERFACES = Draft(
    "fail-interfaces", (Cell.IT, Cell.CARE), Channel.MAIL, "contain",
    title=_TITLE,
    sender=Words("Référent interfaces", "Interface engineer"),
    body=Words(
        "Bonjour, flux $names : $state. Les messages s'empilent, je ne sais pas lesquels sont "
        "passés. Le destinataire affiche encore d'anciennes données sans le dire. Qui prévient "
        "les services que ce qu'ils lisent n'est plus à jour ?",
        "Hello, flows $names: $state. Messages are piling up, I cannot tell which went through. "
        "The receiving side still shows old data without saying so. Who tells the wards that what "
        "they read is no longer current?",
    ),
    expected=Words(
        "Dire aux services quelles données sont figées et depuis quand, passer aux bons et "
        "résultats papier ou téléphonés avec relecture, garder la file sans la rejouer, "
        "identitovigilance renforcée.",
        "Tell the wards which data are frozen and since when, switch to paper forms and results "
        "read back on the phone, keep the queue without replaying it, tighten identity checks.",
    ),
)  # fmt: skip

_APPLICATIONS = (
    Draft(
        "fail-applications", (Cell.IT,), Channel.MAIL, "contain",
        title=_TITLE,
        sender=Words("Support informatique", "Help desk"),
        body=Words(
            "Nous recevons appel sur appel : $names : $state. Les services veulent une heure de "
            "retour et demandent s'ils doivent attendre ou passer au papier. Que répond le "
            "support, mot pour mot ?",
            "We are getting call after call: $names: $state. The wards want a time of return and "
            "ask whether to wait or go to paper. What does the help desk answer, word for word?",
        ),
        expected=Words(
            "Donner au support une phrase unique, sans heure promise ; lister les services touchés "
            "d'après la carte ; demander à la cellule soins quelle application manque le plus.",
            "Give the help desk a single sentence, with no time promised; list the wards affected "
            "from the map; ask the care cell which application is missed most.",
        ),
    ),
    Draft(
        "fail-applications", (Cell.IT,), Channel.MAIL, "contain",
        title=_TITLE,
        sender=Words("Référente applicative", "Application lead"),
        body=Words(
            "$names : $state. Les sessions ouvertes tiennent encore, les nouvelles échouent. Des "
            "utilisateurs relancent sans cesse. Dois-je couper l'accès proprement, ou laisser "
            "travailler ceux qui sont connectés ?",
            "$names: $state. Open sessions still hold, new ones fail. Users keep retrying. Should "
            "I cut access cleanly, or let those who are signed in work on?",
        ),
        expected=Words(
            "Décider avec un métier ; prévenir avant de couper ; noter la dernière saisie sûre ; "
            "faire imprimer par ceux qui sont encore connectés ce qui servira ensuite.",
            "Decide with a ward; warn before cutting; note the last sure entry; have those still "
            "signed in print what will be needed.",
        ),
    ),
    Draft(
        "fail-applications", (Cell.IT,), Channel.PHONE, "contain",
        title=_TITLE,
        sender=Words("Chef de projet de l'éditeur", "Vendor's project manager"),
        body=Words(
            "« $names : $state, je le vois d'ici. Notre produit n'y est pour rien, c'est ce qui "
            "est dessous. Mais envoyez-moi vos fichiers de configuration par courriel, je "
            "regarderai ce soir. »",
            "“$names: $state, I can see it from here. Our product is not at fault, it is what lies "
            "beneath. But mail me your configuration files and I will look this evening.”",
        ),
        expected=Words(
            "Ne rien envoyer qui contienne des secrets ; demander des faits et l'ordre de "
            "redémarrage ; vérifier sur la carte ce qui est dessous ; fixer une heure de rappel.",
            "Send nothing that holds secrets; ask for facts and the order of restarting; check on "
            "the map what lies beneath; set a time to call back.",
        ),
    ),
    Draft(
        "fail-applications", (Cell.IT,), Channel.ALARM, "contain",
        title=_TITLE,
        sender=_MONITORING,
        body=Words(
            "ALERTE – $names : $state. Files d'attente pleines, temps de réponse hors limite. Les "
            "applications voisines ralentissent à leur tour.",
            "ALERT – $names: $state. Queues full, response time out of bounds. Neighbouring "
            "applications slow down in turn.",
        ),
        expected=Words(
            "Dire quelles applications tomberont ensuite d'après la carte, délester ce qui n'est "
            "pas du soin, prévenir les services dans l'ordre de leur gravité.",
            "Tell which applications fall next on the map, shed what is not care, warn wards in "
            "order of gravity.",
        ),
    ),
)  # fmt: skip

_STATIONS = Draft(
    "fail-stations", (Cell.IT, Cell.CARE), Channel.PHONE, "contain",
    title=_TITLE,
    sender=Words("Support informatique", "Help desk"),
    body=Words(
        "« Postes $names : $state. Les soignants en cherchent un qui marche dans le service "
        "d'à côté. Quelqu'un a déjà branché son ordinateur personnel. Je laisse faire ? »",
        "“Workstations $names: $state. Carers go looking for one that works in the next ward. "
        "Someone has already plugged in a computer from home. Do I let them?”",
    ),
    expected=Words(
        "Interdire tout matériel personnel et toute clé, laisser les postes en l'état, désigner "
        "un poste sain par unité critique s'il en reste, sortir les imprimés.",
        "Forbid personal equipment and sticks, leave the machines as they are, name one healthy "
        "machine for each critical unit if any is left, bring out the printed forms.",
    ),
)  # fmt: skip

_DEVICES = Draft(
    "fail-devices", (Cell.IT, Cell.CARE), Channel.PHONE, "care",
    title=_TITLE,
    sender=Words("Ingénieur biomédical", "Biomedical engineer"),
    body=Words(
        "« Équipement $names : $state côté réseau. Tout s'allume, mais sans liste de "
        "travail ni envoi. On peut s'en servir seul, à condition de saisir les identités à la "
        "main. Qui valide ? Qui vérifie les identités ? »",
        "“Equipment $names: $state on the network side. All of it starts, but without worklist "
        "or sending. It can be used alone if identities are typed by hand. Who agrees? Who checks "
        "identities?”",
    ),
    expected=Words(
        "Accord médical écrit pour l'usage autonome, double contrôle d'identité, registre papier "
        "des examens, aucune mise à jour ni redémarrage sans le biomédical.",
        "Written medical agreement for stand-alone use, double identity check, paper register of "
        "examinations, no update or restart without the biomedical team.",
    ),
)  # fmt: skip

_NETWORK = Draft(
    "fail-network", (Cell.IT, Cell.LOGISTICS), Channel.PHONE, "contain",
    title=_TITLE,
    sender=Words("Agent de sécurité", "Security guard"),
    body=Words(
        "« Réseau $names : $state. Les téléphones sur IP sont muets par endroits, des lecteurs de "
        "badge clignotent, la borne des ambulances affiche une erreur. Avec quoi communique-t-on "
        "maintenant ? »",
        "“Network $names: $state. Network phones are dead in places, badge readers blink, the "
        "ambulance kiosk shows an error. What do we communicate with now?”",
    ),
    expected=Words(
        "Distribuer les moyens de secours (portables, talkies, coursiers) avec une liste de "
        "numéros papier, vérifier les appels de détresse et les alarmes, garder les portes "
        "sensibles.",
        "Hand out backup means (mobiles, radios, runners) with a paper list of numbers, check "
        "crash calls and alarms, guard sensitive doors.",
    ),
)  # fmt: skip

_SUPPLIERS = Draft(
    "fail-suppliers", (Cell.IT,), Channel.PHONE, "contain",
    title=_TITLE,
    sender=Words("Responsable de compte du prestataire", "Supplier's account manager"),
    body=Words(
        "« Je vous préviens par téléphone : $names : $state. Nos équipes ne peuvent plus "
        "intervenir chez vous jusqu'à nouvel ordre. Non, je n'ai pas d'heure. Oui, d'autres "
        "clients sont touchés. »",
        "“I am telling you by phone: $names: $state. Our teams can no longer work at your site "
        "until further notice. No, I have no time to give. Yes, other customers are affected.”",
    ),
    expected=Words(
        "Fermer les accès du prestataire tant que la cause est inconnue, obtenir un contact et "
        "une heure de rappel, lister ce qui dépend de lui, relire le contrat (délais, secours).",
        "Close the supplier's access while the cause is unknown, get a contact and a time to call "
        "back, list what depends on them, read the contract again (time limits, fallback).",
    ),
)  # fmt: skip

_SITES = Draft(
    "fail-sites", (Cell.LOGISTICS, Cell.DECISION), Channel.PHONE, "alert",
    title=_TITLE,
    sender=Words("Responsable des services techniques", "Head of technical services"),
    body=Words(
        "« $names : $state. La salle informatique n'est plus accessible. J'ai une équipe en bas, "
        "je ne les fais pas entrer tant que la sécurité n'est pas assurée. Qui commande sur "
        "place, et qui prévient le reste de la maison ? »",
        "“$names: $state. The computer room cannot be reached. I have a team downstairs, I am not "
        "sending them in until it is safe. Who is in charge on the spot, and who tells the rest "
        "of the house?”",
    ),
    expected=Words(
        "Sécurité des personnes d'abord, un responsable sur place nommé, périmètre fermé, "
        "alimentation de secours vérifiée, point à heure fixe avec la cellule de crise.",
        "Safety of people first, one person in charge on the spot, area closed, backup power "
        "checked, an update at a set time with the crisis cell.",
    ),
    score=3,
)  # fmt: skip

FAILING: dict[Kind, tuple[Draft, ...]] = {
    Kind.SITE: (_SITES,), Kind.LINE: (_NETWORK,), Kind.NETWORK: (_NETWORK,), Kind.ZONE: (_NETWORK,),
    Kind.CLUSTER: _MACHINES, Kind.SERVER: _MACHINES, Kind.STORE: (_STORES,),
    Kind.BACKUP: (_BACKUPS,), Kind.IDENTITY: (_IDENTITY,), Kind.INTERFACE: (_INTERFACES,),
    Kind.APPLICATION: _APPLICATIONS, Kind.DEVICE: (_DEVICES,),
    Kind.WORKSTATION_GROUP: (_STATIONS,), Kind.WORKSTATION: (_STATIONS,),
    Kind.ACCESS: (_SUPPLIERS,), Kind.SUPPLIER: (_SUPPLIERS,),
}  # fmt: skip
"""Rows of each kind, that take turns; the order is that in which failures of one minute are "
"told."""

STOPPED = Words("plus de réponse", "no answer")
DEGRADED = Words("service dégradé", "degraded service")
AND_OTHERS = Words("$names et $count autres", "$names and $count others")

SEEN = Draft(
    "seen", (Cell.IT,), Channel.ALARM, "contain",
    title=Words("Un comportement suspect", "Suspicious behaviour"),
    sender=Words("Centre de supervision (SOC)", "Security operations centre"),
    body=Words(
        "ALERTE – outil d'administration lancé depuis un poste qui n'en a pas l'usage ; compte à "
        "privilèges connecté sur plusieurs serveurs en une minute ; agent de protection arrêté sur "
        "l'un d'eux.",
        "ALERT – administration tool started from a machine that has no use for it; privileged "
        "account signed in on several servers within a minute; protection agent stopped on one of "
        "them.",
    ),
    expected=Words(
        "Tenir l'alerte pour vraie, isoler la machine sans l'éteindre, bloquer le compte, mettre "
        "les sauvegardes hors d'atteinte, prévenir la direction de garde, noter l'heure.",
        "Take the alert as true, isolate the machine without switching it off, block the account, "
        "put backups out of reach, tell management on call, note the time.",
    ),
    score=3,
)  # fmt: skip

NOBODY_CALLED = Draft(
    "nobody-called", (Cell.DECISION,), Channel.PHONE, "alert",
    title=Words("Personne ne m'a appelé", "Nobody called me"),
    sender=Words("Permanence de l'ARS", "ARS duty desk"),
    body=Words(
        "« Les pompiers me disent que vous n'avez plus d'informatique. Avez-vous une cellule de "
        "crise ouverte, oui ou non ? Qui la dirige, à quel numéro ? »",
        "“The fire service tells me you have no computers left. Is a crisis cell open, yes or no? "
        "Who leads it, on which number?”",
    ),
    expected=Words(
        "Ouvrir la cellule sans attendre, donner un nom, un numéro et l'heure du premier point.",
        "Open the cell at once, give a name, a number and the time of the first update.",
    ),
)  # fmt: skip
"""Comes only when the opening of the crisis cell was missed."""
