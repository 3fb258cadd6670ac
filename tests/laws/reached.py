"""States that random play reaches, and what one thing done in one of them comes to."""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from msgspec.structs import replace

from rules.adjudication import end_of_turn, forecast
from rules.dice import chances
from rules.effects import Acting, Cause
from rules.evolve import fold
from rules.odds import odds
from rules.reckon import facts, holds
from rules.scenario import CAPITALS, Action, Capital, Doing, Grade, Inject, Occur, Scenario
from rules.scenario import Effect as Acts
from rules.state import Result, State, Why
from tests.table import Players, Table, document

GRADES: Final[tuple[Grade, ...]] = ("great", "ok", "part", "bad")
ALLIED: Final = (
    "trust.tokyo_washington",
    "trust.seoul_washington",
    "trust.tokyo_seoul",
    "trust.seoul_tokyo",
)
WHY: Final = Why("control", "test", None, {}, (), (), None, (), "a test", ("all",))

_GAMES: Final = 20 if os.environ.get("HYPOTHESIS_PROFILE") == "night" else 2
_PER_TURN: Final = 3


@cache
def games(scenario: str) -> tuple[Table, ...]:
    """Whole games of random play, each of its own seed."""
    tables = []
    for seed in range(_GAMES):
        table = Table(document(scenario))
        Players(table, seed + 1).play_out()
        tables.append(table)
    return tuple(tables)


