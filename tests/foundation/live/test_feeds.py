"""A feed holds the latest events, says when it no longer holds enough, and never skips one."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from hygie.foundation.live import feeds as module
from hygie.foundation.live.feeds import Feeds, Told


def event(number: int, audience: str = "all", *, rights: bool = False, size: int = 20) -> Told:
    return Told(number, audience, rights, b"x" * size)


def ids(told: list[Told]) -> list[int]:
    return [one.id for one in told]


def test_a_listener_hears_what_follows_its_place_and_its_audiences() -> None:
    feeds = Feeds()
    feed = feeds.join("c", tip=3)
    feeds.take({"c": 3}, {"c": [event(4), event(5, "staff"), event(6)]})
    heard = feeds.hear(feed, 3, {"all"}, 0)
    assert (ids(heard.told), heard.position) == ([4, 6], 6)
    assert ids(feeds.hear(feed, 4, {"staff"}, 0).told) == [5]
    assert ids(feeds.hear(feed, 6, {"all"}, 0).told) == []


def test_whoever_stands_before_what_memory_holds_is_told_to_read() -> None:
    feeds = Feeds()
    feed = feeds.join("c", tip=3)
    assert feeds.hear(feed, 2, {"all"}, 0).is_behind
    assert not feeds.hear(feed, 3, {"all"}, 0).is_behind


def test_memory_is_bounded_in_number_and_in_size() -> None:
    feeds = Feeds()
    feed = feeds.join("c", tip=0)
    many = [event(n) for n in range(1, module.KEPT_EVENTS + 11)]
    feeds.take({"c": 0}, {"c": many})
    assert len(feed.recent) == module.KEPT_EVENTS
    assert feed.floor == 10
    assert feeds.hear(feed, 9, {"all"}, 0).is_behind
    large = [event(10_000 + n, size=16_000) for n in range(100)]
    feeds.take({"c": feed.position}, {"c": large})
    assert feed.size <= module.KEPT_BYTES
    assert feed.size == sum(len(one.frame) for one in feed.recent)


def test_a_change_of_rights_is_seen_and_not_shown() -> None:
    feeds = Feeds()
    feed = feeds.join("c", tip=0)
    feeds.take({"c": 0}, {"c": [event(1), event(2, "*", rights=True), event(3)]})
    heard = feeds.hear(feed, 0, {"all", "*"}, 0)
    assert (ids(heard.told), heard.must_check) == ([1, 3], True)
    assert not feeds.hear(feed, 2, {"all"}, 0).must_check


def test_a_feed_made_again_from_an_older_tip_takes_nothing_with_a_hole_before_it() -> None:
    feeds = Feeds()
    feeds.leave(feeds.join("c", tip=10))
    assert feeds.must_read()
    again = feeds.join("c", tip=9)
    assert feeds.must_read()
    # A reading that began from the feed before: it lacks 10.
    feeds.take({"c": 10}, {"c": [event(11)]})
    assert again.position == 9
    assert feeds.must_read()
    feeds.take({"c": 9}, {"c": [event(10), event(11)]})
    assert ids(feeds.hear(again, 9, {"all"}, 0).told) == [10, 11]


def test_a_feed_that_nobody_hears_is_forgotten() -> None:
    feeds = Feeds()
    first, second = feeds.join("c", tip=1), feeds.join("c", tip=1)
    assert first is second
    feeds.leave(first)
    assert feeds.positions() == {"c": 1}
    feeds.leave(second)
    assert feeds.positions() == {}
    assert not feeds.listeners_wait(0)


def test_an_event_and_the_close_wake_whoever_waits() -> None:
    feeds = Feeds()
    feed = feeds.join("c", tip=0)
    heard: list[list[int]] = []
    thread = threading.Thread(
        target=lambda: heard.append(ids(feeds.hear(feed, 0, {"all"}, 10).told))
    )
    thread.start()
    feeds.take({"c": 0}, {"c": [event(1)]})
    thread.join(5)
    assert heard == [[1]]
    thread = threading.Thread(target=lambda: feeds.hear(feed, 1, {"all"}, 10))
    thread.start()
    feeds.close()
    thread.join(5)
    assert not thread.is_alive()
    assert not feeds.listeners_wait(10)


@given(
    moves=st.lists(
        st.one_of(
            st.tuples(st.just("told"), st.sampled_from(["all", "staff"])),
            st.tuples(st.just("read"), st.integers(1, 4)),
            st.tuples(st.just("hear"), st.integers(0, 2)),
        ),
        max_size=60,
    )
)
def test_whatever_the_order_of_things_each_listener_hears_all_that_is_its_own(
    moves: list[tuple[str, str | int]],
) -> None:
    feeds = Feeds()
    feed = feeds.join("c", tip=0)
    database: list[Told] = []
    audiences = [{"all"}, {"staff"}, {"all", "staff"}]
    places, heard = [0, 0, 0], [[], [], []]  # type: ignore[var-annotated]

    def hear(which: int) -> None:
        found = feeds.hear(feed, places[which], audiences[which], 0)
        if found.is_behind:
            floor = feed.floor
            rest = [one for one in database if places[which] < one.id <= floor]
            heard[which] += [one.id for one in rest if one.audience in audiences[which]]
            places[which] = floor
            return
        heard[which] += ids(found.told)
        places[which] = found.position

    def read(count: int) -> None:
        since = feed.position
        feeds.take({"c": since}, {"c": [one for one in database if one.id > since][:count]})

    kept, module.KEPT_EVENTS = module.KEPT_EVENTS, 3
    try:
        for move, what in moves:
            if move == "told":
                database.append(event(len(database) + 1, str(what)))
            elif move == "read":
                read(int(what))
            else:
                hear(int(what))
        read(len(database))
        for which in (0, 1, 2) * 2:
            hear(which)
    finally:
        module.KEPT_EVENTS = kept
    for which, names in enumerate(audiences):
        assert heard[which] == [one.id for one in database if one.audience in names]
