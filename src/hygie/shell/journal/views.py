"""What was decided in my perimeter, by whom and when?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.errors import NotAllowed
from hygie.foundation.journal.words import action_words, detail_words
from hygie.shell.journal.selectors import lines_in, shown_object
from hygie.shell.journal.tables import journal_page, via_words
from hygie.territory.people.http import HygieRequest
from hygie.territory.perimeter import Right


@login_required
@require_GET
def line_list(request: HygieRequest) -> HttpResponseBase:
    """The journal of the organisations where I read it."""
    if not request.perimeter.holds_anywhere(Right.READ_JOURNAL):
        raise NotAllowed
    journal = journal_page(request, lines_in(request.perimeter))
    if journal.wants_export:
        return csv_response(journal, "journal")
    for line in journal.page_rows:
        line.words = action_words(line.action)
        line.object_shown = shown_object(line)
        line.detail_shown = detail_words(line) if line.is_open else []
        line.via_shown = via_words(line)
    return render(request, "journal/line_list.html", {"journal": journal})
