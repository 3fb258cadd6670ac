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
    """What can come to be, as far as things have come."""
    for act in survey.acts:
        for key, value in act.effect.set.items():
            if _open(survey, act.path, known):
                for name in {cast(key, who) for who in act.casts}:
                    yield f"flag.{name}", int(value)
    for name, (clause, option) in survey.scenario.clause_names.items():
        options = [option] if option else [*survey.scenario.plan[clause].options]
        if any(_open(survey, ("plan", clause, "options", each), known) for each in options):
            yield name, 1


def _open(survey: Survey, path: Path, known: Spans) -> bool:
    """Whether every condition on the way to a place can hold."""
    spans = survey.spans_at(path, known)
    gates = [(*path[:depth], gate) for depth in range(len(path) + 1) for gate in _GATES]
    trees = [survey.conditions[gate] for gate in gates if gate in survey.conditions]
    return all(any(possible(each, spans) for each in casts) for casts in trees)
