"""The load: many raw websockets in a process of their own, parsed no further than need be."""

import asyncio
import gc
import os
import re
from collections.abc import Callable, Iterator
from itertools import count
from math import inf
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import cast

import msgspec
import uvloop

from server.frames import SUBPROTOCOL

from .plan import Burst, Chair, Pace, Seated, Task, given, say
from .seminar import MARK, Step

LIMIT = 100.0
"""Milliseconds that the slowest hundredth may take for a rate to count as held."""

PATIENCE = 5.0
"""Seconds to wait for what is still under way at the end of a burst."""

SEEN = re.compile(rb'"text":"#(\d{8})|"ok":"(\d{8})|"no":\{"id":"(\d{8})')

TEXT, PING = 1, 9


class Peer(asyncio.Protocol):
    """One seat's websocket. `told` is given every text frame's payload."""

    def __init__(self, chair: Chair, told: Callable[[bytes], None]) -> None:
        self.chair, self.told = chair, told
        self.ready = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport
        self._buffer = b""
        self._upgraded = False

    @classmethod
    async def connect(cls, port: int, chair: Chair, told: Callable[[bytes], None]) -> "Peer":
        """A socket that has been shown its first view."""
        loop = asyncio.get_running_loop()
        _, peer = await loop.create_connection(lambda: cls(chair, told), "127.0.0.1", port)
        await peer.ready
        return peer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the upgrade."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's are no subclass
        self.transport.write(
            f"GET /api/play/{self.chair.game}/{self.chair.seat} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Takes frame after frame."""
        self._buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            head, ended, rest = self._buffer.partition(b"\r\n\r\n")
            if not ended:
                return
            if b" 101 " not in head[:20]:
                self.ready.set_exception(ConnectionError(head.decode()))
                return
            self._upgraded, self._buffer = True, rest
            self.send(msgspec.json.encode({"session": self.chair.token}))
        for kind, payload in self._frames():
            if kind == TEXT:
                self.told(payload)
                if not self.ready.done() and b'"view":' in payload[:400]:
                    self.ready.set_result(None)
            elif kind == PING:
                self.send(payload, 0x8A)

    def connection_lost(self, error: Exception | None) -> None:
        """Tells whoever still waits."""
        if not self.ready.done():
            self.ready.set_exception(error or ConnectionError("The server hung up."))

    def send(self, payload: bytes, kind: int = 0x81) -> None:
        """A frame to the server, masked with nothing."""
        length = len(payload)
        if length < 126:
            head = bytes((kind, 0x80 | length))
        else:
            head = bytes((kind, 0x80 | 126)) + length.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + payload)

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        data, at = self._buffer, 0
        while len(data) - at >= 2:
            length, start = data[at + 1], at + 2
            if length >= 126:
                start += 2 if length == 126 else 8
                length = int.from_bytes(data[at + 2 : start], "big")
            if len(data) < start + length:
                break
            yield data[at] & 15, data[start : start + length]
            at = start + length
        self._buffer = data[at:]


