"""What a seat may see. The only road from State to a socket.

A view is built up from nothing, section by section; what is not copied here is not seen. Each
section names the parts of the state it reads and whose it is, so that seats with the same eyes
share the work and a part that has not changed is not looked at again.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from msgspec.structs import replace

from . import seen as s
from .accord import least, met
from .adjudication import forecast, outcomes, style_of
from .desk import needs_thought
from .dice import chances
from .events import AnyEvent, TrackChanged
from .expression import near
from .intel import own
from .may import (
    argue,
    commands_for,
    deadline,
    join,
    order,
    orders_left,
    points_left,
    price,
    rights,
    speaks_in,
    uses_left,
)
from .odds import odds
from .processes import over_at
from .recent import Recent
from .reckon import condition, facts, holds, names_read
from .refused import Refused
from .scenario import (
    CAPITALS,
    Capital,
    Clause,
    Doing,
    Inject,
    Objective,
    Option,
    PactOption,
    Process,
    Scenario,
    StandardCaveat,
    Track,
    clause_names,
)
from .sheet import due_at, made, moment, off, prepared
from .sight import may_know, rooms, sees, sees_name, sees_track
from .state import (
    Amendment,
    Argument,
    Caveat,
    Change,
    Channel,
    Consult,
    Mark,
    Message,
    Odds,
    Proposal,
    Readout,
    Received,
    Result,
    Running,
    State,
    Text,
    Why,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the view: what it reads, whose it is, and how it is made.

    `build` is given the state and a key, which is all it may depend on: nothing, the eyes, or
    the seat.
    """

    name: str
    reads: tuple[str, ...]
    by: Literal["all", "eyes", "seat"]
    build: Callable[[State, str], Any]

    def key(self, state: State, seat: str) -> str:
        """Whose section a seat gets."""
        match self.by:
            case "all":
                return ""
            case "eyes":
                return state.book.seats[seat].sees
            case "seat":
                return seat


def view(state: State, seat: str) -> s.View:
    """The state as `seat` may see it."""
    return s.View(**{part.name: part.build(state, part.key(state, seat)) for part in SECTIONS})


def feeds_of(state: State, seat: str) -> dict[str, str]:
    """The feeds a seat may read: by the name it knows them, the name the state does."""
    holder = state.book.seats[seat]
    eyes = holder.sees
    feeds = {kind: f"{kind}/{eyes}" for kind in ("inbox", "changes", "results")}
    if holder.team in CAPITALS:
        feeds["personal"] = f"inbox/{seat}"
    if eyes != "public":
        feeds["consults"] = f"consults/{eyes}"
    if eyes == "control":
        feeds["marks"] = "marks"
    for room, teams in rooms(state.book).items():
        if eyes == "control" or eyes in teams:
            feeds[f"room/{room}"] = f"room/{room}"
    return feeds


def item(state: State, raw: object, eyes: str) -> s.FeedItem:
    """One item of a feed as eyes may see it."""
    match raw:
        case Received():
            return _inject_item(raw, eyes)
        case Message():
            return _message_item(state, raw, eyes)
        case Consult():
            return _consult_item(state.book, raw, eyes)
        case Change():
            return _change_item(state, raw, eyes)
        case Readout():
            return _result_item(state, raw, eyes)
        case Mark():
            return s.MarkItem(raw.id, raw.turn, raw.at, raw.seat, raw.tag, raw.text)
        case _:
            raise TypeError(f"{type(raw).__name__} is in no feed")


def _game(state: State, _: str) -> s.GameSeen:
    book = state.book
    return s.GameSeen(
        title=state.title,
        scenario=book.id,
        name=book.title,
        summary=book.summary,
        setting=book.setting,
        marking=book.marking,
        languages=book.languages,
        teams=tuple(s.TeamSeen(team, text.name) for team, text in book.teams.items()),
        voices=book.voices,
        turns=len(book.turns),
        plan_phase=_plan_phase(state),
        commitment=state.commitment,
        ladder=tuple(book.ladder.values()),
        ladder_track=book.ladder_track,
    )


def _plan_phase(state: State) -> s.PlanPhaseSeen | None:
    shape = state.book.plan_phase
    if shape is None or not state.plan_phase:
        return None
    return s.PlanPhaseSeen(shape.minutes, shape.points)


def _me(state: State, seat: str) -> s.MeSeen:
    chair = state.book.seats[seat]
    return s.MeSeen(
        seat=seat,
        team=chair.team,
        name=chair.name,
        task=chair.task,
        rights=rights(state, seat),
        eyes=chair.sees,
        person=state.people.get(seat),
        authority=state.authority.get(chair.sees if chair.team == "observer" else chair.team)
        if chair.sees != "control" or chair.team == "control"
        else None,
        voices=chair.voices if state.authority.get("control") != seat else (),
    )


def _sources(state: State, _: str) -> dict[str, s.SourceSeen]:
    return {name: s.SourceSeen(src.cite, src.say) for name, src in state.book.sources.items()}


def _rules(state: State, _: str) -> dict[str, s.RuleSeen]:
    return {
        name: s.RuleSeen(rule.name, rule.say, rule.sources)
        for name, rule in state.book.rules.items()
    }


