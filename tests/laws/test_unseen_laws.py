"""What eyes cannot see may be anything: it changes nothing of what they are shown."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, TypeVar

import msgspec
import pytest
from msgspec.structs import replace

from rules import commands as c
from rules.feed import Feed
from rules.scenario import CAPITALS, Capital, Eyes, Part, Scenario
from rules.sight import may_know, sees, sees_name, sees_track
from rules.state import (
    Amendment,
    Argument,
    Caveat,
    Change,
    Consult,
    Message,
    Odd,
    Odds,
    Order,
    Proposal,
    Readout,
    Received,
    Request,
    Result,
    SheetLine,
    State,
    Told,
    Trace,
    Vote,
    Why,
)
from rules.view import SECTIONS, feeds_of, item, view
from tests.table import Players, Table, document

SEATS = (
    "washington.leader",
    "tokyo.foreign",
    "seoul.leader",
    "observer.public",
    "observer.seoul",
)
UNSEEN = "stance.beijing"
"""What no capital sees."""

T = TypeVar("T")
P = TypeVar("P", bound=Part)


@pytest.fixture(scope="module", params=range(3))
def states(request: pytest.FixtureRequest) -> list[State]:
    table = Table()
    Players(table, 40 + request.param).play_out()
    return [*table.states[2::25], table.states[-1]]


@pytest.mark.parametrize("seat", SEATS)
def test_what_eyes_cannot_see_changes_nothing_in_their_view(states: list[State], seat: str) -> None:
    for state in states:
        other = elsewhere(state, seat)
        for section in SECTIONS:
            key = section.key(state, seat)
            one, two = section.build(state, key), section.build(other, key)
            assert msgspec.json.encode(one) == msgspec.json.encode(two), section.name


@pytest.mark.parametrize("seat", SEATS)
def test_what_eyes_cannot_see_changes_nothing_in_their_feeds(
    states: list[State], seat: str
) -> None:
    state = states[-1]
    eyes = state.book.seats[seat].sees
    other = elsewhere(state, seat)
    for feed in feeds_of(state, seat).values():
        for raw in state.feeds.get(feed, ()):
            told = item(state, raw, eyes)
            assert told == item(other, _otherwise(state, raw, seat), eyes)


@pytest.mark.parametrize("seat", [*SEATS, "tokyo.leader", "observer.tokyo"])
def test_every_item_of_a_feed_is_for_its_reader(states: list[State], seat: str) -> None:
    state = states[-1]
    eyes = state.book.seats[seat].sees
    for name, feed in feeds_of(state, seat).items():
        for raw in state.feeds.get(feed, ()):
            match raw:
                case Change():
                    assert sees_track(state.book, raw.track, eyes)
                case Readout():
                    assert may_know(raw.readers, eyes)
                case Received():
                    assert may_know(raw.to, eyes) or seat in raw.to
                case Consult():
                    assert eyes in (raw.team, *raw.to)
                case Message():
                    assert eyes in name.removeprefix("room/").split("+")
                case _:
                    raise AssertionError(f"{type(raw).__name__} is not for {seat}")


def test_what_others_are_sent_numbers_nothing() -> None:
    """Injects, notes and questions that Seoul never heard of leave no trace in what it gets."""
    quiet, busy = Table(), Table()
    for table in (quiet, busy):
        table.send("control.lead", c.StartGame())
    to_tokyo = c.ComposeInject(("tokyo",), "Desk", "cable", "Title", "Text", "en")
    busy.write("control.lead", c.ReleaseInject("M-03"))
    busy.write("control.lead", to_tokyo)
    busy.write("tokyo.leader", c.SendConsult(("washington",), "a word"))
    busy.write("washington.leader", c.AskControl("a question"))
    for table in (quiet, busy):
        table.write("control.lead", c.ReleaseInject("H-07"))
        table.write("control.lead", replace(to_tokyo, to=("seoul",)))
        table.write("tokyo.leader", c.SendConsult(("seoul",), "a word"))
        table.write("seoul.leader", c.AskControl("a question"))
    for seat in ("seoul.leader", "observer.public"):
        assert list(quiet.told(seat)) == list(busy.told(seat))


def test_confidential_results_are_read_by_the_parties_and_whom_they_told(
    states: list[State],
) -> None:
    state = states[-1]
    book, confidential = state.book, 0
    for readout in state.feeds["results/control"]:
        result = readout.result
        if result.kind == "decision":
            assert result.option is not None
            known: object = book.decisions[result.item].options[result.option].known
        else:
            doing = book.actions.get(result.item) or book.pacts.get(result.item)
            known = doing.known if doing else "parties"  # no deck holds it
        if known == "public":
            continue
        confidential += 1
        named = set(known) if isinstance(known, tuple) else set()
        parties = {*result.teams, *([result.target] if result.target else [])}
        may = {*parties, *result.told, *result.heard, *named}
        assert set(readout.readers) == may
    assert confidential


@pytest.mark.parametrize("seat", SEATS)
def test_the_run_sheet_numbers_nothing_that_leaves(states: list[State], seat: str) -> None:
    """Prepared injects have ids that tell which come together: control's alone."""
    state = states[-1]
    eyes = state.book.seats[seat].sees
    told = [msgspec.json.encode(view(state, seat))]
    for feed in feeds_of(state, seat).values():
        told += [msgspec.json.encode(item(state, raw, eyes)) for raw in state.feeds.get(feed, ())]
    for inject in state.book.injects:
        assert not any(f'"{inject}"'.encode() in text for text in told), inject


