"""Addresses of the journal."""

from django.urls import path

from hygie.shell.journal import views

app_name = "journal"
urlpatterns = [path("", views.line_list, name="line_list")]
