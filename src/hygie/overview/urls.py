"""Addresses of the cross-axis pages."""

from django.urls import path

from hygie.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("cockpit/<int:node_id>/", views.cockpit_view, name="cockpit"),
    path("cockpit/<int:node_id>/pdf/", views.cockpit_pdf_view, name="cockpit_pdf"),
    path("cockpit/<int:node_id>/pairs/", views.comparison_view, name="comparison"),
]
