"""Time is exact: pauses, crashes, slow timers and fast clocks lose, delay or double nothing."""

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.decide import HOUSE
from rules.due import due, next_due
from rules.events import InjectReleased, TurnClosed
from rules.refused import Refused
from tests.table import LEAD, Table

HOUR = 60 * MINUTE


@pytest.fixture
def table() -> Table:
    table = Table()
    table.send(LEAD, c.StartGame())
    return table


def fired(table: Table) -> list[str]:
    return [
        event.received.inject or ""
        for entry in table.entries
        for event in entry.events
        if isinstance(event, InjectReleased)
    ]


def test_an_order_after_the_deadline_is_late_though_the_timer_is_later(table: Table) -> None:
    table.at = table.states[-1].clock.wall(table.state.deadline) or 0
    assert table.tries("tokyo.leader", c.CommitOrder("JP-K01", "in time"), wait=0)
    with pytest.raises(Refused, match=r"time is up") as no:
        table.send("seoul.leader", c.CommitOrder("ROK-K01", "too late"), wait=1)
    assert no.value.code == "late"


def test_an_automatic_turn_closes_at_its_deadline_before_a_late_order(table: Table) -> None:
    table.send(LEAD, c.SetAutomatic(on=True))
    due_at = table.state.clock.wall(table.state.deadline) or 0
    with pytest.raises(Refused) as no:
        table.send("seoul.leader", c.CommitOrder("ROK-K01", "late"), wait=due_at + 1 - table.at)
    assert no.value.code == "phase"
    tick = table.entries[-1]
    assert tick.seat == HOUSE
    assert any(isinstance(event, TurnClosed) for event in tick.events)


def test_a_deadline_that_has_passed_is_extended_from_now(table: Table) -> None:
    table.send(LEAD, c.ExtendTurn(3), wait=26 * MINUTE)
    now = table.state.clock.read(table.at)
    assert table.state.deadline == now + 3 * MINUTE
    assert table.tries("tokyo.leader", c.CommitOrder("JP-K01", "in time again"))


def test_a_deadline_to_come_is_extended_from_itself(table: Table) -> None:
    before = table.state.deadline
    table.send(LEAD, c.ExtendTurn(3))
    assert table.state.deadline == before + 3 * MINUTE


def test_paused_time_does_not_pass(table: Table) -> None:
    table.send(LEAD, c.PauseClock("lunch"))
    at = table.state.clock.read(table.at)
    assert next_due(table.state) is None
    table.send("tokyo.leader", c.SendMessage("tokyo", "still here"), wait=3 * HOUR)
    assert table.state.clock.read(table.at) == at
    count = len(fired(table))
    table.send(LEAD, c.ResumeClock())
    assert len(fired(table)) == count
    assert table.state.clock.read(table.at) == at


def test_an_inject_waits_for_exercise_time_whatever_the_rate(table: Table) -> None:
    table.send(LEAD, c.SetRate(2000))
    wake = next_due(table.state)
    assert wake is not None
    assert due(table.state, wake - 1) == ()
    assert due(table.state, wake) != ()


def test_a_late_timer_delivers_all_that_is_overdue_in_order(table: Table) -> None:
    before = len(fired(table))
    table.at += 24 * MINUTE
    table.tick()
    late = fired(table)[before:]
    minutes = [table.state.book.injects[name].minute for name in late]
    assert late
    assert minutes == sorted(minutes)
    assert due(table.state, table.at) == ()


def test_a_line_branched_and_resumed_an_hour_later_fires_nothing_by_surprise(table: Table) -> None:
    seq = len(table.entries)
    table.write(HOUSE, c.Branch("line", seq))
    assert not table.state.clock.running
    stood = table.state.clock.elapsed
    count = len(fired(table))
    table.at += HOUR
    table.tick()
    table.send(LEAD, c.ResumeClock())
    assert len(fired(table)) == count
    assert table.state.clock.read(table.at) == stood


@pytest.mark.parametrize("rate", [500, 1000, 4000])
def test_a_branch_keeps_every_deadline_and_an_automatic_turn_waits(table: Table, rate: int) -> None:
    table.send(LEAD, c.SetRate(rate))
    table.send(LEAD, c.SetAutomatic(on=True))
    table.send("tokyo.leader", c.ProposeJoint("J-K04", "text", 5), wait=30_000)
    before = table.state
    left = before.deadline - before.clock.read(table.at)
    table.at += HOUR
    table.write(HOUSE, c.Branch("line", len(table.entries)))
    assert (table.state.deadline, table.state.proposals) == (before.deadline, before.proposals)
    assert next_due(table.state) is None
    assert table.state.stopped == "branch"
    count = len(table.entries)
    table.at += HOUR
    table.tick()
    assert table.state.phase == "play"
    assert table.entries[count:] == []
    table.send(LEAD, c.ResumeClock())
    assert table.state.deadline - table.state.clock.read(table.at) == left


def test_a_branch_of_a_stopped_game_says_still_why_it_stands(table: Table) -> None:
    table.send(LEAD, c.PauseClock("lunch"))
    table.write(HOUSE, c.Branch("line", len(table.entries)))
    assert table.state.stopped == "lunch"


