"""Injects that wait for one another, responses that are owed, and injects that answer a request."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.seen import SheetSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document


def with_a_chain() -> Mapping[str, Any]:
    """*Short Warning* with a question to Tokyo and Seoul, and what follows from it."""
    scenario = deepcopy(dict(document()))
    injects = scenario["injects"]
    shape = {**injects["H-01"], "variants": {}, "effects": [], "sensitive": False}
    shape["text"] = shape["title"] = {"en": "Words"}
    injects["ask"] = {
        **shape,
        "to": ["all"],
        "title": {"en": "What do you make of it?"},
        "owed": {"by": ["tokyo", "seoul"], "minutes": 5},
    }
    injects["next"] = {
        **shape,
        "to": ["tokyo"],
        "trigger": "chained",
        "after": ["ask"],
        "minute": 3,
    }
    injects["then"] = {**shape, "to": ["seoul"], "trigger": "chained", "answered": ["ask"]}
    injects["late"] = {
        **shape,
        "to": ["seoul"],
        "trigger": "scheduled",
        "turn": scenario["turns"] and next(iter(scenario["turns"])),
        "minute": 4,
        "after": ["next"],
    }
    injects["told"] = {**shape, "to": ["tokyo"], "trigger": "request", "title": {"en": "Six"}}
    return scenario


@pytest.fixture
def room() -> Room:
    return Room(with_a_chain())


def line(room: Room, inject: str) -> SheetSeen:
    """An inject on control's run sheet."""
    return next(line for line in room.sees(LEAD).sheet if line.inject == inject)


def item(room: Room, inject: str = "ask") -> str:
    """The item that an inject became."""
    return next(got.id for got in reversed(room.inbox(LEAD)) if got.inject == inject)


def test_a_chained_inject_comes_its_minutes_after_the_one_before(room: Room) -> None:
    room.pass_minutes(6)
    assert (line(room, "next").status, line(room, "next").due) == ("waiting", None)
    room.send(LEAD, c.ReleaseInject("ask"))
    out = room.state.sheet["ask"].out
    assert out is not None
    assert line(room, "next").due == out + 3 * MINUTE
    assert line(room, "next").links[0].made
    room.pass_minutes(3)
    assert line(room, "next").status == "released"


def test_what_is_scheduled_and_waits_for_another_comes_when_both_are_so(room: Room) -> None:
    room.pass_minutes(5)
    assert line(room, "late").status == "waiting"
    room.send(LEAD, c.ReleaseInject("next"))
    room.tick()
    assert line(room, "late").status == "released"


def test_a_recalled_inject_locks_again_what_waits_for_it(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("ask"))
    room.send(LEAD, c.RecallInject("ask", "too early"))
    assert (line(room, "next").due, line(room, "next").links[0].made) == (None, False)
    room.pass_minutes(5)
    assert line(room, "next").status == "waiting"


def test_control_may_release_what_still_waits_for_another(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("next"))
    assert line(room, "next").status == "released"


def test_a_response_is_owed_from_release_and_unlocks_when_all_are_in(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("ask"))
    ask = item(room)
    due = room.state.clock.read(room.at) + 5 * MINUTE
    assert room.sees(LEAD).inject_marks[ask].owed["seoul"].due == due
    assert set(room.sees(TOKYO).inject_marks[ask].owed) == {"tokyo"}
    assert ask not in room.sees(WASHINGTON).inject_marks
    room.send("tokyo.adviser", c.AnswerInject(ask, "A dry run"))
    room.tick()
    assert line(room, "then").status == "waiting"
    room.send(LEAD, c.NoteResponse("ask", "seoul"))
    room.tick()
    assert line(room, "then").status == "released"
    owed = room.sees(LEAD).inject_marks[ask].owed
    assert (owed["tokyo"].text, owed["tokyo"].seat) == ("A dry run", "tokyo.adviser")
    assert owed["seoul"].seat == LEAD
    assert "A dry run" not in str(room.sees(SEOUL))


def test_only_who_owes_a_response_gives_one_and_once(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("ask"))
    ask = item(room)
    assert room.refused(WASHINGTON, c.AnswerInject(ask, "x")).code == "not_owed"
    assert room.refused(TOKYO, c.AnswerInject("nothing", "x")).code == "unknown_inject"
    assert room.refused(LEAD, c.NoteResponse("ask", "washington")).code == "not_owed"
    room.send(TOKYO, c.AnswerInject(ask, "x"))
    assert room.refused(TOKYO, c.AnswerInject(ask, "y")).code == "already"
    assert room.refused(LEAD, c.NoteResponse("ask", "tokyo")).code == "already"


def test_who_is_no_longer_sent_an_inject_owes_no_response_to_it(room: Room) -> None:
    room.send(LEAD, c.RetargetInject("ask", ("tokyo", "washington")))
    room.send(LEAD, c.ReleaseInject("ask"))
    assert set(room.sees(LEAD).inject_marks[item(room)].owed) == {"tokyo"}


def test_nothing_is_owed_to_what_was_recalled(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("ask"))
    ask = item(room)
    room.send(LEAD, c.RecallInject("ask", "too early"))
    assert not room.sees(LEAD).inject_marks[ask].owed
    assert room.refused(TOKYO, c.AnswerInject(ask, "x")).code == "unknown_inject"


def test_a_request_is_answered_by_an_inject(room: Room) -> None:
    room.pass_minutes(10)
    assert line(room, "told").status == "waiting"
    room.send("tokyo.defence", c.AskControl("How many?"))
    (asked,) = room.sees(LEAD).requests
    room.send(LEAD, c.ReleaseInject("told", asked.id))
    (asked,) = room.sees(TOKYO).requests
    assert asked.inject == room.inbox(TOKYO)[-1].id == item(room, "told")
    assert room.refused(LEAD, c.AnswerRequest(asked.id, "Six")).code == "already"


def test_whoever_asked_has_to_receive_the_inject_that_answers(room: Room) -> None:
    room.send(SEOUL, c.AskControl("How many?"))
    (asked,) = room.sees(LEAD).requests
    assert room.refused(LEAD, c.ReleaseInject("told", asked.id)).code == "asker_left_out"
    assert line(room, "told").status == "waiting"
