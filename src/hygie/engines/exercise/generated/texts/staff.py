"""What is written for the staff alone: how to begin, how time goes, how to help, how to end?"""

from hygie.engines.exercise.generated.words import StaffNote, Words
from hygie.engines.exercise.vocabulary import Level

_HELPED = frozenset({Level.BEGINNER, Level.INTERMEDIATE})

BRIEFING = StaffNote(
    "briefing",
    Words("Préparer la salle", "Prepare the room"),
    Words(
        "Scénario tiré de la carte de l'établissement ({{etablissement}}) : ce qui tombe, l'ordre "
        "et les soins touchés viennent de ses dépendances, les appels sont inventés. Relire chaque "
        "ligne avant de jouer : un nom, une personne ou un service réel peut demander d'être "
        "changé. Une salle par cellule, ou une table ; un observateur pour chacune. Permis : "
        "{{plan}}, fiches réflexes, annuaire papier, la carte imprimée. Donner le mot d'arrêt.",
        "Scenario drawn from the map of {{etablissement}}: what fails, in which order and which "
        "care is touched come from its dependencies, the calls are made up. Read each row before "
        "playing: a real name, person or ward may need to be changed. One room for each cell, or "
        "one table; an observer for each. Allowed: {{plan}}, reflex cards, paper directory, the "
        "printed map. Give the stop word.",
    ),
)
SAFETY = StaffNote(
    "safety",
    Words("Rappel de sécurité", "Safety reminder"),
    Words(
        "Prévenir le vrai standard, la vraie astreinte informatique et le vrai administrateur de "
        "garde. Aucun geste sur un vrai système, aucun appel réel vers l'extérieur. Les soins "
        "réels passent avant : mot d'arrêt, puis « fin de jeu, incident réel ».",
        "Tell the real switchboard, the real on-call technician and the real administrator on "
        "duty. No action on a real system, no real call outside. Real care comes first: stop word, "
        "then “end of play, real incident”.",
    ),
)
PACE_TITLE = Words("Comment le temps passe", "How time goes by")
PACE_WHOLE = Words(
    "D'après la carte, $real. Le jeu dure $played. $chapters",
    "According to the map, $real. The play lasts $played. $chapters",
)
PACE_WITHIN = Words("tout tombe en $real", "all fails within $real")
PACE_ONCE = Words("tout tombe au même moment", "all fails at the same moment")
BETWEEN_HOURS = Words("de $first à $last", "from $first to $last")
AT_HOUR = Words("à $first", "at $first")
PACE_REAL = Words(
    "Le temps du jeu est le vrai temps : une minute vaut une minute.",
    "Time in the play is real time: a minute is a minute.",
)
PACE_CHAPTER = Words(
    "Partie $number, à partir de $at de jeu : $when, $pace.",
    "Part $number, from $at of play: $when, $pace.",
)
PACE_SAME = Words("au rythme réel", "at real pace")
PACE_FASTER = Words("$times fois plus vite qu'en vrai", "$times times faster than in reality")
PACE_CLOCK = Words(
    "L'heure affichée suit le jeu, non ces sauts : c'est l'annonce de chaque partie qui fait foi.",
    "The hour on screen follows the play, not these leaps: the announcement of each part prevails.",
)
TRUTH_TITLE = Words("Partie $number : ce qui tombe vraiment", "Part $number: what really fails")
TRUTH = Words(
    "Cause première : $cause. D'après la carte, $when :$failures\nSoins :$care\n",
    "First cause: $cause. According to the map, $when:$failures\nCare:$care\n",
)
TRUTH_LINE = Words("$names $state ($at)", "$names $state ($at)")
TRUTH_WHY = Words("$names $state ($at, à cause de $why)", "$names $state ($at, because of $why)")
LESS = Words("et $count autres, de moindre poids", "and $count others, of less weight")
NOTHING = Words(" rien de plus.", " nothing more.")
ATTACKED = Words("une attaque", "an attack")
NO_CAUSE = Words("non précisée", "not told")
SEEN = Words("Attaque vue à $at.", "Attack seen at $at.")
CONTAINED = Words("Attaque contenue à $at.", "Attack contained at $at.")
LEAP_TITLE = Words("Le temps a passé", "Time has passed")
LEAP = Words(
    "$gap ont passé depuis la dernière partie : il est $at. Ce qui a été décidé tient toujours.",
    "$gap have passed since the last part: it is $at. What was decided still holds.",
)
START_TITLE = Words("Début", "Start")
START = Words(
    "$hour. Journée ordinaire, {{etablissement}}. L'activité est normale, la garde est en place.",
    "$hour. An ordinary day at {{etablissement}}. Activity is normal, those on duty are in place.",
)
HOUR = Words("Il est $at", "It is $at")
NOW = Words("Le jeu commence", "The play begins")
REAL_TIME = Words("En vrai : $at$why.", "In reality: $at$why.")
BECAUSE = Words(", à cause de $why", ", because of $why")
LEVEL_HELP = Words("Aide : $hint", "Help: $hint")

NOTES: tuple[StaffNote, ...] = (
    StaffNote(
        "first-look",
        Words("Premier regard", "First look"),
        Words(
            "À ce moment : la cellule de crise est-elle ouverte, une main courante tenue, une "
            "consigne partie dans les services ? Sinon, faire rappeler le {{cadre}} : « j'ai "
            "besoin d'une réponse, même provisoire ».",
            "By now: is the crisis cell open, a log kept, an instruction out to the wards? If not, "
            "have the {{cadre}} call again: “I need an answer, even a provisional one”.",
        ),
        0.17,
        _HELPED,
    ),
    StaffNote(
        "time-out",
        Words("Temps d'arrêt, dix minutes", "Time out, ten minutes"),
        Words(
            "Arrêter l'horloge. Chaque cellule dit en une minute : situation, décisions, besoins. "
            "Comparer les mains courantes : un même fait, une même heure ? Débutants : relire "
            "ensemble la carte, qu'est-ce qui s'arrêtera ensuite ? Confirmés : dire seulement "
            "l'heure et reprendre.",
            "Stop the clock. Each cell says in one minute: situation, decisions, needs. Compare "
            "the logs: same fact, same time? Beginners: read the map together, what stops next? "
            "Confirmed: only give the time and resume.",
        ),
        0.54,
    ),
    StaffNote(
        "anticipate",
        Words("Faire anticiper", "Make them look ahead"),
        Words(
            "Si les cellules ne font que répondre, demander à la cellule de crise : « dans quatre "
            "heures, qu'est-ce qui ne tient plus sur papier ? » La réponse est dans la carte.",
            "If the cells only answer, ask the crisis cell: “in four hours, what no longer holds "
            "on paper?” The answer is on the map.",
        ),
        0.66,
        _HELPED,
    ),
)

HOT_DEBRIEF = StaffNote(
    "hot-debrief",
    Words("Retour à chaud", "Hot debrief"),
    Words(
        "Fin du jeu, prévenir ceux qui avaient été prévenus. Vingt minutes, tout le monde assis : "
        "une chose qui a tenu, une chose qui a manqué, une chose à changer avant un mois. Demander "
        "aux soins si la carte dit vrai : ce qui tient sur papier, combien de temps. Corriger la "
        "carte ensuite. Donner le questionnaire.",
        "End of play, tell those who had been told. Twenty minutes, everyone seated: one thing "
        "that held, one that was missing, one to change within a month. Ask care whether the map "
        "is right: what holds on paper, for how long. Correct the map afterwards. Hand out the "
        "questionnaire.",
    ),
)
