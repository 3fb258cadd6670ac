"""A YAML file as nodes that know where they stand, read without trust in whoever wrote it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, Protocol, TypeAlias

import yaml

from .value import Value

LARGEST: Final = 1024 * 1024
UNFOLDED: Final = 4 * LARGEST
DEEPEST: Final = 30

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT: Final = re.compile(r"[-+]?[0-9]+")
_FLOAT: Final = re.compile(
    r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+"
)
_WORDS: Final[Mapping[str, bool | None]] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}
_UNWANTED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

Scalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "dict[str, Json] | list[Json] | Scalar"
Path: TypeAlias = tuple[str | int, ...]


class _Mark(Protocol):
    """A place as the YAML library tells it, from 0."""

    line: int
    column: int


class Problem(Value):
    """Something wrong in a scenario: where, what, and what would be right."""

    file: str
    line: int
    column: int
    where: str
    say: str
    instead: str
    check: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """The problem as one line of a report."""
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.say}; {self.instead}"


class Spot(Value):
    """A place in a file; the first line and column are 1."""

    file: str
    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A value of a file, where it begins, and where the key stands that it belongs to.

    `text` is a scalar as written; it begins `offset` columns after the spot if it is on one line.
    """

    spot: Spot
    value: "dict[str, Node] | list[Node] | Scalar"
    text: str | None = None
    offset: int | None = None
    key: Spot | None = None
    size: int = 1

    @property
    def place(self) -> Spot:
        """Where to look: at a scalar itself, at the key of anything longer."""
        longer = isinstance(self.value, dict | list)
        return self.key if longer and self.key is not None else self.spot

    @property
    def entries(self) -> "dict[str, Node]":
        """What a mapping holds; nothing, if this is none."""
        return self.value if isinstance(self.value, dict) else {}

    def plain(self) -> Json:
        """The value without its places, as JSON has it."""
        match self.value:
            case dict(entries):
                return {key: node.plain() for key, node in entries.items()}
            case list(items):
                return [node.plain() for node in items]
            case scalar:
                return scalar


class Unreadable(Exception):
    """A file that is no scenario file, and why."""

    def __init__(self, spot: Spot, say: str, instead: str, check: str = "yaml") -> None:
        super().__init__(say)
        self.problem = problem(spot, (), say, instead, check)


def problem(spot: Spot, path: Path, say: str, instead: str, check: str) -> Problem:
    """An error at a place."""
    where = ".".join(map(str, path))
    return Problem(spot.file, spot.line, spot.column, where, say, instead, check)


def read(file: str, content: bytes) -> tuple[Node | None, list[Problem]]:
    """The mapping that a file holds, if it can be read, and what is wrong with it."""
    repeats: list[Problem] = []
    try:
        text = _decode(file, content)
        top = _Composer(file, repeats).compose(_events(file, text))
    except Unreadable as unreadable:
        return None, [*repeats, unreadable.problem]
    if top is None or isinstance(top.value, dict):
        return top, repeats
    say, instead = "this file is no mapping", "begin it with a key, as in `tracks:`"
    return None, [*repeats, problem(top.spot, (), say, instead, "yaml")]


def _decode(file: str, content: bytes) -> str:
    start = Spot(file, 1, 1)
    if len(content) > LARGEST:
        raise Unreadable(
            start,
            f"this file has more than {LARGEST} bytes",
            "split it into several files",
            "size",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            Spot(file, line, 1), "this file is not UTF-8 here", "save it as UTF-8", "encoding"
        ) from None
    unwanted = _UNWANTED.search(text)
    if unwanted:
        raise Unreadable(
            _spot_of(file, text, unwanted.start()),
            f"there is a control character {unwanted[0]!a} here",
            "delete it",
            "encoding",
        )
    return text


def _spot(file: str, mark: _Mark | None) -> Spot:
    return Spot(file, 1, 1) if mark is None else Spot(file, mark.line + 1, mark.column + 1)


def _spot_of(file: str, text: str, index: int) -> Spot:
    before = text[:index]
    return Spot(file, before.count("\n") + 1, index - before.rfind("\n"))


