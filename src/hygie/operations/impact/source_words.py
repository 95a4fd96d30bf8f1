"""Where was each published figure of the model read, and what does that source say?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SEGMENTS = _(
    "Bishop Fox pour Illumio : cloisonner rend le chemin de 3 à 9,5 fois plus dur (étude payée par "
    "un éditeur)"
)
_SECRETS = _(
    "Microsoft Defender for Identity : le même secret d'administrateur local sur chaque machine, à "
    "quoi LAPS met fin (le mécanisme est publié, le chiffre est un jugement)"
)
_MANDIANT_WAYS = _(
    "Mandiant, M-Trends 2025, tel que résumé : rançongiciel vu au bout de 6 jours ; 21 %\u00a0par "
    "compte volé, 21 %\u00a0par faille, 10 %\u00a0par un tiers"
)
_MANDIANT_FOUND = _(
    "Mandiant, M-Trends 2025, tel que résumé : 43 %\u00a0des intrusions découvertes de "
    "l'intérieur, 45 %\u00a0de toutes en moins d'une semaine"
)
_BREST = _(
    "CHU de Brest, 9 mars 2023 : alerte à 20 h 33, cause trouvée à 20 h 56, Internet coupé le soir "
    "même"
)

# After a percent, a space that no tool of translation takes for a format.
SOURCE_WORDS: dict[str, Promise] = {
    "take_device": _(
        "Claroty, State of CPS Security, Healthcare 2023 : 13 %\u00a0des dispositifs médicaux "
        "portent un agent, 14 %\u00a0ont un système hors support, 23 %\u00a0une faille exploitée "
        "connue"
    ),
    "patched_within_days": _(
        "Verizon DBIR 2025 et 2026 : 32 puis 43 jours pour corriger, en médiane"
    ),
    "edr_stops": _(
        "Microsoft Digital Defense Report 2023 : 80 à 90 %\u00a0des attaques réussies viennent de "
        "machines non gérées, 2 %\u00a0des tentatives vont au chiffrement"
    ),
    "filtered_inside_factor": _SEGMENTS,
    "segmentation_stops": _SEGMENTS,
    "admin_mfa_stops": _(
        "Meyer et al., How effective is multifactor authentication at deterring cyberattacks? : "
        "risque réduit de 98,56 %\u00a0quand le secret a fui, sur des comptes en ligne (on "
        "en croit moins d'un annuaire)"
    ),
    "local_secret_shared": _SECRETS,
    "local_secret_managed": _SECRETS,
    "local_secret_works": _SECRETS,
    "backup_taken": _("Sophos, The State of Ransomware in Healthcare 2024"),
    "lateral_median_h": _(
        "CrowdStrike, Global Threat Report 2026 : 29 min en moyenne d'une machine à la suivante, "
        "48 min un an plus tôt"
    ),
    "escalation_median_h": _(
        "Sophos, Active Adversary Report 2025 : Active Directory attaqué au bout de 11 h (3,4 h un "
        "an plus tard)"
    ),
    "escalation_p90_h": _(
        "Sophos, Active Adversary Report for Tech Leaders 2023 : Active Directory atteint en 16 h"
    ),
    "launch_median_h": _MANDIANT_WAYS,
    "entry_exposed": _MANDIANT_WAYS,
    "entry_account": _MANDIANT_WAYS,
    "entry_supplier": _MANDIANT_WAYS,
    "encryption_h": _(
        "Splunk SURGe : 100 000 fichiers chiffrés en 43 min par la famille médiane, de 4 min à 4 h"
    ),
    "noise_median_h": _MANDIANT_FOUND,
    "sensor_edr": _MANDIANT_FOUND,
    "contain_h": _(
        "CrowdStrike, Global Security Attitude Survey 2019 : 31 h en moyenne pour contenir ce qui "
        "a été découvert"
    ),
    "notice_watched_h": _BREST,
    "contain_fast_h": _BREST,
    "return_offline_h": _(
        "CH de Cannes, attaqué le 16 avril 2024 : premières applications revenues au bout de "
        "8 jours"
    ),
    "return_backup_h": _(
        "HSE d'Irlande, attaqué le 14 mai 2021 : la moitié des serveurs en trois semaines, le "
        "reste en trois mois, sauvegardes mises à part"
    ),
    "return_rebuilt_h": _(
        "CH Sud-Francilien, attaqué le 21 août 2022 : 80 %\u00a0des systèmes revenus au 31 octobre"
    ),
    "entry_phishing": _(
        "Mandiant, M-Trends 2025, tel que résumé : 14 %\u00a0des intrusions commencent par "
        "hameçonnage, 33 %\u00a0par une faille, 16 %\u00a0par un compte volé"
    ),
}
