"""What can the operator's command line refuse, and how is it told?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class AlreadyServed(Refusal):
    """One supervisor a state folder."""

    code = "already_served"
    template = _(
        "Hygie tourne déjà sur %(home)s (processus %(pid)s) : arrêtez-le, ou donnez un autre "
        "dossier par HYGIE_HOME."
    )


class PortRefused(Refusal):
    """The address is taken, or not of this machine."""

    code = "port_refused"
    template = _(
        "Impossible d'écouter sur %(host)s:%(port)s (%(reason)s) : choisissez un autre port par "
        "--port ou HYGIE_PORT."
    )


class MigrationsPending(Refusal):
    """The tables are older than the code."""

    code = "migrations_pending"
    template = _(
        "Les tables sont d'une version plus ancienne : sauvegardez (hygie backup FICHIER), puis "
        "lancez hygie migrate."
    )


class TestsAbsent(Refusal):
    """An installed wheel holds no test."""

    code = "tests_absent"
    template = _("Les tests ne sont que dans une copie des sources.")
