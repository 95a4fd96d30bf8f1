"""Addresses of the map of the information system."""

from django.urls import path

from hygie.territory.estate.views import assets, explorer, links, pairs, sheets

app_name = "estate"
urlpatterns = [
    path("<int:organisation_id>/", assets.home, name="home"),
    path("<int:organisation_id>/export/<slug:suffix>", assets.estate_export, name="export"),
    path("<int:organisation_id>/elements/", assets.asset_list, name="asset_list"),
    path("<int:organisation_id>/elements/modifier/", assets.asset_bulk, name="asset_bulk"),
    path("<int:organisation_id>/ajouter/<slug:kind>/", assets.asset_add, name="asset_add"),
    path("<int:organisation_id>/explorer/", explorer.estate_map, name="map"),
    path("<int:organisation_id>/couches/", explorer.estate_layers, name="layers"),
    path("<int:organisation_id>/explorer/carte.<slug:suffix>", explorer.map_file, name="map_file"),
    path("<int:organisation_id>/boucles/", explorer.cycle_list, name="cycle_list"),
    path("<int:organisation_id>/doublons/", pairs.look_alike_list, name="look_alike_list"),
    path("doublon/<int:pk>/", pairs.look_alike_decide, name="look_alike_decide"),
    path("<int:organisation_id>/feuille/", sheets.sheet_prepare, name="sheet_prepare"),
    path("<int:organisation_id>/feuille/<int:pk>/", sheets.sheet_map, name="sheet_map"),
    path("<int:organisation_id>/correspondances/", sheets.mapping_list, name="mapping_list"),
    path("correspondance/<int:pk>/", sheets.mapping_act, name="mapping_act"),
    path("correspondance/<int:pk>/fichier", sheets.mapping_file, name="mapping_file"),
    path("element/<int:pk>/", assets.asset_detail, name="asset_detail"),
    path("element/<int:pk>/modifier/", assets.asset_edit, name="asset_edit"),
    path("element/<int:pk>/retirer/", assets.asset_retire, name="asset_retire"),
    path("element/<int:pk>/lien/", links.link_add, name="link_add"),
    path("lien/<int:pk>/", links.link_edit, name="link_edit"),
    path("lien/<int:pk>/retirer/", links.link_remove, name="link_remove"),
]