class Tables:
    """All the seats of a server, and what has become of every command that they sent."""

    def __init__(self, task: Task, steps: list[Step]) -> None:
        self.task, self.steps = task, steps
        self.peers = dict[tuple[str, str], Peer]()
        self.games = list(dict.fromkeys(chair.game for chair in task.served.chairs))
        self.next = {game: count() for game in self.games}
        self.shown = [sum(MARK in frame for frame in step.frames.values()) for step in steps]
        self.do = [bytes(step.do).decode() for step in steps]
        self.sent = list[float]()
        self.ok = list[float]()
        self.told = list[float]()
        self.left = list[int]()
        self.refused = 0

    @classmethod
    async def laid(cls, task: Task, steps: list[Step]) -> "Tables":
        """Everybody connected."""
        tables = cls(task, steps)
        for chair in task.served.chairs:
            peer = await Peer.connect(task.served.port, chair, tables.hear)
            tables.peers[chair.game, chair.seat] = peer
        return tables

    def ask(self, game: str) -> None:
        """The next step of a game's script."""
        number, step = len(self.sent), next(self.next[game]) % len(self.steps)
        id = f"{number:08d}"
        do = self.do[step].replace(MARK, f"#{id}")
        self.ok.append(inf)
        self.told.append(inf if self.shown[step] else 0.0)
        self.left.append(self.shown[step])
        self.sent.append(perf_counter())
        self.peers[game, self.steps[step].seat].send(f'{{"id":"{id}.{step}","do":{do}}}'.encode())

    def hear(self, payload: bytes) -> None:
        """Notes which commands a frame shows or answers."""
        now = perf_counter()
        for shown, ok, no in SEEN.findall(payload):
            if shown:
                number = int(shown)
                self.left[number] -= 1
                if not self.left[number]:
                    self.told[number] = now
            else:
                self.ok[int(ok or no)] = now
                self.refused += bool(no)

    async def burst(self, pace: Pace) -> Burst:
        """Sends at a rate, at random moments, and waits for all that comes of it."""
        rest = asyncio.create_task(_rest()) if pace.rests else None
        try:
            return await self._burst(pace.rate, pace.seconds)
        finally:
            if rest is not None:
                rest.cancel()

    async def _burst(self, rate: float, seconds: float) -> Burst:
        first, busy, refused = len(self.sent), _busy(self.task.pid), self.refused
        random = Random(rate)
        begun = perf_counter()
        for moment in sorted(random.uniform(0, seconds) for _ in range(round(rate * seconds))):
            wait = begun + moment - perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            elif len(self.sent) % 16 == 0:
                await asyncio.sleep(0)
            self.ask(random.choice(self.games))
        late = perf_counter() - begun - seconds
        await self._settle(first)
        sent = range(first, len(self.sent))
        spent = _busy(self.task.pid)
        missing = sum(self.ok[n] == inf or self.told[n] == inf for n in sent)
        ok = _spread([(self.ok[n] - self.sent[n]) * 1000 for n in sent])
        told = _spread([(self.told[n] - self.sent[n]) * 1000 for n in sent if self.told[n]])
        return Burst(
            rate=rate,
            held=not missing and late < LIMIT / 1000 and max(ok[1], told[1]) < LIMIT,
            ok=ok,
            told=told,
            refused=self.refused - refused,
            missing=missing,
            busy=None if busy is None or spent is None else (spent - busy) / len(sent) * 1e6,
        )

    async def _settle(self, first: int) -> None:
        patience = perf_counter() + PATIENCE
        while perf_counter() < patience:
            if inf not in self.ok[first:] and inf not in self.told[first:]:
                return
            await asyncio.sleep(0.02)


async def _rest() -> None:
    """Keeps the loop from waiting at its sockets."""
    while True:
        sleep(0.001)  # noqa: ASYNC251 # the whole process rests
        await asyncio.sleep(0)


def _spread(times: list[float]) -> tuple[float, float]:
    """The median, and what the slowest hundredth exceeds; what never came is as late as can be."""
    ordered = sorted(min(time, PATIENCE * 1000) for time in times)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]


def _busy(pid: int) -> float | None:
    """Seconds of processor time that a process has used, where the system tells."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def run(task: Task, steps: list[Step]) -> None:
    """One burst after the other, as asked for."""
    tables = await Tables.laid(task, steps)
    say(Seated(len(tables.peers)))
    while True:
        pace = await asyncio.to_thread(given, Pace)
        say(await tables.burst(pace))


def main() -> None:
    """Does what it is told, and tells what came of it."""
    gc.disable()
    task = given(Task)
    steps = msgspec.json.decode(Path(task.script).read_bytes(), type=list[Step])
    uvloop.run(run(task, steps))


if __name__ == "__main__":
    main()
