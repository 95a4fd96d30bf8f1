"""Addresses of the after-action review; included by `urls`."""

from django.urls import path

from hygie.governance.exercises.views import debrief, programme, report, survey

urlpatterns = [
    path("<int:organisation_id>/couverture/", programme.coverage, name="coverage"),
    path("<int:organisation_id>/plan/", programme.plan, name="plan"),
    path("<int:organisation_id>/plans/", programme.plan_list, name="plan_list"),
    path("<int:organisation_id>/constats/", programme.lesson_feed, name="lesson_feed"),
    path("exercice/<int:pk>/retour/", debrief.debrief, name="debrief"),
    path("exercice/<int:pk>/retour/constats/", debrief.lesson_list, name="lesson_list"),
    path(
        "exercice/<int:pk>/retour/constats/<int:lesson_id>/",
        debrief.lesson_change,
        name="lesson_change",
    ),
    path(
        "exercice/<int:pk>/retour/constats/<int:lesson_id>/action/",
        debrief.lesson_action,
        name="lesson_action",
    ),
    path("exercice/<int:pk>/retour/notes/", debrief.mark_give, name="mark_give"),
    path("exercice/<int:pk>/maturite/<str:when>/", debrief.maturity, name="maturity"),
    path("exercice/<int:pk>/questionnaire/", survey.survey, name="survey"),
    path("exercice/<int:pk>/rapport/", report.report, name="report"),
    path("exercice/<int:pk>/rapport/clore/", report.exercise_end, name="exercise_end"),
    path("exercice/<int:pk>/rapport/ouvrir/", report.report_open, name="report_open"),
    path("exercice/<int:pk>/rapport/fermer/<int:link_id>/", report.report_shut, name="report_shut"),
    path("exercice/<int:pk>/rapport/donnees.json", report.report_json, name="report_json"),
    path("exercice/<int:pk>/rapport/<str:name>", report.report_file, name="report_file"),
    path("retour/<str:token>/", report.report_shared, name="report_shared"),
    path("retour/<str:token>/<str:name>", report.report_shared_file, name="report_shared_file"),
]
