"""In which words does a scenario say how far care is touched, and what the map says of it?"""

from hygie.engines.exercise.generated.words import Words

STOPS = Words(
    "le papier ne suffit plus, nous devons arrêter ou orienter ailleurs",
    "paper is no longer enough, we must stop or send people elsewhere",
)
DEGRADES = Words(
    "nous tenons encore, au ralenti et sur papier", "we still hold, slowly and on paper"
)
SHORT_STOP = Words("arrêt", "stopped")
SHORT_DEGRADE = Words("activité réduite", "reduced activity")
PATIENTS = Words(" $count {{personnes}} par jour.", " $count {{personnes}} a day.")
SOME_WARD = Words("un service de soins", "a ward")
SOME_SYSTEM = Words("le système d'information", "the information system")
OTHER_FIRST = Words("l'annuaire et le réseau", "the directory and the network")
OTHER_SECOND = Words("les postes des soins critiques", "the workstations of critical care")
MINIMAL = Words(" Service minimal prévu : $minimal.", " Minimal service planned: $minimal.")
HOLDS = Words(
    " D'après la carte, l'activité tient $hours sur papier.",
    " The map says that the activity holds $hours on paper.",
)
