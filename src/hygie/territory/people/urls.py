"""Addresses of people, roles and one's own account."""

from django.urls import path

from hygie.territory.people.views import links, me, people, roles

app_name = "people"
urlpatterns = [
    path("", people.person_list, name="person_list"),
    path("roles/", people.role_table, name="role_table"),
    path("inviter/", roles.person_invite, name="person_invite"),
    path("moi/", me.me, name="me"),
    path("<int:pk>/", people.person_detail, name="person_detail"),
    path("<int:pk>/role/", roles.role_give, name="role_give"),
    path("<int:pk>/lien/", links.person_link, name="person_link"),
    path("<int:pk>/lien/annuler/", links.person_link_cancel, name="person_link_cancel"),
    path("<int:pk>/desactiver/", links.person_deactivate, name="person_deactivate"),
    path("<int:pk>/reactiver/", links.person_reactivate, name="person_reactivate"),
    path("role/<int:pk>/retirer/", roles.role_take, name="role_take"),
]
