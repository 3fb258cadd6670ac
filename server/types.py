"""The TypeScript of everything that travels, read from the Python types."""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Struct, UnsetType
from pydantic import BaseModel

from rules import scenario, seen, state
from rules.commands import Command, SeatCommand

from . import bodies, frames

PROTOCOL = Path(__file__).resolve().parent.parent / "client" / "src" / "protocol.ts"

ALIASES: Mapping[str, object] = {
    "Text": state.Text,
    "Capital": scenario.Capital,
    "Eyes": scenario.Eyes,
    "Right": scenario.Right,
    "Grade": scenario.Grade,
    "Style": scenario.Style,
    "Side": state.Side,
    "Weight": state.Weight,
    "Method": scenario.Method,
    "Confidence": scenario.Confidence,
    "Phase": state.Phase,
    "SheetStatus": state.SheetStatus,
    "Temperament": bodies.Temperament,
}

HEAD = """\
// Written by `make types` from the Python types: rules/seen/, rules/commands.py,
// server/frames.py and server/bodies.py. Never edited by hand.
"""

TAIL = """\
/** What each feed holds, by its name on the wire. */
export interface FeedItems {
  readonly inbox: InjectItem
  readonly personal: InjectItem
  readonly consults: ConsultItem
  readonly changes: ChangeItem
  readonly results: ResultItem
  readonly marks: MarkItem
  readonly [room: `room/${string}`]: MessageItem
}

/** The name of a feed; a room's is `room/` and the room's id. */
export type FeedName = keyof FeedItems

/** An item of any feed. */
export type FeedItem = FeedItems[FeedName]

/** Runs of feeds by name. */
export type Feeds = { readonly [Name in FeedName]?: Run<FeedItems[Name]> }

/** The names of all commands. */
export type CommandType = SeatCommand['type']

/** A command by its name. */
export type CommandOf<Type extends CommandType> = Extract<SeatCommand, { type: Type }>

/** A frame from the client. */
export type ClientFrame =
  | Introduction
  | { readonly id: string; readonly do: SeatCommand }
  | { readonly id: string; readonly preview: SeatCommand }
  | { readonly id: string; readonly page: Before }
  | { readonly typing: string | null }
"""

# The places where Python says less than is known: the client gets the exact type.
SHARPER: Mapping[tuple[str, str], str] = {
    ("Run", "items"): "readonly Item[]",
    ("Page", "items"): "readonly Item[]",
    ("Frame", "view"): "Partial<View>",
    ("Frame", "feeds"): "Feeds",
    ("ReviewLine", "frame"): "Frame",
    ("RosterSeen", "people"): "Readonly<Record<string, string>>",
    ("View", "can"): "readonly CommandType[]",
}
GENERIC = {"Run", "Page"}


def typescript() -> str:
    """The whole of protocol.ts."""
    commands = get_args(SeatCommand)
    roots = [
        seen.View,
        *(seen.InjectItem, seen.MessageItem, seen.ConsultItem),
        *(seen.ChangeItem, seen.ResultItem, seen.MarkItem),
        *commands,
        *(frames.Introduction, frames.Before, frames.Frame),
        *_declared(bodies, BaseModel, bodies.Body),
    ]
    union = "\n".join(f"  | {command.__name__}" for command in commands)
    parts = [
        HEAD,
        *_constants(),
        *(_alias(name, value) for name, value in ALIASES.items()),
        *(_interface(kind) for kind in _reachable(roots)),
        f"/** What a browser or a bot may send. */\nexport type SeatCommand =\n{union}\n",
        TAIL,
    ]
    return "\n".join(parts)


def write_types(to: Path | None = None) -> Path:
    """Writes the file, and says where."""
    path = PROTOCOL if to is None else to
    path.write_text(typescript(), encoding="utf-8")
    return path


