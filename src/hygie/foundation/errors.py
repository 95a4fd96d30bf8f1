"""What can a user cause, and how is it told? A refusal carries a code and its parameters.

The text lives beside the code in each capability's `errors.py`, in French with its English; the
refusal itself never holds user content inside a format string.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A clear no, for the user's eyes.

    Subclasses set `code` (stable, for tests and the API), `template` (lazy French sentence with
    `%(name)s` places) and `status` (HTTP).
    """

    code = "refused"
    template: str | Promise = "%(reason)s"
    status = 400

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params

    def __str__(self) -> str:
        return str(self.template) % self.params if self.params else str(self.template)


class NotFound(Refusal):
    """Absent and forbidden say the same, so that nobody learns what exists elsewhere."""

    code = "not_found"
    template = _("Introuvable dans votre périmètre.")
    status = 404


class NotAllowed(Refusal):
    """The thing is visible to you, but this act is not yours."""

    code = "not_allowed"
    template = _("Votre rôle ne permet pas cette action ici.")
    status = 403
