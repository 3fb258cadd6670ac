"""The parts of the documentation that are read off the code.

A document holds such a part between `<!-- begin NAME -->` and `<!-- end NAME -->`. Written anew by
`.venv/bin/python -m tests.laws.manual`; a test fails while one is out of date.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import typer
import yaml
from msgspec import NODEFAULT, Meta
from msgspec.structs import replace
from pydantic import BaseModel

from rules import commands, grammar, nodes, scenario, seen
from rules.checks import CHECKS
from rules.commands import SeatCommand
from rules.may import GATES, Gate, gate
from rules.seen import View
from rules.state import Phase, State, Weight
from rules.view import SECTIONS
from server import api, presence, socket, watch, web
from server.__main__ import app
from server.app import UVICORN, create_app
from server.library import BASE, Library
from server.settings import Settings
from tests.laws import rulebook
from tests.table import SHELF, Table

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"(<!-- begin ([\w-]+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def manual(text: str) -> str:
    """A document with every part that is read off the code as the code has it now."""
    return BLOCK.sub(lambda found: f"{found[1]}{PARTS[found[2]]()}{found[3]}", text)


def documents() -> list[Path]:
    """Every document that is held to the code."""
    tops = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    return [*tops, *sorted(DOCS.rglob("*.md"))]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


# The wire


def _commands() -> str:
    rows = [
        (f"`{kind.__name__}`", _fields_of(kind), _who(GATES[kind]), _said(kind))
        for kind in get_args(SeatCommand)
    ]
    return table(("`type`", "fields", "who, and when", "what it asks for"), rows)


def _fields_of(kind: type) -> str:
    hints = get_type_hints(kind, include_extras=True)
    fields = msgspec.structs.fields(kind)
    return "<br>".join(
        f"`{info.encode_name}{'' if info.default is NODEFAULT else '?'}`: {form(hints[info.name])}"
        for info in fields
    )


def _who(gate: Gate) -> str:
    who = "anybody but observers" if gate.side == "any" else f"a {gate.side} seat"
    if gate.side == "control":
        who = "control"
    if gate.rights:
        who += f" with {_or(f'`{right}`' for right in gate.rights)}"
    if gate.authority:
        who += " and the team's authority"
    phases = get_args(Phase)
    if gate.phases != phases:
        who += f"; {_or(gate.phases)}"
    return who


_WHITE_CELL = {
    "lead": "control.lead",
    "adjudicator": "control.adjudicator",
    "cell": "control.pyongyang",
    "observer": "observer.control",
}


def _white_cell() -> str:
    """What each role of the white cell may do, as the rules themselves say in some phase."""
    lobby = Table().state
    rows = [
        (f"`{kind.__name__}`", _said(kind).partition(". ")[0].rstrip("."), *may)
        for kind in get_args(SeatCommand)
        if kind is not commands.HandOver  # the lead's alone, by whose right it hands on
        if any(may := [_may(lobby, seat, kind) for seat in _WHITE_CELL.values()])
    ]
    return table(("command", "what it asks for", *_WHITE_CELL), rows)


def _may(state: State, seat: str, kind: type[commands.Command]) -> str:
    phases = (replace(state, phase=phase) for phase in get_args(Phase))
    return "yes" if any(gate(each, seat, kind) is None for each in phases) else ""


def _or(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def _said(kind: Any) -> str:
    return " ".join(inspect.cleandoc(kind.__doc__ or "").split())


_NAMED: Mapping[str, object] = {
    "capital": scenario.Capital,
    "team": scenario.Team,
    "eyes": scenario.Eyes,
    "right": scenario.Right,
    "grade": scenario.Grade,
    "style": scenario.Style,
    "weight": Weight,
    "method": scenario.Method,
    "confidence": scenario.Confidence,
    "occasion": scenario.Occasion,
    "text": scenario.Text,
    "id": scenario.Id,
    "effects": scenario.Effects,
    "handle": commands.Handle,
}
_PLAIN: Mapping[object, str] = {
    str: "string",
    int: "whole number",
    float: "number",
    bool: "true or false",
    NoneType: "null",
}


def form(hint: object) -> str:
    """A type in words."""
    for name, known in _NAMED.items():
        if hint == known:
            return name
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return form(args[0]) + _limits_of(args[1:])
    if origin is Literal:
        return _or(f'`"{arg}"`' if isinstance(arg, str) else f"`{arg}`" for arg in args)
    if origin in (Union, UnionType):
        return _or(form(arg) for arg in args)
    if origin is tuple:
        if args[-1] is not Ellipsis:
            return f"[{', '.join(map(form, args))}]"
        return f"list of {form(args[0])}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, value = map(form, args)
        value = f"({value})" if value.startswith("map") else value
        return f"map of {value} by {'name' if key == 'string' else key}"
    assert isinstance(hint, type), hint
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _limits_of(metas: Iterable[object]) -> str:
    said = list[str]()
    for meta in metas:
        if isinstance(meta, Meta):
            if meta.max_length is not None:
                said.append(f"{meta.min_length or 0} to {meta.max_length} characters")
            if meta.ge is not None and meta.le is not None:
                said.append(f"{meta.ge} to {meta.le}")
    return f" ({', '.join(said)})" if said else ""


_WHOSE = {"all": "all alike", "eyes": "one's eyes", "seat": "the seat"}


def _sections() -> str:
    hints = get_type_hints(View)
    rows = [
        (
            f"`{part.name}`",
            _shape(hints[part.name]),
            _WHOSE[part.by],
            _about(part.name, hints[part.name]),
        )
        for part in SECTIONS
    ]
    return table(("section", "shape in `protocol.ts`", "depends on", "what it is"), rows)


def _shape(hint: object) -> str:
    kinds = list(_kinds(hint))
    if not kinds:
        return form(hint)
    names = " or ".join(f"`{kind.__name__}`" for kind in kinds)
    origin = get_origin(hint)
    if origin is tuple:
        return f"list of {names}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"map of {names} by id"
    return f"{names}, or null" if NoneType in get_args(hint) else names


_OF_NO_SHAPE = {
    "can": "The commands this seat may send now.",
    "terms": "What the flags, derived values and findings are called whose values may be seen.",
}
"""What the sections are that have no shape of their own to say it."""


def _about(name: str, hint: object) -> str:
    return " ".join(_said(kind) for kind in _kinds(hint)) or _OF_NO_SHAPE[name]


def _kinds(hint: object) -> Iterator[type]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct | BaseModel):
        yield hint
    for arg in get_args(hint):
        yield from _kinds(arg)


def _feed_items() -> str:
    rows = [(f"`{kind.__name__}`", _said(kind)) for kind in get_args(seen.FeedItem)]
    return table(("item", "what it is"), rows)


def _limits() -> str:
    settings = {name: field.default for name, field in Settings.model_fields.items()}
    return table(
        ("limit", "value", "beyond it"),
        [
            ("a frame to the server", f"{socket.FRAME_LIMIT // 1024} KiB", "close 1009"),
            ("the first frame", f"within {socket.INTRODUCTION:.0f} s", "close 4401"),
            (
                "frames a second",
                f"{settings['rate']:.0f}, and {settings['burst']} at once",
                f"`too_fast`; close 1008 after {socket.OVERFLOW}",
            ),
            ("frames that are not understood", f"{socket.PATIENCE}", "close 1003"),
            (
                "answers not yet taken by the reader",
                f"{socket.UNSENT}",
                "nothing more is read from the socket until they are",
            ),
            (
                "silence",
                "a ping every {ws_ping_interval:.0f} s, answered within "
                "{ws_ping_timeout:.0f} s".format(**UVICORN),
                "the connection is dropped",
            ),
            ("a sign of typing", f"counts for {presence.WRITING:.0f} s", "send it again"),
            ("items of a feed on joining, and in a page", f"{watch.NEWEST}", "ask for a page"),
            ("sockets of one server", f"{settings['sockets']:,}", "close 1013"),
            (
                "the body of a request",
                f"{web.BODY_LIMIT // 1024} KiB; {web.IMPORT_LIMIT // 1024**2} MiB to import",
                "413",
            ),
            (
                "wrong secrets from one address",
                f"{api.Guesses.ALLOWED} in {api.Guesses.WITHIN:.0f} s",
                "429",
            ),
        ],
    )


def _refusals() -> str:
    said = dict[str, dict[str, None]]()
    for path in sorted((ROOT / "rules").glob("*.py")):
        for code, sentence in _refused_in(ast.parse(path.read_text("utf-8"))):
            said.setdefault(code, {})[sentence] = None
    rows = [(f"`{code}`", "<br>".join(said[code])) for code in sorted(said) if code != "house"]
    return table(("code", "says"), rows)


def _refused_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("Refused"), args=[ast.Constant(str(code)), say, _]):
                yield code, _sentence(say)


def _sentence(node: ast.expr) -> str:
    """What a string says, with … for what is filled in."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(_sentence(part) for part in parts)
        case ast.Subscript():
            return "Not in this phase of the game."
        case _:
            return "…"


