"""What can a user get wrong with a loss or a rehearsal?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class NothingLost(Refusal):
    """A loss takes at least one thing away."""

    code = "impact_nothing_lost"
    template = _("Choisissez au moins un élément perdu.")


class LossUnknown(Refusal):
    """An address or a file names a loss that this map does not hold."""

    code = "impact_loss_unknown"
    template = _("« %(loss)s » ne désigne rien de cette carte.")
    status = 404


class LossAmbiguous(Refusal):
    """Several assets of this map bear the name given."""

    code = "impact_loss_ambiguous"
    template = _(
        "Plusieurs éléments s'appellent « %(loss)s » : donnez le code de l'un d'eux (%(codes)s)."
    )


class NameTaken(Refusal):
    """A saved loss is found again by its name."""

    code = "impact_name_taken"
    template = _("Une perte s'appelle déjà « %(name)s » ici : choisissez un autre nom.")


class MapEmpty(Refusal):
    """Nothing can be computed from nothing."""

    code = "impact_map_empty"
    template = _(
        "La carte de %(place)s n'a aucun élément en service : importez ce que vous avez déjà, puis "
        "revenez."
    )
    status = 409


class NoCareMapped(Refusal):
    """Without care, a loss costs nothing that can be told."""

    code = "impact_no_care"
    template = _(
        "La carte de %(place)s n'a aucune activité de soins : ajoutez-les pour savoir ce qu'une "
        "perte arrêterait."
    )
    status = 409


class RehearsalUnderWay(Refusal):
    """Its results do not exist yet."""

    code = "impact_rehearsal_running"
    template = _("Cette répétition n'est pas terminée : attendez la fin du calcul.")
    status = 409


class EntryMissing(Refusal):
    """An attack comes in somewhere."""

    code = "impact_entry_missing"
    template = _(
        "La carte ne montre aucune entrée de ce type (%(entry)s) : choisissez-en une autre, ou un "
        "élément précis."
    )
    status = 422


class SettingRefused(Refusal):
    """A setting of a rehearsal is out of its bounds."""

    code = "impact_setting_refused"
    template = _("%(name)s : %(value)s ne convient pas, attendu de %(low)s à %(high)s.")


class ParameterUnknown(Refusal):
    """The model has no such parameter."""

    code = "impact_parameter_unknown"
    template = _("Aucun paramètre ne s'appelle « %(key)s ».")
    status = 404


class ParameterRefused(Refusal):
    """A parameter stays within bounds that make sense."""

    code = "impact_parameter_refused"
    template = _("« %(key)s » va de %(low)s à %(high)s %(unit)s : %(value)s n'en est pas.")


class ParameterOrderRefused(Refusal):
    """A law of time is told by a median and a ninth decile beyond it."""

    code = "impact_parameter_order"
    template = _(
        "« %(key)s » : la durée de neuf fois sur dix doit dépasser celle d'une fois sur deux."
    )


class NoteMissing(Refusal):
    """A changed parameter changes every later answer: say why."""

    code = "impact_note_missing"
    template = _("Dites d'où vient cette valeur : la prochaine personne qui la lira doit savoir.")


class NothingPromised(Refusal):
    """An action comes from a defence that was compared."""

    code = "impact_nothing_promised"
    template = _("Cochez au moins une défense comparée.")


class WorkersRefused(Refusal):
    """The cluster that the operator named does not answer."""

    code = "impact_workers_refused"
    template = _(
        "Les machines de calcul (%(address)s) ne répondent pas : relancez plus tard, ou videz "
        "HYGIE_DASK_SCHEDULER pour calculer ici."
    )
    status = 503
