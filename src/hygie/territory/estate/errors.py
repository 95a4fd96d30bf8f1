"""What can a user get wrong with the map?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class NameMissing(Refusal):
    """An asset without a name cannot be found again."""

    code = "estate_name_missing"
    template = _("Donnez un nom à cet élément.")


class KindUnknown(Refusal):
    """No such kind of asset."""

    code = "estate_kind_unknown"
    template = _("« %(kind)s » n'est pas une nature d'élément de la carte.")


class FieldRefused(Refusal):
    """A value that the field cannot hold."""

    code = "estate_field_refused"
    template = _("%(field)s : %(reason)s")


class CodeRefused(Refusal):
    """Too long, or it would name an asset of another establishment."""

    code = "estate_code_refused"
    template = _(
        "« %(code)s » ne peut pas être un code : 80 caractères au plus, et pas de numéro FINESS "
        "suivi d'une barre oblique."
    )


class CodeTaken(Refusal):
    """Another asset of the establishment has this code."""

    code = "estate_code_taken"
    template = _("Le code « %(code)s » est déjà celui de « %(name)s ».")
    status = 409


class ReferenceRefused(Refusal):
    """The site, zone or supplier is none, or is elsewhere."""

    code = "estate_reference_refused"
    template = _("%(field)s : choisissez un élément de cette nature, que vous pouvez lire.")


class IdentifierRefused(Refusal):
    """This text identifies nothing."""

    code = "estate_identifier_refused"
    template = _(
        "« %(value)s » n'identifie rien (%(kind)s) : valeur mal écrite, ou commune à beaucoup de "
        "machines."
    )


class ShareRefused(Refusal):
    """An asset serves other establishments, that the person sees."""

    code = "estate_share_refused"
    template = _("On ne partage un élément qu'avec une autre structure de son périmètre.")


class ShareInUse(Refusal):
    """The establishment still relies on the asset."""

    code = "estate_share_in_use"
    template = _("%(organisation)s s'appuie encore sur cet élément : retirez d'abord ses liens.")
    status = 409


class AssetInUse(Refusal):
    """Others rely on it."""

    code = "estate_asset_in_use"
    template = _(
        "D'autres structures s'appuient sur « %(name)s » : retirez-le du service plutôt que de le "
        "supprimer."
    )
    status = 409


class NothingChosen(Refusal):
    """An act on several assets, and none chosen."""

    code = "estate_nothing_chosen"
    template = _("Choisissez au moins un élément.")


class ActUnknown(Refusal):
    """A decision that is not offered."""

    code = "estate_act_unknown"
    template = _("Choisissez une des décisions proposées.")


class LinkExists(Refusal):
    """The same tie twice."""

    code = "estate_link_exists"
    template = _("Ce lien existe déjà : « %(source)s » %(verb)s « %(target)s ».")
    status = 409


class LinkToItself(Refusal):
    """A tie has two ends."""

    code = "estate_link_to_itself"
    template = _("Un élément ne peut pas être lié à lui-même.")


class LinkRefused(Refusal):
    """A verb, effect or delay that does not exist."""

    code = "estate_link_refused"
    template = _("Lien refusé : %(reason)s")


class GroupMismatch(Refusal):
    """Links that stand for one another are of one nature."""

    code = "estate_group_mismatch"
    template = _(
        "Le groupe « %(group)s » réunit des liens « %(verb)s » : un lien d'une autre nature ne "
        "peut pas les remplacer."
    )


class NeededTooMany(Refusal):
    """More are needed than there are."""

    code = "estate_needed_too_many"
    template = _(
        "Le groupe « %(group)s » compte %(size)s liens : %(needed)s ne peuvent être requis."
    )


class PairDecided(Refusal):
    """It was decided already."""

    code = "estate_pair_decided"
    template = _("Ce doublon a déjà été tranché : annulez d'abord la décision.")
    status = 409


class PairWaiting(Refusal):
    """Nothing to undo."""

    code = "estate_pair_waiting"
    template = _("Ce doublon n'a pas encore été tranché : il n'y a rien à annuler.")
    status = 409


class PairMismatch(Refusal):
    """The two are not of the same kind, or not of the same establishment."""

    code = "estate_pair_mismatch"
    template = _("Deux éléments ne se fusionnent que dans une même structure.")


class UndoImpossible(Refusal):
    """What was merged cannot come back as it was."""

    code = "estate_undo_impossible"
    template = _("La fusion ne peut plus être annulée : %(reason)s")
    status = 409


class ExportUnknown(Refusal):
    """No such format."""

    code = "estate_export_unknown"
    template = _("Format d'export inconnu : choisissez %(choices)s.")


class FileNotRecognised(Refusal):
    """The content looks like no inventory."""

    code = "estate_file_unknown"
    template = _(
        "« %(file)s » ne ressemble à aucun inventaire connu : précisez le type. %(reason)s"
    )


class FileAbsent(Refusal):
    """No file under this path."""

    code = "file_missing"
    template = _("%(file)s : fichier introuvable.")


class ObjectUnknown(Refusal):
    """No asset by this code or name."""

    code = "estate_object_unknown"
    template = _("Aucun élément ne porte le code ni le nom « %(text)s ».")
    status = 404


class ObjectAmbiguous(Refusal):
    """Several assets by this name."""

    code = "estate_object_ambiguous"
    template = _("Plusieurs éléments s'appellent « %(text)s » : %(choices)s.")
