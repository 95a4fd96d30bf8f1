"""Addresses of the design system."""

from django.urls import path

from hygie.foundation.design.views import style_page

app_name = "design"
urlpatterns = [path("", style_page, name="style")]
