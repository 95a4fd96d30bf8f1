"""A value is recorded once, checked, and the current one never depends on the order of arrival."""

import datetime as dt
import math
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.foundation.journal.models import JournalLine
from hygie.progress.choices import Knowledge
from hygie.progress.errors import (
    DateRefused,
    HeldElsewhere,
    NothingToRecord,
    ReasonMissing,
    ValueRefused,
)
from hygie.progress.models import CurrentMeasurement, Measurement
from hygie.progress.selectors.facts import facts_of, latest_values
from hygie.progress.services.current import current_expiries_follow
from hygie.progress.services.measurements import (
    NewMeasurement,
    measurement_correct,
    measurement_record,
    measurements_record,
)
from hygie.territory.people.selectors import perimeter_of
from tests.progress.conftest import TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
values = st.none() | st.floats(0, 100)
arrivals = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(Knowledge), values), min_size=1, max_size=9
)


def forget() -> None:
    CurrentMeasurement.objects.all().delete()
    Measurement.objects.all().delete()


def current(place, indicator) -> tuple[object, ...]:
    row = CurrentMeasurement.objects.get(organisation=place, indicator=indicator)
    return row.effective_on, row.known_as, row.value, row.measurement_id


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(arrivals=arrivals, cut=st.integers(0, 9))
def test_the_current_value_is_the_latest_then_best_known_then_last_recorded_however_it_came(
    asked, territory, operator, arrivals, cut
):
    forget()
    place = territory.entities[0]
    news = [
        NewMeasurement(asked.mfa, place, value, known, TODAY - ago * DAY)
        for ago, known, value in arrivals
    ]
    for new in news[:cut]:
        measurement_record(
            perimeter=operator, indicator=new.indicator, organisation_id=place.pk, value=new.value,
            known_as=new.known_as, effective_on=new.effective_on,
        )  # fmt: skip
    if news[cut:]:
        measurements_record(perimeter=operator, rows=news[cut:], origin="test")
    best = Measurement.objects.order_by("-effective_on", "-known_as", "-id").first()
    assert best is not None
    assert current(place, asked.mfa) == (best.effective_on, best.known_as, best.value, best.pk)
    (latest,) = latest_values([place.pk], TODAY)
    (told,) = latest_values([place.pk], TODAY - DAY) if any(n.effective_on < TODAY for n in news) \
        else [latest]  # fmt: skip
    assert latest[2:5] == (best.value, best.known_as, best.effective_on)
    assert told[4] <= TODAY


def test_every_order_of_arrival_ends_in_the_same_current_value(asked, territory, operator):
    place = territory.entities[0]
    facts = [(TODAY - 9 * DAY, 4, 10.0), (TODAY - 2 * DAY, 1, 20.0), (TODAY - 2 * DAY, 3, 30.0)]
    for order in permutations(facts):
        forget()
        for day, known, value in order:
            measurement_record(
                perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=value,
                known_as=known, effective_on=day,
            )  # fmt: skip
        assert current(place, asked.mfa)[:3] == (TODAY - 2 * DAY, 3, 30.0)


def test_a_tie_of_day_and_knowledge_goes_to_the_last_recorded(asked, territory, operator):
    place = territory.entities[0]
    for value in (10.0, 20.0):
        row = measurement_record(
            perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=value
        )
    assert current(place, asked.mfa)[2:] == (20.0, row.pk)
    assert [fact.value for fact in facts_of([place.pk])] == [10.0, 20.0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mfa", -0.1), ("mfa", 100.1), ("mfa", math.nan), ("mfa", math.inf), ("bia", 0.5),
        ("bia", 2), ("count", 1.5), ("count", -1), ("level", 6), ("level", 2.5),
    ],
)  # fmt: skip
def test_a_value_outside_its_unit_is_refused_and_says_what_is_expected(
    asked, territory, operator, name, value
):
    with pytest.raises(ValueRefused) as refused:
        measurement_record(
            perimeter=operator, indicator=getattr(asked, name),
            organisation_id=territory.entities[0].pk, value=value,
        )  # fmt: skip
    assert "attendu" in str(refused.value)
    assert not Measurement.objects.exists()


def test_a_measure_that_could_not_tell_is_recorded_as_such(asked, territory, operator):
    place = territory.entities[0]
    measurement_record(
        perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=50,
        effective_on=TODAY - DAY,
    )  # fmt: skip
    measurement_record(
        perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=None
    )
    assert current(place, asked.mfa)[2] is None


def test_tomorrow_is_a_plan_and_today_a_measurement(asked, territory, operator):
    place = territory.entities[0]
    for ahead, error in ((1, DateRefused), (400, DateRefused)):
        with pytest.raises(error):
            measurement_record(
                perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=1,
                effective_on=TODAY + ahead * DAY,
            )  # fmt: skip
    measurement_record(
        perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=1,
        effective_on=TODAY,
    )  # fmt: skip


