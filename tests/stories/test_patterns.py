"""Patterns of the record, played again: the signs and the order are right, not the numbers.

Each follows dated public events: (a) the missiles of July 2006, (b) the satellite of 1998, (c) the
shrine visit of 2005, (d) the radar of 2018 and after, (e) the corvette of 2010, (f) the test of
October 2006.
"""

from collections.abc import Mapping

import pytest

from rules import commands as c
from rules.odds import odds
from tests.stories.room import LEADERS, SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

TOKYO_IN_SEOUL, SEOUL_IN_TOKYO = "trust.tokyo_seoul", "trust.seoul_tokyo"


class Replay(Room):
    """A room in which what somebody did is done again."""

    def does(self, seat: str, action: str, *, after_telling: tuple[str, ...] = ()) -> None:
        """An order, with or without a word to the others before."""
        if after_telling:
            self.send(seat, c.SendConsult(after_telling, "We mean to do this", action))  # type: ignore[arg-type] # capitals
        self.order(seat, action)

    def finishes(self, grade: str | None = None, of: str = "") -> None:
        """The turn ends; one result comes out as it did then, the rest as the dice say."""
        self.end_turn()
        if grade is None:
            self.settle()
            return
        subject = self.result_of(of)
        self.send(LEAD, c.AmendResult(subject, "as it was", grade, None))  # type: ignore[arg-type] # a grade
        self.settle_rest(subject)

    def since(self, before: Mapping[str, int]) -> dict[str, int]:
        """How far each track has moved."""
        return {track: value - before[track] for track, value in self.state.tracks.items()}

    def needed(self, item: str) -> int:
        """What two dice must show for an item to succeed now."""
        book = self.state.book
        doing = book.actions.get(item) or book.joint[item]
        found = odds(self.state, doing, {"actor": getattr(doing, "team", "")})
        assert found is not None
        return found.target - found.total


def launched() -> Replay:
    """July 2006: missiles have flown, and it is the morning after."""
    room = Replay()
    room.go_to(4)
    return room


def quarrel(room: Replay) -> None:
    """Ports closed at once; no reason for a fuss; talk of striking bases; a rebuke. Nobody told."""
    room.does(TOKYO, "JP-M03")
    room.does(SEOUL, "ROK-M03")
    room.does(TOKYO, "JP-K05")
    room.does(SEOUL, "ROK-K03")


def test_a_july_2006_both_trusts_fall_and_seouls_more() -> None:
    room = launched()
    before = room.state.tracks
    quarrel(room)
    room.finishes()
    moved = room.since(before)
    assert moved[SEOUL_IN_TOKYO] < moved[TOKYO_IN_SEOUL] < 0
    assert moved["coord"] < 0
    assert moved["history.heat"] > 0
    assert moved["domestic.tokyo"] > 0, "and each is applauded at home"
    assert moved["domestic.seoul"] > 0


def test_a_july_2006_the_council_acts_all_the_same() -> None:
    room = launched()
    quarrel(room)
    room.finishes()
    room.send(LEAD, c.OpenTurn())
    before = room.state.tracks
    assert 2 < room.needed("US-M06") <= 12, "it is open, and not certain"
    room.does(WASHINGTON, "US-M06", after_telling=("tokyo", "seoul"))
    room.finishes("ok", of="US-M06")
    assert room.since(before)["consequences"] > 0


def signing() -> Replay:
    """Autumn 1998: Tokyo and Seoul are about to sign a declaration."""
    room = Replay()
    room.given({"history.heat": 35, TOKYO_IN_SEOUL: 55, SEOUL_IN_TOKYO: 55})
    return room


def test_b_1998_a_stop_alone_costs_with_both_allies_and_going_back_mends_it() -> None:
    room = signing()
    before = room.state.tracks
    room.does(TOKYO, "JP-M03")
    room.finishes()
    stopped = room.since(before)
    assert stopped["trust.washington_tokyo"] < 0
    assert stopped[SEOUL_IN_TOKYO] < 0
    assert stopped["coord"] < 0
    room.send(LEAD, c.OpenTurn())
    before = room.state.tracks
    room.does(TOKYO, "JP-K06")
    room.does(TOKYO, "JP-K03")
    room.finishes()
    back = room.since(before)
    assert back["trust.washington_tokyo"] > 0
    assert back[SEOUL_IN_TOKYO] > 0
    assert back["incentives"] > 0
    assert back["domestic.tokyo"] < stopped["domestic.tokyo"], (
        "at home the stop was the popular part"
    )


def test_b_1998_the_declaration_did_not_depend_on_it() -> None:
    quiet, stopped = signing(), signing()
    stopped.does(TOKYO, "JP-M03")
    for room in (quiet, stopped):
        room.finishes()
        room.send(LEAD, c.OpenTurn())
        proposal = room.agree("J-K03")
        assert room.standing(proposal) == "agreed"
    assert quiet.needed("J-K03") == stopped.needed("J-K03")


@pytest.mark.parametrize("visit", [False, True])
def test_c_2005_a_shrine_visit_takes_a_meeting_of_leaders_off_the_table(
    visit: bool,  # noqa: FBT001 # a parameter of the story
) -> None:
    room = Replay()
    room.given({"history.heat": 38, TOKYO_IN_SEOUL: 45, SEOUL_IN_TOKYO: 42})
    before = room.state.tracks
    proposal = room.propose(TOKYO, "J-K03")
    if visit:
        room.send(LEAD, c.ReleaseInject("H-03"))
        assert room.refused(SEOUL, c.ConsentJoint(proposal, 1)).code == "needs"
        assert room.since(before)[SEOUL_IN_TOKYO] < room.since(before)[TOKYO_IN_SEOUL] < 0
        again = room.sees(SEOUL).offers["J-K03"].no
        assert again is not None, "nor can another be proposed"
    else:
        room.send(SEOUL, c.ConsentJoint(proposal, 1))
        assert room.standing(proposal) == "agreed"


