"""An action goes from planned to done or given up, never without a word, and tells each change."""

import datetime as dt

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.progress.calendar import calendar_of, folded
from hygie.progress.choices import ActionState
from hygie.progress.errors import (
    ActionClosed,
    ActionOpen,
    DateRefused,
    EvidenceWithdrawn,
    ProofMissing,
    ReasonMissing,
    UnknownRequirement,
)
from hygie.progress.models import Action
from hygie.progress.selectors.actions import actions_due, actions_in
from hygie.progress.services.actions import (
    action_add,
    action_cancel,
    action_edit,
    action_finish,
    action_reopen,
    action_start,
    actions_change,
)
from hygie.progress.services.evidence import evidence_add, evidence_withdraw
from hygie.territory.people.selectors import perimeter_of
from tests.progress.conftest import TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def add(territory, operator):
    """add(): an action of the first entity, due in a week."""

    def make(**more):
        values = {
            "perimeter": operator, "organisation_id": territory.entities[0].pk,
            "title": "Écrire le plan", "due_on": TODAY + 7 * DAY,
        }  # fmt: skip
        return action_add(**(values | more))

    return make


def told(action: Action) -> list[str]:
    lines = JournalLine.objects.filter(object_type="action", object_id=str(action.pk))
    return list(lines.order_by("sequence").values_list("action", flat=True))


def test_an_action_is_planned_begun_and_done_on_the_strength_of_words(add, operator):
    action = add()
    assert action.state == ActionState.PLANNED
    action_start(perimeter=operator, action=action)
    action_finish(perimeter=operator, action=action, reason="vu par le comité")
    action.refresh_from_db()
    assert (action.state, action.done_on) == (ActionState.DONE, TODAY)
    assert told(action) == ["action.added", "action.in_progress", "action.done"]


def test_an_action_may_be_done_on_the_strength_of_a_proof(add, asked, operator, territory):
    proof = evidence_add(
        perimeter=operator, organisation_id=territory.entities[0].pk, kind=asked.plan,
        title="Le plan", effective_on=TODAY,
    )  # fmt: skip
    action = add()
    action_finish(perimeter=operator, action=action, proof=proof, done_on=TODAY - 3 * DAY)
    action.refresh_from_db()
    assert (action.proof, action.done_on) == (proof, TODAY - 3 * DAY)
    evidence_withdraw(perimeter=operator, evidence=proof, reason="faux")
    with pytest.raises(EvidenceWithdrawn):
        action_finish(perimeter=operator, action=add(), proof=proof)


CLOSE = {
    "done": lambda p, a: action_finish(perimeter=p, action=a, reason="fait"),
    "cancelled": lambda p, a: action_cancel(perimeter=p, action=a, reason="inutile"),
}


@pytest.mark.parametrize("end", CLOSE)
def test_a_closed_action_moves_only_by_being_reopened(add, operator, end):
    action = add()
    CLOSE[end](operator, action)
    sequence = action.sequence
    for act in (
        lambda: action_start(perimeter=operator, action=action),
        lambda: action_edit(perimeter=operator, action=action, values={"title": "x"}),
        *(lambda close=close: close(operator, action) for close in CLOSE.values()),
    ):
        with pytest.raises(ActionClosed):
            act()
    with pytest.raises(ReasonMissing):
        action_reopen(perimeter=operator, action=action, reason=" ")
    action_reopen(perimeter=operator, action=action, reason="pas fini")
    action.refresh_from_db()
    assert (action.state, action.done_on, action.proof) == (ActionState.IN_PROGRESS, None, None)
    assert told(action) == ["action.added", f"action.{end}", "action.reopened"]
    assert action.sequence == sequence + 1


def test_an_open_action_is_neither_reopened_nor_closed_without_a_word(add, operator):
    action = add()
    with pytest.raises(ActionOpen):
        action_reopen(perimeter=operator, action=action, reason="x")
    with pytest.raises(ProofMissing):
        action_finish(perimeter=operator, action=action, reason=" ")
    with pytest.raises(ReasonMissing):
        action_cancel(perimeter=operator, action=action, reason="")
    with pytest.raises(DateRefused):
        action_finish(perimeter=operator, action=action, reason="x", done_on=TODAY + DAY)
    action.refresh_from_db()
    assert action.state == ActionState.PLANNED and told(action) == ["action.added"]


def test_beginning_twice_or_changing_nothing_leaves_no_line(add, operator):
    action = add()
    action_start(perimeter=operator, action=action)
    action_start(perimeter=operator, action=action)
    action_edit(perimeter=operator, action=action, values={"title": action.title})
    assert told(action) == ["action.added", "action.in_progress"]


