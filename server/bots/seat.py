"""A seat, as a program holds it: what it sees, and how it asks for things.

    async with Seat.hold("http://127.0.0.1:8000", game, "tokyo.leader", token) as seat:
        print(seat.view.now.turn)
        await seat.send(SendMessage("seoul+tokyo", "We see a launch. What do you see?"))
        await seat.changed()

Lost connections are made again; a command not yet answered is sent again under the same id, so
that it is never lost and never doubled.
"""

import asyncio
import json
import random
import urllib.parse
import urllib.request
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import uuid4

import msgspec
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from rules.commands import SeatCommand
from rules.refused import Refused
from rules.seen import View
from rules.value import Value

GONE = frozenset({4401, 4403})
"""Close codes after which there is no use in knocking again."""


class Dismissed(Exception):
    """The server will not have this seat's holder back."""


class _Feed(msgspec.Struct, frozen=True):
    start: int = msgspec.field(name="from")
    items: tuple[msgspec.Raw, ...]


class _No(Value):
    id: str
    code: str
    say: str
    instead: str


class _Hello(msgspec.Struct, frozen=True):
    line: str = ""


class _Frame(msgspec.Struct, frozen=True):
    """What a frame from the server may hold; what a program has no use for is passed over."""

    hello: _Hello | None = None
    view: Mapping[str, msgspec.Raw] = {}
    feeds: Mapping[str, _Feed] = {}
    ok: str | None = None
    no: _No | None = None


class Seat:
    """One seat of a game. `view` is what it sees now; `feeds` what it has been told, by name.

    `line` becomes another when the game goes on from another point: what was asked of the line
    before is refused then, for it is not meant for this one.
    """

    def __init__(self, address: str, game: str, seat: str, token: str) -> None:
        self.name, self.line = seat, ""
        self.feeds: dict[str, list[Mapping[str, Any]]] = {}
        self._view: View | None = None
        self._token = token
        self._url = f"{_websocket(address)}/api/play/{game}/{seat}"
        self._waiting: dict[str, tuple[bytes, asyncio.Future[None]]] = {}
        self._socket: ClientConnection | None = None
        self._moved = asyncio.Event()
        self._gone: BaseException | None = None

    @property
    def view(self) -> View:
        """What the seat sees now. There is nothing before the first frame."""
        if self._view is None:
            raise LookupError("the seat has seen nothing yet: wait for `changed`")
        return self._view

    @classmethod
    @asynccontextmanager
    async def hold(cls, address: str, game: str, seat: str, token: str) -> AsyncIterator["Seat"]:
        """Holds a seat with a session's token until the block is left."""
        held = cls(address, game, seat, token)
        keeping = asyncio.create_task(held._keep())
        keeping.add_done_callback(held._end)
        try:
            await held.changed()
            yield held
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})

    @classmethod
    @asynccontextmanager
    async def join(cls, link: str) -> AsyncIterator["Seat"]:
        """Takes the seat that an invitation link is for."""
        address, _, secret = link.partition("#")
        given = await asyncio.to_thread(_exchange, address, secret)
        async with cls.hold(address, given["game"], given["seat"], given["token"]) as seat:
            yield seat

    async def changed(self) -> None:
        """Returns when the seat has been told something new. Raises `Dismissed`."""
        moved = self._moved
        await moved.wait()
        if self._gone is not None:
            raise self._gone

    async def until(self, holds: Callable[[View], bool]) -> View:
        """The view, once something holds of it."""
        while self._view is None or not holds(self._view):
            await self.changed()
        return self._view

    async def send(self, command: SeatCommand, id: str | None = None) -> None:
        """Returns when the command is stored for good. Raises `Refused` or `Dismissed`."""
        if self._gone is not None:
            raise self._gone
        id = id or uuid4().hex
        frame = msgspec.json.encode({"id": id, "do": command})
        answer = asyncio.get_running_loop().create_future()
        self._waiting[id] = (frame, answer)
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(frame.decode())
        await answer

    async def _keep(self) -> None:
        """Stays connected. Raises `Dismissed`, or what no new connection would mend."""
        pause = 0.05
        while True:
            try:
                async with connect(
                    self._url, subprotocols=[Subprotocol("alliance.v1")], max_size=None
                ) as socket:
                    await socket.send(json.dumps({"session": self._token}))
                    async for text in socket:
                        pause = 0.05
                        frame = _decode_frame(text)
                        if frame.hello is not None:
                            await self._greet(socket, frame.hello.line)
                        self._take(frame)
            except ConnectionClosed:
                pass
            except (OSError, InvalidHandshake, TimeoutError):
                pause = min(2.0, pause * 2)
            finally:
                closed, self._socket = self._socket, None
            if closed is not None and closed.close_code in GONE:
                raise Dismissed(closed.close_reason or "The seat is no longer ours.")
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 # jitter, no secret

    async def _greet(self, socket: ClientConnection, line: str) -> None:
        """Asks again what has no answer yet, unless it was asked of another line."""
        if self.line not in ("", line):
            self.feeds.clear()
            for _, answer in self._waiting.values():
                _settle(answer, Refused("moved", "The game has moved.", "See where it is now."))
            self._waiting.clear()
        self.line = line
        self._socket = socket  # first: what is sent meanwhile may go twice, never not
        for sent, _ in list(self._waiting.values()):
            await socket.send(sent.decode())

    def _take(self, frame: _Frame) -> None:
        """What the server said, in the order it counts: what is seen first, then the answer."""
        if frame.view:
            self._see(frame.view)
        for name, run in frame.feeds.items():
            held = self.feeds.setdefault(name, [])
            if run.start < len(held):
                held.clear()
            held += [msgspec.json.decode(item) for item in run.items]
        if frame.view or frame.feeds:
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()
        if frame.ok is not None and (kept := self._waiting.pop(frame.ok, None)):
            _settle(kept[1], None)
        if frame.no is not None and (kept := self._waiting.pop(frame.no.id, None)):
            _settle(kept[1], Refused(frame.no.code, frame.no.say, frame.no.instead))

    def _see(self, sections: Mapping[str, msgspec.Raw]) -> None:
        seen = {name: _DECODERS[name].decode(raw) for name, raw in sections.items()}
        self._view = View(**seen) if self._view is None else replace(self._view, **seen)

    def _end(self, keeping: asyncio.Task[None]) -> None:
        """Whoever waits, or asks for anything later, is told why there will be no more."""
        if keeping.cancelled() or (error := keeping.exception()) is None:
            return
        for _, answer in self._waiting.values():
            _settle(answer, error)
        self._waiting.clear()
        self._gone = error
        self._moved.set()


def _settle(answer: asyncio.Future[None], error: BaseException | None) -> None:
    if answer.done():
        return
    if error is None:
        answer.set_result(None)
    else:
        answer.set_exception(error)


def _websocket(address: str) -> str:
    parts = urllib.parse.urlsplit(address)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"


def _exchange(address: str, secret: str) -> Mapping[str, Any]:
    """The session for a link's secret."""
    request = urllib.request.Request(  # noqa: S310 # the link's own address
        f"{address.rstrip('/')}/api/session",
        data=json.dumps({"secret": secret}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 # as above
        given: Mapping[str, Any] = json.load(response)
    return given


_decode_frame = msgspec.json.Decoder(_Frame).decode
_DECODERS = {part.name: msgspec.json.Decoder(part.type) for part in msgspec.structs.fields(View)}
