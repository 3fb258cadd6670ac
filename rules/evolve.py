"""State after an event. Never refuses, never rolls, never looks at a clock."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, TypeVar, assert_never

import msgspec
from msgspec.structs import replace

from . import events as e
from .clock import MINUTE
from .feed import Feed
from .handles import between, counted
from .scenario import CAPITALS, Scenario
from .sight import EYES, audiences, onlookers
from .state import (
    Argument,
    Change,
    Channel,
    Harmonised,
    Held,
    MarkWords,
    Proposal,
    Readout,
    Received,
    Response,
    Result,
    Revision,
    Running,
    SheetLine,
    State,
    Trace,
)

T = TypeVar("T")


def fold(events: Iterable[e.AnyEvent], state: State | None = None) -> State:
    """Replay, recovery, reconnect, scrub and branch are all this line."""
    return reduce(evolve, events, State() if state is None else state)


def evolve(state: State, event: e.AnyEvent) -> State:
    """The state after `event`."""
    match event:
        # What happens most stands first, so that it need not be told from all the rest.
        case e.TrackChanged():
            return _track_changed(state, event)
        case e.EstimateMade():
            bands = {**state.estimates.get(event.team, {}), event.track: event.band}
            return replace(state, estimates={**state.estimates, event.team: bands})
        case e.GameOpened():
            return _opened(event)
        case e.LineBranched():
            title, clock = event.title or state.title, state.clock.stop(event.at)
            return replace(state, salt=event.salt, title=title, clock=clock)
        case e.PersonSeated():
            person = event.person
            return replace(
                state,
                people={**state.people, event.seat: person.handle},
                names={**state.names, person.handle: person.name},
            )
        case e.SeatVacated():
            return replace(state, people=_without(state.people, event.seat))
        case e.AuthorityHandedOver():
            return replace(state, authority={**state.authority, event.team: event.seat})
        case e.TurnOpened():
            return _turn_opened(state, event)
        case e.ClockStarted():
            return replace(state, clock=state.clock.start(event.at), stopped="", away=None)
        case e.ClockStopped():
            clock = state.clock.stop(event.at)
            return replace(state, clock=clock, stopped=event.why, away=event.away)
        case e.RateSet():
            return replace(state, clock=state.clock.pace(event.permille, event.at))
        case e.DeadlineMoved():
            return replace(state, deadline=event.deadline)
        case e.AutomaticSet():
            return replace(state, automatic=event.on)
        case e.TurnClosed():
            return replace(state, phase="adjudication", desk=())
        case e.TurnReopened():
            return _reopened(state, event)
        case e.MessageSent():
            return _said(state, event)
        case e.MessageDelayed():
            counts = counted(state, "underway", event.underway.message.seat)
            return replace(state, underway=(*state.underway, event.underway), counts=counts)
        case e.MessageArrived():
            coming = tuple(way for way in state.underway if way.id != event.underway)
            return _said(replace(state, underway=coming), event)
        case e.ChannelSet():
            state = _traced(state, event)
            return replace(state, channels={**state.channels, event.room: event.channel})
        case e.TeamHeld():
            return _held(state, event)
        case e.ProcessStarted():
            return _begun(state, event)
        case e.ProcessHeld():
            return _on_process(state, event.process, event.at, hold=event.hold)
        case e.ProcessOver():
            over = Running(0, None, over=True)
            return replace(state, processes={**state.processes, event.process: over})
        case e.ProcessUndone():
            return replace(state, processes=_without(state.processes, event.process))
        case e.InjectArmed():
            return _on_sheet(state, event.inject, armed=event.armed)
        case e.InjectReleased():
            return _released(state, event)
        case e.InjectHeld():
            status = "held" if event.hold else "waiting"
            return _on_sheet(state, event.inject, status=status)
        case e.InjectDeferred():
            return _deferred(state, event)
        case e.InjectRetargeted():
            return _on_sheet(state, event.inject, to=event.to)
        case e.SensitiveSwitched():
            return replace(state, sensitive=event.on)
        case e.InjectSkipped():
            return _on_sheet(state, event.inject, status="skipped", why=event.reason)
        case e.InjectEdited():
            words = {"title": event.title, "text": event.text, "variants": event.variants}
            return _on_sheet(state, event.inject, **words)
        case e.InjectRecalled():
            owed = _without(state.owed, event.id)
            recalled = {**state.recalled, event.id: event.reason}
            state = replace(state, recalled=recalled, owed=owed)
            if event.inject is None:
                return state
            return _on_sheet(state, event.inject, status="recalled", why=event.reason)
        case e.InjectRead():
            readers = (*state.reads.get(event.id, ()), event.seat)
            return replace(state, reads={**state.reads, event.id: readers})
        case e.ResponseGiven():
            return _responded(state, event)
        case e.ConsultSent():
            note = event.consult
            told = audiences((note.team, *note.to))
            state = _post(state, [f"consults/{eyes}" for eyes in told], note)
            counts = counted(state, "consult", between(note.team, note.to))
            return replace(state, notes=(*state.notes, note), counts=counts)
        case e.OrderCommitted():
            order = event.order
            counts = counted(state, "order", order.team)
            return replace(state, orders=(*state.orders, order), counts=counts)
        case e.OrderWithdrawn():
            return replace(state, orders=tuple(o for o in state.orders if o.id != event.order))
        case e.StyleSet():
            styles = _without(state.styles, event.item)
            return replace(
                state, styles={**styles, event.item: event.style} if event.style else styles
            )
        case e.ArgumentPut():
            return _put(state, event.argument)
        case e.ArgumentWithdrawn():
            cases = tuple(a for a in state.arguments if a.id != event.argument)
            return replace(state, arguments=cases)
        case e.PointAdded():
            points = (*_argument(state, event.argument).points, event.point)
            return _on_case(state, event.argument, points=points)
        case e.PointJudged():
            points = tuple(
                replace(point, judged=event.weight) if point.id == event.point else point
                for point in _argument(state, event.argument).points
            )
            return _on_case(state, event.argument, points=points)
        case e.ArgumentHeard():
            heard = (*_argument(state, event.argument).heard, *event.to)
            state = _on_case(state, event.argument, heard=heard)
            return _on_desk(state, event.argument, heard=heard)
        case e.ArgumentRolled():
            state = _on_case(state, event.argument, rolled=True)
            return _on_desk(
                state,
                event.argument,
                odds=event.odds,
                dice=event.dice,
                grade=event.grade,
                asks=event.asks,
            )
        case e.VoteAsked():
            asked = (*_argument(state, event.argument).asked, *event.of)
            return _on_case(state, event.argument, asked=asked)
        case e.VoteCast():
            votes = {**_argument(state, event.argument).votes, event.team: event.vote}
            return _on_case(state, event.argument, votes=votes)
        case e.TeamReady():
            others = tuple(team for team in state.ready if team != event.team)
            return replace(state, ready=(*others, event.team) if event.ready else others)
        case e.JointProposed():
            counts = counted(state, "proposal", event.proposal.joint)
            return replace(state, proposals=(*state.proposals, event.proposal), counts=counts)
        case e.JointAmended():
            return _on_table(
                state,
                event.proposal,
                text=event.text,
                version=event.version,
                stands=event.stands,
                option=event.option,
                caveats=(),
                status="open",
                odds=None,
                parties=(),
                revision=_revision(event),
                **_postponed(event),
            )
        case e.CaveatAttached():
            return _on_table(
                state,
                event.proposal,
                caveats=(*_proposal(state, event.proposal).caveats, event.caveat),
                version=event.version,
                stands=event.stands,
                revision=_revision(event),
                **_postponed(event),
            )
        case e.StandTaken():
            stands = {**_proposal(state, event.proposal).stands, event.team: event.stand}
            return _on_table(state, event.proposal, stands=stands)
        case e.JointAgreed():
            parties = event.parties or tuple(_proposal(state, event.proposal).stands)
            agreed: dict[str, Any] = {"status": "agreed", "odds": event.odds, "parties": parties}
            return _on_table(state, event.proposal, **agreed)
        case e.JointReopened():
            return _on_table(state, event.proposal, status="open", odds=None, parties=())
        case e.JointClosed():
            return _on_table(state, event.proposal, status=event.status)
        case e.Chosen():
            return replace(state, choices={**state.choices, event.decision: event.choice})
        case e.ResultProposed():
            return replace(state, desk=(*state.desk, event.result))
        case e.FindingAnswered():
            found = {**_result(state, event.subject).found, event.finding: event.answer}
            return _on_desk(state, event.subject, found=found)
        case e.ResultAccepted():
            return _on_desk(state, event.subject, accepted=True, ruling=None)
        case e.ResultRuled():
            return _on_desk(state, event.subject, ruling=event.ruling)
        case e.RulingAmended():
            known = (*state.amended.get(event.result, ()), event.amendment)
            return replace(state, amended={**state.amended, event.result: known})
        case e.FlagSet():
            state = _traced(state, event)
            return replace(state, flags={**state.flags, event.flag: event.value})
        case e.AssetMoved():
            state = _traced(state, event)
            return replace(state, assets={**state.assets, event.asset: event.place})
        case e.ClauseHarmonised():
            made = Harmonised(state.turn, _exercise(state), event.caveats)
            return replace(
                state,
                plan={**state.plan, event.clause: event.option},
                harmonised={**state.harmonised, event.clause: made},
            )
        case e.EffectsDeferred():
            return replace(state, deferred=(*state.deferred, event.deferred))
        case e.DeferredDone():
            left = tuple(d for d in state.deferred if d.result.subject != event.subject)
            return replace(state, deferred=left)
        case e.IntelShared():
            return _shared(state, event)
        case e.ResultRead():
            return _read_out(state, event.readout)
        case e.ResultsReleased():
            return replace(state, phase="readout", desk=())
        case e.RequestAsked():
            counts = counted(state, "request", event.request.seat)
            return replace(state, requests=(*state.requests, event.request), counts=counts)
        case e.RequestAnswered():
            return _answered(state, event)
        case e.Marked():
            return _post(state, ("marks",), event.mark)
        case e.MarkEdited():
            words_ = MarkWords(event.tag, event.text)
            return replace(state, mark_words={**state.mark_words, event.mark: words_})
        case e.EmergencyDeclared():
            return replace(state, banner=event.text)
        case e.EmergencyCleared():
            return replace(state, banner=None)
        case e.GameEnded():
            return replace(state, phase="ended", finish=event.finish)
        case e.ReviewOpened():
            return replace(state, review=True)
        case e.LogExported():
            return state
        case _:
            assert_never(event)


def _opened(event: e.GameOpened) -> State:
    """The first state: the scenario as written, nobody seated, the clock still."""
    scenario = Scenario.model_validate_json(msgspec.json.encode(event.scenario))
    return State(
        scenario=scenario,
        title=event.title,
        seed=event.seed,
        salt=event.salt,
        commitment=event.commitment,
        plan_phase=event.plan_phase and scenario.plan_phase is not None,
        tracks={name: track.start for name, track in scenario.tracks.items()},
        turn_tracks={name: track.start for name, track in scenario.tracks.items()},
        flags={name: flag.start for name, flag in scenario.flags.items()},
        authority=_authority(scenario),
        sheet={inject: SheetLine() for inject in scenario.injects},
        assets={name: asset.at for name, asset in scenario.assets.items()},
        points=dict.fromkeys((t for t in CAPITALS if t in scenario.teams), 0),
    )


def _authority(scenario: Scenario) -> dict[str, str]:
    """Who commits for each capital, and who leads the white cell."""
    lead = {"control": scenario.first_lead} if scenario.first_lead else {}
    return {**dict(scenario.authority.items()), **lead}


def _turn_opened(state: State, event: e.TurnOpened) -> State:
    """A clean table: what was sealed, proposed or chosen belongs to the turn before."""
    flags = state.book.flags
    kept = {
        name: flags[name].start if flags[name].lasts == "turn" else value
        for name, value in state.flags.items()
    }
    return replace(
        state,
        phase="play",
        turn=event.turn,
        opened=event.at,
        deadline=event.deadline,
        points=event.points,
        flags=kept,
        turn_tracks=state.tracks,
        grace={},
        holds={team: replace(held, since=event.at) for team, held in state.holds.items()},
        orders=(),
        arguments=(),
        styles={},
        proposals=(),
        choices={},
        notes=(),
        ready=(),
        desk=(),
    )


def _deferred(state: State, event: e.InjectDeferred) -> State:
    """In another turn its condition is tested anew, as that turn opens."""
    moved: dict[str, Any] = {"turn": event.turn, "minute": event.minute}
    if event.turn != state.turn:
        moved["armed"] = None
    return _on_sheet(state, event.inject, **moved)


def _reopened(state: State, event: e.TurnReopened) -> State:
    """The turn as it was: what is argued about a deck's items is put anew when it closes."""
    argued = tuple(replace(a, rolled=False) for a in state.arguments if a.item is None)
    return replace(
        state, phase="play", desk=(), ready=(), arguments=argued, deadline=event.deadline
    )


