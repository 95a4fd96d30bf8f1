"""A real server: what is told is heard once, in order, by all, whatever falls meanwhile."""

import json
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.foundation.live.site import Listener, Site, told
from tests.foundation.live.site_urls import BARRED

# The second one has the tables of the tests made, which the server's begin as.
pytestmark = [pytest.mark.process, pytest.mark.django_db]

Listen = Callable[..., Listener]

WRITERS, TURNS = 4, 12


def follow(site: Site, channel: str, count: int) -> list[dict]:
    """What a page that reads hears."""
    heard: list[dict] = []
    cursor, deadline = 0, time.monotonic() + 30
    while len(heard) < count and time.monotonic() < deadline:
        said = site.read(channel, cursor)
        heard += said["events"]
        cursor = said["cursor"]
        assert not said["reset"]
    return heard


def test_whoever_follows_a_cursor_loses_nothing_while_many_write(
    site: Site, listen: Listen
) -> None:
    total = WRITERS * TURNS * 2
    streams = [listen("many") for _ in range(6)]

    def write(writer: int) -> None:
        for turn in range(TURNS):
            pair = [told("all", "note", writer=writer, n=2 * turn + i) for i in (0, 1)]
            # Some transactions stay open after their ids are taken: others must not overtake them.
            site.tell("many", pair, slow_s=0.1 if (writer + turn) % 4 == 0 else 0)

    with ThreadPoolExecutor(WRITERS + 7) as pool:
        reading = pool.submit(follow, site, "many", total)
        heard = [pool.submit(stream.told, total) for stream in streams]
        writing = [pool.submit(write, writer) for writer in range(WRITERS)]
        for done in writing:
            done.result()
        read = reading.result()
        streamed = [one.result() for one in heard]
    ids = [one["id"] for one in read]
    assert len(ids) == total
    assert ids == sorted(set(ids))
    for one in streamed:
        assert one == read
    for writer in range(WRITERS):
        mine = [one["data"]["n"] for one in read if one["data"]["writer"] == writer]
        assert mine == list(range(2 * TURNS))


def test_a_stream_gives_what_its_audiences_may_hear_and_nothing_else(
    site: Site, listen: Listen
) -> None:
    player = listen("secret", heard_as="all,cell:1")
    staff = listen("secret", heard_as="staff,all")
    site.tell("secret", [told("staff", "plan"), told("all", "begin"), told("cell:1", "mail")])
    assert [one["kind"] for one in player.told(2)] == ["begin", "mail"]
    assert [one["kind"] for one in staff.told(2)] == ["plan", "begin"]
    assert [one["kind"] for one in site.read("secret", 0)["events"]] == ["begin"]


def test_a_listener_that_comes_back_hears_what_it_missed_then_goes_on(
    site: Site, listen: Listen
) -> None:
    ids = site.tell("missed", [told("all", "note", n=n) for n in range(450)])
    late = listen("missed", last_event_id=str(ids[3]))
    heard = late.told(446)
    assert [one["data"]["n"] for one in heard] == list(range(4, 450))
    site.tell("missed", [told("all", "note", n=450)])
    assert late.told(1)[0]["data"]["n"] == 450


def test_rights_taken_away_end_the_stream_at_once_and_say_nothing_more(
    site: Site, listen: Listen
) -> None:
    barred = site.home / BARRED
    stream = listen("barred")
    site.tell("barred", [told("all", "note")])
    assert stream.told(1)
    try:
        began = time.monotonic()
        site.post("/barrer/barred/")
        site.tell("barred", [told("all", "after")])
        rest = list(stream.frames())
        assert time.monotonic() - began < 5
        assert not [frame for frame in rest if "id" in frame]
    finally:
        barred.unlink(missing_ok=True)


def test_many_streams_hold_back_no_page(site: Site, listen: Listen) -> None:
    streams = [listen("crowd") for _ in range(120)]
    hello = [next(stream.frames()) for stream in streams]
    assert {one["event"] for one in hello} == {"live.hello"}
    began = time.monotonic()
    for _ in range(20):
        site.read("crowd", 0)
    assert (time.monotonic() - began) / 20 < 0.5
    site.tell("crowd", [told("all", "note", n=n) for n in range(5)])
    for stream in streams:
        assert [one["data"]["n"] for one in stream.told(5)] == [0, 1, 2, 3, 4]


def test_a_stop_ends_the_streams_at_once_and_a_new_start_goes_on(
    site: Site, listen: Listen
) -> None:
    stream = listen("stop")
    first = site.tell("stop", [told("all", "note", n=0)])
    assert stream.told(1)
    ended = threading.Event()
    threading.Thread(target=lambda: (list(stream.frames()), ended.set())).start()
    assert site.end(signal.SIGTERM) < 5
    assert ended.wait(1)
    site.start()
    site.tell("stop", [told("all", "note", n=1)])
    again = listen("stop", last_event_id=str(first[0]))
    assert again.told(1)[0]["data"] == {"n": 1}


def test_a_cursor_of_another_database_has_the_page_read_anew(site: Site, listen: Listen) -> None:
    assert site.read("other", 10**12)["reset"]
    frame = next(listen("other", after=10**12).frames())
    assert frame["event"] == "live.reset"
    assert json.loads(frame["data"]) == {}
