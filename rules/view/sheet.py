"""The run sheet, for control alone."""

from .. import seen as s
from ..expression import near
from ..reckon import condition, facts
from ..scenario import Inject
from ..sheet import due_at, made, moment, off, prepared
from ..state import State


def sheet_seen(state: State, eyes: str) -> tuple[s.SheetSeen, ...]:
    """Every line of the run sheet."""
    if eyes != "control":
        return ()
    return tuple(_sheet_line(state, name, inject) for name, inject in state.book.injects.items())


def _sheet_line(state: State, name: str, inject: Inject) -> s.SheetSeen:
    line, ready = state.sheet[name], prepared(state, name)
    turn, minute = moment(state, name)
    return s.SheetSeen(
        inject=name,
        status=line.status,
        trigger=inject.trigger,
        turn=turn,
        minute=minute,
        due=due_at(state, name),
        armed=line.armed,
        to=ready.to,
        sender=inject.sender,
        method=inject.method,
        confidence=inject.confidence,
        title=ready.title,
        text=ready.text,
        variants=ready.variants,
        expect=inject.expect,
        condition=inject.when,
        near=_near(state, inject) if line.status in ("waiting", "held") else (),
        effects=tuple(_spelt(inject)),
        sources=inject.sources,
        basis=inject.basis,
        sensitive=inject.sensitive,
        edited=line.title is not None,
        owed=inject.owed.by if inject.owed else (),
        within=inject.owed.minutes if inject.owed else None,
        links=tuple(
            s.LinkSeen(before, answered, made(state, before, answered=answered))
            for answered, links in ((False, inject.after), (True, inject.answered))
            for before in links
        ),
        off=off(state, name),
        deferred=line.turn is not None,
        retargeted=line.to is not None,
    )


def _near(state: State, inject: Inject) -> tuple[s.NearSeen, ...]:
    if inject.when is None:
        return ()
    when = condition(state.book.names, inject.when)
    return tuple(
        s.NearSeen(
            part.text,
            part.holds,
            part.left if type(part.left) is int else None,
            part.right if type(part.right) is int else None,
        )
        for part in near(when, facts(state))
    )


def _spelt(inject: Inject) -> list[str]:
    """An inject's effects as control reads them: "coord +2", "flag.offramp on", "begin search"."""
    words: list[str] = []
    for effect in inject.effects:
        tail = f" if {effect.when}" if effect.when else ""
        words += [
            f"{track} {by:+d}{tail}" if isinstance(by, int) else f"{track} += {by}{tail}"
            for track, by in effect.change.items()
        ]
        words += [f"{track} = {to}{tail}" for track, to in effect.to.items()]
        words += [f"flag.{flag} {'on' if on else 'off'}{tail}" for flag, on in effect.set.items()]
        words += [f"{effect.occur.occasion}{tail}"] if effect.occur else []
        words += [f"move {asset} {place}{tail}" for asset, place in effect.move.items()]
        words += [
            f"channel {room} {channel.how} {channel.minutes}{tail}"
            for room, channel in effect.channels.items()
        ]
        words += [f"begin {process}{tail}" for process in effect.begin]
    return words