def _brief(state: State, eyes: str) -> s.BriefSeen | None:
    capital = _capital(eyes)
    if capital is None:
        return None
    brief = state.book.briefs[capital]
    return s.BriefSeen(
        public=brief.public,
        secret=brief.secret,
        red_line_public=brief.red_line_public,
        red_line_secret=brief.red_line_secret,
        advice=brief.advice,
        facts=tuple(fact.say for fact in state.book.facts.values()),
    )


def _objectives(state: State, eyes: str) -> tuple[s.ObjectiveSeen, ...]:
    return tuple(
        _objective(state, name, objective, eyes)
        for name, objective in state.book.objectives.items()
        if not objective.secret or eyes in (objective.team, "control")
    )


def _objective(state: State, name: str, objective: Objective, eyes: str) -> s.ObjectiveSeen:
    book = state.book
    read = names_read(book.names, objective.test)
    shown = eyes in (objective.team, "control") and (objective.live or eyes == "control")
    known = shown and all(sees_name(book, inner, eyes) for inner in read)
    return s.ObjectiveSeen(
        id=name,
        team=objective.team,
        name=objective.name,
        points=objective.points,
        secret=objective.secret,
        met=holds(book, facts(state), objective.test, {}) if known else None,
    )


def _deck(state: State, eyes: str) -> tuple[s.DeckSeen, ...]:
    book = state.book
    own = [
        _card(name, action, "action", action.team)
        for name, action in book.actions.items()
        if eyes in (action.team, "control")
    ]
    shared = [
        _card(name, joint, "joint", None)
        for name, joint in book.joint.items()
        if eyes == "control" or eyes in joint.who
    ]
    return (*own, *shared)


def _card(name: str, doing: Doing, kind: str, team: Capital | None) -> s.DeckSeen:
    return s.DeckSeen(
        id=name,
        kind=kind,
        team=team,
        name=doing.name,
        say=doing.say,
        uses=doing.uses,
        tags=doing.tags,
        consult=getattr(doing, "consult", ()),
        target=getattr(doing, "target", None) is not None,
        who=getattr(doing, "who", ()),
        text=getattr(doing, "text", None),
        options=tuple(_option_seen(*each) for each in getattr(doing, "options", {}).items()),
        known=doing.known,
        delay=getattr(doing, "delay", 0),
        sources=doing.sources,
        least=getattr(doing, "least", None),
        silence=getattr(doing, "silence", False),
        caveats=_foreseen(getattr(doing, "caveats", {})),
    )


def _option_seen(key: str, option: Option | PactOption) -> s.OptionSeen:
    ready = option.caveats if isinstance(option, PactOption) else {}
    return s.OptionSeen(key, option.name, option.say, _foreseen(ready))


def _offers(state: State, eyes: str) -> dict[str, s.OfferSeen]:
    team = _capital(eyes)
    if team is None:
        return {}
    offers = {
        name: _offer(state, name, action, order(state, team, name), team)
        for name, action in state.book.actions.items()
        if action.team == team
    }
    for name, joint in state.book.pacts.items():
        if team in joint.who:
            offers[name] = _offer(state, name, joint, join(state, team, name), team)
    return offers


def _offer(
    state: State, name: str, doing: Doing, refusal: Refused | None, team: Capital
) -> s.OfferSeen:
    roles = {"actor": team}
    return s.OfferSeen(
        cost=price(state, name),
        uses_left=max(0, uses_left(state, name)),
        chance=_chance(state, doing, odds(state, doing, roles), team),
        no=_no(refusal),
        style=style_of(state, name),
        closed=tuple(
            key
            for key, option in getattr(doing, "options", {}).items()
            if not holds(state.book, facts(state), option.needs, {})
        ),
    )


def _no(refusal: Refused | None) -> s.RefusalSeen | None:
    if refusal is None:
        return None
    return s.RefusalSeen(refusal.code, refusal.say, refusal.instead)


def _chance(state: State, doing: Doing | None, rolled: Odds | None, eyes: str) -> s.Chance | None:
    """The chances of a roll with the modifiers whose inputs these eyes may see."""
    if rolled is None:
        return None
    book = state.book
    known = [
        odd for odd in rolled.modifiers if all(sees_name(book, name, eyes) for name in odd.inputs)
    ]
    counts = chances(rolled.target, sum(odd.add for odd in known))
    return s.Chance(
        target=rolled.target,
        modifiers=tuple(
            s.OddSeen(
                odd.why or None,
                book.rules[odd.why].name if odd.why else None,
                odd.add,
                odd.inputs,
            )
            for odd in known
        ),
        more=doing is not None and _more(book, doing, eyes),
        **counts,
    )


def _more(book: Scenario, doing: Doing, eyes: str) -> bool:
    """Whether a modifier that these eyes cannot follow may count in such a roll."""
    sources: list[str | int | None] = []
    if doing.roll is not None:
        sources += [own.when for own in doing.roll.modifiers]
    for rule in book.rules.values():
        for modifier in rule.modifiers:
            if not modifier.tags or not set(modifier.tags).isdisjoint(doing.tags):
                sources += [modifier.when, modifier.add]
    return any(
        not sees_name(book, name, eyes)
        for source in sources
        if isinstance(source, str) and "{" not in source
        for name in names_read(book.names, source)
    )


