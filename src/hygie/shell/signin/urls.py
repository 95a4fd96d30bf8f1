"""Which doors lead in? Only those in use: nobody signs up, nor changes their address, alone."""

from allauth.account import views as account
from allauth.mfa import urls as second_factor
from allauth.socialaccount import urls as providers
from allauth.usersessions import urls as sessions
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from hygie.shell.signin import views
from hygie.shell.signin.closed import closed

# Names that the library itself asks for, leading nowhere.
_CLOSED = (
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inactif/", account.account_inactive, name="account_inactive"),
    path("acces/<str:token>/", views.signin_access, name="signin_access"),
    path(
        "acces/<str:token>/par/<str:provider_id>/",
        views.signin_access_provider,
        name="signin_access_provider",
    ),
    path("second-facteur/", include(second_factor)),
    path("fournisseurs/", include(providers)),
    path("", include("hygie.shell.signin.openid.urls")),
    path("sessions/", include(sessions)),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    *(path(f"ferme/{name}/", closed, name=name) for name in _CLOSED),
]
if not settings.SSO_ONLY:
    urlpatterns += [
        path("mot-de-passe/", account.password_change, name="account_change_password"),
        path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
        path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
        path(
            "mot-de-passe/oublie/envoye/",
            account.password_reset_done,
            name="account_reset_password_done",
        ),
        re_path(
            r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "mot-de-passe/nouveau/fait/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
    ]