def _released(state: State, event: e.InjectReleased) -> State:
    item = event.received
    for reader in audiences(item.to):
        state = _post(state, (f"inbox/{reader}",), _addressed(item, reader))
    counts = counted(state, "inject", item.inject or between("control", item.to))
    state = replace(state, counts=counts, sent={**state.sent, item.id: item.to})
    if item.owed_by is not None:
        owed = dict.fromkeys(item.owed, Response(item.owed_by))
        state = replace(state, owed={**state.owed, item.id: owed})
    if item.inject is None:
        return state
    return _on_sheet(state, item.inject, status="released", out=item.at, item=item.id)


def _responded(state: State, event: e.ResponseGiven) -> State:
    owed = state.owed[event.id]
    given = replace(owed[event.team], text=event.text, seat=event.seat, at=event.at)
    return replace(state, owed={**state.owed, event.id: {**owed, event.team: given}})


def _addressed(item: Received, reader: str) -> Received:
    """The item as it goes to a team's inbox, or with a seat's own text to a seat's."""
    if reader in EYES:
        return item
    return replace(item, to=(reader,), text=item.variants.get(reader, item.text), variants={})


def _shared(state: State, event: e.IntelShared) -> State:
    """The last that each capital has told counts."""
    known = state.told.get(event.to, {})
    others = tuple(t for t in known.get(event.track, ()) if t.team != event.told.team)
    known = {**known, event.track: (*others, event.told)}
    return replace(state, told={**state.told, event.to: known})


