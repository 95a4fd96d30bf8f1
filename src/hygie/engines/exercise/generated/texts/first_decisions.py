"""Which decisions are asked in the first hour, and where does each answer lead?"""

from hygie.engines.exercise.generated.types import Origin
from hygie.engines.exercise.generated.words import Choice, Decision, Draft, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel

_ATTACK = frozenset({Origin.ATTACK})
_NO_ATTACK = frozenset(Origin) - _ATTACK
_TECHNICIAN = Words("Le {{technicien}}", "The {{technicien}}")
_MANAGER = Words("Le {{cadre}}", "The {{cadre}}")

_ISOLATE = Decision(
    Draft(
        "isolate", (Cell.IT, Cell.DECISION), Channel.PHONE, "contain", minute=14, score=3,
        title=Words("Couper le réseau ?", "Cut the network?"),
        sender=_TECHNICIAN,
        body=Words(
            "« Ça continue d'avancer. Je peux tout isoler : plus d'internet ni de lien entre "
            "bâtiments, mais vous perdez des téléphones et les alarmes reportées. Ou je coupe "
            "internet et les seules machines touchées. Il me faut un oui, tout de suite. »",
            "“It keeps spreading. I can isolate everything: no internet, no links between "
            "buildings, but you lose phones and relayed alarms. Or I cut the internet and only the "
            "machines hit. I need a yes, now.”",
        ),
        expected=Words(
            "Décision en quelques minutes par la personne habilitée, soins prévenus de ce qui "
            "tombera avant de couper, moyens de secours sortis, sauvegardes isolées dans tous les "
            "cas, heure notée.",
            "Decision within minutes by the entitled person, care told what will fail before the "
            "cut, backup means brought out, backups isolated in any case, time noted.",
        ),
        origins=_ATTACK,
    ),
    (
        Choice(
            Words("Isoler tout le réseau", "Isolate the whole network"),
            Draft(
                "isolate-whole", (Cell.CARE, Cell.LOGISTICS), Channel.PHONE, "care", score=3,
                title=Words("Les alarmes ne remontent plus", "Alarms no longer reach us"),
                sender=Words("Infirmière, $ward", "Nurse, $ward"),
                body=Words(
                    "« Les téléphones fixes sont muets et les alarmes ne sonnent plus que dans les "
                    "chambres. Personne ne m'a prévenue. Si deux sonnent au bout du couloir, je "
                    "n'entends rien. »",
                    "“Desk phones are dead and alarms ring only in the rooms. Nobody told me. If "
                    "two go off at the end of the corridor, I hear nothing.”",
                ),
                expected=Words(
                    "Soignant posté dans le couloir, renfort, talkies ou portables avec liste "
                    "papier, rondes minutées, consigne écrite à tous les services.",
                    "A carer posted in the corridor, reinforcement, radios or mobiles with a paper "
                    "list, timed rounds, written instruction to all wards.",
                ),
            ),
        ),
        Choice(
            Words(
                "Couper internet et les seules machines touchées",
                "Cut the internet and the machines hit only",
            ),
            Draft(
                "isolate-partial", (Cell.IT, Cell.DECISION), Channel.ALARM, "contain", score=3,
                title=Words("Cela continue par l'intérieur", "It goes on from inside"),
                sender=Words("Supervision", "Monitoring"),
                body=Words(
                    "ALERTE CRITIQUE – nouvelles machines touchées dans un autre bâtiment ; "
                    "connexion au serveur de sauvegarde avec un compte d'administration ; "
                    "suppression de points de restauration commencée.",
                    "CRITICAL ALERT – new machines hit in another building; connection to the "
                    "backup server with an administration account; deletion of restore points "
                    "begun.",
                ),
                expected=Words(
                    "Isoler tout maintenant, sauvegardes d'abord, dire à la cellule de crise que "
                    "le premier choix n'a pas suffi et ce qui est perdu de plus.",
                    "Isolate everything now, backups first, tell the crisis cell that the first "
                    "choice was not enough and what more is lost.",
                ),
            ),
        ),
    ),
)  # fmt: skip

