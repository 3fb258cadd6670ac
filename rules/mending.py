"""Makes a faulty document whole enough that the rest of it can still be checked."""

import json
from copy import deepcopy
from typing import Any, Final, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .nodes import Path
from .scenario import Scenario, Text
from .shape import Kind, bare, follow, is_entries, is_list, is_literal, is_part, is_union

_ROUNDS: Final = 6


def mend(document: dict[str, Any]) -> Scenario | None:
    """A scenario in which every faulty value is left out or blank; None if that is no help."""
    draft = deepcopy(document)
    for _ in range(_ROUNDS):
        try:
            return Scenario.model_validate_json(json.dumps(draft))
        except ValidationError as error:
            for details in reversed(error.errors(include_url=False)):
                _mend(draft, details)
    return None


def _mend(draft: dict[str, Any], details: ErrorDetails) -> None:
    path, kind = follow(details["loc"])
    holder: Any = draft
    for step in path[:-1]:
        holder = _below(holder, step)
    if not path or not isinstance(holder, dict | list):
        return
    if kind is None or details["loc"][-1] == "[key]":
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
        return
    value = _limit(details)
    _put(holder, path, blank(kind) if value is None else value)


def _put(holder: dict[str, Any] | list[Any], path: Path, value: object) -> None:
    match holder, path[-1]:
        case dict(), key:
            holder[str(key)] = value
        case list(), int(index) if index < len(holder):
            holder[index] = value
        case _:
            pass


def _below(holder: object, step: str | int) -> object:
    match holder, step:
        case dict(), _:
            return holder.get(step)
        case list(), int() if step < len(holder):
            return holder[step]
    return None


def _limit(details: ErrorDetails) -> int | None:
    """The nearest number that is allowed."""
    limits = details.get("ctx", {})
    match details["type"]:
        case "greater_than_equal":
            return int(limits["ge"])
        case "less_than_equal":
            return int(limits["le"])
    return None


def blank(kind: Kind) -> Any:
    """The plainest value of a kind."""
    if kind == Text or is_entries(kind):
        return {}
    if is_part(kind):
        return {
            name: blank(bare(info.annotation))
            for name, info in kind.model_fields.items()
            if info.is_required()
        }
    if is_list(kind):
        items = get_args(kind)
        return [] if Ellipsis in items else [blank(bare(item)) for item in items]
    if is_literal(kind):
        return get_args(kind)[0]
    if is_union(kind):
        return blank(bare(get_args(kind)[0]))
    return {bool: False, str: "blank"}.get(kind, 0)
