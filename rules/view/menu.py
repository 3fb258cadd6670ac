"""What a capital may do, and what it costs: deck, offers, budget, decisions."""

from .. import seen as s
from ..adjudication import style_of
from ..may import argue, join, order, orders_left, points_left, price, uses_left
from ..odds import odds
from ..reckon import facts, holds
from ..refused import Refused
from ..scenario import Capital, Doing
from ..sight import capital_of
from ..state import State
from .chance import chance_seen
from .texts import option_seen, standards_seen


def deck_seen(state: State, eyes: str) -> tuple[s.DeckSeen, ...]:
    """What a team has in its hand, as printed."""
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
        options=tuple(option_seen(*each) for each in getattr(doing, "options", {}).items()),
        known=doing.known,
        delay=getattr(doing, "delay", 0),
        sources=doing.sources,
        least=getattr(doing, "least", None),
        silence=getattr(doing, "silence", False),
        caveats=standards_seen(getattr(doing, "caveats", {})),
    )


def offers_seen(state: State, eyes: str) -> dict[str, s.OfferSeen]:
    """What of a capital's deck may be done now, at what price and with what chances."""
    team = capital_of(eyes)
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
        chance=chance_seen(state, doing, odds(state, doing, roles), team),
        no=_no(refusal),
        style=style_of(state, name),
        closed=tuple(
            key
            for key, option in getattr(doing, "options", {}).items()
            if not holds(state.book, facts(state), option.needs, {})
        ),
    )


def budget_seen(state: State, eyes: str) -> s.BudgetSeen | None:
    """What a capital has left this turn."""
    team = capital_of(eyes)
    if team is None:
        return None
    return s.BudgetSeen(
        points=points_left(state, team),
        orders_left=orders_left(state, team),
        ready=team in state.ready,
        argued=state.book.points.argued,
        argue=_no(argue(state, team)),
    )


def _no(refusal: Refused | None) -> s.RefusalSeen | None:
    if refusal is None:
        return None
    return s.RefusalSeen(refusal.code, refusal.say, refusal.instead)


def decisions_seen(state: State, eyes: str) -> tuple[s.DecisionSeen, ...]:
    """The turn's own decision, for the capital that must make it."""
    if not state.turn:  # the crisis has not begun
        return ()
    return tuple(
        s.DecisionSeen(
            id=name,
            team=decision.team,
            ask=decision.ask,
            options=tuple(option_seen(*each) for each in decision.options.items()),
            chosen=choice.option if (choice := state.choices.get(name)) else None,
            default=decision.default,
            sources=decision.sources,
        )
        for name, decision in state.book.decisions.items()
        if decision.turn == state.turn_id and eyes in (decision.team, "control")
    )
