"""What *Cold Harvest* tells: its caveats, coalitions, clocks, broken lines and failing sources."""

import pytest

from rules import commands as c
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.telling import (
    LINE,
    answer,
    believes,
    leans,
    line,
    moved,
    reached,
    read,
    stands,
    until,
)
from tests.table import LEAD, document


@pytest.fixture
def room() -> Room:
    return Room(document("collapse"))


# Consent


def test_seoul_keeps_japanese_ships_outside_the_harbour_and_fewer_leave(room: Room) -> None:
    id = room.propose(TOKYO, "J-C02")
    room.send(WASHINGTON, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.ConsentJoint(id, 1, standard="outside_the_harbour"))
    assert room.standing(id) == "open"
    for seat in (WASHINGTON, TOKYO):
        room.send(seat, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    plan = read(room, "J-C02")
    assert plan["evac.japanese"] == 18 - 8
    assert plan["domestic.seoul"] == 2


def test_the_count_of_the_weapons_goes_to_tokyo_if_either_signatory_asks(room: Room) -> None:
    id = room.propose(SEOUL, "J-C01")
    isolation = room.state.tracks["tokyo_isolation"]
    room.send(WASHINGTON, c.ConsentJoint(id, 1, standard="tokyo_counts_too"))
    room.send(SEOUL, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    custody = read(room, "J-C01")
    assert custody["tokyo_isolation"] == 3 - 2
    assert custody["trust.tokyo_washington"] == -2 + 1
    assert custody["trust.tokyo_seoul"] == -2
    assert room.state.tracks["tokyo_isolation"] == isolation + 1


def test_whoever_goes_north_enters_seouls_territory_if_seoul_so_says(room: Room) -> None:
    room.send(WASHINGTON, c.ProposeJoint("north", "Together", option="combined"))
    id = room.state.proposals[-1].id
    claim = c.ConsentJoint(id, 1, standard="constitution")
    assert room.refused(TOKYO, claim).code == "unknown_caveat"
    room.send(SEOUL, claim)
    room.send(TOKYO, c.ConsentJoint(id, 2, standard="rear_area"))
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ConsentJoint(id, 3))
    room.end_turn()
    room.settle()
    assert dict(room.state.plan) == {"north": "combined"}
    laid_down = read(room, "north")
    assert laid_down["domestic.seoul"] == -2 + 1
    assert laid_down["domestic.tokyo"] == 1
    assert laid_down["prc.presence"] == 1


def test_two_may_watch_the_ports_and_the_third_coast_stays_open(room: Room) -> None:
    id = room.propose(WASHINGTON, "J-C05")
    room.send(TOKYO, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.RefuseJoint(id, "Beijing is listening"))
    assert room.standing(id) == "agreed"
    room.end_turn()
    room.settle()
    assert read(room, "J-C05")["wmd.picture"] == 12 - 6
    assert read(room, "J-C05")["domestic.seoul"] == -1


def test_a_promise_of_two_to_the_guards_is_believed_less(room: Room) -> None:
    room.go_to(3)
    id = room.propose(WASHINGTON, "J-C06")
    room.send(SEOUL, c.ConsentJoint(id, 1))
    room.send(TOKYO, c.RefuseJoint(id, "Nothing for kidnappers"))
    room.end_turn()
    room.settle()
    promise = read(room, "J-C06")
    assert promise["coord"] == -3
    assert promise["domestic.tokyo"] == -2 - 1
    assert room.state.flags["offramp"]


@pytest.mark.parametrize(
    ("item", "option"), [("J-C05", None), ("boats", "land_nearest"), ("ships", "nearest")]
)
def test_what_is_work_for_officials_is_agreed_by_silence(
    room: Room, item: str, option: str | None
) -> None:
    room.send(TOKYO, c.ProposeJoint(item, "As drafted", 5, option, silence=True))
    id = room.state.proposals[-1].id
    room.pass_minutes(6)
    assert room.standing(id) == "agreed"


def test_who_speaks_to_beijing_is_not_agreed_by_silence(room: Room) -> None:
    silent = c.ProposeJoint("J-C03", "No bases", 5, silence=True)
    assert room.refused(WASHINGTON, silent).code == "no_silence"


# Answers that are owed


def test_a_garrison_keeps_its_gate_shut_once_both_have_answered_it(room: Room) -> None:
    room.go_to(3)
    room.pass_minutes(7)
    assert reached(room, SEOUL, "C-22")
    assert not reached(room, TOKYO, "C-22")
    answer(room, SEOUL, "C-22")
    room.pass_minutes(4)
    assert stands(room, "C-22b") == "waiting"
    answer(room, WASHINGTON, "C-22")
    before = until(room, "C-22b")
    assert moved(room, before, "wmd.risk") == -3
    assert moved(room, before, "nk.tension") == -2


def test_no_garrison_calls_where_the_sites_are_secured(room: Room) -> None:
    room.go_to(2)
    room.given(flags={"sites_secured": True})
    room.go_to(3)
    room.pass_minutes(10)
    assert stands(room, "C-22") == "waiting"
    assert "garrison" not in room.state.processes


def test_the_committee_grows_sober_when_all_three_have_answered(room: Room) -> None:
    room.go_to(7)
    room.pass_minutes(5)
    for seat in (WASHINGTON, TOKYO, SEOUL):
        assert stands(room, "C-20b") == "waiting"
        answer(room, seat, "C-20")
    before = until(room, "C-20b")
    assert moved(room, before, "nk.tension") == -2


@pytest.mark.parametrize("inject", ["C-05", "C-17", "C-20", "C-22"])
def test_what_is_owed_is_due_before_the_turn_is_over(room: Room, inject: str) -> None:
    asked = room.state.book.injects[inject]
    assert asked.owed is not None
    assert asked.turn is not None
    assert asked.minute + asked.owed.minutes < room.state.book.turns[asked.turn].minutes


@pytest.mark.parametrize(("agreed", "isolation"), [(False, 1), (True, -3)])
def test_tokyo_hears_of_the_note_to_two_and_minds_it_less_under_a_plan(
    room: Room,
    agreed: bool,  # noqa: FBT001 # a parameter of the story
    isolation: int,
) -> None:
    if agreed:
        room.send(TOKYO, c.ProposeJoint("beijing", "One text", option="one_text"))
        id = room.state.proposals[-1].id
        for seat in (WASHINGTON, SEOUL):
            room.send(seat, c.ConsentJoint(id, 1))
    room.go_to(4)
    room.given({"prc.presence": 40})
    room.go_to(6)
    before = until(room, "C-17b")
    assert reached(room, TOKYO, "C-17b")
    assert not reached(room, SEOUL, "C-17b")
    assert moved(room, before, "tokyo_isolation") == isolation


# Clocks


@pytest.mark.parametrize(("picture", "risk"), [(40, -2), (39, 2)])
def test_convoys_are_found_again_where_the_three_share_a_picture(
    room: Room, picture: int, risk: int
) -> None:
    room.pass_minutes(5)
    assert [process.id for process in room.sees(WASHINGTON).processes] == ["convoy"]
    assert room.sees(TOKYO).processes == ()
    room.go_to(2)
    room.given({"wmd.picture": picture})
    before = until(room, "C-21")
    assert moved(room, before, "wmd.risk") == risk
    assert reached(room, WASHINGTON, "C-21")
    assert not reached(room, TOKYO, "C-21")
    assert not reached(room, SEOUL, "C-21")


@pytest.mark.parametrize(("promised", "risk"), [(True, -2), (False, 2)])
def test_the_garrisons_batteries_run_out_on_a_promise_or_on_none(
    room: Room,
    promised: bool,  # noqa: FBT001 # a parameter of the story
    risk: int,
) -> None:
    room.go_to(3)
    room.pass_minutes(7)
    room.given(flags={"offramp": promised})
    before = until(room, "C-23")
    assert moved(room, before, "wmd.risk") == risk


@pytest.mark.parametrize(("expected", "relief", "home"), [(True, 2, 0), (False, 0, -1)])
def test_boats_reach_a_coast_that_expects_them_or_does_not(
    room: Room,
    expected: bool,  # noqa: FBT001 # a parameter of the story
    relief: int,
    home: int,
) -> None:
    room.go_to(4)
    room.tick()
    assert room.state.processes["crossing"].since is not None
    room.given(flags={"evac_plan": expected})
    before = until(room, "C-24")
    assert moved(room, before, "refugees.sea") == 1
    assert moved(room, before, "humanitarian") == relief
    assert moved(room, before, "domestic.tokyo") == home


# Lines


def test_through_the_fog_the_two_hear_each_other_badly_and_well_again_after(room: Room) -> None:
    room.go_to(4)
    room.pass_minutes(18)
    assert stands(room, "C-25") == "released"
    room.go_to(5)
    words = " ".join(f"word{n}" for n in range(40))
    room.send(SEOUL, c.SendMessage(LINE, words))
    (heard,) = (said.text for said in room.feed(TOKYO, f"room/{LINE}"))
    assert "…" in heard
    until(room, "C-25b")
    assert line(room) == "open"


def test_where_the_plan_has_one_room_the_line_holds_through_the_fog(room: Room) -> None:
    room.send(TOKYO, c.ProposeJoint("picture", "One room", option="one_room"))
    id = room.state.proposals[-1].id
    for seat in (WASHINGTON, SEOUL):
        room.send(seat, c.ConsentJoint(id, 1))
    room.go_to(4)
    room.pass_minutes(20)
    assert stands(room, "C-25") == "waiting"
    assert line(room) == "open"


# Sources


def test_under_cloud_washington_has_no_new_picture(room: Room) -> None:
    room.go_to(4)
    seen = believes(room, WASHINGTON, "wmd.risk")
    room.go_to(5)
    old = believes(room, WASHINGTON, "wmd.risk")
    assert old.as_of == seen.as_of == 4
    assert seen.high is not None
    assert old.high == seen.high + 5
    room.go_to(6)
    assert believes(room, WASHINGTON, "wmd.risk").as_of == 6


@pytest.mark.parametrize(("solidarity", "as_of"), [(44, 3), (45, 4)])
def test_a_consulate_sees_nothing_of_the_border_while_the_five_are_divided(
    room: Room, solidarity: int, as_of: int
) -> None:
    room.go_to(3)
    room.end_turn()
    room.settle()
    room.given({"solidarity5": solidarity})
    room.send(LEAD, c.OpenTurn())
    assert believes(room, TOKYO, "prc.presence").as_of == as_of


def test_what_defectors_tell_seoul_leans_one_way_all_game() -> None:
    seen = [leans("collapse", SEOUL, "wmd.risk", seed) for seed in ("a" * 64, "b" * 64, "c" * 64)]
    assert all(len(set(in_turns)) == 1 for in_turns in seen)
    assert any(in_turns[0] for in_turns in seen)
