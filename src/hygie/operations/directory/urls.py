"""Addresses of the directory audits."""

from django.urls import path

from hygie.operations.directory.views import (
    audits,
    comparison,
    decisions,
    exports,
    paths,
    points,
    simulations,
)

app_name = "directory"
urlpatterns = [
    path("<int:organisation_id>/", audits.audit_list, name="audit_list"),
    path("<int:organisation_id>/nouveau/", audits.audit_add, name="audit_add"),
    path("<int:organisation_id>/niveau/", audits.level_add, name="level_add"),
    path("<int:organisation_id>/forets/", comparison.forest_compare, name="forest_compare"),
    path("audit/<int:pk>/", audits.audit_detail, name="audit_detail"),
    path("audit/<int:pk>/points/", points.point_list, name="point_list"),
    path("audit/<int:pk>/points/<slug:point>/", points.point_detail, name="point_detail"),
    path("audit/<int:pk>/chemins/", paths.path_explore, name="path_explore"),
    path("audit/<int:pk>/changements/", simulations.change_list, name="change_list"),
    path("audit/<int:pk>/simuler/", simulations.simulation_add, name="simulation_add"),
    path("simulation/<int:pk>/", simulations.simulation_detail, name="simulation_detail"),
    path("simulation/<int:pk>/actions/", simulations.simulation_promise, name="simulation_promise"),
    path("audit/<int:pk>/sources/", audits.source_list, name="source_list"),
    path("audit/<int:pk>/comparer/", comparison.audit_compare, name="audit_compare"),
    path("audit/<int:pk>/pdf/", exports.audit_pdf, name="audit_pdf"),
    path("audit/<int:pk>/json/", exports.audit_json, name="audit_json"),
    path("audit/<int:pk>/anonyme/", exports.audit_anonymous, name="audit_anonymous"),
    path("audit/<int:pk>/preuve/", exports.audit_prove, name="audit_prove"),
    path("foret/<int:pk>/", decisions.forest_detail, name="forest_detail"),
    path("foret/<int:pk>/accepter/<slug:point>/", decisions.risk_add, name="risk_add"),
    path("risque/<int:pk>/retirer/", decisions.risk_end, name="risk_end"),
    path("foret/<int:pk>/niveau-0/", decisions.tier_zero, name="tier_zero"),
    path("foret/<int:pk>/couts/", decisions.costs, name="costs"),
]
