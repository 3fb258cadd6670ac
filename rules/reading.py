"""Reads the files of a scenario folder, and says all that is wrong with them at once."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import Any, Final, get_args

from msgspec import structs
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from . import nodes
from .mending import mend
from .nodes import Node, Path, Problem, Spot, problem, repeat
from .scenario import Scenario, Text
from .shape import (
    TOP,
    Kind,
    bare,
    follow,
    inside,
    is_entries,
    is_list,
    is_literal,
    is_part,
    only_texts,
    words,
)

__all__ = ["Parsed", "Places", "Problem", "base_of", "parse"]

BASE: Final = "base"
_NEED_ALL: Final = frozenset({"missing", "texts", "languages"})
"""Complaints that may only come of a file that could not be read."""


class Places:
    """Where each value of the merged document was written."""

    def __init__(self, top: Node) -> None:
        self._top = top

    def at(self, *path: str | int) -> Spot:
        """Where a value stands, or the nearest that there is above it."""
        return self._deepest(path).place

    def key(self, *path: str | int) -> Spot:
        """Where the key of a value stands."""
        node = self._deepest(path)
        return node.key or node.spot

    def node(self, *path: str | int) -> Node | None:
        """The value itself with its places."""
        here: Node | None = self._top
        for step in path:
            here = _below(here, step)
        return here

    def _deepest(self, path: Path) -> Node:
        here = self._top
        for step in path:
            below = _below(here, step)
            if below is None:
                break
            here = below
        return here


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the files say. `scenario` is there if reading found no error.

    `draft` is what can still be checked of it if there was one; `unread` says that it lacks a file,
    `mute` that the only ones it lacks are of texts.
    """

    document: dict[str, Any]
    scenario: Scenario | None
    problems: tuple[Problem, ...]
    places: Places
    draft: Scenario | None
    unread: bool
    mute: bool = False
    home: str = ""

    def at_home(self, problem: Problem) -> bool:
        """Whether a problem is in the scenario's own folder, not in its base's."""
        return _folder(problem.file) == self.home


def base_of(files: Mapping[str, bytes]) -> str | None:
    """The folder beside this one that a scenario folder builds on, if it names one."""
    for path, content in files.items():
        if not _language(path):
            top, _ = nodes.read(path, content)
            base = _below(top, BASE)
            if base is not None and isinstance(base.value, str):
                return base.value
    return None


def parse(files: Mapping[str, bytes], over: Mapping[str, bytes] | None = None) -> Parsed:
    """Reads one scenario: the files of its base, if it has one, and then its own.

    What the files of `over` say is laid over both, one after another.
    """
    reading = _Reading()
    for file, content in files.items():
        reading.take(file, content)
    for file, content in (over or {}).items():
        reading.take_over(file, content)
    top = reading.merge()
    document = {key: node.plain() for key, node in top.entries.items()}
    places = Places(top)
    scenario, faults = _validate(document, reading, places)
    problems = [*reading.problems, *faults, *reading.missing_texts(top)]
    if reading.unread:
        problems = [each for each in problems if each.check not in _NEED_ALL]
    draft = scenario or mend(document)
    if any(each.level == "error" for each in problems):
        scenario = None
    return Parsed(
        document,
        scenario,
        sort(problems),
        places,
        draft,
        unread=reading.unread,
        mute=reading.unread and not reading.shapeless,
        home=reading.home,
    )


