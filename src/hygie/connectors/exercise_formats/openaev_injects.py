"""Which inject of ours is an inject of OpenAEV?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hygie.connectors.exercise_formats.durations import FARTHEST
from hygie.connectors.exercise_formats.html_text import text_of_html
from hygie.connectors.exercise_formats.types import LONGEST, MOST_POINTS
from hygie.connectors.inventories.loose import (
    Record,
    flag_at,
    record_of,
    records_of,
    text_at,
    texts_at,
)
from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import Report
from hygie.engines.exercise.types import Condition, InjectRecord
from hygie.engines.exercise.vocabulary import Channel, Match, Nature, On, Result

# Contracts that every platform has under the same identifier, whatever its name was at the time.
_CONTRACTS: Mapping[str, str] = {
    "138ad8f8-32f8-4a22-8114-aaa12322bd09": "email",
    "2790bd39-37d4-4e39-be7e-53f3ca783f86": "email",
    "e9e902bc-b03d-4223-89e1-fca093ac79dd": "ovh_sms",
    "aeab9ed6-ae98-4b48-b8cc-2e91ac54f2f9": "mastodon",
}
_TYPES: Mapping[str, tuple[Nature, Channel]] = {
    "email": (Nature.INJECT, Channel.MAIL),
    "ovh_sms": (Nature.INJECT, Channel.SMS),
    "sms": (Nature.INJECT, Channel.SMS),
    "channel": (Nature.INJECT, Channel.PRESS),
    "media": (Nature.INJECT, Channel.PRESS),
    "mastodon": (Nature.INJECT, Channel.SOCIAL),
    # What the animation does by hand.
    "manual": (Nature.FACILITATION, Channel.MAIL),
}
# Stands for the teams that run the exercise: no cell of players.
STAFF = ""
_BRANDS = ("openaev_", "openbas_", "openex_")
_SOCIAL_CHANNELS = frozenset({"microblogging", "social", "twitter", "mastodon"})
_VARIABLE = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}")
_FAILED = frozenset({"false", "failure", "failed"})


@dataclass(slots=True)
class InjectReader:
    """Reads the injects of one export.

    Attributes:
        teams: identifier of a team → key of its cell, STAFF for a team that runs the exercise.
        documents: identifier of a document → its name.
        articles: identifier of an article → the article.
        rows: key of an inject → its rank, 1-based.
    """

    report: Report
    teams: Mapping[str, str]
    documents: Mapping[str, str]
    articles: Mapping[str, Record]
    rows: dict[str, int] = field(default_factory=dict)
    disabled: int = 0
    attached: int = 0

    def injects(self, records: Iterable[Record]) -> list[InjectRecord]:
        """All injects, by their second; those in error are left out, and told."""
        found: list[InjectRecord] = []
        needs: list[Record] = []
        for rank, record in enumerate(records, start=1):
            inject = self._inject(rank, record)
            if inject is not None:
                self.rows[inject.key] = rank
                found.append(inject)
                needs.append(record)
        linked = [self._linked(one, record) for one, record in zip(found, needs, strict=True)]
        if self.disabled:
            self.report.warning(MessageCode.EXERCISE_DISABLED, count=self.disabled)
        if self.attached:
            self.report.warning(MessageCode.EXERCISE_ATTACHMENTS, count=self.attached)
        return sorted(linked, key=lambda inject: inject.offset_s)

    def _inject(self, rank: int, record: Record) -> InjectRecord | None:
        key = text_at(record, "inject_id")[: LONGEST["key"]] or f"inject-{rank}"
        if key in self.rows:
            self.report.error(MessageCode.EXERCISE_KEY_TWICE, row=rank, field="inject_id", key=key)
            return None
        offset = _seconds(record.get("inject_depends_duration"))
        if offset is None:
            shown = str(record.get("inject_depends_duration"))
            self.report.error(
                MessageCode.EXERCISE_TIME, row=rank, field="inject_depends_duration", value=shown
            )
            return None
        nature, channel, odd = self._kind(rank, record)
        content = record_of(record.get("inject_content"))
        subject, sender, body, channel = self._texts(content, channel)
        attachments = self._attachments(record, content)
        if flag_at(record, "inject_enabled") is False:
            self.disabled += 1
            nature = Nature.FACILITATION
        cells, is_for_staff = self._cells(rank, record)
        if is_for_staff:
            nature = Nature.FACILITATION
        title = text_at(record, "inject_title") or subject or body or key
        notes = (_note(record.get("inject_description")), odd, self._payload(record))
        inject = InjectRecord(
            key=key,
            title=with_variables(subject or title).splitlines()[0][: LONGEST["title"]],
            offset_s=offset,
            nature=nature,
            channel=channel,
            sender=sender[: LONGEST["sender"]],
            cells=cells,
            body=body,
            comment="\n".join(one for one in (title if subject else "", *notes) if one),
            attachments=attachments,
        )
        return self._expecting(inject, content)

    def _kind(self, rank: int, record: Record) -> tuple[Nature, Channel, str]:
        """Nature and channel; an unknown type becomes a note of the staff."""
        contract = record_of(record.get("inject_injector_contract"))
        known = _CONTRACTS.get(text_at(contract, "injector_contract_id"), "")
        said = (
            text_at(record, "inject_type")
            or text_at(contract, "injector_contract_injector_type", "injector_type")
            or text_at(record_of(contract.get("injector_contract_injector")), "injector_type")
        )
        word = known or said.lower()
        for brand in _BRANDS:
            word = word.removeprefix(brand)
        if word in _TYPES:
            return *_TYPES[word], ""
        labels = record_of(contract.get("injector_contract_labels"))
        shown = said or text_at(labels, "fr", "en") or text_at(contract, "injector_contract_id")
        if not shown:
            content = record_of(record.get("inject_content"))
            if text_at(content, "subject") and text_at(content, "body"):
                return Nature.INJECT, Channel.MAIL, ""
        self.report.warning(
            MessageCode.EXERCISE_TYPE_UNKNOWN,
            row=rank,
            field="inject_type",
            value=shown,
            taken=Nature.FACILITATION.value,
        )
        return Nature.FACILITATION, Channel.MAIL, f"OpenAEV : {shown}" if shown else ""

    def _texts(self, content: Record, channel: Channel) -> tuple[str, str, str, Channel]:
        """Subject, sender, body and channel; articles of the press stand under the message."""
        subject = text_at(content, "subject")
        bodies = [
            _note(content.get(name)) for name in ("body", "message", "status", "content", "text")
        ]
        sender = ""
        for identifier in texts_at(content, "articles"):
            article = self.articles.get(identifier)
            if article is None:
                continue
            sender = (
                sender
                or text_at(article, "article_author")
                or text_at(record_of(article.get("channel")), "channel_name")
            )
            subject = subject or text_at(article, "article_name")
            bodies += [text_at(article, "article_name"), _note(article.get("article_content"))]
            kind = text_at(record_of(article.get("channel")), "channel_type")
            if kind.lower() in _SOCIAL_CHANNELS:
                channel = Channel.SOCIAL
        body = "\n\n".join(dict.fromkeys(one for one in bodies if one))
        return with_variables(subject), sender, body, channel

    def _cells(self, rank: int, record: Record) -> tuple[tuple[str, ...], bool]:
        """Keys of the cells, none for all of them, and whether only the staff receives it."""
        if flag_at(record, "inject_all_teams"):
            return (), False
        listed = record.get("inject_teams")
        names = [
            text_at(one, "team_id") if isinstance(one, dict) else str(one)
            for one in (listed if isinstance(listed, list) else ())
        ]
        for name in names:
            if name not in self.teams:
                self.report.warning(
                    MessageCode.EXERCISE_VALUE_IGNORED, row=rank, field="inject_teams", value=name
                )
        known = dict.fromkeys(self.teams[name] for name in names if name in self.teams)
        cells = tuple(key for key in known if key != STAFF)
        return cells, bool(known) and not cells

    def _attachments(self, record: Record, content: Record) -> tuple[str, ...]:
        listed = [*_list(record.get("inject_documents")), *_list(content.get("attachments"))]
        names = []
        for one in listed:
            identifier = text_at(one, "document_id") if isinstance(one, dict) else str(one)
            name = self.documents.get(identifier) or (
                text_at(one, "document_name") if isinstance(one, dict) else ""
            )
            if name or identifier:
                names.append((name or identifier)[: LONGEST["attachment"]])
        found = tuple(dict.fromkeys(names))
        self.attached += len(found)
        return found

    def _payload(self, record: Record) -> str:
        """What a technical inject would do, for whoever does it by hand."""
        contract = record_of(record.get("inject_injector_contract"))
        payload = record_of(contract.get("injector_contract_payload"))
        return text_at(payload, "payload_name", "payload_description")

    def _expecting(self, inject: InjectRecord, content: Record) -> InjectRecord:
        """Expectations: their texts one under the other, their points added."""
        texts, points, delays = [], 0.0, []
        for one in records_of(content.get("expectations")):
            name = text_at(one, "expectation_name", "expectation_type")
            described = _note(one.get("expectation_description"))
            texts.append("\n".join(part for part in dict.fromkeys((name, described)) if part))
            score = one.get("expectation_score")
            points += score if isinstance(score, int | float) and score > 0 else 0
            delay = _seconds(one.get("expectation_expiration_time"))
            if delay:
                delays.append(delay)
        return replace(
            inject,
            expected="\n\n".join(text for text in texts if text),
            score=round(min(points, MOST_POINTS)),
            deadline_s=min(delays) if delays else None,
        )

    def _linked(self, inject: InjectRecord, record: Record) -> InjectRecord:
        """Dependencies on other injects, as conditions."""
        found: list[Condition] = []
        modes: set[str] = set()
        depends = record.get("inject_depends_on")
        if isinstance(depends, str) and depends:
            depends = [{"dependency_relationship": {"inject_parent_id": depends}}]
        for one in records_of(depends):
            parent = text_at(record_of(one.get("dependency_relationship")), "inject_parent_id")
            if parent not in self.rows:
                self.report.warning(
                    MessageCode.EXERCISE_CONDITION_UNKNOWN,
                    row=self.rows[inject.key],
                    field="inject_depends_on",
                    key=parent,
                )
                continue
            told = record_of(one.get("dependency_condition"))
            modes.add(text_at(told, "mode").lower())
            found += _conditions(parent, told)
        match = Match.ANY if modes == {"or"} else Match.ALL
        return replace(inject, conditions=tuple(dict.fromkeys(found)), match=match)


def with_variables(text: str) -> str:
    """Write the variables of OpenAEV as ours: `${name}` → `{{name}}`."""
    return _VARIABLE.sub(r"{{\1}}", text)


def _conditions(parent: str, told: Record) -> list[Condition]:
    """Conditions on one other inject: its execution, or the result of an expectation of it."""
    found = []
    for one in records_of(told.get("conditions")):
        is_met = str(one.get("value")).lower() not in _FAILED
        if text_at(one, "key").lower() == "execution":
            if is_met:
                found.append(Condition(On.PLAYED, parent))
        else:
            result = Result.REACHED if is_met else Result.MISSED
            found.append(Condition(On.RESULT, parent, result.value))
    return found or [Condition(On.PLAYED, parent)]


def _note(value: object) -> str:
    return with_variables(text_of_html(value)) if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _seconds(value: object) -> int | None:
    """Whole seconds, written as a number or as a text; None when it is none, or ten years away."""
    if isinstance(value, str) and value.lstrip("-").isascii() and value.lstrip("-").isdigit():
        value = int(value[:18])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(value) if abs(value) <= FARTHEST else None
