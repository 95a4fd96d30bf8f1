"""Which decisions tie the house to those around it, and where does each answer lead?"""

from hygie.engines.exercise.generated.words import TRAINED, Choice, Decision, Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

_MANAGER = Words("Le {{cadre}}", "The {{cadre}}")

_DECLARE = Decision(
    Draft(
        "declare", (Cell.DECISION, Cell.IT), Channel.MAIL, "report", share=0.3, score=3,
        title=Words("Déclarer maintenant ou savoir d'abord ?", "Report now or know first?"),
        sender=Words("Responsable de la sécurité (RSSI)", "Security officer (CISO)"),
        body=Words(
            "Le portail de signalement demande une nature, une étendue, un effet sur les soins. Je "
            "n'ai que la moitié. Si je déclare maintenant, l'ARS et le CERT Santé appellent dans "
            "l'heure. Si j'attends, je serai plus juste. Qui signe, quand ?",
            "The reporting portal asks for a nature, an extent, an effect on care. I have half of "
            "it. If I report now, the ARS and CERT Santé call within the hour. If I wait, I will "
            "be more accurate. Who signs, when?",
        ),
        expected=Words(
            "Déclarer sans délai ce que l'on sait, compléter ensuite, un signataire et une "
            "personne qui répond ; cohérence avec ce qui est dit à la presse.",
            "Report at once what is known, complete later, one person to sign and one to answer; "
            "the same as what is told to the press.",
        ),
        levels=TRAINED,
    ),
    (
        Choice(
            Words("Déclarer maintenant, compléter ensuite", "Report now, complete later"),
            Draft(
                "declare-now", (Cell.DECISION,), Channel.PHONE, "report",
                title=Words("L'aide arrive avec ses questions", "Help comes with its questions"),
                sender=Words("Référent cyber, ARS", "Cyber lead, ARS"),
                body=Words(
                    "« Bien reçu. Je peux vous trouver une équipe d'appui ce soir et prévenir les "
                    "hôpitaux voisins. Dites-moi qui elle rencontre, où elle s'installe et ce que "
                    "vous ne voulez pas qu'on répète. »",
                    "“Received. I can find you a support team this evening and warn neighbouring "
                    "hospitals. Tell me whom they meet, where they sit and what you do not want "
                    "repeated.”",
                ),
                expected=Words(
                    "Un interlocuteur, une salle, une liaison hors réseau, le niveau de "
                    "confidentialité dit, des besoins précis plutôt qu'un accord vague.",
                    "One contact, a room, a connection off the network, the level of "
                    "confidentiality said, precise needs rather than a vague yes.",
                ),
            ),
        ),
        Choice(
            Words("Attendre d'en savoir plus", "Wait to know more"),
            Draft(
                "declare-later", (Cell.DECISION, Cell.COMMUNICATION), Channel.PHONE, "report",
                title=Words("Je l'apprends par le {{journal}}", "I hear it from the {{journal}}"),
                sender=Words("Directeur général adjoint, ARS", "Deputy director, ARS"),
                body=Words(
                    "« Je lis sur le site du {{journal}} que vous orientez des {{personnes}} "
                    "ailleurs. Le cabinet m'appelle dans dix minutes. Pourquoi ne suis-je pas "
                    "prévenu ? »",
                    "“I read on the site of the {{journal}} that you are sending {{personnes}} "
                    "elsewhere. The minister's office calls me in ten minutes. Why was I not "
                    "told?”",
                ),
                expected=Words(
                    "Répondre sans se défendre : faits, effets sur les soins, heure du prochain "
                    "point ; déclarer dans la foulée ; aligner la communication.",
                    "Answer without defending oneself: facts, effects on care, time of the next "
                    "report; report straight away; align communication.",
                ),
                score=3,
            ),
        ),
    ),
)  # fmt: skip

_PLAN = Decision(
    Draft(
        "plan", (Cell.DECISION, Cell.LOGISTICS), Channel.PHONE, "plan", share=0.38, score=3,
        title=Words("Activer le {{plan}} ?", "Activate the {{plan}}?"),
        sender=_MANAGER,
        body=Words(
            "« Les équipes demandent si l'on déclenche le {{plan}}. Si oui, on rappelle du monde "
            "et on demande de l'aide. Si non, je tiens avec ceux qui sont là. Certains disent que "
            "cela affolera tout le monde. »",
            "“Teams ask whether we trigger the {{plan}}. If so, people are called back and help is "
            "asked. If not, I hold with those here. Some say it will frighten everyone.”",
        ),
        expected=Words(
            "Décision écrite du chef d'établissement ou de son représentant : niveau, heure, "
            "premières mesures ; ARS et préfecture informées ; message aux équipes.",
            "Written decision of the head of the establishment or their representative: level, "
            "time, first measures; ARS and prefecture told; message to staff.",
        ),
        deliverable=Words("Décision d'activation signée", "Signed activation decision"),
        levels=TRAINED,
    ),
    (
        Choice(
            Words(
                "Activer le plan et son volet numérique",
                "Activate the plan and its digital part",
            ),
            Draft(
                "plan-on", (Cell.LOGISTICS,), Channel.PHONE, "plan",
                title=Words("Quatre-vingts personnes rappelées", "Eighty people called back"),
                sender=Words("Bureau du personnel", "Staff office"),
                body=Words(
                    "« Le rappel a trop bien marché : ils arrivent tous en même temps et demandent "
                    "où aller. Il me faut des postes, pas des bras. Qui les répartit, qui les "
                    "compte, qui les renvoie dormir pour cette nuit ? »",
                    "“The recall worked too well: they all come at once and ask where to go. I "
                    "need tasks, not hands. Who sends them out, who counts them, who sends some "
                    "home to sleep for tonight?”",
                ),
                expected=Words(
                    "Point d'accueil, missions écrites par service, réserve gardée pour la nuit, "
                    "décompte tenu, repas prévus.",
                    "Meeting point, written tasks by ward, a reserve kept for the night, headcount "
                    "kept, meals planned.",
                ),
            ),
        ),
        Choice(
            Words(
                "Veille renforcée, réexamen dans une heure",
                "Heightened watch, review in an hour",
            ),
            Draft(
                "plan-off", (Cell.DECISION, Cell.CARE), Channel.PHONE, "plan", score=3,
                title=Words("Je n'ai plus assez de mains", "I have too few hands left"),
                sender=Words("Cadre, $ward", "Manager, $ward"),
                body=Words(
                    "« Tout prend trois fois plus de temps à la main. Deux collègues viennent de "
                    "finir leur journée, je leur demande de rester sans savoir si j'en ai le "
                    "droit. Vous réexaminez quand ? »",
                    "“Everything takes three times as long by hand. Two colleagues have just "
                    "finished, I ask them to stay without knowing whether I may. When do you "
                    "review?”",
                ),
                expected=Words(
                    "Réexaminer tout de suite, poser des seuils qui déclenchent le plan, couvrir "
                    "les heures supplémentaires, redéployer depuis les activités reportées.",
                    "Review at once, set thresholds that trigger the plan, cover overtime, "
                    "redeploy from postponed activities.",
                ),
            ),
        ),
    ),
)  # fmt: skip

OUTWARD_DECISIONS: tuple[Decision, ...] = (_DECLARE, _PLAN)
"""In the order in which they are asked."""