def _held(state: State, event: e.TeamHeld) -> State:
    """A capital let go has what it was held in this turn added to its own deadline."""
    if event.hold:
        return replace(state, holds={**state.holds, event.team: Held(event.at, event.why)})
    held = event.at - state.holds[event.team].since
    grace = {**state.grace, event.team: state.grace.get(event.team, 0) + held}
    return replace(state, holds=_without(state.holds, event.team), grace=grace)


def _begun(state: State, event: e.ProcessStarted) -> State:
    minutes = state.book.processes[event.process].minutes
    running = Running(minutes * MINUTE, event.at)
    state = replace(state, processes={**state.processes, event.process: running})
    if event.inject is None:
        return state
    trace = state.traces.get(event.inject, Trace())
    trace = replace(trace, begun=(*trace.begun, event.process))
    return replace(state, traces={**state.traces, event.inject: trace})


def _on_process(state: State, process: str, at: int, *, hold: bool) -> State:
    running = state.processes[process]
    if running.since is not None:
        running = Running(running.left - (at - running.since), at)
    running = replace(running, since=None if hold else at)
    return replace(state, processes={**state.processes, process: running})


def _said(state: State, event: e.MessageSent | e.MessageArrived) -> State:
    message = event.message
    team = state.book.seats[message.seat].team
    state = replace(state, spoke={**state.spoke, team: message.at})
    return _post(state, (f"room/{event.room}",), message)


