"""Addresses of what has been measured, proven and promised."""

from django.urls import path

from hygie.progress.views import actions, evidence, measurements

app_name = "progress"
urlpatterns = [
    path("<int:organisation_id>/", measurements.home, name="home"),
    path("<int:organisation_id>/indicateurs/", measurements.indicators, name="indicators"),
    path(
        "<int:organisation_id>/indicateurs/<int:indicator_id>/",
        measurements.indicator,
        name="indicator",
    ),
    path("<int:organisation_id>/mesurer/", measurements.record, name="record"),
    path("<int:organisation_id>/mesurer/plusieurs/", measurements.record_many, name="record_many"),
    path("<int:organisation_id>/preuves/", evidence.evidence, name="evidence"),
    path("<int:organisation_id>/preuves/ajouter/", evidence.add, name="evidence_add"),
    path("preuves/<int:pk>/", evidence.detail, name="evidence_detail"),
    path("preuves/<int:pk>/reviser/", evidence.revise, name="evidence_revise"),
    path("preuves/<int:pk>/lier/", evidence.link, name="evidence_link"),
    path("preuves/<int:pk>/delier/", evidence.unlink, name="evidence_unlink"),
    path("preuves/<int:pk>/retirer/", evidence.withdraw, name="evidence_withdraw"),
    path("preuves/fichier/<int:pk>/", evidence.file, name="evidence_file"),
    path("<int:organisation_id>/actions/", actions.actions, name="actions"),
    path("<int:organisation_id>/actions/ajouter/", actions.add, name="action_add"),
    path("<int:organisation_id>/actions/modifier/", actions.bulk, name="actions_bulk"),
    path("<int:organisation_id>/actions.ics", actions.calendar, name="actions_calendar"),
    path("actions/<int:pk>/", actions.detail, name="action_detail"),
    path("actions/<int:pk>/avancer/", actions.move, name="action_move"),
]
