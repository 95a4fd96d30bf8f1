"""The control key, and the region of every departement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygie.connectors.finess.numbers import FinessCheck, check_finess, complete_finess, luhn_valid
from hygie.connectors.finess.regions import (
    REGIONS,
    finess_departement,
    insee_commune,
    insee_departement,
    region_of,
)


@pytest.mark.parametrize("number", ["010000024", "010780054", "970400024", "980600027"])
def test_real_numbers_satisfy_the_key(number: str) -> None:
    assert luhn_valid(number)
    assert check_finess(number) is FinessCheck.VALID
    assert complete_finess(number[:8]) == number


@given(stem=st.integers(0, 99_999_999), digit=st.integers(1, 9))
def test_a_completed_number_is_valid_and_one_changed_key_is_not(stem: int, digit: int) -> None:
    number = complete_finess(f"{stem:08d}")
    assert luhn_valid(number)
    assert not luhn_valid(number[:8] + str((int(number[8]) + digit) % 10))


@given(number=st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_the_fast_key_agrees_with_the_definition(number: str) -> None:
    doubled = [int(d) * (1 + rank % 2) for rank, d in enumerate(reversed(number))]
    assert luhn_valid(number) == (sum(d // 10 + d % 10 for d in doubled) % 10 == 0)


@pytest.mark.parametrize(
    ("number", "check"),
    [
        ("2A0000014", FinessCheck.KEY_UNKNOWN), ("010000025", FinessCheck.WRONG_KEY),
        ("01000002", FinessCheck.WRONG_FORMAT), ("0100000244", FinessCheck.WRONG_FORMAT),
        ("01000002é", FinessCheck.WRONG_FORMAT), ("", FinessCheck.WRONG_FORMAT),
        ("2a0000014", FinessCheck.WRONG_FORMAT), ("٠١٢٣٤٥٦٧٨", FinessCheck.WRONG_FORMAT),
        ("010000024\n", FinessCheck.WRONG_FORMAT),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_said(number: str, check: FinessCheck) -> None:
    assert check_finess(number) is check


def test_a_stem_of_another_length_is_an_error() -> None:
    for stem in ("", "1234567", "1234567a", "123456789", "²1234567"):
        with pytest.raises(ValueError, match="8 digits"):
            complete_finess(stem)


def test_every_departement_is_in_one_of_the_18_regions() -> None:
    metropolitan = [f"{n:02d}" for n in range(1, 96) if n != 20] + ["2A", "2B"]
    overseas = ["971", "972", "973", "974", "976"]
    found = {code: region_of(code) for code in metropolitan + overseas}
    assert all(found.values())
    assert len({region.code for region in found.values() if region}) == 18
    assert len(metropolitan + overseas) == 101
    assert len(REGIONS) == 24


@pytest.mark.parametrize(
    ("code", "insee", "region"),
    [
        ("9A", "971", "Guadeloupe"), ("9B", "972", "Martinique"), ("9C", "973", "Guyane"),
        ("9D", "974", "La Réunion"), ("9F", "976", "Mayotte"), ("9J", "986", "Wallis-et-Futuna"),
        ("9E", "975", "Saint-Pierre-et-Miquelon"), ("01", "01", "Auvergne-Rhône-Alpes"),
        ("1", "01", "Auvergne-Rhône-Alpes"), ("2a", "2A", "Corse"), ("20", "20", "Corse"),
        ("59", "59", "Hauts-de-France"),
    ],
)  # fmt: skip
def test_codes_of_finess_and_of_insee_lead_to_the_same_region(
    code: str, insee: str, region: str
) -> None:
    found = region_of(code)
    assert insee_departement(code) == insee
    assert found is not None and found.name == region


def test_an_unknown_departement_is_in_no_region() -> None:
    assert [region_of(code) for code in ("", "9G", "99", "96", "XX")] == [None] * 5


def test_finess_codes_go_both_ways() -> None:
    assert [finess_departement(code) for code in ("971", "986", "75")] == ["9A", "9J", "75"]


@pytest.mark.parametrize(
    ("departement", "commune", "insee"),
    [
        ("01", "451", "01451"), ("2A", "004", "2A004"), ("9A", "123", "97123"),
        ("9J", "613", "98613"), ("9A", "223", ""), ("01", "45", ""), ("01", "", ""),
        ("", "451", ""),
    ],
)  # fmt: skip
def test_the_commune_takes_its_insee_code(departement: str, commune: str, insee: str) -> None:
    assert insee_commune(departement, commune) == insee
