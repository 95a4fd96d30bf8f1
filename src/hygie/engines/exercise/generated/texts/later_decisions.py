"""Which decisions come later, and where does each answer lead?

`$first` and `$second` are what could be restored first, quoted.
"""

from hygie.engines.exercise.generated.types import Origin
from hygie.engines.exercise.generated.words import TRAINED, Choice, Decision, Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel, Level

_ATTACK = frozenset({Origin.ATTACK})

_INTERFACES = Decision(
    Draft(
        "flows", (Cell.IT, Cell.CARE), Channel.MAIL, "contain", share=0.5, score=3,
        title=Words("Arrêter les interfaces ?", "Stop the interfaces?"),
        sender=Words("Référent interfaces", "Interface engineer"),
        body=Words(
            "Des messages d'identité et de résultats partent encore par moments, dans le désordre. "
            "Je peux tout arrêter : plus rien d'automatique, mais rien de faux. Ou laisser passer "
            ": une partie arrive, on ne sait pas laquelle. Décision avec les soins, s'il vous "
            "plaît.",
            "Identity and result messages still go out at times, out of order. I can stop all of "
            "them: nothing automatic any more, but nothing wrong. Or let them pass: some arrive, "
            "nobody knows which. A decision with care, please.",
        ),
        expected=Words(
            "Décision commune informatique et soins, services prévenus de ce qui ne viendra plus "
            "seul, file gardée, contrôle prévu avant tout rejeu.",
            "Joint decision of IT and care, wards told what no longer comes by itself, queue kept, "
            "a check planned before any replay.",
        ),
        levels=TRAINED,
    ),
    (
        Choice(
            Words("Arrêter toutes les interfaces", "Stop all interfaces"),
            Draft(
                "flows-stopped", (Cell.CARE,), Channel.PHONE, "care",
                title=Words("Plus un résultat ne vient seul", "No result comes by itself"),
                sender=Words("Interne, $ward", "Junior doctor, $ward"),
                body=Words(
                    "« Depuis la coupure je ne reçois plus rien et personne ne m'a dit d'appeler. "
                    "J'ai deux bilans en attente depuis une heure. Qui téléphone à qui ? »",
                    "“Since the cut I get nothing and nobody told me to call. I have had two tests "
                    "pending for an hour. Who phones whom?”",
                ),
                expected=Words(
                    "Circuit téléphonique écrit : le laboratoire appelle les critiques, le service "
                    "vient chercher le reste à heures fixes ; relecture notée.",
                    "Written phone route: the laboratory calls critical results, the ward fetches "
                    "the rest at set times; read-back noted.",
                ),
            ),
        ),
        Choice(
            Words("Laisser passer ce qui passe", "Let through what goes through"),
            Draft(
                "flows-open", (Cell.CARE, Cell.IT), Channel.PHONE, "care", score=3,
                title=Words("Le résultat d'un autre", "Someone else's result"),
                sender=Words("Médecin, $ward", "Doctor, $ward"),
                body=Words(
                    "« Le compte rendu que j'ai sous les yeux est celui d'un homonyme sorti "
                    "avant-hier. J'allais prescrire. Combien d'autres dossiers sont mélangés ? »",
                    "“The report in front of me belongs to someone of the same name who left two "
                    "days ago. I was about to prescribe. How many other records are mixed?”",
                ),
                expected=Words(
                    "Arrêter les flux, alerter tous les services, cellule d'identitovigilance, "
                    "liste des messages passés dans l'intervalle, événement indésirable déclaré.",
                    "Stop the flows, alert all wards, identity vigilance team, list of messages "
                    "that went through, adverse event reported.",
                ),
            ),
        ),
    ),
)  # fmt: skip

