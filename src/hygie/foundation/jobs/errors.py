"""What can stop a job, and what is the user told of it?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from hygie.foundation.errors import Refusal

# Kept as sentences to translate at display: the reader may have another language than the worker.
INTERNAL = gettext_noop(
    "Une erreur interne a arrêté ce travail. Référence à donner à l'exploitant : %(reference)s."
)
WORKER_LOST = gettext_noop(
    "Ce travail a été interrompu %(attempts)s fois par l'arrêt du programme : il n'est plus "
    "relancé. Référence à donner à l'exploitant : %(reference)s."
)


class JobCancelled(Exception):
    """The owner asked to stop; raised by the watch inside the job's body."""


class JobInterrupted(Exception):
    """The worker is asked to stop; the job will start again, and this attempt does not count."""


class JobSuperseded(Exception):
    """Another worker took this job over, or it is over already: nothing may be written for it."""


class WorkerAlreadyRuns(Refusal):
    """SQLite has one writer, hence one worker."""

    code = "worker_already_runs"
    template = _(
        "Un exécuteur travaille déjà sur %(home)s (processus %(pid)s) : SQLite n'en admet qu'un. "
        "Arrêtez-le, ou passez à PostgreSQL pour en avoir plusieurs."
    )
