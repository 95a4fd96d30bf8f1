"""The journal: whole, or the touched line is named; on both databases, with several writers."""

import argparse
import datetime as dt
import json
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from hygie.foundation.journal.chain import head_seal, line_hash, normal
from hygie.foundation.journal.commands import register
from hygie.foundation.journal.models import JournalHead, JournalLine
from hygie.foundation.journal.selectors import Anchor, Fault, journal_verify
from hygie.foundation.journal.services import journal_write
from hygie.foundation.journal.types import SYSTEM, Actor

FIELDS = (
    "sequence", "actor_id", "actor_label", "via", "action",
    "object_type", "object_id", "organisation_id", "detail",
)  # fmt: skip


@pytest.fixture
def ten_lines(db: None) -> None:
    for number in range(10):
        journal_write(actor=SYSTEM, action="thing.done", object_id=number, detail={"n": number})


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    register(parser.add_subparsers())
    arguments = parser.parse_args(["journal", *words])
    code: int = arguments.run(arguments)
    return code


def _rehash_from(sequence: int) -> None:
    """What someone who knows the format, but not the instance's secret, would do."""
    before = JournalLine.objects.filter(sequence__lt=sequence).last()
    previous = before.hash if before else "0" * 64
    for line in JournalLine.objects.filter(sequence__gte=sequence):
        content = {name: getattr(line, name) for name in FIELDS}
        content["at"] = line.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
        line.previous_hash, line.hash = previous, line_hash(previous, content)
        line.save()
        previous = line.hash
    JournalHead.objects.update(hash=previous, sequence=JournalLine.objects.count())


@pytest.mark.usefixtures("ten_lines")
def test_an_untouched_journal_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("verify", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["intact"] and answer["lines"] == 10


def test_an_empty_journal_is_whole(db: None) -> None:
    assert journal_verify().fault is None


@pytest.mark.usefixtures("ten_lines")
@pytest.mark.parametrize(
    "change",
    [
        {"detail": {"n": 99}},
        {"actor_label": "someone else"},
        {"action": "thing.undone"},
        {"organisation_id": 3},
        {"at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
    ],
)
def test_a_changed_line_is_named(
    change: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    JournalLine.objects.filter(sequence=4).update(**change)
    assert (journal_verify().fault, journal_verify().sequence) == (Fault.CHANGED, 4)
    assert _run("verify") == 1
    assert "4" in capsys.readouterr().out


@pytest.mark.usefixtures("ten_lines")
def test_a_removed_line_is_named() -> None:
    JournalLine.objects.filter(sequence=6).delete()
    assert (journal_verify().fault, journal_verify().sequence) == (Fault.MISSING, 6)


@pytest.mark.usefixtures("ten_lines")
def test_a_journal_cut_short_says_after_which_line() -> None:
    JournalLine.objects.filter(sequence__gt=7).delete()
    assert (journal_verify().fault, journal_verify().sequence) == (Fault.CUT, 7)


@pytest.mark.usefixtures("ten_lines")
def test_a_journal_cut_short_with_its_head_is_found_too() -> None:
    JournalLine.objects.filter(sequence__gt=7).delete()
    last = JournalLine.objects.get(sequence=7)
    JournalHead.objects.update(sequence=7, hash=last.hash)
    assert (journal_verify().fault, journal_verify().sequence) == (Fault.RESEALED, 7)
    JournalHead.objects.update(seal=head_seal("another secret", 7, last.hash))
    assert journal_verify().fault is Fault.RESEALED
    JournalHead.objects.all().delete()
    assert journal_verify().fault is Fault.RESEALED


@pytest.mark.usefixtures("ten_lines")
def test_a_rewritten_and_rehashed_journal_names_the_first_rewritten_line() -> None:
    JournalLine.objects.filter(sequence=5).update(detail={"n": 99})
    _rehash_from(5)
    assert (journal_verify().fault, journal_verify().sequence) == (Fault.RESEALED, 5)


@pytest.mark.usefixtures("ten_lines")
def test_a_journal_put_back_to_an_older_state_is_found_by_a_noted_head(
    capsys: pytest.CaptureFixture[str],
) -> None:
    noted = journal_verify()
    anchor = Anchor(10, noted.head)
    older = {f.name: getattr(JournalHead.objects.get(), f.name) for f in JournalHead._meta.fields}
    journal_write(actor=SYSTEM, action="thing.done")
    later = journal_verify()
    assert journal_verify(anchor).fault is None
    JournalLine.objects.filter(sequence=11).delete()
    JournalHead.objects.update(**older)
    assert journal_verify().fault is None
    found = journal_verify(Anchor(11, later.head))
    assert (found.fault, found.sequence) == (Fault.CUT, 10)
    journal_write(actor=SYSTEM, action="thing.forged")
    found = journal_verify(Anchor(11, later.head))
    assert (found.fault, found.sequence) == (Fault.FORKED, 11)
    assert _run("verify", "--noted", f"11:{later.head}") == 1
    assert "11" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "12", "12:abc", f"x:{'a' * 64}"])
def test_a_noted_head_of_another_shape_is_refused_as_usage(text: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        _run("verify", "--noted", text)
    assert stopped.value.code == 2


@pytest.mark.usefixtures("ten_lines")
def test_a_journal_of_another_instance_is_told_and_a_former_secret_still_verifies(
    settings: Settings,
) -> None:
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another instance" * 4
    assert (journal_verify().fault, journal_verify().sequence) == (Fault.RESEALED, 1)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert journal_verify().fault is None


def test_a_rolled_back_decision_leaves_no_hole(db: None) -> None:
    from django.db import transaction

    journal_write(actor=SYSTEM, action="thing.done")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        journal_write(actor=SYSTEM, action="thing.failed")
        1 / 0  # noqa: B018
    journal_write(actor=SYSTEM, action="thing.done")
    assert journal_verify().lines == 2


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), inner)
    ),
    max_leaves=12,
)


@given(value=json_values)
def test_a_normal_value_survives_json(value: Any) -> None:
    kept = normal(value)
    assert normal(json.loads(json.dumps(kept))) == kept


def test_any_usual_value_is_written_and_verifies(db: None) -> None:
    detail = {
        "date": dt.date(2026, 1, 2),
        "amount": Decimal("12.50"),
        "lazy": gettext_lazy("Rôle"),
        "set": {"b", "a"},
        3: [1.0, -0.0, 1e22, 1e-7, 0.1, 10**15 + 0.0],
        "nul": "a\x00b",
        "nested": {"é": [None, True, {"x": ()}]},
    }
    line = journal_write(actor=Actor(None, "x\x00y"), action="thing.done", detail=detail)
    line.refresh_from_db()
    assert line.detail["amount"] == "12.50"
    assert journal_verify().fault is None
    with pytest.raises(ValueError, match="infinite"):
        journal_write(actor=SYSTEM, action="thing.done", detail={"x": float("inf")})


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_make_one_chain() -> None:
    """Each thread has its own connection: on both databases nobody claims the same place."""
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for _turn in range(10):
                journal_write(actor=SYSTEM, action="thing.done", detail={"writer": number})
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory SQLite database has one connection")
    journal_write(actor=SYSTEM, action="thing.done")
    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not errors
    found = journal_verify()
    assert (found.fault, found.lines) == (None, 41)