def _requests() -> str:
    """The requests of the HTTP interface, as it describes itself."""
    rows = [
        (f"`{method.upper()} {path}`", asked.get("description", "").strip())
        for path, methods in create_app(Settings()).openapi()["paths"].items()
        for method, asked in methods.items()
    ]
    return table(("request", "what it does"), rows)


def _problems() -> str:
    """The codes of the problems that requests meet, beside those that the rules refuse with."""
    said = dict[str, tuple[str, str]]()
    for name in ("api", "auth", "problem", "socket", "web"):
        tree = ast.parse((ROOT / "server" / f"{name}.py").read_text("utf-8"))
        for status, code, sentence in _troubles_in(tree):
            said.setdefault(code, (status, sentence))
    rows = [
        (f"`{code}`", status, "what and where" if say == "…" else say)
        for code, (status, say) in sorted(said.items())
    ]
    return table(("code", "status", "says"), rows)


def _troubles_in(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Name("Trouble" | "_turn_away"),
                args=[*_, ast.Constant(int(status)), ast.Constant(str(code)), say]
                | [*_, ast.Constant(int(status)), ast.Constant(str(code)), say, _],
            ):
                yield str(status), code, _sentence(say)
            case ast.ClassDef("Unknown" | "Revoked" as name):
                for call in ast.walk(node):
                    match call:
                        case ast.Call(args=[ast.Constant(str(code)), say, _]):
                            yield "401" if name == "Unknown" else "403", code, _sentence(say)


