"""The demonstration fills its workbooks as people do, and never beyond what is asked."""

from pathlib import Path

from openpyxl import Workbook, load_workbook

from hygie.shell.demo.questionnaires import Ask, answering, fill

ROWS = [
    ["Référence", "Exigence", "Réponses possibles", "Réponse", "Note", "", "", "Clé"],
    ["A", "Exigence", "conforme / sans objet", "", "", "", "", "urn:a"],
    ["A", "Une ?", "Oui\nNon\nne sait pas", "", "", "", "", "urn:a#one"],
    ["A", "Quoi ?", "plusieurs, une par ligne :\nUn\nDeux\nne sait pas", "", "", "", "",
     "urn:a#many"],
]  # fmt: skip


def book(path: Path) -> Path:
    workbook = Workbook()
    for row in ROWS:
        workbook.active.append(row)
    workbook.save(path)
    return path


def answers(path: Path) -> list[object]:
    return [row[3] for row in load_workbook(path).active.iter_rows(min_row=2, values_only=True)]


def test_each_question_takes_answers_that_are_possible(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    assert fill(path, share=1.0, weak=False) == 2
    assert answers(path) == [None, "Oui", "Un\nDeux"]
    path = book(tmp_path / "b.xlsx")
    assert fill(path, share=0.5, weak=True) == 1
    assert answers(path) == [None, "Oui", None]


def test_each_fate_of_a_questionnaire_is_a_command_of_the_users(tmp_path: Path) -> None:
    ask = Ask("FR", "ej", "Essai", ("close", "draft", "begun", "send-back"))
    verbs = []
    for words in answering([1, 2, 3, 4], ask, tmp_path):
        if words[1] == "export":
            book(Path(words[3]))
        verbs.append(words[1])
    assert verbs == [
        "export", "answers", "submit", "close", "export", "answers", "export", "answers",
        "submit", "send-back",
    ]  # fmt: skip
