"""How a turn is resolved: what is proposed to control, and what happens when it is released."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from . import events as e
from .asking import may_ask
from .dice import GRADES, grade, throw
from .effects import Acting, Cause
from .odds import mishap_at
from .reckon import facts, holds
from .scenario import (
    CAPITALS,
    Action,
    Capital,
    Clause,
    Decision,
    Doing,
    Effects,
    Grade,
    JointAction,
    Option,
    Style,
)
from .sight import told
from .state import (
    ARGUED,
    Argument,
    Change,
    Deferred,
    Finish,
    Order,
    Point,
    Proposal,
    Readout,
    Result,
    State,
    Trace,
    Why,
)


def proposed(state: State) -> list[e.AnyEvent]:
    """The results of a turn just closed, with their dice, in the order they will act.

    What is to be argued or agreed lies there without dice, and beside it the case for it.
    """
    events: list[e.AnyEvent] = []
    for result in _results(state):
        events.append(e.ResultProposed(_ready(state, result)))
        if result.style in ("matrix", "consensual") and result.kind != "argued":
            events.append(e.ArgumentPut(_case(state, result)))
    return events


def settle(state: State) -> list[e.AnyEvent]:
    """Everything that follows when the desk's results are released, the end of the game included.

    After the plan phase nothing follows but what was agreed: the crisis has not begun.

    Effects act in one declared order, each on the state the one before it left: decisions, joint
    actions, national actions, what was deferred to this turn, then end-of-turn rules.
    """
    acting = Acting(state)
    for result in state.desk:
        _release(acting, result)
    for deferred in state.deferred:
        if deferred.turn <= state.turn:
            _fall_due(acting, deferred)
    if not state.planning:
        end_of_turn(acting)
    acting.emit(e.ResultsReleased(state.turn))
    finish = None if state.planning else _ending(acting.state)
    if finish is not None:
        acting.emit(e.GameEnded(finish))
    return acting.events


class Forecast(NamedTuple):
    """What releasing the desk as it stands would do: by result, at the end of the turn, the end."""

    by_subject: dict[str, list[e.AnyEvent]]
    closing: list[e.AnyEvent]
    end: str | None
    state: State


def forecast(state: State) -> Forecast:
    """The desk released as it stands; what still waits for dice or a ruling does nothing."""
    acting = Acting(state)
    by_subject: dict[str, list[e.AnyEvent]] = {}
    for result in state.desk:
        start = len(acting.events)
        if not _waits(state, result) and not result.open:
            act(acting, result)
        by_subject[result.subject] = acting.events[start:]
    start = len(acting.events)
    for deferred in state.deferred:
        if deferred.turn <= state.turn:
            act(acting, deferred.result)
    if state.planning:
        return Forecast(by_subject, acting.events[start:], None, acting.state)
    end_of_turn(acting)
    last = state.turn >= len(state.book.turns)
    end = ending(acting.state, last=last)
    return Forecast(by_subject, acting.events[start:], end, acting.state)


def outcomes(state: State, result: Result) -> dict[Grade, list[e.AnyEvent]]:
    """What each grade would do now, of a result that still waits for one."""
    if not result.open or result.kind == "argued":
        return {}
    found: dict[Grade, list[e.AnyEvent]] = {}
    for grade_ in GRADES:
        acting = Acting(state)
        act(acting, replace(result, grade=grade_))
        found[grade_] = acting.events
    return found


def end_of_turn(acting: Acting) -> None:
    """The rules that act when a turn is over, in the order of the book."""
    for rule_id, rule in acting.state.book.rules.items():
        for clause in rule.end_of_turn:
            scenario = acting.state.book
            when = clause.when
            if when is not None and not holds(scenario, facts(acting.state), when, {}):
                continue
            why = Why(
                cause="rule",
                subject=rule_id,
                rule=rule_id,
                inputs={},
                scaled=(),
                dice=(),
                grade=None,
                sources=rule.sources,
                note="",
                readers=("all",),
            )
            acting.apply(clause.effects, Cause(why=why))


def finished(state: State, note: str, end: str | None) -> Finish:
    """The scores as the state stands, by objective."""
    scenario, bound = state.book, facts(state)
    scores = {
        name: holds(scenario, bound, objective.test, {})
        for name, objective in scenario.objectives.items()
    }
    return Finish(end=end, note=note, scores=scores)


def ending(state: State, *, last: bool) -> str | None:
    """The first end that holds: immediate ones always, final ones after the last turn."""
    bound = facts(state)
    for name, end in state.book.ends.items():
        if (last or end.kind == "immediate") and holds(state.book, bound, end.when, {}):
            return name
    return None


def _ending(state: State) -> Finish | None:
    last = state.turn >= len(state.book.turns)
    end = ending(state, last=last)
    return finished(state, "", end) if end is not None or last else None


def _results(state: State) -> Iterator[Result]:
    scenario = state.book
    for name, decision in scenario.decisions.items():
        if decision.turn == state.turn_id and not state.planning:
            yield _decided(state, name, decision)
    agreed = {p.joint: p for p in state.proposals if p.status == "agreed"}
    for name, joint in scenario.pacts.items():
        if name in agreed:
            yield _joined(state, agreed[name], joint)
    for name, action in scenario.actions.items():
        for order in state.orders:
            if order.action == name:
                yield _ordered(state, order, action)
    yield from (_argued(argument) for argument in state.arguments if argument.item is None)


def style_of(state: State, item: str) -> Style:
    """How an item is adjudicated this turn: as control says, else as the scenario does.

    What a plan lays down and what a turn asks a capital are settled already: there is nothing to
    argue or agree.
    """
    book = state.book
    doing: Doing | None = book.actions.get(item) or book.pacts.get(item)
    own = doing.style if doing else None
    turn = book.turns[state.turn_id].style
    style = state.styles.get(item) or state.styles.get("") or own or turn
    if (item in book.plan or doing is None) and style in ("matrix", "consensual"):
        return "semi_rigid"
    return style


def _decided(state: State, name: str, decision: Decision) -> Result:
    choice = state.choices.get(name)
    chosen = choice.option if choice else decision.default
    option = decision.options[chosen]
    dice, mishap = None, False
    at = mishap_at(state, option)
    if at is not None:
        dice = throw(state, f"{name}/{chosen}/t{state.turn}")
        mishap = sum(dice) <= at
    return Result(
        subject=f"d:{name}",
        kind="decision",
        item=name,
        teams=(decision.team,),
        target=None,
        option=chosen,
        odds=None,
        dice=dice,
        grade=None,
        mishap=mishap,
        untold=(),
        told=(),
        asks=(),
        found={},
        weighty=mishap,
        style=style_of(state, name),
    )


def _joined(state: State, proposal: Proposal, joint: JointAction | Clause) -> Result:
    return _rolled(
        state,
        Result(
            subject=proposal.id,
            kind="joint",
            item=proposal.joint,
            teams=proposal.parties or joint.who,
            target=None,
            option=proposal.option,
            odds=proposal.odds,
            dice=None,
            grade=None,
            mishap=False,
            untold=(),
            told=(),
            asks=(),
            found={},
            weighty=joint.weighty,
            caveats=proposal.caveats,
            style=style_of(state, proposal.joint),
        ),
    )


def _ordered(state: State, order: Order, action: Action) -> Result:
    return _rolled(
        state,
        Result(
            subject=order.id,
            kind="action",
            item=order.action,
            teams=(order.team,),
            target=order.target,
            option=None,
            odds=order.odds,
            dice=None,
            grade=None,
            mishap=False,
            untold=order.untold,
            told=told(state.notes, order.team, order.action),
            asks=(),
            found={},
            weighty=action.weighty,
            style=style_of(state, order.action),
        ),
    )


def _argued(argument: Argument) -> Result:
    return Result(
        subject=argument.id,
        kind="argued",
        item=argument.id,
        teams=argument.teams,
        target=None,
        option=None,
        odds=None,
        dice=None,
        grade=None,
        mishap=False,
        untold=(),
        told=(),
        asks=(),
        found={},
        weighty=True,
        style="matrix",
        heard=argument.heard,
    )


def _rolled(state: State, result: Result) -> Result:
    if result.odds is None:
        return result
    if result.style not in ("rigid", "semi_rigid"):
        return replace(result, odds=None)
    dice = throw(state, purpose(state, result))
    total = sum(dice) + result.odds.total
    return replace(result, dice=dice, grade=grade(total, result.odds.target))


def purpose(state: State, result: Result) -> str:
    """What a result's dice are thrown for: the same dice in whatever style it is adjudicated."""
    match result.kind:
        case "joint":
            who = state.book.pacts[result.item].who
            return f"{result.item}/{'+'.join(who)}/t{state.turn}"
        case "action":
            same = [order.id for order in state.orders if order.action == result.item]
            team, occurrence = result.teams[0], same.index(result.subject)
            return f"{result.item}/{team}/{result.target}/t{state.turn}/{occurrence}"
        case _:
            return f"{result.item}/{'+'.join(result.teams)}/t{state.turn}"


