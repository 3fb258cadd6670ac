"""What travels over the websocket, around commands and views."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType, field

from rules.commands import Handle, SeatCommand
from rules.seen import PreviewSeen
from rules.value import Value

PROTOCOL = 1
SUBPROTOCOL = "alliance.v1"

Id = Annotated[str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9._-]+$")]
"""What a client calls a command, so that sending it again does no harm."""

Close = Literal[1003, 1008, 1009, 1011, 1012, 1013, 4401, 4403]
"""Why the server closes a socket: 1003 not understood, 1008 too fast or too often wrong,
1009 frame too large, 1011 our fault, 1012 restarting or overtaken by a newer version,
1013 cannot serve now, 4401 session unknown, 4403 link revoked."""


class Introduction(Value):
    """The client's first frame: the session that a link was exchanged for."""

    session: Annotated[str, Meta(max_length=200)]


class Before(Value):
    """Items of a feed before the one at index `before`."""

    feed: Handle
    before: Annotated[int, Meta(ge=0)]


class Sent(Value):
    """A frame from the client: a command, a preview of one or a page with its id, or typing."""

    id: Id | UnsetType = UNSET
    do: Raw | UnsetType = UNSET
    preview: Raw | UnsetType = UNSET
    page: Before | UnsetType = UNSET
    typing: Handle | UnsetType | None = UNSET


class Hello(Value):
    """The first thing the server says: which seat this is, of which line, and the server's clock.

    What was asked of one line is not meant for another.
    """

    protocol: int
    now: int
    game: str
    seat: str
    line: str = ""


class Run(Value):
    """Items of a feed in order; `from` is the first one's place in the whole feed."""

    start: int = field(name="from")
    items: tuple[Any, ...]


class No(Value):
    """A command was not carried out: why, and what to do instead."""

    id: str
    code: str
    say: str
    instead: str


class Presence(Value):
    """Who is here, and which seats are writing in which room. Never stored."""

    online: tuple[str, ...]
    typing: Mapping[str, tuple[str, ...]]


class Page(Value):
    """Older items of a feed, as asked for."""

    id: str
    feed: str
    start: int = field(name="from")
    items: tuple[Any, ...]


class Foreseen(Value):
    """What a command would change, as asked for."""

    id: str
    preview: PreviewSeen


class Frame(Value):
    """What one frame from the server may hold. `view` has the sections that changed, each whole."""

    hello: Hello | UnsetType = UNSET
    view: Mapping[str, Any] | UnsetType = UNSET
    feeds: Mapping[str, Run] | UnsetType = UNSET
    ok: str | UnsetType = UNSET
    no: No | UnsetType = UNSET
    presence: Presence | UnsetType = UNSET
    page: Page | UnsetType = UNSET
    foreseen: Foreseen | UnsetType = UNSET


class Unreadable(ValueError):
    """A frame that is none of ours: a code for programs, a sentence for people."""

    def __init__(self, code: str, say: str) -> None:
        super().__init__(say)
        self.code, self.say = code, say


def read(frame: str) -> Sent:
    """A frame from a client. Raises `Unreadable`."""
    try:
        sent = _sent(frame)
    except msgspec.MsgspecError as error:
        raise Unreadable("malformed", f"The frame is not well formed: {error}.") from None
    members = {name for name in Sent.__struct_fields__ if getattr(sent, name) is not UNSET}
    if members not in ({"id", "do"}, {"id", "preview"}, {"id", "page"}, {"typing"}):
        raise Unreadable("malformed", _SHAPES)
    return sent


def read_command(said: Raw) -> SeatCommand:
    """A command as a seat may send it. Raises `Unreadable`."""
    try:
        command: SeatCommand = _command(said)
    except msgspec.MsgspecError as error:
        name = _name(said)
        if name and name not in _COMMANDS:
            raise Unreadable("unknown_command", f"There is no command {name[:60]}.") from None
        raise Unreadable("malformed", f"The command is not well formed: {error}.") from None
    return command


def read_introduction(frame: str) -> str:
    """The session that a first frame names. Raises `Unreadable`."""
    try:
        return _introduction(frame).session
    except msgspec.MsgspecError:
        raise Unreadable("malformed", "The first frame must be a session.") from None


def id_of(frame: str) -> str:
    """What a frame that cannot be taken calls itself, as far as that can be told."""
    try:
        return _claim(frame).id[:64]
    except msgspec.MsgspecError:
        return ""


class _Claim(msgspec.Struct):
    id: str = ""
    type: str = ""


def _name(said: Raw) -> str:
    try:
        return _claim(said).type
    except msgspec.MsgspecError:
        return ""


_SHAPES = (
    'A frame is {"id", "do"}, {"id", "preview"}, {"id", "page"} or {"typing"}, '
    "with nothing beside these."
)
_COMMANDS = {kind.__name__ for kind in get_args(SeatCommand)}
_sent = msgspec.json.Decoder(Sent).decode
_command = msgspec.json.Decoder(SeatCommand).decode
_introduction = msgspec.json.Decoder(Introduction).decode
_claim = msgspec.json.Decoder(_Claim).decode
