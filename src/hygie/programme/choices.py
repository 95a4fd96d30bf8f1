"""Which words describe the referential?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowStatus(models.TextChoices):
    """How sure are we of a row: found in a source, or inferred by us?"""

    CONFIRMED = "confirmed", _("confirmé par une source")
    INFERRED = "inferred", _("déduit, à confirmer")


class Unit(models.TextChoices):
    """Units of an indicator."""

    BOOLEAN = "boolean", _("oui / non")
    PERCENT = "percent", _("%")
    COUNT = "count", _("nombre")
    DAYS = "days", _("jours")
    HOURS = "hours", _("heures")
    LEVEL = "level", _("niveau")
    EUR = "eur", _("€")
    SCORE = "score", _("score")


class Direction(models.TextChoices):
    """Which way is better?"""

    HIGHER = "higher", _("plus haut est mieux")
    LOWER = "lower", _("plus bas est mieux")


class FrameworkOrigin(models.TextChoices):
    """Where a framework comes from."""

    CARE = "care", _("Programme CaRE")
    LIBRARY = "library", _("Bibliothèque importée")


class MappingRelation(models.TextChoices):
    """How a requirement covers another: source … target."""

    EQUAL = "equal", _("équivalente à")
    SUBSET = "subset", _("incluse dans")
    SUPERSET = "superset", _("couvre entièrement")
    INTERSECT = "intersect", _("recoupe en partie")


class HeldAt(models.TextChoices):
    """On which kind of organisation is an indicator measured?"""

    ET = "et", _("Établissement (ET)")
    EJ = "ej", _("Entité juridique (EJ)")
    GHT = "ght", _("Groupement (GHT)")
    ANY = "any", _("Tout niveau")


class RollupKind(models.TextChoices):
    """How is a group's figure made from its members'?"""

    SUM = "sum", _("somme")
    MEAN = "mean", _("moyenne")
    ACTIVITY_MEAN = "activity_mean", _("moyenne pesée par l'activité")
    HEADCOUNT_MEAN = "headcount_mean", _("moyenne pesée par l'effectif")
    WORST = "worst", _("la moins bonne")
    SHARE = "share", _("part des membres où c'est vrai")
    NONE = "none", _("ne se regroupe pas")


class SensitivityKind(models.TextChoices):
    """How far may a document travel?"""

    INTERNAL = "internal", _("interne")
    RESTRICTED = "restricted", _("restreinte")
    CONFIDENTIAL = "confidential", _("confidentielle")


class TargetKind(models.TextChoices):
    """Levels of the territory that a target may address, by the codes of its organisations."""

    NATION = "nation", _("Nation")
    REGION = "region", _("Région")
    GHT = "ght", _("Groupement hospitalier de territoire (GHT)")
    EJ = "ej", _("Entité juridique (EJ)")
    ET = "et", _("Établissement (ET)")
