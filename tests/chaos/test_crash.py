"""Acknowledged means durable: a real server is killed over and over while real clients play."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from rules.commands import SendMessage
from rules.entry import Row, first_break
from rules.record import decode

KILLS = 50
SEATS = ("washington.leader", "tokyo.leader", "seoul.foreign", "control.lead")


class Victim:
    """A server on one port and one folder that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = _start(folder, self.port)
        self.killed = 0

    def until(self, holds: Callable[[], bool]) -> None:
        """Waits until something holds, or the server has died by itself."""
        _until(self.process, holds)

    def die_and_rise(self) -> None:
        """SIGKILL at whatever it is doing, and a new start; every second one is fragile."""
        self.process.kill()
        assert self.process.wait() == -signal.SIGKILL
        self.killed += 1
        fragile = self.killed % 2 == 1 and self.killed < KILLS
        self.process = _start(self.folder, self.port, fragile=fragile)


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Victim]:
    """A server that is gone when the test is."""
    victim = Victim(tmp_path)
    try:
        yield victim
    finally:
        victim.process.kill()
        victim.process.wait()


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    victim: Victim, tmp_path: Path
) -> None:
    address, luck = victim.address, random.Random(1)
    house = _call(address, "/api/session", {"secret": _secret(tmp_path)})["token"]
    game = _call(address, "/api/games", {"scenario": "missile", "title": "Crash"}, house)[0]["id"]
    with _talkers(address, game, house, tmp_path) as receipts:
        while victim.killed < KILLS:
            _carry_on(victim, receipts)
            moment = time.monotonic() + luck.uniform(0, 0.3)
            victim.until(lambda: time.monotonic() > moment)  # noqa: B023 # used at once
            victim.die_and_rise()
        _carry_on(victim, receipts)
    victim.process.terminate()
    victim.process.wait()
    _compare(tmp_path, receipts)


def _carry_on(victim: Victim, receipts: list[Path]) -> None:
    """Clients find the server again and get something more acknowledged."""
    before = _size(receipts)
    victim.until(lambda: _size(receipts) > before)


def _compare(folder: Path, receipts: list[Path]) -> None:
    """Every receipt has its one entry, and the chain is whole."""
    engine = sa.create_engine(f"sqlite:///{folder / 'data' / 'alliance.db'}")
    with engine.connect() as connection:
        found = connection.execute(
            sa.text("select line, seq, id, seat, body, hash, personal from entry order by seq")
        )
        rows = [Row(*row) for row in found]
    engine.dispose()
    assert first_break(rows) is None
    said = Counter[tuple[str, str, str]]()
    for row in rows:
        entry = decode(row)
        if isinstance(entry.command, SendMessage):
            said[entry.seat, entry.id, entry.command.text] += 1
    assert said, "nobody said anything"
    assert max(said.values()) == 1, "something was applied twice"
    kept = [line for paper in receipts for line in paper.read_text().split()]
    assert len(kept) > KILLS
    assert len(kept) == len(set(kept))
    missing = [id for id in kept if (id.rpartition("-")[0], id, id) not in said]
    assert not missing, "acknowledged, and lost"
    assert len(said) - len(kept) <= len(SEATS), "more was stored than was ever asked"


@contextmanager
def _talkers(address: str, game: str, house: str, folder: Path) -> Iterator[list[Path]]:
    papers, processes = [], []
    for seat in SEATS:
        link = _call(address, f"/api/games/{game}/links", {"seat": seat}, house)
        token = _call(address, "/api/session", {"secret": link["url"].partition("#")[2]})["token"]
        paper = folder / f"{seat}.receipts"
        paper.touch()
        papers.append(paper)
        processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.talker", address, game, seat, token, paper],
                stdin=subprocess.PIPE,
            )
        )
    try:
        yield papers
        for process in processes:
            process.communicate(timeout=30)
            assert process.returncode == 0, "a client gave up"
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def _start(folder: Path, port: int, *, fragile: bool = False) -> subprocess.Popen[bytes]:
    """A server that has said its address, or has died at a commit on the way there."""
    paper = folder / "server.out"
    with paper.open("wb") as out:
        server = subprocess.Popen(
            [
                sys.executable,
                *("-m", "tests.chaos.fragile", "serve"),
                *("--port", str(port), "--data", str(folder / "data")),
            ],
            env={**os.environ, "FRAGILE": "0.01" if fragile else "0", "COLUMNS": "400"},
            stdout=out,
        )
    _until(server, lambda: b"Ctrl+C" in paper.read_bytes())
    return server


def _secret(folder: Path) -> str:
    """The secret of the facilitator's link, as the server printed it."""
    link = (folder / "server.out").read_text().splitlines()[0]
    return link.strip().partition("#")[2]


def _call(address: str, path: str, body: dict[str, Any], token: str = "") -> Any:
    request = urllib.request.Request(
        address + path,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def _size(receipts: list[Path]) -> int:
    return sum(paper.stat().st_size for paper in receipts)


def _until(server: subprocess.Popen[bytes], holds: Callable[[], bool]) -> None:
    """Waits until something holds, or the server has died by itself."""
    patience = time.monotonic() + 30
    while not holds() and server.poll() is None:
        assert time.monotonic() < patience, "nothing happened for half a minute"
        _breathe()


def _breathe() -> None:
    """Gives way to other processes; what is waited for is always checked, never supposed."""
    time.sleep(0.01)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
