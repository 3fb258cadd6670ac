"""What an open clause of the plan costs in the crisis, and that a harmonised one does not."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from rules import commands as c
from rules.clock import MINUTE
from tests.stories.room import LEADERS, Room
from tests.table import LEAD, SHELF, document

CLAUSES = [(seminar, clause) for seminar in SHELF for clause in document(seminar)["plan"]]


def drift(room: Room) -> Iterator[int]:
    """Turns pass to the last one, with nobody doing more than the story says."""
    while room.state.phase != "ended":
        room.at += room.state.book.turns[room.state.turn_id].minutes * MINUTE
        room.tick()
        yield room.state.turn
        room.end_turn()
        room.settle()
        if room.state.phase == "readout":
            room.send(LEAD, c.OpenTurn())


def harmonise(room: Room, clause: str) -> None:
    """All three consent to the first option of a clause."""
    option = next(iter(room.state.book.plan[clause].options))
    first, *others = LEADERS
    room.send(first, c.ProposeJoint(clause, "We agree", option=option))
    proposal = room.state.proposals[-1].id
    for seat in others:
        room.send(seat, c.ConsentJoint(proposal, 1))


def released(room: Room) -> dict[str, int]:
    """The injects that went out, and in which turn."""
    out = (item for item in room.feed(LEAD, "inbox"))
    return {item.inject: item.turn for item in out if item.inject}


@lru_cache
def unprepared(seminar: str) -> Room:
    """A crisis for which nothing was agreed, and in which nothing is."""
    room = Room(document(seminar))
    for _ in drift(room):
        pass
    return room


@pytest.mark.parametrize(("seminar", "clause"), CLAUSES)
def test_an_open_clause_causes_its_own_friction(seminar: str, clause: str) -> None:
    room = unprepared(seminar)
    friction = room.state.book.plan[clause].friction
    assert friction in released(room)
    assert any(change.why.subject == friction for change in room.feed(LEAD, "changes")), (
        "and it costs something"
    )


@pytest.mark.parametrize(("seminar", "clause"), CLAUSES)
def test_a_clause_harmonised_in_time_causes_none(seminar: str, clause: str) -> None:
    room = Room(document(seminar))
    friction = room.state.book.plan[clause].friction
    due = released(unprepared(seminar))[str(friction)]
    harmonise(room, clause)
    for turn in drift(room):
        if turn == due:
            break
    assert clause in room.state.plan
    assert friction not in released(room)
    others = {each.friction for each in room.state.book.plan.values()} - {friction}
    assert others & set(released(room)), "while what is still open takes its toll"


@pytest.mark.parametrize(("seminar", "clause"), CLAUSES)
def test_a_clause_makes_the_plan_better_and_has_its_price(seminar: str, clause: str) -> None:
    room = Room(document(seminar))
    plan, left = room.state.tracks[f"plans.{seminar}"], room.points(LEADERS[0])
    harmonise(room, clause)
    assert room.points(LEADERS[0]) < left
    room.end_turn()
    room.settle()
    assert room.state.tracks[f"plans.{seminar}"] > plan
