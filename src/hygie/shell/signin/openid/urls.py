"""Addresses of the providers' doors, under the names that allauth expects."""

from django.urls import path

from hygie.shell.signin.openid import views

urlpatterns = [
    path("oidc/<str:provider_id>/login/", views.provider_login, name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        views.provider_callback,
        name="openid_connect_callback",
    ),
]
