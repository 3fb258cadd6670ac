"""Checks of who is at the table, and who is spoken to."""

from collections.abc import Iterator
from typing import Final

from rules.nodes import Path, Problem
from rules.reading import did_you_mean
from rules.scenario import CAPITALS, Inject, Seat

from .survey import Survey

_TEAMS: Final = (*CAPITALS, "control", "observer")
_RIGHTS: Final = {
    "observer": frozenset[str](),
    "control": frozenset({"speak", "run", "adjudicate", "voice"}),
}
_CAPITAL_RIGHTS: Final = frozenset({"speak", "commit"})


def seats(survey: Survey) -> Iterator[Problem]:
    """Seats whose id, rights or eyes are not those of their team."""
    for name, seat in survey.scenario.seats.items():
        path: Path = ("seats", name)
        if not name.startswith(f"{seat.team}."):
            say = f'the seat "{name}" belongs to {seat.team}'
            yield survey.problem(path, say, f"call it {seat.team}.<role>", key=True)
        allowed = _RIGHTS.get(seat.team, _CAPITAL_RIGHTS)
        for index, right in enumerate(seat.rights):
            if right not in allowed:
                say = f"a seat of {seat.team} cannot have the right to {right}"
                advice = f"its rights are {', '.join(sorted(allowed))}" if allowed else "delete it"
                yield survey.problem((*path, "rights", index), say, advice)
        if seat.team in CAPITALS and seat.eyes not in (None, seat.team):
            say = f"a seat of {seat.team} would know what {seat.eyes} knows"
            yield survey.problem((*path, "eyes"), say, "delete this; only observers borrow eyes")


def table(survey: Survey) -> Iterator[Problem]:
    """Capitals without a name, an objective, a brief, a seat that commits, or one in authority."""
    scenario = survey.scenario
    for capital in CAPITALS:
        goals = [each for each in scenario.objectives.values() if each.team == capital]
        missing: list[tuple[bool, Path, str, str]] = [
            (capital in scenario.teams, ("teams",), "name", f"write {capital}: under teams"),
            (bool(goals), ("objectives",), "objective", f"write one with `team: {capital}`"),
            (capital in scenario.briefs, ("briefs",), "brief", f"write {capital}: under briefs"),
            (_commits(survey, capital), ("seats",), "seat that may commit", "give one the right"),
            (
                capital in scenario.authority,
                ("authority",),
                "seat in authority",
                f"write `{capital}:` and one of its seats",
            ),
        ]
        for there, path, what, advice in missing:
            if not there:
                yield survey.problem(path, f"{capital} has no {what}", advice, key=True)
    for right in ("run", "adjudicate"):
        if not any(right in seat.rights for seat in scenario.seats.values()):
            say = f"no seat of control may {right}"
            yield survey.problem(("seats",), say, f"give one `rights: [{right}]`", key=True)


def _commits(survey: Survey, capital: str) -> bool:
    seats = survey.scenario.seats.values()
    return any(seat.team == capital and "commit" in seat.rights for seat in seats)


def authority(survey: Survey) -> Iterator[Problem]:
    """Seats in authority that are not there, belong to another team, or may not commit."""
    seats = survey.scenario.seats
    for capital, name in survey.scenario.authority.items():
        path: Path = ("authority", capital)
        own = [each for each, seat in seats.items() if _fits(seat, capital)]
        seat = seats.get(name)
        if seat is None:
            say, advice = f'there is no seat "{name}"', did_you_mean(name, own or [*seats], "seats")
        elif seat.team != capital:
            say, advice = f"{name} is a seat of {seat.team}", f"name one of {', '.join(own)}"
        elif "commit" not in seat.rights:
            say, advice = f"{name} has no right to commit", "give it the right, or name another"
        else:
            continue
        yield survey.problem(path, say, advice)


def _fits(seat: Seat, capital: str) -> bool:
    return seat.team == capital and "commit" in seat.rights


def addressees(survey: Survey) -> Iterator[Problem]:
    """Injects to a team or seat that is not there, and variants for others or not for all."""
    known = ["all", *_TEAMS, *survey.scenario.seats]
    for name, inject in survey.scenario.injects.items():
        path: Path = ("injects", name)
        if not inject.to:
            yield survey.problem((*path, "to"), "this goes to nobody", "write `to: [all]`")
        for index, to in enumerate(inject.to):
            if to not in known:
                advice = did_you_mean(to, known, "teams and seats")
                say = f'there is no team or seat "{to}"'
                yield survey.problem((*path, "to", index), say, advice)
        yield from _variants(survey, path, inject)
        reached = {to.partition(".")[0] for to in _readers(inject)}
        for index, team in enumerate(inject.owed.by if inject.owed else ()):
            if team not in reached:
                say = f"{team} owes a response to what it does not receive"
                advice = f"add {team} to `to`, or let those respond who get it"
                yield survey.problem((*path, "owed", "by", index), say, advice)


def _variants(survey: Survey, path: Path, inject: Inject) -> Iterator[Problem]:
    readers = _readers(inject)
    for reader in inject.variants:
        if reader not in readers:
            say = f"{reader} does not receive this inject"
            advice = f"add {reader} to `to`, or delete this text"
            yield survey.problem((*path, "variants", reader), say, advice, key=True)
    if inject.text is not None:
        return
    left = [each for each in readers if each != "all" and each not in inject.variants]
    if left:
        say = f"there is no text for {', '.join(left)}"
        advice = "write `text:` for all, or a variant for each"
        yield survey.problem(path, say, advice, key=True)


def _readers(inject: Inject) -> list[str]:
    return [*CAPITALS, *inject.to] if "all" in inject.to else list(inject.to)


def parties(survey: Survey) -> Iterator[Problem]:
    """Joint actions with fewer than two parties, and capitals named twice or to tell themselves."""
    for name, joint in survey.scenario.joint.items():
        path: Path = ("joint", name, "who")
        if len(set(joint.who)) < 2:
            say = "a joint action needs two parties or more"
            yield survey.problem(path, say, "name them, as in [tokyo, seoul], or make it an action")
        elif len(set(joint.who)) < len(joint.who):
            yield survey.problem(path, "a party is named twice", "name each once")
    for name, action in survey.scenario.actions.items():
        path = ("actions", name, "consult")
        if action.team in action.consult:
            say = f"{action.team} cannot be told by itself"
            yield survey.problem(path, say, "name only the other capitals")
        elif len(set(action.consult)) < len(action.consult):
            yield survey.problem(path, "a capital is named twice", "name each once")
