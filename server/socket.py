"""One seat's websocket: commands in, what may be seen out."""

import asyncio
import logging
from contextlib import suppress
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from msgspec import Raw, UnsetType

from rules.commands import SeatCommand
from rules.may import speaks_in
from rules.record import NewerVersion
from rules.refused import Refused

from .auth import Denied, Holder, Revoked
from .bucket import Bucket
from .frames import (
    PROTOCOL,
    SUBPROTOCOL,
    Before,
    Close,
    Hello,
    No,
    Unreadable,
    id_of,
    read,
    read_command,
    read_introduction,
)
from .games import NoGame
from .house import House
from .problem import Trouble, problem
from .session import NotServing, Session
from .store import StoreUnavailable
from .watch import text

logger = logging.getLogger(__name__)
router = APIRouter()

FRAME_LIMIT = 64 * 1024
"""Bytes that one frame from a client may have; for uvicorn's `ws_max_size`."""

INTRODUCTION = 5.0
"""Seconds in which a new socket must say whom it speaks for."""

PATIENCE = 10
"""Wrong frames that are answered before the socket is closed."""

OVERFLOW = 100
"""Frames over the limit that are answered before the socket is closed."""

REVOKED: Close = 4403
"""How a socket ends whose link has been taken back."""

UNSENT = 64
"""Answers that may wait for a slow reader before nothing more is read from it."""


@router.websocket("/api/play/{game}/{seat}")
async def play(websocket: WebSocket, game: str, seat: str) -> None:
    """The socket of a seat, from the first frame to the last."""
    house: House = websocket.app.state.house
    if not same_origin(websocket, house.settings.public_url):
        await _turn_away(websocket, 403, "foreign_origin", "This page may not connect here.")
        return
    if SUBPROTOCOL not in websocket.scope["subprotocols"]:
        await _turn_away(websocket, 400, "no_subprotocol", f"Only {SUBPROTOCOL} is spoken here.")
        return
    await websocket.accept(subprotocol=SUBPROTOCOL)
    try:
        connection = await _introduced(websocket, house, game, seat)
        await connection.serve()
    except WebSocketDisconnect:
        pass
    except Exception as error:
        code, reason = _ending_of(error)
        if code == 1011:
            logger.exception("seat %s of game %s cannot be served", seat, game)
        with suppress(RuntimeError):  # it may be closed already
            await websocket.close(code, _short(reason))


def same_origin(websocket: WebSocket, public_url: str | None) -> bool:
    """Whether the page that connects is ours. What is no browser names no origin."""
    origin = websocket.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return False
    public = urlsplit(public_url or "")
    return parts.netloc == websocket.headers.get("host") or (
        (parts.scheme, parts.netloc) == (public.scheme, public.netloc)
    )


async def _turn_away(websocket: WebSocket, status: int, code: str, say: str) -> None:
    """Says no before there is a socket."""
    answer = problem(Trouble(status, code, say, "Open the game by its own address."))
    await websocket.send_denial_response(answer)


async def _introduced(websocket: WebSocket, house: House, game: str, seat: str) -> "Connection":
    """The connection of a socket that has shown a session for this very seat."""
    token = await _introduction(websocket)
    holder = await house.auth.holder_at(token, game, seat)
    house.make_room()
    return Connection(websocket, house, await house.current(game), holder)


async def _introduction(websocket: WebSocket) -> str:
    """The session that the first frame names. Raises `Unreadable`."""
    try:
        async with asyncio.timeout(INTRODUCTION):
            return read_introduction(await websocket.receive_text())
    except (TimeoutError, KeyError):  # nothing said, or not in text
        raise Unreadable("malformed", "The first frame must be a session.") from None


_OVERTAKEN: tuple[Close, str] = (
    1012,
    "The game goes on with a newer version. Load the page again.",
)


