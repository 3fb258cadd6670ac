"""The rules behave sanely over whole games: V03, V06 and V25 to V27."""

from statistics import mean

import msgspec
import pytest

from rules.record import apply, decode
from rules.scenario import CAPITALS
from rules.sight import may_know, sees_track
from rules.state import Received, State
from rules.view import feeds_of, item, view
from tests.laws.courses import course
from tests.laws.reached import ALLIED, games
from tests.table import SHELF, Table, document

SEEDS = range(4)


@pytest.fixture(scope="module", params=SHELF)
def played(request: pytest.FixtureRequest) -> Table:
    return games(request.param)[0]


@pytest.mark.parametrize("scenario", SHELF)
def test_v03_with_a_meeting_every_turn_coordination_ends_no_lower(scenario: str) -> None:
    for seed in SEEDS:
        never = course(scenario, seed, meets=False, tells=False).tracks["coord"]
        always = course(scenario, seed, meets=True, tells=False).tracks["coord"]
        assert always >= never, seed
        assert always > 0, seed


@pytest.mark.parametrize("scenario", SHELF)
def test_v06_always_consulting_beats_never_consulting(scenario: str) -> None:
    for track in ("coord", *ALLIED):
        never, always = (
            [course(scenario, seed, meets=False, tells=tells).tracks[track] for seed in SEEDS]
            for tells in (False, True)
        )
        assert mean(always) > mean(never), track


def test_v25_the_same_seed_and_inputs_give_the_same_log(played: Table) -> None:
    again = Table(document(played.state.book.id))
    for entry in played.entries[1:]:
        again.at = entry.at
        again.write(entry.seat, entry.command)
    assert [row.body for row in again.rows] == [row.body for row in played.rows]
    assert again.rows[-1].hash == played.rows[-1].hash


def test_v26_replay_from_the_log_is_the_live_state_at_every_turn(played: Table) -> None:
    state, turns = State(), 0
    for row, live in zip(played.rows, played.states[1:], strict=True):
        state = apply(state, decode(row), row.hash)
        if live.turn != turns or live.phase == "ended":
            assert state == live, f"turn {live.turn}"
            turns = live.turn
    assert turns > 1


def test_v27_no_capital_is_told_anothers_inject_objective_or_track(played: Table) -> None:
    private = 0
    states = [state for state in played.states[1:] if state.phase != "ended"]
    for state in states[:: len(states) // 8]:
        for team in CAPITALS:
            told = heard(state, f"{team}.leader")
            for text in not_for(state, team):
                assert msgspec.json.encode(text)[1:-1] not in told, (team, text)
                private += 1
            for name, objective in state.book.objectives.items():
                if objective.secret and objective.team != team:
                    assert f'"{name}"'.encode() not in told, (team, name)
            for track in view(state, f"{team}.leader").tracks:
                if not sees_track(state.book, track.id, team):
                    assert track.value is None, (team, track.id)
                    assert track.start is None, (team, track.id)
    assert private


def heard(state: State, seat: str) -> bytes:
    """All that a seat is shown: its view and every item of its feeds."""
    eyes = state.book.seats[seat].sees
    parts = [msgspec.json.encode(view(state, seat))]
    for feed in feeds_of(state, seat).values():
        parts += [msgspec.json.encode(item(state, raw, eyes)) for raw in state.feeds.get(feed, ())]
    return b"".join(parts)


def not_for(state: State, team: str) -> set[str]:
    """The prepared texts that a capital has not been sent: others' own, and those still to come."""
    book = state.book.injects.values()
    every = {text["en"] for it in book for text in (it.text, *it.variants.values()) if text}
    sent: set[str] = set()
    for raw in state.feeds.get("inbox/control", ()):
        assert isinstance(raw, Received)
        if may_know(raw.to, team) or any(to.startswith(f"{team}.") for to in raw.to):
            own = raw.variants.get(team, raw.text)
            sent |= {own["en"]} if own else set()
    return every - sent