def _events(file: str, text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        quotes = "quoted scalar" in str(error.context)
        mark = error.context_mark if quotes else error.problem_mark
        spot = _spot(file, mark)
        raise Unreadable(spot, *_explain(error, text, spot.line)) from None
    except yaml.reader.ReaderError as error:
        raise Unreadable(
            _spot_of(file, text, error.position),
            "there is a character here that YAML does not take",
            "delete it, or write it as an escape in double quotes",
            "encoding",
        ) from None


def _explain(error: yaml.MarkedYAMLError, text: str, line: int) -> tuple[str, str]:
    """What a YAML error means to somebody who does not know YAML well."""
    said = str(error.problem or error.context or "this is no YAML")
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return "this line is indented with a tab", "indent with spaces"
    if "mapping values are not allowed" in said:
        return 'there is a second ": " on this line', "put the text in quotes, or check the indent"
    if "quoted scalar" in str(error.context):
        return "a quotation does not end", "close the quotes"
    if "cannot start any token" in said:
        return "a text cannot begin with this character", "put the text in quotes"
    return f"this is no YAML: {said}", "check the indentation, the quotes and the brackets"


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is still being read."""

    node: Node
    anchor: str | None
    key: Node | None = None


@dataclass(slots=True)
class _Composer:
    """Builds nodes from YAML events, in a loop, so that depth and size can be refused in time."""

    file: str
    repeats: list[Problem]
    anchors: dict[str, Node | None] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    top: Node | None = None

    def compose(self, events: Iterator[yaml.Event]) -> Node | None:
        documents = 0
        for event in events:
            spot = _spot(self.file, event.start_mark)
            match event:
                case yaml.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise Unreadable(spot, "a second document begins here", "delete the `---`")
                case yaml.AliasEvent():
                    self._add(self._copy(event.anchor, spot), None)
                case yaml.ScalarEvent():
                    self._add(_scalar(event, spot), event.anchor)
                case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                    self._open(event, spot)
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    closed = self.stack.pop()
                    self._add(closed.node, closed.anchor)
                case _:
                    pass
        return self.top

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, spot: Spot) -> None:
        _refuse_tag(event.tag, spot)
        if len(self.stack) >= DEEPEST:
            raise Unreadable(
                spot,
                f"this is nested more than {DEEPEST} deep",
                "a scenario never needs that; check the indentation and the brackets",
                "depth",
            )
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        empty: dict[str, Node] | list[Node] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        self.stack.append(_Open(Node(spot, empty), event.anchor))

    def _copy(self, anchor: str | None, spot: Spot) -> Node:
        node = self.anchors.get(anchor or "")
        if node is None:
            there = anchor in self.anchors
            raise Unreadable(
                spot,
                f"*{anchor} stands inside &{anchor}" if there else f"there is no &{anchor} above",
                "write the value out",
                "alias",
            )
        return replace(node, spot=spot)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.stack:
            self.top = node
            return
        parent = self.stack[-1]
        parent.node.size += node.size
        # Counted here, an alias has cost nothing yet: nodes are shared until somebody unfolds them.
        if parent.node.size > UNFOLDED:
            raise Unreadable(
                node.spot,
                f"with its aliases unfolded, this is longer than {UNFOLDED} characters",
                "write out what you mean instead of aliases of aliases",
                "alias",
            )
        match parent.node.value:
            case list(items):
                items.append(node)
            case dict(entries) if parent.key is not None:
                self._enter(entries, parent.key, node)
                parent.key = None
            case _:
                parent.key = _key(node)

    def _enter(self, entries: dict[str, Node], key: Node, node: Node) -> None:
        name = key.text or ""
        if name in entries:
            first = entries[name].key or entries[name].spot
            self.repeats.append(repeat(key.spot, first, (name,)))
            return
        entries[name] = replace(node, key=key.spot)


def repeat(second: Spot, first: Spot, path: Path) -> Problem:
    """The problem that an id is given twice."""
    other = f"line {first.line}" if first.file == second.file else f"{first.file}:{first.line}"
    return problem(
        second,
        path,
        f'"{path[-1]}" is here a second time; the first is at {other}',
        "give one of them another id, or delete it",
        "duplicate",
    )


def _key(node: Node) -> Node:
    if not node.text:
        raise Unreadable(node.spot, "a key must be a word", "write one, as in `coord:`")
    if node.text == "<<":
        raise Unreadable(node.spot, "merge keys are not read", "write the keys out", "alias")
    return node


def _refuse_tag(tag: str | None, spot: Spot) -> None:
    if tag is not None and tag != "!":
        raise Unreadable(spot, f'a tag such as "{tag}" is not read', "delete it", "tag")


def _scalar(event: yaml.ScalarEvent, spot: Spot) -> Node:
    """A scalar by the rules of YAML 1.2: `on` and `no` are words, `010` is ten, dates are texts."""
    _refuse_tag(event.tag, spot)
    text: str = event.value
    unwanted = _UNWANTED.search(text)
    if unwanted:
        raise Unreadable(
            spot, f"there is a control character {unwanted[0]!a} here", "delete it", "encoding"
        )
    node = Node(spot, text, text, _offset(event), size=1 + len(text))
    if not event.implicit[0]:
        return node
    if text in _WORDS:
        return replace(node, value=_WORDS[text])
    if _INT.fullmatch(text):
        if len(text) > 18:
            raise Unreadable(spot, "this number is too large", "write at most 18 digits", "number")
        return replace(node, value=int(text))
    if _FLOAT.fullmatch(text) and abs(float(text)) < 1e18:
        return replace(node, value=float(text))
    return node


def _offset(event: yaml.ScalarEvent) -> int | None:
    """How far after its mark the text of a scalar begins, if its columns are those of the file."""
    start, end = _spot("", event.start_mark), _spot("", event.end_mark)
    length = end.column - start.column
    if start.line != end.line or length < len(event.value):
        return None
    return 1 if length == len(event.value) + 2 else 0
