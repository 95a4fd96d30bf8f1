"""The screens of the play: readable on a phone and across a room, by everybody, in both themes."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hygie.governance.exercises.choices import Role
from hygie.governance.exercises.models import Exercise, Participant
from hygie.governance.exercises.selectors.seats import Seat, seat_in
from hygie.governance.exercises.services.clock import exercise_pause, exercise_start
from hygie.governance.exercises.services.design import exercise_create, exercise_ready
from hygie.governance.exercises.services.log import Written, log_add
from hygie.governance.exercises.services.play import Improvised, inject_improvise, inject_play
from hygie.territory.people.models import User
from tests.governance.exercises.conftest import small_scenario
from tests.pages.conftest import DESKTOP, PHONE, THEMES, wear


@pytest.fixture
def staff(
    live_server: LiveServer, territory: SimpleNamespace, perimeters: SimpleNamespace,
    person: Callable[..., User],
) -> Seat:  # fmt: skip
    """Alice conducts the small exercise, which is being played; Iris plays, Olga observes."""
    made = exercise_create(
        perimeter=perimeters.alice, organisation_id=territory.entities[0].pk,
        scenario=small_scenario(), planned_at=timezone.now(),
    )  # fmt: skip
    exercise_ready(perimeter=perimeters.alice, exercise=made)
    cells = {cell.key: cell for cell in made.cells.all()}
    for name, role, cell in (("Iris", Role.PLAYER, "it"), ("Olga", Role.OBSERVER, None)):
        user = person(f"{name.lower()}@hygie.test", "contributor", territory.entities[0])
        Participant.objects.create(
            exercise=made, role=role, cell=cells[cell] if cell else None, user=user, name=name
        )
    seat = seat_in(perimeters.alice, made.pk)
    exercise_start(seat=seat, reason="essai", at=timezone.now() - dt.timedelta(minutes=20))
    exercise_pause(seat=seat)
    for key in ("brief", "screen", "choice"):
        inject_play(seat=seat, inject_id=made.injects.get(key=key).pk)
    post = Improvised("Panne à l'hôpital ?", "social", "@riverain")
    inject_improvise(seat=seat, made_up=post)
    log_add(seat=seat, written=Written("fact", "Tout est en place"))
    return seat


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@hygie.test")


SCREENS = (
    ("alice", "conduite/", DESKTOP), ("alice", "conduite/", PHONE),
    ("iris", "jouer/", PHONE), ("iris", "jouer/", DESKTOP), ("iris", "jouer/mur/", DESKTOP),
    ("iris", "main-courante/", PHONE), ("olga", "observer/", PHONE),
)  # fmt: skip


def test_every_screen_holds_in_its_window_and_is_read_by_all(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    axe: Callable[[], None],
    no_horizontal_overflow: Callable[[], None],
) -> None:
    root = f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/"
    for name, path, (width, height) in SCREENS:
        sign_in(user(name))
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            # Before the page: what is folded never ends its change of colours.
            wear(page, theme)
            page.goto(root + path)
            # It listens: the network is never silent.
            page.evaluate("document.fonts.ready")
            expect(page.locator(".ply-bar")).to_contain_text("EXERCICE")
            no_horizontal_overflow()
            axe()


def test_what_is_being_typed_survives_what_arrives(
    page: Page, staff: Seat, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    sign_in(user("olga"))
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/observer/")
    note = page.locator(".ply-observed").last.get_by_label("Ce que j'ai vu")
    note.fill("Ils hésitent encore")
    inject_improvise(
        seat=staff, made_up=Improvised("Un appel", "phone", "Le maire", expected="Rappeler")
    )
    expect(page.locator(".ply-observed")).to_have_count(3)
    expect(page.locator(".ply-observed").last.get_by_label("Ce que j'ai vu")).to_have_value(
        "Ils hésitent encore"
    )


def test_a_whole_act_of_the_board_is_done_with_the_keyboard(
    page: Page,
    staff: Seat,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    page_problems: list[str],
) -> None:
    sign_in(user("alice"))
    page.goto(f"{live_server.url}/exercices/exercice/{staff.exercise.pk}/conduite/")
    end = page.get_by_text("Terminer…")
    end.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Pour terminer").fill("non")
    page.keyboard.press("Tab")
    with page.expect_response(lambda answer: answer.status == 400):
        page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("FIN")
    assert Exercise.objects.get().state == "paused"
    page_problems.clear()
