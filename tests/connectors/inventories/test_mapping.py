"""Titles of an unknown sheet are proposed to people with what looks like them."""

from pathlib import Path

import pytest

from hygie.connectors.inventories.mapping import (
    SUBJECTS,
    columns_for,
    guess_mapping,
    preview,
    subject_of,
)
from hygie.connectors.message_codes import MessageCode as Code
from hygie.connectors.messages import FileRefused


def test_a_title_like_ours_is_proposed_with_its_confidence() -> None:
    guesses = guess_mapping(
        ["Code appli", "Nom de l'application métier", "DMIA cible", "Serveur(s) hébergeant",
         "Criticité", "Truc", ""],
        "application",
    )  # fmt: skip
    found = {one.title: (one.column, one.confidence) for one in guesses}
    assert found["Criticité"] == ("criticality", 100)
    assert [found[one][0] for one in ("Code appli", "Nom de l'application métier")] == [
        "key", "name",
    ]  # fmt: skip
    assert found["DMIA cible"][0] == "max_downtime_min" and found["DMIA cible"][1] < 100
    assert found["Serveur(s) hébergeant"][0] == "runs_on"
    assert found["Truc"] == ("", 0)
    assert len(guesses) == 6


def test_titles_that_people_write_for_their_applications_are_known() -> None:
    titles = {
        "Code applicatif": "key", "Nom usuel de l'appli": "name", "Pilote métier": "owner",
        "Pilote DSI": "technical_owner",
        "Indispo max acceptée": "max_downtime_min", "Perte de données max": "max_data_loss_min",
        "Hébergé sur": "runs_on",
    }  # fmt: skip
    found = {one.title: one.column for one in guess_mapping(list(titles), "application")}
    assert found == titles


def test_a_column_is_proposed_once() -> None:
    guesses = guess_mapping(["Nom", "Noms", "Name"], "server")
    assert [one.column for one in guesses].count("name") == 1


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_columns_that_recognise_themselves(subject: str) -> None:
    columns = columns_for(subject)
    titles = [column.title for column in columns]
    assert {one.column for one in guess_mapping(titles, subject)} == {one.name for one in columns}


def test_the_beginning_of_a_sheet_is_shown_under_its_titles(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Mon parc;;\n;;\nSerial;Nom du poste;Salle 12\nX1;PC1;a\nX2;PC2\n", "utf-8")
    shown = preview(path, rows=1)
    assert (shown.header_row, shown.titles) == (3, ("Serial", "Nom du poste", "Salle 12"))
    assert shown.rows == (("X1", "PC1", "a"),)
    assert shown.subject == "workstation"
    assert preview(path, rows=5).rows[1] == ("X2", "PC2", "")


def test_a_sheet_of_unknown_titles_is_shown_from_its_first_row_of_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Tableau;\nAlpha;Bravo\n1;2\n", "utf-8")
    shown = preview(path)
    assert (shown.titles, shown.subject) == (("Alpha", "Bravo"), "")


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Nom\nx\n", "utf-8")
    with pytest.raises(FileRefused) as caught:
        preview(path, sheet="Autre")
    assert caught.value.message.code is Code.SHEET_MISSING


def test_what_a_sheet_is_about_is_told_by_its_name_then_by_its_titles() -> None:
    assert subject_of("Serveurs", ("Nom", "Description")) == "server"
    assert subject_of("", ("Nom", "Description")) == ""
    assert subject_of("", ("Nom du poste", "Système d'exploitation")) == "workstation"
    assert subject_of("Feuil1", ("Source", "Relation", "Cible")) == "links"
    assert subject_of("", ("Application source", "Destinataires", "Protocole")) == "interfaces"
    assert subject_of("", ("Nature", "Nom")) == "assets"
