"""What is told stands with its decision, in order, for those who may hear it, and for a time."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from hygie.foundation.journal.models import JournalLine
from hygie.foundation.live.models import LiveEvent
from hygie.foundation.live.selectors import (
    live_cursor,
    live_events,
    live_knows,
    live_since,
    live_tip,
)
from hygie.foundation.live.services import live_prune, live_rights_changed, live_tell

pytestmark = pytest.mark.django_db


def tell(kind: str, *, audience: str = "all", channel: str = "c:1", **payload: Any) -> LiveEvent:
    return live_tell(channel=channel, audience=audience, kind=kind, payload=payload)


def kinds(*audiences: str, after: int = 0, limit: int = 200) -> list[str]:
    return [one.kind for one in live_events("c:1", audiences, after, limit)]


def test_what_is_told_is_heard_by_its_audience_alone_in_order() -> None:
    tell("plan", audience="staff")
    tell("begin")
    tell("mail", audience="cell:1")
    tell("elsewhere", channel="c:2")
    assert kinds("all", "cell:1") == ["begin", "mail"]
    assert kinds("staff", "all") == ["plan", "begin"]
    assert kinds() == []
    assert kinds("all", "cell:1", limit=1) == ["begin"]


def test_a_cursor_resumes_after_what_was_heard() -> None:
    first = tell("begin")
    assert live_cursor("c:1", ["all"]) == first.pk
    tell("secret", audience="staff")
    assert live_cursor("c:1", ["all"]) == first.pk
    last = tell("end")
    assert kinds("all", after=first.pk) == ["end"]
    assert live_tip("c:1") == last.pk
    assert live_cursor("c:9", ["all"]) == live_tip("c:9") == 0


def test_several_channels_are_read_at_once_each_from_its_own_place() -> None:
    one = tell("a")
    tell("b", audience="staff")
    tell("c", channel="c:2")
    tell("d", channel="c:3")
    found = live_since({"c:1": one.pk, "c:2": 0}, limit=10)
    assert [event.kind for event in found] == ["b", "c"]
    assert [event.kind for event in live_since({"c:1": 0, "c:2": 0}, limit=2)] == ["a", "b"]


def test_a_decision_undone_is_not_told() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell("begin")
        raise RuntimeError
    assert kinds("all") == []


def test_dates_and_accents_travel_as_json() -> None:
    told = tell("mail", at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), subject="réa\n« prête »")
    told.refresh_from_db()
    assert told.payload == {"at": "2026-03-01T00:00:00Z", "subject": "réa\n« prête »"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "Begin"),
        ("kind", "live.hello"),
        ("kind", "a\ndata: b"),
        ("kind", ""),
        ("kind", "k" * 61),
        ("channel", ""),
        ("channel", "c" * 121),
        ("audience", ""),
        ("payload", {"words": "x" * 17_000}),
        ("payload", {"share": float("nan")}),
    ],
)
def test_what_does_not_fit_is_not_told(field: str, value: Any) -> None:
    words = {"channel": "c:1", "audience": "all", "kind": "begin", "payload": {}}
    with pytest.raises(ValueError):
        live_tell(**{**words, field: value})
    assert not LiveEvent.objects.exists()


def test_a_change_of_rights_is_heard_by_no_audience() -> None:
    live_rights_changed(channel="c:1")
    assert kinds("all", "staff") == []
    assert live_tip("c:1") > 0


def test_what_was_told_long_ago_is_forgotten_and_its_cursor_no_longer_known() -> None:
    old, new = tell("old"), tell("new")
    before = timezone.now() - dt.timedelta(days=31)
    LiveEvent.objects.filter(pk=old.pk).update(at=before)
    assert live_knows("c:1", old.pk)
    assert live_prune(keep_days=30) == 1
    assert kinds("all") == ["new"]
    assert not live_knows("c:1", old.pk)
    assert live_knows("c:1", new.pk)
    assert live_knows("c:1", 0)
    assert not live_knows("c:2", new.pk)
    assert JournalLine.objects.get(action="live.pruned").detail == {"count": 1}


def test_a_day_with_nothing_to_forget_writes_no_line() -> None:
    tell("new")
    assert live_prune(keep_days=30) == 0
    assert not JournalLine.objects.exists()