@pytest.mark.parametrize("seat", SEATS)
def test_of_the_scenario_a_seat_is_shown_its_own(states: list[State], seat: str) -> None:
    """Decks, briefs, decisions, injects and turns to come may say anything to other eyes."""
    for known in (*_flash(), *states):
        other = replace(known, scenario=_retold(known, seat))
        for section in SECTIONS:
            key = section.key(known, seat)
            one, two = section.build(known, key), section.build(other, key)
            assert msgspec.json.encode(one) == msgspec.json.encode(two), section.name
        eyes = known.book.seats[seat].sees
        for raw in known.feeds.get(f"changes/{eyes}", ()):
            if raw.why.cause == "inject":  # told of by what was sent, not by what was prepared
                assert item(known, raw, eyes) == item(other, raw, eyes)


@cache
def _flash() -> tuple[State, ...]:
    """The turn in which every capital decides: open, and closed."""
    table = Table()
    table.send("control.lead", c.StartGame())
    while not table.state.book.turns[table.state.turn_id].flash:
        table.send("control.lead", c.EndTurn())
        table.send("control.lead", c.ReleaseResults())
        table.send("control.lead", c.OpenTurn())
    table.send("tokyo.leader", c.Choose("tokyo_warning", "verify_first"))
    table.send("control.lead", c.EndTurn())
    return tuple(table.states[-2:])


def test_the_worlds_compared_do_differ(states: list[State]) -> None:
    differing = [
        {
            name
            for state in states[-3:]
            for name in State.__struct_fields__
            if differs(state, elsewhere(state, seat), name)
        }
        for seat in SEATS
    ]
    for changed in differing:
        assert changed >= {"tracks", "turn_tracks", "flags", "seed", "sheet", "finish", "uses"}
        assert changed >= {"owed", "mark_words", "sensitive"}
    assert any("told" in changed for changed in differing), "who told all the rest knows it all"


def test_whether_an_aim_is_met_is_told_only_of_what_its_capital_sees_and_may_know_now() -> None:
    changed = deepcopy(dict(document()))
    changed["objectives"]["US-O1"]["live"] = True  # it reads how far Tokyo is on its own way
    changed["objectives"]["US-O4"]["live"] = False
    for world, shown in ((document(), False), (changed, True)):
        table = Table(world)
        seen = {aim.id: aim.met for aim in table.sees("washington.leader").objectives}
        control = {aim.id: aim.met for aim in table.sees("control.lead").objectives}
        assert seen["US-O1"] is None
        assert (seen["US-O4"] is None) is shown
        assert None not in control.values()
        assert {met for aim, met in seen.items() if not aim.startswith("US-")} == {None}


