"""Telling allies before acting: what it saves, what its lack costs, and who hears of it."""

import pytest

from rules import commands as c
from rules.seen import ResultItem
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD

STRIKE_TALK = "JP-K05"
"""Tokyo speaks of striking bases: both allies expect to be told."""


@pytest.fixture
def room() -> Room:
    return Room()


def tell(room: Room, *to: str, action: str | None = STRIKE_TALK, by: str = TOKYO) -> None:
    note = c.SendConsult(to, "We mean to say this in public.", action)  # type: ignore[arg-type] # capitals by name
    room.send(by, note)


def outcome(room: Room, action: str = STRIKE_TALK, *, red_line: bool = False) -> ResultItem:
    """The result once control has read it out."""
    room.end_turn()
    subject = room.result_of(action)
    for result in room.state.desk:
        for ask in result.owed:
            room.send(LEAD, c.AnswerFinding(result.subject, ask, red_line))
    room.settle()
    return next(result for result in room.results(LEAD) if result.id == f"r/{subject}")


def cost(result: ResultItem) -> dict[str, int]:
    """What R02 took, by track."""
    taken: dict[str, int] = {}
    for change in result.changes:
        if change.why is not None and change.why.rule == "R02":
            taken[change.track] = taken.get(change.track, 0) + change.after - change.before
    return taken


def test_an_ally_told_before_the_commit_takes_no_offence(room: Room) -> None:
    tell(room, "washington", "seoul")
    room.order(TOKYO, STRIKE_TALK)
    assert room.sees(TOKYO).orders[0].untold == ()
    assert cost(outcome(room)) == {}


def test_an_ally_not_told_loses_trust(room: Room) -> None:
    room.order(TOKYO, STRIKE_TALK)
    assert room.sees(TOKYO).orders[0].untold == ("washington", "seoul")
    assert cost(outcome(room)) == {
        "trust.washington_tokyo": -6,
        "trust.seoul_tokyo": -6,
        "coord": -6,
    }


def test_only_the_ally_left_out_minds(room: Room) -> None:
    tell(room, "washington")
    room.order(TOKYO, STRIKE_TALK)
    assert cost(outcome(room)) == {"trust.seoul_tokyo": -6, "coord": -3}


def test_a_word_that_names_no_action_is_not_consulting(room: Room) -> None:
    tell(room, "washington", "seoul", action=None)
    room.order(TOKYO, STRIKE_TALK)
    assert room.sees(TOKYO).orders[0].untold == ("washington", "seoul")


def test_a_word_about_another_action_is_not_consulting(room: Room) -> None:
    tell(room, "washington", "seoul", action="JP-M04")
    room.order(TOKYO, STRIKE_TALK)
    assert room.sees(TOKYO).orders[0].untold == ("washington", "seoul")


def test_a_late_word_that_names_the_red_line_halves_the_offence(room: Room) -> None:
    room.order(TOKYO, STRIKE_TALK)
    tell(room, "seoul")
    assert room.feed(TOKYO, "consults")[-1].late
    assert cost(outcome(room, red_line=True)) == {
        "trust.washington_tokyo": -6,  # Washington had no word at all
        "trust.seoul_tokyo": -3,
        "coord": -3 - 1,
    }


def test_where_nobody_was_told_control_is_asked_nothing(room: Room) -> None:
    room.order(TOKYO, STRIKE_TALK)
    room.end_turn()
    (result,) = room.sees(LEAD).desk
    assert result.asks == ()


def test_control_reads_the_note_beside_the_result(room: Room) -> None:
    room.order(TOKYO, STRIKE_TALK)
    tell(room, "seoul")
    room.end_turn()
    (result,) = room.sees(LEAD).desk
    (note,) = result.notes
    assert (note.team, note.to, note.late) == ("tokyo", ("seoul",), True)
    assert note.text == "We mean to say this in public."
    assert [ask.finding for ask in result.asks] == ["red_line_named"]


def test_an_order_sealed_anew_after_the_word_was_told_of(room: Room) -> None:
    """What counts is that the ally knew before the commit that stands."""
    order = room.order(TOKYO, STRIKE_TALK)
    tell(room, "washington", "seoul")
    room.send(TOKYO, c.WithdrawOrder(order))
    room.order(TOKYO, STRIKE_TALK)
    assert room.sees(TOKYO).orders[0].untold == ()


def test_a_note_is_between_those_it_names(room: Room) -> None:
    tell(room, "seoul")
    assert len(room.feed(SEOUL, "consults")) == len(room.feed(TOKYO, "consults")) == 1
    assert room.feed(WASHINGTON, "consults") == []
    note = room.feed(SEOUL, "consults")[0]
    assert note.action == STRIKE_TALK
    assert note.name == room.state.book.actions[STRIKE_TALK].name


def test_a_note_does_not_tell_that_the_order_is_sealed_already(room: Room) -> None:
    room.order(TOKYO, STRIKE_TALK)
    tell(room, "seoul")
    assert not room.feed(SEOUL, "consults")[0].late
    assert room.feed(LEAD, "consults")[0].late


def test_a_note_to_one_ally_does_not_number_the_note_to_the_other(room: Room) -> None:
    """Washington's note looks the same whether or not Seoul was told before."""
    alone, after = room, Room()
    tell(after, "seoul")
    after.at = alone.at
    for one in (alone, after):
        tell(one, "washington")
    assert alone.feed(WASHINGTON, "consults") == after.feed(WASHINGTON, "consults")


def test_who_was_told_of_a_confidential_act_hears_how_it_ended(room: Room) -> None:
    tell(room, "tokyo", action="US-M05", by=WASHINGTON)
    room.order(WASHINGTON, "US-M05")
    room.end_turn()
    room.settle()
    assert [result.item for result in room.results(TOKYO)] == ["US-M05"]
    assert room.results(SEOUL) == []
    assert room.results("observer.public") == []


def test_a_capital_left_out_learns_from_the_result_that_it_was(room: Room) -> None:
    room.order(TOKYO, STRIKE_TALK)
    outcome(room)
    assert room.results(SEOUL)[-1].untold == ("seoul",)
    assert room.results(WASHINGTON)[-1].untold == ("washington",)
    assert room.results("observer.public")[-1].untold == ()


def test_notes_of_an_earlier_turn_are_forgotten(room: Room) -> None:
    tell(room, "washington", "seoul")
    room.go_to(2)
    room.order(TOKYO, STRIKE_TALK)
    assert room.sees(TOKYO).orders[0].untold == ("washington", "seoul")


def test_notes_go_to_others_about_ones_own_deck(room: Room) -> None:
    assert room.refused(TOKYO, c.SendConsult((), "to whom?")).code == "nobody"
    assert room.refused(TOKYO, c.SendConsult(("tokyo",), "to myself")).code == "nobody"
    foreign = c.SendConsult(("seoul",), "of yours", "ROK-K01")
    assert room.refused(TOKYO, foreign).code == "unknown_action"
    room.send("tokyo.adviser", c.SendConsult(("seoul", "seoul"), "of ours", STRIKE_TALK))
    assert room.feed(SEOUL, "consults")[-1].to == ("seoul",)
