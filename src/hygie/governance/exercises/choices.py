"""Which words may the columns of an exercise hold?"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hygie.engines.exercise import vocabulary as words


class ExerciseKind(models.TextChoices):
    """A model to start from, or one exercise of one day."""

    TEMPLATE = "template", _("modèle")
    RUN = "run", _("exercice")


class ExerciseState(models.TextChoices):
    """Where an exercise stands."""

    DRAFT = "draft", _("en préparation")
    READY = "ready", _("prêt")
    RUNNING = "running", _("en cours")
    PAUSED = "paused", _("suspendu")
    ENDED = "ended", _("terminé, retour d'expérience en cours")
    CLOSED = "closed", _("clos")
    CANCELLED = "cancelled", _("annulé")


class Sharing(models.TextChoices):
    """Who may take a model up."""

    OWN = "own", _("la structure seule")
    GROUP = "group", _("son GHT")
    REGION = "region", _("sa région")


class Level(models.TextChoices):
    """How much the players are expected to know."""

    BEGINNER = words.Level.BEGINNER.value, _("débutant")
    INTERMEDIATE = words.Level.INTERMEDIATE.value, _("intermédiaire")
    CONFIRMED = words.Level.CONFIRMED.value, _("confirmé")


class Play(models.TextChoices):
    """How it is played."""

    TABLE_TOP = words.Play.TABLE_TOP.value, _("sur table")
    FULL = words.Play.FULL.value, _("en conditions réelles simulées")


class CellKind(models.TextChoices):
    """Which part of the crisis organisation a cell stands for."""

    DECISION = words.CellKind.DECISION.value, _("décision")
    IT = words.CellKind.IT.value, _("informatique")
    CARE = words.CellKind.CARE.value, _("soins")
    COMMUNICATION = words.CellKind.COMMUNICATION.value, _("communication")
    LOGISTICS = words.CellKind.LOGISTICS.value, _("logistique")
    OTHER = words.CellKind.OTHER.value, _("autre")


class Channel(models.TextChoices):
    """By what an inject reaches the players."""

    MAIL = words.Channel.MAIL.value, _("courriel")
    PHONE = words.Channel.PHONE.value, _("téléphone")
    SMS = words.Channel.SMS.value, _("SMS")
    PAPER = words.Channel.PAPER.value, _("papier")
    PRESS = words.Channel.PRESS.value, _("presse")
    SOCIAL = words.Channel.SOCIAL.value, _("réseau social")
    ALARM = words.Channel.ALARM.value, _("écran d'alarme")


class Nature(models.TextChoices):
    """What a row of the timeline is."""

    INJECT = words.Nature.INJECT.value, _("stimulus")
    INFORMATION = words.Nature.INFORMATION.value, _("information")
    MILESTONE = words.Nature.MILESTONE.value, _("jalon")
    FACILITATION = words.Nature.FACILITATION.value, _("animation")


class InjectState(models.TextChoices):
    """What became of a row of the timeline."""

    PLANNED = "planned", _("prévu")
    PLAYED = "played", _("joué")
    SKIPPED = "skipped", _("sauté")


class Role(models.TextChoices):
    """What someone does in an exercise."""

    FACILITATOR = "facilitator", _("animation")
    OBSERVER = "observer", _("observation")
    PLAYER = "player", _("jeu")


class Presence(models.TextChoices):
    """Answer to the check of communications before the start."""

    NOT_ASKED = "not_asked", _("non demandé")
    ASKED = "asked", _("demandé")
    HEARD = "heard", _("bien reçu")


class ReactionKind(models.TextChoices):
    """What players do with what reaches them."""

    ACKNOWLEDGED = "acknowledged", _("pris en compte")
    ANSWER = "answer", _("réponse")
    DECISION = "decision", _("décision")


class EntryKind(models.TextChoices):
    """Kinds of line of the crisis log."""

    FACT = "fact", _("fait")
    DECISION = "decision", _("décision")
    ACTION = "action", _("action")
    COMMUNICATION = "communication", _("communication")


class Result(models.TextChoices):
    """How the players met an expectation; "not observed" is a result of its own."""

    REACHED = words.Result.REACHED.value, _("atteinte")
    PARTIAL = words.Result.PARTIAL.value, _("partielle")
    MISSED = words.Result.MISSED.value, _("manquée")
    NOT_OBSERVED = words.Result.NOT_OBSERVED.value, _("non observée")


class ScoredBy(models.TextChoices):
    """Who gives a mark; only the staff's is official."""

    OFFICIAL = "official", _("officielle")
    TEAM = "team", _("de la cellule")
    SELF = "self", _("personnelle")


class Verdict(models.TextChoices):
    """How far an objective was reached; unseen is not tested."""

    PASSED = "passed", _("atteint")
    PARTIAL = "partial", _("atteint en partie")
    FAILED = "failed", _("non atteint")
    NOT_TESTED = "not_tested", _("non observé")


class LessonKind(models.TextChoices):
    """What an exercise teaches."""

    STRENGTH = "strength", _("point fort")
    GAP = "gap", _("écart")


class When(models.TextChoices):
    """When the crisis maturity was assessed."""

    BEFORE = "before", _("avant")
    AFTER = "after", _("après")


class ClockVerb(models.TextChoices):
    """What a facilitator does to time."""

    START = words.ClockVerb.START.value, _("départ")
    PAUSE = words.ClockVerb.PAUSE.value, _("pause")
    RESUME = words.ClockVerb.RESUME.value, pgettext_lazy("temps d'un exercice", "reprise")
    PACE = words.ClockVerb.PACE.value, _("rythme")
    JUMP = words.ClockVerb.JUMP.value, _("saut")
    STOP = words.ClockVerb.STOP.value, _("fin")
