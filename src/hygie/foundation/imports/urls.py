"""Addresses of this capability."""

from django.urls import path

from hygie.foundation.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("nouveau/", views.import_kinds, name="import_kinds"),
    path("nouveau/<str:name>/", views.import_new, name="new"),
    path("<int:pk>/", views.import_detail, name="import_detail"),
    path("<int:pk>/fichier", views.import_file, name="import_file"),
    path("<int:pk>/appliquer", views.import_apply, name="import_apply"),
    path("<int:pk>/relire", views.import_reread, name="import_reread"),
    path("<int:pk>/abandonner", views.import_cancel, name="import_cancel"),
]
