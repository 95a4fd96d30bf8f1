"""Pages of people: what each character sees, may press, and never learns."""

import datetime as dt
import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from hygie.territory.people.models import AccessLink, RoleAssignment, User

SignedIn = Callable[[User], Client]


def _list(client: Client, **query: str) -> str:
    return client.get(reverse("people:person_list"), query).getvalue().decode()


def test_the_list_shows_the_people_of_the_perimeter_only(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    assert "alice@hygie.test" in (seen_by_bob := _list(signed_in(characters.bob)))
    assert "charlie@hygie.test" not in seen_by_bob
    seen_by_alice = _list(signed_in(characters.alice))
    assert "bob@hygie.test" not in seen_by_alice
    seen_by_ada = _list(signed_in(characters.ada))
    assert all(f"{name}@hygie.test" in seen_by_ada for name in ("alice", "charlie", "remi"))


@pytest.mark.parametrize("reader", ["diane", "remi"])
def test_a_regional_or_national_reader_sees_nobody_of_an_establishment(
    characters: SimpleNamespace, signed_in: SignedIn, reader: str
) -> None:
    client = signed_in(getattr(characters, reader))
    assert "alice@hygie.test" not in _list(client)
    assert "alice@hygie.test" not in _list(client, format="csv")
    assert (
        client.get(reverse("people:person_detail", args=[characters.alice.pk])).status_code == 404
    )


def test_the_csv_of_the_list_holds_what_the_page_holds(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    response = signed_in(characters.bob).get(reverse("people:person_list"), {"format": "csv"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "alice@hygie.test" in text
    assert "charlie@hygie.test" not in text


def test_the_list_takes_as_many_queries_for_ten_times_as_many_people(
    characters: SimpleNamespace,
    territory: SimpleNamespace,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(characters.bob)
    with django_assert_num_queries(5):  # session, account, perimeter, place, rows
        _list(client)
    people = User.objects.bulk_create(User(email=f"p{n}@hygie.test") for n in range(20))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=one, organisation=territory.entities[1], role="quality", since=dt.date(2024, 1, 1)
        )
        for one in people
    )
    with django_assert_num_queries(5):
        assert "p19@hygie.test" in _list(client)


def test_someone_elsewhere_reads_as_absent(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.charlie)
    held = RoleAssignment.objects.get(user=characters.alice)
    pages = [
        ("get", reverse("people:person_detail", args=[characters.alice.pk])),
        ("get", reverse("people:role_give", args=[characters.alice.pk])),
        ("post", reverse("people:person_link", args=[characters.alice.pk])),
        ("post", reverse("people:person_link_cancel", args=[characters.alice.pk])),
        ("post", reverse("people:person_deactivate", args=[characters.alice.pk])),
        ("post", reverse("people:person_reactivate", args=[characters.alice.pk])),
        ("post", reverse("people:role_take", args=[held.pk])),
    ]
    for verb, url in pages:
        assert getattr(client, verb)(url).status_code == 404, url
    held.refresh_from_db()
    characters.alice.refresh_from_db()
    assert held.ended_at is None and characters.alice.is_active
    assert not AccessLink.objects.exists()


def test_an_invitation_without_mail_server_shows_the_link_once_and_the_link_opens(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: SignedIn, settings: Settings
) -> None:
    settings.HAS_MAIL = False
    client = signed_in(characters.alice)
    answer = client.post(
        reverse("people:person_invite"),
        {"email": "nina@hygie.test", "organisation": territory.entities[0].code, "role": "quality"},
    )
    page = answer.content.decode()
    url = re.search(r'value="(http[^"]+/compte/acces/[^"]+/)"', page)
    assert url is not None
    assert "no-store" in answer["Cache-Control"]
    person = client.get(
        reverse("people:person_detail", args=[User.objects.get(email="nina@hygie.test").pk])
    )
    assert url[1] not in person.content.decode()
    visitor = Client()
    path = url[1].split("8000", 1)[1]
    assert "nina@hygie.test" in visitor.get(path).content.decode()
    good = "cheval batterie agrafe 42"
    entered = visitor.post(path, {"new_password1": good, "new_password2": good})
    assert entered.status_code == 302
    assert visitor.get(reverse("people:me")).status_code == 200
    assert Client().get(path).status_code == 404


def test_an_invitation_with_a_mail_server_leaves_by_mail_and_is_not_shown(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: SignedIn, settings: Settings
) -> None:
    settings.HAS_MAIL = True
    answer = signed_in(characters.alice).post(
        reverse("people:person_invite"),
        {"email": "nina@hygie.test", "organisation": territory.entities[0].code, "role": "quality"},
        follow=True,
    )
    assert "/compte/acces/" not in answer.content.decode()
    assert mail.outbox[0].to == ["nina@hygie.test"]
    assert "/compte/acces/" in str(mail.outbox[0].body)


def test_what_is_refused_is_said_on_the_form_and_nothing_is_kept(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.alice)
    here, far = territory.entities[0].code, territory.far.code
    cases = [
        ({"organisation": far}, "Aucune organisation de votre périmètre"),
        ({"organisation": here, "role": "ars"}, "ars"),
        ({"organisation": here, "email": "rien"}, "rien"),
        (
            {
                "organisation": territory.entities[0].code,
                "since": "2026-02-01",
                "until": "2026-01-01",
            },
            "précède",
        ),
    ]
    for change, words in cases:
        form = {"email": "nina@hygie.test", "role": "quality", **change}
        answer = client.post(reverse("people:person_invite"), form)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert not User.objects.filter(email="nina@hygie.test").exists()


def test_only_those_who_manage_people_reach_the_invitation(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    for name, status in (("alice", 200), ("ada", 200), ("diane", 403), ("remi", 403)):
        client = signed_in(getattr(characters, name))
        assert client.get(reverse("people:person_invite")).status_code == status, name


def test_a_role_is_given_and_taken_from_the_persons_page(
    characters: SimpleNamespace, territory: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.bob)
    page = reverse("people:person_detail", args=[characters.alice.pk])
    given = client.post(
        reverse("people:role_give", args=[characters.alice.pk]),
        {"organisation": territory.entities[1].code, "role": "dsi"},
    )
    assert given.status_code == 302
    assert "CH n° 2" in client.get(page).content.decode()
    held = RoleAssignment.objects.get(user=characters.alice, role="dsi")
    client.post(reverse("people:role_take", args=[held.pk]))
    held.refresh_from_db()
    assert held.ended_at is not None


def test_nobody_finds_a_button_that_would_be_refused(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    own = signed_in(characters.alice).get(
        reverse("people:person_detail", args=[characters.alice.pk])
    )
    assert "Retirer" not in own.content.decode()
    assert "Désactiver" not in own.content.decode()
    managed = signed_in(characters.bob).get(
        reverse("people:person_detail", args=[characters.alice.pk])
    )
    assert "Désactiver" in managed.content.decode()


def test_the_table_of_roles_is_the_one_the_platform_obeys(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    page = signed_in(characters.diane).get(reverse("people:role_table")).content.decode()
    assert "Auditeur" in page and "lire le journal" in page


def test_my_account_keeps_my_names_and_speaks_my_language(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.diane)
    client.post(
        reverse("people:me"), {"first_name": "Diane", "last_name": "Prat", "language": "en"}
    )
    characters.diane.refresh_from_db()
    assert characters.diane.get_full_name() == "Diane Prat"
    assert '<html lang="en"' in client.get(reverse("people:me")).content.decode()


def test_the_language_switch_is_kept_on_the_account_and_leads_nowhere_else(
    characters: SimpleNamespace, signed_in: SignedIn
) -> None:
    client = signed_in(characters.alice)
    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.test/"})
    assert answer["Location"] == "/"
    characters.alice.refresh_from_db()
    assert characters.alice.language == "en"
    visitor = Client()
    visitor.post(reverse("set_language"), {"language": "en", "next": reverse("account_login")})
    assert '<html lang="en"' in visitor.get(reverse("account_login")).content.decode()
