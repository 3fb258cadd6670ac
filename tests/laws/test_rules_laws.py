"""What holds of every play: random commands of every seat over the real scenario."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise, product
from typing import get_args

import msgspec
import pytest

from rules import commands as c
from rules.adjudication import act
from rules.asking import may_ask
from rules.clock import MINUTE
from rules.decide import HOUSE, decide
from rules.due import due
from rules.effects import Acting
from rules.events import InjectReleased
from rules.record import Entry, apply, decode
from rules.refused import Refused
from rules.scenario import Scenario
from rules.seen import View
from rules.sheet import moment, unlocked
from rules.state import Result, State, Why
from rules.view import SECTIONS, view
from tests.laws.reached import grades_of, reached, result_of, targets_of
from tests.table import LEAD, SHELF, Players, Table

SEEDS = range(6)


@pytest.fixture(scope="module", params=SEEDS)
def played(request: pytest.FixtureRequest) -> Table:
    table = Table()
    Players(table, request.param).play_out()
    return table


def test_random_play_reaches_an_end(played: Table) -> None:
    assert played.state.finish is not None
    assert played.state.phase == "ended"


def test_the_same_commands_give_the_same_events(played: Table) -> None:
    for entry, before in zip(played.entries, played.states, strict=False):
        again = decide(before, entry.command, seat=entry.seat, at=entry.at, person=entry.person)
        assert again == entry.events


def test_what_is_read_back_folds_to_the_live_state(played: Table) -> None:
    state = State()
    for row, live in zip(played.rows, played.states[1:], strict=True):
        state = apply(state, decode(row), row.hash)
        assert state == live


def test_time_never_runs_backwards(played: Table) -> None:
    ats = [entry.at for entry in played.entries]
    assert ats == sorted(ats)


def test_every_view_is_total_and_survives_the_wire(played: Table) -> None:
    for state in played.states[1::50]:
        for seat in state.book.seats:
            seen = view(state, seat)
            assert msgspec.json.decode(msgspec.json.encode(seen), type=View) == seen


def test_a_scheduled_inject_fires_once_and_never_early(played: Table) -> None:
    fired: list[str] = []
    for entry, before in zip(played.entries, played.states, strict=False):
        for event in entry.events:
            if isinstance(event, InjectReleased) and event.received.inject is not None:
                inject = event.received.inject
                fired.append(inject)
                if entry.seat == HOUSE:
                    chained = before.book.injects[inject].trigger == "chained"
                    since = unlocked(before, inject) if chained else before.opened
                    assert since is not None
                    _, minute = moment(before, inject)
                    assert before.clock.read(entry.at) >= since + minute * MINUTE
    recalled = {inject for inject, line in played.state.sheet.items() if line.status == "recalled"}
    assert len(fired) == len(set(fired)), sorted(fired)
    assert recalled <= set(fired)


def test_nothing_is_due_after_it_has_been_done(played: Table) -> None:
    for entry, after in zip(played.entries, played.states[1:], strict=True):
        if entry.seat == HOUSE:
            assert due(after, entry.at) == ()


def test_every_change_says_why(played: Table) -> None:
    book = played.state.book
    for change in played.state.feeds["changes/control"]:
        why = change.why
        assert why.cause in get_args(Why.__annotations__["cause"])
        assert why.note or why.sources, f"{change.track} moved without a source or a reason"
        assert set(why.sources) <= set(book.sources)
        assert why.rule is None or why.rule in book.rules


def test_tracks_stay_between_their_bounds(played: Table) -> None:
    for state in played.states[1:]:
        for name, value in state.tracks.items():
            assert state.book.tracks[name].min <= value <= state.book.tracks[name].max


def test_a_refusal_changes_nothing_and_says_what_to_do() -> None:
    table = Table()
    players = Players(table, 99)
    refused = 0
    for _ in range(400):
        before, entries = table.state, len(table.entries)
        seats = list(table.state.book.seats)
        sender = players.random.choice(seats)
        command = players.command(players.random.choice([LEAD, "tokyo.leader", "seoul.foreign"]))
        if command is None:
            continue
        try:
            events = decide(table.state, command, seat=sender, at=table.at)
        except Refused as no:
            refused += 1
            assert no.code
            assert no.say.endswith(".")
            assert no.instead.endswith(".")
            assert table.state is before
            assert len(table.entries) == entries
        else:
            assert isinstance(events, tuple)
            players.step()
    assert refused > 20


class _Watched:
    """A state that notices which of its parts are read."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> object:
        if name in ("book", "turn_id", "planning"):
            return getattr(_Book, name)(self)
        self.read.add(name)
        return getattr(self._state, name)


