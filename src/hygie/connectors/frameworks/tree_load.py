"""What plain tree of texts does a YAML file hold, hostile files refused before they grow?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from hygie.connectors.message_codes import MessageCode
from hygie.connectors.messages import FileRefused, Message, Report, Severity, refusal

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
) | {"!"}
_MERGE_KEY = "<<"


class LineMap(dict[str, "Tree"]):
    """A mapping that knows the line, or row, where it begins."""

    __slots__ = ("line",)

    def __init__(self, line: int, items: "Mapping[str, Tree] | None" = None) -> None:
        super().__init__(items or {})
        self.line = line


# Scalars stay the text that is written: `1.10` is a reference and `no` a language, whatever
# YAML 1.1 thinks. The reader of a field knows its type.
Tree = str | None | list["Tree"] | LineMap


@dataclass(frozen=True, slots=True)
class TreeLimits:
    """Bounds of a YAML tree.

    Attributes:
        max_depth: nested collections.
        max_nodes: nodes once every alias is replaced by what it stands for.
    """

    max_depth: int = 40
    max_nodes: int = 2_000_000


@dataclass(slots=True)
class _Open:
    """A collection being read, and what it weighs with its aliases expanded."""

    value: list[Tree] | LineMap
    anchor: str | None
    weight: int = 1
    key: str | None = None
    has_key: bool = False


def load_tree(path: Path, report: Report, limits: TreeLimits | None = None) -> Tree:
    """Read a YAML (or JSON) file as mappings, lists, texts and nothing else.

    The tree is built from the events of the C parser, so nothing is constructed by a tag, and
    the size with aliases expanded is known, and bounded, while reading.

    Args:
        path: the file, its size already bounded.
        report: gets an error per key present twice (the first one is kept).
        limits: bounds on the tree.

    Returns:
        The root of the first document; LineMap for mappings. Aliases share their value.

    Raises:
        FileRefused: not YAML, too deep, too many nodes, tag, merge key, alias inside itself.

    Source: YAML 1.1; https://en.wikipedia.org/wiki/Billion_laughs_attack
    """
    builder = _TreeBuilder(report, limits or TreeLimits())
    try:
        with path.open("rb") as stream:
            for event in _events(stream.read()):
                if builder.take(event):
                    break
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = str(error.problem or "")
        raise refusal(
            MessageCode.YAML_SYNTAX, file=report.file, row=line, problem=problem
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise refusal(MessageCode.YAML_SYNTAX, file=report.file, problem=str(error)) from error
    return builder.root


def _events(data: bytes) -> Iterator[Event]:
    loader = yaml.CSafeLoader(data)
    try:
        while (event := loader.get_event()) is not None:
            yield event
            if isinstance(event, StreamEndEvent):
                return
    finally:
        loader.dispose()


class _TreeBuilder:
    """Turns the events of the parser into a tree, one pass, without recursion."""

    def __init__(self, report: Report, limits: TreeLimits) -> None:
        self.root: Tree = None
        self._report = report
        self._limits = limits
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Tree, int]] = {}
        self._count = 0

    def take(self, event: Event) -> bool:
        """Take one event; tell whether the first document is complete."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, ScalarEvent):
            self._check_tag(event, line)
            is_null = bool(event.implicit[0]) and event.value in _NULLS and not event.style
            self._place(None if is_null else event.value, 1, event.anchor, line)
        elif isinstance(event, AliasEvent):
            self._take_alias(str(event.anchor), line)
        elif isinstance(event, CollectionStartEvent):
            self._begin(event, line)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            done = self._open.pop()
            self._place(done.value, done.weight, done.anchor, line)
        else:
            return isinstance(event, StreamEndEvent)
        return not self._open and not isinstance(event, NodeEvent) and self.root is not None

    def _begin(self, event: CollectionStartEvent, line: int) -> None:
        self._check_tag(event, line)
        if len(self._open) >= self._limits.max_depth:
            raise self._refused(MessageCode.YAML_TOO_DEEP, line, limit=self._limits.max_depth)
        is_map = isinstance(event, MappingStartEvent)
        self._open.append(_Open(LineMap(line) if is_map else [], event.anchor))

    def _take_alias(self, name: str, line: int) -> None:
        known = self._anchors.get(name)
        if known is None:
            if any(collection.anchor == name for collection in self._open):
                raise self._refused(MessageCode.YAML_ALIAS_CYCLE, line, alias=name)
            raise self._refused(MessageCode.YAML_SYNTAX, line, problem=f"undefined alias {name}")
        self._place(known[0], known[1], None, line)

    def _place(self, value: Tree, weight: int, anchor: str | None, line: int) -> None:
        """Put a complete value where it belongs."""
        if anchor:
            self._anchors[anchor] = (value, weight)
        if not self._open:
            self.root = value
            return
        parent = self._open[-1]
        parent.weight += weight
        if parent.weight > self._limits.max_nodes:
            raise self._refused(MessageCode.YAML_TOO_MANY_NODES, line, limit=self._limits.max_nodes)
        if isinstance(parent.value, list):
            parent.value.append(value)
        elif parent.has_key:
            self._store(parent, parent.value, value, line)
        else:
            self._keep_key(parent, value, line)

    def _keep_key(self, parent: _Open, value: Tree, line: int) -> None:
        if value == _MERGE_KEY:
            raise self._refused(MessageCode.YAML_MERGE_KEY, line)
        if isinstance(value, list | LineMap):
            raise self._refused(MessageCode.YAML_SYNTAX, line, problem="a key is not a text")
        parent.key, parent.has_key = value or "", True

    def _store(self, parent: _Open, target: LineMap, value: Tree, line: int) -> None:
        key = parent.key or ""
        parent.has_key = False
        if key in target:
            self._report.error(MessageCode.YAML_DUPLICATE_KEY, row=line, field=key, key=key)
            return
        target[key] = value

    def _check_tag(self, event: ScalarEvent | CollectionStartEvent, line: int) -> None:
        if event.tag is not None and event.tag not in _PLAIN_TAGS:
            raise self._refused(MessageCode.YAML_TAG, line, tag=str(event.tag))

    def _refused(self, code: MessageCode, line: int, **params: str | int) -> FileRefused:
        return FileRefused(Message(Severity.ERROR, code, params, self._report.file, line))
