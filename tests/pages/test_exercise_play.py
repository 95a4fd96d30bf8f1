"""A whole exercise, played from five browsers at once, through a pause and a killed server."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hygie.shell.serving import answers
from tests.pages.conftest import PHONE
from tests.shell.conftest import laid_instance, new_instance
from tests.shell.instances import Instance
from tests.shell.test_serve import at, free_port, until

__all__ = ["laid_instance", "new_instance"]
pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux", reason="kills processes"),
]
MAKES = Path(__file__).with_name("exercise_instance.py")
# Heard again after a server came back: reconnections pause up to eight seconds.
PATIENCE_MS = 60_000
LEFT = """
import json
from hygie.governance.exercises.models import Exercise, Inject, LogEntry, Observation, Reaction
from hygie.foundation.live.models import LiveEvent
exercise = Exercise.objects.get()
told = LiveEvent.objects.filter(kind="inject")
print(json.dumps({
    "state": exercise.state,
    "played": dict(Inject.objects.values_list("key", "state")),
    "told": list(told.values_list("payload__inject", "audience")),
    "log": list(LogEntry.objects.order_by("at", "pk").values_list("cell__key", "kind", "text")),
    "reactions": list(Reaction.objects.order_by("at").values_list("cell__key", "kind", "option")),
    "observed": list(Observation.objects.order_by("at").values_list("inject__key", "result")),
    "verbs": list(exercise.clock_marks.order_by("at").values_list("verb", flat=True)),
}))
"""


class Server:
    """The real programs on one port, that may die and come back."""

    def __init__(self, instance: Instance) -> None:
        self.instance, self.port = instance, free_port()
        self.process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.instance.command("serve", "--port", str(self.port), "--workers", "1"),
            env=self.instance.environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
            text=True,
        )  # fmt: skip
        until(lambda: answers(at(self.port)), 90)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            until(lambda: not answers(at(self.port)), 30)
            self.process = None


@pytest.fixture
def server(laid_instance: Instance) -> Iterator[Server]:
    served = Server(laid_instance)
    yield served
    served.kill()


@pytest.fixture
def people(server: Server, browser: Browser) -> Iterator[SimpleNamespace]:
    """Five browsers: who conducts, two cells, who observes, and a guest on a phone."""
    made = json.loads(server.instance.ask(MAKES.read_text(encoding="utf-8")).splitlines()[-1])
    server.start()
    contexts: list[BrowserContext] = []

    def come(size: tuple[int, int], session: str = "") -> Page:
        width, height = size
        context = browser.new_context(
            locale="fr-FR", viewport={"width": width, "height": height}, base_url=server.url
        )
        if session:
            cookie: Any = {"name": made["cookie"], "value": session, "url": server.url}
            context.add_cookies([cookie])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    sessions = made["sessions"]
    found = SimpleNamespace(
        pk=made["pk"], token=made["token"], staff=come((1440, 900), sessions["staff"]),
        it=come((1440, 900), sessions["it"]), decision=come((768, 1024), sessions["decision"]),
        observer=come(PHONE, sessions["observer"]), guest=come(PHONE),
    )  # fmt: skip
    yield found
    for context in contexts:
        context.close()


def players(people: SimpleNamespace) -> list[Page]:
    return [people.it, people.decision, people.observer, people.guest]


def enter(people: SimpleNamespace) -> None:
    for page in (people.it, people.decision, people.observer, people.staff):
        page.goto(f"/exercices/exercice/{people.pk}/jouer/")
    people.guest.goto(f"/exercices/invite/{people.token}/")
    people.guest.get_by_role("button", name="Entrer").click()
    expect(people.guest.get_by_role("heading", name="Communication", exact=True)).to_be_visible()
    for page in (*players(people), people.staff):
        expect(page.locator(".ply-bar")).to_contain_text("EXERCICE")
        expect(page.locator("[data-live-state=connected]")).to_be_visible(timeout=PATIENCE_MS)


def hear_each_other_and_begin(people: SimpleNamespace) -> None:
    people.staff.get_by_role("button", name="m'entendez-vous").click()
    for page in players(people):
        page.get_by_role("button", name="Bien reçu").click()
    expect(people.staff.locator("#board-presence")).to_contain_text("4 sur 4 entendus")
    people.staff.get_by_role("button", name="Commencer l'exercice").click()
    expect(people.staff.locator("#board-clock")).to_contain_text("en cours")


def write_while_the_server_is_dead(people: SimpleNamespace, server: Server) -> None:
    server.kill()
    people.it.get_by_label("Ce qui s'est passé").fill("Baies éteintes à la main")
    people.it.get_by_role("button", name="Ajouter").click()
    expect(people.it.locator("[data-ply-waiting=log]")).to_contain_text("Baies éteintes")
    sheet = people.observer.locator(".ply-observed").first
    sheet.get_by_label("Partielle").check()
    sheet.get_by_label("Ce que j'ai vu").fill("Ils ont appelé tard")
    sheet.get_by_role("button", name="Garder").click()
    expect(people.observer.locator("[data-ply-waiting-count]")).to_contain_text("1 note")
    server.start()
    expect(people.it.locator("[data-ply-waiting=log]")).to_be_hidden(timeout=PATIENCE_MS)
    expect(people.it.locator("#log .ply-log")).to_contain_text("Baies éteintes")
    expect(people.observer.locator("[data-ply-waiting-count]")).to_be_hidden(timeout=PATIENCE_MS)
    expect(people.staff.locator("#board-feed")).to_contain_text(
        "Ils ont appelé tard", timeout=PATIENCE_MS
    )


def take_the_report(people: SimpleNamespace) -> None:
    """Who conducted holds it at once; nobody else has it by its address."""
    found = re.search(r"/exercices/exercice/(\d+)/", people.staff.url)
    assert found is not None
    for name, head in (("rapport.pdf", b"%PDF"), ("rapport.docx", b"PK")):
        address = f"{found[0]}rapport/{name}"
        answer = people.staff.request.get(address)
        assert answer.body().startswith(head), answer.status
        stranger = people.guest.request.get(address, max_redirects=0)
        assert stranger.status in {302, 404}


def test_a_whole_exercise_is_played_through_a_pause_and_a_killed_server(
    server: Server, people: SimpleNamespace
) -> None:
    problems: list[str] = []
    for page in (*players(people), people.staff):
        page.on("pageerror", lambda error: problems.append(str(error)))
    enter(people)
    hear_each_other_and_begin(people)

    # An alarm lights up in one room, and nowhere else.
    expect(people.it.locator(".ply-alarm")).to_contain_text("ne répond plus")
    expect(people.decision.locator("#inbox")).to_contain_text("Rien pour l'instant")
    people.it.locator(".ply-alarm a").click()
    people.it.get_by_role("button", name="Pris en compte").click()
    expect(people.it.locator(".ply-alarm")).to_have_count(0)
    people.it.get_by_label("Répondre").fill("Astreinte prévenue")
    people.it.get_by_role("button", name="Envoyer la réponse").click()
    expect(people.staff.locator("#board-feed")).to_contain_text("Astreinte prévenue")

    people.staff.get_by_role("button", name="Pause").click()
    expect(people.guest.locator("#top")).to_contain_text("en pause")
    write_while_the_server_is_dead(people, server)

    people.staff.get_by_role("button", name="Reprendre").click()
    expect(people.staff.get_by_role("button", name="Pause")).to_be_visible()
    controls = people.staff.locator("#board-controls")
    controls.get_by_text("Sauter", exact=True).first.click()
    controls.get_by_label("Aller à").fill("T+10")
    controls.get_by_role("button", name="Sauter").click()
    people.staff.locator("#hy-confirm [data-confirm-yes]").click()

    # A decision opens a branch: the press reaches the guest.
    people.decision.locator("#inbox").get_by_text("Que décidez-vous").click()
    people.decision.get_by_label("Isoler").check()
    people.decision.get_by_role("button", name="Décider").click()
    expect(people.decision.locator("#log")).to_contain_text("Isoler")
    expect(people.guest.locator("#inbox")).to_contain_text("La Gazette", timeout=PATIENCE_MS)
    people.guest.get_by_label("Ce qui s'est passé").fill("Communiqué envoyé")
    people.guest.get_by_role("button", name="Ajouter").click()
    expect(people.guest.locator("#log .ply-log")).to_contain_text("Communiqué envoyé")

    people.staff.get_by_text("Terminer…").click()
    people.staff.get_by_label("Pour terminer").fill("FIN")
    people.staff.get_by_role("button", name="Terminer l'exercice").click()
    for page in players(people):
        expect(page.locator("#top")).to_contain_text("Fin de l'exercice")
    take_the_report(people)

    left = json.loads(server.instance.ask(LEFT).splitlines()[-1])
    assert left["state"] == "ended"
    assert left["verbs"] == ["start", "pause", "resume", "jump", "stop"]
    assert left["played"] == {
        "brief": "played", "screen": "played", "choice": "played", "press": "played",
        "end": "planned",
    }  # fmt: skip
    assert len(left["told"]) == len({tuple(one) for one in left["told"]})
    assert left["log"] == [
        ["it", "fact", "Baies éteintes à la main"],
        ["decision", "decision", "Isoler"],
        ["com", "fact", "Communiqué envoyé"],
    ]
    assert left["reactions"] == [
        ["it", "acknowledged", ""], ["it", "answer", ""], ["decision", "decision", "Isoler"],
    ]  # fmt: skip
    assert left["observed"] == [["screen", "partial"]]
    assert "SECRET" not in people.guest.content() + people.it.content()
    assert problems == []