# Scenario files


def _parts() -> str:
    return "\n".join(_part(kind) for kind in _all_parts())


def _all_parts() -> list[type[BaseModel]]:
    """Every part of a scenario, the whole first, then as they are met."""
    found = dict[type[BaseModel], None]()

    def visit(kind: type[BaseModel]) -> None:
        if kind in found:
            return
        found[kind] = None
        for field in kind.model_fields.values():
            for inner in _kinds(field.annotation):
                visit(inner)

    visit(scenario.Scenario)
    return list(found)


def _part(kind: type[BaseModel]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        (
            f"`{name}`",
            form(hints[name]) + _bounds(field.metadata),
            "needed" if field.is_required() else f"`{_default(field.default)}`",
        )
        for name, field in kind.model_fields.items()
    ]
    body = table(("key", "value", "if left out"), rows)
    return f"### {kind.__name__}\n\n{_said(kind)}\n\n{body}"


def _bounds(metadata: Iterable[object]) -> str:
    low = [int(bound) for m in metadata if (bound := getattr(m, "ge", None)) is not None]
    high = [int(bound) for m in metadata if (bound := getattr(m, "le", None)) is not None]
    if low and high:
        return f" ({low[0]} to {high[0]})"
    return f" (at least {low[0]})" if low else ""