def test_what_another_has_just_closed_is_seen_even_from_an_old_copy(add, operator):
    action = add()
    old = Action.objects.get(pk=action.pk)
    action_cancel(perimeter=operator, action=action, reason="inutile")
    with pytest.raises(ActionClosed):
        action_finish(perimeter=operator, action=old, reason="fait")


def test_a_change_is_told_with_what_it_was_before(add, operator):
    action = add()
    action_edit(
        perimeter=operator, action=action,
        values={"due_on": TODAY, "priority": 1, "title": action.title},
    )  # fmt: skip
    line = JournalLine.objects.get(action="action.edited")
    week = (TODAY + 7 * DAY).isoformat()
    assert line.detail["changed"] == {"due_on": [week, TODAY.isoformat()], "priority": [2, 1]}


def test_several_actions_change_together_or_not_at_all(add, operator):
    first, second, closed = add(), add(), add()
    action_cancel(perimeter=operator, action=closed, reason="inutile")
    with pytest.raises(ActionClosed):
        actions_change(
            perimeter=operator, actions=[first, second, closed], values={"owner_label": "Équipe"}
        )
    assert not Action.objects.filter(owner_label="Équipe").exists()
    pair = [first, second]
    assert actions_change(perimeter=operator, actions=pair, values={"priority": 1}) == 2
    with pytest.raises(ProofMissing):
        actions_change(perimeter=operator, actions=pair, values={"priority": 3}, state="done")
    assert set(Action.objects.exclude(pk=closed.pk).values_list("priority", flat=True)) == {1}
    actions_change(perimeter=operator, actions=pair, values={}, state="in_progress")
    actions_change(
        perimeter=operator, actions=pair, values={"owner_label": "Moi"}, state="done", reason="vu"
    )
    assert told(first) == told(second) == [
        "action.added", "action.edited", "action.in_progress", "action.edited", "action.done",
    ]  # fmt: skip


def test_late_then_soon_due_actions_are_due_and_closed_ones_are_not(add, operator):
    soon, late, far = add(), add(due_on=TODAY - DAY), add(due_on=TODAY + 31 * DAY)
    add(due_on=None)
    done = add(due_on=TODAY)
    action_finish(perimeter=operator, action=done, reason="fait")
    due = list(actions_due(operator, today=TODAY))
    assert due == [late, soon] and far not in due


def test_an_action_names_only_requirements_that_exist(add, asked):
    assert add(requirement_urn="urn:t:req:1").requirement_urn == "urn:t:req:1"
    with pytest.raises(UnknownRequirement):
        add(requirement_urn="urn:nulle:part")


def test_only_whoever_may_record_there_promises_and_moves(add, territory, person, perimeters):
    for name in ("charlie", "remi", "diane", "ada"):
        with pytest.raises(NotFound):
            add(perimeter=getattr(perimeters, name))
        assert not actions_in(getattr(perimeters, name))
    action = add(perimeter=perimeters.bob)
    auditor = perimeter_of(person("audit@hygie.test", "auditor", territory.entities[0]))
    assert actions_in(auditor).get() == action
    for act in (action_start, lambda **k: action_finish(**k, reason="x")):
        with pytest.raises(NotAllowed):
            act(perimeter=auditor, action=action)
        with pytest.raises(NotFound):
            act(perimeter=perimeters.charlie, action=action)


def test_the_calendar_keeps_its_entry_and_counts_its_changes(add, operator):
    action = add(title="Écrire ; relire, " + "é" * 80 + "\nsigner")
    before = calendar_of([action], name="CH")
    action_edit(perimeter=operator, action=action, values={"due_on": TODAY - 90 * DAY})
    after = calendar_of([action], name="CH")

    def line(text: str, name: str) -> str:
        unfolded = text.replace("\r\n ", "")
        return next(row for row in unfolded.split("\r\n") if row.startswith(name))

    assert line(before, "UID") == line(after, "UID")
    assert (line(before, "SEQUENCE"), line(after, "SEQUENCE")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert line(after, "DTSTART") == "DTSTART;VALUE=DATE:20260825"
    assert line(after, "SUMMARY").endswith(r"\nsigner") and r"Écrire \; relire\, " in after
    assert line(after, "DTSTAMP") >= line(before, "DTSTAMP")
    assert all(len(row.encode()) <= 75 for row in after.split("\r\n"))
    assert after.endswith("END:VCALENDAR\r\n")


def test_a_closed_action_leaves_the_calendar_by_saying_so(add, operator):
    action = add()
    action_cancel(perimeter=operator, action=action, reason="inutile")
    assert "STATUS:CANCELLED\r\n" in calendar_of([action], name="CH")


def test_folding_cuts_no_character_in_two():
    line = "SUMMARY:" + "é" * 200
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
