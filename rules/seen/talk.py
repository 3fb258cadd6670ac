"""The shapes of where words go: rooms, messages on their way, questions."""

from ..scenario import Broken
from ..value import Value


class RoomSeen(Value):
    """A room this seat may read; `speak` says whether it may talk there, `channel` how it works."""

    id: str
    teams: tuple[str, ...]
    kind: str
    speak: bool
    channel: Broken
    minutes: int


class UnderwaySeen(Value):
    """A message of one's own on its way over a slow channel, due at exercise time `due`."""

    room: str
    seat: str
    text: str
    due: int


class RequestSeen(Value):
    """A request for information and its answer, in words or as an inject in the inbox."""

    id: str
    seat: str
    question: str
    at: int
    answer: str | None
    to_all: bool
    inject: str | None
