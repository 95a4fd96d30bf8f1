"""Is what an inventory shows recognised when it is known, and asked about when it may be?"""

import time

from hypothesis import given
from hypothesis import strategies as st

from hygie.engines.estate.matching import By, Card, Recogniser
from hygie.engines.estate.spelling import loose_key, name_key, swapped_uuid
from hygie.engines.estate.vocabulary import AssetKind as Kind
from hygie.engines.estate.vocabulary import IdentifierKind as Id

UUID = "4c4c4544-0051-3010-8051-b7c04f4e3732"


def card(name: str, *pairs: tuple[Id, str], kind: Kind = Kind.SERVER, **more: object) -> Card:
    return Card(kind, name, identifiers=frozenset(pairs), **more)  # type: ignore[arg-type]


def asked(known: list[Card], seen: Card) -> tuple[int | None, str, list[int]]:
    found = Recogniser(known).recognise(seen)
    return found.known, found.by, [one.known for one in found.alike]


def test_the_code_comes_before_everything_else() -> None:
    known = [card("a", (Id.SERIAL, "S1"), code="C1"), card("b", code="C2")]
    seen = card("b", (Id.SERIAL, "S1"), code="C2")
    assert asked(known, seen) == (1, By.CODE, [])


def test_a_renamed_host_with_a_new_card_is_known_by_its_serial_number() -> None:
    known = [card("srv-1", (Id.SERIAL, "S1"), (Id.MAC, "001b44113ab7"))]
    seen = card("srv-9", (Id.SERIAL, "S1"), (Id.MAC, "001b44113ab8"))
    assert asked(known, seen) == (0, By.SERIAL, [])


def test_a_uuid_read_the_other_way_round_is_the_same() -> None:
    known = [card("vm", (Id.UUID, UUID))]
    assert asked(known, card("autre", (Id.UUID, swapped_uuid(UUID)))) == (0, By.UUID, [])


def test_the_same_name_with_another_serial_number_is_asked_about() -> None:
    known = [card("srv-1", (Id.SERIAL, "S1"))]
    found = Recogniser(known).recognise(card("srv-1", (Id.SERIAL, "S2")))
    assert found.known is None
    (alike,) = found.alike
    assert dict(alike.reasons)[By.HOSTNAME] == "srv-1"
    assert dict(alike.doubts)["serial"] == "S2 ≠ S1"
    assert 0 < alike.score < 100


def test_the_same_card_in_another_machine_is_asked_about() -> None:
    known = [card("pc-1", (Id.SERIAL, "S1"), (Id.MAC, "001b44113ab7"))]
    seen = card("pc-2", (Id.SERIAL, "S2"), (Id.MAC, "001b44113ab7"))
    assert asked(known, seen) == (None, "", [0])


def test_a_host_name_with_and_without_domain_is_one_and_two_domains_are_two() -> None:
    known = [card("x", (Id.HOSTNAME, "srv-1.ch-nord.fr"))]
    assert asked(known, card("SRV-1"))[0] == 0
    assert asked(known, card("y", (Id.HOSTNAME, "srv-1.ch-sud.fr")))[0] is None


def test_a_guessed_kind_yields_and_a_stated_one_does_not() -> None:
    known = [card("echo-1", (Id.HOSTNAME, "echo-1"), kind=Kind.DEVICE)]
    assert asked(known, card("echo-1", is_kind_guessed=True))[:2] == (0, By.HOSTNAME)
    assert asked(known, card("echo-1")) == (None, "", [0])


def test_an_address_alone_names_a_server_and_not_a_workstation() -> None:
    there = (Id.ADDRESS, "10.0.0.5")
    seen = card("10.0.0.5", there, is_kind_guessed=True)
    assert asked([card("srv", there)], seen) == (0, By.ADDRESS, [])
    lent = Recogniser([card("pc", there, kind=Kind.WORKSTATION)]).recognise(seen)
    assert (lent.known, lent.is_unclear, len(lent.alike)) == (None, True, 1)
    assert asked([card("srv", there)], card("autre", there)) == (None, "", [])


def test_two_candidates_are_asked_about_and_none_is_chosen() -> None:
    known = [card("srv", (Id.SERIAL, "S1")), card("autre", (Id.SERIAL, "S1"))]
    assert asked(known, card("tiers", (Id.SERIAL, "S1"))) == (None, "", [0, 1])


