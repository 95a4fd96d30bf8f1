"""Which second of the scenario is it, and when will another one come?

The scenario's time goes on with real time, times the pace; a pause holds it, a jump moves it
forwards. Everything else follows: nothing of the timeline is rewritten by a pause.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from hygie.engines.exercise.types import ClockEvent, ExerciseError
from hygie.engines.exercise.vocabulary import ClockVerb

_SLOWEST, _FASTEST = 0.1, 60.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of real time during which the scenario keeps one pace.

    Attributes:
        from_s: real instant at which it begins, seconds since the epoch.
        second: scenario second at that instant.
        pace: scenario seconds that pass in one real second; 0 while paused or over.
    """

    from_s: float
    second: float
    pace: float


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of one exercise, as far as it has been decided.

    Attributes:
        segments: in order; empty before the start.
        is_paused, is_over: what the last events say.
        wanted_pace: pace once resumed.
    """

    segments: Sequence[Segment]
    is_paused: bool
    is_over: bool
    wanted_pace: float

    @property
    def is_started(self) -> bool:
        """Whether second 0 has come."""
        return bool(self.segments)

    @property
    def is_running(self) -> bool:
        """Whether the scenario's time goes on."""
        return self.is_started and not self.is_paused and not self.is_over

    def _stretches(self) -> Iterator[tuple[Segment, Segment | None]]:
        """Each segment with the one that ends it."""
        return zip_longest(self.segments, self.segments[1:])

    def second_at(self, at_s: float) -> float | None:
        """Scenario second at a real instant; None before the start."""
        found = None
        for segment in self.segments:
            if segment.from_s > at_s:
                break
            found = segment
        if found is None:
            return None
        return found.second + (at_s - found.from_s) * found.pace

    def instant_of(self, second: float) -> float | None:
        """Real instant at which a scenario second came, or will come if nothing is done to time.

        Returns:
            Seconds since the epoch; the instant of the jump for a second jumped over; None when it
            has not come and time stands still.
        """
        for segment, after in self._stretches():
            if second <= segment.second:
                return segment.from_s
            if segment.pace > 0:
                came = segment.from_s + (second - segment.second) / segment.pace
                if after is None or came <= after.from_s:
                    return came
        return None

    def played_s(self, at_s: float) -> float:
        """Real seconds of play up to an instant, pauses left out."""
        total = 0.0
        for segment, after in self._stretches():
            end = at_s if after is None else min(at_s, after.from_s)
            if segment.pace > 0 and end > segment.from_s:
                total += end - segment.from_s
        return total


def clock_of(events: Iterable[ClockEvent]) -> Clock:
    """The clock that these events make.

    Args:
        events: in the order in which they were decided.

    Returns:
        A clock; not started without events.

    Raises:
        ExerciseError: an event that makes no sense after those before it, and why.
    """
    made = _Maker()
    for event in events:
        made.take(event)
    return Clock(tuple(made.segments), made.is_paused, made.is_over, made.pace)


class _Maker:
    """Turns events into segments, one after the other."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.is_paused = False
        self.is_over = False
        self.pace = 1.0

    def take(self, event: ClockEvent) -> None:
        """Add what an event changes."""
        if self.is_over:
            raise ExerciseError(f"{event.verb} after the end")
        if event.verb is ClockVerb.START:
            self._start(event)
            return
        if not self.segments:
            raise ExerciseError(f"{event.verb} before the start")
        if event.at_s < self.segments[-1].from_s:
            raise ExerciseError(f"{event.verb} is earlier than the event before it")
        now = self._second(event.at_s)
        if event.verb is ClockVerb.JUMP:
            if event.value <= now:
                raise ExerciseError(f"a jump goes forwards: {event.value} is not after {now}")
            now = event.value
        else:
            self._change(event)
        running = not self.is_paused and not self.is_over
        self.segments.append(Segment(event.at_s, now, self.pace if running else 0.0))

    def _start(self, event: ClockEvent) -> None:
        if self.segments:
            raise ExerciseError("started twice")
        # A value says how long before second 0 the play begins: "J-5" rows are played too.
        self.segments.append(Segment(event.at_s, event.value, self.pace))

    def _change(self, event: ClockEvent) -> None:
        if event.verb is ClockVerb.PAUSE:
            if self.is_paused:
                raise ExerciseError("paused twice")
            self.is_paused = True
        elif event.verb is ClockVerb.RESUME:
            if not self.is_paused:
                raise ExerciseError("resumed without a pause")
            self.is_paused = False
        elif event.verb is ClockVerb.PACE:
            if not _SLOWEST <= event.value <= _FASTEST:
                raise ExerciseError(f"a pace is between {_SLOWEST} and {_FASTEST}")
            self.pace = event.value
        else:
            self.is_over = True

    def _second(self, at_s: float) -> float:
        last = self.segments[-1]
        return last.second + (at_s - last.from_s) * last.pace
