"""What is said: in rooms, to other capitals before acting, to control and from it."""

from . import commands as c
from . import events as e
from . import may
from .actions import capital
from .handles import between, handle
from .refused import Refused
from .state import Consult, Mark, MarkWords, Message, Person, Request, State


def sit_down(state: State, command: c.SitDown, seat: str, person: str) -> list[e.AnyEvent]:
    """A person takes the seat under a name."""
    holder = state.people.get(seat)
    if command.if_free and holder not in (None, person):
        raise Refused("seat_held", "Somebody holds this seat.", "Wait until the seat is free.")
    same = state.people.get(seat) == person and state.names.get(person) == command.name
    return [] if same else [e.PersonSeated(seat, Person(person, command.name))]


def vacate(state: State, command: c.Vacate) -> list[e.AnyEvent]:
    """The seat is free again."""
    return [e.SeatVacated(command.seat)] if command.seat in state.people else []


def send(state: State, command: c.SendMessage, seat: str, person: str, at: int) -> list[e.AnyEvent]:
    """Say something in a room."""
    if not may.speaks_in(state, seat, command.room):
        raise Refused("no_room", "This seat cannot speak in that room.", "Choose one of its rooms.")
    if command.voice is not None:
        if "voice" not in state.book.seats[seat].rights:
            raise Refused("right", "This seat speaks for itself only.", "Send it without a voice.")
        if command.voice not in state.book.voices:
            raise Refused(
                "unknown_voice",
                f"There is no voice {command.voice}.",
                f"Use one of {', '.join(state.book.voices)}.",
            )
    length = len(state.feeds.get(f"room/{command.room}", ()))
    message = Message(
        id=f"{command.room}/{length + 1}",
        seat=seat,
        person=person,
        voice=command.voice,
        text=command.text,
        turn=state.turn,
        at=state.clock.read(at),
    )
    return [e.MessageSent(command.room, message)]


def consult(state: State, command: c.SendConsult, seat: str, at: int) -> list[e.AnyEvent]:
    """Tell other capitals what is intended; sent before the commit it is in time."""
    team = capital(state, seat)
    others = tuple(dict.fromkeys(command.to))
    if not others or team in others:
        raise Refused("nobody", "A note goes to other capitals.", "Name one or both of them.")
    if command.action is not None:
        action = state.book.actions.get(command.action)
        if action is None or action.team != team:
            raise Refused(
                "unknown_action",
                f"{command.action} is not in this capital's deck.",
                "Choose from the menu, or send the note without an action.",
            )
    sealed = any(o.team == team and o.action == command.action for o in state.orders)
    note = Consult(
        id=handle(state, "consult", between(team, others)),
        team=team,
        to=others,
        action=command.action,
        text=command.text,
        turn=state.turn,
        at=state.clock.read(at),
        seat=seat,
        late=command.action is not None and sealed,
    )
    return [e.ConsultSent(note)]


def ask(state: State, command: c.AskControl, seat: str, at: int) -> list[e.AnyEvent]:
    """Ask control for information."""
    capital(state, seat)
    request = Request(
        id=handle(state, "request", seat),
        seat=seat,
        question=command.question,
        turn=state.turn,
        at=state.clock.read(at),
    )
    return [e.RequestAsked(request)]


def answer(state: State, command: c.AnswerRequest, at: int) -> list[e.AnyEvent]:
    """Control answers a request."""
    request = asked(state, command.request)
    now = state.clock.read(at)
    return [e.RequestAnswered(request.id, command.text, command.to_all, now)]


def asked(state: State, request: str) -> Request:
    """A request that waits for its answer."""
    for each in state.requests:
        if each.id == request:
            if each.answer is not None:
                raise Refused(
                    "already", "It has been answered.", "Write in the team's room to add to it."
                )
            return each
    raise Refused("unknown_request", "There is no such request.", "See the requests.")


def mark(state: State, command: c.AddMark, seat: str, at: int) -> list[e.AnyEvent]:
    """Mark this moment."""
    count = len(state.feeds.get("marks", ()))
    note = Mark(
        id=f"m{count + 1}",
        turn=state.turn,
        at=state.clock.read(at),
        seat=seat,
        tag=command.tag,
        text=command.text,
    )
    return [e.Marked(note)]


def edit_mark(state: State, command: c.EditMark) -> list[e.AnyEvent]:
    """Change the words on a mark."""
    for noted in state.feeds.get("marks", ()):
        if noted.id == command.mark:
            said = state.mark_words.get(noted.id, MarkWords(noted.tag, noted.text))
            words = MarkWords(command.tag, command.text)
            return [] if words == said else [e.MarkEdited(noted.id, words.tag, words.text)]
    raise Refused("unknown_mark", "There is no such mark.", "See the marks.")
