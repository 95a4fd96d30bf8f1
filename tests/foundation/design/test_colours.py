"""Inks can be read on everything they are laid on, in both themes, measured from the tokens."""

import re
from pathlib import Path

import pytest

from hygie.foundation.design.components.states import STATES

TOKENS = (
    Path(__file__).parents[3] / "src/hygie/foundation/design/static/design/css/tokens.css"
).read_text(encoding="utf-8")
READABLE, VISIBLE = 4.5, 3.0
INKS = ["ink", "ink-soft", "accent", "accent-deep", *(state.code for state in STATES)]


def theme(name: str) -> dict[str, str]:
    """Colours of a theme, as written in the style sheet."""
    block = re.search(rf'\[data-bs-theme="{name}"\] \{{(.*?)\n\}}', TOKENS, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--hy-([\w-]+): (#[0-9a-f]{6});", block[1]))


def brightness(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
@pytest.mark.parametrize("ink", INKS)
def test_an_ink_is_readable_on_every_ground(name: str, ground: str, ink: str) -> None:
    colours = theme(name)
    assert contrast(colours[ink], colours[ground]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("state", [state.code for state in STATES])
def test_a_state_is_readable_on_its_own_wash(name: str, state: str) -> None:
    colours = theme(name)
    assert contrast(colours[state], colours[f"{state}-wash"]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_filled_button_is_readable(name: str) -> None:
    colours = theme(name)
    assert contrast(colours["on-accent"], colours["accent"]) >= READABLE
    assert contrast(colours["on-accent"], colours["accent-deep"]) >= READABLE


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("part", ["line-strong", *(f"series-{n}" for n in range(1, 6))])
def test_frames_and_lines_are_visible_on_the_surface(name: str, part: str) -> None:
    colours = theme(name)
    assert contrast(colours[part], colours["surface"]) >= VISIBLE


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("state", [s.code for s in STATES if s.code != "not_applicable"])
def test_the_bar_of_a_state_that_counts_is_visible(name: str, state: str) -> None:
    colours = theme(name)
    assert contrast(colours[f"fill-{state}"], colours["surface"]) >= VISIBLE
