"""Which sentences of the interface still lack their English?"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from hygie.shell.setup.checkout import PACKAGE

ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
_KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "lazy": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# Strings of the first minutes carry both languages themselves; migrations show nothing.
_SKIPPED = {"migrations", "vendor"}

Text = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One marked sentence.

    Attributes:
        text: French source, or (singular, plural).
        context: of pgettext, or None.
        place: first file and line it was met in, relative to the package.
    """

    text: Text
    context: str | None
    place: tuple[str, int]


def sentences(package: Path = PACKAGE) -> Iterator[Sentence]:
    """Every sentence marked in code and templates, each once."""
    seen: set[tuple[Text, str | None]] = set()
    for path in sorted(package.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or _SKIPPED & set(path.parts):
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        for line, text, context in _extracted(path):
            if text and (text, context) not in seen:
                seen.add((text, context))
                yield Sentence(text, context, (path.relative_to(package).as_posix(), line))


def wanting(catalogue: Catalog, package: Path = PACKAGE) -> list[Sentence]:
    """Sentences with no translation, or one that nobody has read again."""
    found = []
    for sentence in sentences(package):
        message = catalogue.get(sentence.text, sentence.context)
        texts = [] if message is None else message.string
        complete = all(texts) if isinstance(texts, (tuple, list)) else bool(texts)
        if message is None or not texts or not complete or message.fuzzy:
            found.append(sentence)
    return found


def catalogue_read(path: Path = ENGLISH) -> Catalog:
    """The English catalogue, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale="en", project="hygie", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def catalogue_update(path: Path = ENGLISH, package: Path = PACKAGE) -> int:
    """Add what is marked and absent, drop what is no longer marked, guess nothing.

    Returns:
        How many sentences wait for their English.
    """
    template = Catalog(locale="en", project="hygie", fuzzy=False)
    for sentence in sentences(package):
        template.add(sentence.text, context=sentence.context, locations=[sentence.place])
    catalogue = catalogue_read(path)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, sort_by_file=True, width=100)
    return len(wanting(catalogue, package))


def _extracted(path: Path) -> Iterator[tuple[int, Text, str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Its answer is calls among blanks, one a line; as Python, a margin would be a fault.
        lines = templatize(source, origin=str(path)).split("\n")
        source = "\n".join(line.lstrip() for line in lines)
    found = extract("python", io.BytesIO(source.encode()), keywords=_KEYWORDS)
    for line, text, _comments, context in found:
        yield line, text, context
