"""Addresses of this capability."""

from django.urls import path

from hygie.territory.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisation_list, name="organisation_list"),
    path("lieu/", views.place_choose, name="place_choose"),
    path("suivre/", views.organisation_follow, name="organisation_follow"),
    path("ne-plus-suivre/", views.organisation_unfollow, name="organisation_unfollow"),
    path("export/<slug:kind>.<slug:suffix>", views.territory_file, name="territory_file"),
    path("<int:pk>/", views.organisation_detail, name="organisation_detail"),
]
