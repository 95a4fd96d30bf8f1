"""Who works here, in which role, and who may see and do what?"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hygie.foundation.design.spreadsheets import csv_response
from hygie.foundation.journal.selectors import journal_of_object
from hygie.territory.people.http import HygieRequest
from hygie.territory.people.policies import account_is_manageable, role_is_endable
from hygie.territory.people.role_words import role_rows
from hygie.territory.people.selectors import (
    current_roles_of,
    link_open_of,
    people_in,
    person_get_in,
    roles_of_person,
)
from hygie.territory.people.tables import people_page
from hygie.territory.perimeter import Right

JOURNAL_LENGTH = 20


@login_required
@require_GET
def person_list(request: HygieRequest) -> HttpResponseBase:
    """People of my perimeter, one line a role."""
    people = people_page(request, people_in(request.perimeter))
    if people.wants_export:
        return csv_response(people, "personnes")
    may_invite = request.perimeter.holds_anywhere(Right.MANAGE_PEOPLE)
    return render(request, "people/person_list.html", {"people": people, "may_invite": may_invite})


@login_required
@require_GET
def person_detail(request: HygieRequest, pk: int) -> HttpResponse:
    """One person: roles, account, what was decided about them."""
    person = person_get_in(request.perimeter, pk)
    manages = account_is_manageable(request.perimeter, person, current_roles_of(person))
    context = {
        "person": person,
        "roles": [
            (held, role_is_endable(request.perimeter, held))
            for held in roles_of_person(request.perimeter, pk)
        ],
        "manages": manages,
        "may_give": request.perimeter.holds_anywhere(Right.MANAGE_PEOPLE),
        "is_self": person.pk == request.user.pk,
        "link": link_open_of(person) if manages else None,
        "lines": journal_of_object("person", pk)[:JOURNAL_LENGTH] if manages else None,
    }
    return render(request, "people/person_detail.html", context)


@login_required
@require_GET
def role_table(request: HttpRequest) -> HttpResponse:
    """Who sees and does what, generated from the table that the platform obeys."""
    return render(request, "people/role_table.html", {"rows": role_rows()})
