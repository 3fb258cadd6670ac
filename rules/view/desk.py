"""The desk, for control alone: proposed results, what follows of them, how they are arrived at."""

from .. import seen as s
from ..adjudication import forecast, outcomes, style_of
from ..desk import needs_thought
from ..events import AnyEvent, TrackChanged
from ..scenario import Doing, Scenario
from ..state import Result, State
from .chance import chance_seen
from .texts import caveats_seen, name_of, option_of, sources_of


def desk_seen(state: State, eyes: str) -> tuple[s.DeskSeen, ...]:
    """What lies on the desk."""
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
        s.NoteSeen(note.team, note.to, note.late, note.text)
        for note in state.notes
        if note.action == result.item and note.team in result.teams
    )
    dice = sum(result.dice) if result.dice else None
    return s.DeskSeen(
        subject=result.subject,
        kind=result.kind,
        item=result.item,
        name=name_of(state, result.item),
        teams=result.teams,
        target=result.target,
        option=option_of(book, result),
        reason=sealed.reason if sealed else choice.reason if choice else "",
        text=tabled.text if tabled else case.wanted if case else "",
        caveats=caveats_seen(book, result.item, result.option, result.caveats),
        notes=notes,
        chance=chance_seen(state, doing, result.odds, "control"),
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
        sources=sources_of(book, result),
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


def forecast_seen(state: State, eyes: str) -> s.ForecastSeen | None:
    """What the end of the turn would do if results were released now."""
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


def styles_seen(state: State, eyes: str) -> s.StylesSeen | None:
    """How results are adjudicated."""
    if eyes != "control":
        return None
    book = state.book
    return s.StylesSeen(
        turn=state.styles.get(""),
        chosen={item: style for item, style in state.styles.items() if item},
        items={item: style_of(state, item) for item in (*book.actions, *book.pacts)},
    )
