"""What is said: in rooms, to other capitals before acting, to control and from it."""

from msgspec.structs import replace

from . import commands as c
from . import events as e
from . import may
from .actions import capital
from .clock import MINUTE
from .dice import throw
from .handles import between, handle
from .refused import Refused
from .sight import breaks, rooms
from .state import Channel, Consult, Mark, MarkWords, Message, Person, Request, State, Underway, Why


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
    if may.cut(state, command.room) and command.room in state.channels:
        teams = rooms(state.book)[command.room]
        if state.book.seats[seat].team in teams:
            raise Refused("cut", "The line is dead.", "Use another room, or ask control.")
    if not may.speaks_in(state, seat, command.room):
        raise Refused("no_room", "This seat cannot speak in that room.", "Choose one of its rooms.")
    if command.voice is not None:
        if "voice" not in may.rights(state, seat):
            raise Refused("right", "This seat speaks for itself only.", "Send it without a voice.")
        if command.voice not in state.book.voices:
            raise Refused(
                "unknown_voice",
                f"There is no voice {command.voice}.",
                f"Use one of {', '.join(state.book.voices)}.",
            )
        if not voiced(state, seat, command.voice):
            raise Refused("voice", "This cell speaks in another voice.", "Use one of its own.")
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
    match state.channels.get(command.room, Channel()):
        case Channel(how="late", minutes=minutes):
            due = message.at + minutes * MINUTE
            way = Underway(handle(state, "underway", seat), command.room, message, due)
            return [e.MessageDelayed(way)]
        case Channel(how="garbled"):
            heard = _garbled(state, f"{command.room}/{length + 1}", command.text)
            return [e.MessageSent(command.room, replace(message, heard=heard))]
        case _:
            return [e.MessageSent(command.room, message)]


def arrive(state: State, underway: str, at: int) -> list[e.AnyEvent]:
    """A message that was on its way comes into the room."""
    way = next(way for way in state.underway if way.id == underway)
    length = len(state.feeds.get(f"room/{way.room}", ()))
    message = replace(
        way.message,
        id=f"{way.room}/{length + 1}",
        at=state.clock.read(at),
        turn=state.turn,
        sent=way.message.at,
    )
    return [e.MessageArrived(underway, way.room, message)]


def set_channel(state: State, command: c.SetChannel) -> list[e.AnyEvent]:
    """Control cuts, slows down or garbles a room between capitals, or opens it again."""
    between_capitals = [room for room, teams in rooms(state.book).items() if breaks(teams)]
    if command.room not in between_capitals:
        raise Refused(
            "no_channel",
            "Only rooms between capitals can be cut.",
            f"Choose one of {', '.join(between_capitals)}.",
        )
    if command.how == "late" and not command.minutes:
        raise Refused("no_minutes", "It is not said how late.", "Say by how many minutes.")
    channel = Channel(command.how, command.minutes if command.how == "late" else 0)
    if state.channels.get(command.room, Channel()) == channel:
        return []
    why = Why(
        cause="control",
        subject=command.room,
        rule=None,
        inputs={},
        scaled=(),
        dice=(),
        grade=None,
        sources=(),
        note=command.reason,
        readers=(),
    )
    return [e.ChannelSet(command.room, channel, why)]


def voiced(state: State, seat: str, voice: str) -> bool:
    """Whether a seat may speak in a voice: a cell in its own, the lead and others in all."""
    voices = state.book.seats[seat].voices
    return not voices or voice in voices or state.authority.get("control") == seat


def _garbled(state: State, purpose: str, text: str) -> str:
    """What is heard over a bad line: about one piece in three is lost, by the game's own dice."""
    spaced = " " in text
    pieces = text.split(" ") if spaced else [text[i : i + 3] for i in range(0, len(text), 3)]
    heard = [
        "…" if throw(state, f"garbled/{purpose}/{n}")[0] <= 2 else piece
        for n, piece in enumerate(pieces)
    ]
    return (" " if spaced else "").join(heard)


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
