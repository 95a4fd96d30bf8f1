"""The command line asks the same questions, and answers a program in JSON."""

import json

import pytest

from hygie.shell.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys, mapped, territory):
    """run("of", "SRV-4"): exit code and what was printed."""

    def call(word: str, *arguments: str) -> tuple[int, str]:
        code = main(["impact", word, *arguments, "--organisation", territory.entities[0].code])
        return code, capsys.readouterr().out

    return call


def test_a_loss_by_code_by_name_and_by_family(run) -> None:
    code, said = run("of", "SRV-4")
    assert code == 1 and "Urgences : s'arrête au bout de 3 h" in said
    assert run("of", "serveur 4")[1] == said
    code, said = run("of", "site:SITE-1", "red_button", "--json")
    data = json.loads(said)
    assert code == 1 and [one["family"] for one in data["losses"]] == ["site", "red_button"]
    assert run("of", "SRV-1")[0] == 0
    assert run("of", "inconnu")[0] == 4


def test_the_ranking(run) -> None:
    code, said = run("rank", "--json")
    data = json.loads(said)
    assert code == 0 and data["single_points"] == 5 and data["ranking"][0]["stopped"] == 2
    assert "Serveur 4" in run("rank", "--most", "5")[1]


def test_an_attack_in_the_foreground(run) -> None:
    asked = ("--runs", "200", "--seed", "3", "--entry", "phishing:ZONE-PC", "--defence", "edr:80")
    code, said = run("simulate", *asked, "--json")
    data = json.loads(said)
    assert code == 0 and data["runs"] == 200 and data["seed"] == 3
    assert [one["name"] for one in data["defences"]] == ["edr:80"]
    assert json.loads(run("simulate", *asked, "--json")[1]) == data
    assert "vont au chiffrement" in run("simulate", "--runs", "100")[1]


@pytest.mark.parametrize(
    "asked",
    [("--runs", "5"), ("--defence", "moat"), ("--entry", "chimney"), ("--entry", "supplier")],
)
def test_a_wrong_setting_is_refused_in_words(run, asked) -> None:
    code, said = run("simulate", *asked, "--json")
    assert code == 3 and json.loads(said)["message"]


def test_a_name_of_several_asks_which(grouped, territory, run, capsys) -> None:
    group = ("--organisation", territory.ght.code)
    assert main(["impact", "of", "Urgences", *group]) == 3
    assert "590000001/URG" in capsys.readouterr().err
    assert main(["impact", "of", "urgences (CH n° 2)", *group]) == 1
    assert "Urgences (CH n° 2)" in capsys.readouterr().out


def test_a_cut_that_the_map_cannot_tell_is_not_told_harmless(run) -> None:
    # No Internet line, nothing online: the map knows nothing of it.
    assert run("of", "internet")[0] == 4