def _case(state: State, result: Result) -> Argument:
    """What is argued or agreed about a deck's item: the reason it came with speaks for it."""
    doing: Doing = state.book.pacts.get(result.item) or state.book.actions[result.item]
    order = next((order for order in state.orders if order.id == result.subject), None)
    tabled = next((p for p in state.proposals if p.id == result.subject), None)
    at = state.clock.read(state.at)
    reasons = (Point(f"{order.id}.1", order.team, "for", order.reason, at),) if order else ()
    known = (order and order.odds) or (tabled and tabled.odds)
    return Argument(
        id=result.subject,
        teams=result.teams,
        item=result.item,
        action=doing.name,
        wanted=order.wanted if order else tabled.text if tabled else "",
        points=reasons,
        odds=known or ARGUED,
        cost=0,
        seat=order.seat if order else None,
        turn=state.turn,
        at=at,
        style=result.style,
    )


def _ready(state: State, result: Result) -> Result:
    """The result with the findings that its rules will need of control; a rigid one needs none."""
    asks = asking(state, result)
    if result.style != "rigid":
        return replace(result, asks=asks)
    supposed = {ask: state.book.findings[ask].default for ask in asks}
    return replace(result, asks=asks, found=supposed, accepted=True)


def asking(state: State, result: Result) -> tuple[str, ...]:
    """The findings that a result's rules will need of control."""
    if not may_ask(state.book, result):
        return ()
    acting = Acting(state)
    act(acting, result)
    return tuple(acting.asked)


