"""What may be asked of a cell again and again, each time about another part of the map?

`$number` counts the times; `$activity` and `$system` change each time.
"""

from collections.abc import Mapping

from hygie.engines.exercise.generated.words import Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

AGAIN: Mapping[Cell, tuple[Draft, ...]] = {
    Cell.DECISION: (
        Draft(
            "round",
            (Cell.DECISION,),
            Channel.MAIL,
            "plan",
            title=Words("Point de situation n° $number", "Update no. $number"),
            sender=Words("Secrétariat de la cellule de crise", "Secretary of the crisis cell"),
            body=Words(
                "Le moment du point est venu. $activity demande si la consigne a changé et jusqu'à "
                "quand il faut tenir. Que disons-nous, et qu'est-ce qui n'est pas encore décidé ?",
                "It is time for an update. $activity asks whether the instruction has changed and "
                "how long to hold. What do we say, and what is not decided yet?",
            ),
            expected=Words(
                "Point court : situation, décisions, ce qui s'arrête ensuite d'après la carte ; "
                "réponse à l'activité ; heure du suivant.",
                "Short update: situation, decisions, what stops next on the map; answer to the "
                "activity; time of the next one.",
            ),
            score=1,
        ),
        Draft(
            "postpone",
            (Cell.DECISION,),
            Channel.PHONE,
            "plan",
            title=Words("$ward : on reporte ?", "$ward: postpone?"),
            sender=Words("Médecin responsable, $ward", "Lead doctor, $ward"),
            body=Words(
                "« Des {{personnes}} sont attendus demain en $activity. Il faut les prévenir avant "
                "seize heures si on reporte. Qui décide, et sur quel critère ? »",
                "“{{personnes}} are expected tomorrow in $activity. They must be told before four "
                "if we postpone. Who decides, and on which criterion?”",
            ),
            expected=Words(
                "Décision médicale par degré d'urgence, liste de ceux qu'on appelle, message "
                "unique, trace de ceux qui n'ont pas été joints.",
                "Medical decision by degree of urgency, list of people to call, one message, a "
                "record of those not reached.",
            ),
            score=1,
        ),
    ),
    Cell.IT: (
        Draft(
            "progress",
            (Cell.IT,),
            Channel.PHONE,
            "contain",
            title=Words("Où en est $system ?", "How far is $system?"),
            sender=Words("Cadre, $ward", "Manager, $ward"),
            body=Words(
                "« Pour $system, on m'a dit bientôt. Bientôt, c'est avant ou après la relève ? Si "
                "c'est après, je m'organise autrement. »",
                "“About $system, I was told soon. Is soon before or after handover? If after, I "
                "organise otherwise.”",
            ),
            expected=Words(
                "Répondre par une heure de prochain point, pas de retour ; dire ce qui doit "
                "revenir avant ; noter le besoin et sa limite.",
                "Answer with a time for the next update, not of return; say what must come back "
                "first; note the need and its limit.",
            ),
            score=1,
        ),
        Draft(
            "checks",
            (Cell.IT,),
            Channel.MAIL,
            "backup",
            title=Words("Une copie de $system", "A copy of $system"),
            sender=Words("Administrateur des sauvegardes", "Backup administrator"),
            body=Words(
                "J'ai une copie de $system. Je ne sais pas si elle est saine, ni ce qu'il "
                "manquera. J'ai besoin d'un endroit propre pour la relire et d'un service pour la "
                "contrôler.",
                "I have a copy of $system. I do not know whether it is sound, nor what will be "
                "missing. I need a clean place to read it and a ward to check it.",
            ),
            expected=Words(
                "Relecture en zone isolée, perte de données dite en heures, contrôle par un "
                "métier, aucune remise en service sur parole.",
                "Read back in an isolated zone, data loss told in hours, checked by a ward, "
                "nothing put back on someone's word.",
            ),
            score=1,
        ),
    ),
    Cell.CARE: (
        Draft(
            "ward-round",
            (Cell.CARE,),
            Channel.PHONE,
            "care",
            title=Words("Tour des services : $ward", "Round of wards: $ward"),
            sender=Words("Cadre de santé, $ward", "Nurse manager, $ward"),
            body=Words(
                "« $ward, je fais le point : on tient, mais chaque geste prend le double. "
                "Dites-moi ce qu'on peut cesser de faire sans danger, et quand vous rappelez. »",
                "“$ward, here is where we stand: we hold, but each act takes twice as long. "
                "Tell me what we may safely stop doing, and when you call back.”",
            ),
            expected=Words(
                "Liste de ce qui est suspendu avec l'accord médical, renfort ou report, heure de "
                "rappel tenue, relevé au tableau des services.",
                "List of what is suspended with medical agreement, reinforcement or postponement, "
                "call back kept, noted on the board of wards.",
            ),
            score=1,
        ),
        Draft(
            "limit",
            (Cell.CARE,),
            Channel.PHONE,
            "plan",
            title=Words("$ward : jusqu'à quand ?", "$ward: until when?"),
            sender=Words("Médecin, $ward", "Doctor, $ward"),
            body=Words(
                "« On me demande combien de temps $activity peut tenir ainsi. Je n'en sais rien : "
                "qu'est-ce qui nous lâche en premier, les mains, le papier, les produits ? »",
                "“I am asked how long $activity can hold like this. I do not know: what gives way "
                "first, hands, paper, supplies?”",
            ),
            expected=Words(
                "Comparer avec la durée notée sur la carte, nommer ce qui cède en premier, fixer "
                "le seuil auquel on oriente ailleurs, prévenir la cellule de crise.",
                "Compare with the duration on the map, name what gives way first, set the "
                "threshold at which people are sent elsewhere, tell the crisis cell.",
            ),
            score=1,
        ),
    ),
    Cell.COMMUNICATION: (
        Draft(
            "another-call",
            (Cell.COMMUNICATION,),
            Channel.PHONE,
            "report",
            title=Words("Des appels pour $activity", "Calls about $activity"),
            sender=Words("Standard", "Switchboard"),
            body=Words(
                "« J'ai une file d'appels pour $activity : rendez-vous, résultats, visites. La "
                "phrase de tout à l'heure ne suffit plus. »",
                "“I have a queue of calls for $activity: appointments, results, visits. The "
                "earlier sentence is no longer enough.”",
            ),
            expected=Words(
                "Réponses mises à jour avec la cellule soins, par question, datées, remises au "
                "standard sur papier.",
                "Answers updated with the care cell, by question, dated, given to the switchboard "
                "on paper.",
            ),
            score=1,
        ),
        Draft(
            "next-message",
            (Cell.COMMUNICATION,),
            Channel.MAIL,
            "report",
            title=Words("Le message suivant (n° $number)", "The next message (no. $number)"),
            sender=Words(
                "Direction de la communication du groupement", "Communication of the group"
            ),
            body=Words(
                "Votre dernier message vieillit. Qu'est-ce qui est nouveau et sûr ? $activity "
                "est-elle toujours touchée ? Sans texte de votre part, d'autres en écriront un.",
                "Your last message is getting old. What is new and certain? Is $activity still "
                "affected? Without a text from you, others will write one.",
            ),
            expected=Words(
                "Message daté même s'il y a peu à dire, validé, même texte en interne et au "
                "dehors, heure du suivant.",
                "A dated message even if there is little to say, approved, the same text inside "
                "and outside, time of the next one.",
            ),
            score=1,
        ),
    ),
    Cell.LOGISTICS: (
        Draft(
            "supplies",
            (Cell.LOGISTICS,),
            Channel.PHONE,
            "care",
            title=Words("$ward a besoin de bras", "$ward needs hands"),
            sender=Words("Cadre, $ward", "Manager, $ward"),
            body=Words(
                "« Il me faut deux personnes pour porter les tubes, les feuilles et les "
                "médicaments de $activity, pour huit heures au moins. Qui m'envoyez-vous ? »",
                "“I need two people to carry tubes, sheets and medicines for $activity, for eight "
                "hours at least. Whom do you send?”",
            ),
            expected=Words(
                "Répartition tenue sur un tableau, tournées communes plutôt que courses, relève "
                "prévue, réponse à l'heure dite.",
                "Allocation kept on a board, shared rounds rather than errands, relief planned, "
                "answer at the time said.",
            ),
            score=1,
        ),
        Draft(
            "rooms",
            (Cell.LOGISTICS,),
            Channel.PHONE,
            "plan",
            title=Words("Une salle, des prises, des repas", "A room, sockets, meals"),
            sender=Words("Services techniques", "Technical services"),
            body=Words(
                "« La cellule technique réclame une salle hors réseau pour $system, avec des "
                "prises et de quoi manger, et $activity une imprimante seule. Je n'en ai qu'une. "
                "Qui passe d'abord ? »",
                "“The technical cell wants a room off the network for $system, with sockets and "
                "food, and $activity a stand-alone printer. I have only one. Who comes first?”",
            ),
            expected=Words(
                "Arbitrage avec la cellule de crise, soins critiques d'abord, matériel de prêt "
                "demandé au groupement, registre des prêts.",
                "Settled with the crisis cell, critical care first, equipment borrowed from the "
                "group, register of loans.",
            ),
            score=1,
        ),
    ),
}
"""Rows that come back; the first of each cell opens the round."""
