"""The run sheet, for control alone."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from .. import seen as s
from ..expression import Case, near
from ..processes import over_at
from ..reckon import condition, facts, formula
from ..scenario import Effect, Inject
from ..sheet import due_at, made, moment, off, prepared
from ..state import State

_LIMITS: Final[dict[str, Literal["least", "most"]]] = {"greatest": "least", "least": "most"}


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
        due=_due(state, name),
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
        effects=tuple(_effects(state, inject)),
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
        why=line.why,
    )


def _due(state: State, name: str) -> int | None:
    """When it goes out by itself: at its minute, or at the end of a process."""
    if state.sheet[name].status == "waiting" and not off(state, name):
        for process, running in state.processes.items():
            if state.book.processes[process].over == name and not running.over:
                return over_at(running)
    return due_at(state, name)


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


def _effects(state: State, inject: Inject) -> Iterator[s.EffectSeen]:
    """What an inject does, piece by piece, in the ids of the scenario."""
    for effect in inject.effects:
        for track, by in effect.change.items():
            yield _on_track(state, effect, track, by, set_to=False)
        for track, to in effect.to.items():
            yield _on_track(state, effect, track, to, set_to=True)
        deeds = [f"flag.{flag} {'on' if on else 'off'}" for flag, on in effect.set.items()]
        deeds += [effect.occur.occasion] if effect.occur else []
        deeds += [f"move {asset} {place}" for asset, place in effect.move.items()]
        deeds += [
            f"channel {room} {channel.how} {channel.minutes}"
            for room, channel in effect.channels.items()
        ]
        deeds += [f"begin {process}" for process in effect.begin]
        yield from (s.EffectSeen(deed, effect.when) for deed in deeds)


def _on_track(
    state: State, effect: Effect, track: str, source: str | int, *, set_to: bool
) -> s.EffectSeen:
    cases = formula(state.book.names, source).cases
    holding = next(case for case in cases if case.holds(facts(state)))
    return s.EffectSeen(
        does=track,
        when=effect.when,
        cases=tuple(_case(state, track, each, holding, set_to=set_to) for each in cases),
        formula=source if isinstance(source, str) else "",
    )


def _case(state: State, track: str, case: Case, holding: Case, *, set_to: bool) -> s.CaseSeen:
    value = case.value
    how: Literal["by", "to", "least", "most"] = "to" if set_to else "by"
    bounds = re.fullmatch(rf"(greatest|least)\({re.escape(track)}, ([^(),]+)\)", value.source)
    if set_to and bounds is not None:
        how, amount = _LIMITS[bounds[1]], bounds[2]
    else:
        amount = value.source if value.names else str(value.evaluate(facts(state)))
    return s.CaseSeen(
        how=how,
        amount=amount,
        when=None if case.test is None else case.test.source,
        now=int(value.evaluate(facts(state))) if case is holding else None,
    )