def _ending_of(error: Exception) -> tuple[Close, str]:
    """How a socket ends that cannot be served, and the reason given."""
    match error:
        case Unreadable():
            return 4401, error.say
        case Revoked():
            return REVOKED, error.say
        case Denied() | NoGame():
            return 4401, "This session is not known here."
        case NewerVersion():
            return _OVERTAKEN
        case NotServing() | StoreUnavailable():
            return 1013, str(error)
        case _:
            return 1011, "Something is wrong with the server."


def _short(reason: str) -> str:
    """A reason as a close frame can carry it: 123 bytes at most."""
    return reason.encode()[:120].decode(errors="ignore")


class Connection:
    """One socket at one seat: nothing is queued for it but answers to what it asked."""

    def __init__(
        self, websocket: WebSocket, house: House, session: Session, holder: Holder
    ) -> None:
        self.house, self.session, self.holder = house, session, holder
        self.link, self.game, self.seat = holder.link, holder.game or "", holder.seat
        self.watching = holder.watching
        self.line = session.line
        self._websocket = websocket
        self._watch = session.watch(holder.seat)
        self._table = house.table(self.game)
        self._stir, self._room = asyncio.Event(), asyncio.Event()
        self._answers = list[str]()
        self._ending: tuple[Close, str] | None = None
        self._told_step, self._told = -1, ""
        self._bucket = Bucket(house.settings.rate, house.settings.burst)
        self._wrong = self._over = 0

    async def serve(self) -> None:
        """Shows and listens until one side has had enough."""
        async with self.house.welcome(self):
            if self._ending is None:
                await self._serve()
            else:
                await self._close(*self._ending)

    async def _serve(self) -> None:
        hello = Hello(PROTOCOL, self.house.settings.clock(), self.game, self.seat, self.line)
        await self._send(f'{{"hello":{text(hello)}}}')
        stir = self._stir.set
        leaving = [
            self.session.news.listen(stir),
            self._table.news.listen(stir) if self.watching else self._table.arrive(self.seat, stir),
        ]
        stir()
        showing = asyncio.create_task(self._show())
        try:
            await self._listen()
        finally:
            for leave in leaving:
                leave()
            showing.cancel()
            await asyncio.wait([showing])

    def dismiss(self, code: Close, reason: str) -> None:
        """Ends the socket once what it still has to be told is told."""
        self._ending = self._ending or (code, reason)
        self._stir.set()
        self._room.set()

    # Out

    async def _show(self) -> None:
        """Sends whatever is new whenever the socket is ready for it."""
        try:
            while self._ending is None:
                await self._stir.wait()
                self._stir.clear()
                await self._send_news()
            await self._close(*self._ending)
        except WebSocketDisconnect:
            pass  # it is gone: whoever listens notices
        except Exception:
            logger.exception("seat %s of line %s cannot be shown", self.seat, self.line)
            await self._close(1011, "Something is wrong with the server.")

    async def _send_news(self) -> None:
        """Sends what is new. Called anew each time: no idle socket keeps the frame it sent last."""
        for frame in self._frames():
            await self._send(frame)

    async def _send(self, frame: str) -> None:
        try:
            await self._websocket.send_text(frame)
        except RuntimeError as error:  # so is said that the socket has ended meanwhile
            raise WebSocketDisconnect(1006) from error

    async def _close(self, code: Close, reason: str) -> None:
        with suppress(RuntimeError, WebSocketDisconnect):  # it may be closed already
            await self._websocket.close(code, _short(reason))

    def _frames(self) -> list[str]:
        """What is new: one frame, and one more for each further answer."""
        if self.session.overtaken:
            self._ending = self._ending or _OVERTAKEN
        answers, self._answers = self._answers, []
        self._room.set()
        if self._ending is not None:  # nothing new for who is shown out, but what was asked
            return [f"{{{answer}}}" for answer in answers if self._ending[0] != REVOKED]
        members = [self._watch.frame(), self._news_of_presence(), *answers[:1]]
        first = ",".join(member for member in members if member)
        return [f"{{{frame}}}" for frame in (first, *answers[1:]) if frame]

    def _news_of_presence(self) -> str:
        if self._told_step == self._table.step:
            return ""
        self._told_step = self._table.step
        seen = text(self._table.seen_by(self.session.state, self.seat))
        if seen == self._told:
            return ""
        self._told = seen
        return f'"presence":{seen}'

    def _answer(self, member: str) -> None:
        self._answers.append(member)
        if not self.session.news.soon:
            self._stir.set()

    def _no(self, id: str, code: str, say: str, instead: str) -> None:
        self._answer(f'"no":{text(No(id, code, say, instead))}')

    # In

    async def _listen(self) -> None:
        """Takes one frame after the other until the other side is gone."""
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if self._ending is not None:
                continue
            if message.get("text") is None:
                self.dismiss(1003, "Only text frames are understood.")
            elif self._in_time(message["text"]):
                await self._take(message["text"])
            while len(self._answers) >= UNSENT and self._ending is None:
                self._room.clear()
                await self._room.wait()

    def _in_time(self, frame: str) -> bool:
        """Whether the frame comes within the rate; persistent haste ends the socket."""
        if self._bucket.take():
            self._over = max(0, self._over - 1)
            return True
        self._over += 1
        if self._over > OVERFLOW:
            self.dismiss(1008, "Too many frames in too short a time.")
        else:
            say = "Too many frames came in too short a time; this one was not looked at."
            self._no(id_of(frame), "too_fast", say, "Wait a moment and send it again.")
        return False

    async def _take(self, frame: str) -> None:
        try:
            sent = read(frame)
            if isinstance(sent.do, Raw):
                await self._do(str(sent.id), read_command(sent.do))
            elif isinstance(sent.preview, Raw):
                self._preview(str(sent.id), read_command(sent.preview))
            elif isinstance(sent.page, Before):
                self._page(str(sent.id), sent.page)
            elif not isinstance(sent.typing, UnsetType) and not self.watching:
                self._write(sent.typing)
        except Unreadable as error:
            self._wrong += 1
            self._no(id_of(frame), error.code, error.say, "Load the page again.")
            if self._wrong >= PATIENCE:
                self.dismiss(1003, "Too many frames were not understood.")

    async def _do(self, id: str, command: SeatCommand) -> None:
        if self._only_watches(id):
            return
        try:
            await self.session.handle(id, self.seat, self.link, command)
        except Refused as refused:
            self._no(id, refused.code, refused.say, refused.instead)
        except StoreUnavailable as error:
            instead = "Nothing was done. Send it again in a moment."
            self._no(id, "store_unavailable", str(error), instead)
        except (NewerVersion, NotServing) as error:
            self.dismiss(*_ending_of(error))
        except Exception as error:
            kind = type(command).__name__
            logger.exception("%s of seat %s fails in line %s", kind, self.seat, self.line)
            self.dismiss(*_ending_of(error))
        else:
            self._answer(f'"ok":{text(id)}')

    def _only_watches(self, id: str) -> bool:
        """Whether this socket may do nothing; then it has been told so."""
        if self.watching:
            self._no(
                id, "watching", "Who watches a seat does not act for it.", "Use your own seat."
            )
        return self.watching

    def _preview(self, id: str, command: SeatCommand) -> None:
        if self._only_watches(id):
            return
        try:
            foreseen = self._watch.preview(command, self.session.clock())
        except Refused as refused:
            self._no(id, refused.code, refused.say, refused.instead)
        else:
            self._answer(f'"foreseen":{{"id":{text(id)},"preview":{foreseen}}}')

    def _page(self, id: str, page: Before) -> None:
        try:
            start, items = self._watch.page(page.feed, page.before)
        except LookupError:
            self._no(id, "no_feed", "This seat has no such feed.", "Ask for one of its own.")
            return
        head = f'"id":{text(id)},"feed":{text(page.feed)},"from":{start}'
        self._answer(f'"page":{{{head},"items":[{",".join(items)}]}}')

    def _write(self, room: str | None) -> None:
        if room is None or speaks_in(self.session.state, self.seat, room):
            self._table.write(self.seat, room)