@pytest.mark.parametrize("read", [UNSEEN, "shadow"])
def test_offers_tell_nothing_of_what_rules_read_in_secret(read: str) -> None:
    """A modifier that reads what Tokyo cannot see is not in Tokyo's chances, only that there is.

    A derived value is as secret as what it is worked out of.
    """
    changed = deepcopy(dict(document()))
    changed["derived"]["shadow"] = {"name": {"en": "shadow"}, "formula": f"{UNSEEN} / 2"}
    changed["rules"]["R07"]["modifiers"] = [{"tags": ["allied"], "add": f"{read} / 10"}]
    table = Table(changed)
    offers = table.sees("tokyo.leader").offers["JP-K02"].chance
    assert offers is not None
    assert offers.more
    assert "R07" not in {odd.rule for odd in offers.modifiers}
    state = replace(table.state, tracks={**table.state.tracks, UNSEEN: 90})
    assert view(state, "tokyo.leader").offers == table.sees("tokyo.leader").offers
    changed["rules"]["R07"]["modifiers"] = []
    changed["actions"]["JP-K02"]["roll"]["modifiers"] = [{"when": f"{read} > 10", "add": 1}]
    own = Table(changed).sees("tokyo.leader").offers["JP-K02"].chance
    assert own is not None
    assert own.more
    assert None not in {odd.rule for odd in own.modifiers}


def test_the_rooms_a_seat_is_shown_are_those_it_can_read() -> None:
    table = Table()
    for seat in table.state.book.seats:
        shown = {f"room/{room.id}" for room in table.sees(seat).rooms}
        assert shown == {name for name in feeds_of(table.state, seat) if name.startswith("room/")}


def test_turns_and_areas_to_come_are_not_shown() -> None:
    changed = deepcopy(dict(document()))
    changed["zones"]["box_east"]["from_turn"] = "t2"
    table = Table(changed)
    assert table.sees("tokyo.leader").now.turns == ()
    table.send("control.lead", c.StartGame())
    for seat in (*SEATS, "control.lead"):
        seen = table.sees(seat)
        assert [turn.number for turn in seen.now.turns] == [1]
        assert [zone.id for zone in seen.map.zones] == ["box_west"]


def differs(one: State, other: State, part: str) -> bool:
    return bool(getattr(one, part) != getattr(other, part))


def elsewhere(state: State, seat: str) -> State:
    """A world that is the same to these eyes, and as different as can be in all else."""
    book = state.book
    eyes = book.seats[seat].sees
    mine: tuple[Capital, ...] = tuple(team for team in CAPITALS if team == eyes)
    finish = state.finish
    if finish is not None:
        scores = {
            name: met if book.objectives[name].team in mine else not met
            for name, met in finish.scores.items()
        }
        finish = replace(finish, scores=scores)
    return replace(
        state,
        seed="f" * 64,
        salt="another",
        counts={},
        tracks=_other_tracks(state, eyes, state.tracks),
        turn_tracks=_other_tracks(state, eyes, state.turn_tracks),
        flags={
            name: value if sees(book.flags[name].visible, eyes) else not value
            for name, value in state.flags.items()
        },
        assets={
            name: place if sees(book.assets[name].visible, eyes) else "pyongyang"
            for name, place in state.assets.items()
        },
        estimates=_only(state.estimates, mine),
        told=_own_words(state, mine),
        holds=_only(state.holds, mine),
        grace=_only(state.grace, mine),
        points=_only(state.points, mine),
        authority=_only(state.authority, mine),
        ready=tuple(team for team in state.ready if team in mine),
        arguments=tuple(_other_case(a, mine) for a in state.arguments if _hears(a, mine)),
        argued={id: name for id, name in state.argued.items() if _may_name(state, id, eyes)},
        styles={
            item: style
            for item, style in state.styles.items()
            if not item or item in _own_items(state, mine)
        },
        amended=_told_of(state, eyes),
        orders=tuple(_loaded(order) for order in state.orders if order.team in mine),
        deferred=tuple(late for late in state.deferred if set(late.result.teams) & set(mine)),
        choices={
            name: choice
            for name, choice in state.choices.items()
            if book.decisions[name].team in mine
        },
        uses=_only(state.uses, _own_items(state, mine)),
        proposals=tuple(_loaded(p) for p in state.proposals if _party(p, mine)),
        requests=tuple(r for r in state.requests if _told(state, r, mine)),
        notes=(),
        desk=(),
        traces={},
        spoke={},
        sheet={name: _other_line(line) for name, line in state.sheet.items()},
        sent={id: to for id, to in state.sent.items() if may_know(to, eyes) or seat in to},
        reads={id: tuple(r for r in readers if r == seat) for id, readers in state.reads.items()},
        recalled={
            id: why
            for id, why in state.recalled.items()
            if may_know(state.sent[id], eyes) or seat in state.sent[id]
        },
        owed={id: _only(owing, mine) for id, owing in state.owed.items()},
        mark_words={},
        sensitive=not state.sensitive,
        channels={room: how for room, how in state.channels.items() if eyes in room.split("+")},
        underway=tuple(way for way in state.underway if book.seats[way.message.seat].team in mine),
        processes={
            name: running
            for name, running in state.processes.items()
            if sees(book.processes[name].visible, eyes)
        },
        feeds={name: state.feeds.get(name, Feed()) for name in feeds_of(state, seat).values()},
        finish=finish,
    )


