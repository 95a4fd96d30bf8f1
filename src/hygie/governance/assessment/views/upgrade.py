"""What does a framework's new version do to what was answered?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hygie.governance.assessment.selectors.upgrade import upgrade_preview, versions_pending
from hygie.governance.assessment.services.upgrade import answers_upgrade
from hygie.governance.assessment.tables import fates_table
from hygie.programme.selectors import framework_get
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


@login_required
@require_GET
def upgrade_list(request: HygieRequest) -> HttpResponse:
    """Frameworks whose questionnaires still hang on an old version."""
    return render(request, "assessment/upgrade_list.html", {"pairs": versions_pending()})


@login_required
@require_http_methods(["GET", "POST"])
def upgrade(request: HygieRequest, old_id: int, new_id: int) -> HttpResponse:
    """Answer by answer: kept, moved, lost; a post moves them."""
    old, new = framework_get(old_id), framework_get(new_id)
    if request.method == "POST":
        count = answers_upgrade(perimeter=request.perimeter, old=old, new=new)
        messages.success(request, _("%(count)d réponses suivent la nouvelle version.")
                         % {"count": count})  # fmt: skip
        return redirect("assessment:upgrade_list")
    found = upgrade_preview(request.perimeter, old, new)
    context = {
        "old": old,
        "new": new,
        "upgrade": found,
        "organisations": fates_table(request, found.organisations),
        "may_apply": request.perimeter.holds_anywhere(Right.MANAGE_PROGRAMME),
    }
    return render(request, "assessment/upgrade.html", context)
