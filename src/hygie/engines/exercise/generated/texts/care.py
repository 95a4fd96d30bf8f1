"""What does a ward call about when its activity stops or is degraded?

`$ward` is the activity, `$state` says how far it goes, `$minimal` is a sentence about the minimal
service of the map, or nothing.
"""

from hygie.engines.exercise.generated.words import Draft, Topic, Words
from hygie.engines.exercise.vocabulary import CellKind as Cell
from hygie.engines.exercise.vocabulary import Channel


def _call(
    topic: Topic, sender: Words, body: Words, expected: Words,
    cells: tuple[Cell, ...] = (Cell.CARE,),
) -> Draft:  # fmt: skip
    return Draft(
        f"care-{topic}", cells, Channel.PHONE, "care",
        title=Words("$ward : $short", "$ward: $short"),
        sender=sender, body=body,
        expected=Words(f"{expected.fr}$minimal", f"{expected.en}$minimal"),
        score=3, topic=topic,
        hint=Words(
            "Demander : qui est en danger dans l'heure ? quel papier, quel téléphone, quel renfort "
            "?",
            "Ask: who is in danger within the hour? which paper, which phone, which extra hands?",
        ),
    )  # fmt: skip


CARE_CALLS: dict[Topic, tuple[Draft, ...]] = {
    Topic.EMERGENCY: (
        _call(
            Topic.EMERGENCY,
            Words("Médecin coordonnateur, $ward", "Lead doctor, $ward"),
            Words(
                "« $ward : $effect. Douze personnes en salle d'attente, trois ambulances dans le "
                "sas, plus de tableau des lits ni d'antécédents. Je trie au feutre sur un mur. "
                "Est-ce qu'on continue à recevoir, et qui le dit au SAMU ? »",
                "“$ward: $effect. Twelve people in the waiting room, three ambulances in the bay, "
                "no bed board, no history. I am sorting patients with a marker on the wall. Do we "
                "keep receiving, and who tells the SAMU dispatch?”",
            ),
            Words(
                "Décider avec la régulation du SAMU d'une réorientation datée, fiches d'accueil "
                "papier numérotées, bracelet d'identité à l'entrée, tableau mural tenu par une "
                "seule personne, renfort au tri.",
                "Agree with SAMU dispatch on a dated diversion, numbered paper admission sheets, "
                "identity bracelet at the door, wall board kept by one person, extra hands at "
                "triage.",
            ),
            (Cell.CARE, Cell.DECISION),
        ),
    ),
    Topic.INTENSIVE: (
        _call(
            Topic.INTENSIVE,
            Words("Infirmier de réanimation, $ward", "Intensive care nurse, $ward"),
            Words(
                "« $ward : $effect. Les scopes marchent au lit, mais plus aucun report au poste "
                "central ni courbe enregistrée. Je ne peux pas surveiller huit chambres à deux. "
                "Les débits de seringues, je les recopie où ? »",
                "“$ward: $effect. Monitors work at the bedside, but nothing reaches the central "
                "station and no trend is kept. Two of us cannot watch eight rooms. Where do I copy "
                "syringe rates?”",
            ),
            Words(
                "Surveillance au lit avec rondes minutées, renfort immédiat, feuille de "
                "surveillance horaire papier, double contrôle des débits, transferts à l'étude "
                "avant l'urgence.",
                "Bedside watch with timed rounds, immediate reinforcement, hourly paper chart, "
                "double check of rates, transfers considered before it is urgent.",
            ),
        ),
    ),
    Topic.THEATRE: (
        _call(
            Topic.THEATRE,
            Words("Cadre de bloc, $ward", "Theatre manager, $ward"),
            Words(
                "« $ward : $effect. Un patient est endormi, un autre attend en salle. Pas de "
                "programme à l'écran, pas de dossier d'anesthésie, la traçabilité des implants et "
                "de la stérilisation est sur papier libre. On finit, on arrête, on déprogramme ? »",
                "“$ward: $effect. One patient is asleep, another is waiting. No list on screen, no "
                "anaesthetic record, implants and sterilisation are traced on loose paper. Do we "
                "finish, stop, cancel?”",
            ),
            Words(
                "Finir ce qui est commencé, urgences vitales seules ensuite, check-list « sécurité "
                "au bloc » papier, traçabilité sur registre, liste des déprogrammés avec un "
                "médecin qui en répond.",
                "Finish what has begun, then life-saving surgery only, paper safety checklist, "
                "register for traceability, list of cancelled patients with a doctor answering for "
                "it.",
            ),
            (Cell.CARE, Cell.DECISION),
        ),
    ),
    Topic.MATERNITY: (
        _call(
            Topic.MATERNITY,
            Words("Sage-femme coordinatrice, $ward", "Lead midwife, $ward"),
            Words(
                "« $ward : $effect. Deux accouchements en cours, monitoring sur papier sans report "
                "au poste. Je n'ai plus les groupes sanguins ni les sérologies à l'écran. Et "
                "comment j'identifie les nouveau-nés sans étiquettes ? »",
                "“$ward: $effect. Two deliveries under way, fetal monitoring on paper with nothing "
                "at the desk. Blood groups and serologies are off screen. And how do I identify "
                "newborns without labels?”",
            ),
            Words(
                "Une sage-femme par salle, groupes redemandés au laboratoire par téléphone avec "
                "relecture, bracelets manuscrits à deux, registre des naissances papier, maternité "
                "voisine prévenue.",
                "One midwife for each room, groups asked again from the laboratory by phone and "
                "read back, handwritten bracelets by two people, paper birth register, "
                "neighbouring maternity told.",
            ),
        ),
    ),
    Topic.LABORATORY: (
        _call(
            Topic.LABORATORY,
            Words("Biologiste de garde, $ward", "Duty biologist, $ward"),
            Words(
                "« $ward : $effect. Les automates tournent mais les résultats ne sortent plus que "
                "sur l'imprimante. Trente tubes sans étiquette informatique, un potassium à 6,8 "
                "dont je ne sais plus à quelle chambre téléphoner. Quels examens je garde ? »",
                "“$ward: $effect. Analysers run but results only come out on the printer. Thirty "
                "tubes without a computer label, a potassium at 6.8 and I no longer know which "
                "room to call. Which tests do I keep?”",
            ),
            Words(
                "Liste d'examens urgents seuls, bons papier avec deux identifiants, résultats "
                "critiques téléphonés, relus et notés, coursiers, identitovigilance ; groupes "
                "et produits sanguins traités à part.",
                "Urgent tests only, paper forms with two identifiers, critical results phoned, "
                "read back and noted, runners, identity vigilance; blood groups handled apart.",
            ),
        ),
    ),
    Topic.IMAGING: (
        _call(
            Topic.IMAGING,
            Words("Manipulatrice d'imagerie, $ward", "Radiographer, $ward"),
            Words(
                "« $ward : $effect. Le scanner fonctionne, mais plus de liste de travail et plus "
                "d'envoi au PACS. Le radiologue lit à la console. J'ai un accident vasculaire qui "
                "arrive et aucune imagerie antérieure. Comment rend-on les images aux services ? »",
                "“$ward: $effect. The scanner works, but no worklist and nothing goes to the "
                "archive. The radiologist reads at the console. A stroke is on its way and there "
                "are no earlier images. How do we give images to the wards?”",
            ),
            Words(
                "Lecture à la console, compte rendu manuscrit horodaté, urgences seules, identités "
                "saisies à deux, télémédecine neurovasculaire prévenue, espace disque de "
                "l'appareil surveillé.",
                "Reading at the console, timed handwritten report, emergencies only, identities "
                "typed by two people, stroke telemedicine warned, disk space of the device "
                "watched.",
            ),
        ),
    ),
    Topic.PHARMACY: (
        _call(
            Topic.PHARMACY,
            Words("Pharmacien, $ward", "Pharmacist, $ward"),
            Words(
                "« $ward : $effect. Plus d'analyse des prescriptions, plus de stock fiable, "
                "l'automate de dispensation s'ouvre à la clé. Les services réclament par "
                "téléphone, sans ordonnance. Je délivre quoi, à qui, sur quel papier ? »",
                "“$ward: $effect. Prescriptions are no longer checked, stock is unreliable, the "
                "dispensing cabinet opens with a key. Wards ask by phone without prescription. "
                "What do I issue, to whom, on which paper?”",
            ),
            Words(
                "Ordonnances manuscrites signées, dotations d'urgence par service, registre papier "
                "des sorties, stupéfiants et chimiothérapies à part, liste des allergies "
                "redemandée au lit.",
                "Signed handwritten prescriptions, emergency stocks by ward, paper register of "
                "issues, controlled drugs and chemotherapy apart, allergies asked again at the "
                "bedside.",
            ),
            (Cell.CARE, Cell.LOGISTICS),
        ),
    ),
    Topic.DIALYSIS: (
        _call(
            Topic.DIALYSIS,
            Words("Cadre de dialyse, $ward", "Dialysis manager, $ward"),
            Words(
                "« $ward : $effect. Les générateurs tournent, mais les poids secs et les "
                "prescriptions sont dans le logiciel. Douze personnes branchées, douze autres à "
                "treize heures. Je recule les séances de combien, et jusqu'où sans danger ? »",
                "“$ward: $effect. The machines run, but dry weights and prescriptions are in the "
                "software. Twelve people connected, twelve more at one o'clock. How far can I push "
                "sessions back without danger?”",
            ),
            Words(
                "Retrouver la dernière séance sur papier, prescription reconduite par le "
                "néphrologue, potassium d'abord, ordre médical des séances, centre voisin appelé "
                "avant le soir.",
                "Find the last session on paper, prescription renewed by the nephrologist, "
                "potassium first, medical order of sessions, neighbouring centre called before "
                "evening.",
            ),
        ),
    ),
    Topic.ONCOLOGY: (
        _call(
            Topic.ONCOLOGY,
            Words("Oncologue, $ward", "Oncologist, $ward"),
            Words(
                "« $ward : $effect. Neuf personnes en fauteuil, des poches prêtes dont je ne peux "
                "plus vérifier la dose. Certains viennent de loin. Je refuse de recopier un "
                "protocole de mémoire. Qui tranche ? »",
                "“$ward: $effect. Nine people in chairs, bags ready whose dose I can no longer "
                "check. Some come from far away. I will not copy a protocol from memory. Who "
                "decides?”",
            ),
            Words(
                "Suspendre ce qui ne peut être vérifié par deux personnes, séances à report "
                "dangereux triées par le médecin, rappel des patients du lendemain, centre "
                "partenaire sollicité.",
                "Suspend what two people cannot check, dangerous postponements sorted by the "
                "doctor, tomorrow's patients called, partner centre asked.",
            ),
        ),
    ),
    Topic.RESIDENTS: (
        _call(
            Topic.RESIDENTS,
            Words("Infirmière coordinatrice, $ward", "Nurse coordinator, $ward"),
            Words(
                "« $ward : $effect. Plan de soins et traitements sont dans le logiciel, une "
                "intérimaire ne connaît personne, l'appel malade ne sonne plus que sur un "
                "téléphone. Deux textures modifiées au repas, mais pour qui ? »",
                "“$ward: $effect. Care plans and medicines are in the software, an agency nurse "
                "knows nobody, the call system rings on one phone only. Two modified textures at "
                "lunch, but for whom?”",
            ),
            Words(
                "Photos et fiches de vie papier, pilulier vérifié à deux, rondes, régimes et "
                "allergies affichés en cuisine, dossier de liaison d'urgence imprimé, familles "
                "prévenues sobrement.",
                "Photographs and paper life sheets, pill organiser checked by two, rounds, diets "
                "and allergies posted in the kitchen, emergency liaison file printed, families "
                "told plainly.",
            ),
        ),
    ),
    Topic.ADMISSIONS: (
        _call(
            Topic.ADMISSIONS,
            Words("Responsable des admissions, $ward", "Head of admissions, $ward"),
            Words(
                "« $ward : $effect. La file va jusqu'à la rue. Je ne sais ni qui a rendez-vous, ni "
                "créer un dossier. Des gens donnent leur nom et repartent. Deux homonymes ce "
                "matin. Je ferme ou je tiens un cahier ? »",
                "“$ward: $effect. The queue reaches the street. I cannot see who has an "
                "appointment, nor open a file. People give their name and leave. Two people with "
                "the same name this morning. Do I close or keep a book?”",
            ),
            Words(
                "Cahier d'entrées numéroté, cinq traits d'identité relus sur une pièce, homonymes "
                "signalés, consultations non urgentes reportées avec coordonnées notées, agent "
                "d'accueil dans la file.",
                "Numbered admission book, five identity traits read from a document, same names "
                "flagged, non-urgent appointments postponed with contact details noted, someone in "
                "the queue.",
            ),
            (Cell.CARE, Cell.LOGISTICS),
        ),
    ),
    Topic.KITCHEN: (
        _call(
            Topic.KITCHEN,
            Words("Responsable de restauration, $ward", "Catering manager, $ward"),
            Words(
                "« $ward : $effect. Plus de liste des régimes, plus d'étiquettes de plateaux. J'en "
                "sors six cents dans une heure. Le même menu pour tous, c'est possible, mais les "
                "allergies et les dysphagies ? »",
                "“$ward: $effect. No list of diets, no tray labels. Six hundred go out in an hour. "
                "The same menu for all is possible, but what of allergies and swallowing "
                "disorders?”",
            ),
            Words(
                "Menu unique sans allergène majeur, régimes vitaux relevés à la main par chaque "
                "service, étiquettes manuscrites, contrôle au lit avant de servir.",
                "One menu without major allergens, vital diets written down by each ward, "
                "handwritten labels, bedside check before serving.",
            ),
            (Cell.LOGISTICS, Cell.CARE),
        ),
    ),
    Topic.DISPATCH: (
        _call(
            Topic.DISPATCH,
            Words("Médecin régulateur, $ward", "Dispatch doctor, $ward"),
            Words(
                "« $ward : $effect. Les appels arrivent encore, mais sans adresse affichée ni "
                "carte des ambulances. Je note sur des fiches, deux assistants crient d'une table "
                "à l'autre. Le département voisin peut reprendre une partie. Je bascule quoi ? »",
                "“$ward: $effect. Calls still come in, but no address is shown and no map of "
                "ambulances. I write on cards, two assistants shout across the tables. The next "
                "area can take some. What do I switch over?”",
            ),
            Words(
                "Bascule décidée avec le SAMU voisin et l'opérateur, fiches papier numérotées, un "
                "tableau unique des équipages, ARS et pompiers prévenus, heure de réexamen.",
                "Switch decided with the neighbouring SAMU and the operator, numbered paper cards, "
                "a single board of crews, ARS and fire service told, time of review.",
            ),
            (Cell.CARE, Cell.DECISION),
        ),
    ),
    Topic.SUPPORT: (
        _call(
            Topic.SUPPORT,
            Words("Responsable, $ward", "Head, $ward"),
            Words(
                "« $ward : $effect. On nous oublie parce que nous ne soignons pas, mais sans nous "
                "les services s'arrêteront un peu plus tard. Dites-moi ce qui doit passer en "
                "premier et ce que je peux laisser. »",
                "“$ward: $effect. We are forgotten because we do not nurse, but without us the "
                "wards stop a little later. Tell me what must come first and what I may leave.”",
            ),
            Words(
                "Dire quels soins en dépendent et dans combien de temps, ordre écrit, moyens "
                "papier ou téléphone, personne du service dans le point de situation.",
                "Say which care depends on it and how soon, written order, paper or phone means, "
                "someone of the service in the updates.",
            ),
            (Cell.LOGISTICS, Cell.CARE),
        ),
    ),
    Topic.WARD: (
        _call(
            Topic.WARD,
            Words("Cadre de santé, $ward", "Nurse manager, $ward"),
            Words(
                "« $ward : $effect. La relève approche et rien n'est imprimé. Je connais la moitié "
                "des {{personnes}}. Les prescriptions de midi, je les donne d'après quoi ? J'ai "
                "besoin d'une consigne que je puisse répéter à l'équipe. »",
                "“$ward: $effect. Handover is near and nothing is printed. I know half of the "
                "{{personnes}}. What do I give midday medicines from? I need an instruction that I "
                "can repeat to the team.”",
            ),
            Words(
                "Consigne écrite et datée, documents de secours sortis, prescriptions reformulées "
                "par le médecin au lit, identité vérifiée à chaque geste, prochain point annoncé.",
                "Written and dated instruction, backup documents brought out, prescriptions "
                "restated by the doctor at the bedside, identity checked at each act, next update "
                "announced.",
            ),
        ),
        _call(
            Topic.WARD,
            Words("Infirmière, $ward", "Nurse, $ward"),
            Words(
                "« $ward : $effect. Je suis seule avec une élève. Le médecin prescrit à voix haute "
                "en passant, je note sur mon bras. Deux entrées arrivent sans dossier. Qui vient "
                "m'aider, et qui s'occupe des entrées ? »",
                "“$ward: $effect. I am alone with a student. The doctor prescribes aloud in "
                "passing, I write on my arm. Two admissions arrive without records. Who comes to "
                "help, and who deals with admissions?”",
            ),
            Words(
                "Renfort envoyé, prescription écrite et relue avant tout geste, feuille d'entrée "
                "papier avec deux identifiants, entrées non urgentes orientées ailleurs.",
                "Reinforcement sent, prescription written and read back before any act, paper "
                "admission sheet with two identifiers, non-urgent admissions sent elsewhere.",
            ),
        ),
        _call(
            Topic.WARD,
            Words("Médecin, $ward", "Doctor, $ward"),
            Words(
                "« $ward : $effect. Je n'ai ni les résultats d'hier ni les courriers. Trois "
                "{{personnes}} pouvaient sortir, je ne signe pas sans relire. Si je les garde, je "
                "n'ai plus de lit ce soir. »",
                "“$ward: $effect. I have neither yesterday's results nor the letters. Three "
                "{{personnes}} could leave, I do not sign without reading. If I keep them I have "
                "no bed tonight.”",
            ),
            Words(
                "Résultats redemandés au laboratoire par téléphone pour ces trois, sortie avec "
                "ordonnance manuscrite et numéro de rappel, lits redistribués par la cellule.",
                "Results asked again by phone for these three, discharge with handwritten "
                "prescription and a number to call, beds shared out by the cell.",
            ),
        ),
    ),
}
