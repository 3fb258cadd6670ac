"""The shape of a scenario document: what kind of value belongs at a path."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, TypeAlias, Union, get_args, get_origin

from .nodes import Path
from .scenario import Part, Scenario, Text

Kind: TypeAlias = Any
"""A type as the models write it: a Part, Text, Mapping[...], tuple[...], int, Literal[...], ..."""

TOP: Final[Kind] = Scenario


def bare(kind: Kind) -> Kind:
    """The kind without `Annotated` and without `None`."""
    if _origin(kind) is Annotated:
        return bare(get_args(kind)[0])
    if is_union(kind):
        members = [member for member in get_args(kind) if member is not NoneType]
        return bare(members[0]) if len(members) == 1 else Union[tuple(members)]  # noqa: UP007 (made at run time)
    return kind


def _origin(kind: Kind) -> object:
    return get_origin(kind)


def is_union(kind: Kind) -> bool:
    """Whether one of several kinds may stand here."""
    return _origin(kind) in (Union, UnionType)


def is_part(kind: Kind) -> bool:
    """Whether this is one of the models."""
    return isinstance(kind, type) and issubclass(kind, Part)


def is_entries(kind: Kind) -> bool:
    """Whether this is a mapping of ids to things, other than a text."""
    return kind != Text and _origin(kind) in (Mapping, dict)


def is_list(kind: Kind) -> bool:
    """Whether this is a list."""
    return _origin(kind) is tuple


def is_literal(kind: Kind) -> bool:
    """Whether this is one of a few words."""
    return _origin(kind) is Literal


def inside(kind: Kind, key: str | int) -> Kind | None:
    """The kind of what stands at `key` in a value of this kind; None if there is no such place."""
    if is_part(kind):
        info = kind.model_fields.get(key)
        return None if info is None else bare(info.annotation)
    if is_entries(kind):
        return bare(get_args(kind)[1])
    if is_list(kind) and isinstance(key, int):
        return bare(get_args(kind)[0])
    if is_union(kind):
        found = (inside(bare(member), key) for member in get_args(kind))
        return next((each for each in found if each is not None), None)
    return None


def only_texts(kind: Kind) -> bool:
    """Whether texts alone make a whole value of this kind."""
    if kind == Text:
        return True
    return is_part(kind) and all(
        bare(info.annotation) == Text for info in kind.model_fields.values() if info.is_required()
    )


def holds_texts(kind: Kind) -> bool:
    """Whether a text can stand somewhere below."""
    if kind == Text:
        return True
    if is_part(kind):
        return any(holds_texts(bare(info.annotation)) for info in kind.model_fields.values())
    if is_entries(kind) or is_list(kind):
        return any(holds_texts(bare(member)) for member in get_args(kind))
    return False


def follow(loc: tuple[str | int, ...]) -> tuple[Path, Kind]:
    """A pydantic error's location as a path of the document, and the kind that belongs there.

    pydantic also names the member of a union that it tried, and `[key]` for a key.
    """
    path: Path = ()
    kind: Kind = TOP
    for index, step in enumerate(loc):
        if step == "[key]":
            break
        if is_union(kind):
            tried = [bare(each) for each in get_args(kind) if inside(bare(each), 0) is not None]
            kind = tried[0] if tried and index + 1 < len(loc) else kind
            continue
        below = inside(kind, step)
        path = (*path, step)
        if below is None:
            return path, None
        kind = below
    return path, kind


def words(kind: Kind) -> str:
    """The kind in words, for an author."""
    if kind == Text:
        return "a text"
    if is_literal(kind):
        return f"one of {', '.join(map(str, get_args(kind)))}"
    if is_list(kind):
        return f"a list of {_plural(bare(get_args(kind)[0]))}"
    if is_part(kind):
        return "a mapping of keys such as " + ", ".join(
            f"`{key}`" for key in [*kind.model_fields][:3]
        )
    if is_entries(kind):
        return "a mapping of ids"
    if is_union(kind):
        members = {bare(each) for each in get_args(kind)}
        if members == {int, str}:
            return "a whole number or an expression"
        return " or ".join(words(member) for member in get_args(kind))
    return _WORDS.get(kind, "something else")


_WORDS: Final[Mapping[Kind, str]] = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "a word or an expression",
}


def _plural(kind: Kind) -> str:
    if is_literal(kind):
        return f"words out of {', '.join(map(str, get_args(kind)))}"
    if is_part(kind):
        return "mappings"
    return {int: "whole numbers", float: "numbers", str: "words"}.get(kind, "values")
