"""Each text is written in both languages, as each is typed, and asks for nothing unknown."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from hygie.engines.exercise.generated.texts import (
    again,
    between,
    between_house,
    care,
    care_words,
    failing,
    first_decisions,
    head,
    inside,
    later_decisions,
    outside,
    outward_decisions,
    staff,
)
from hygie.engines.exercise.generated.usual import USUAL
from hygie.engines.exercise.generated.words import Words, nested, plain, typed
from hygie.engines.exercise.variables import names_in

MODULES = (
    again, between, between_house, care, care_words, failing, first_decisions, head, inside,
    later_decisions, outside, outward_decisions, staff,
)  # fmt: skip


def _words(thing: object) -> Iterator[Words]:
    if isinstance(thing, Words):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _words(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from _words(value)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from _words(getattr(thing, field.name))


ALL = [
    words
    for module in MODULES
    for name, value in sorted(vars(module).items())
    if not name.startswith("__")
    for words in _words(value)
]


def test_both_languages_ask_for_the_same_words() -> None:
    asked = re.compile(r"\$(\w+)")
    for words in ALL:
        assert set(asked.findall(words.fr)) == set(asked.findall(words.en)), words
        assert set(names_in(words.fr)) == set(names_in(words.en)), words
        assert set(names_in(words.fr)) <= set(USUAL), words


def test_french_is_typed_as_french() -> None:
    wrong = re.compile(
        r"(?<![\u00a0!?])[;!?»]|«(?!\u00a0)|(?<!\u00a0):(?!\d)|\w'\w| {2}|\.\.\.|\d (h|min)\b"
    )
    for words in (*ALL, *USUAL.values()):
        said = typed(words.fr)
        assert not wrong.search(said), said


def test_english_is_typed_as_english() -> None:
    wrong = re.compile(r" [:;!?]|[a-z]'[a-z]| {2}|[«»]|\.\.\.")
    names = dict.fromkeys(re.findall(r"\$(\w+)", " ".join(words.en for words in ALL)), "x")
    for words in (*ALL, *USUAL.values()):
        assert not wrong.search(words.said("en", names)), words.en


def test_the_product_alone_stamps_the_word_exercise() -> None:
    assert not [w for w in ALL if "EXERCICE" in w.fr or "EXERCISE" in w.en]


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("« On dit que « Labo » tombe. »", "fr", "«\u00a0On dit que “Labo” tombe.\u00a0»"),
        ("“They say “Lab” is down.”", "en", "“They say ‘Lab’ is down.”"),
        ("« Labo » et « Paie »", "fr", "«\u00a0Labo\u00a0» et «\u00a0Paie\u00a0»"),
    ],
)
def test_quotes_within_quotes_are_told_apart(text: str, language: str, said: str) -> None:
    assert nested(typed(text) if language == "fr" else text, language) == said


def test_a_name_of_the_map_brings_no_sign_of_ours() -> None:
    assert plain("{{x}} $y\n« z »") == "x y z"
    assert len(plain("x" * 500)) == 80