def _can(state: State, seat: str) -> tuple[str, ...]:
    return commands_for(state, seat)


def _clock(state: State, eyes: str) -> s.ClockSeen:
    """The clock with one's own deadline: that a capital was held is its own to know."""
    clock, held = state.clock, state.holds.get(eyes)
    return s.ClockSeen(
        running=clock.running,
        why=state.stopped,
        elapsed=clock.elapsed,
        since=clock.since,
        rate=clock.rate,
        opened=state.opened,
        deadline=deadline(state, eyes),
        automatic=state.automatic,
        held=None if held is None else held.why,
    )


def _now(state: State, _: str) -> s.NowSeen:
    begun = list(state.book.turns.values())[: state.turn]
    return s.NowSeen(
        phase=state.phase,
        turn=state.turn,
        planning=state.planning,
        turns=tuple(
            s.TurnSeen(
                number, turn.name, turn.world, turn.say, turn.minutes, turn.orders, turn.flash
            )
            for number, turn in enumerate(begun, 1)
        ),
        banner=state.banner,
        away=state.away,
        review=state.review,
    )


def _roster(state: State, _: str) -> s.RosterSeen:
    return s.RosterSeen(
        seats=tuple(
            s.SeatSeen(name, seat.team, seat.name, state.people.get(name))
            for name, seat in state.book.seats.items()
        ),
        people=state.names,
    )


def _tracks(state: State, eyes: str) -> tuple[s.TrackSeen, ...]:
    shown = (_track(state, name, track, eyes) for name, track in state.book.tracks.items())
    return tuple(track for track in shown if track is not None)


def _track(state: State, name: str, track: Track, eyes: str) -> s.TrackSeen | None:
    exact = sees(track.visible, eyes)
    capital = _capital(eyes)
    band = state.estimates.get(eyes, {}).get(name)
    estimate = track.estimates.get(capital) if capital is not None else None
    told = state.told.get(eyes, {}).get(name, ())
    if not exact and (band is None or estimate is None):
        if not told:
            return None
        band = told[-1].band
    value = state.tracks[name] if exact else None
    middle = value if value is not None else (band.low + band.high) // 2 if band else 0
    return s.TrackSeen(
        id=name,
        name=track.name,
        say=track.say,
        min=track.min,
        max=track.max,
        start=track.start if exact else None,
        value=value,
        before=state.turn_tracks[name] if exact else None,
        word=_word(state.book, track, middle),
        low=None if exact or band is None else band.low,
        high=None if exact or band is None else band.high,
        confidence=None if exact or estimate is None else estimate.confidence,
        source=None if exact or estimate is None else estimate.source,
        as_of=None if exact or band is None else band.turn,
        told=tuple(s.ToldSeen(t.team, t.band.low, t.band.high, t.band.turn) for t in told),
        share=tuple(
            team
            for team in CAPITALS
            if capital is not None
            and team != capital
            and team in state.book.teams
            and not sees(track.visible, team)
            and own(state, capital, name) is not None
        ),
        visible=_visible(track.visible),
        unit=track.unit,
    )


def _terms(state: State, eyes: str) -> dict[str, Text]:
    """How what conditions read is called, besides tracks: of what these eyes may see the value."""
    book = state.book
    named: dict[str, Text] = {f"flag.{flag}": part.name for flag, part in book.flags.items()}
    named |= {name: derived.name for name, derived in book.derived.items()}
    named |= {f"finding.{finding}": part.name for finding, part in book.findings.items()}
    for name, (id, option) in clause_names(book.plan).items():
        clause = book.plan[id]
        taken = clause.options[option].name if option else {}
        named[name] = {
            language: f"{said}: {taken[language]}" if language in taken else said
            for language, said in clause.name.items()
        }
    return {name: text for name, text in named.items() if sees_name(book, name, eyes)}


def _word(book: Scenario, track: Track, value: int) -> Text | None:
    if track.words is None:
        return None
    return next((w.name for w in book.words[track.words].values() if value <= w.upto), None)


def _visible(visible: str | tuple[Capital, ...]) -> str:
    return visible if isinstance(visible, str) else "own"


def _inject_marks(state: State, seat: str) -> dict[str, s.InjectMark]:
    holder = state.book.seats[seat]
    eyes = holder.sees
    marks: dict[str, s.InjectMark] = {}
    for sent, to in state.sent.items():
        readers = state.reads.get(sent, ())
        if not may_know(to, eyes) and seat not in to:
            continue
        told = readers if eyes == "control" else ()
        owed = {
            team: s.OwedSeen(owing.due, owing.at, owing.text, owing.seat)
            for team, owing in state.owed.get(sent, {}).items()
            if eyes in (team, "control")
        }
        if sent in state.recalled or seat in readers or told or owed:
            marks[sent] = s.InjectMark(seat in readers, state.recalled.get(sent), told, owed)
    return marks


