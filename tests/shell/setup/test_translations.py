"""Catalogues compile without msgfmt, and a sentence without its English is found."""

import gettext
import os
from pathlib import Path

import pytest

from hygie.shell.setup.catalogues import catalogues_compile
from hygie.shell.setup.checkout import PACKAGE
from hygie.shell.setup.messages import catalogue_read, catalogue_update, sentences, wanting
from hygie.shell.setup.speech import SetupRefused

PO = """
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"

msgid "Mesurer"
msgstr "Measure"

#, fuzzy
msgid "Prouver"
msgstr "Maybe prove"

msgid "%(n)s preuve"
msgid_plural "%(n)s preuves"
msgstr[0] "%(n)s proof"
msgstr[1] "%(n)s proofs"

msgctxt "verb"
msgid "Signale"
msgstr "Reports"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    catalogue = tmp_path / "app" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(PO)
    templates = tmp_path / "app" / "templates" / "app"
    templates.mkdir(parents=True)
    (templates / "x.html").write_text(
        "{% load i18n %}<p>{% translate 'Mesurer' %}</p>"
        "{% blocktranslate trimmed with n=n %}\n   Une phrase\n   longue {{ n }}\n"
        "{% endblocktranslate %}"
        "{% translate 'Signale' context 'verb' %}"
    )
    (tmp_path / "app" / "views.py").write_text(
        "a = _('Prouver')\nb = ngettext('%(n)s preuve', '%(n)s preuves', 2)\nc = f'{_(\"Non\")}'\n"
    )
    return tmp_path


def test_a_catalogue_compiles_once_and_leaves_guesses_out(package: Path) -> None:
    assert catalogues_compile(package) == 1
    assert catalogues_compile(package) == 0
    english = gettext.translation("django", package / "app" / "locale", ["en"])
    assert english.gettext("Mesurer") == "Measure"
    assert english.gettext("Prouver") == "Prouver"
    assert english.ngettext("%(n)s preuve", "%(n)s preuves", 2) == "%(n)s proofs"


def test_zero_is_singular_in_french_and_plural_in_english(package: Path) -> None:
    catalogues_compile(package)
    said = [
        gettext.translation("django", package / "app" / "locale", [language]).ngettext(
            "%(n)s preuve", "%(n)s preuves", 0
        )
        for language in ("fr", "en")
    ]
    assert said == ["%(n)s preuve", "%(n)s proofs"]


def test_a_changed_catalogue_compiles_again(package: Path) -> None:
    catalogues_compile(package)
    source = next(package.rglob("*.po"))
    compiled = source.with_suffix(".mo")
    os.utime(compiled, (1, 1))
    assert catalogues_compile(package) == 1


def test_a_malformed_catalogue_is_told_with_its_path(package: Path) -> None:
    source = next(package.rglob("*.po"))
    source.write_text('msgid "a"\nnot a line of a catalogue\n')
    with pytest.raises(SetupRefused, match=r"django\.po"):
        catalogues_compile(package)


def test_sentences_are_found_in_code_and_templates(package: Path) -> None:
    texts = {sentence.text for sentence in sentences(package)}
    assert {"Mesurer", "Prouver", "Une phrase longue %(n)s", "Signale"} <= texts
    assert ("%(n)s preuve", "%(n)s preuves") in texts


def test_what_is_absent_or_guessed_waits_for_its_english(package: Path) -> None:
    source = next(package.rglob("*.po"))
    waiting = {sentence.text for sentence in wanting(catalogue_read(source), package)}
    assert {"Prouver", "Une phrase longue %(n)s"} <= waiting
    assert not {"Mesurer", "Signale", ("%(n)s preuve", "%(n)s preuves")} & waiting


def test_an_update_adds_and_drops_and_never_guesses(package: Path) -> None:
    source = next(package.rglob("*.po"))
    (package / "app" / "views.py").write_text("a = _('Mesurez')\n")
    catalogue_update(source, package)
    catalogue = catalogue_read(source)
    assert catalogue.get("Mesurer").string == "Measure"
    assert catalogue.get("Mesurez").string == ""
    assert catalogue.get("Prouver") is None
    assert not any(message.fuzzy for message in catalogue if message.id)


def test_each_shipped_catalogue_is_well_formed() -> None:
    for source in PACKAGE.rglob("locale/*/LC_MESSAGES/*.po"):
        catalogue = catalogue_read(source)
        assert not list(catalogue.check()), source
