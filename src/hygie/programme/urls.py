"""Addresses of the referential."""

from django.urls import path

from hygie.programme.views import edit, frameworks, rows

app_name = "programme"
urlpatterns = [
    path("", rows.home, name="home"),
    path("objectif/<int:pk>/", rows.objective, name="objective"),
    path("domaines/", rows.domains, name="domains"),
    path("indicateurs/", rows.indicators, name="indicators"),
    path("indicateurs/<int:pk>/", rows.indicator, name="indicator"),
    path("mesures/", rows.measures, name="measures"),
    path("mesures/<int:pk>/", rows.measure, name="measure"),
    path("mesures/ajouter/", edit.measure_new, name="measure_new"),
    path("indicateurs/<int:pk>/cible/", edit.target_new, name="target_new"),
    path("preuves/", rows.documents, name="documents"),
    path("referentiels/", frameworks.frameworks, name="frameworks"),
    path("referentiels/<int:pk>/", frameworks.framework, name="framework"),
    path("exigence/<int:pk>/", frameworks.requirement, name="requirement"),
    path("modifier/<slug:kind>/<int:pk>/", edit.edit, name="edit"),
    path("modifier/<slug:kind>/<int:pk>/reprendre/", edit.release, name="release"),
    path("referentiels/<int:pk>/parametre/<slug:name>/", edit.parameter, name="parameter"),
    path("version/", edit.version, name="version"),
]