def test_a_branch_frees_the_seats_of_those_who_do_not_come_along(table: Table) -> None:
    table.send("tokyo.leader", c.SitDown("Aiko"))
    table.send("seoul.leader", c.SitDown("Min"))
    table.write(HOUSE, c.Branch("line", 3, free=("tokyo.leader", "washington.leader")))
    assert set(table.state.people) == {"seoul.leader"}


@pytest.mark.parametrize("salt", [None, ""])
def test_dice_whose_seed_was_shown_are_never_thrown_again(table: Table, salt: str | None) -> None:
    with pytest.raises(Refused) as no:
        table.write(HOUSE, c.Branch("line", 1, salt, shown=True))
    assert no.value.code == "dice_shown"
    table.send(LEAD, c.EndGame("done"))
    table.send(LEAD, c.OpenReview())
    with pytest.raises(Refused) as no:
        table.write(HOUSE, c.Branch("line", 3, salt))
    assert no.value.code == "dice_shown"
    table.write(HOUSE, c.Branch("line", 3, "another", shown=True))
    assert table.state.salt == "another"


def test_a_branch_keeps_its_luck_unless_told_otherwise(table: Table) -> None:
    table.write(HOUSE, c.Branch("line", 1))
    same = table.state.salt
    table.write(HOUSE, c.Branch("line", 1, "another"))
    assert same == ""
    assert table.state.salt == "another"


def test_after_an_outage_the_clock_stands_where_the_server_was_last_alive(table: Table) -> None:
    alive = table.at + 20_000
    exercise = table.state.clock.read(alive)
    table.at += 2 * HOUR
    table.write(HOUSE, c.NoticeAbsence(alive))
    assert not table.state.clock.running
    assert table.state.clock.read(table.at) == exercise
    assert table.state.away is not None
    assert table.state.away.ms == 2 * HOUR - 20_000
    assert table.sees("tokyo.leader").now.away == table.state.away


def test_recall_and_read_have_one_winner(table: Table) -> None:
    table.send(LEAD, c.ComposeInject(("tokyo",), "Desk", "cable", "Title", "Text", "en"))
    item = table.state.feeds["inbox/tokyo"][-1].id
    recalled_first, read_first = table, Table()
    read_first.send(LEAD, c.StartGame())
    read_first.send(LEAD, c.ComposeInject(("tokyo",), "Desk", "cable", "Title", "Text", "en"))
    recalled_first.send(LEAD, c.RecallInject(item, "wrong addressee"))
    with pytest.raises(Refused):
        recalled_first.send("tokyo.foreign", c.ReadInject(item))
    read_first.send("tokyo.foreign", c.ReadInject(item))
    with pytest.raises(Refused, match="has read it"):
        read_first.send(LEAD, c.RecallInject(item, "wrong addressee"))


def test_recall_undoes_what_the_inject_did(table: Table) -> None:
    before = table.state.tracks
    name = next(
        name
        for name, inject in table.state.book.injects.items()
        if table.state.sheet[name].status == "waiting" and inject.effects and not inject.when
    )
    table.send(LEAD, c.ReleaseInject(name))
    assert table.state.tracks != before
    table.send(LEAD, c.RecallInject(name, "too early"))
    assert table.state.tracks == before


def test_a_turn_closed_too_early_is_reopened_and_meets_the_same_dice(table: Table) -> None:
    table.send("washington.leader", c.CommitOrder("US-K03", "quiet work"))
    table.send(LEAD, c.EndTurn())
    first = table.state.desk
    table.send(LEAD, c.ReopenTurn(5))
    assert table.state.phase == "play"
    assert table.state.clock.running
    table.send("tokyo.leader", c.CommitOrder("JP-K01", "one more thing"))
    table.send(LEAD, c.EndTurn())
    again = {result.item: result.dice for result in table.state.desk}
    assert {result.item: result.dice for result in first}.items() <= again.items()
    assert "JP-K01" in again


def test_results_once_out_cannot_be_reopened(table: Table) -> None:
    table.send(LEAD, c.EndTurn())
    table.send(LEAD, c.AcceptResults())
    table.send(LEAD, c.ReleaseResults())
    with pytest.raises(Refused) as no:
        table.send(LEAD, c.ReopenTurn(5))
    assert no.value.code == "phase"


def test_changing_one_decision_shifts_no_other_throw() -> None:
    def dice(orders: tuple[str, ...]) -> dict[str, object]:
        table = Table()
        table.send(LEAD, c.StartGame())
        for order in orders:
            seat = {"U": "washington", "J": "tokyo", "R": "seoul"}[order[0]] + ".leader"
            table.send(seat, c.CommitOrder(order, "why"))
        table.send(LEAD, c.EndTurn())
        return {result.item: result.dice for result in table.state.desk}

    one, other = dice(("US-K03", "JP-K02")), dice(("JP-K02", "ROK-K04", "US-K03"))
    assert one["US-K03"] == other["US-K03"]
    assert one["JP-K02"] == other["JP-K02"]
