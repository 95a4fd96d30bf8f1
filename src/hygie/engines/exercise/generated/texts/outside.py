"""What comes from outside in any crisis: authorities, press, families, suppliers, neighbours?"""

from hygie.engines.exercise.generated.types import Origin
from hygie.engines.exercise.generated.words import TRAINED, Draft, Topic, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel, Level

_ATTACK = frozenset({Origin.ATTACK})
_NO_ATTACK = frozenset(Origin) - _ATTACK

OUTSIDE: tuple[Draft, ...] = (
    Draft(
        "dispatch", (Cell.DECISION, Cell.CARE), Channel.PHONE, "plan", share=0.24, score=3,
        topic=Topic.EMERGENCY,
        title=Words("La régulation du SAMU veut une réponse", "SAMU dispatch wants an answer"),
        sender=Words(
            "Médecin régulateur, SAMU-Centre 15",
            "Dispatch doctor, SAMU emergency centre",
        ),
        body=Words(
            "« Douleur thoracique à huit minutes de chez vous, électrocardiogramme positif. Je "
            "vous l'amène ou je pousse au {{recours}} ? Et pour la suite : délestage total, "
            "partiel, ou rien ? Jusqu'à quelle heure ? Décidez, je roule. »",
            "“Chest pain eight minutes from you, positive ECG. Do I bring him or push on to the "
            "{{recours}}? And after that: full diversion, partial, none? Until when? Decide, I am "
            "driving.”",
        ),
        expected=Words(
            "Répondre vite sur ce patient selon la capacité réelle, puis fixer avec la régulation "
            "quoi, jusqu'à quand et l'heure de révision ; le dire aux urgences et à l'ARS.",
            "Answer fast on this patient from real capacity, then set with dispatch what, until "
            "when and when to review; tell the emergency department and the ARS.",
        ),
    ),
    Draft(
        "transfer", (Cell.CARE, Cell.DECISION), Channel.PHONE, "plan", share=0.3, score=3,
        title=Words("Un transfert sans dossier", "A transfer without records"),
        sender=Words("Médecin du {{recours}}", "Doctor of the {{recours}}"),
        body=Words(
            "« Vous m'annoncez quelqu'un de $activity. Je le prends, mais avec quoi ? Traitements, "
            "allergies, derniers résultats, personne à prévenir. Et combien d'autres après lui ? "
            "Je dois savoir ce soir, pas cette nuit. »",
            "“You are sending me someone from $activity. I accept, but with what? Medicines, "
            "allergies, last results, next of kin. And how many more after that one? I must know "
            "this evening, not tonight.”",
        ),
        expected=Words(
            "Fiche de liaison manuscrite minimale, ce qui n'est pas su est dit, estimation du "
            "nombre de transferts par activité d'après ce qu'elle tient sur papier.",
            "Minimal handwritten liaison sheet, what is not known is said, an estimate of "
            "transfers by activity from how long each holds on paper.",
        ),
    ),
    Draft(
        "cert", (Cell.IT, Cell.DECISION), Channel.PHONE, "report", share=0.26, score=3,
        title=Words("Le CERT Santé conseille", "Advice from CERT Santé"),
        sender=Words("Permanence, CERT Santé", "Duty desk, CERT Santé"),
        body=Words(
            "« Avez-vous isolé les sauvegardes ? Gardez un poste allumé pour sa mémoire, ne "
            "réinstallez rien, ne payez rien. Il me faut un contact, un numéro et une adresse hors "
            "de votre messagerie. Qu'est-ce qui touche les soins, en une phrase ? »",
            "“Have you isolated the backups? Keep one machine running for its memory, reinstall "
            "nothing, pay nothing. I need a contact, a number and an address outside your mail "
            "system. What affects care, in one sentence?”",
        ),
        expected=Words(
            "Contact et messagerie hors du système touché, réponse ou heure de réponse à chaque "
            "question, conseils appliqués, effets sur les soins dits simplement.",
            "Contact and mailbox outside the affected system, an answer or a time for each "
            "question, advice applied, effects on care said plainly.",
        ),
        deadline_min=15, origins=_ATTACK,
    ),
    Draft(
        "cert-outage", (Cell.IT, Cell.DECISION), Channel.PHONE, "report", share=0.26, score=3,
        title=Words("Le CERT Santé demande", "CERT Santé asks"),
        sender=Words("Permanence, CERT Santé", "Duty desk, CERT Santé"),
        body=Words(
            "« On nous signale que $system ne marche plus chez vous. Même sans malveillance, un "
            "incident grave qui touche les soins se déclare. Avez-vous écarté une attaque, et sur "
            "quels éléments ? Avez-vous besoin d'aide ? »",
            "“We hear that $system is down at your site. Even without malice, a serious incident "
            "that affects care is to be reported. Have you ruled out an attack, on what grounds? "
            "Do you need help?”",
        ),
        expected=Words(
            "Dire ce qui est su et ce qui ne l'est pas, déclarer sur le portail de signalement, "
            "garder les journaux, donner un contact hors messagerie interne.",
            "Say what is known and what is not, report on the national portal, keep the logs, give "
            "a contact outside internal mail.",
        ),
        deadline_min=15, origins=_NO_ATTACK,
    ),
    Draft(
        "ars", (Cell.DECISION,), Channel.MAIL, "report", share=0.4, score=3, deadline_min=20,
        title=Words("L'ARS demande un point de situation", "The ARS asks for a situation report"),
        sender=Words("Cellule régionale d'appui, ARS", "Regional support unit, ARS"),
        body=Words(
            "Merci de nous adresser dans les vingt minutes un point : services touchés, activités "
            "arrêtées ou orientées ailleurs, capacité restante (urgences, réanimation, bloc), "
            "mesures prises, prochaine échéance critique, besoins. Une page, pas de jargon "
            "informatique.",
            "Please send within twenty minutes: wards affected, activities stopped or diverted, "
            "capacity left (emergency, intensive care, theatre), measures taken, next critical "
            "deadline, needs. One page, no IT jargon.",
        ),
        expected=Words(
            "Point d'une page tiré de la main courante et de la carte : activités avec l'heure à "
            "laquelle le papier ne suffira plus, décisions, besoins chiffrés, heure du suivant.",
            "A one-page report drawn from the crisis log and the map: activities with the time at "
            "which paper runs out, decisions, needs in figures, time of the next one.",
        ),
        deliverable=Words("Point de situation", "Situation report"),
    ),
    Draft(
        "rumour", (Cell.COMMUNICATION,), Channel.SOCIAL, "report", share=0.34,
        title=Words("La rumeur", "The rumour"),
        sender=Words("Page « Vivre à côté de l'hôpital »", "“Living near the hospital” page"),
        body=Words(
            "{{etablissement}} serait piraté : ils renvoient tout le monde, et il paraît qu'un "
            "monsieur est mort à cause de ça. Ma voisine y travaille. PARTAGEZ. 214 partages, "
            "61 commentaires, une photo floue d'un écran noir.",
            "I hear that {{etablissement}} has been hacked, everyone is sent away and a man died "
            "because of it. My neighbour works there. SHARE. 214 shares, 61 comments, a blurred "
            "picture of a black screen.",
        ),
        expected=Words(
            "Vérifier le fait grave avec la cellule soins avant tout démenti, publier un message "
            "sobre et daté (où aller, qui appeler), ne pas répondre aux commentaires un par un, "
            "rappeler le secret aux équipes.",
            "Check the serious claim with the care cell before any denial, publish a plain dated "
            "message (where to go, whom to call), do not answer comments one by one, remind staff "
            "of confidentiality.",
        ),
    ),
    Draft(
        "journalist", (Cell.COMMUNICATION, Cell.DECISION), Channel.PRESS, "report", share=0.58,
        title=Words(
            "Le {{journal}} publie dans trente minutes",
            "The {{journal}} publishes in thirty minutes",
        ),
        sender=Words("Journaliste, {{journal}}", "Reporter, {{journal}}"),
        body=Words(
            "« Nous publions avec ou sans vous. Est-ce une attaque ? Des opérations sont-elles "
            "annulées ? Des données sont-elles parties ? Un de vos agents me dit que la direction "
            "savait depuis un an. Une réaction ? »",
            "“We publish with or without you. Is it an attack? Are operations cancelled? Has data "
            "gone? One of your staff tells me management had known for a year. Any comment?”",
        ),
        expected=Words(
            "Un porte-parole, trois phrases validées, rien sur la cause ni sur les personnes, pas "
            "de polémique, même texte à l'ARS et à la préfecture avant parution.",
            "One spokesperson, three approved sentences, nothing about cause or individuals, no "
            "argument, the same text to the ARS and the prefecture before publication.",
        ),
        deliverable=Words("Éléments de langage", "Approved wording"), deadline_min=15,
    ),
    Draft(
        "families", (Cell.COMMUNICATION, Cell.CARE), Channel.PHONE, "report", share=0.48,
        title=Words("Une famille dans le hall", "A family in the hall"),
        sender=Words("Agent d'accueil", "Reception"),
        body=Words(
            "« Un fils exige de savoir si sa mère, suivie en $activity, a reçu ses traitements. Il "
            "filme. Une dizaine de personnes s'est rapprochée. Je ne sais rien et je ne veux pas "
            "mentir. Qui descend ? »",
            "“A son demands to know whether his mother, in $activity, was given her medicines. He "
            "is filming. About ten people have come closer. I know nothing and will not lie. Who "
            "is coming down?”",
        ),
        expected=Words(
            "Un cadre et un soignant descendent, parlent à part, disent ce qui est fait au lit, "
            "donnent un numéro et une heure de rappel ; aucune donnée de santé en public.",
            "A manager and a carer come down, talk aside, say what is done at the bedside, give a "
            "number and a time to call back; no health data in public.",
        ),
    ),
    Draft(
        "supplier", (Cell.IT,), Channel.PHONE, "contain", share=0.44,
        title=Words("{{fournisseur}} veut entrer", "{{fournisseur}} wants to come in"),
        sender=Words("Technicien, {{fournisseur}}", "Technician, {{fournisseur}}"),
        body=Words(
            "« Je peux prendre la main tout de suite et regarder, mais votre accès est fermé. "
            "Ouvrez-le une heure avec le compte habituel. Sinon, premier passage sur place dans "
            "deux jours. Mon responsable dit que ça ne vient pas de chez nous. »",
            "“I can take control right now and look, but your access is closed. Open it for an "
            "hour with the usual account. Otherwise the first visit is in two days. My manager "
            "says that it does not come from us.”",
        ),
        expected=Words(
            "Ne pas ouvrir sans décision écrite : accès nominatif, borné, surveillé, par le "
            "bastion ; sinon téléphone et venue sur place ; demander au prestataire son propre "
            "état, par écrit.",
            "Do not open without a written decision: named, limited, watched access, through the "
            "bastion; otherwise phone and a visit; ask the supplier for its own state, in writing.",
        ),
        score=3,
    ),
    Draft(
        "police", (Cell.DECISION,), Channel.PHONE, "report", share=0.66,
        title=Words("Porter plainte", "Filing a complaint"),
        sender=Words("Enquêteur, gendarmerie", "Investigator, gendarmerie"),
        body=Words(
            "« Il me faut une plainte dans les soixante-douze heures si vous voulez que votre "
            "assurance joue. Qui peut signer ? Quels éléments gardez-vous ? Avez-vous répondu à "
            "qui que ce soit ? Une adresse de dépôt circule déjà. »",
            "“I need a complaint within seventy-two hours if you want your insurance to pay. Who "
            "can sign? What evidence do you keep? Have you answered anyone? An address to pay is "
            "already going round.”",
        ),
        expected=Words(
            "Signataire désigné, liste datée des éléments gardés, aucune réponse aux attaquants "
            "sans les enquêteurs, assureur prévenu, copie au groupement.",
            "A person named to sign, dated list of evidence kept, no answer to the attackers "
            "without investigators, insurer told, copy to the group.",
        ),
        origins=_ATTACK, levels=TRAINED,
    ),
    Draft(
        "prefecture", (Cell.DECISION, Cell.LOGISTICS), Channel.PHONE, "plan", share=0.7,
        title=Words("La préfecture s'inquiète", "The prefecture is worried"),
        sender=Words("Permanence de la préfecture", "Prefecture duty desk"),
        body=Words(
            "« Un match et un marché de nuit sont prévus. Si un accident grave arrive, pouvez-vous "
            "recevoir ? Combien de blessés, lesquels, jusqu'à quand ? Le préfet veut un chiffre, "
            "pas une inquiétude. »",
            "“A match and a night market are planned. If there is a serious accident, can you "
            "receive casualties? How many, which ones, until when? The prefect wants a figure, not "
            "a worry.”",
        ),
        expected=Words(
            "Capacité chiffrée par activité, ce qui la borne, ce qui la rendrait, établissements "
            "d'appui, heure de révision.",
            "Capacity in figures by activity, what limits it, what would restore it, supporting "
            "hospitals, time of review.",
        ),
        levels=frozenset({Level.CONFIRMED}),
    ),
)  # fmt: skip
