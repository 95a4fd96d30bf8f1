"""What can be wrong in a referential file, and how is it said in French and in English?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

Param: TypeAlias = str | int | float
Where: TypeAlias = tuple[str | int, ...]


class FaultCode(StrEnum):
    """Closed list of the ways a referential can be refused."""

    FILE_MISSING = "file_missing"
    FILE_UNEXPECTED = "file_unexpected"
    FILE_TOO_LARGE = "file_too_large"
    NOT_UTF8 = "not_utf8"
    NOT_YAML = "not_yaml"
    ALIAS_REFUSED = "alias_refused"
    TAG_REFUSED = "tag_refused"
    TOO_DEEP = "too_deep"
    DUPLICATE_KEY = "duplicate_key"
    NOT_A_MAPPING = "not_a_mapping"
    SCHEMA_VERSION = "schema_version"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    MISSING_TRANSLATION = "missing_translation"
    BAD_DATE = "bad_date"
    BAD_CHOICE = "bad_choice"
    BAD_VALUE = "bad_value"
    BAD_NUMBER = "bad_number"
    BAD_RULE = "bad_rule"
    DUPLICATE_CODE = "duplicate_code"
    UNKNOWN_CODE = "unknown_code"
    CYCLE = "cycle"
    UNUSED_INDICATOR = "unused_indicator"
    BOUND_OUTSIDE_UNIT = "bound_outside_unit"
    WRONG_DIRECTION = "wrong_direction"
    NOT_RECIPROCAL = "not_reciprocal"
    DATES_REVERSED = "dates_reversed"


_FRENCH = MappingProxyType(
    {
        FaultCode.FILE_MISSING: "fichier absent : ajoutez-le",
        FaultCode.FILE_UNEXPECTED: "fichier inattendu à cet endroit : retirez-le",
        FaultCode.FILE_TOO_LARGE: "{size} octets, la limite est de {limit} : découpez le fichier",
        FaultCode.NOT_UTF8: "le fichier n’est pas en UTF-8 : réenregistrez-le en UTF-8",
        FaultCode.NOT_YAML: "YAML illisible à la ligne {line}, colonne {column} : {problem}",
        FaultCode.ALIAS_REFUSED: "ligne {line} : les ancres et alias YAML sont refusés, "
        "répétez la valeur",
        FaultCode.TAG_REFUSED: "ligne {line} : étiquette YAML {tag} refusée, retirez-la",
        FaultCode.TOO_DEEP: "plus de {limit} niveaux imbriqués : simplifiez la structure",
        FaultCode.DUPLICATE_KEY: "ligne {line} : la clé « {key} » est écrite deux fois",
        FaultCode.NOT_A_MAPPING: "un objet « clé: valeur » est attendu ici",
        FaultCode.SCHEMA_VERSION: "schéma {found}, cette version lit le schéma {expected}",
        FaultCode.UNKNOWN_FIELD: "champ inconnu : retirez-le ou corrigez son nom",
        FaultCode.MISSING_FIELD: "champ obligatoire absent",
        FaultCode.MISSING_TRANSLATION: "texte absent dans la langue « {language} »",
        FaultCode.BAD_DATE: "« {value} » n’est pas une date AAAA-MM-JJ",
        FaultCode.BAD_CHOICE: "« {value} » n’est pas permis, choix : {choices}",
        FaultCode.BAD_VALUE: "« {value} » refusé : {reason}",
        FaultCode.BAD_NUMBER: "nombre non fini refusé",
        FaultCode.BAD_RULE: "règle refusée : {reason}",
        FaultCode.DUPLICATE_CODE: "« {value} » existe déjà dans {other}",
        FaultCode.UNKNOWN_CODE: "« {value} » n’existe pas ({kind} attendu)",
        FaultCode.CYCLE: "boucle : {chain}",
        FaultCode.UNUSED_INDICATOR: "l’indicateur « {value} » ne sert à rien : "
        "liez-le ou donnez une justification",
        FaultCode.BOUND_OUTSIDE_UNIT: "la borne {value} est hors de l’unité « {unit} »",
        FaultCode.WRONG_DIRECTION: "« {value} » s’améliore dans l’autre sens ({direction})",
        FaultCode.NOT_RECIPROCAL: "l’indicateur « {value} » ne cite pas l’objectif {number}",
        FaultCode.DATES_REVERSED: "« {first} » est postérieur à « {second} »",
    }
)

_ENGLISH = MappingProxyType(
    {
        FaultCode.FILE_MISSING: "file missing: add it",
        FaultCode.FILE_UNEXPECTED: "unexpected file here: remove it",
        FaultCode.FILE_TOO_LARGE: "{size} bytes, the limit is {limit}: split the file",
        FaultCode.NOT_UTF8: "the file is not UTF-8: save it again as UTF-8",
        FaultCode.NOT_YAML: "unreadable YAML at line {line}, column {column}: {problem}",
        FaultCode.ALIAS_REFUSED: "line {line}: YAML anchors and aliases are refused, "
        "repeat the value",
        FaultCode.TAG_REFUSED: "line {line}: YAML tag {tag} refused, remove it",
        FaultCode.TOO_DEEP: "more than {limit} nested levels: simplify the structure",
        FaultCode.DUPLICATE_KEY: "line {line}: key “{key}” is written twice",
        FaultCode.NOT_A_MAPPING: "a “key: value” object is expected here",
        FaultCode.SCHEMA_VERSION: "schema {found}, this release reads schema {expected}",
        FaultCode.UNKNOWN_FIELD: "unknown field: remove it or correct its name",
        FaultCode.MISSING_FIELD: "required field missing",
        FaultCode.MISSING_TRANSLATION: "text missing in language “{language}”",
        FaultCode.BAD_DATE: "“{value}” is not a YYYY-MM-DD date",
        FaultCode.BAD_CHOICE: "“{value}” is not allowed, choices: {choices}",
        FaultCode.BAD_VALUE: "“{value}” refused: {reason}",
        FaultCode.BAD_NUMBER: "number that is not finite refused",
        FaultCode.BAD_RULE: "rule refused: {reason}",
        FaultCode.DUPLICATE_CODE: "“{value}” exists already in {other}",
        FaultCode.UNKNOWN_CODE: "“{value}” does not exist ({kind} expected)",
        FaultCode.CYCLE: "loop: {chain}",
        FaultCode.UNUSED_INDICATOR: "indicator “{value}” serves nothing: "
        "link it or give a justification",
        FaultCode.BOUND_OUTSIDE_UNIT: "bound {value} is outside the unit “{unit}”",
        FaultCode.WRONG_DIRECTION: "“{value}” improves the other way ({direction})",
        FaultCode.NOT_RECIPROCAL: "indicator “{value}” does not name objective {number}",
        FaultCode.DATES_REVERSED: "“{first}” is later than “{second}”",
    }
)

_TEXTS: Mapping[str, Mapping[FaultCode, str]] = MappingProxyType({"fr": _FRENCH, "en": _ENGLISH})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct: which file, where in it, what, with which values.

    `where` is the path inside the file, as keys and positions from 0.
    """

    code: FaultCode
    file: str
    where: Where = ()
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """`rows[3].title.fr`: the place inside the file, readable by the person who edits it."""
        parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.where]
        return "".join(parts).lstrip(".")

    def text(self, language: str = "en") -> str:
        """The whole sentence: file, place, what is wrong and what to do, in `fr` or `en`."""
        place = f"{self.file}, {self.path}" if self.where else self.file
        colon = " :" if language == "fr" else ":"
        return f"{place}{colon} {_TEXTS[language][self.code].format(**self.params)}"

    def __str__(self) -> str:
        return self.text("en")


class ReferentialError(Exception):
    """The referential is refused; `faults` holds every fault found, never only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
