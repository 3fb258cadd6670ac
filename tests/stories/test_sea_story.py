"""What *Narrow Water* tells: its caveats, coalitions, clocks, broken lines and failing sources."""

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

CLASH = "sea.ally_clash"


@pytest.fixture
def room() -> Room:
    return Room(document("sea"))


# Consent


def test_seoul_may_open_the_line_without_prejudice_to_the_islets(room: Room) -> None:
    plain = Room(document("sea"))
    plain.agree("J-S01")
    id = room.propose(TOKYO, "J-S01")
    room.send(SEOUL, c.ConsentJoint(id, 1, standard="without_prejudice"))
    assert room.standing(id) == "open"
    room.send(TOKYO, c.ConsentJoint(id, 2))
    for each in (plain, room):
        each.end_turn()
        each.settle()
    assert room.state.flags["hotline"]
    without, with_it = read(plain, "J-S01"), read(room, "J-S01")
    assert with_it["domestic.seoul"] == 2
    assert with_it["sea.eez_dispute"] == without["sea.eez_dispute"] + 2


@pytest.mark.parametrize(
    ("caveat", "by", "not_by", "shown"),
    [
        ("without_times", WASHINGTON, SEOUL, 15),
        ("criminal_case", TOKYO, WASHINGTON, 12),
        ("own_seal", SEOUL, TOKYO, 13),
    ],
)
def test_each_capital_keeps_its_own_hand_on_the_evidence_and_less_is_shown(
    room: Room, caveat: str, by: str, not_by: str, shown: int
) -> None:
    room.go_to(4)
    first, *others = (seat for seat in (WASHINGTON, TOKYO, SEOUL) if seat != by)
    id = room.propose(first, "J-S03")
    refused = room.refused(not_by, c.ConsentJoint(id, 1, standard=caveat))
    assert refused.code == "unknown_caveat"
    room.send(by, c.ConsentJoint(id, 1, standard=caveat))
    for seat in (first, *others):
        room.send(seat, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    moved = read(room, "J-S03")
    assert moved[f"domestic.{by.removesuffix('.leader')}"] == 2
    assert moved["sea.evidence"] == shown


def test_washington_may_ask_that_the_islets_find_it_neutral(room: Room) -> None:
    before = room.state.tracks["history.heat"]
    room.send(TOKYO, c.ProposeJoint("islets", "Degrees only", option="positions"))
    id = room.state.proposals[-1].id
    taken = c.ConsentJoint(id, 1, standard="no_position")
    assert room.refused(SEOUL, taken).code == "unknown_caveat"
    room.send(WASHINGTON, taken)
    for seat in (TOKYO, SEOUL):
        room.send(seat, c.ConsentJoint(id, 2))
    room.end_turn()
    room.settle()
    assert dict(room.state.plan) == {"islets": "positions"}
    assert read(room, "islets")["history.heat"] == -1
    assert room.state.tracks["history.heat"] < before


def test_an_evidence_cell_of_two_proves_less_and_is_none_of_the_three(room: Room) -> None:
    room.go_to(4)
    evidence = room.state.tracks["sea.evidence"]
    id = room.propose(WASHINGTON, "J-S03")
    room.send(SEOUL, c.ConsentJoint(id, 1))
    room.send(TOKYO, c.RefuseJoint(id, "The prosecutor has the trawler"))
    assert room.standing(id) == "agreed"
    room.end_turn()
    room.settle()
    assert room.state.tracks["sea.evidence"] == evidence + 15 - 9
    assert not room.state.flags["evidence_cell"]
    assert read(room, "J-S03")["domestic.tokyo"] == -1


def test_two_may_go_to_the_council_and_it_hears_who_is_missing(room: Room) -> None:
    room.go_to(6)
    room.given({"sea.attribution": 70})
    id = room.propose(WASHINGTON, "J-S04")
    room.send(TOKYO, c.ConsentJoint(id, 1))
    room.send(SEOUL, c.RefuseJoint(id, "Our own dead first"))
    room.end_turn()
    room.settle()
    moved = read(room, "J-S04")
    assert moved["solidarity5"] < 0
    assert moved["coord"] == -3


def test_a_search_is_agreed_by_silence(room: Room) -> None:
    room.send(TOKYO, c.ProposeJoint("J-S02", "We search together", 5, silence=True))
    id = room.state.proposals[-1].id
    room.pass_minutes(6)
    assert room.standing(id) == "agreed"


# Answers that are owed


def test_a_shot_at_birds_ends_where_seoul_answers_for_it(room: Room) -> None:
    room.go_to(4)
    room.send(LEAD, c.ReleaseInject("S-13"))
    loaded = room.state.tracks["nk.tension"]
    room.pass_minutes(3)
    assert stands(room, "S-13b") == "waiting"
    answer(room, SEOUL, "S-13")
    room.pass_minutes(2)
    assert stands(room, "S-13b") == "released"
    assert room.state.tracks["nk.tension"] == loaded - 3


def test_the_families_keep_silent_where_tokyo_does_not(room: Room) -> None:
    room.go_to(5)
    room.pass_minutes(4)
    answer(room, TOKYO, "S-16")
    room.pass_minutes(3)
    assert reached(room, TOKYO, "S-16b")
    assert not reached(room, SEOUL, "S-16b")


def test_the_council_waits_for_the_answers_of_all_three(room: Room) -> None:
    room.go_to(7)
    room.tick()
    for seat in (WASHINGTON, TOKYO):
        answer(room, seat, "S-24")
    room.pass_minutes(5)
    assert stands(room, "S-24b") == "waiting"
    answer(room, SEOUL, "S-24")
    room.pass_minutes(2)
    assert stands(room, "S-24b") == "released"


@pytest.mark.parametrize("inject", ["S-05", "S-13", "S-16", "S-24"])
def test_what_is_owed_is_due_before_the_turn_is_over(room: Room, inject: str) -> None:
    asked = room.state.book.injects[inject]
    assert asked.owed is not None
    assert asked.turn is not None
    assert asked.minute + asked.owed.minutes < room.state.book.turns[asked.turn].minutes


# Clocks


@pytest.mark.parametrize(("rescue", "calmer"), [(80, True), (20, False)])
def test_the_air_in_the_stern_runs_out_and_the_families_ask_who_searched(
    room: Room,
    rescue: int,
    calmer: bool,  # noqa: FBT001 # a parameter of the story
) -> None:
    room.go_to(4)
    room.pass_minutes(8)
    assert room.state.processes["air"].since is not None
    room.go_to(5)
    room.given({"sea.sar": rescue})
    before = until(room, "S-26")
    assert (moved(room, before, "nk.tension") == -2) is calmer
    assert (moved(room, before, "domestic.seoul") > 0) is calmer


@pytest.mark.parametrize(("cell", "shown", "dispute"), [(True, 4, 0), (False, 0, 2)])
def test_a_tow_arrives_where_somebody_or_nobody_is_to_receive_it(
    room: Room,
    cell: bool,  # noqa: FBT001 # a parameter of the story
    shown: int,
    dispute: int,
) -> None:
    room.go_to(3)
    room.given(flags={"vessel_held": True, "evidence_cell": cell})
    room.go_to(4)
    room.tick()
    assert stands(room, "S-09b") == "released"
    before = until(room, "S-27")
    assert moved(room, before, "sea.evidence") == shown
    assert moved(room, before, "sea.eez_dispute") == dispute


def test_a_trawler_that_sank_is_not_towed(room: Room) -> None:
    room.go_to(5)
    assert stands(room, "S-09") == "released"
    assert "tow" not in room.state.processes


# Lines


def test_without_a_line_words_come_late_then_broken_and_clear_with_the_night(room: Room) -> None:
    room.go_to(2)
    room.pass_minutes(8)
    assert line(room) == "late"
    room.send(TOKYO, c.SendMessage(LINE, "we stop at the edge"))
    assert room.feed(SEOUL, f"room/{LINE}") == []
    room.pass_minutes(3)
    assert [said.text for said in room.feed(SEOUL, f"room/{LINE}")] == ["we stop at the edge"]
    room.go_to(3)
    room.pass_minutes(2)
    assert line(room) == "garbled"
    room.go_to(4)
    room.tick()
    assert line(room) == "open"


def test_a_line_agreed_in_time_carries_through_the_six_minutes(room: Room) -> None:
    room.agree("J-S01")
    room.go_to(3)
    room.pass_minutes(2)
    assert stands(room, "S-08") == "released"
    assert line(room) == "open"


def test_a_line_that_came_late_is_opened_by_agreement(room: Room) -> None:
    room.go_to(2)
    room.pass_minutes(8)
    room.agree("J-S01")
    room.end_turn()
    room.settle()
    assert line(room) == "open"


def test_a_landing_silences_the_ministries_until_a_vice_minister_flies(room: Room) -> None:
    room.go_to(4)
    room.given({"history.heat": 60})
    room.go_to(5)
    room.pass_minutes(10)
    assert stands(room, "S-18") == "released"
    assert room.refused(TOKYO, c.SendMessage(LINE, "please answer")).code == "cut"
    before = until(room, "S-18b")
    assert moved(room, before, "sea.eez_dispute") == -3
    room.send(SEOUL, c.SendMessage(LINE, "we are here"))


def test_a_landing_cannot_cut_the_line_between_the_navies(room: Room) -> None:
    room.agree("J-S01")
    room.go_to(4)
    room.given({"history.heat": 60})
    room.go_to(5)
    room.pass_minutes(10)
    assert stands(room, "S-18") == "released"
    assert line(room) == "open"


# Sources


def test_seoul_hears_nothing_from_its_fleet_in_the_six_minutes(room: Room) -> None:
    lined = Room(document("sea"))
    lined.agree("J-S01")
    for each, as_of in ((room, 2), (lined, 3)):
        each.go_to(3)
        assert believes(each, SEOUL, CLASH).as_of == as_of
        assert believes(each, TOKYO, CLASH).as_of == 3


def test_a_navy_whose_capital_does_not_trust_washington_stops_reporting(room: Room) -> None:
    room.go_to(2)
    seen = believes(room, WASHINGTON, CLASH)
    room.given({"trust.seoul_washington": 30})
    room.end_turn()
    room.settle()
    room.given({"trust.seoul_washington": 30})
    room.send(LEAD, c.OpenTurn())
    old = believes(room, WASHINGTON, CLASH)
    assert old.as_of == seen.as_of == 2
    assert old.high is not None
    assert seen.high is not None
    assert old.high == seen.high + 5


def test_what_tokyos_cutters_report_leans_one_way_all_game() -> None:
    seen = [leans("sea", TOKYO, CLASH, seed) for seed in ("a" * 64, "b" * 64, "c" * 64)]
    assert all(len(set(in_turns)) == 1 for in_turns in seen)
    assert any(in_turns[0] for in_turns in seen)
