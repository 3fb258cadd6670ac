"""Consent in full: caveats, provisos, coalitions without somebody, silence, and who blocks."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from msgspec.structs import replace

from rules import commands as c
from rules.state import Proposal, Proviso, Revision
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.test_plan import named, with_a_clause
from tests.table import LEAD

MEETING = "J-K01"


def with_consent() -> Mapping[str, Any]:
    """*Short Warning* with a clause that knows a caveat and silence, and a meeting of two."""
    scenario = deepcopy(dict(with_a_clause()))
    telling = scenario["plan"]["telling"]
    telling["silence"] = True
    telling["options"]["at_once"]["caveats"] = {
        "if_asked": {
            **named("Only if asked by Seoul"),
            "by": ["seoul"],
            "effects": [{"change": {"trust.{actor}_tokyo": -2}}],
        }
    }
    scenario["plan"]["second"] = deepcopy(telling) | named("Who speaks")
    meeting = scenario["joint"][MEETING]
    meeting |= {"least": 2, "fewer": [{"change": {"domestic.{left_out}": -3}}]}
    return scenario


@pytest.fixture
def room() -> Room:
    return Room(with_consent())


def table(room: Room, index: int = -1) -> Proposal:
    return room.state.proposals[index]


def propose(room: Room, seat: str = TOKYO, clause: str = "telling", **more: Any) -> str:
    room.send(seat, c.ProposeJoint(clause, "Tokyo is told", option="at_once", **more))
    return table(room).id


def stands(room: Room, index: int = -1) -> dict[str, str]:
    return {team: stand.stand for team, stand in table(room, index).stands.items()}


# Caveats


def test_a_caveat_is_a_new_text_that_the_others_must_consent_to(room: Room) -> None:
    id = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.ConsentJoint(id, 1, caveat="Seoul hears of it first"))
    assert stands(room) == {"washington": "open", "tokyo": "open", "seoul": "consents"}
    assert room.refused(WASHINGTON, c.ConsentJoint(id, 1)).code == "old_version"
    for seat in (WASHINGTON, TOKYO):
        room.send(seat, c.ConsentJoint(id, 2))
    assert room.standing(id) == "agreed"
    room.end_turn()
    room.settle()
    read = next(result for result in room.results(TOKYO) if result.item == "telling")
    assert [caveat.text for caveat in read.caveats] == ["Seoul hears of it first"]


def test_what_a_standard_caveat_does_is_part_of_the_text(room: Room) -> None:
    before = room.state.tracks["trust.seoul_tokyo"]
    id = propose(room)
    room.send(SEOUL, c.ConsentJoint(id, 1, standard="if_asked"))
    (caveat,) = room.sees(WASHINGTON).table[-1].caveats
    assert caveat.name is not None
    assert caveat.name["en"] == "Only if asked by Seoul"
    for seat in (WASHINGTON, TOKYO):
        room.send(seat, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    read = next(result for result in room.results(SEOUL) if result.item == "telling")
    moved = {change.track: change.after - change.before for change in read.changes}
    assert moved["trust.seoul_tokyo"] < 0
    assert room.state.tracks["trust.seoul_tokyo"] < before


def test_a_standard_caveat_is_for_those_who_may_attach_it(room: Room) -> None:
    id = propose(room)
    taken = c.ConsentJoint(id, 1, standard="if_asked")
    assert room.refused(WASHINGTON, taken).code == "unknown_caveat"
    room.send(SEOUL, taken)
    again = c.ConsentJoint(id, 2, standard="if_asked")
    assert room.refused(SEOUL, again).code == "same_text"


def test_an_amended_text_goes_without_the_caveats_to_the_old_one(room: Room) -> None:
    id = propose(room)
    room.send(SEOUL, c.ConsentJoint(id, 1, caveat="not on Sundays"))
    room.send(TOKYO, c.AmendJoint(id, "Tokyo is told"))
    assert table(room).caveats == ()
    assert table(room).version == 3
    assert stands(room)["seoul"] == "open"


def test_a_changed_text_says_who_changed_it_last_and_when(room: Room) -> None:
    id = propose(room)
    assert room.sees(SEOUL).table[-1].revision is None
    room.send(SEOUL, c.ConsentJoint(id, 1, caveat="not on Sundays"))
    attached = Revision("seoul", room.state.clock.read(room.at), caveat=True)
    room.send(WASHINGTON, c.ConsentJoint(id, 2))
    assert room.sees(TOKYO).table[-1].revision == attached
    room.send(WASHINGTON, c.AmendJoint(id, "Tokyo is told at once"))
    amended = Revision("washington", room.state.clock.read(room.at))
    room.send(TOKYO, c.ConsentJoint(id, 3))
    assert room.sees(SEOUL).table[-1].revision == amended


def test_a_caveat_stays_in_the_text_when_its_author_steps_back(room: Room) -> None:
    id = propose(room)
    room.send(SEOUL, c.ConsentJoint(id, 1, caveat="not on Sundays"))
    room.send(TOKYO, c.ConsentJoint(id, 2))
    room.send(SEOUL, c.WithdrawConsent(id))
    assert [caveat.text for caveat in table(room).caveats] == ["not on Sundays"]
    assert stands(room) == {"washington": "open", "tokyo": "consents", "seoul": "open"}


# Provisos


def test_a_consent_may_wait_for_another_capitals(room: Room) -> None:
    id = propose(room, proviso=Proviso(capital="seoul"))
    room.send(WASHINGTON, c.ConsentJoint(id, 1, proviso=Proviso(capital="seoul")))
    assert room.standing(id) == "open"
    blocks = {block.team: block.why for block in room.sees(TOKYO).table[-1].missing}
    assert blocks == {"washington": "proviso", "tokyo": "proviso", "seoul": "open"}
    room.send(SEOUL, c.ConsentJoint(id, 1, proviso=Proviso(capital="tokyo")))
    assert room.standing(id) == "agreed"


def test_two_clauses_may_be_a_package(room: Room) -> None:
    """Each capital wants the other clause as well: together they stand, apart neither."""
    first = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(first, 1))
    room.send(SEOUL, c.ConsentJoint(first, 1, proviso=Proviso(clause="second", option="at_once")))
    assert room.standing(first) == "open"
    second = propose(room, SEOUL, "second")
    room.send(WASHINGTON, c.ConsentJoint(second, 1))
    room.send(TOKYO, c.ConsentJoint(second, 1, proviso=Proviso(clause="telling")))
    assert (room.standing(first), room.standing(second)) == ("agreed", "agreed")
    room.send(WASHINGTON, c.WithdrawConsent(second))
    assert (room.standing(first), room.standing(second)) == ("open", "open")


def test_a_proviso_on_a_clause_that_stands_is_met_at_once(room: Room) -> None:
    first = propose(room, clause="second")
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ConsentJoint(first, 1))
    room.go_to(2)
    assert set(room.state.plan) == {"second"}
    id = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.ConsentJoint(id, 1, proviso=Proviso(clause="second", option="at_once")))
    assert room.standing(id) == "agreed"


def test_a_proviso_on_an_option_waits_for_that_option(room: Room) -> None:
    options = room.state.book.plan["second"].options
    other = next(option for option in options if option != "at_once")
    id = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.ConsentJoint(id, 1, proviso=Proviso(clause="second", option=other)))
    second = propose(room, clause="second")
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ConsentJoint(second, 1))
    assert (room.standing(second), room.standing(id)) == ("agreed", "open")


def test_a_consent_that_waits_in_vain_lapses_with_the_turn(room: Room) -> None:
    id = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.ConsentJoint(id, 1, proviso=Proviso(clause="second")))
    room.end_turn()
    assert room.standing(id) == "lapsed"


def test_a_proviso_may_be_lifted(room: Room) -> None:
    id = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.ConsentJoint(id, 1, proviso=Proviso(clause="second")))
    same = c.ConsentJoint(id, 1, proviso=Proviso(clause="second"))
    assert room.refused(SEOUL, same).code == "already"
    room.send(SEOUL, c.ConsentJoint(id, 1))
    assert room.standing(id) == "agreed"


@pytest.mark.parametrize(
    ("proviso", "code"),
    [
        (Proviso(capital="washington"), "unknown_party"),
        (Proviso(clause="telling"), "unknown_clause"),
        (Proviso(clause="J-K01"), "unknown_clause"),
        (Proviso(clause="second", option="never"), "unknown_clause"),
        (Proviso(option="at_once"), "unknown_clause"),
    ],
)
def test_a_proviso_names_what_can_come_true(room: Room, proviso: Proviso, code: str) -> None:
    id = propose(room)
    assert room.refused(WASHINGTON, c.ConsentJoint(id, 1, proviso=proviso)).code == code


# Coalitions


def test_two_go_ahead_without_the_third_where_the_scenario_says_so(room: Room) -> None:
    id = room.propose(WASHINGTON, MEETING)
    room.send(TOKYO, c.ConsentJoint(id, 1))
    assert room.standing(id) == "open"
    left = room.points(SEOUL)
    room.send(SEOUL, c.RefuseJoint(id, "not this week"))
    assert room.standing(id) == "agreed"
    assert table(room).parties == ("washington", "tokyo")
    assert room.points(SEOUL) == left
    room.end_turn()
    room.settle()
    read = next(result for result in room.results(LEAD) if result.item == MEETING)
    assert read.teams == ("washington", "tokyo")
    assert "domestic.seoul" in {change.track for change in read.changes}
    assert "domestic.tokyo" not in {change.track for change in read.changes}


def test_at_the_close_nobody_is_waited_for(room: Room) -> None:
    id = room.propose(WASHINGTON, MEETING)
    room.send(SEOUL, c.ConsentJoint(id, 1, proviso=Proviso(capital="tokyo")))
    other = propose(room)
    room.send(WASHINGTON, c.ConsentJoint(other, 1))
    room.end_turn()
    assert (room.standing(id), room.standing(other)) == ("lapsed", "lapsed")
    room.send(LEAD, c.ReopenTurn(5))
    room.send(SEOUL, c.ConsentJoint(id, 1))
    room.end_turn()
    assert room.standing(id) == "agreed"
    assert table(room, 0).parties == ("washington", "seoul")


def test_a_reopened_turn_waits_again_for_who_did_not_answer(room: Room) -> None:
    id = room.propose(WASHINGTON, MEETING)
    room.send(SEOUL, c.ConsentJoint(id, 1))
    room.end_turn()
    assert room.standing(id) == "agreed"
    room.send(LEAD, c.ReopenTurn(5))
    assert room.standing(id) == "open"
    room.send(TOKYO, c.ConsentJoint(id, 1))
    assert table(room).parties == ("washington", "tokyo", "seoul")


def test_two_refusals_leave_nobody_to_go_ahead_with(room: Room) -> None:
    id = room.propose(WASHINGTON, MEETING)
    room.send(SEOUL, c.RefuseJoint(id, "no"))
    assert room.standing(id) == "open"
    room.send(TOKYO, c.RefuseJoint(id, "no"))
    assert room.standing(id) == "refused"


# Silence


def test_who_says_nothing_in_time_has_consented(room: Room) -> None:
    id = propose(room, minutes=5, silence=True)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.pass_minutes(6)
    assert room.standing(id) == "agreed"
    seen = room.sees(TOKYO).table[-1].stands
    assert {team: stand.silent for team, stand in seen.items()} == {
        "washington": False,
        "tokyo": False,
        "seoul": True,
    }


def test_a_word_breaks_the_silence(room: Room) -> None:
    id = propose(room, minutes=5, silence=True)
    room.send(SEOUL, c.RefuseJoint(id, "not so"))
    room.pass_minutes(6)
    assert room.standing(id) == "refused"


def test_a_new_text_has_the_whole_silence_again(room: Room) -> None:
    id = propose(room, minutes=5, silence=True)
    room.pass_minutes(4)
    room.send(SEOUL, c.AmendJoint(id, "Tokyo is told by Seoul"))
    room.pass_minutes(2)
    assert room.standing(id) == "open"
    room.pass_minutes(4)
    assert room.standing(id) == "agreed"


def test_who_has_stepped_back_is_not_silent(room: Room) -> None:
    id = propose(room, minutes=5, silence=True)
    room.pass_minutes(6)
    room.send(SEOUL, c.WithdrawConsent(id))
    room.pass_minutes(1)
    assert room.standing(id) == "lapsed"


def test_who_is_paused_by_control_is_not_silent(room: Room) -> None:
    id = propose(room, minutes=5, silence=True)
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(LEAD, c.HoldTeam("seoul", hold=True))
    room.pass_minutes(6)
    assert room.standing(id) == "lapsed"


def test_silence_buys_nothing_that_a_capital_cannot_pay(room: Room) -> None:
    id = propose(room, minutes=5, silence=True)
    purse = {**room.state.points, "seoul": 0}
    room.states[-1] = replace(room.state, points=purse)
    room.pass_minutes(6)
    assert room.standing(id) == "lapsed"


@pytest.mark.parametrize(
    ("joint", "option", "minutes", "code"),
    [
        (MEETING, None, 5, "no_silence"),
        ("telling", "at_once", None, "silence_time"),
        ("telling", "at_once", 240, "silence_time"),
    ],
)
def test_silence_needs_leave_and_time(
    room: Room, joint: str, option: str | None, minutes: int | None, code: str
) -> None:
    tried = c.ProposeJoint(joint, "text", minutes, option, silence=True)
    assert room.refused(TOKYO, tried).code == code


# Control, and everybody else


def test_control_sees_who_blocks_and_since_when(room: Room) -> None:
    id = propose(room)
    since = room.state.clock.read(room.at)
    room.pass_minutes(3)
    room.send(WASHINGTON, c.ConsentJoint(id, 1, proviso=Proviso(capital="seoul")))
    health = {health.team: health for health in room.sees(LEAD).health}
    assert health["seoul"].waiting_on == (id,)
    assert health["seoul"].waiting_since == since
    assert health["washington"].waiting_since == room.state.clock.read(room.at)
    assert health["tokyo"].waiting_on == ()


def test_only_parties_know_of_caveats_and_provisos(room: Room) -> None:
    room.send(TOKYO, c.ProposeJoint("J-K04", "between us", proviso=Proviso(capital="seoul")))
    id = table(room).id
    room.send(SEOUL, c.ConsentJoint(id, 1, caveat="KEEP THIS FROM WASHINGTON"))
    room.send(TOKYO, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    for seat in (WASHINGTON, "washington.foreign", "observer.public", "observer.washington"):
        if seat in room.state.book.seats:
            assert all(b"KEEP THIS" not in told for _, told in room.told(seat))
    assert any(b"KEEP THIS" in told for _, told in room.told(TOKYO))
