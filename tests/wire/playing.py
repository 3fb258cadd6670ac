"""The other end of the wire, for tests: a server that really runs, and clients of it."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from server.app import UVICORN, create_app
from server.frames import SUBPROTOCOL
from server.house import House
from server.settings import Settings

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
T = TypeVar("T")
Json = dict[str, Any]


class Running:
    """A server that listens. `secret` is the facilitator's."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings, welcome=self._welcome)
        self.loop: asyncio.AbstractEventLoop | None = None
        self.secret, self.port = "", 0
        self.stop: Callable[[], None] = lambda: None

    @property
    def house(self) -> House:
        """The server's house, in the server's own thread."""
        house: House = self.app.state.house
        return house

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def inside(self, work: Awaitable[T]) -> T:
        """Does something in the server's own thread, for what no client can do."""
        assert self.loop is not None

        async def done() -> T:
            return await work

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(done(), self.loop))

    async def _welcome(self, house: House) -> None:
        self.loop = asyncio.get_running_loop()
        self.secret = (await house.auth.issue(None, "house")).secret


@contextmanager
def running(settings: Settings) -> Iterator[Running]:
    """A server in a thread of its own, until the block is left."""
    server = Running(settings)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server.port = listening.getsockname()[1]
    config = uvicorn.Config(
        server.app, log_config=None, log_level="info", timeout_graceful_shutdown=2, **UVICORN
    )
    program = uvicorn.Server(config)
    server.stop = lambda: setattr(program, "should_exit", True)
    thread = threading.Thread(target=program.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not program.started:
        assert thread.is_alive(), server.app.state.fault
        threading.Event().wait(0.01)
    try:
        yield server
    finally:
        server.stop()
        thread.join(10)
        listening.close()
        assert not thread.is_alive(), "the server does not stop"


class Facilitator:
    """The facilitator's browser: the HTTP side."""

    def __init__(self, server: Running, http: httpx.AsyncClient) -> None:
        self.server, self.http = server, http
        self.tokens: list[str] = []

    async def open(self, title: str = "Test", **more: object) -> str:
        """A new game of the tiny scenario; its id."""
        body = {"scenario": "tiny", "title": title, **more}
        return str((await self.post("games", body))[0]["id"])

    async def seat(self, game: str, seat: str) -> str:
        """A session's token for a seat, by way of a link."""
        link = await self.post(f"games/{game}/links", {"seat": seat})
        return await self.exchange(link["url"])

    async def exchange(self, url: str) -> str:
        """What a browser does with a link."""
        secret = url.partition("#")[2]
        answer = await self.http.post("/api/session", json={"secret": secret})
        self.tokens.append(answer.raise_for_status().json()["token"])
        return self.tokens[-1]

    async def get(self, path: str) -> Any:
        """What is there."""
        return (await self.http.get(f"/api/{path}")).raise_for_status().json()

    async def post(self, path: str, body: object = None) -> Any:
        """What comes of it."""
        return (await self.http.post(f"/api/{path}", json=body)).raise_for_status().json()


@asynccontextmanager
async def facilitating(server: Running) -> AsyncIterator[Facilitator]:
    """A facilitator with a session."""
    async with httpx.AsyncClient(base_url=server.address, timeout=30) as http:
        answer = await http.post("/api/session", json={"secret": server.secret})
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        yield Facilitator(server, http)


class Player:
    """A browser at a seat: sends commands, and folds frames into a view as a browser does."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Json] = []
        self.view: Json = {}
        self.feeds: dict[str, list[Json]] = {}
        self.starts: dict[str, int] = {}
        self.presence: Json = {}

    async def receive(self) -> Json:
        """The next frame, taken in."""
        async with asyncio.timeout(20):
            frame: Json = json.loads(await self.socket.recv())
        self.frames.append(frame)
        self.view |= frame.get("view", {})
        for name, run in frame.get("feeds", {}).items():
            items = self.feeds.setdefault(name, [])
            start = self.starts.setdefault(name, run["from"])
            assert run["from"] == start + len(items), f"{name} has a gap"
            items += run["items"]
        self.presence = frame.get("presence", self.presence)
        return frame

    async def until(self, holds: Callable[["Player"], object]) -> None:
        """Receives until something holds of what is seen."""
        while not holds(self):
            await self.receive()

    async def send(self, frame: object) -> None:
        """Sends a frame as it is."""
        await self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    async def ask(self, type: str, id: str | None = None, **members: object) -> Json:
        """Sends a command; the answer to it."""
        id = id or uuid4().hex
        await self.send({"id": id, "do": {"type": type, **members}})
        return await self.answer(id)

    async def answer(self, id: str) -> Json:
        """The answer to the command of this id: {"ok"} or the whole refusal."""
        while True:
            frame = await self.receive()
            if frame.get("ok") == id:
                return {"ok": id}
            if frame.get("no", {}).get("id") == id:
                refusal: Json = frame["no"]
                return refusal

    async def page(self, feed: str, before: int) -> Json:
        """A page of older items."""
        await self.send({"id": "page", "page": {"feed": feed, "before": before}})
        while "page" not in (frame := await self.receive()):
            pass
        page: Json = frame["page"]
        return page

    async def closed(self) -> tuple[int, str]:
        """How the server closes the socket."""
        try:
            while True:
                await self.receive()
        except ConnectionClosed as closed:
            assert closed.rcvd is not None
            return closed.rcvd.code, closed.rcvd.reason


@asynccontextmanager
async def knocking(
    server: Running,
    game: str,
    seat: str,
    *,
    origin: str | None = None,
    subprotocol: str | None = SUBPROTOCOL,
) -> AsyncIterator[Player]:
    """A socket that has not said yet whom it speaks for."""
    async with connect(
        f"ws://127.0.0.1:{server.port}/api/play/{game}/{seat}",
        subprotocols=None if subprotocol is None else [Subprotocol(subprotocol)],
        origin=None if origin is None else Origin(origin),
        max_size=None,
        max_queue=None,  # a test may leave frames unread, and still leave
    ) as socket:
        yield Player(socket)


@asynccontextmanager
async def playing(server: Running, game: str, seat: str, token: str) -> AsyncIterator[Player]:
    """A player who has taken in the first view."""
    async with knocking(server, game, seat) as player:
        await player.send({"session": token})
        await player.until(lambda p: p.view)
        yield player