_Traced = e.TrackChanged | e.FlagSet | e.AssetMoved | e.ChannelSet


def _traced(state: State, event: _Traced) -> State:
    """The state that remembers what an inject does, so that it can be recalled."""
    if event.why.cause != "inject":
        return state
    inject = event.why.subject
    trace = state.traces.get(inject, Trace())
    match event:
        case e.TrackChanged():
            moved = trace.tracks.get(event.track, 0) + event.after - event.before
            trace = replace(trace, tracks={**trace.tracks, event.track: moved})
        case e.FlagSet():
            before = trace.flags.get(event.flag, state.flags[event.flag])
            trace = replace(trace, flags={**trace.flags, event.flag: before})
        case e.AssetMoved():
            left = trace.assets.get(event.asset, (state.assets[event.asset], ""))[0]
            trace = replace(trace, assets={**trace.assets, event.asset: (left, event.place)})
        case e.ChannelSet():
            was = state.channels.get(event.room, Channel())
            first = trace.channels.get(event.room, (was, was))[0]
            channels = {**trace.channels, event.room: (first, event.channel)}
            trace = replace(trace, channels=channels)
    return replace(state, traces={**state.traces, inject: trace})


def _track_changed(state: State, event: e.TrackChanged) -> State:
    change = Change(event.track, event.before, event.after, state.turn, _exercise(state), event.why)
    seeing = onlookers(state.book.tracks[event.track].visible)
    state = _traced(state, event)
    state = replace(state, tracks={**state.tracks, event.track: event.after})
    return _post(state, [f"changes/{eyes}" for eyes in seeing], change)