def radar(*, procedure: bool) -> Replay:
    """December 2018: an aircraft and a destroyer meet, with or without agreed rules for it."""
    room = Replay(document("sea"))
    if procedure:
        room.agree("J-S01")
        room.send(WASHINGTON, c.ProposeJoint("radar", "Keep off", option="keep_off"))
        clause = room.state.proposals[-1].id
        for seat in (TOKYO, SEOUL):
            room.send(seat, c.ConsentJoint(clause, 1))
    room.go_to(3)
    room.pass_minutes(2)
    return room


def test_d_2018_without_a_procedure_an_encounter_costs_both_and_grows() -> None:
    without, with_ = radar(procedure=False), radar(procedure=True)
    for trust in (TOKYO_IN_SEOUL, SEOUL_IN_TOKYO):
        assert without.state.tracks[trust] < with_.state.tracks[trust]
    assert without.state.tracks["sea.ally_clash"] > with_.state.tracks["sea.ally_clash"]
    released = {inject for inject, line in without.state.sheet.items() if line.status == "released"}
    assert "S-N01" in released
    assert with_.state.sheet["S-N01"].status == "waiting"


def test_d_2018_unexplained_it_becomes_two_films_and_both_lose_again() -> None:
    room = radar(procedure=False)
    room.go_to(6)
    before = room.state.tracks
    room.pass_minutes(12)
    assert room.state.sheet["S-22"].status == "released"
    assert room.state.flags["radar_public"]
    assert room.since(before)[TOKYO_IN_SEOUL] < 0
    assert room.since(before)[SEOUL_IN_TOKYO] < 0


@pytest.mark.parametrize("islets", [False, True])
def test_d_2025_a_dispute_over_the_islets_undoes_a_slow_return(
    islets: bool,  # noqa: FBT001 # a parameter of the story
) -> None:
    room = Replay(document("sea"))
    room.given({"history.heat": 24, TOKYO_IN_SEOUL: 40, SEOUL_IN_TOKYO: 40})
    before = room.state.tracks
    if islets:
        room.send(LEAD, c.ReleaseInject("H-05"))
    room.finishes()
    moved = room.since(before)
    for trust in (TOKYO_IN_SEOUL, SEOUL_IN_TOKYO):
        assert (moved[trust] < 0) if islets else (moved[trust] > 0)


def test_e_2010_allies_share_the_finding_and_the_council_names_nobody() -> None:
    room = Replay(document("sea"))
    start = room.state.tracks
    room.go_to(4)
    room.does(SEOUL, "ROK-S04")
    room.agree("J-S03")
    room.does(WASHINGTON, "US-S01")
    room.finishes("great", of="J-S03")
    room.send(LEAD, c.OpenTurn())
    room.does(WASHINGTON, "US-S01")
    room.finishes("great", of="US-S01")
    room.send(LEAD, c.OpenTurn())
    room.does(WASHINGTON, "US-S07", after_telling=("tokyo", "seoul"))
    room.pass_minutes(15)
    room.finishes("part", of="US-S07")
    moved = room.since(start)
    assert room.state.tracks["sea.attribution"] >= 60
    assert moved["solidarity5"] < 0, "two of the five are not convinced"
    assert 0 < moved["consequences"] <= 5, "and the words are careful"


def leaders_met(*, in_one_room: bool) -> Replay:
    """October 2006: a nuclear test, and two leaders meet the same day, as planned; or do not."""
    room = launched()
    if in_one_room:
        first, *others = LEADERS
        room.send(first, c.ProposeJoint("J-K01", "A calm and firm answer", option="controls"))
        for seat in others:
            room.send(seat, c.ConsentJoint(room.state.proposals[-1].id, 1))
    room.does(TOKYO, "JP-M03", after_telling=("washington", "seoul") if in_one_room else ())
    room.does(SEOUL, "ROK-M04")
    room.finishes()
    return room


def test_f_october_2006_one_room_makes_one_line() -> None:
    apart, together = leaders_met(in_one_room=False), leaders_met(in_one_room=True)

    def gap(room: Replay) -> int:
        return room.state.tracks["stance.tokyo"] - room.state.tracks["stance.seoul"]

    assert together.state.tracks["coord"] > apart.state.tracks["coord"]
    assert together.state.tracks[SEOUL_IN_TOKYO] > apart.state.tracks[SEOUL_IN_TOKYO]
    assert (
        together.state.tracks["trust.washington_tokyo"]
        > apart.state.tracks["trust.washington_tokyo"]
    )
    assert gap(together) < gap(apart)
    assert together.state.tracks["consequences"] > apart.state.tracks["consequences"]


def test_f_october_2006_is_not_july() -> None:
    """Same capitals, same kind of shock: who had talked beforehand makes the difference."""
    july = launched()
    before = july.state.tracks
    quarrel(july)
    july.finishes()
    october = leaders_met(in_one_room=True)
    assert october.since(before)["coord"] > 0 > july.since(before)["coord"]
    assert october.since(before)[SEOUL_IN_TOKYO] > july.since(before)[SEOUL_IN_TOKYO]