def sort(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by place, each once."""
    return tuple(
        sorted(set(problems), key=lambda each: (each.file, each.line, each.column, each.say))
    )


def did_you_mean(name: str, known: Sequence[str], what: str) -> str:
    """Advice for a name that is not known."""
    close = get_close_matches(name, known, 1, 0.5)
    if close:
        return f"did you mean {close[0]}?"
    if not known:
        return f"there are no {what} here"
    shown = ", ".join(known[:12])
    return f"the {what} are {shown}{', …' if len(known) > 12 else ''}"


@dataclass(slots=True)
class _Reading:
    """The files read so far, by folder."""

    problems: list[Problem] = field(default_factory=list)
    structures: dict[str, Node] = field(default_factory=dict)
    texts: dict[str, dict[str, Node]] = field(default_factory=dict)
    pages: dict[str, Node] = field(default_factory=dict)
    replaced: dict[Path, Node] = field(default_factory=dict)
    over: list[Node] = field(default_factory=list)
    unread: bool = False
    shapeless: bool = False

    def take(self, file: str, content: bytes) -> None:
        """Reads a file and joins it with the others of its folder."""
        folder, language = _folder(file), _language(file)
        top, problems = nodes.read(file, content)
        self.problems += problems
        if top is None and problems:
            self.unread = True
            self.shapeless = self.shapeless or language is None
        start = Node(Spot(file, 1, 1), {})
        self.structures.setdefault(folder, start)
        if top is None:
            return
        if language is None:
            _join(self.structures[folder], top, 2, self.problems)
            return
        self.pages[file] = top
        texts = self.texts.setdefault(folder, {}).setdefault(language, start)
        _join(texts, top, nodes.DEEPEST, self.problems)

    @property
    def home(self) -> str:
        """The scenario's own folder: it comes after its base's."""
        return next(reversed(self.structures), "")

    def take_over(self, file: str, content: bytes) -> None:
        """Reads a file that is to be laid over all others."""
        top, problems = nodes.read(file, content)
        self.problems += problems
        if top is not None:
            self.over.append(top)

    def merge(self) -> Node:
        """One document: base, scenario, and in them the texts of every language."""
        self._check_base()
        top = Node(Spot(next(iter(self.structures), "scenario.yaml"), 1, 1), {})
        for structure in (*self.structures.values(), *self.over):
            top = _overlay(top, structure)
        top.entries.pop(BASE, None)
        languages = _languages(top)
        for folder, texts in self.texts.items():
            for language, tree in texts.items():
                if languages and language not in languages:
                    if folder == self.home:  # a base may speak more than its scenario
                        self._unknown_language(language, tree, languages)
                    continue
                _TextLayer(language, self.problems, self.replaced).lay(top, tree, TOP, ())
        return top

    def _check_base(self) -> None:
        *bases, own = self.structures.items() or [("", Node(Spot("", 1, 1), {}))]
        for folder, structure in [*bases, own]:
            named = _below(structure, BASE)
            if named is None:
                continue
            known = [PurePosixPath(each).name for each, _ in bases]
            if folder != own[0]:
                say, instead = "a base has no base of its own", "delete this line"
            elif named.value in known:
                continue
            else:
                self.unread = self.shapeless = True
                say = f'there is no folder "{named.text}" beside this one'
                instead = "name one in scenario.yaml, as in `base: base`"
            self.problems.append(problem(named.spot, (BASE,), say, instead, "base"))

    def _unknown_language(self, language: str, tree: Node, languages: Sequence[str]) -> None:
        self.problems.append(
            problem(
                tree.spot,
                (),
                f'"{language}" is not among the languages of this scenario',
                f"add it to `languages`, or keep to {', '.join(languages)}",
                "languages",
            )
        )

    def missing_texts(self, top: Node) -> Iterator[Problem]:
        """Each text that is not there in every language."""
        languages = _languages(top)
        for path, node in _text_places(top, TOP, ()):
            missing = [each for each in languages if not _says(node.entries.get(each))]
            if missing:
                yield self.missing_text(path, missing, node)
            elif path in self.replaced:
                yield from self._half_replaced(path, node)

    def _half_replaced(self, path: Path, node: Node) -> Iterator[Problem]:
        """A warning that a text is a scenario's own in some languages, and its base's in others."""
        new = self.replaced[path]
        folder = _folder(new.spot.file)
        old = [each for each, said in node.entries.items() if _folder(said.spot.file) != folder]
        if old:
            where = ".".join(map(str, path))
            say = f"the text {where} replaces that of the base, but not in {', '.join(old)}"
            warning = problem(new.place, path, say, "write it in those languages too", "languages")
            yield structs.replace(warning, level="warning")

    def missing_text(self, path: Path, missing: Sequence[str], near: Node) -> Problem:
        """The problem that a text is not there in some languages, at where it should be."""
        where = ".".join(map(str, path))
        return problem(
            self._home(path, missing[0], near),
            path,
            f"the text {where} is missing in {', '.join(missing)}",
            "write it here" + (" and in the other languages" if len(missing) > 1 else ""),
            "languages",
        )

    def _home(self, path: Path, language: str, near: Node) -> Spot:
        """Where the text at `path` should be written in `language`."""
        for other, node in near.entries.items():
            if _language(node.spot.file) == other:
                file = _in_language(node.spot.file, language)
                page = self.pages.get(file)
                return Spot(file, 1, 1) if page is None else Places(page).at(*path)
        best, depth = Spot(self._new_page(near.spot.file, language), 1, 1), 0
        for file, page in self.pages.items():
            if _language(file) == language and (found := _depth(page, path)) >= max(depth, 1):
                best, depth = Places(page).at(*path), found
        return best

    def _new_page(self, file: str, language: str) -> str:
        """The file for texts of what stands in `file`, in the way of the other texts beside it."""
        folder, page = _folder(file), PurePosixPath(file).name
        beside = [each for each in self.pages if _folder(each) == folder]
        if any(PurePosixPath(each).parent.name != "texts" for each in beside):
            return f"{folder}/texts/{language}/{page}"
        return f"{folder}/texts/{language}.yaml"


def _folder(file: str) -> str:
    """The scenario folder that a file belongs to."""
    path = PurePosixPath(file)
    for above in path.parents[:2]:
        if above.name == "texts":
            return str(above.parent)
    return str(path.parent)


def _language(file: str) -> str | None:
    """The language of a file of texts: texts/en.yaml, texts/en/actions.yaml."""
    path = PurePosixPath(file)
    if path.parent.name == "texts":
        return path.stem
    if path.parent.parent.name == "texts":
        return path.parent.name
    return None


def _in_language(file: str, language: str) -> str:
    """The file that holds the same texts in another language."""
    path = PurePosixPath(file)
    if path.parent.name == "texts":
        return str(path.with_stem(language))
    return str(path.parent.with_name(language) / path.name)


def _languages(top: Node) -> list[str]:
    node = _below(top, "languages")
    if node is None or not isinstance(node.value, list):
        return []
    return [each.value for each in node.value if isinstance(each.value, str)]


def _below(node: Node | None, step: str | int) -> Node | None:
    match node.value if node is not None else None:
        case dict(entries):
            return entries.get(str(step))
        case list(items) if isinstance(step, int) and step < len(items):
            return items[step]
    return None


def _depth(node: Node, path: Path) -> int:
    here: Node | None = node
    for depth, step in enumerate(path):
        here = _below(here, step)
        if here is None:
            return depth
    return len(path)


def _says(node: Node | None) -> bool:
    return node is not None and bool((node.text or "").strip()) and node.value is not None


def _copy(node: Node) -> Node:
    """A node of its own: aliased nodes must not share what is laid over them."""
    match node.value:
        case dict(entries):
            return replace(node, value={key: _copy(each) for key, each in entries.items()})
        case list(items):
            return replace(node, value=[_copy(each) for each in items])
    return replace(node)


def _join(first: Node, second: Node, depth: int, problems: list[Problem], at: Path = ()) -> None:
    """Adds what a second file of a folder says to the first; nothing may be said twice."""
    for key, node in second.entries.items():
        there = first.entries.get(key)
        if there is None:
            first.entries[key] = _copy(node)
        elif depth > 1 and isinstance(there.value, dict) and isinstance(node.value, dict):
            _join(there, node, depth - 1, problems, (*at, key))
        else:
            problems.append(repeat(node.key or node.spot, there.key or there.spot, (*at, key)))


def _overlay(under: Node, over: Node) -> Node:
    """The scenario laid over its base: mappings merge, anything else replaces."""
    if not isinstance(under.value, dict) or not isinstance(over.value, dict):
        return _copy(over)
    merged = dict(under.value)
    for key, node in over.value.items():
        merged[key] = _overlay(merged[key], node) if key in merged else _copy(node)
    return replace(over, value=merged)


@dataclass(frozen=True, slots=True)
class _TextLayer:
    """Lays the texts of one language into the document."""

    language: str
    problems: list[Problem]
    replaced: dict[Path, Node]

    def lay(self, under: Node, text: Node, kind: Kind, path: Path) -> None:
        """Puts what `text` holds at the places of `under`, which has this kind."""
        if is_list(kind):
            self._lay_items(under, text, kind, path)
        elif isinstance(text.value, dict) and (is_part(kind) or is_entries(kind)):
            for key, node in text.value.items():
                self._lay_key(under, key, node, kind, (*path, key))
        else:
            self._refuse(text.place, path, "no text belongs here", f"{words(kind)} is wanted")

    def _lay_key(self, under: Node, key: str, node: Node, kind: Kind, path: Path) -> None:
        if not isinstance(under.value, dict):
            return
        place = node.key or node.spot
        below = inside(kind, key)
        there = under.value.get(key)
        if below is None:
            advice = did_you_mean(key, [*kind.model_fields], "keys")
            self._refuse(place, path, f'there is no key "{key}" here', advice)
        elif below == Text:
            self._lay_text(under.value, key, node, path)
        elif there is not None:
            self.lay(there, node, below, path)
        elif is_entries(below) or (is_entries(kind) and only_texts(below)) or is_part(kind):
            under.value[key] = Node(place, {}, key=place)
            self.lay(under.value[key], node, below, path)
        else:
            advice = did_you_mean(key, [*under.value], "ids")
            self._refuse(place, path, f'there is no "{key}" to have this text', advice)

    def _lay_text(self, entries: dict[str, Node], key: str, node: Node, path: Path) -> None:
        if node.text is None:
            self._refuse(node.place, path, "a text is wanted here", "write one text")
            return
        there = entries.get(key)
        if there is None or there.value is None:
            there = entries[key] = Node(node.key or node.spot, {}, key=node.key)
        value = None if node.value is None else node.text
        if self.language in there.entries:
            self.replaced[path] = node
        there.entries[self.language] = replace(node, value=value)

    def _lay_items(self, under: Node, text: Node, kind: Kind, path: Path) -> None:
        """A list of texts goes into a list item by item; {} leaves one out. So does {0: ...}."""
        if not isinstance(under.value, list):
            self._refuse(text.place, path, "there is no list here to have texts", "delete this")
            return
        match text.value:
            case list(items):
                pairs = list(enumerate(items))
            case dict(entries) if all(key.isdecimal() for key in entries):
                pairs = [(int(key), node) for key, node in entries.items()]
            case _:
                self._refuse(text.place, path, "a list is wanted here", "begin each item with `-`")
                return
        for index, node in pairs:
            if index >= len(under.value):
                count = len(under.value)
                self._refuse(
                    node.place, (*path, index), f"the list here has {count} items", "delete this"
                )
            elif node.value is not None:
                self.lay(under.value[index], node, inside(kind, index), (*path, index))

    def _refuse(self, spot: Spot, path: Path, say: str, instead: str) -> None:
        self.problems.append(problem(spot, path, say, instead, "texts"))


def _text_places(node: Node, kind: Kind | None, path: Path) -> Iterator[tuple[Path, Node]]:
    """Every text of the document, in whatever languages it is."""
    if kind == Text:
        if isinstance(node.value, dict):
            yield path, node
        return
    match node.value:
        case dict(entries) if kind is not None:
            for key, below in entries.items():
                yield from _text_places(below, inside(kind, key), (*path, key))
        case list(items) if kind is not None:
            for index, below in enumerate(items):
                yield from _text_places(below, inside(kind, index), (*path, index))


def _validate(
    document: dict[str, Any], reading: _Reading, places: Places
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario, or every complaint about the document in an author's words."""
    try:
        return Scenario.model_validate_json(json.dumps(document)), []
    except ValidationError as error:
        found: dict[Path, Problem] = {}
        for details in error.errors(include_url=False):
            path, kind = follow(details["loc"])
            if path not in found:
                found[path] = _translate(details, path, kind, reading, places)
        return None, list(found.values())


def _translate(
    details: ErrorDetails, path: Path, kind: Kind | None, reading: _Reading, places: Places
) -> Problem:
    match details["type"]:
        case "missing" if kind == Text:
            languages = list(_languages(places.node() or Node(places.at(), {}))) or ["en"]
            near = places.node(*path[:-1]) or Node(places.at(*path), {})
            return reading.missing_text(path, languages, near)
        case "missing":
            say, instead = f"`{path[-1]}` is missing", f"write `{path[-1]}:` and {words(kind)}"
            return problem(places.at(*path), path, say, instead, "missing")
        case "extra_forbidden":
            _, above = follow(path[:-1])
            advice = did_you_mean(str(path[-1]), [*above.model_fields], "keys")
            say = f'there is no key "{path[-1]}" here'
            return problem(places.key(*path), path, say, advice, "keys")
        case _ if details["loc"] and details["loc"][-1] == "[key]":
            _, above = follow(path[:-1])
            say, instead = _key_fault(str(path[-1]), above)
            return problem(places.key(*path), path, say, instead, "ids")
    say, instead = _value_fault(details, kind)
    return problem(places.at(*path), path, say, instead, "types")


def _key_fault(key: str, above: Kind | None = None) -> tuple[str, str]:
    """What is wrong with an id: it is none of a few words, or no id at all."""
    keys = bare(get_args(above)[0]) if is_entries(above) else None
    if is_literal(keys):
        return f'there is no "{key}" here', did_you_mean(key, get_args(keys), "keys")
    return (
        f'"{key}" cannot be an id',
        "use letters, digits and . - _ ' +, beginning with a letter or digit, at most 60",
    )


def _value_fault(details: ErrorDetails, kind: Kind | None) -> tuple[str, str]:
    """What is wrong with a value, and what would be right."""
    value, limits = details["input"], details.get("ctx", {})
    match details["type"]:
        case "greater_than_equal":
            return f"{value} is too small", f"write {limits['ge']} or more"
        case "less_than_equal":
            return f"{value} is too large", f"write {limits['le']} or less"
        case "string_pattern_mismatch" | "string_too_long":
            return _key_fault(str(value))
    if value is None and is_part(kind):
        say = "nothing stands here, and nothing takes away what a base has"
        return say, f"write {words(kind)}, or delete the line"
    if value is None and kind == int | str:
        return "there is no value here", "write one; an expression with a comma needs quotes"
    shown = _shown(value)
    wanted = words(kind)
    if kind == Text and isinstance(value, str):
        return "a text stands here among the structure", "write it in texts/ for each language"
    if is_literal(kind) and isinstance(value, str):
        options = [str(each) for each in get_args(kind)]
        close = get_close_matches(value, options, 1, 0.5)
        return f"{shown} is not {wanted}", f"write {close[0] if close else 'one of them'}"
    if isinstance(value, float):
        whole = f"write {value:.0f}" if value.is_integer() else f"write {wanted}"
        return f"{value} is no whole number, and tracks and numbers here are whole", whole
    if kind is str and isinstance(value, bool | int | float):
        return f"{shown} is not a text for the file", f'put it in quotes: "{shown}"'
    if kind is bool and value in ("yes", "on", "no", "off"):
        return f"{shown} is not true or false", f"write {str(value in ('yes', 'on')).lower()}"
    if is_list(kind) and not isinstance(value, list | dict):
        return f"{shown} is no list", f"write [{value}]" if value is not None else f"write {wanted}"
    return f"{shown} is not {wanted}", f"write {wanted}"


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case str():
            return f'"{value[:40]}"'
    return str(value)