def _read_out(state: State, readout: Readout) -> State:
    item = readout.result.item
    uses = {**state.uses, item: state.uses.get(item, 0) + 1}
    state = replace(state, uses=uses)
    return _post(state, [f"results/{eyes}" for eyes in audiences(readout.readers)], readout)


def _answered(state: State, event: e.RequestAnswered) -> State:
    requests = tuple(
        replace(
            request,
            answer=event.text,
            to_all=event.to_all,
            answered_at=event.at,
            inject=event.inject,
        )
        if request.id == event.request
        else request
        for request in state.requests
    )
    return replace(state, requests=requests)


def _exercise(state: State) -> int:
    """Exercise time as far as events tell: a running clock is read at the entry's own time."""
    return state.clock.read(state.at)


def _post(state: State, feeds: Iterable[str], item: Any) -> State:
    grown = dict(state.feeds)
    for name in feeds:
        grown[name] = grown.get(name, _EMPTY).add(item)
    return replace(state, feeds=grown)


def _on_sheet(state: State, inject: str, **changes: Any) -> State:
    line = replace(state.sheet.get(inject, SheetLine()), **changes)
    return replace(state, sheet={**state.sheet, inject: line})


def _proposal(state: State, proposal: str) -> Proposal:
    return next(p for p in state.proposals if p.id == proposal)


def _on_table(state: State, proposal: str, **changes: Any) -> State:
    table = tuple(replace(p, **changes) if p.id == proposal else p for p in state.proposals)
    return replace(state, proposals=table)


def _postponed(event: e.JointAmended | e.CaveatAttached) -> dict[str, int]:
    """A new silence for a new text."""
    return {} if event.deadline is None else {"deadline": event.deadline}


def _revision(event: e.JointAmended | e.CaveatAttached) -> Revision:
    """The one that consents is whose text it is: a new text voids every other consent."""
    by = next(team for team, stand in event.stands.items() if stand.stand == "consents")
    return Revision(by, event.stands[by].at, caveat=isinstance(event, e.CaveatAttached))


def _put(state: State, argument: Argument) -> State:
    state = replace(state, arguments=(*state.arguments, argument))
    if argument.item is not None:
        return state
    (team,) = argument.teams
    argued = {**state.argued, argument.id: argument.action}
    return replace(state, argued=argued, counts=counted(state, "argument", team))


def _argument(state: State, argument: str) -> Argument:
    return next(a for a in state.arguments if a.id == argument)


def _on_case(state: State, argument: str, **changes: Any) -> State:
    cases = tuple(replace(a, **changes) if a.id == argument else a for a in state.arguments)
    return replace(state, arguments=cases)


def _result(state: State, subject: str) -> Result:
    return next(result for result in state.desk if result.subject == subject)


def _on_desk(state: State, subject: str, **changes: Any) -> State:
    desk = tuple(replace(r, **changes) if r.subject == subject else r for r in state.desk)
    return replace(state, desk=desk)


def _without(mapping: Mapping[str, T], key: str) -> dict[str, T]:
    return {name: value for name, value in mapping.items() if name != key}


_EMPTY: Feed[Any] = Feed()
