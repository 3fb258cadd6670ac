"""What is being played, by whom and when: the game, the seat, its brief, the clock, the end."""

from .. import seen as s
from ..may import deadline, rights
from ..reckon import facts, holds, names_read
from ..scenario import CAPITALS, Objective
from ..sight import capital_of, sees_name
from ..state import State


def game_seen(state: State, _: str) -> s.GameSeen:
    """What is being played."""
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


def me_seen(state: State, seat: str) -> s.MeSeen:
    """The seat itself."""
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


def sources_seen(state: State, _: str) -> dict[str, s.SourceSeen]:
    """The sources, by id."""
    return {name: s.SourceSeen(src.cite, src.say) for name, src in state.book.sources.items()}


def rules_seen(state: State, _: str) -> dict[str, s.RuleSeen]:
    """The rules of the book, by id."""
    return {
        name: s.RuleSeen(rule.name, rule.say, rule.sources)
        for name, rule in state.book.rules.items()
    }


def brief_seen(state: State, eyes: str) -> s.BriefSeen | None:
    """A capital's own brief."""
    capital = capital_of(eyes)
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


def objectives_seen(state: State, eyes: str) -> tuple[s.ObjectiveSeen, ...]:
    """One's own objectives, and those of others that are no secret."""
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


def clock_seen(state: State, eyes: str) -> s.ClockSeen:
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
        held=held,
    )


def now_seen(state: State, _: str) -> s.NowSeen:
    """Where the game is."""
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


def roster_seen(state: State, _: str) -> s.RosterSeen:
    """Who sits where."""
    return s.RosterSeen(
        seats=tuple(
            s.SeatSeen(name, seat.team, seat.name, state.people.get(name))
            for name, seat in state.book.seats.items()
        ),
        people=state.names,
    )


def finish_seen(state: State, eyes: str) -> s.FinishSeen | None:
    """How it ended, once it has."""
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


def seals_seen(state: State, _: str) -> tuple[s.SealSeen, ...]:
    """The heads of the log after each turn's results."""
    return tuple(s.SealSeen(seal.turn, seal.head) for seal in state.seals)