def _orders(state: State, eyes: str) -> tuple[s.OrderSeen, ...]:
    return tuple(
        s.OrderSeen(
            id=sealed.id,
            team=sealed.team,
            action=sealed.action,
            target=sealed.target,
            reason=sealed.reason,
            seat=sealed.seat,
            cost=sealed.cost,
            at=sealed.at,
            chance=_chance(state, state.book.actions[sealed.action], sealed.odds, eyes),
            untold=sealed.untold,
            wanted=sealed.wanted,
        )
        for sealed in state.orders
        if eyes in (sealed.team, "control")
    )


def _arguments(state: State, eyes: str) -> tuple[s.ArgumentSeen, ...]:
    """The cases that eyes may hear; how the dice fell is told with the result."""
    return tuple(
        _argument(state, argument, eyes)
        for argument in state.arguments
        if eyes in (*argument.teams, *argument.heard, "control")
    )


def _argument(state: State, argument: Argument, eyes: str) -> s.ArgumentSeen:
    book, item = state.book, argument.item
    doing = None if item is None else book.actions.get(item) or book.pacts.get(item)
    chance = None
    if argument.style != "consensual":
        chance = _chance(state, doing, argument.weighed, eyes)
        if eyes not in (*argument.teams, "control"):
            chance = chance and replace(chance, more=True)  # of another's deck nothing is known
    return s.ArgumentSeen(
        id=argument.id,
        teams=argument.teams,
        item=item,
        action=argument.action,
        wanted=argument.wanted,
        points=tuple(
            s.PointSeen(point.id, point.team, point.side, point.text, point.judged)
            for point in argument.points
        ),
        chance=chance,
        open=not argument.rolled,
        style=argument.style,
        heard=argument.heard,
        asked=argument.asked if eyes == "control" else _only_own(argument.asked, eyes),
        votes={
            team: s.VoteSeen(vote.grade, vote.reason)
            for team, vote in argument.votes.items()
            if eyes in (team, "control")
        },
    )


def _only_own(teams: tuple[Capital, ...], eyes: str) -> tuple[Capital, ...]:
    return tuple(team for team in teams if team == eyes)


def _amended(state: State, eyes: str) -> dict[str, tuple[s.AmendedSeen, ...]]:
    """Later rulings on what was read out, as far as these eyes are told."""
    seen = {
        result: tuple(
            _amendment(state, amendment, eyes)
            for amendment in amendments
            if may_know(amendment.readers, eyes)
        )
        for result, amendments in state.amended.items()
    }
    return {result: told for result, told in seen.items() if told}


def _amendment(state: State, amendment: Amendment, eyes: str) -> s.AmendedSeen:
    ruling = amendment.ruling
    return s.AmendedSeen(
        ruling=ruling.reason,
        grade=ruling.grade,
        text=ruling.text,
        recomputed=amendment.recomputed,
        told=bool(amendment.readers),
        changes=tuple(
            s.ChangeItem(change.track, change.before, change.after, change.turn, change.at, None)
            for change in amendment.changes
            if sees_track(state.book, change.track, eyes)
        ),
        turn=amendment.turn,
        at=amendment.at,
    )


def _styles(state: State, eyes: str) -> s.StylesSeen | None:
    if eyes != "control":
        return None
    book = state.book
    return s.StylesSeen(
        turn=state.styles.get(""),
        chosen={item: style for item, style in state.styles.items() if item},
        items={item: style_of(state, item) for item in (*book.actions, *book.pacts)},
    )


def _budget(state: State, eyes: str) -> s.BudgetSeen | None:
    team = _capital(eyes)
    if team is None:
        return None
    return s.BudgetSeen(
        points=points_left(state, team),
        orders_left=orders_left(state, team),
        ready=team in state.ready,
        argued=state.book.points.argued,
        argue=_no(argue(state, team)),
    )


def _table(state: State, eyes: str) -> tuple[s.ProposalSeen, ...]:
    return tuple(
        _proposal(state, proposal, eyes)
        for proposal in state.proposals
        if eyes == "control" or eyes in proposal.stands
    )


def _proposal(state: State, proposal: Proposal, eyes: str) -> s.ProposalSeen:
    book, pact = state.book, state.book.pacts[proposal.joint]
    stands = {
        party: s.StandSeen(
            stand.stand,
            stand.seat,
            stand.at,
            stand.reason,
            stand.proviso,
            met(state, proposal, party),
            stand.silent,
        )
        for party, stand in proposal.stands.items()
    }
    return s.ProposalSeen(
        id=proposal.id,
        joint=proposal.joint,
        name=pact.name,
        by=proposal.by,
        who=pact.who,
        text=proposal.text,
        option=proposal.option,
        version=proposal.version,
        stands=stands,
        deadline=min(proposal.deadline or state.deadline, state.deadline),
        status=proposal.status,
        cost=proposal.cost,
        chance=_chance(state, pact, proposal.odds, eyes),
        caveats=_caveats(book, proposal.joint, proposal.option, proposal.caveats),
        foreseen=_foreseen(book.foreseen(proposal.joint, proposal.option)),
        silence=proposal.silence is not None,
        parties=proposal.parties,
        missing=tuple(_missing(state, proposal)),
        least=least(state, proposal),
    )


