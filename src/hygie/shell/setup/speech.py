"""Before any catalogue is compiled, in which language is a sentence said?"""

import os
import sys

VARIABLES = ("HYGIE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """`en` when the first of HYGIE_LANGUAGE, LC_ALL, LC_MESSAGES, LANG that is set says so."""
    first = next((value for value in map(os.environ.get, VARIABLES) if value), "")
    return "en" if first.lower().startswith("en") else "fr"


def said(french: str, english: str) -> str:
    """The sentence in the reader's language."""
    return english if language() == "en" else french


def tell(french: str, english: str) -> None:
    """One line of progress on the error stream, so that standard output stays for results."""
    sys.stderr.write(f"hygie: {said(french, english)}\n")
    sys.stderr.flush()


class SetupRefused(Exception):
    """The set-up cannot go on; the message says why and what to do, in both languages."""

    def __init__(self, french: str, english: str) -> None:
        super().__init__(said(french, english))
        self.french = french
        self.english = english