def _release(acting: Acting, result: Result) -> None:
    scenario = acting.state.book
    reason, text = _said(acting.state, result)
    if _waits(acting.state, result):
        due = acting.state.turn + scenario.actions[result.item].delay
        acting.emit(e.EffectsDeferred(Deferred(due, result, reason)))
        return
    _read_out(acting, result, reason, text)


def _waits(state: State, result: Result) -> bool:
    """Whether a result's effects are for a later turn; control's own changes act at once."""
    action = state.book.actions.get(result.item)
    ruled = result.ruling is not None and result.ruling.changes is not None
    return action is not None and action.delay > 0 and not ruled


def _fall_due(acting: Acting, deferred: Deferred) -> None:
    acting.emit(e.DeferredDone(deferred.result.subject))
    _read_out(acting, deferred.result, deferred.reason, "")


def _read_out(acting: Acting, result: Result, reason: str, text: str) -> None:
    before, start = acting.state, len(acting.events)
    act(acting, result)
    state, events = acting.state, acting.events[start:]
    changes = tuple(changed(state, events))
    acting.emit(
        e.ResultRead(
            Readout(
                id=f"r/{result.subject}",
                result=result,
                reason=reason,
                text=text,
                changes=changes,
                turn=state.turn,
                at=state.clock.read(state.at),
                readers=readers(state, result),
                trace=traced(before, state),
            )
        )
    )


def traced(before: State, after: State) -> Trace:
    """What was done between two states."""
    return Trace(
        tracks={
            name: value - before.tracks[name]
            for name, value in after.tracks.items()
            if value != before.tracks[name]
        },
        flags={
            name: before.flags[name]
            for name, value in after.flags.items()
            if value != before.flags[name]
        },
        assets={
            name: (before.assets[name], place)
            for name, place in after.assets.items()
            if place != before.assets[name]
        },
    )


def changed(state: State, events: Sequence[e.AnyEvent]) -> Iterator[Change]:
    """The changes of tracks among events, as they are told."""
    at = state.clock.read(state.at)
    for event in events:
        if isinstance(event, e.TrackChanged):
            yield Change(event.track, event.before, event.after, state.turn, at, event.why)


def act(acting: Acting, result: Result) -> None:
    """Let one result's effects happen: control's own if it ruled them, else the item's."""
    cause = _cause(acting.state, result)
    if result.ruling is not None and result.ruling.changes is not None:
        for track, delta in result.ruling.changes.items():
            acting.shift(track, delta, cause)
        return
    scenario = acting.state.book
    match result.kind:
        case "decision":
            option = scenario.decisions[result.item].options[result.option or ""]
            acting.apply(option.effects + (option.mishap if result.mishap else ()), cause)
        case "joint":
            joint = scenario.pacts[result.item]
            if isinstance(joint, Clause):  # first of all, so that its effects find it so
                acting.emit(e.ClauseHarmonised(result.item, result.option or "", result.caveats))
            acting.apply(_effects(joint, result), cause)
            if isinstance(joint, JointAction):
                _leave_out(acting, joint, result, cause)
            _heed(acting, result, cause)
            acting.occasion("joint", cause)
            if result.option is not None and not _failed(joint, result):
                acting.apply(joint.options[result.option].effects, cause)
                acting.occasion("option", cause)
            if isinstance(joint, JointAction) and joint.meeting:
                acting.occasion("meeting", cause)
        case "argued":
            pass  # control sets its effects as part of the ruling
        case "action":
            _act_alone(acting, result, scenario.actions[result.item], cause)