def _missing(state: State, proposal: Proposal) -> Iterator[s.BlockSeen]:
    """Whose consent an open proposal wants yet."""
    if proposal.status != "open":
        return
    for team, stand in proposal.stands.items():
        if stand.stand == "open":
            yield s.BlockSeen(team, stand.at, "open")
        elif stand.stand == "refuses":
            yield s.BlockSeen(team, stand.at, "refuses")
        elif not met(state, proposal, team):
            yield s.BlockSeen(team, stand.at, "proviso")


def _foreseen(caveats: Mapping[str, StandardCaveat]) -> tuple[s.StandardSeen, ...]:
    return tuple(
        s.StandardSeen(name, caveat.name, caveat.say, caveat.by) for name, caveat in caveats.items()
    )


def _caveats(
    book: Scenario, item: str, option: str | None, caveats: tuple[Caveat, ...]
) -> tuple[s.CaveatSeen, ...]:
    if not caveats:
        return ()
    ready = book.foreseen(item, option)
    return tuple(
        s.CaveatSeen(
            caveat.team,
            caveat.text,
            caveat.standard,
            ready[caveat.standard].name if caveat.standard else None,
            ready[caveat.standard].say if caveat.standard else None,
        )
        for caveat in caveats
    )


def _plan(state: State, eyes: str) -> tuple[s.ClauseSeen, ...]:
    """The clauses, each with one's own default; the plan is no business of the public."""
    if eyes not in (*CAPITALS, "control"):
        return ()
    return tuple(_clause(state, name, clause, eyes) for name, clause in state.book.plan.items())


def _clause(state: State, name: str, clause: Clause, eyes: str) -> s.ClauseSeen:
    agreed, since = state.plan.get(name), state.harmonised.get(name)
    return s.ClauseSeen(
        id=name,
        name=clause.name,
        say=clause.say,
        options=tuple(_option_seen(*each) for each in clause.options.items()),
        defaults={
            team: s.NationalSeen(national.option, national.why)
            for team, national in clause.defaults.items()
            if eyes in (team, "control")
        },
        agreed=agreed,
        turn=since.turn if since else None,
        at=since.at if since else None,
        caveats=_caveats(state.book, name, agreed, since.caveats) if since else (),
        friction=clause.friction if eyes == "control" else None,
        sources=clause.sources,
        silence=clause.silence,
    )


def _decisions(state: State, eyes: str) -> tuple[s.DecisionSeen, ...]:
    if not state.turn:  # the crisis has not begun
        return ()
    return tuple(
        s.DecisionSeen(
            id=name,
            team=decision.team,
            ask=decision.ask,
            options=tuple(_option_seen(*each) for each in decision.options.items()),
            chosen=choice.option if (choice := state.choices.get(name)) else None,
            default=decision.default,
            sources=decision.sources,
        )
        for name, decision in state.book.decisions.items()
        if decision.turn == state.turn_id and eyes in (decision.team, "control")
    )


def _map(state: State, eyes: str) -> s.MapSeen:
    book = state.book
    return s.MapSeen(
        places=tuple(
            s.PlaceSeen(name, place.name, place.lon, place.lat, place.kind)
            for name, place in book.places.items()
        ),
        assets=tuple(
            s.AssetSeen(name, asset.name, asset.team, asset.kind, state.assets[name])
            for name, asset in book.assets.items()
            if sees(asset.visible, eyes)
        ),
        zones=tuple(
            s.ZoneSeen(name, zone.name, zone.polygon)
            for name, zone in book.zones.items()
            if zone.from_turn is None or book.turn_ids.index(zone.from_turn) < state.turn
        ),
    )


def _rooms(state: State, seat: str) -> tuple[s.RoomSeen, ...]:
    eyes = state.book.seats[seat].sees
    return tuple(
        s.RoomSeen(
            room,
            teams,
            _room_kind(teams),
            speaks_in(state, seat, room),
            state.channels.get(room, Channel()).how,
            state.channels.get(room, Channel()).minutes,
        )
        for room, teams in rooms(state.book).items()
        if eyes == "control" or eyes in teams
    )


def _underway(state: State, eyes: str) -> tuple[s.UnderwaySeen, ...]:
    """Messages on their way, for those who sent them."""
    return tuple(
        s.UnderwaySeen(way.room, way.message.seat, way.message.text, way.due)
        for way in state.underway
        if eyes in (state.book.seats[way.message.seat].team, "control")
    )


def _processes(state: State, eyes: str) -> tuple[s.ProcessSeen, ...]:
    """What is under way, as far as these eyes may see it; what has not begun, for control alone."""
    return tuple(
        _process(name, process, state.processes.get(name))
        for name, process in state.book.processes.items()
        if sees(process.visible, eyes) and (name in state.processes or eyes == "control")
    )


def _process(name: str, process: Process, running: Running | None) -> s.ProcessSeen:
    if running is None:
        status = "waiting"
    elif running.over:
        status = "over"
    else:
        status = "held" if running.since is None else "running"
    return s.ProcessSeen(
        id=name,
        name=process.name,
        say=process.say,
        minutes=process.minutes,
        status=status,
        left=running.left if running and running.since is None and not running.over else None,
        due=over_at(running) if running else None,
    )


