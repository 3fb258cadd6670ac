"""Whether play can come to what conditions wait for: what sets a flag may wait for it itself."""

from collections.abc import Iterator, Mapping
from typing import Final

from rules.grammar import names_in
from rules.nodes import Path, Problem

from .casts import cast
from .expressions import NEVER
from .reach import Span, Spans, possible, why_not
from .survey import Survey

_GATES: Final = ("needs", "when")


def brought_about(survey: Survey) -> Iterator[Problem]:
    """Needs, injects, objectives and ends that wait for a flag or clause that cannot come first."""
    known = _reached(survey)
    for path, trees in survey.conditions.items():
        what = NEVER.get(str(path[0]))
        loose, spans = survey.spans_at(path), survey.spans_at(path, known)
        if what is None or not any(possible(each, loose) for each in trees):
            continue  # one that cannot hold in any case is told by `reachable`
        if any(possible(each, spans) for each in trees):
            continue
        named = sorted(set().union(*map(names_in, trees)))
        stuck = [name for name in named if loose.get(name) == (0, 1) != spans.get(name)]
        ways = " and ".join(f"{name} stays {str(bool(spans[name][0])).lower()}" for name in stuck)
        ways = ways or why_not(trees[0], spans)
        instead = f"loosen it, or let something that can come before it change that: {ways}"
        yield survey.problem(path, what, instead)


def _reached(survey: Survey) -> Spans:
    """How far names go if each flag and clause changes only by what could come before."""
    scenario = survey.scenario
    known: dict[str, Span] = {
        **survey.spans,
        **{f"flag.{name}": (int(it.start),) * 2 for name, it in scenario.flags.items()},
        **dict.fromkeys(scenario.clause_names, (0, 0)),
    }
    before: Mapping[str, Span] = {}
    while before != known:
        before = dict(known)
        for name, value in _changes(survey, known):
            low, high = known.get(name, (value, value))
            known[name] = min(low, value), max(high, value)
    return known


def _changes(survey: Survey, known: Spans) -> Iterator[tuple[str, int]]:
    """What can newly come to be, as far as things have come."""
    for act in survey.acts:
        set_to = {
            (f"flag.{cast(key, who)}", int(value))
            for key, value in act.effect.set.items()
            for who in act.casts
        }
        new = [(name, value) for name, value in set_to if _is_new(known, name, value)]
        yield from new if new and _open(survey, act.path, known) else ()
    for name, (clause, option) in survey.scenario.clause_names.items():
        options = [option] if option else [*survey.scenario.plan[clause].options]
        ways: list[Path] = [("plan", clause, "options", each) for each in options]
        if _is_new(known, name, 1) and any(_open(survey, way, known) for way in ways):
            yield name, 1


def _is_new(known: Spans, name: str, value: int) -> bool:
    low, high = known.get(name, (value, value))
    return not low <= value <= high


def _open(survey: Survey, path: Path, known: Spans) -> bool:
    """Whether every condition on the way to a place can hold."""
    spans = survey.spans_at(path, known)
    gates = [(*path[:depth], gate) for depth in range(len(path) + 1) for gate in _GATES]
    trees = [survey.conditions[gate] for gate in gates if gate in survey.conditions]
    return all(any(possible(each, spans) for each in casts) for casts in trees)
