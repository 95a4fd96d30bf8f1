"""What happens when a second factor is wrong? It is refused, counted and journalled."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hygie.shell.signin.services import session_told
from hygie.territory.people.models import User


def _refused(user: User | None, factor: str) -> None:
    address = get_adapter().get_client_ip(context.request)
    session_told("session.second_factor_refused", user, address=address, factor=factor)


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The code of an application, or a recovery code."""

    def clean_code(self) -> str:
        """Journal a wrong code."""
        try:
            code: str = super().clean_code()
        except ValidationError:
            _refused(self.user, "code")
            raise
        return code


class SecondFactorKeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """A security key after the password."""

    def clean_credential(self) -> Any:
        """Journal a key that is not this person's."""
        try:
            return super().clean_credential()
        except ValidationError:
            _refused(self.user, "webauthn")
            raise


class PasskeyLoginForm(LoginWebAuthnForm):  # type: ignore[misc]  # no types
    """A passkey alone."""

    def clean_credential(self) -> Any:
        """Journal a passkey that opens nothing."""
        if settings.SSO_ONLY:
            raise ValidationError(_("Ici, on entre par son fournisseur d'identité."))
        try:
            return super().clean_credential()
        except ValidationError:
            _refused(None, "passkey")
            raise