def _room_kind(teams: tuple[str, ...]) -> str:
    if teams == ("control",):
        return "white"
    if "control" in teams:
        return "control"
    return {1: "own", 2: "bilateral"}.get(len(teams), "trilateral")


def _requests(state: State, eyes: str) -> tuple[s.RequestSeen, ...]:
    return tuple(
        s.RequestSeen(
            id=asked.id,
            seat=asked.seat,
            question=asked.question,
            at=asked.at,
            answer=asked.answer,
            to_all=asked.to_all,
            inject=asked.inject,
        )
        for asked in state.requests
        if eyes in (state.book.seats[asked.seat].team, "control")
        or (asked.to_all and asked.answer is not None)
    )


def _finish(state: State, eyes: str) -> s.FinishSeen | None:
    if state.finish is None:
        return None
    book, open_ = state.book, state.review or eyes == "control"
    end = book.ends.get(state.finish.end) if state.finish.end else None
    scored = tuple(
        s.ObjectiveSeen(
            id=name,
            team=objective.team,
            name=objective.name,
            points=objective.points,
            secret=objective.secret,
            met=state.finish.scores[name],
        )
        for name, objective in book.objectives.items()
        if open_ or eyes == objective.team
    )
    return s.FinishSeen(
        seed=state.seed if state.review else None,
        end=state.finish.end,
        name=end.name if end else None,
        say=end.say if end else None,
        note=state.finish.note,
        objectives=scored,
        points={
            team: sum(o.points for o in scored if o.team == team and o.met)
            for team in CAPITALS
            if team in book.teams and (open_ or eyes == team)
        },
        aims=tuple(aim.say for aim in book.aims.values()),
        debrief=tuple(question.say for question in book.debrief.values()),
    )


def _seals(state: State, _: str) -> tuple[s.SealSeen, ...]:
    return tuple(s.SealSeen(seal.turn, seal.head) for seal in state.seals)


def _sheet(state: State, eyes: str) -> tuple[s.SheetSeen, ...]:
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
    """An inject's effects as control reads them: "coord +2", "flag.offramp on"."""
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
    return words


def _desk(state: State, eyes: str) -> tuple[s.DeskSeen, ...]:
    if eyes != "control" or not state.desk:
        return ()
    by_subject = forecast(state).by_subject
    return tuple(_on_desk(state, result, by_subject[result.subject]) for result in state.desk)


def _on_desk(state: State, result: Result, events: list[AnyEvent]) -> s.DeskSeen:
    book = state.book
    doing: Doing | None = book.pacts.get(result.item) or book.actions.get(result.item)
    sealed = next((o for o in state.orders if o.id == result.subject), None)
    tabled = next((p for p in state.proposals if p.id == result.subject), None)
    choice = state.choices.get(result.item)
    case = next((a for a in state.arguments if a.id == result.subject), None)
    notes = tuple(
        f"{note.team} → {', '.join(note.to)}{' (late)' if note.late else ''}: {note.text}"
        for note in state.notes
        if note.action == result.item and note.team in result.teams
    )
    dice = sum(result.dice) if result.dice else None
    return s.DeskSeen(
        subject=result.subject,
        kind=result.kind,
        item=result.item,
        name=_name(state, result.item),
        teams=result.teams,
        target=result.target,
        option=_option(book, result),
        reason=sealed.reason if sealed else choice.reason if choice else "",
        text=tabled.text if tabled else case.wanted if case else "",
        caveats=_caveats(book, result.item, result.option, result.caveats),
        notes=notes,
        chance=_chance(state, doing, result.odds, "control"),
        dice=result.dice,
        total=dice + result.odds.total if dice is not None and result.odds else dice,
        grade=result.grade,
        verdict=result.verdict,
        mishap=result.mishap,
        untold=result.untold,
        asks=tuple(
            s.AskSeen(ask, book.findings[ask].ask, result.found.get(ask)) for ask in result.asks
        ),
        thought=needs_thought(result),
        settled=result.settled,
        ruling=result.ruling.reason if result.ruling else None,
        moves=_moves(book, events),
        sources=_sourced(book, result),
        style=result.style,
        open=result.open,
        outcomes=tuple(
            s.OutcomeSeen(grade, _moves(book, done))
            for grade, done in outcomes(state, result).items()
        ),
        said=result.ruling.text if result.ruling else "",
        weight=_weight(result, events),
    )


def _weight(result: Result, events: list[AnyEvent]) -> int:
    """How much hangs on a result: what it moves, and what is still owed or to be argued."""
    moves = (event for event in events if isinstance(event, TrackChanged))
    moved = sum(abs(move.after - move.before) for move in moves)
    return moved + 10 * (result.weighty + len(result.owed)) + 20 * result.open


def _forecast(state: State, eyes: str) -> s.ForecastSeen | None:
    if eyes != "control" or state.phase != "adjudication":
        return None
    foreseen = forecast(state)
    name = state.book.ends[foreseen.end].name if foreseen.end is not None else None
    return s.ForecastSeen(_moves(state.book, foreseen.closing), foreseen.end, name)