def _leave_out(acting: Acting, joint: JointAction, result: Result, cause: Cause) -> None:
    """What it means that a capital has not joined."""
    for team in joint.who:
        if team not in result.teams:
            roles = {**cause.roles, "left_out": team}
            acting.apply(joint.fewer, dataclasses.replace(cause, roles=roles))


def _heed(acting: Acting, result: Result, cause: Cause) -> None:
    """What the caveats do that the scenario foresees: they are part of the text."""
    foreseen = acting.state.book.foreseen
    for caveat in result.caveats:
        if caveat.standard is not None:
            roles = {**cause.roles, "actor": caveat.team}
            effects = foreseen(result.item, result.option)[caveat.standard].effects
            acting.apply(effects, dataclasses.replace(cause, roles=roles))


def _act_alone(acting: Acting, result: Result, action: Action, cause: Cause) -> None:
    acting.apply(_effects(action, result), cause)
    if result.untold:
        acting.apply(action.unconsulted, cause)
    for left_out in result.untold:
        acting.occasion("unconsulted", _left_out(acting.state, result, cause, left_out))
    acting.occasion("action", cause)


def _left_out(state: State, result: Result, cause: Cause, left_out: Capital) -> Cause:
    """What an ally holds against an action it had no word of in time.

    What control found about a note counts only where there was one.
    """
    scenario, had_word = state.book, left_out in result.told
    findings = scenario.findings
    return dataclasses.replace(
        cause,
        roles={**cause.roles, "left_out": left_out},
        found={
            name: answer
            for name, answer in cause.found.items()
            if had_word or not findings[name].of_note
        },
        notes=had_word,
        extra={"scale": scenario.actions[result.item].scale},
    )


def _failed(doing: Doing, result: Result) -> bool:
    """Whether what is certain by the rules came to nothing, by argument or agreement."""
    return doing.roll is None and result.verdict in ("part", "bad")


def _effects(doing: Doing, result: Result) -> Effects:
    if _failed(doing, result):
        return ()
    if doing.roll is None or result.verdict is None:
        return doing.effects
    return doing.effects + doing.roll.effects(result.verdict)


def _cause(state: State, result: Result) -> Cause:
    scenario = state.book
    doing: Doing | Decision | None = (
        scenario.decisions.get(result.item)
        or scenario.pacts.get(result.item)
        or scenario.actions.get(result.item)
    )
    why = Why(
        cause=result.kind,
        subject=result.item,
        rule=None,
        inputs={},
        scaled=(),
        dice=result.dice or (),
        grade=result.verdict,
        sources=doing.sources if doing else (),
        note=result.ruling.reason if result.ruling else "",
        readers=readers(state, result),
    )
    return Cause(
        why=why,
        roles=_roles(result),
        tags=doing.tags if isinstance(doing, Doing) else (),
        uses=state.uses.get(result.item, 0),
        found=result.found,
        notes=True,
    )


def _roles(result: Result) -> dict[str, str]:
    roles: dict[str, str] = {}
    if len(result.teams) == 1:
        roles["actor"] = result.teams[0]
    if result.target is not None:
        roles["target"] = result.target
        others = [team for team in CAPITALS if team not in (*result.teams, result.target)]
        if len(others) == 1:
            roles["other"] = others[0]
    return roles


def readers(state: State, result: Result) -> tuple[str, ...]:
    """Who may know a result: everybody, or the parties, those they told and who heard it argued."""
    scenario = state.book
    if result.kind == "decision":
        option: Option = scenario.decisions[result.item].options[result.option or ""]
        if option.known == "public":
            return ("all",)
        return (*result.teams, *(() if option.known == "own" else option.known))
    doing: Doing | None = scenario.pacts.get(result.item) or scenario.actions.get(result.item)
    if doing is not None and doing.known == "public":
        return ("all",)
    target: set[Capital] = {result.target} if result.target else set()
    know = {*result.teams, *result.told, *result.heard, *target}
    return tuple(team for team in CAPITALS if team in know)


def _said(state: State, result: Result) -> tuple[str, str]:
    """The reason given with an order, and the text agreed in a joint action."""
    for order in state.orders:
        if order.id == result.subject:
            return order.reason, ""
    for proposal in state.proposals:
        if proposal.id == result.subject:
            return "", proposal.text
    for argument in state.arguments:
        if argument.id == result.subject:
            return "", argument.wanted
    choice = state.choices.get(result.item)
    return (choice.reason if choice else ""), ""
