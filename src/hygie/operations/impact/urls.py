"""Addresses of losses and rehearsed attacks."""

from django.urls import path

from hygie.operations.impact.views import home, loss, parameters, ranking, rehearsals, results

app_name = "impact"
urlpatterns = [
    path("<int:organisation_id>/", home.home, name="home"),
    path("<int:organisation_id>/perte/", loss.loss, name="loss"),
    path("<int:organisation_id>/perte/json/", loss.loss_json, name="loss_json"),
    path("<int:organisation_id>/perte/garder/", loss.scenario_add, name="scenario_add"),
    path("perte/<int:pk>/effacer/", loss.scenario_remove, name="scenario_remove"),
    path("<int:organisation_id>/pertes/", ranking.ranking, name="ranking"),
    path("<int:organisation_id>/pertes/classer/", ranking.ranking_add, name="ranking_add"),
    path("<int:organisation_id>/parametres/", parameters.parameters, name="parameters"),
    path(
        "<int:organisation_id>/parametres/<slug:key>/",
        parameters.parameter_edit,
        name="parameter_edit",
    ),
    path(
        "<int:organisation_id>/parametres/<slug:key>/defaut/",
        parameters.parameter_reset,
        name="parameter_reset",
    ),
    path("<int:organisation_id>/rancongiciel/", rehearsals.rehearsal_list, name="rehearsal_list"),
    path(
        "<int:organisation_id>/rancongiciel/nouveau/",
        rehearsals.rehearsal_add,
        name="rehearsal_add",
    ),
    path("rancongiciel/<int:pk>/", results.rehearsal_detail, name="rehearsal_detail"),
    path("rancongiciel/<int:pk>/elements/", results.rehearsal_assets, name="rehearsal_assets"),
    path("rancongiciel/<int:pk>/pdf/", results.rehearsal_pdf, name="rehearsal_pdf"),
    path("rancongiciel/<int:pk>/json/", results.rehearsal_json, name="rehearsal_json"),
    path("rancongiciel/<int:pk>/preuve/", rehearsals.rehearsal_prove, name="rehearsal_prove"),
    path("rancongiciel/<int:pk>/actions/", rehearsals.rehearsal_promise, name="rehearsal_promise"),
    path("rancongiciel/<int:pk>/effacer/", rehearsals.rehearsal_remove, name="rehearsal_remove"),
]
