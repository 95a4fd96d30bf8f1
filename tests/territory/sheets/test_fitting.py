"""A mapping is proposed for sheets that have its titles, to those who may use it."""

from types import SimpleNamespace

import pytest

from hygie.foundation.errors import NotAllowed, NotFound
from hygie.governance.exercises.rooms import TIMELINE, TIMELINES
from hygie.territory.estate.rooms import ESTATE_SHEETS
from hygie.territory.organisations.models import Organisation
from hygie.territory.perimeter import Perimeter
from hygie.territory.sheets.errors import MappingRefused
from hygie.territory.sheets.models import ColumnMapping
from hygie.territory.sheets.selectors import mapping_get_in, mappings_at, mappings_fitting
from hygie.territory.sheets.services import MappingFile, mapping_save, mapping_share

TITLES = ("Quand", "Quoi", "Pour qui", "Remarque")


def kept(
    perimeter: Perimeter, place: Organisation, name: str, columns: dict[str, str]
) -> ColumnMapping:
    told = MappingFile(name, TIMELINE, columns, {})
    return mapping_save(perimeter=perimeter, room=TIMELINES, organisation=place, told=told)


def test_the_mapping_that_says_most_of_a_sheet_comes_first(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    here, alice = territory.entities[0], perimeters.alice
    small = kept(alice, here, "Petit", {"time": "QUAND", "body": "Quoi", "title": ""})
    large = kept(alice, here, "Grand", {"time": "Quand", "body": "Quoi", "cells": "Pour qui"})
    kept(alice, here, "Ailleurs", {"time": "Horaire", "body": "Quoi"})
    assert mappings_fitting(alice, TIMELINES, here, TITLES) == [large, small]
    assert mappings_fitting(alice, TIMELINES, here, TITLES[:2]) == [small]


def test_mappings_of_one_room_are_never_shown_in_another(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    here, alice = territory.entities[0], perimeters.alice
    timeline = kept(alice, here, "Chrono", {"time": "Quand"})
    assert not mappings_at(alice, ESTATE_SHEETS, here).exists()
    with pytest.raises(NotFound):
        mapping_get_in(alice, ESTATE_SHEETS, timeline.pk)
    with pytest.raises(MappingRefused):
        kept(alice, here, "Faux", {"os": "Système"})


def test_a_region_keeps_mappings_of_timelines_at_its_own_node_alone(
    perimeters: SimpleNamespace, territory: SimpleNamespace
) -> None:
    mine = kept(perimeters.remi, territory.north, "ARS", {"time": "Quand"})
    assert mapping_get_in(perimeters.remi, TIMELINES, mine.pk) == mine
    assert mappings_fitting(perimeters.alice, TIMELINES, territory.entities[0], TITLES) == [mine]
    with pytest.raises(NotAllowed):
        mapping_share(perimeter=perimeters.alice, room=TIMELINES, mapping=mine, is_shared=True)
    for room, place in ((TIMELINES, territory.entities[0]), (ESTATE_SHEETS, territory.north)):
        with pytest.raises((NotFound, NotAllowed)):
            told = MappingFile("x", next(iter(room.columns)), {"name": "Nom", "time": "T"}, {})
            mapping_save(perimeter=perimeters.remi, room=room, organisation=place, told=told)