@cache
def reached(scenario: str) -> tuple[State, ...]:
    """A few states of every turn of each game, no two with the same tracks and flags."""
    states: dict[object, State] = {}
    for table in games(scenario):
        for turn in range(1, table.state.turn + 1):
            played = [s for s in table.states if s.turn == turn and s.phase != "ended"]
            for n in range(_PER_TURN):
                state = played[(len(played) - 1) * n // max(1, _PER_TURN - 1)]
                key = (tuple(state.tracks.values()), tuple(state.flags.values()))
                states.setdefault(key, state)
    return tuple(states.values())


def given(
    state: State,
    tracks: Mapping[str, int] | None = None,
    flags: Mapping[str, bool] | None = None,
    uses: Mapping[str, int] | None = None,
) -> State:
    """The same state but for this: the other half of a pair."""
    assert set(tracks or {}) <= set(state.tracks)
    assert set(flags or {}) <= set(state.flags)
    return replace(
        state,
        tracks={**state.tracks, **(tracks or {})},
        flags={**state.flags, **(flags or {})},
        uses={**state.uses, **(uses or {})},
    )


def after(
    state: State,
    item: str,
    grade: Grade | None = None,
    *,
    target: Capital | None = None,
    option: str | None = None,
    untold: tuple[Capital, ...] = (),
    told: tuple[Capital, ...] = (),
    found: Mapping[str, bool] | None = None,
) -> State:
    """The state when an action, joint action or clause has had its effects, and nothing else."""
    book = state.book
    result = result_of(book, item, grade, target=target, option=option, untold=untold)
    result = replace(result, told=told, found=found or {})
    by_subject = forecast(replace(state, scenario=_midturn(book), desk=(result,)))[0]
    return fold(by_subject["x"], state)


def result_of(
    book: Scenario,
    item: str,
    grade: Grade | None = None,
    *,
    target: Capital | None = None,
    option: str | None = None,
    untold: tuple[Capital, ...] = (),
) -> Result:
    """An action, joint action or clause on control's desk."""
    action = book.actions.get(item)
    return Result(
        subject="x",
        kind="action" if action else "joint",
        item=item,
        teams=(action.team,) if action else book.pacts[item].who,
        target=target,
        option=option,
        odds=None,
        dice=None,
        grade=grade,
        mishap=False,
        untold=untold,
        told=(),
        asks=(),
        found={},
        weighty=False,
    )


_MIDTURN: dict[str, Scenario] = {}


def _midturn(book: Scenario) -> Scenario:
    """The book without the rules of the end of a turn: a forecast of one deed is quicker so."""
    if book.id not in _MIDTURN:
        rules = {
            name: rule.model_copy(update={"end_of_turn": ()}) for name, rule in book.rules.items()
        }
        _MIDTURN[book.id] = book.model_copy(update={"rules": rules})
    return _MIDTURN[book.id]


def turn_over(state: State) -> State:
    """The state when the rules of the end of a turn have acted, and nothing else."""
    acting = Acting(state)
    end_of_turn(acting)
    return acting.state


def flared(state: State, by: str, severity: int, *, details: bool = False) -> State:
    """The state after a history flare-up."""
    occur = Occur(occasion="flare_up", by=by, severity=severity, details=details)
    return _acted(state, (Acts(occur=occur),))


def released(state: State, inject: Inject) -> State:
    """The state after an inject's effects."""
    return _acted(state, inject.effects)


def shifted(state: State, track: str, delta: int) -> State:
    """The state after a track was moved by something that carries no tag."""
    acting = Acting(state)
    acting.shift(track, delta, Cause(why=WHY))
    return acting.state


def _acted(state: State, effects: tuple[Acts, ...]) -> State:
    acting = Acting(state)
    acting.apply(effects, Cause(why=WHY))
    return acting.state


def chance(state: State, item: str) -> int:
    """Of 36 throws of an item's roll, how many succeed as the state stands."""
    by_grade = grades(state, item)
    return by_grade["great"] + by_grade["ok"]


def grades(state: State, item: str) -> dict[Grade, int]:
    """Of 36 throws of an item's roll, how many give each grade as the state stands."""
    doing = doing_of(state, item)
    found = odds(state, doing, _roles(doing))
    assert found is not None, f"{item} rolls nothing"
    return chances(found.target, found.total)


def modified(state: State, item: str, rule: str) -> int:
    """What a rule adds to an item's roll as the state stands."""
    doing = doing_of(state, item)
    found = odds(state, doing, _roles(doing))
    assert found is not None, f"{item} rolls nothing"
    return sum(odd.add for odd in found.modifiers if odd.why == rule)


def doing_of(state: State, item: str) -> Doing:
    """The action, joint action or clause of this id."""
    return state.book.actions.get(item) or state.book.pacts[item]


def rolls(state: State, tag: str) -> list[str]:
    """What rolls dice and carries a tag."""
    doings: Mapping[str, Doing] = {**state.book.actions, **state.book.joint}
    return [name for name, it in doings.items() if it.roll is not None and tag in it.tags]


def acts(state: State, tag: str) -> dict[str, Action]:
    """The actions that carry a tag and act at once."""
    every = state.book.actions.items()
    return {name: it for name, it in every if tag in it.tags and not it.delay}


def open_to(state: State, item: str) -> bool:
    """Whether an item's own condition holds."""
    doing = doing_of(state, item)
    return holds(state.book, facts(state), doing.needs, _roles(doing))


def grades_of(doing: Doing) -> tuple[Grade | None, ...]:
    """How it can come out."""
    return GRADES if doing.roll is not None else (None,)


def targets_of(action: Action) -> tuple[Capital | None, ...]:
    """At whom it can be aimed."""
    others: tuple[Capital, ...] = tuple(team for team in CAPITALS if team != action.team)
    return others if action.target else (None,)


def grid(low: int, high: int, step: int) -> Iterator[int]:
    """The values from low to high, both included."""
    yield from range(low, high, step)
    yield high


def never_falls(values: Iterable[int]) -> bool:
    """Whether each value is at least the one before it."""
    listed = list(values)
    return listed == sorted(listed)


def never_rises(values: Iterable[int]) -> bool:
    """Whether each value is at most the one before it."""
    return never_falls(-value for value in values)


def _roles(doing: Doing) -> dict[str, str]:
    return {"actor": doing.team} if isinstance(doing, Action) else {}
