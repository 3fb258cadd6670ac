"""The rule book as docs/rules.md shows it: read off the scenarios, and off their tests."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from rules.scenario import (
    Cost,
    Effect,
    Effects,
    EndOfTurn,
    Modifier,
    Part,
    Reaction,
    Rule,
    Scaling,
    Scenario,
)
from server.library import Library
from tests.table import SHELF

STORIES = Path(__file__).resolve().parents[1] / "stories"
PAPER = "Easley 2007"


@cache
def book(scenario: str) -> Scenario:
    """A scenario without a fault."""
    parsed = Library().load(scenario)
    assert parsed.scenario is not None, parsed.problems
    return parsed.scenario


def shared() -> dict[str, Rule]:
    """The rules that every scenario has."""
    first, *others = (book(each).rules for each in SHELF)
    return {id: rule for id, rule in first.items() if all(id in rules for rules in others)}


def own(scenario: str) -> dict[str, Rule]:
    """The rules of one scenario alone, and those of the base that it words anew."""
    base = shared()
    return {id: rule for id, rule in book(scenario).rules.items() if base.get(id) != rule}


def chapter(rules: Mapping[str, Rule], tests: Mapping[str, tuple[str, ...]]) -> str:
    """A rule after the other: statement, formula, sources, and the tests that prove it."""
    return "".join(_rule(id, rule, tests.get(id, ())) for id, rule in rules.items())


def _rule(id: str, rule: Rule, tests: tuple[str, ...]) -> str:
    lines = [f"### {id} {rule.name['en']}", "", rule.say["en"].strip(), ""]
    lines += [f"- {line}" for line in formulas(rule)]
    lines += ["", f"Sources: {', '.join(rule.sources)}."]
    proofs = ", ".join(f"`{test}`" for test in tests) or "none yet"
    return "\n".join([*lines, f"Proved by: {proofs}.", "", ""])


def formulas(rule: Rule) -> Iterator[str]:
    """What a rule does, line by line, in the words of the scenario format."""
    for part in (*rule.reactions, *rule.modifiers, *rule.scalings, *rule.costs, *rule.end_of_turn):
        yield f"{_occasion(part)}: {_deed(part)}"


def _occasion(part: Part) -> str:
    match part:
        case Reaction():
            said = f"on *{part.on}*"
        case Modifier():
            said = "rolls"
        case Scaling():
            said = f"{part.which} in {_code(part.tracks)}"
        case Cost():
            said = "prices"
        case _:
            said = "at the end of a turn"
    if tags := getattr(part, "tags", ()):
        said += f" of {_code(tags)}"
    if by := getattr(part, "by", None):
        said += f" by {by}"
    if when := getattr(part, "when", None):
        said += f" when `{when}`"
    return said


def _deed(part: Part) -> str:
    match part:
        case Reaction(effects=effects) | EndOfTurn(effects=effects):
            return "; ".join(_effects(effects))
        case Modifier(add=add) | Cost(add=add):
            return f"add `{add}`"
        case Scaling(over=over, under=under):
            return f"count `{over}` / {under} of their size"
        case _:
            raise AssertionError(part)


def _effects(effects: Effects) -> Iterator[str]:
    for effect in effects:
        deeds = ", ".join(_deeds(effect))
        yield f"{deeds} if `{effect.when}`" if effect.when else deeds


def _deeds(effect: Effect) -> Iterator[str]:
    yield from (f"`{_moves(track, by)}`" for track, by in effect.change.items())
    yield from (f"`{track} = {to}`" for track, to in effect.to.items())
    yield from (f"{'set' if on else 'clear'} `{flag}`" for flag, on in effect.set.items())
    if effect.occur is not None:
        yield f"*{effect.occur.occasion}*"
    yield from (f"`{asset}` goes to {place}" for asset, place in effect.move.items())


def _moves(track: str, by: int | str) -> str:
    if isinstance(by, int) and by < 0:
        return f"{track} -= {-by}"
    return f"{track} += {' '.join(str(by).split())}"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


@cache
def proofs() -> Mapping[str, tuple[str, ...]]:
    """The tests named for each rule, as `test_r07_…` is for R07."""
    found = dict[str, tuple[str, ...]]()
    for file in sorted(STORIES.glob("test_*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                id = node.name.removeprefix("test_").partition("_")[0].upper()
                found[id] = (*found.get(id, ()), node.name)
    return found


def carriers() -> dict[str, list[str]]:
    """Each item of the paper, and what cites it in any scenario, first of each kind alone."""
    found = {
        item: list[str]()
        for each in SHELF
        for item, source in book(each).sources.items()
        if source.cite.startswith(PAPER)
    }
    for scenario in SHELF:
        for item, carrier in _citing(book(scenario)):
            if item in found and carrier not in found[item]:
                found[item].append(carrier)
    return found


def _citing(scenario: Scenario) -> Iterator[tuple[str, str]]:
    shelves = ("rules", "actions", "joint", "plan", "decisions", "injects", "aims", "debrief")
    for shelf in shelves:
        for id, part in getattr(scenario, shelf).items():
            yield from ((item, id) for item in part.sources)
    for id, pact in scenario.pacts.items():
        for option, taken in pact.options.items():
            yield from ((item, f"{id}/{option}") for item in taken.sources)
