"""Cases put to control: styles of adjudication, reasons for and against, dice, agreement."""

from msgspec.structs import replace

from . import commands as c
from . import events as e
from . import may
from .actions import capital, in_time
from .adjudication import asking, purpose
from .dice import grade, throw
from .handles import handle
from .refused import Refused
from .state import ARGUED, Argument, Point, Result, State, Vote


def set_style(state: State, command: c.SetStyle) -> list[e.AnyEvent]:
    """Control chooses how an item's results of this turn, or all, are adjudicated."""
    item = command.item or ""
    if item and item not in state.book.actions and item not in state.book.pacts:
        raise Refused(
            "unknown_item",
            f"There is no action or joint action {item}.",
            "Name one of a deck, or none for the whole turn.",
        )
    if state.styles.get(item) == command.style:
        return []
    return [e.StyleSet(item, command.style)]


def argue(state: State, command: c.ArgueAction, seat: str, at: int) -> list[e.AnyEvent]:
    """A capital argues for an action that no deck holds; it takes an order's place."""
    team = capital(state, seat)
    in_time(state, at)
    refusal = may.argue(state, team)
    if refusal is not None:
        raise refusal
    if command.language not in state.book.languages:
        raise Refused(
            "language",
            f"{command.language} is not a language here.",
            f"Use one of {', '.join(state.book.languages)}.",
        )
    now, id = state.clock.read(at), handle(state, "argument", team)
    points = tuple(
        Point(f"{id}.{number}", team, "for", reason, now)
        for number, reason in enumerate(command.reasons, 1)
    )
    argument = Argument(
        id=id,
        teams=(team,),
        item=None,
        action={command.language: command.action},
        wanted=command.wanted,
        points=points,
        odds=ARGUED,
        cost=state.book.points.argued,
        seat=seat,
        turn=state.turn,
        at=now,
    )
    return [e.ArgumentPut(argument)]


def add_point(state: State, command: c.AddPoint, seat: str, at: int) -> list[e.AnyEvent]:
    """Whoever hears an argument may say what speaks for it or against it, until the dice fall."""
    argument = _heard(state, command.argument, state.book.seats[seat].team)
    _unrolled(argument)
    id = f"{argument.id}.{len(argument.points) + 1}"
    team = state.book.seats[seat].team
    point = Point(id, team, command.side, command.text, state.clock.read(at))
    return [e.PointAdded(argument.id, point)]


def let_hear(state: State, command: c.LetHear) -> list[e.AnyEvent]:
    """More capitals may hear an argument; what was heard is not taken back."""
    argument = _before_control(state, command.argument)
    to = tuple(
        team
        for team in dict.fromkeys(command.to)
        if team not in argument.teams and team not in argument.heard
    )
    return [e.ArgumentHeard(argument.id, to)] if to else []


def judge(state: State, command: c.JudgePoint) -> list[e.AnyEvent]:
    """Control finds how much a reason weighs."""
    argument = _before_control(state, command.argument)
    _unrolled(argument)
    for point in argument.points:
        if point.id == command.point:
            same = point.judged == command.weight
            return [] if same else [e.PointJudged(argument.id, point.id, command.weight)]
    raise Refused("unknown_point", "The argument has no such reason.", "See its reasons.")


def roll(state: State, command: c.RollArgument) -> list[e.AnyEvent]:
    """The dice fall, against what the judged reasons have made of the target."""
    argument, result = _argued(state, command.argument, "matrix")
    _unrolled(argument)
    left = sum(point.judged is None for point in argument.points)
    if left:
        raise Refused(
            "unjudged",
            f"{left} reasons of this argument are not judged yet.",
            "Judge each of them first: strong, weak or of no weight, for or against.",
        )
    odds = argument.weighed
    dice = throw(state, purpose(state, result))
    fell = grade(sum(dice) + odds.total, odds.target)
    rolled = replace(result, odds=odds, dice=dice, grade=fell)
    return [e.ArgumentRolled(argument.id, odds, dice, fell, asking(state, rolled))]


def ask_vote(state: State, command: c.AskVote) -> list[e.AnyEvent]:
    """Control asks capitals how something came out."""
    argument, _ = _argued(state, command.argument, "consensual")
    of = tuple(team for team in dict.fromkeys(command.of) if team not in argument.asked)
    if not of:
        return []
    events: list[e.AnyEvent] = let_hear(state, c.LetHear(argument.id, of))
    return [*events, e.VoteAsked(argument.id, of)]


def vote(state: State, command: c.CastVote, seat: str, at: int) -> list[e.AnyEvent]:
    """A capital that was asked says how it came out."""
    team = capital(state, seat)
    argument = _heard(state, command.argument, team)
    if team not in argument.asked:
        raise Refused("not_polled", "Control has not asked this capital.", "Wait to be asked.")
    said = Vote(command.grade, command.reason, seat, state.clock.read(at))
    return [e.VoteCast(argument.id, team, said)]


def _heard(state: State, argument: str, team: str) -> Argument:
    """The argument, if a team may hear it. Others learn nothing of it."""
    for each in state.arguments:
        if each.id == argument and (team == "control" or team in (*each.teams, *each.heard)):
            return each
    raise Refused("unknown_argument", "This seat hears no such argument.", "See the arguments.")


def _before_control(state: State, argument: str) -> Argument:
    return _heard(state, argument, "control")


def _argued(state: State, argument: str, style: str) -> tuple[Argument, Result]:
    """An argument and the result that hangs on it, which is to be settled in this style."""
    case = _before_control(state, argument)
    result = next((result for result in state.desk if result.subject == argument), None)
    if result is None or result.style != style:
        raise Refused(
            "other_style",
            f"This is not settled in that way: it is {result.style if result else 'not due'}.",
            "Choose the style before the turn closes, or reopen the turn.",
        )
    return case, result


def _unrolled(argument: Argument) -> None:
    if argument.rolled:
        raise Refused("rolled", "The dice have fallen.", "Amend the result instead.")