def _retold(state: State, seat: str) -> Scenario:
    """A scenario that says something else wherever these eyes may not read."""
    book, words = state.book, {"en": "another"}
    eyes = book.seats[seat].sees
    doing = {"name": words, "say": words, "cost": 9, "uses": 9, "tags": ("other",), "sources": ()}
    begun = book.turn_ids[: state.turn]

    def as_prepared(inject: str) -> bool:
        line = state.sheet[inject]
        return line.status in ("released", "recalled") and line.title is None

    def retell(shelf: Mapping[Any, P], mine: Callable[[str, P], bool], **other: Any) -> Any:
        return {
            name: part if mine(name, part) else part.model_copy(update=other)
            for name, part in shelf.items()
        }

    return book.model_copy(
        update={
            "actions": retell(book.actions, lambda _, it: it.team == eyes, **doing),
            "joint": retell(book.joint, lambda _, it: eyes in it.who, **doing, text=words),
            "decisions": retell(
                book.decisions, lambda _, it: it.team == eyes, ask=words, options={}, default="x"
            ),
            "briefs": retell(book.briefs, lambda team, _: team == eyes, secret=words, advice=words),
            "objectives": retell(
                book.objectives, lambda _, it: it.team == eyes or not it.secret, name=words
            ),
            "injects": retell(
                book.injects, lambda name, _: as_prepared(name), title=words, text=words, to=()
            ),
            "findings": retell(book.findings, lambda *_: False, name=words, ask=words),
            "flags": retell(book.flags, lambda _, it: sees(it.visible, eyes), name=words),
            "derived": retell(
                book.derived, lambda name, _: sees_name(book, name, eyes), name=words
            ),
            "turns": retell(book.turns, lambda name, _: name in begun, name=words, world=words),
            "tracks": retell(book.tracks, lambda name, _: sees_track(book, name, eyes), start=13),
            "assets": retell(
                book.assets, lambda _, it: sees(it.visible, eyes), name=words, team="another"
            ),
            "ends": retell(book.ends, lambda *_: state.finish is not None, name=words, say=words),
        }
    )


def _otherwise(state: State, raw: object, seat: str) -> object:
    """An item of a feed that is another in all that its reader may not know."""
    book, eyes = state.book, state.book.seats[seat].sees
    match raw:
        case Received():
            texts = {reader: text for reader, text in raw.variants.items() if reader == eyes}
            shared = "all" in raw.to or len(raw.to) == 1
            to = raw.to if shared else (eyes, "control.media")
            return replace(raw, inject="another", to=to, variants=texts, sources=(), by="somebody")
        case Consult():
            return raw if raw.team == eyes else replace(raw, late=not raw.late, seat="another")
        case Change():
            return replace(raw, why=_other_why(raw.why, eyes))
        case Readout():
            result, party = raw.result, eyes in raw.result.teams
            blamed = tuple(team for team in CAPITALS if team != eyes or team in result.untold)
            return replace(
                raw,
                reason=raw.reason if party else "another",
                text=raw.text if party else "another",
                result=_loaded(
                    replace(
                        result,
                        untold=result.untold if party else blamed,
                        told=CAPITALS,
                        found={},
                        caveats=result.caveats if party else (Caveat("tokyo", "another"),),
                        asks=("framed_as_learning",),
                        weighty=not result.weighty,
                    )
                ),
                changes=tuple(
                    replace(change, why=_other_why(change.why, eyes))
                    for change in raw.changes
                    if sees_track(book, change.track, eyes)
                ),
                readers=(),
            )
        case _:
            return raw