_RESTART = Decision(
    Draft(
        "restart", (Cell.IT, Cell.DECISION), Channel.PHONE, "contain", minute=15, score=3,
        title=Words("Redémarrer maintenant ?", "Restart now?"),
        sender=_TECHNICIAN,
        body=Words(
            "« $system : je peux tenter un redémarrage. S'il échoue, on perd peut-être les traces "
            "et deux heures de plus. Ou j'attends un diagnostic de {{fournisseur}}, sans heure "
            "promise. Vous choisissez quoi ? »",
            "“$system: I can try a restart. If it fails, we may lose the traces and two more "
            "hours. Or I wait for a diagnosis from {{fournisseur}}, with no time promised. "
            "Which do you choose?”",
        ),
        expected=Words(
            "Peser avec les soins ce que coûte une heure d'attente (carte : qui s'arrête ensuite), "
            "garder journaux et copie avant d'agir, fixer une heure de bascule.",
            "Weigh with care what an hour of waiting costs (map: what stops next), keep logs and a "
            "copy before acting, set a switch-over time.",
        ),
        origins=_NO_ATTACK,
    ),
    (
        Choice(
            Words("Redémarrer maintenant", "Restart now"),
            Draft(
                "restart-now", (Cell.IT, Cell.CARE), Channel.MAIL, "contain", score=3,
                title=Words("Cela repart, de travers", "It comes back, askew"),
                sender=Words("Support informatique", "Help desk"),
                body=Words(
                    "$system répond de nouveau dans deux services sur trois, avec des données de "
                    "la veille. Les soignants s'en servent déjà. On laisse faire ?",
                    "$system answers again in two wards out of three, with yesterday's data. "
                    "Carers are already using it. Do we let them?",
                ),
                expected=Words(
                    "Fermer l'accès tant que l'état n'est pas vérifié, dire aux services que "
                    "l'écran n'est pas à jour, faire valider par un médecin avant réouverture.",
                    "Close access until the state is checked, tell wards that the screen is not "
                    "current, have a doctor agree before reopening.",
                ),
            ),
        ),
        Choice(
            Words("Attendre le diagnostic", "Wait for the diagnosis"),
            Draft(
                "restart-wait", (Cell.DECISION, Cell.CARE), Channel.PHONE, "plan", score=3,
                title=Words("Nous n'attendrons pas", "We will not wait"),
                sender=Words("Chef de service, $ward", "Head of department, $ward"),
                body=Words(
                    "« On me dit que l'informatique attend un fournisseur. Moi j'ai des "
                    "{{personnes}} maintenant. Donnez-moi une heure, même mauvaise, ou j'arrête "
                    "les entrées. »",
                    "“I am told that IT is waiting for a supplier. I have {{personnes}} now. Give "
                    "me a time, even a bad one, or I stop admissions.”",
                ),
                expected=Words(
                    "Donner une heure de décision plutôt qu'une heure de retour, régler les "
                    "entrées activité par activité, faire remonter la pression au fournisseur par "
                    "écrit.",
                    "Give a time of decision rather than a time of return, regulate admissions "
                    "activity by activity, press the supplier in writing.",
                ),
            ),
        ),
    ),
)  # fmt: skip

_PAPER = Decision(
    Draft(
        "paper", (Cell.CARE, Cell.DECISION), Channel.PHONE, "care", share=0.18, score=3,
        title=Words("Passer au papier, maintenant ?", "Go to paper, now?"),
        sender=_MANAGER,
        body=Words(
            "« Certains services écrivent déjà, d'autres attendent que ça revienne. Si tout le "
            "monde passe au papier, on ne revient pas en arrière avant des heures. Si on attend, "
            "on perd ce qui se fait pendant ce temps. Quelle consigne, à quelle heure ? »",
            "“Some wards are already writing, others wait for it to come back. If everyone goes to "
            "paper there is no way back for hours. If we wait, what is done meanwhile is lost. "
            "Which instruction, at what time?”",
        ),
        expected=Words(
            "Une seule heure de bascule pour tous, écrite et portée dans les services, documents "
            "de secours et étiquettes distribués, règle de retour annoncée.",
            "One switch-over time for all, written and carried to the wards, backup documents and "
            "labels handed out, rule for coming back announced.",
        ),
    ),
    (
        Choice(
            Words("Tout le monde au papier maintenant", "Everyone to paper now"),
            Draft(
                "paper-now", (Cell.LOGISTICS, Cell.CARE), Channel.PHONE, "care",
                title=Words("La chaîne du papier", "The paper chain"),
                sender=Words("Coursier", "Runner"),
                body=Words(
                    "« J'ai quatre-vingts feuilles pour le laboratoire, la pharmacie et le "
                    "secrétariat, certaines sans nom, d'autres en double. Et personne pour "
                    "remonter les réponses. Je commence par où ? »",
                    "“I have eighty sheets for the laboratory, the pharmacy and the office, some "
                    "without a name, some twice. And nobody to carry the answers back. Where do I "
                    "start?”",
                ),
                expected=Words(
                    "Tournées et bannettes par service, feuille sans deux identifiants renvoyée, "
                    "priorité aux urgences, registre de ce qui part et revient.",
                    "Rounds and trays by ward, a sheet without two identifiers is sent back, "
                    "urgent ones first, register of what goes and returns.",
                ),
            ),
        ),
        Choice(
            Words("Attendre trente minutes", "Wait thirty minutes"),
            Draft(
                "paper-later", (Cell.CARE, Cell.DECISION), Channel.PHONE, "care", score=3,
                title=Words("Une dose donnée deux fois", "A dose given twice"),
                sender=Words("Médecin, $ward", "Doctor, $ward"),
                body=Words(
                    "« Un anticoagulant vient d'être donné deux fois : rien n'était noté, chacun "
                    "attendait l'écran. Le {{personne}} va bien pour l'instant. Combien d'autres ? "
                    "»",
                    "“An anticoagulant has just been given twice: nothing was written, everyone "
                    "was waiting for the screen. The {{personne}} is well for now. How many "
                    "others?”",
                ),
                expected=Words(
                    "Surveillance et information du {{personne}}, bascule immédiate au papier, "
                    "vérification des traitements de l'intervalle, événement indésirable déclaré.",
                    "Watch and inform the {{personne}}, switch to paper at once, check medicines "
                    "given in between, report the adverse event.",
                ),
            ),
        ),
    ),
)  # fmt: skip

FIRST_DECISIONS: tuple[Decision, ...] = (_ISOLATE, _RESTART, _PAPER)
"""In the order in which they are asked."""
