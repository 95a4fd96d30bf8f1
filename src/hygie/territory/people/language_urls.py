"""Address of the language switch, under the name that pages expect."""

from django.urls import path

from hygie.territory.people.views.me import language_set

urlpatterns = [path("", language_set, name="set_language")]
