"""Which invented words make believable names? None is that of a real establishment."""

# Region code, name, departments (code as FINESS writes it, name, postcode prefix).
REGIONS = (
    (
        "53",
        "Bretagne",
        (("22", "COTES D'ARMOR", "22"), ("29", "FINISTERE", "29"), ("35", "ILLE ET VILAINE", "35"),
         ("56", "MORBIHAN", "56")),
    ),
    (
        "27",
        "Bourgogne-Franche-Comté",
        (("21", "COTE D'OR", "21"), ("25", "DOUBS", "25"), ("58", "NIEVRE", "58"),
         ("71", "SAONE ET LOIRE", "71")),
    ),
)  # fmt: skip

GHT_NAMES = (
    "Trois-Vallées", "Rives d'Armélie", "Lande et Littoral", "Haute-Combraise", "Deux-Clochers",
    "Pays de Sombrelle",
)  # fmt: skip

TOWNS = (
    "Valmory", "Kerlandec", "Saint-Aubrin", "Montclérac", "Plouvernel", "Briseval",
    "Sainte-Orvane", "Coudrières", "Lanvéoc-le-Bas", "Roquefontaine", "Charmelle",
    "Port-Guivarec", "Aubépierre", "Moulinvert", "Tréguidel-Mer", "Vieuxbourg", "Sombrelle",
    "Armélie", "Combraise", "Clairvaux-sur-Ys", "Les Essartières", "Kermorvan", "Saulnay",
    "Varennes-la-Grande", "Penhoët", "Noirlac", "Bellerive-sur-Orne", "Gué-d'Hossus",
    "Ploudiry-le-Neuf", "Mont-Sauveterre", "Fontgrande", "Lézardois", "Quatrevents", "Rochecorbe",
    "Saint-Élouan", "Trévarn", "Ombreval", "La Chaume-Blanche", "Hautecour", "Bois-Régnier",
)  # fmt: skip

SITES = (
    ("355", "Centre Hospitalier (C.H.)", "1102", "Centres Hospitaliers", "Site principal"),
    ("500", "Etablissement d'hébergement pour personnes âgées dépendantes", "4401",
     "Etablissements d'Hébergement pour Personnes Âgées", "EHPAD"),
    ("362", "Etablissement de Soins Longue Durée", "1111",
     "Etablissements de Soins de Longue Durée", "Soins de longue durée"),
)  # fmt: skip

CLINIC = ("365", "Etablissement de Soins Pluridisciplinaire", "1110",
          "Etablissements de Soins Pluridisciplinaires")  # fmt: skip

FIRST = ("Alice", "Bruno", "Chloé", "Driss", "Élise", "Fanch", "Gaëlle", "Hugo", "Inès", "Jonas",
         "Katell", "Léo", "Maëlle", "Nadir", "Olivia", "Paul", "Rozenn", "Samir")  # fmt: skip
LAST = ("Armel", "Brévin", "Coadou", "Delmas", "Evrard", "Fauvel", "Guillard", "Hénaff", "Imbert",
        "Jaouen", "Kervran", "Lescure", "Morvan", "Nivelle", "Oriol", "Prigent")  # fmt: skip

ACTIONS = (
    "Faire signer la PSSI révisée par le représentant légal",
    "Terminer le bilan d'impact de la pharmacie",
    "Tester la reprise du dossier patient sur l'infrastructure de secours",
    "Isoler le serveur de sauvegarde du domaine",
    "Réviser la liste des comptes à privilèges",
    "Planifier l'exercice de crise de l'année",
    "Mettre à jour l'annuaire papier de la cellule de crise",
    "Fermer l'accès distant de l'ancien mainteneur d'imagerie",
    "Rédiger la procédure dégradée des urgences",
    "Former les cadres de nuit au passage au papier",
    "Nommer un correspondant métier pour les tests de restauration",
    "Mettre une copie hors ligne des sauvegardes",
)
