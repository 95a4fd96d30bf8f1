"""Addresses of the assessment."""

from django.urls import path

from hygie.governance.assessment.views import campaigns, filings, questionnaires, states, upgrade

app_name = "assessment"
urlpatterns = [
    path("", states.requirement_list, name="requirement_list"),
    path("<int:organisation_id>/", states.organisation, name="organisation"),
    path(
        "<int:organisation_id>/referentiel/<int:framework_id>/", states.framework, name="framework"
    ),
    path("<int:organisation_id>/objectif/<int:objective_id>/", states.objective, name="objective"),
    path(
        "<int:organisation_id>/exigence/<int:requirement_id>/",
        states.requirement,
        name="requirement",
    ),
    path("<int:organisation_id>/depots/", filings.filings, name="filings"),
    path(
        "<int:organisation_id>/questionnaires/nouveau/",
        questionnaires.questionnaire_add,
        name="questionnaire_add",
    ),
    path("questionnaires/", questionnaires.questionnaire_list, name="questionnaire_list"),
    path("questionnaires/<int:pk>/", questionnaires.questionnaire, name="questionnaire"),
    path(
        "questionnaires/<int:pk>/reponse/<int:requirement_id>/",
        questionnaires.answer,
        name="answer",
    ),
    path(
        "questionnaires/<int:pk>/personne/",
        questionnaires.questionnaire_assignee,
        name="questionnaire_assignee",
    ),
    path("questionnaires/<int:pk>/reponses/", questionnaires.answers_bulk, name="answers_bulk"),
    path(
        "questionnaires/<int:pk>/etape/",
        questionnaires.questionnaire_step,
        name="questionnaire_step",
    ),
    path(
        "questionnaires/<int:pk>/classeur/",
        questionnaires.questionnaire_sheet,
        name="questionnaire_sheet",
    ),
    path("campagnes/", campaigns.campaign_list, name="campaign_list"),
    path("campagnes/nouvelle/<int:node_id>/", campaigns.campaign_add, name="campaign_add"),
    path("campagnes/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campagnes/<int:pk>/avancement/", campaigns.campaign_progress, name="campaign_progress"),
    path("campagnes/<int:pk>/clore/", campaigns.campaign_end, name="campaign_end"),
    path(
        "campagnes/<int:pk>/retirer/<int:organisation_id>/",
        campaigns.campaign_remove,
        name="campaign_remove",
    ),
    path("versions/", upgrade.upgrade_list, name="upgrade_list"),
    path("versions/<int:old_id>/<int:new_id>/", upgrade.upgrade, name="upgrade"),
]
