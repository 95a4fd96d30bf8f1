"""Which address leads to which capability?"""

from django.urls import include, path

from hygie.shell import views
from hygie.shell.api import api

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("api/v1/", api.urls),
    path("langue/", include("hygie.territory.people.language_urls")),
    path("compte/", include("hygie.shell.signin.urls")),
    path("design/", include("hygie.foundation.design.urls")),
    path("travaux/", include("hygie.foundation.jobs.urls")),
    path("imports/", include("hygie.foundation.imports.urls")),
    path("journal/", include("hygie.shell.journal.urls")),
    path("territoire/", include("hygie.territory.organisations.urls")),
    path("carte/", include("hygie.territory.estate.urls")),
    path("personnes/", include("hygie.territory.people.urls")),
    path("referentiel/", include("hygie.programme.urls")),
    path("suivi/", include("hygie.progress.urls")),
    path("evaluation/", include("hygie.governance.assessment.urls")),
    path("exercices/", include("hygie.governance.exercises.urls")),
    path("annuaires/", include("hygie.operations.directory.urls")),
    path("impact/", include("hygie.operations.impact.urls")),
    path("", include("hygie.overview.urls")),
]

# Named by allauth's rate limits.
handler429 = "hygie.shell.views.too_many"
handler500 = "hygie.shell.views.failed"