_RANSOM = Decision(
    Draft(
        "ransom", (Cell.DECISION, Cell.IT), Channel.MAIL, "contain", share=0.62, score=3,
        title=Words("Une adresse pour négocier", "An address to negotiate"),
        sender=Words("Un intermédiaire inconnu", "An unknown intermediary"),
        body=Words(
            "Nous avons vos fichiers et la clé. Une conversation est ouverte pour vous, elle ferme "
            "demain à midi. Nos clients raisonnables reçoivent un échantillon déchiffré. Ne mêlez "
            "personne à cela.",
            "We have your files and the key. A conversation is open for you and closes tomorrow at "
            "noon. Reasonable customers receive a decrypted sample. Involve nobody else.",
        ),
        expected=Words(
            "Ne pas payer ni répondre soi-même, transmettre aux enquêteurs et au CERT Santé, "
            "garder le message, prévenir l'assureur, décision écrite de la direction.",
            "Neither pay nor answer by oneself, pass on to investigators and CERT Santé, keep the "
            "message, tell the insurer, written decision of management.",
        ),
        origins=_ATTACK, levels=frozenset({Level.CONFIRMED}),
    ),
    (
        Choice(
            Words("Ne pas répondre, transmettre aux enquêteurs", "Do not answer, pass it on"),
            Draft(
                "ransom-silent", (Cell.COMMUNICATION, Cell.DECISION), Channel.SOCIAL, "report",
                title=Words("Un échantillon est publié", "A sample is published"),
                sender=Words("Compte anonyme", "Anonymous account"),
                body=Words(
                    "{{etablissement}} ne répond pas, voici un avant-goût : douze pages, la suite "
                    "demain.",
                    "{{etablissement}} does not answer, here is a taste: twelve pages, the rest "
                    "tomorrow.",
                ),
                expected=Words(
                    "Faire vérifier l'échantillon par les enquêteurs sans le diffuser, demander le "
                    "retrait, informer les personnes visées, compléter la notification à la CNIL.",
                    "Have investigators check the sample without spreading it, ask for removal, "
                    "inform those concerned, complete the notification to the CNIL.",
                ),
            ),
        ),
        Choice(
            Words("Répondre pour gagner du temps", "Answer to gain time"),
            Draft(
                "ransom-answer", (Cell.DECISION, Cell.COMMUNICATION), Channel.PRESS, "report",
                title=Words("L'hôpital négocie", "The hospital negotiates"),
                sender=Words("Dépêche d'agence", "News agency"),
                body=Words(
                    "D'après une capture d'écran publiée par les attaquants, {{etablissement}} "
                    "aurait ouvert une discussion sur une rançon. L'ARS n'a pas souhaité "
                    "commenter.",
                    "A screenshot published by the attackers suggests that {{etablissement}} has "
                    "opened talks about a ransom. The ARS declined to comment.",
                ),
                expected=Words(
                    "Cesser l'échange, le remettre aux enquêteurs, prévenir l'ARS avant de parler, "
                    "dire clairement qu'un établissement de santé ne paie pas.",
                    "Stop the exchange, hand it to investigators, tell the ARS before speaking, "
                    "say plainly that a healthcare establishment does not pay.",
                ),
            ),
        ),
    ),
)  # fmt: skip

_RESTORE = Decision(
    Draft(
        "restore", (Cell.IT, Cell.DECISION), Channel.MAIL, "backup", share=0.72, score=3,
        title=Words("Que rend-on d'abord ?", "What comes back first?"),
        sender=Words("Responsable d'exploitation", "Head of IT operations"),
        body=Words(
            "Une équipe, une chaîne de restauration, une chose à la fois. Je peux commencer par "
            "$first ou par $second ; l'autre attendra des heures. La carte dit qui en dépend, "
            "c'est à vous de dire qui peut attendre. J'ai besoin d'un ordre écrit et d'un service "
            "qui contrôle avant d'ouvrir.",
            "One team, one restore chain, one thing at a time. I can begin with $first or with "
            "$second; the other waits for hours. The map tells who depends on it, you tell who can "
            "wait. I need a written order and a ward that checks before opening.",
        ),
        expected=Words(
            "Choix fait avec les soins d'après ce que chaque activité tient sur papier, socle "
            "d'abord (annuaire, réseau, stockage), copie vérifiée saine, contrôle par un métier "
            "avant ouverture, ordre écrit.",
            "Choice made with care from how long each activity holds on paper, foundations first "
            "(directory, network, storage), copy checked sound, a ward checks before opening, "
            "order written.",
        ),
    ),
    (
        Choice(
            Words("D'abord $first", "First $first"),
            Draft(
                "restore-first", (Cell.CARE, Cell.DECISION), Channel.PHONE, "backup",
                title=Words("Pourquoi pas $second ?", "Why not $second?"),
                sender=Words("Président de la commission médicale", "Chair of the medical board"),
                body=Words(
                    "« On m'annonce que $second attendra. Mes confrères disent qu'on a choisi sans "
                    "eux. Donnez-moi le raisonnement, que je puisse le défendre. »",
                    "“I am told that $second will wait. My colleagues say it was chosen without "
                    "them. Give me the reasoning so that I can defend it.”",
                ),
                expected=Words(
                    "Critères dits (danger, temps tenu sur papier, dépendances), heure estimée "
                    "sans promesse, solution d'attente pour ceux qui restent, décision dans la "
                    "main courante.",
                    "Criteria said (danger, time held on paper, dependencies), estimated time "
                    "without promise, stopgap for those who wait, decision in the crisis log.",
                ),
            ),
        ),
        Choice(
            Words("D'abord $second", "First $second"),
            Draft(
                "restore-second", (Cell.CARE, Cell.DECISION), Channel.PHONE, "backup",
                title=Words("Et $first ?", "And $first?"),
                sender=Words("Président de la commission médicale", "Chair of the medical board"),
                body=Words(
                    "« $first est ce qui nous manque le plus, et vous le mettez après. Ai-je "
                    "manqué quelque chose ? Qui a décidé, sur quels critères ? »",
                    "“$first is what we miss most and you put it second. Did I miss something? Who "
                    "decided, on which criteria?”",
                ),
                expected=Words(
                    "Critères dits et assumés, ou choix corrigé sans détour ; solution d'attente ; "
                    "heure de réexamen ; décision dans la main courante.",
                    "Criteria said and stood by, or the choice plainly corrected; stopgap; time of "
                    "review; decision in the crisis log.",
                ),
            ),
        ),
    ),
)  # fmt: skip

LATER_DECISIONS: tuple[Decision, ...] = (_INTERFACES, _RANSOM, _RESTORE)
"""In the order in which they are asked."""