def _moves(book: Scenario, events: list[AnyEvent]) -> tuple[s.MoveSeen, ...]:
    return tuple(
        s.MoveSeen(
            event.track, book.tracks[event.track].name, event.before, event.after, event.why.rule
        )
        for event in events
        if isinstance(event, TrackChanged)
    )


def _health(state: State, eyes: str) -> tuple[s.HealthSeen, ...]:
    if eyes != "control":
        return ()
    unread = _unread.of(
        (state.scenario, state.sent, state.reads, state.recalled), lambda: _left_unread(state)
    )
    return tuple(_healthy(state, team, unread[team]) for team in unread)


def _left_unread(state: State) -> dict[Capital, tuple[str, ...]]:
    """The injects that nobody of a capital has read, of those that it got."""
    left: dict[Capital, tuple[str, ...]] = {}
    for team in (capital for capital in CAPITALS if capital in state.book.teams):
        seats = {name for name, seat in state.book.seats.items() if seat.team == team}
        left[team] = tuple(
            sent
            for sent, to in state.sent.items()
            if (may_know(to, team) or not seats.isdisjoint(to)) and sent not in state.recalled
            if seats.isdisjoint(state.reads.get(sent, ()))
        )
    return left


_unread = Recent[dict[Capital, tuple[str, ...]]](kept=64)
"""Not looked through again for every word that is said."""


def _healthy(state: State, team: Capital, unread: tuple[str, ...]) -> s.HealthSeen:
    blocked = {
        proposal.id: block.since
        for proposal in state.proposals
        for block in _missing(state, proposal)
        if block.team == team
    }
    return s.HealthSeen(
        team=team,
        authority=state.authority[team],
        points=points_left(state, team),
        orders_left=orders_left(state, team),
        orders=sum(sealed.team == team for sealed in state.orders),
        ready=team in state.ready,
        held=team in state.holds,
        unread=unread,
        last_said=state.spoke.get(team),
        waiting_on=tuple(blocked),
        waiting_since=min(blocked.values(), default=None),
    )


def _mark_words(state: State, eyes: str) -> dict[str, s.MarkWordsSeen]:
    if eyes != "control":
        return {}
    return {
        name: s.MarkWordsSeen(words.tag, words.text) for name, words in state.mark_words.items()
    }


def _inject_item(raw: Received, eyes: str) -> s.InjectItem:
    """An inject with the reader's own text; who else got it is control's to know."""
    public = "all" in raw.to
    control = eyes == "control"
    return s.InjectItem(
        id=raw.id,
        inject=raw.inject if control else None,
        public=public,
        to=raw.to if control or public or len(raw.to) == 1 else (eyes,),
        sender=raw.sender,
        method=raw.method,
        confidence=raw.confidence,
        title=raw.title,
        text=raw.variants.get(eyes, raw.text),
        variants=raw.variants if control else {},
        sources=raw.sources if control else (),
        turn=raw.turn,
        at=raw.at,
    )


def _message_item(state: State, raw: Message, eyes: str) -> s.MessageItem:
    """What was said; over a bad line others than its own team and control read what they heard."""
    clear = eyes in (state.book.seats[raw.seat].team, "control")
    lost = raw.heard is not None and (not clear or eyes == "control")
    return s.MessageItem(
        id=raw.id,
        seat=raw.seat,
        person=raw.person,
        voice=raw.voice,
        text=raw.text if clear or raw.heard is None else raw.heard,
        turn=raw.turn,
        at=raw.at,
        garbled=lost,
        sent=raw.sent,
    )


def _consult_item(book: Scenario, raw: Consult, eyes: str) -> s.ConsultItem:
    """A note; whether the order was sealed before it is its sender's own secret."""
    name = book.actions[raw.action].name if raw.action else None
    late = raw.late and eyes in (raw.team, "control")
    return s.ConsultItem(
        raw.id, raw.team, raw.to, raw.action, name, raw.text, raw.turn, raw.at, late
    )


def _change_item(state: State, raw: Change, eyes: str) -> s.ChangeItem:
    why = _why(state, raw.why, eyes) if may_know(raw.why.readers, eyes) else None
    return s.ChangeItem(raw.track, raw.before, raw.after, raw.turn, raw.at, why)


def _why(state: State, why: Why, eyes: str) -> s.WhySeen:
    book, line = state.book, state.sheet.get(why.subject)
    return s.WhySeen(
        cause=why.cause,
        subject=why.subject if why.cause != "inject" or eyes == "control" else "",
        name=line.title if line and line.title else _name(state, why.subject),
        rule=why.rule,
        inputs={name: v for name, v in why.inputs.items() if sees_name(book, name, eyes)},
        scaled=why.scaled,
        dice=why.dice,
        grade=why.grade,
        sources=why.sources,
        note=why.note,
    )


