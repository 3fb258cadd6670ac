"""The JSON Schema of the structure files of a scenario, for editors."""

import json
from typing import Any, Final

from .scenario import Part, Scenario
from .shape import Kind, bare, inside, is_entries, is_part, only_texts

_TITLE: Final = "A structure file of a Virtual Alliance scenario"
_ABOUT: Final = (
    "A scenario folder holds any number of these; together, and laid over their base, they make "
    "one scenario. Names and other texts stand apart, in texts/."
)
_BASE: Final = {"type": "string", "description": "A folder beside this one to build on."}


def schema() -> dict[str, Any]:
    """What may stand in a structure file.

    Nothing is required, since a file may hold any part of a scenario, and may change a single
    value of its base.
    """
    whole = Scenario.model_json_schema()
    definitions = whole.pop("$defs")
    for part in _parts(Part):
        if part.__name__ in definitions:
            definitions[part.__name__] = _without_texts(part, definitions[part.__name__])
    top = _without_texts(Scenario, whole)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "title": _TITLE,
        "description": _ABOUT,
        "properties": {"base": _BASE, **top["properties"]},
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def schema_text() -> str:
    """The schema as it is kept in docs/scenario.schema.json."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _parts(kind: type[Part]) -> list[type[Part]]:
    return [each for child in kind.__subclasses__() for each in (child, *_parts(child))]


def _without_texts(part: type[Part], described: dict[str, Any]) -> dict[str, Any]:
    """A model's schema without its texts, and with no key required."""
    described = {key: value for key, value in described.items() if key != "required"}
    described["properties"] = {
        name: {key: value for key, value in about.items() if key != "title"}
        for name, about in described.get("properties", {}).items()
        if not _is_text(inside(part, name))
    }
    return described


def _is_text(kind: Kind | None) -> bool:
    """Whether texts alone stand here: one, or one for each id."""
    if kind is None or is_part(kind):
        return False
    return only_texts(kind) or (is_entries(kind) and _is_text(bare(inside(kind, ""))))
