"""Is this sign-in really vouched for by the provider? OpenID Connect, more strictly than asked."""

from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

# A public key verifies these; "none" and shared secrets are refused whatever the token says.
SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)


class HygieOpenIDAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """Checks the identity token's signature always, and that both answers speak of one person."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Refuse an answer whose userinfo is about someone else than its identity token."""
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        identity, info = told.get("id_token"), told.get("userinfo")
        if identity is None:
            raise OAuth2Error("no identity token")
        if info is not None and info.get("sub") != identity.get("sub"):
            raise OAuth2Error("userinfo is about someone else")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        # The library skips the signature when the token came straight from the provider. On an
        # internal network that may be plain HTTP: the signature then is all there is.
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("malformed identity token") from error
        if algorithm not in SIGNATURES:
            raise OAuth2Error(f"signature {algorithm!r} is not accepted")
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("malformed identity token or keys") from error
        return claims


class HygieOpenIDProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    """Our settings on the generic provider; nothing of the request changes what is asked of it."""

    oauth2_adapter_class = HygieOpenIDAdapter

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Only the settings': a link cannot ask for a weaker authentication."""
        params: dict[str, str] = self.get_auth_params()
        return params

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Only the settings': a link cannot ask for more data."""
        scope: list[str] = self.get_scope()
        return scope


provider_classes = [HygieOpenIDProvider]
