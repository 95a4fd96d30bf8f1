"""Who may come in, by which door, and what is kept of it?

The library's own hooks, not its signals: each is a method that is called, hence an arrow one sees.
"""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hygie.foundation.errors import Refusal
from hygie.foundation.journal.types import Via
from hygie.shell.signin.selectors import STRONG, keys_count, strong_factors_of
from hygie.shell.signin.services import SECURITY_CHANGES, methods_used, session_told
from hygie.territory.people.models import User
from hygie.territory.people.selectors import account_by_email, email_is_verified
from hygie.territory.people.services.links import link_use

# Set by the access page when its reader chooses a provider instead of a password.
INVITED_KEY = "signin_access_token"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are given by an administrator or RSSI; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; where providers alone let in, a password only confirms who is in."""
        if settings.SSO_ONLY and not request.user.is_authenticated:
            raise ValidationError(_("Ici, on entre par son fournisseur d'identité."))
        super().pre_authenticate(request, **credentials)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Journal an opened session, after every factor."""
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        address = self.get_client_ip(request)
        session_told("session.opened", user, address=address, methods=methods_used(request))
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Journal a wrong password, with the account when there is one."""
        user = account_by_email(str(credentials.get("email", "")))
        session_told("session.refused", user, address=self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        """Journal a closed session."""
        user = request.user if isinstance(request.user, User) else None
        super().logout(request)
        if user is not None:
            session_told("session.closed", user, address=self.get_client_ip(request))

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        """Journal each security change, then tell the owner of the account by mail."""
        action = SECURITY_CHANGES.get(template_prefix)
        if action:
            session_told(action, user, address=self.get_client_ip(self.request))
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Only for an account that signs in by password here."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # no types
    """A provider opens an account that exists here: bound before, invited, or known by e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never; and who knocked is journalled by the provider's name alone."""
        address = self._client_ip(request)
        session_told("session.provider_unknown", None, address=address, provider=_name(sociallogin))
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        """For providers declared `trust_email`, towards an address proven here."""
        app = login.provider.app
        return bool(app and app.settings.get("trust_email")) and email_is_verified(email)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Bind a provider's account to the person whose access link was just opened."""
        token = request.session.pop(INVITED_KEY, None)
        if token is None or sociallogin.is_existing or request.user.is_authenticated:
            return
        try:
            person = link_use(
                token=token, password=None, via=Via.SIGN_IN, provider=_name(sociallogin)
            )
        except Refusal as refusal:
            self.add_message_refused(request, str(refusal))
            raise ImmediateHttpResponse(redirect("account_login")) from refusal
        sociallogin.connect(request, person)

    def add_message_refused(self, request: HttpRequest, words: str) -> None:
        """Say why on the page that follows."""
        AccountAdapter(request).add_message(request, 40, message=words)

    def _client_ip(self, request: HttpRequest) -> str:
        return str(AccountAdapter(request).get_client_ip(request))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # no types
    """Second factors: sealed at rest, and never all removed where one is demanded."""

    def encrypt(self, text: str) -> str:
        """A stolen database gives no codes without the instance's secret."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`; a former secret still opens."""
        return _sealer().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Where a second factor is demanded, the last one stays."""
        if not settings.MFA_REQUIRED or authenticator.type not in STRONG:
            return True
        return strong_factors_of(authenticator.user_id).exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        """A name to start from, to be changed at will."""
        return _("Clé n° %(number)s") % {"number": keys_count(user.pk) + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The browser's dialogue names Hygie."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Hygie"}


def _name(sociallogin: Any) -> str:
    return str(sociallogin.account.provider)


def _sealer() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    digest = hashlib.sha256(f"hygie-second-factor:{secret}".encode()).digest()
    return base64.urlsafe_b64encode(digest)
