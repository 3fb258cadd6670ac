"""How two worlds differ, the one with a command and the one without: for control, piece by piece.

Neither world holds a throw to come: what is to be rolled is told by its chances.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from . import seen as s
from .adjudication import ending
from .dice import at_most
from .odds import mishap_at, odds
from .processes import over_at
from .reckon import facts, holds
from .scenario import CAPITALS, Capital, Doing, Option
from .sheet import due_at, made, moment, off, prepared, unlocked
from .sight import onlookers, rooms
from .state import Channel, State, Text
from .view.chance import chance_seen


def moves(before: State, after: State) -> Iterator[s.ForeseenMove]:
    """The tracks that stand elsewhere."""
    for name, track in before.book.tracks.items():
        if before.tracks[name] == after.tracks[name]:
            continue
        seen = onlookers(track.visible)
        yield s.ForeseenMove(
            track=name,
            name=track.name,
            before=before.tracks[name],
            after=after.tracks[name],
            seen=seen,
            guessed=tuple(t for t in CAPITALS if t in track.estimates and t not in seen),
        )


def flags(before: State, after: State) -> Iterator[s.ForeseenFlag]:
    """The flags that are set or lowered."""
    for name, flag in before.book.flags.items():
        if before.flags[name] != after.flags[name]:
            yield s.ForeseenFlag(name, flag.name, after.flags[name], onlookers(flag.visible))


def assets(before: State, after: State) -> Iterator[s.ForeseenAsset]:
    """What has moved on the map."""
    book = before.book
    for name, asset in book.assets.items():
        left, came = before.assets[name], after.assets[name]
        if left != came:
            places = book.places[left].name, book.places[came].name
            yield s.ForeseenAsset(name, asset.name, *places, onlookers(asset.visible))


def channels(before: State, after: State) -> Iterator[s.ForeseenChannel]:
    """The rooms that work otherwise."""
    for room, teams in rooms(before.book).items():
        now, then = (world.channels.get(room, Channel()) for world in (before, after))
        if now != then:
            yield s.ForeseenChannel(room, teams, then.how, then.minutes)


def processes(before: State, after: State) -> Iterator[s.ForeseenProcess]:
    """What has begun, or has not begun after all."""
    for name, process in before.book.processes.items():
        begun = name in after.processes
        if begun != (name in before.processes):
            due = over_at(after.processes[name]) if begun else None
            seen = onlookers(process.visible)
            yield s.ForeseenProcess(name, process.name, begun, due, process.over, seen)


def owed(before: State, after: State) -> Iterator[s.ForeseenOwed]:
    """The responses that are owed to control, or are no longer."""
    now, then = _owing(before), _owing(after)
    for owing, due in then.items():
        if owing not in now:
            yield s.ForeseenOwed(owing[1], owes=True, due=due)
    for owing, due in now.items():
        if owing not in then:
            yield s.ForeseenOwed(owing[1], owes=False, due=due)


def injects(before: State, after: State) -> Iterator[s.ForeseenInject]:
    """The prepared injects that fare otherwise; what is out is on the sheet."""
    for name in before.book.injects:
        if not _pending(before, name) or after.sheet[name].status == "released":
            continue
        becomes = _becomes(before, after, name)
        if becomes is not None:
            title, (turn, _) = prepared(after, name).title, moment(after, name)
            due = due_at(after, name) if becomes == "due" else None
            yield s.ForeseenInject(name, title, _tested(after, name) or turn, becomes, due)


def chances(before: State, after: State) -> Iterator[s.ForeseenChance]:
    """What may be done, or lies on the table, and would be rolled with other odds."""
    if not before.turn or (before.tracks, before.flags) == (after.tracks, after.flags):
        return
    book = before.book
    shelf: dict[str, Doing] = {**book.actions, **book.pacts}
    for item, doing in shelf.items():
        team = getattr(doing, "team", None)
        roles = {} if team is None else {"actor": team}
        one, other = (
            chance_seen(world, doing, odds(world, doing, roles), "control")
            for world in (before, after)
        )
        if one is not None and other is not None and _falls(one) != _falls(other):
            yield s.ForeseenChance(item, doing.name, one, other)


def mishaps(before: State, after: State) -> Iterator[s.ForeseenMishap]:
    """The answers to decisions, this turn's or the next's, that would go wrong more or less."""
    turn = before.turn if before.phase == "play" else before.turn + 1
    one, other = replace(before, turn=turn), replace(after, turn=turn)
    for name, decision in before.book.decisions.items():
        if before.book.turn_ids.index(decision.turn) + 1 != turn:
            continue
        for option in decision.options.values():
            now, then = _fails(one, option), _fails(other, option)
            if now != then:
                yield s.ForeseenMishap(name, decision.ask, option.name, now, then)


def end(state: State) -> Text | None:
    """The end that holds, if one does."""
    found = ending(state, last=state.turn >= len(state.book.turns))
    return None if found is None else state.book.ends[found].name


def _owing(state: State) -> dict[tuple[str, Capital], int]:
    return {
        (item, team): response.due
        for item, responses in state.owed.items()
        for team, response in responses.items()
        if response.at is None
    }


def _falls(chance: s.Chance) -> tuple[int, int, int, int]:
    return chance.great, chance.ok, chance.part, chance.bad


def _fails(state: State, option: Option) -> int:
    at = mishap_at(state, option)
    return 0 if at is None else at_most(at)


def _pending(state: State, inject: str) -> bool:
    return state.sheet[inject].status in ("waiting", "held")


def _becomes(
    before: State, after: State, inject: str
) -> Literal["armed", "killed", "due", "stopped", "unlocked", "cut", "off", "on"] | None:
    if not _cut(before, inject) and _cut(after, inject):
        return "cut"
    now, then = (_due(world, inject) for world in (before, after))
    if now != then:
        return "stopped" if then is None else "due"
    held, holding = (_will_hold(world, inject) for world in (before, after))
    if held != holding:
        return "armed" if holding else "killed"
    if off(before, inject) != off(after, inject):
        return "off" if off(after, inject) else "on"
    opened = unlocked(before, inject) is None and unlocked(after, inject) is not None
    return "unlocked" if opened else None


def _due(state: State, inject: str) -> int | None:
    return due_at(state, inject) if state.sheet[inject].status == "waiting" else None


def _tested(state: State, inject: str) -> int | None:
    """The turn at whose opening the condition of an inject is to be tested yet."""
    if state.book.injects[inject].trigger != "conditional":
        return None
    turn = moment(state, inject)[0] or state.turn + 1
    return turn if state.turn < turn <= len(state.book.turns) else None


def _will_hold(state: State, inject: str) -> bool:
    turn = _tested(state, inject)
    if turn is None or off(state, inject) or not _pending(state, inject):
        return False
    then = facts(replace(state, turn=turn))
    return holds(state.book, then, state.book.injects[inject].when, {})


def _cut(state: State, inject: str) -> bool:
    """Whether an inject waits for what will never come: one dropped, or that nobody answers."""
    shape = state.book.injects[inject]
    gone = any(
        not _pending(state, link) and not made(state, link, answered=False)
        for link in (*shape.after, *shape.answered)
    )
    silent = any(
        made(state, link, answered=False) and not state.owed.get(state.sheet[link].item or "")
        for link in shape.answered
    )
    return gone or silent
