"""Checks of whether what is on the menus can ever be had: its price, its turn, its consent."""

from collections.abc import Iterator

from rules.grammar import Chain, Tree
from rules.nodes import Path, Problem
from rules.scenario import Action, Clause, Doing, JointAction, PlanPhase

from .reach import possible
from .survey import Survey


def budget(survey: Survey) -> Iterator[Problem]:
    """Actions, joint actions and clauses that no capital could ever pay for."""
    for path, doing, _ in survey.doings:
        turns = openings(survey, path, doing)
        most = max((_points(survey, turn) for turn in turns), default=None)
        cheapest = max(0, doing.cost + sum(_changes(survey, doing)))
        if most is not None and cheapest > most:
            say = f"this costs {cheapest} points and a capital never has more than {most}"
            if len(turns) < len(tuple(_taking(survey, path, doing))):
                say += " while it can be had"
            advice = f"write {max(0, most - cheapest + doing.cost)} or less, or raise `points`"
            yield survey.problem((*path, "cost"), say, advice)


def openings(survey: Survey, path: Path, doing: Doing) -> tuple[int, ...]:
    """The turns in which something could be ordered or proposed; 0 is the plan phase."""
    trees = survey.conditions.get((*path, "needs"), ())
    return tuple(
        turn for turn in _taking(survey, path, doing) if not trees or _holds(survey, trees, turn)
    )


def in_turns(survey: Survey) -> Iterator[Problem]:
    """Actions and joint actions that no turn has room for, or that act after the last."""
    last = len(survey.scenario.turns)
    for path, doing, _ in survey.doings:
        trees = survey.conditions.get((*path, "needs"), ())
        first = 1 if isinstance(doing, Action) or survey.scenario.plan_phase is None else 0
        turns = range(first, last + 1)
        needed = [turn for turn in turns if not trees or _holds(survey, trees, turn)]
        if not last or not needed or openings(survey, path, doing):
            continue  # needs that can never hold are told by `reachable`
        if isinstance(doing, Action) and doing.delay and min(needed) + doing.delay > last:
            say = f"this acts {doing.delay} turns later, which is after the last turn"
            yield survey.problem((*path, "delay"), say, "let it be had, or act, earlier")
        elif isinstance(doing, Action):
            say = "no turn takes orders while this can be had"
            yield survey.problem(path, say, "loosen `needs`, or give a turn `orders`", key=True)
        else:
            say = "no turn takes proposals while this can be had"
            advice = "loosen `needs`: a flash turn takes none"
            yield survey.problem(path, say, advice, key=True)


def consents(survey: Survey) -> Iterator[Problem]:
    """Caveats of who is no party, options that exclude their own text, and texts used up unused."""
    for section, pacts in (("joint", survey.scenario.joint), ("plan", survey.scenario.plan)):
        for name, pact in pacts.items():
            path: Path = (section, name)
            if pact.uses < 1:
                say = f"this can be agreed {pact.uses} times"
                yield survey.problem((*path, "uses"), say, "write 1 or more")
            yield from _caveats(survey, path, pact)
            yield from _options(survey, path, pact)


def _caveats(survey: Survey, path: Path, pact: JointAction | Clause) -> Iterator[Problem]:
    found = [((*path, "caveats", name), it) for name, it in pact.caveats.items()]
    for choice, option in pact.options.items():
        at = (*path, "options", choice, "caveats")
        found += [((*at, name), it) for name, it in option.caveats.items()]
    for where, caveat in found:
        if not caveat.by:
            say = "no capital may attach this caveat"
            yield survey.problem((*where, "by"), say, f"name one of {', '.join(pact.who)}")
        written = survey.places.node(*where, "by") is not None
        for index, team in enumerate(caveat.by if written else ()):
            if team not in pact.who:
                say = f"{team} is no party, so it can attach no caveat"
                advice = f"name one of {', '.join(pact.who)}"
                yield survey.problem((*where, "by", index), say, advice)


def _options(survey: Survey, path: Path, pact: JointAction | Clause) -> Iterator[Problem]:
    needs = survey.conditions.get((*path, "needs"), ())
    for choice in pact.options:
        at: Path = (*path, "options", choice, "needs")
        also = survey.conditions.get(at, ())
        if not needs or not also or not all(_ever(survey, path, each) for each in (needs, also)):
            continue
        both = tuple(Chain("&&", (one, other), 0) for one in needs for other in also)
        if not _ever(survey, path, both):
            say = "this option excludes what its own text needs"
            yield survey.problem(at, say, f"loosen it, or `needs` of {path[1]}")


def _ever(survey: Survey, path: Path, trees: tuple[Tree, ...]) -> bool:
    spans = survey.spans_at(path)
    return any(possible(each, spans) for each in trees)


def _taking(survey: Survey, path: Path, doing: Doing) -> Iterator[int]:
    """The turns that take such an order or proposal, whatever it needs."""
    scenario = survey.scenario
    phase = scenario.plan_phase
    if phase is not None and (path[0] == "plan" or _tagged(path, doing, phase)):
        yield 0
    for number, turn in enumerate(scenario.turns.values(), 1):
        if isinstance(doing, Action):
            if turn.orders > 0 and number + doing.delay <= len(scenario.turns):
                yield number
        elif not turn.flash:
            yield number


def _tagged(path: Path, doing: Doing, phase: PlanPhase) -> bool:
    """Whether a joint action can be proposed in the plan phase."""
    return path[0] == "joint" and not set(phase.tags).isdisjoint(doing.tags)


def _holds(survey: Survey, trees: tuple[Tree, ...], turn: int) -> bool:
    spans = survey.spans_in(turn)
    return any(possible(each, spans) for each in trees)


def _points(survey: Survey, turn: int) -> int:
    """The most a capital can have in a turn: what is left of the plan phase stays behind."""
    points, phase = survey.scenario.points, survey.scenario.plan_phase
    if turn == 0:
        return phase.points if phase is not None else 0
    return points.per_turn + (points.carry if turn > 1 else 0)


def _changes(survey: Survey, doing: Doing) -> Iterator[int]:
    """What rules take off a price if they can, and add to it in any case."""
    team = doing.team if isinstance(doing, Action) else None
    for rule in survey.scenario.rules.values():
        for cost in rule.costs:
            if cost.by in (None, team) and set(cost.tags) & set(doing.tags):
                yield min(0, cost.add) if cost.when is not None else cost.add
