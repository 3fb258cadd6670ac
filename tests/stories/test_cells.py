"""The white cell as a team: a lead, adjudicators, and cells with voices of their own."""

import pytest

from rules import commands as c
from tests.stories.room import TOKYO, Room
from tests.table import LEAD

ADJUDICATOR, PYONGYANG = "control.adjudicator", "control.pyongyang"


@pytest.fixture
def room() -> Room:
    return Room()


def test_whoever_takes_the_lead_may_do_everything(room: Room) -> None:
    assert room.sees(ADJUDICATOR).me.authority == LEAD
    assert room.refused(ADJUDICATOR, c.PauseClock()).code == "right"
    room.send(LEAD, c.HandOver(ADJUDICATOR))
    assert "run" in room.sees(ADJUDICATOR).me.rights
    room.send(ADJUDICATOR, c.PauseClock())
    room.send(ADJUDICATOR, c.SendMessage("control+tokyo", "We shall see.", "beijing"))
    room.send(ADJUDICATOR, c.EndGame("enough"))


def test_only_the_lead_hands_on_the_lead_and_ends_the_game(room: Room) -> None:
    assert room.refused(ADJUDICATOR, c.HandOver(ADJUDICATOR)).code == "authority"
    assert room.refused(TOKYO, c.HandOver(ADJUDICATOR)).code == "authority"
    room.send(LEAD, c.HandOver(ADJUDICATOR))
    assert room.refused(LEAD, c.EndGame("enough")).code == "authority"
    assert room.refused(LEAD, c.HandOver(LEAD)).code == "authority"
    room.send(LEAD, c.PauseClock())
    room.send(ADJUDICATOR, c.HandOver(LEAD))
    assert room.refused(ADJUDICATOR, c.ResumeClock()).code == "right"


def test_a_capital_does_not_learn_who_leads_the_white_cell(room: Room) -> None:
    before = [*room.told(TOKYO)]
    room.send(LEAD, c.HandOver(ADJUDICATOR))
    assert [*room.told(TOKYO)] == before
    assert room.sees(TOKYO).me.authority == TOKYO


def test_a_cell_speaks_and_writes_in_its_own_voice_alone(room: Room) -> None:
    assert room.sees(PYONGYANG).me.voices == ("pyongyang",)
    room.send(PYONGYANG, c.SendMessage("control+tokyo", "We shall see.", "pyongyang"))
    other = c.SendMessage("control+tokyo", "We shall see.", "beijing")
    assert room.refused(PYONGYANG, other).code == "voice"
    name = room.state.book.voices["pyongyang"]["ko"]
    room.send(PYONGYANG, c.ComposeInject(("tokyo",), name, "cable", "Words", "Words.", "ko"))
    forged = c.ComposeInject(("tokyo",), "Beijing", "cable", "Words", "Words.", "en")
    assert room.refused(PYONGYANG, forged).code == "voice"
    room.send(LEAD, forged)


def test_a_cell_that_has_the_lead_speaks_in_every_voice(room: Room) -> None:
    room.send(LEAD, c.HandOver(PYONGYANG))
    room.send(PYONGYANG, c.SendMessage("control+tokyo", "We shall see.", "beijing"))
    assert room.send(PYONGYANG, c.HandOver(PYONGYANG)) is None, "it has the lead already"


def test_a_cell_neither_runs_nor_adjudicates(room: Room) -> None:
    for command in (c.PauseClock(), c.EndTurn(), c.HoldTeam("tokyo", hold=True)):
        assert room.refused(PYONGYANG, command).code == "right"
    room.end_turn()
    assert room.refused(PYONGYANG, c.AcceptResults()).code == "right"
    room.send(ADJUDICATOR, c.AcceptResults(()))
