"""A preview is control's alone, changes nothing, tells no throw to come, and tells the truth."""

from collections.abc import Iterator
from typing import get_args

import msgspec
import pytest
from msgspec.structs import replace

from rules import commands as c
from rules.decide import decide
from rules.evolve import fold
from rules.preview import PREVIEWED, preview
from rules.refused import Refused
from rules.seen import PreviewSeen
from rules.state import State
from rules.view import view
from tests.table import LEAD, Players, Table, document

OTHERS = ("washington.leader", "tokyo.foreign", "seoul.leader", "observer.public", "observer.tokyo")

SEARCH = {"name": {"en": "Search"}, "say": {"en": "It goes on."}, "minutes": 9, "over": "H-01"}


@pytest.fixture(scope="module", params=range(2))
def states(request: pytest.FixtureRequest) -> list[State]:
    """States of a game on its way: orders sealed, a desk with dice on it, results read out."""
    scenario = {**document(), "processes": {**document().get("processes", {}), "search": SEARCH}}
    table = Table(scenario)
    Players(table, 60 + request.param).play_out()
    desks = [state for state in table.states if state.phase == "adjudication" and state.desk]
    first = next(state for state in table.states if state.turn)
    return [first, *table.states[2::70], *desks[::15]]


def tries(state: State) -> Iterator[c.SeatCommand]:
    """Every kind of command that has a preview, on what is there."""
    book = state.book
    for name in [*book.injects][::8]:
        words = {"en": "New"}
        yield c.ReleaseInject(name)
        yield c.EditInject(name, words, words)
        yield c.RetargetInject(name, ("tokyo",))
        yield c.DeferInject(name, min(state.turn + 1, len(book.turns)), 3)
        yield c.SkipInject(name, "no time")
        yield c.RecallInject(name, "too early")
    for name, track in [*book.tracks.items()][::4]:
        yield c.ChangeTrack(name, track.max, "a try")
    for name in book.processes:
        yield c.StartProcess(name)
    yield c.SetChannel("seoul+tokyo", "cut")
    yield c.SwitchSensitive(not state.sensitive)
    yield c.ComposeInject(("all",), "Desk", "news", "Title", "Text", "en")
    for result in state.desk:
        yield c.AmendResult(result.subject, "a try", None, {"coord": 3})
    for readout in [*state.feeds.get("results/control", ())][-2:]:
        yield c.AmendRuling(readout.id, "a try", None, {"coord": 3})


def foreseen(state: State, command: c.SeatCommand) -> PreviewSeen | None:
    """The preview that control gets; None where the command would be refused."""
    try:
        return preview(state, command, LEAD, state.at + 1000)
    except Refused:
        return None


def test_every_kind_is_tried(states: list[State]) -> None:
    tried = {type(each) for state in states for each in tries(state) if foreseen(state, each)}
    assert tried == {*PREVIEWED}


def test_what_else_may_be_asked_for_has_no_preview(states: list[State]) -> None:
    assert set(PREVIEWED) <= set(get_args(c.SeatCommand))
    throwing = (c.EndTurn(), c.RollArgument("x"), c.OpenTurn(), c.ReleaseResults())
    for command in (*throwing, c.CommitOrder("JP-01", "why"), c.ReadInject("x")):
        with pytest.raises(Refused) as no:
            preview(states[-1], command, LEAD, states[-1].at)
        assert no.value.code == "no_preview"


def test_games_of_other_luck_foresee_the_same(states: list[State]) -> None:
    """Neither a throw to come nor a name made of the seed is in a preview."""
    for state in states:
        other = replace(state, seed="f" * 64, salt="another", counts={})
        for command in tries(state):
            one, two = foreseen(state, command), foreseen(other, command)
            assert msgspec.json.encode(one) == msgspec.json.encode(two), command


def test_a_preview_leaves_everything_as_it_is(states: list[State]) -> None:
    for state in states[::4]:
        before = [msgspec.json.encode(view(state, seat)) for seat in (LEAD, *OTHERS)]
        for command in tries(state):
            foreseen(state, command)
        assert [msgspec.json.encode(view(state, seat)) for seat in (LEAD, *OTHERS)] == before


@pytest.mark.parametrize("seat", OTHERS)
def test_a_preview_is_refused_to_all_but_control(states: list[State], seat: str) -> None:
    """And for one reason, whatever the state: a refusal tells no more than a preview may."""
    codes = set[str]()
    for state in states[::4]:
        for command in tries(state):
            with pytest.raises(Refused) as no:
                preview(state, command, seat, state.at)
            codes.add(no.value.code)
    assert codes == {"observer" if seat.startswith("observer") else "side"}


def test_what_is_foreseen_comes_about(states: list[State]) -> None:
    seen = 0
    for state in states:
        for command in tries(state):
            told = foreseen(state, command)
            if told is None or told.when != "now":
                continue
            seen += 1
            at = state.at + 1000
            after = fold(decide(state, command, seat=LEAD, at=at), replace(state, at=at))
            moved = {move.track: move.after for move in told.moves}
            assert after.tracks == {**state.tracks, **moved}
            assert after.flags == {**state.flags, **{f.flag: f.after for f in told.flags}}
            begun = {p.process for p in told.processes if p.begins}
            assert set(after.processes) - set(state.processes) == begun
            assert {c.room for c in told.channels} == {
                room
                for room in {*state.channels, *after.channels}
                if state.channels.get(room) != after.channels.get(room)
            }
    assert seen > 100