def test_what_tells_nothing_of_its_own_is_left_to_people() -> None:
    known = [card("srv", (Id.MAC, "001b44113ab7")), card("srv", (Id.MAC, "001b44113ab8"))]
    found = Recogniser(known).recognise(card("SRV"))
    assert found.is_unclear
    assert [one.known for one in found.alike] == [0, 1]


def test_the_one_that_nothing_contradicts_is_chosen() -> None:
    known = [card("srv", (Id.SERIAL, "S1")), card("srv")]
    assert asked(known, card("srv", (Id.SERIAL, "S9")))[0] == 1


def test_two_codes_are_two_things_of_one_name_unless_a_code_is_ours() -> None:
    assert asked([card("DPI", code="A")], card("DPI", code="B")) == (None, "", [])
    known = [card("DPI", code="APP-0001", is_code_given=True)]
    assert asked(known, card("DPI", code="B"))[0] == 0


def test_a_name_that_only_resembles_is_asked_about() -> None:
    known = [Card(Kind.APPLICATION, "Dossier-Patient")]
    assert asked(known, Card(Kind.APPLICATION, "DOSSIER PATIENT"))[0] == 0
    assert asked(known, Card(Kind.APPLICATION, "DossierPatient")) == (None, "", [0])
    assert asked(known, Card(Kind.SUPPLIER, "Dossier patient")) == (None, "", [])


def test_what_was_merged_answers_to_both_names() -> None:
    recogniser = Recogniser([card("a", code="A")])
    recogniser.also(0, card("b", (Id.MAC, "001b44113ab7"), code="B"))
    assert recogniser.recognise(card("b")).known == 0
    assert recogniser.recognise(card("z", (Id.MAC, "001b44113ab7"))).known == 0
    assert recogniser.by_code("B") == 0


def test_a_name_shared_by_very_many_costs_little() -> None:
    recogniser = Recogniser()
    start = time.process_time()
    for n in range(600):
        one = Card(Kind.DEVICE, "Pousse-seringue", f"P{n}", frozenset({(Id.SERIAL, f"S{n}")}))
        assert recogniser.recognise(one).known is None
        recogniser.add(one)
    assert time.process_time() - start < 5


_IDENTIFIERS = st.tuples(
    st.sampled_from([Id.SERIAL, Id.MAC, Id.HOSTNAME, Id.ADDRESS]), st.sampled_from(["1", "2", "3"])
)
_CARDS = st.builds(
    Card,
    kind=st.sampled_from([Kind.SERVER, Kind.WORKSTATION, Kind.APPLICATION]),
    name=st.sampled_from(["a", "b", "A b", "ab"]),
    code=st.sampled_from(["", "", "x", "y"]),
    identifiers=st.frozensets(_IDENTIFIERS, max_size=4),
    is_kind_guessed=st.booleans(),
)


def _read(recogniser: Recogniser, cards: list[Card]) -> int:
    """Take in all that a file tells; how many were new."""
    new = 0
    for seen in cards:
        decided = recogniser.recognise(seen)
        if decided.known is not None:
            recogniser.also(decided.known, Card(seen.kind, "", "", seen.identifiers))
        elif not decided.is_unclear:
            code = seen.code or f"G-{new}"
            recogniser.add(Card(seen.kind, seen.name, code, seen.identifiers, False, not seen.code))
            new += 1
    return new


@given(st.lists(_CARDS, max_size=12))
def test_reading_again_ends_by_telling_nothing_new(cards: list[Card]) -> None:
    recogniser = Recogniser()
    _read(recogniser, cards)
    # A file that gives one serial number to two codes is settled by a second reading.
    _read(recogniser, cards)
    assert _read(recogniser, cards) == 0


@given(st.lists(_CARDS, max_size=12))
def test_a_second_reading_of_a_file_that_agrees_with_itself_tells_nothing_new(
    cards: list[Card],
) -> None:
    told: set[tuple[Id, str]] = set()
    agreeing = []
    for one in cards:
        if not one.identifiers & told:
            agreeing.append(one)
            told |= one.identifiers
    recogniser = Recogniser()
    _read(recogniser, agreeing)
    assert _read(recogniser, agreeing) == 0


@given(st.text(max_size=40))
def test_keys_forget_only_the_way_of_writing(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert loose_key(name_key(text)) == loose_key(text)