def _default(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case BaseModel():
            return ", ".join(f"{key}: {each}" for key, each in value.model_dump().items())
        case () | {}:
            return "none"
        case _:
            return str(value)


def _functions() -> str:
    said = {
        "abs": "the number without its sign",
        "ceildiv": "the first divided by the second, rounded up",
        "clamp": "the first, but not below the second nor above the third",
        "floordiv": "the first divided by the second, rounded down",
        "greatest": "the greatest of them",
        "least": "the least of them",
    }
    rows = [
        (f"`{name}`", _or(map(str, counts)), said[name])
        for name, counts in grammar.FUNCTIONS.items()
    ]
    return table(("function", "arguments", "gives"), rows)


def _bounds_of_files() -> str:
    return table(
        ("limit", "value"),
        [
            ("a file", f"{nodes.LARGEST // 1024**2} MiB"),
            ("a file with its aliases unfolded", f"{nodes.UNFOLDED // 1024**2} MiB"),
            ("nesting of a file", f"{nodes.DEEPEST} levels"),
            ("an expression", f"{grammar.LONGEST:,} characters, {grammar.DEEPEST} levels"),
        ],
    )


def _checks() -> str:
    return table(("check", "finds"), [(f"`{each.__name__}`", _said(each)) for each in CHECKS])


# The command line


def _command_line() -> str:
    verbs = vars(typer.main.get_command(app))["commands"]
    return "\n".join(_verb(name, verb) for name, verb in verbs.items())


def _verb(name: str, verb: Any) -> str:
    rows = []
    for option in verb.params:
        spelt = f"`{', '.join(option.opts)}`"
        if option.param_type_name == "argument":
            spelt = f"`{option.name.upper()}{'…' if option.nargs == -1 else ''}`"
        rows.append((spelt, getattr(option, "help", None) or "", _unless(option)))
    body = table(("argument or option", "what it is", "if left out"), rows)
    return f"### alliance {name}\n\n{' '.join((verb.help or '').split())}\n\n{body}"


def _unless(option: Any) -> str:
    if option.required:
        return "needed"
    if getattr(option, "is_flag", False):
        return "off"
    return "" if option.default is None else f"`{option.default}`"


def _rules_of(scenario: str) -> str:
    return rulebook.chapter(rulebook.own(scenario), rulebook.proofs())


def _base_tracks() -> str:
    texts, tracks = (_base(name)["tracks"] for name in ("texts/en/tracks", "tracks"))
    rows = (
        (
            f"`{name}`",
            texts[name]["name"],
            str(track["start"]),
            ", ".join(by) if isinstance(by := track.get("visible", "public"), list) else by,
        )
        for name, track in tracks.items()
    )
    return table(("track", "is", "begins at", "seen by"), rows)


def _base_tags() -> str:
    found = dict[str, list[str]]()
    for id, rule in rulebook.shared().items():
        tagged = (rule.reactions, rule.modifiers, rule.scalings, rule.costs)
        tags = {tag for parts in tagged for part in parts for tag in part.tags}
        for tag in sorted(tags):
            found.setdefault(tag, []).append(id)
    names = {id: rule.name["en"] for id, rule in rulebook.shared().items()}
    rows = (
        (f"`{tag}`", ", ".join(f"{id} {names[id]}" for id in ids))
        for tag, ids in sorted(found.items())
    )
    return table(("tag", "noticed by"), rows)


def _base(name: str) -> Any:
    path = Library().root / BASE / f"{name}.yaml"
    return yaml.safe_load(path.read_text("utf-8"))


def _carriers() -> str:
    rows = (
        (item, ", ".join(found[:6]) or "context only")
        for item, found in sorted(rulebook.carriers().items())
    )
    return table(("item", "carried by"), rows)


PARTS: Mapping[str, Callable[[], str]] = {
    "commands": _commands,
    "sections": _sections,
    "feed-items": _feed_items,
    "limits": _limits,
    "refusals": _refusals,
    "requests": _requests,
    "problems": _problems,
    "parts": _parts,
    "functions": _functions,
    "file-limits": _bounds_of_files,
    "checks": _checks,
    "command-line": _command_line,
    "white-cell": _white_cell,
    "rules-base": lambda: rulebook.chapter(rulebook.shared(), rulebook.proofs()),
    **{f"rules-{name}": partial(_rules_of, name) for name in SHELF},
    "base-tracks": _base_tracks,
    "base-tags": _base_tags,
    "carriers": _carriers,
}


if __name__ == "__main__":
    for document in documents():
        before = document.read_text("utf-8")
        if (after := manual(before)) != before:
            document.write_text(after, encoding="utf-8")