class _Book:
    """The properties of a state, over a watched one."""

    @staticmethod
    def planning(watched: _Watched) -> object:
        return watched.plan_phase and not watched.turn and watched.phase not in ("lobby", "ended")

    @staticmethod
    def book(watched: _Watched) -> object:
        return watched.scenario

    @staticmethod
    def turn_id(watched: "_Watched") -> str:
        watched.read |= {"turn", "scenario"}
        return watched._state.turn_id


SETTLING = {"desk", "forecast"}
"""Sections that try the settlement out: it evolves the state, so its parts cannot be watched."""


def test_a_section_reads_only_what_it_says(played: Table) -> None:
    for state in played.states[1::40]:
        for section in SECTIONS:
            if section.name in SETTLING:
                continue
            for seat in ("tokyo.leader", LEAD, "observer.public"):
                watched = _Watched(state)
                section.build(watched, section.key(state, seat))  # type: ignore[arg-type] # it is a state to all who read it
                assert watched.read <= set(section.reads), section.name


def test_a_section_is_the_same_while_what_it_reads_is(played: Table) -> None:
    """What watchers skip is what has not changed: checked for every section, settling ones too."""
    for before, after in _pairs(played.states[1:]):
        for section in SECTIONS:
            if all(getattr(before, part) is getattr(after, part) for part in section.reads):
                for seat in (LEAD, "seoul.leader"):
                    key = section.key(after, seat)
                    assert section.build(before, key) == section.build(after, key), section.name


def _pairs(states: list[State]) -> Iterator[tuple[State, State]]:
    yield from list(pairwise(states))[::25]


def test_what_is_offered_is_not_refused() -> None:
    table = Table()
    players = Players(table, 3)
    offered = 0
    for _ in range(500):
        players.step()
        if table.state.phase != "play" or table.state.banner is not None:
            continue
        if table.state.clock.read(table.at + 1) > table.state.deadline:
            continue
        for team in ("washington", "tokyo", "seoul"):
            seat = table.state.authority[team]
            now = table.sees(seat)
            for card in now.deck:
                if card.kind != "action":
                    continue
                target = next(t for t in ("seoul", "tokyo") if t != team) if card.target else None
                no = _refusal(table, seat, card.id, target)
                shown = now.offers[card.id].no
                assert (no is None) == (shown is None), (card.id, no, shown)
                if no is not None and shown is not None:
                    assert (no.code, no.say, no.instead) == (shown.code, shown.say, shown.instead)
                offered += no is None
    assert offered > 100


def _refusal(table: Table, seat: str, action: str, target: str | None) -> Refused | None:
    try:
        decide(
            table.state,
            c.CommitOrder(action, "why", target),  # type: ignore[arg-type] # a capital's name
            seat=seat,
            at=table.at,
        )
    except Refused as no:
        return no
    return None


DIGEST = """
import hashlib
from tests.table import Players, Table
table = Table()
Players(table, 11).play_out()
print(hashlib.sha256(b"".join(row.body for row in table.rows)).hexdigest())
"""


def test_every_process_decides_alike() -> None:
    """Two processes with different hash seeds write the same log, byte for byte."""
    logs = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(logs) == 1
    assert len(logs.pop().strip()) == 64


def test_entries_know_who_wrote_them(played: Table) -> None:
    entry: Entry = played.entries[-1]
    assert {"schema", "rules"} <= set(entry.versions)


@pytest.mark.parametrize("scenario", SHELF)
def test_rules_ask_for_findings_only_where_they_may(scenario: str) -> None:
    asked = 0
    for state in reached(scenario)[::3]:
        for result in _results(state.book):
            acting = Acting(state)
            act(acting, result)
            asked += bool(acting.asked)
            assert not acting.asked or may_ask(state.book, result), result
    assert asked


def test_most_results_cannot_come_to_a_finding() -> None:
    book = reached("missile")[0].book
    told = [result for result in _results(book) if not result.untold]
    assert sum(may_ask(book, result) for result in told) < len(told) / 10


def _results(book: Scenario) -> Iterator[Result]:
    """Everything that may lie on the desk of a scenario, told and untold."""
    for name, action in book.actions.items():
        for grade, target in product(grades_of(action), targets_of(action)):
            yield result_of(book, name, grade, target=target)
            yield result_of(book, name, grade, target=target, untold=action.consult)
    for name, pact in book.pacts.items():
        for grade, option in product(grades_of(pact), pact.options or (None,)):
            yield result_of(book, name, grade, option=option)
