"""How a turn is resolved: what is proposed to control, and what happens when it is released."""

import dataclasses
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from . import events as e
from .dice import grade, throw
from .effects import Acting, Cause
from .reckon import facts, holds
from .scenario import (
    CAPITALS,
    Action,
    Capital,
    Clause,
    Decision,
    Doing,
    Effects,
    JointAction,
    Option,
)
from .sight import told
from .state import (
    Change,
    Deferred,
    Finish,
    Order,
    Proposal,
    Readout,
    Result,
    State,
    Why,
)


def proposed(state: State) -> list[e.AnyEvent]:
    """The results of a turn just closed, with their dice, in the order they will act."""
    return [e.ResultProposed(_asking(state, result)) for result in _results(state)]


def settle(state: State) -> list[e.AnyEvent]:
    """Everything that follows when the desk's results are released, the end of the game included.

    Effects act in one declared order, each on the state the one before it left: decisions, joint
    actions, national actions, what was deferred to this turn, then end-of-turn rules.
    """
    acting = Acting(state)
    for result in state.desk:
        _release(acting, result)
    for deferred in state.deferred:
        if deferred.turn <= state.turn:
            _fall_due(acting, deferred)
    end_of_turn(acting)
    acting.emit(e.ResultsReleased(state.turn))
    finish = _ending(acting.state)
    if finish is not None:
        acting.emit(e.GameEnded(finish))
    return acting.events


def forecast(state: State) -> tuple[dict[str, list[e.AnyEvent]], list[e.AnyEvent], str | None]:
    """What releasing the desk as it stands would do: by result, at the end of the turn, the end."""
    acting = Acting(state)
    by_subject: dict[str, list[e.AnyEvent]] = {}
    for result in state.desk:
        start = len(acting.events)
        if not _waits(state, result):
            _act(acting, result)
        by_subject[result.subject] = acting.events[start:]
    start = len(acting.events)
    for deferred in state.deferred:
        if deferred.turn <= state.turn:
            _act(acting, deferred.result)
    end_of_turn(acting)
    last = state.turn >= len(state.book.turns)
    return by_subject, acting.events[start:], ending(acting.state, last=last)


def end_of_turn(acting: Acting) -> None:
    """The rules that act when a turn is over, in the order of the book."""
    for rule_id, rule in acting.state.book.rules.items():
        for clause in rule.end_of_turn:
            scenario = acting.state.book
            if not holds(scenario, facts(acting.state), clause.when, {}):
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
        if decision.turn == state.turn_id:
            yield _decided(state, name, decision)
    agreed = {p.joint: p for p in state.proposals if p.status == "agreed"}
    for name, joint in scenario.pacts.items():
        if name in agreed:
            yield _joined(state, agreed[name], joint)
    for name, action in scenario.actions.items():
        same = [order for order in state.orders if order.action == name]
        for occurrence, order in enumerate(same):
            yield _ordered(state, order, action, occurrence)


def _decided(state: State, name: str, decision: Decision) -> Result:
    choice = state.choices.get(name)
    chosen = choice.option if choice else decision.default
    option = decision.options[chosen]
    dice, mishap = None, False
    if option.chance is not None and holds(state.book, facts(state), option.chance_when, {}):
        dice = throw(state, f"{name}/{chosen}/t{state.turn}")
        mishap = sum(dice) <= option.chance
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
    )


def _joined(state: State, proposal: Proposal, joint: JointAction | Clause) -> Result:
    purpose = f"{proposal.joint}/{'+'.join(joint.who)}/t{state.turn}"
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
        ),
        purpose,
    )


def _ordered(state: State, order: Order, action: Action, occurrence: int) -> Result:
    purpose = f"{order.action}/{order.team}/{order.target}/t{state.turn}/{occurrence}"
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
        ),
        purpose,
    )


def _rolled(state: State, result: Result, purpose: str) -> Result:
    if result.odds is None:
        return result
    dice = throw(state, purpose)
    total = sum(dice) + result.odds.total
    return replace(result, dice=dice, grade=grade(total, result.odds.target))


def _asking(state: State, result: Result) -> Result:
    """The result with the findings that its rules will need from control."""
    acting = Acting(state)
    _act(acting, result)
    return replace(result, asks=tuple(acting.asked))


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
    before = len(acting.events)
    _act(acting, result)
    state = acting.state
    changes = tuple(_changes(state, acting.events[before:]))
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
            )
        )
    )


def _changes(state: State, events: Sequence[e.AnyEvent]) -> Iterator[Change]:
    at = state.clock.read(state.at)
    for event in events:
        if isinstance(event, e.TrackChanged):
            yield Change(event.track, event.before, event.after, state.turn, at, event.why)


def _act(acting: Acting, result: Result) -> None:
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
                acting.emit(e.ClauseHarmonised(result.item, result.option or ""))
            acting.apply(_effects(joint, result), cause)
            if isinstance(joint, JointAction):
                _leave_out(acting, joint, result, cause)
            _heed(acting, result, cause)
            acting.occasion("joint", cause)
            if result.option is not None:
                acting.apply(joint.options[result.option].effects, cause)
                acting.occasion("option", cause)
            if isinstance(joint, JointAction) and joint.meeting:
                acting.occasion("meeting", cause)
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


def _effects(doing: Doing, result: Result) -> Effects:
    if doing.roll is None or result.verdict is None:
        return doing.effects
    return doing.effects + doing.roll.effects(result.verdict)


def _cause(state: State, result: Result) -> Cause:
    scenario = state.book
    doing: Doing | Decision = (
        scenario.decisions.get(result.item)
        or scenario.pacts.get(result.item)
        or scenario.actions[result.item]
    )
    why = Why(
        cause=result.kind,
        subject=result.item,
        rule=None,
        inputs={},
        scaled=(),
        dice=result.dice or (),
        grade=result.verdict,
        sources=doing.sources,
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
    """Who may know a result: everybody, or the parties and those they told."""
    scenario = state.book
    if result.kind == "decision":
        option: Option = scenario.decisions[result.item].options[result.option or ""]
        if option.known == "public":
            return ("all",)
        return (*result.teams, *(() if option.known == "own" else option.known))
    doing: Doing = scenario.pacts.get(result.item) or scenario.actions[result.item]
    if doing.known == "public":
        return ("all",)
    target: set[Capital] = {result.target} if result.target else set()
    return tuple(team for team in CAPITALS if team in {*result.teams, *result.told, *target})


def _said(state: State, result: Result) -> tuple[str, str]:
    """The reason given with an order, and the text agreed in a joint action."""
    for order in state.orders:
        if order.id == result.subject:
            return order.reason, ""
    for proposal in state.proposals:
        if proposal.id == result.subject:
            return "", proposal.text
    choice = state.choices.get(result.item)
    return (choice.reason if choice else ""), ""
