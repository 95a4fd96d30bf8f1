"""Which expectations are alerts, and which alerts came in time?"""

from dataclasses import replace

import pytest

from hygie.engines.exercise.alerts import alerts_given, is_alert
from hygie.engines.exercise.scoring import Marked
from hygie.engines.exercise.types import InjectRecord
from hygie.engines.exercise.vocabulary import Result


@pytest.mark.parametrize(
    "expected",
    [
        "Prévenir l'ARS", "ARS (et préfecture) informées ; message aux équipes",
        "Noter l'heure ; déclarer au CERT Santé", "Ouvrir la cellule sans attendre",
        "Isoler. Dire à la cellule de crise ce qui est perdu", "Tell the crisis cell",
        "Declare on the portal, CERT Santé and ARS",
    ],
)  # fmt: skip
def test_telling_the_cell_the_cert_or_the_ars_is_an_alert(expected: str) -> None:
    assert is_alert(expected)


@pytest.mark.parametrize(
    "expected",
    [
        "", "Prévenir le médecin", "Échéances (CNIL, points ARS) visibles",
        "Phrase partagée avec l'ARS ; prévenir les familles",
        "Prévenir la cellule d’identitovigilance", "Mise en place de mars ; certifier",
    ],
)  # fmt: skip
def test_anything_else_is_none(expected: str) -> None:
    assert not is_alert(expected)


def test_an_alert_counts_when_it_has_a_deadline_and_was_played() -> None:
    one = InjectRecord("a", "A", 0, expected="Prévenir l'ARS", deadline_s=600)
    script = [
        one, replace(one, key="late"), replace(one, key="silent"), replace(one, key="missed"),
        replace(one, key="unplayed"), replace(one, key="free", deadline_s=None),
        replace(one, key="other", expected="Isoler"),
    ]  # fmt: skip
    played = {
        "a": Marked(played_second=0, reacted_second=600),
        "late": Marked(Result.REACHED, 0, 601),
        "silent": Marked(Result.REACHED, 0, None),
        "missed": Marked(Result.MISSED, 0, 10),
        "free": Marked(played_second=0, reacted_second=1),
        "other": Marked(played_second=0, reacted_second=1),
    }
    assert alerts_given(script, played) == [True, False, False, False]
    assert alerts_given(script[4:], played) == []
