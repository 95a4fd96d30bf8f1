"""What does each parameter of the model mean, in words, and in which order are they read?"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hygie.engines.ransomware.parameter_types import Parameter, Unit


@dataclass(frozen=True, slots=True)
class Section:
    """Parameters that are read together: a title, then key → meaning."""

    code: str
    title: Promise
    words: dict[str, Promise]


SECTIONS: tuple[Section, ...] = (
    Section("care", _("Ce que pèse une activité de soins"), {
        "supplier_grace_h": _("Délai avant qu'un fournisseur perdu se fasse sentir"),
        "rank_unknown": _("Criticité supposée quand personne ne l'a dite"),
        "patients_unknown": _("Patients par jour supposés quand personne ne l'a dit"),
        "rank_weight_1": _("Poids d'une activité de confort"),
        "rank_weight_2": _("Poids d'une activité utile"),
        "rank_weight_3": _("Poids d'une activité importante"),
        "rank_weight_4": _("Poids d'une activité vitale"),
    }),
    Section("machines", _("Ce qui fait tomber une machine voisine"), {
        "take_workstation": _("Un poste tombe, attaqué depuis sa zone"),
        "take_server": _("Un serveur tombe, attaqué depuis sa zone"),
        "take_device": _("Un dispositif médical tombe, attaqué depuis sa zone"),
        "take_appliance": _("Un équipement réseau ou de stockage tombe"),
        "patched_within_days": _("Âge des correctifs au-delà duquel une machine est en retard"),
        "patched_factor": _("Ce que des correctifs à jour laissent du risque"),
        "unsupported_factor": _("Ce qu'un système hors support ajoute au risque"),
        "edr_stops": _("Un EDR arrête l'attaque d'une machine"),
        "edr_coverage": _("Machines couvertes quand l'EDR est déployé partout"),
    }),
    Section("network", _("Ce que le réseau laisse passer"), {
        "filtered_inside_factor": _("Ce que laisse une zone filtrée entre ses machines"),
        "flow_passes": _("Un flux ouvert d'une zone à l'autre sert à l'attaquant"),
        "undeclared_flow_passes": _("Un flux existe sans être sur la carte, et sert à l'attaquant"),
        "flat_network_passes": _("Sans zones sur la carte, l'attaquant passe partout"),
        "segmentation_stops": _("Le cloisonnement arrête un passage d'une zone à l'autre"),
    }),
    Section("rights", _("Ce que donnent des droits volés"), {
        "escalation_unknown": _("L'attaquant prend l'annuaire, sans audit d'annuaire"),
        "escalation_with_path": _("Un compte qui a un chemin vers le niveau 0 y mène"),
        "admin_secret_on_server": _("Un serveur garde le secret d'un administrateur du domaine"),
        "tiering_factor": _("Ce que laisse une administration en niveaux séparés"),
        "admin_mfa_stops": _("Deux facteurs arrêtent un administrateur usurpé"),
        "domain_deploys": _("Maître de l'annuaire, l'attaquant chiffre une machine du domaine"),
        "application_by_identity": _("Maître de l'annuaire, il entre dans une application"),
        "escalation_beyond_audit": _("L'annuaire tombe par un chemin que l'audit ne montre pas"),
        "hypervisor_by_identity": _("Maître de l'annuaire, il entre dans un hyperviseur"),
        "local_secret_shared": _("Le même secret local ouvre les machines voisines"),
        "local_secret_managed": _("Le même, quand chaque machine a le sien"),
        "local_secret_works": _("Un secret local trouvé ouvre la machine"),
        "administers_used": _("Un poste qui administre une machine y mène"),
        "hypervisor_encrypts": _("L'hyperviseur pris, les machines qu'il porte tombent"),
    }),
    Section("suppliers", _("Ce qui vient des fournisseurs"), {
        "supplier_to_access": _("Un fournisseur attaqué mène à ses accès chez nous"),
        "access_used": _("Un accès distant pris mène à ce qu'il atteint"),
        "access_on_demand_factor": _("Ce que laisse un accès ouvert à la demande"),
        "access_mfa_factor": _("Ce que laissent deux facteurs sur un accès"),
        "bastion_stops": _("Un bastion arrête un accès de fournisseur pris"),
    }),
    Section("backups", _("Ce qui arrive aux sauvegardes"), {
        "backup_taken": _("Une sauvegarde atteignable est chiffrée aussi"),
        "backup_own_identity_factor": _("Ce que laisse une authentification à part"),
    }),
    Section("time", _("Le temps de l'attaque"), {
        "lateral_median_h": _("D'une machine à l'autre, une fois sur deux en moins de"),
        "lateral_p90_h": _("D'une machine à l'autre, neuf fois sur dix en moins de"),
        "escalation_median_h": _("Jusqu'à l'annuaire, une fois sur deux en moins de"),
        "escalation_p90_h": _("Jusqu'à l'annuaire, neuf fois sur dix en moins de"),
        "launch_median_h": _("De l'annuaire au lancement, une fois sur deux en moins de"),
        "launch_p90_h": _("De l'annuaire au lancement, neuf fois sur dix en moins de"),
        "launch_without_domain": _("Sans l'annuaire, l'attaquant lance quand même"),
        "rollout_median_h": _("Du lancement à une machine, une fois sur deux en moins de"),
        "rollout_p90_h": _("Du lancement à une machine, neuf fois sur dix en moins de"),
        "encryption_h": _("Chiffrer une machine"),
    }),
    Section("detection", _("Ce qui voit et arrête l'attaque"), {
        "sensor_edr": _("Une machine avec EDR donne l'alerte"),
        "sensor_bare": _("Une machine sans EDR donne l'alerte"),
        "sensor_identity": _("L'annuaire donne l'alerte"),
        "sensor_watched": _("Une machine donne l'alerte sous surveillance jour et nuit"),
        "noise_median_h": _("L'intrus se trahit, une fois sur deux en moins de"),
        "noise_p90_h": _("L'intrus se trahit, neuf fois sur dix en moins de"),
        "touched": _("Machines tenues sur lesquelles il est passé avant de chiffrer"),
        "notice_h": _("De l'alerte à quelqu'un qui la lit"),
        "contain_h": _("De l'alerte lue à l'attaque contenue"),
        "notice_watched_h": _("De l'alerte à sa lecture, sous surveillance jour et nuit"),
        "contain_fast_h": _("De l'alerte lue à l'attaque contenue, équipe préparée"),
        "leak": _("Tentatives qui passent encore une fois l'attaque contenue"),
    }),
    Section("return", _("Le retour des soins"), {
        "return_reinstalled_h": _("Réinstaller ce qui n'a pas de données"),
        "return_offline_h": _("Restaurer d'une sauvegarde hors ligne ou immuable"),
        "return_backup_h": _("Restaurer d'une sauvegarde en ligne restée intacte"),
        "return_rebuilt_h": _("Reconstruire sans sauvegarde"),
    }),
    Section("entry", _("Par où elle entre, quand l'entrée est tirée au sort"), {
        "entry_phishing": _("Hameçonnage d'un poste"),
        "entry_exposed": _("Faille d'un serveur exposé"),
        "entry_account": _("Compte volé"),
        "entry_supplier": _("Fournisseur"),
    }),
)  # fmt: skip

WORDS: dict[str, Promise] = {key: words for one in SECTIONS for key, words in one.words.items()}

UNIT_WORDS: dict[Unit, Promise] = {
    Unit.PROBABILITY: _("%"),
    Unit.FACTOR: _("fois"),
    Unit.HOURS: _("h"),
    Unit.DAYS: _("jours"),
    Unit.PATIENTS: _("patients par jour"),
    Unit.RANK: _("sur 4"),
}
# People write shares of a hundred; the engine takes shares of one.
_SCALE = {Unit.PROBABILITY: 100.0}


def shown(parameter: Parameter, value: float) -> float:
    """A value as a page shows and takes it: 30 for a probability of 0.3."""
    return round(value * _SCALE.get(parameter.unit, 1.0), 6)


def stored(parameter: Parameter, value: float) -> float:
    """The engine's value of what a page took."""
    return value / _SCALE.get(parameter.unit, 1.0)
