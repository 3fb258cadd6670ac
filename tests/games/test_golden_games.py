"""One whole game for each end of each scenario: it is read back, holds, and ends as it did."""

import pytest

from rules.record import apply, decode
from rules.state import State
from rules.verify import verify
from server.library import Library
from tests.games.golden import LOGS, kept, log
from tests.games.wishful import WISHES
from tests.table import document

GAMES = [(scenario, end) for scenario, ends in WISHES.items() for end in ends]
ANEW = "if rules or scenarios have changed: .venv/bin/python -m tests.games.golden"


def test_every_end_of_every_scenario_has_a_golden_game_and_nothing_else_has() -> None:
    ends = {(name, end) for name in Library().ids() for end in document(name)["ends"]}
    assert set(GAMES) == ends, ANEW
    assert set(LOGS.iterdir()) == {log(*game) for game in GAMES}, ANEW


@pytest.mark.parametrize(("scenario", "end"), GAMES)
def test_a_golden_game_ends_as_it_was_played(scenario: str, end: str) -> None:
    _, rows = kept(scenario, end)
    state = State()
    for row in rows:
        state = apply(state, decode(row), row.hash)
    assert state.phase == "ended"
    assert state.book.id == scenario
    assert state.finish is not None
    assert state.finish.end == end
    assert len(state.finish.scores) == len(state.book.objectives)
    assert state.seals[-1].turn == state.turn


@pytest.mark.parametrize(("scenario", "end"), GAMES)
def test_chain_dice_and_rules_of_a_golden_game_hold_today(scenario: str, end: str) -> None:
    header, rows = kept(scenario, end)
    report = verify(header, rows, lambda _: None)
    assert report.findings == (), ANEW
    assert (report.entries, report.head) == (len(rows), header.head)
