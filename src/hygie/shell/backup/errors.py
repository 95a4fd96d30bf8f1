"""Why can an archive not be written, read or put in place?"""

from django.utils.translation import gettext_lazy as _

from hygie.foundation.errors import Refusal


class ArchiveNameRefused(Refusal):
    """Only one format is written."""

    code = "archive_name"
    template = _("%(file)s : le nom d'une sauvegarde finit par .tar.gz.")


class ArchiveExists(Refusal):
    """A backup never covers another."""

    code = "archive_exists"
    template = _("%(file)s existe déjà : donnez un autre nom.")


class ArchiveUnreadable(Refusal):
    """Absent, cut, or not an archive of ours."""

    code = "archive_unreadable"
    template = _("%(file)s n'est pas une sauvegarde lisible (%(reason)s). Rien n'a été changé.")


class ArchiveMemberRefused(Refusal):
    """A name or a kind of member that a backup never holds."""

    code = "archive_member"
    template = _(
        "%(file)s contient un élément refusé, « %(member)s » : une sauvegarde ne porte que des "
        "fichiers ordinaires sous database/ et documents/. Rien n'a été changé."
    )


class ArchiveAltered(Refusal):
    """The content is not what the manifest says."""

    code = "archive_altered"
    template = _(
        "%(file)s a été modifié ou abîmé : « %(member)s » ne correspond pas au manifeste. Rien "
        "n'a été changé."
    )


class ArchiveTooLarge(Refusal):
    """It would fill the disk."""

    code = "archive_too_large"
    template = _("%(file)s ne tient pas dans l'espace libre de %(home)s. Rien n'a été changé.")


class ArchiveOfOtherDatabase(Refusal):
    """SQLite rows do not go into PostgreSQL, nor the reverse."""

    code = "archive_database"
    template = _(
        "La sauvegarde vient de %(archived)s et cette instance utilise %(here)s : restaurez-la "
        "dans une instance de même sorte (variable DATABASE_URL). Rien n'a été changé."
    )


class ArchiveTooNew(Refusal):
    """It was written by a version that came later."""

    code = "archive_too_new"
    template = _(
        "La sauvegarde vient d'une version plus récente de Hygie (%(archived)s ; ici %(here)s, "
        "migration inconnue %(migration)s) : mettez d'abord Hygie à jour. Rien n'a été changé."
    )


class InstanceNotEmpty(Refusal):
    """Restoring would cover something."""

    code = "instance_not_empty"
    template = _(
        "Cette instance contient déjà des données (%(what)s) : ajoutez --replace pour les "
        "remplacer entièrement."
    )


class ReplayFailed(Refusal):
    """The rows could not be laid; the former state stands."""

    code = "replay_failed"
    template = _(
        "La base de la sauvegarde n'a pas pu être relue (%(reason)s). Rien n'a été changé."
    )
