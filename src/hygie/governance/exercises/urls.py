"""Addresses of the exercises."""

from django.urls import path

from hygie.governance.exercises import retex_urls
from hygie.governance.exercises.views import (
    acts,
    board,
    exports,
    generated,
    lists,
    log,
    observe,
    parts,
    people,
    play,
    script,
    sheets,
)

app_name = "exercises"
urlpatterns = [
    # Prepare
    path("<int:organisation_id>/", lists.exercise_list, name="exercise_list"),
    path("<int:organisation_id>/nouveau/", lists.exercise_add, name="exercise_add"),
    path("<int:organisation_id>/modeles/", lists.library, name="library"),
    path("<int:organisation_id>/modeles/<int:pk>/", lists.library_model, name="library_model"),
    path("<int:organisation_id>/carte/", generated.exercise_generate, name="exercise_generate"),
    path("<int:organisation_id>/apporter/", sheets.chronogram_prepare, name="chronogram_prepare"),
    path(
        "<int:organisation_id>/apporter/<int:pk>/colonnes/",
        sheets.chronogram_map,
        name="chronogram_map",
    ),
    path("<int:organisation_id>/colonnes/", sheets.mapping_list, name="mapping_list"),
    path("colonnes/<int:pk>/", sheets.mapping_act, name="mapping_act"),
    path("colonnes/<int:pk>/fichier", sheets.mapping_file, name="mapping_file"),
    path("exigences/", parts.requirement_search, name="requirement_search"),
    path("exercice/<int:pk>/", lists.exercise_detail, name="exercise_detail"),
    path("exercice/<int:pk>/decider/", acts.exercise_act, name="exercise_act"),
    path("exercice/<int:pk>/chronogramme/", script.exercise_prepare, name="exercise_prepare"),
    path("exercice/<int:pk>/chronogramme/ligne/", script.inject_editor, name="inject_add"),
    path("exercice/<int:pk>/chronogramme/decaler/", script.timeline_move, name="timeline_shift"),
    path(
        "exercice/<int:pk>/chronogramme/<int:inject_id>/", script.inject_editor, name="inject_edit"
    ),
    path(
        "exercice/<int:pk>/chronogramme/<int:inject_id>/faire/",
        script.inject_act,
        name="inject_act",
    ),
    path(
        "exercice/<int:pk>/chronogramme/<int:inject_id>/joindre/",
        script.file_add,
        name="attachment_add",
    ),
    path("exercice/<int:pk>/piece/<int:attachment_id>/", script.file_get, name="attachment"),
    path(
        "exercice/<int:pk>/piece/<int:attachment_id>/retirer/",
        script.file_remove,
        name="attachment_remove",
    ),
    path("exercice/<int:pk>/dossier-animation.pdf", exports.kit_staff, name="kit_staff"),
    path("exercice/<int:pk>/dossier-joueurs.pdf", exports.kit_players, name="kit_players"),
    path("exercice/<int:pk>/chronogramme.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("exercice/<int:pk>/cexf.json", exports.export_cexf, name="export_cexf"),
    path("exercice/<int:pk>/agenda.ics", exports.export_ics, name="export_ics"),
    path("exercice/<int:pk>/objectifs/", parts.objective_list, name="objective_list"),
    path(
        "exercice/<int:pk>/objectifs/<int:objective_id>/retirer/",
        parts.objective_act,
        name="objective_remove",
    ),
    path("exercice/<int:pk>/variables/", parts.variable_list, name="variable_list"),
    path("exercice/<int:pk>/reglages/", parts.exercise_settings, name="exercise_settings"),
    path("exercice/<int:pk>/cellules/", people.cell_list, name="cell_list"),
    path("exercice/<int:pk>/cellules/<int:cell_id>/", people.cell_change, name="cell_edit"),
    path(
        "exercice/<int:pk>/personnes/<int:participant_id>/",
        people.person_change,
        name="participant_edit",
    ),
    path(
        "exercice/<int:pk>/personnes/<int:participant_id>/faire/",
        people.person_act,
        name="participant_act",
    ),
    # Play
    path("invite/<str:token>/", play.guest_enter, name="guest_enter"),
    path("exercice/<int:pk>/jouer/", play.play, name="play"),
    path("exercice/<int:pk>/jouer/mur/", play.wall, name="wall"),
    path("exercice/<int:pk>/jouer/direct/", play.live, name="live"),
    path("exercice/<int:pk>/jouer/recu/", play.seen, name="seen"),
    path("exercice/<int:pk>/jouer/recu/<int:inject_id>/", play.message, name="message"),
    path("exercice/<int:pk>/jouer/recu/<int:inject_id>/reagir/", play.react, name="react"),
    path(
        "exercice/<int:pk>/jouer/piece/<int:attachment_id>/",
        play.received_file,
        name="received_file",
    ),
    path("les-miens/", play.mine, name="mine"),
    path("exercice/<int:pk>/jouer/incident/", play.incident, name="incident"),
    path("exercice/<int:pk>/jouer/presence/", play.presence_act, name="presence_act"),
    path("exercice/<int:pk>/main-courante/", log.log, name="log"),
    path("exercice/<int:pk>/observer/", observe.observe, name="observe"),
    path("exercice/<int:pk>/observer/hors-ligne.js", observe.sheet_worker, name="sheet_worker"),
    path("exercice/<int:pk>/conduite/", board.board, name="board"),
    path("exercice/<int:pk>/conduite/horloge/", board.clock_act, name="clock_act"),
    path("exercice/<int:pk>/conduite/battement/", board.tick, name="tick"),
    path("exercice/<int:pk>/conduite/improviser/", board.improvise, name="improvise"),
    path("exercice/<int:pk>/conduite/annonce/", board.announce, name="announce"),
    path("exercice/<int:pk>/conduite/ligne/<int:inject_id>/", board.inject_run, name="inject_run"),
    # Review
    *retex_urls.urlpatterns,
]
