"""What can go wrong when accounts and roles are given or taken?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class RoleDoesNotFit(Refusal):
    """A role belongs to some levels of the territory only."""

    code = "role_does_not_fit"
    template = _("Le rôle « %(role)s » ne se donne pas au niveau « %(level)s ».")


class RoleNotYours(Refusal):
    """The giver's own role does not allow this one to be given or taken."""

    code = "role_not_yours"
    template = _("Votre rôle ne permet pas de donner ni de retirer le rôle « %(role)s ».")
    status = 403


class OwnRoles(Refusal):
    """Nobody raises, lowers or locks out themselves."""

    code = "own_roles"
    template = _(
        "Vos propres rôles et votre propre compte se modifient par quelqu'un d'autre : "
        "demandez à un autre responsable."
    )
    status = 403


class RoleAlreadyHeld(Refusal):
    """The same role at the same node, twice at once."""

    code = "role_already_held"
    template = _("%(person)s tient déjà le rôle « %(role)s » sur %(organisation)s.")


class RoleDatesRefused(Refusal):
    """An end before the beginning."""

    code = "role_dates"
    template = _("La fin (%(until)s) précède le début (%(since)s).")


class RoleAlreadyEnded(Refusal):
    """Taken away already."""

    code = "role_already_ended"
    template = _("Ce rôle est déjà retiré.")


class EmailRefused(Refusal):
    """Not an address one can write to."""

    code = "email_refused"
    template = _("« %(email)s » n'est pas une adresse électronique.")


class EmailTaken(Refusal):
    """An account has this address."""

    code = "email_taken"
    template = _("Un compte existe déjà pour %(email)s.")


class AccountElsewhere(Refusal):
    """The account also holds roles that the asker does not manage."""

    code = "account_elsewhere"
    template = _(
        "%(person)s tient aussi des rôles hors de votre périmètre : seul un administrateur "
        "peut agir sur son compte. Vous pouvez retirer les rôles donnés chez vous."
    )
    status = 403


class AccountInactive(Refusal):
    """A deactivated account is reactivated first."""

    code = "account_inactive"
    template = _("Ce compte est désactivé : réactivez-le d'abord.")


class LinkRefused(Refusal):
    """Used, replaced, expired or invented: the same words for all."""

    code = "link_refused"
    template = _(
        "Ce lien n'est plus valable : il a déjà servi, a expiré ou a été remplacé. "
        "Demandez-en un nouveau à la personne qui vous l'a donné."
    )
    status = 404


class PasswordRefused(Refusal):
    """Too weak for the rules of this instance."""

    code = "password_refused"
    template = _("Mot de passe refusé : %(reasons)s")


class LanguageRefused(Refusal):
    """Hygie does not speak it."""

    code = "language_refused"
    template = _("La langue « %(language)s » n'est pas proposée.")