def _constants() -> Iterator[str]:
    yield f"export const PROTOCOL = {frames.PROTOCOL}\n"
    yield f"export const SUBPROTOCOL = '{frames.SUBPROTOCOL}'\n"


def _declared(module: ModuleType, base: type, besides: type) -> list[type]:
    return [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, base)
        and kind.__module__ == module.__name__
        and kind is not besides
    ]


def _reachable(roots: Iterable[type]) -> list[type]:
    """The types that `roots` need and the roots, each once, what is needed first."""
    found: dict[type, None] = {}

    def visit(kind: type) -> None:
        if kind in found:
            return
        found[kind] = None
        for field in _fields(kind):
            for other in _structs(field.hint):
                visit(other)

    for root in roots:
        visit(root)
    return list(found)


class _Field(Struct, frozen=True):
    name: str
    hint: object
    optional: bool


def _fields(kind: type) -> list[_Field]:
    hints = get_type_hints(kind, include_extras=True)
    if issubclass(kind, BaseModel):
        asked = not kind.__name__.endswith(("ed", "Line"))
        return [
            _Field(name, hints[name], asked and not info.is_required())
            for name, info in kind.model_fields.items()
        ]
    assert issubclass(kind, Struct)  # noqa: S101  (for the type checker: there is no third kind)
    return [
        _Field(
            info.encode_name,
            hints[info.name],
            UnsetType in get_args(hints[info.name])
            or (issubclass(kind, Command) and info.default is not NODEFAULT),
        )
        for info in msgspec.structs.fields(kind)
    ]


def _structs(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and issubclass(hint, Struct | BaseModel):
        yield hint
    for part in get_args(hint):
        yield from _structs(part)


def _interface(kind: type) -> str:
    name = kind.__name__
    head = f"{name}<Item = unknown>" if name in GENERIC else name
    lines = [_jsdoc(kind), f"export interface {head} {{"]
    if issubclass(kind, Command):
        lines.append(f"  readonly type: '{name}'")
    for field in _fields(kind):
        said = SHARPER.get((name, field.name)) or _type(field.hint)
        lines.append(f"  readonly {field.name}{'?' if field.optional else ''}: {said}")
    return "\n".join([*lines, "}", ""])


def _jsdoc(kind: type) -> str:
    text = inspect.cleandoc(kind.__doc__ or "").splitlines()
    if len(text) == 1:
        return f"/** {text[0]} */"
    return "\n".join(["/**", *(f" * {line}".rstrip() for line in text), " */"])


def _alias(name: str, value: object) -> str:
    said = "Readonly<Record<string, string>>" if name == "Text" else _literal(value)
    return f"export type {name} = {said}\n"


def _literal(value: object) -> str:
    return " | ".join(
        f"'{part}'" if isinstance(part, str) else str(part) for part in get_args(value)
    )


_PLAIN: Mapping[object, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    NoneType: "null",
    Any: "unknown",
    msgspec.Raw: "unknown",
}


def _type(hint: object) -> str:
    """A Python annotation in TypeScript."""
    for name, alias in ALIASES.items():
        if hint == alias:
            return name
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _type(args[0])
    if origin is Literal:
        return _literal(hint)
    if origin in (Union, UnionType):
        return " | ".join(_type(part) for part in args if part is not UnsetType)
    if origin is tuple:
        return _tuple(args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = map(_type, args)
        record = f"Record<{key}, {value}>"
        return f"Readonly<{record if key == 'string' else f'Partial<{record}>'}>"
    if isinstance(hint, type) and issubclass(hint, Struct | BaseModel):
        return hint.__name__
    raise TypeError(f"{hint!r} has no TypeScript form; teach server/types.py or use a plainer type")


def _tuple(args: tuple[Any, ...]) -> str:
    if args[-1] is not Ellipsis:
        return f"readonly [{', '.join(map(_type, args))}]"
    item = _type(args[0])
    return f"readonly ({item})[]" if " " in item and "<" not in item else f"readonly {item}[]"
