"""What do the words left to the establishment stand for, when nobody says?

French values follow "le", "du" or "au" (`pharmacie`: "la"), English ones follow "the"; those of
`etablissement`, `personnes`, `personne` and `fournisseur` take no article.
"""

from hygie.engines.exercise.generated.words import Words

USUAL: dict[str, Words] = {
    "etablissement": Words("CH des Tilleuls", "Tilleuls Hospital"),
    "personnes": Words("patients", "patients"),
    "personne": Words("patient", "patient"),
    "direction_garde": Words("directeur de garde", "on-call director"),
    "cadre": Words("cadre de santé de garde", "duty nurse manager"),
    "medecin": Words("médecin de garde", "duty doctor"),
    "technicien": Words("technicien d'astreinte informatique", "on-call IT technician"),
    "dpi": Words("dossier patient informatisé", "electronic patient record"),
    "pharmacie": Words("pharmacie à usage intérieur (PUI)", "hospital pharmacy"),
    "fournisseur": Words("notre mainteneur", "our maintenance firm"),
    "plan": Words("plan blanc", "hospital emergency plan (plan blanc)"),
    "recours": Words("CHU de référence", "regional university hospital"),
    "journal": Words("Courrier du Val", "Courrier du Val"),
}