def _result_item(state: State, raw: Readout, eyes: str) -> s.ResultItem:
    book, result = state.book, raw.result
    doing: Doing | None = book.pacts.get(result.item) or book.actions.get(result.item)
    party = eyes == "control" or eyes in result.teams
    return s.ResultItem(
        id=raw.id,
        kind=result.kind,
        item=result.item,
        name=_name(state, result.item),
        option=_option(book, result),
        teams=result.teams,
        target=result.target,
        text=raw.text if party else "",
        caveats=_caveats(book, result.item, result.option, result.caveats) if party else (),
        reason=raw.reason if party else "",
        chance=_chance(state, doing, result.odds, eyes),
        dice=result.dice,
        grade=result.verdict,
        mishap=result.mishap,
        untold=result.untold if party else tuple(t for t in result.untold if t == eyes),
        ruling=result.ruling.reason if result.ruling else None,
        changes=tuple(
            _change_item(state, change, eyes)
            for change in raw.changes
            if sees_track(book, change.track, eyes)
        ),
        sources=_sourced(book, result),
        turn=raw.turn,
        at=raw.at,
        style=result.style,
        said=result.ruling.text if result.ruling else "",
    )


def _name(state: State, subject: str) -> Text:
    book = state.book
    if subject in state.argued:
        return state.argued[subject]
    for shelf in (book.actions, book.pacts, book.rules, book.tracks):
        if subject in shelf:
            named: Text = shelf[subject].name
            return named
    if subject in book.decisions:
        return book.decisions[subject].ask
    return book.injects[subject].title


def _option(book: Scenario, result: Result) -> Text | None:
    if result.option is None:
        return None
    asked = book.pacts if result.kind == "joint" else book.decisions
    return asked[result.item].options[result.option].name


def _sourced(book: Scenario, result: Result) -> tuple[str, ...]:
    if result.kind == "decision":
        return book.decisions[result.item].sources
    doing: Doing | None = book.pacts.get(result.item) or book.actions.get(result.item)
    return doing.sources if doing else ()


def _capital(eyes: str) -> Capital | None:
    return next((capital for capital in CAPITALS if capital == eyes), None)


_STATIC = ("scenario",)
_FACTS = ("scenario", "tracks", "flags", "plan", "turn")
_PURSE = ("scenario", "turn", "orders", "arguments", "proposals", "points", "holds")
_MENU = (
    *_FACTS,
    "plan_phase",
    "orders",
    "arguments",
    "proposals",
    "uses",
    "points",
    "deferred",
    "holds",
)
_SETTLING = (*_MENU, "argued", "phase", "desk", "choices", "notes", "assets")

SECTIONS: tuple[Section, ...] = (
    Section("game", ("scenario", "title", "commitment", "plan_phase"), "all", _game),
    Section("me", ("scenario", "people", "authority"), "seat", _me),
    Section("sources", _STATIC, "all", _sources),
    Section("rules", _STATIC, "all", _rules),
    Section("brief", _STATIC, "eyes", _brief),
    Section("objectives", _FACTS, "eyes", _objectives),
    Section("deck", _STATIC, "eyes", _deck),
    Section("offers", (*_MENU, "styles"), "eyes", _offers),
    Section("can", ("scenario", "phase", "authority", "holds"), "seat", _can),
    Section(
        "clock",
        ("scenario", "clock", "stopped", "opened", "deadline", "automatic", "holds", "grace"),
        "eyes",
        _clock,
    ),
    Section(
        "now", ("scenario", "phase", "turn", "plan_phase", "banner", "away", "review"), "all", _now
    ),
    Section("roster", ("scenario", "people", "names"), "all", _roster),
    Section(
        "tracks",
        ("scenario", "tracks", "turn_tracks", "estimates", "told", "turn"),
        "eyes",
        _tracks,
    ),
    Section("terms", _STATIC, "eyes", _terms),
    Section(
        "inject_marks", ("scenario", "sent", "reads", "recalled", "owed"), "seat", _inject_marks
    ),
    Section("orders", ("scenario", "orders"), "eyes", _orders),
    Section("arguments", ("scenario", "arguments"), "eyes", _arguments),
    Section("amended", ("scenario", "amended"), "eyes", _amended),
    Section("styles", ("scenario", "turn", "styles"), "eyes", _styles),
    Section("budget", (*_PURSE, "ready"), "eyes", _budget),
    Section("table", ("scenario", "proposals", "deadline", "plan"), "eyes", _table),
    Section("plan", ("scenario", "plan", "harmonised"), "eyes", _plan),
    Section("decisions", ("scenario", "turn", "choices"), "eyes", _decisions),
    Section("map", ("scenario", "assets", "turn"), "eyes", _map),
    Section("rooms", ("scenario", "authority", "holds", "channels"), "seat", _rooms),
    Section("requests", ("scenario", "requests"), "eyes", _requests),
    Section("finish", ("scenario", "finish", "review", "seed"), "eyes", _finish),
    Section("seals", ("seals",), "all", _seals),
    Section("sheet", (*_FACTS, "sheet", "opened", "sensitive", "owed"), "eyes", _sheet),
    Section("desk", _SETTLING, "eyes", _desk),
    Section("forecast", _SETTLING, "eyes", _forecast),
    Section(
        "health",
        (*_PURSE, "plan", "ready", "authority", "sent", "reads", "recalled", "spoke"),
        "eyes",
        _health,
    ),
    Section("mark_words", ("scenario", "mark_words"), "eyes", _mark_words),
    Section("underway", ("scenario", "underway"), "eyes", _underway),
    Section("processes", ("scenario", "processes"), "eyes", _processes),
)
"""Every section of the view, in the order of `View`'s fields."""
