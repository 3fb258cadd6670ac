"""The floor: the least that any server in its place must do. Kept simple, and fixed.

A bare Starlette websocket on uvicorn parses the command, commits it in a group (SQLite, WAL,
FULL), and sends ready-made frames to the same sockets: byte for byte what the server would.
"""

import asyncio
import socket
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.app import UVICORN
from server.frames import SUBPROTOCOL

from .plan import Chair, Plan, Served, given, say
from .seminar import MARK, SEATS, Step

_parse = msgspec.json.Decoder(dict[str, Any]).decode


class Store:
    """A group commit: what waits while one batch is committed is the next batch."""

    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(file, check_same_thread=False)
        self.database.execute("pragma journal_mode=wal")
        self.database.execute("pragma synchronous=full")
        self.database.execute("create table entry (game text, id text, body blob)")
        self.thread = ThreadPoolExecutor(1)
        self.waiting = list[tuple[tuple[str, str, str], asyncio.Future[None]]]()
        self.task: asyncio.Task[None] | None = None

    async def append(self, row: tuple[str, str, str]) -> None:
        """Returns when the row is on the disk."""
        stored = asyncio.get_running_loop().create_future()
        self.waiting.append((row, stored))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.run())
        await stored

    async def run(self) -> None:
        """Commits for as long as anything waits."""
        while self.waiting:
            batch, self.waiting = self.waiting, []
            rows = [row for row, _ in batch]
            await asyncio.get_running_loop().run_in_executor(self.thread, self.commit, rows)
            for _, stored in batch:
                stored.set_result(None)

    def commit(self, rows: list[tuple[str, str, str]]) -> None:
        """One transaction."""
        self.database.executemany("insert into entry values (?, ?, ?)", rows)
        self.database.commit()


class Floor:
    """Games of nothing but sockets and steps."""

    def __init__(self, store: Store, steps: list[Step]) -> None:
        self.store, self.steps = store, steps
        self.tables = defaultdict[str, dict[str, WebSocket]](dict)

    async def play(self, websocket: WebSocket) -> None:
        """One socket: parse, commit, send, for as long as it lasts."""
        game, seat = websocket.path_params["game"], websocket.path_params["seat"]
        await websocket.accept(subprotocol=SUBPROTOCOL)
        await websocket.receive_text()
        self.tables[game][seat] = websocket
        await websocket.send_text('{"view":{}}')
        try:
            while True:
                text = await websocket.receive_text()
                id: str = _parse(text)["id"]
                await self.store.append((game, id, text))
                await self.tell(self.tables[game], seat, id)
        except WebSocketDisconnect:
            self.tables[game].pop(seat, None)

    async def tell(self, table: Mapping[str, WebSocket], asker: str, id: str) -> None:
        """Sends each seat what this step shows it, and `ok` to the asker."""
        number, _, step = id.partition(".")
        frames = self.steps[int(step)].frames
        for seat, frame in frames.items():
            shown = frame.replace(MARK, f"#{number}")
            await table[seat].send_text(f'{shown[:-1]},"ok":"{id}"}}' if seat == asker else shown)
        if asker not in frames:
            await table[asker].send_text(f'{{"ok":"{id}"}}')


def main() -> None:
    """Serves until stopped."""
    plan = given(Plan)
    script = Path(plan.script).read_bytes() if plan.script else b"[]"
    steps = msgspec.json.decode(script, type=list[Step])
    floor = Floor(Store(Path(plan.folder) / "floor.db"), steps)
    app = Starlette(routes=[WebSocketRoute("/api/play/{game}/{seat}", floor.play)])
    listening = socket.create_server(("127.0.0.1", 0))
    chairs = tuple(Chair(f"g{n}", seat, "-") for n in range(plan.games) for seat in SEATS)
    say(Served(listening.getsockname()[1], chairs))
    config = uvicorn.Config(app, log_level="warning", access_log=False, **UVICORN)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