def _other_why(why: Why, eyes: str) -> Why:
    if not may_know(why.readers, eyes):
        return Why("control", "coord", None, {}, (), (), None, (), "another", ())
    return replace(why, inputs={**why.inputs, UNSEEN: 7})


R = TypeVar("R", Order, Proposal, Result)


def _loaded(rolled: R) -> R:
    """The same roll with one more modifier that reads what no capital sees."""
    return replace(rolled, odds=_heavier(rolled.odds))


def _heavier(odds: Odds | None) -> Odds | None:
    if odds is None:
        return None
    return replace(odds, modifiers=(*odds.modifiers, Odd("R09", 1, {UNSEEN: 7})))


def _other_tracks(state: State, eyes: Eyes, tracks: Mapping[str, int]) -> dict[str, int]:
    book = state.book
    return {
        name: value
        if sees_track(book, name, eyes)
        else book.tracks[name].max - value + book.tracks[name].min - (2 * value == 100)
        for name, value in tracks.items()
    }


def _own_items(state: State, mine: tuple[Capital, ...]) -> set[str]:
    book = state.book
    own = {name for name, action in book.actions.items() if action.team in mine}
    return own | {name for name, pact in book.pacts.items() if set(pact.who) & set(mine)}


def _only(mapping: Mapping[Any, T], keys: Iterable[Any]) -> dict[Any, T]:
    wanted = set(keys)
    return {key: value for key, value in mapping.items() if key in wanted}


def _may_name(state: State, argued: str, eyes: str) -> bool:
    """Whether eyes were read out what came of an action that no deck holds."""
    told = state.feeds.get(f"results/{eyes}", ())
    return any(readout.result.item == argued for readout in told)


def _hears(argument: Argument, mine: tuple[Capital, ...]) -> bool:
    return bool({*argument.teams, *argument.heard} & set(mine))


def _other_case(argument: Argument, mine: tuple[Capital, ...]) -> Argument:
    """The same case, on which others vote otherwise, and with a modifier that nobody sees."""
    others = tuple(team for team in CAPITALS if team not in mine)
    return replace(
        argument,
        odds=_heavier(argument.odds) or argument.odds,
        asked=(*(team for team in argument.asked if team in mine), *others),
        votes=_only(argument.votes, mine)
        | {team: Vote("bad", "another", "another", 0) for team in others},
    )


def _own_words(state: State, mine: tuple[Capital, ...]) -> dict[str, dict[str, tuple[Told, ...]]]:
    """What a capital was told of tracks, and told the others; not what they told each other."""
    return {
        to: {
            track: kept
            for track, told in tracks.items()
            if (kept := tuple(each for each in told if to in mine or each.team in mine))
        }
        for to, tracks in state.told.items()
    }


def _told_of(state: State, eyes: str) -> dict[str, tuple[Amendment, ...]]:
    """The amendments that eyes are told of, in a world where they came about otherwise."""
    return {
        result: tuple(
            replace(
                amendment,
                trace=Trace(),
                changes=tuple(
                    replace(change, why=_other_why(change.why, eyes))
                    for change in amendment.changes
                    if sees_track(state.book, change.track, eyes)
                ),
            )
            for amendment in amendments
            if may_know(amendment.readers, eyes)
        )
        for result, amendments in state.amended.items()
    }


def _party(proposal: Proposal, mine: tuple[Capital, ...]) -> bool:
    return bool(set(proposal.stands) & set(mine))


def _told(state: State, request: Request, mine: tuple[Capital, ...]) -> bool:
    own = state.book.seats[request.seat].team in mine
    return own or (request.to_all and request.answer is not None)


def _other_line(line: SheetLine) -> SheetLine:
    """Another run sheet; what went out is as it went out."""
    if line.status in ("released", "recalled"):
        return replace(line, armed=not line.armed, why="otherwise")
    return SheetLine("held", armed=True, title={"en": "otherwise"}, why="otherwise")