def test_a_value_is_kept_at_the_level_its_indicator_says(asked, territory, operator):
    for indicator, place in (
        (asked.site, territory.entities[0]),
        (asked.group, territory.entities[0]),
    ):
        with pytest.raises(HeldElsewhere):
            measurement_record(
                perimeter=operator, indicator=indicator, organisation_id=place.pk, value=1
            )
    measurement_record(
        perimeter=operator, indicator=asked.site, organisation_id=territory.sites[0].pk, value=1
    )
    measurement_record(
        perimeter=operator, indicator=asked.group, organisation_id=territory.ght.pk, value=1
    )


def test_a_correction_is_a_new_line_of_the_same_day_with_its_reason(asked, territory, operator):
    place = territory.entities[0]
    wrong = measurement_record(
        perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=99,
        known_as=3, effective_on=TODAY - 5 * DAY,
    )  # fmt: skip
    with pytest.raises(ReasonMissing):
        measurement_correct(perimeter=operator, measurement=wrong, value=9, reason="  ")
    right = measurement_correct(
        perimeter=operator, measurement=wrong, value=9, reason="faute de frappe"
    )
    assert current(place, asked.mfa) == (TODAY - 5 * DAY, 3, 9, right.pk)
    assert (right.origin, right.note) == (f"correction:{wrong.pk}", "faute de frappe")
    wrong.refresh_from_db()
    assert wrong.value == 99


def test_many_values_are_all_recorded_or_none_with_one_journal_line(asked, territory, operator):
    good = [
        NewMeasurement(asked.mfa, place, 50.0, 1, TODAY - ago * DAY)
        for place in territory.entities
        for ago in range(3)
    ]
    bad = NewMeasurement(asked.mfa, territory.entities[0], 500.0, 1, TODAY)
    before = JournalLine.objects.count()
    with pytest.raises(ValueRefused):
        measurements_record(perimeter=operator, rows=[*good, bad], origin="test")
    assert not Measurement.objects.exists()
    assert measurements_record(perimeter=operator, rows=iter(good), origin="test") == 12
    assert CurrentMeasurement.objects.count() == 4
    (line,) = JournalLine.objects.filter(sequence__gt=before)
    assert line.action == "measurements.recorded"
    assert line.detail == {"count": 12, "organisations": 4, "origin": "test"}


def test_recording_nothing_is_refused_rather_than_told(operator, db):
    with pytest.raises(NothingToRecord):
        measurements_record(perimeter=operator, rows=[], origin="test")
    assert not JournalLine.objects.exists()


def test_many_values_cost_as_many_statements_as_few(asked, territory, operator):
    def cost(days: int) -> int:
        rows = [
            NewMeasurement(asked.mfa, place, 50.0, 1, TODAY - ago * DAY)
            for place in territory.entities
            for ago in range(days)
        ]
        with CaptureQueriesContext(connection) as seen:
            measurements_record(perimeter=operator, rows=rows, origin="test")
        return len(seen)

    cost(1)
    assert cost(10) == cost(1)


def test_one_value_leaves_one_line_that_names_it(asked, territory, perimeters):
    row = measurement_record(
        perimeter=perimeters.alice, indicator=asked.mfa,
        organisation_id=territory.entities[0].pk, value=12.5,
    )  # fmt: skip
    line = JournalLine.objects.get(object_type="measurement", object_id=str(row.pk))
    assert line.action == "measurement.recorded"
    assert line.organisation_id == territory.entities[0].pk
    assert line.detail == {"indicator": "t.mfa", "value": 12.5, "known_as": 1}
    assert line.actor_label


def test_only_whoever_may_record_there_records(asked, territory, perimeters):
    def record(who: str) -> None:
        measurement_record(
            perimeter=getattr(perimeters, who), indicator=asked.mfa,
            organisation_id=territory.entities[0].pk, value=1,
        )  # fmt: skip

    record("alice")
    record("bob")
    for who, error in (("charlie", NotFound), ("remi", NotFound), ("diane", NotFound)):
        with pytest.raises(error):
            record(who)


def test_an_auditor_reads_all_and_records_nothing(asked, territory, person):
    auditor = perimeter_of(person("audit@hygie.test", "auditor", territory.entities[0]))
    with pytest.raises(NotAllowed):
        measurement_record(
            perimeter=auditor, indicator=asked.mfa, organisation_id=territory.entities[0].pk,
            value=1,
        )  # fmt: skip


def test_current_values_follow_a_new_freshness_period(asked, territory, operator):
    for place in territory.entities[:2]:
        measurement_record(
            perimeter=operator, indicator=asked.mfa, organisation_id=place.pk, value=1,
            effective_on=TODAY - 10 * DAY,
        )  # fmt: skip
    assert current_expiries_follow() == 0
    asked.mfa.freshness_days = 30
    asked.mfa.save()
    assert current_expiries_follow() == 2
    days = set(CurrentMeasurement.objects.values_list("expires_on", flat=True))
    assert days == {TODAY + 20 * DAY}
    asked.mfa.freshness_days = None
    asked.mfa.save()
    assert current_expiries_follow() == 2
    assert set(CurrentMeasurement.objects.values_list("expires_on", flat=True)) == {None}
