"""Which names of the map do the texts of a scenario bear?"""

from collections.abc import Sequence

from hygie.engines.estate.vocabulary import AssetKind
from hygie.engines.exercise.generated.story import Story
from hygie.engines.exercise.generated.texts.care_words import (
    OTHER_FIRST,
    OTHER_SECOND,
    SOME_SYSTEM,
    SOME_WARD,
)
from hygie.engines.exercise.generated.texts.failing import AND_OTHERS
from hygie.engines.exercise.generated.topics import BEDSIDE, topic_of
from hygie.engines.exercise.generated.types import WhatFails
from hygie.engines.exercise.generated.words import plain

_SHOWN = 3


def quoted(name: str, language: str) -> str:
    """A name of the map between the quotes of a language."""
    return f"“{plain(name)}”" if language == "en" else f"«\u00a0{plain(name)}\u00a0»"


def listed(names: Sequence[str], language: str, shown: int = _SHOWN) -> str:
    """Quoted names; beyond some, how many others."""
    unique = list(dict.fromkeys(names))
    # "and 1 other" would be longer than its name.
    kept = unique if len(unique) <= shown + 1 else unique[:shown]
    said = ", ".join(quoted(name, language) for name in kept)
    if len(kept) == len(unique):
        return said
    return AND_OTHERS.said(language, {"names": said, "count": str(len(unique) - len(kept))})


def names_of(what: WhatFails, story: Story, language: str) -> dict[str, str]:
    """Values of `$activity`, `$system`, `$first` and `$second` where a row has none of its own."""
    # Who looks after people is spoken of as a ward; a laboratory or a switchboard is not.
    gravest = sorted(story.gravest, key=lambda one: topic_of(one.activity) not in BEDSIDE)
    activities = [quoted(one.activity, language) for one in gravest]
    systems = [quoted(name, language) for name in systems_of(story)]
    heaviest = [
        quoted(wave.failures[0].name, language)
        for wave in sorted(story.waves, key=lambda wave: -wave.weight)
        if wave.kind is AssetKind.APPLICATION
    ]
    candidates = dict.fromkeys((*heaviest, *activities, *systems))
    others = (OTHER_FIRST.said(language), OTHER_SECOND.said(language))
    first, second = [*candidates, *others][:2]
    cause = quoted(what.cause, language) if what.cause.strip() else ""
    return {
        "activity": next(iter(activities), SOME_WARD.said(language)),
        "ward": plain(gravest[0].activity) if gravest else SOME_WARD.said(language),
        "system": cause or next(iter(systems), SOME_SYSTEM.said(language)),
        "first": first,
        "second": second,
    }


def systems_of(story: Story) -> list[str]:
    """What people could ask about by name, in the order in which it fails."""
    spoken = {
        AssetKind.APPLICATION, AssetKind.IDENTITY, AssetKind.INTERFACE, AssetKind.STORE,
        AssetKind.CLUSTER, AssetKind.SITE, AssetKind.SUPPLIER,
    }  # fmt: skip
    named = [wave for wave in story.waves if wave.kind in spoken] or story.waves
    return list(dict.fromkeys(one.name for wave in named for one in wave.failures[:_SHOWN]))
