"""A server that runs: alone, or with a demonstration game."""

import asyncio
import os
import shutil
import socket
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from hashlib import sha256
from pathlib import Path

import uvicorn
from rich.console import Console
from rich.progress import Progress

from rules.commands import SetAutomatic, SetRate
from rules.entry import write
from rules.scenario import CAPITALS
from rules.value import Value

from .app import UVICORN, create_app
from .auth import HOUSE_SEAT
from .bots.covers import BotCovers
from .bots.seat import Seat
from .house import House
from .settings import Settings


class CannotServe(Exception):
    """Why the server cannot start, in a sentence."""


class Demonstration(Value):
    """What a demonstration plays. `speed` is exercise seconds per second."""

    scenario: str
    seed: int | None
    speed: float
    headless: bool
    export: Path | None


async def serve(settings: Settings, out: Console) -> None:
    """Serves until stopped; prints the facilitator's link."""
    async with running(settings) as (house, address, server):
        covers = house.covers = BotCovers(house, address)
        out.print(f"Facilitator: {await _house_link(house, settings, address)}", soft_wrap=True)
        out.print("Keep this link to yourself. Stop the server with Ctrl+C.")
        await covers.resume()
        try:
            await server
        finally:
            await covers.close()


async def demonstrate(settings: Settings, given: Demonstration, out: Console, err: Console) -> None:
    """Plays a demonstration game with bots; serves on, unless headless."""
    async with running(settings) as (house, address, server):
        game = await _demo_game(house, given)
        covers = BotCovers(
            house,
            address,
            pause=0.0 if given.headless else 4.0,
            reading=0.0 if given.headless else 20.0,
            seed=given.seed or 0,
        )
        house.covers = covers
        try:
            for team in CAPITALS:
                await covers.cover(game, team, "cooperative")
            await _set_off(house, address, game, given.speed)
            if given.headless:
                await _play_out(house, covers, game, err)
            else:
                link = await _house_link(house, settings, address)
                out.print(f"Open {link}", soft_wrap=True)
                _open_browser(link)
                runs = asyncio.create_task(_once_visited(house, covers, game))
                await server
                runs.cancel()
            if given.export is not None:
                await export(house, game, given.export, by="the demonstration")
        finally:
            await covers.close()


@asynccontextmanager
async def running(
    settings: Settings,
) -> AsyncIterator[tuple[House, str, "asyncio.Task[None]"]]:
    """A server that answers: its house, its own address, and the task that serves."""
    bound = _bind(settings)
    port = bound.getsockname()[1]
    app = create_app(settings)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, timeout_graceful_shutdown=3, **UVICORN
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    try:
        while not server.started:
            if serving.done():
                raise CannotServe(_why_not(serving, app.state.fault))
            await asyncio.sleep(0.01)
        host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104 # compared
        yield app.state.house, f"http://{host}:{port}", serving
    finally:
        server.should_exit = True
        await asyncio.wait([serving])
        bound.close()


@contextmanager
def place(data: Path | None) -> Iterator[Path]:
    """The folder of a game: a given one, or a new one that goes when the game does."""
    if data is not None:
        yield data
        return
    folder = Path(tempfile.mkdtemp(prefix="alliance-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bind(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        raise CannotServe(
            f"Cannot listen at {settings.host}:{settings.port}: {error.strerror}. "
            "Choose another with --port, or stop the program that uses it."
        ) from error
    return bound


def _why_not(serving: "asyncio.Task[None]", fault: BaseException | None) -> str:
    error = fault or (serving.exception() if not serving.cancelled() else None)
    return f"The server could not start: {error}" if error else "The server could not start."


async def _house_link(house: House, settings: Settings, address: str) -> str:
    """A new link to the house; older ones that nobody has come by no longer open it."""
    for old in await house.auth.links(None):
        if not old.used and old.revoked_at is None:
            await house.auth.revoke(old.id)
    issued = await house.auth.issue(None, HOUSE_SEAT)
    return f"{(settings.public_url or address).rstrip('/')}/#{issued.secret}"


async def _demo_game(house: House, given: Demonstration) -> str:
    parsed = house.library.load(given.scenario)
    if parsed.scenario is None:
        raise CannotServe(
            f"The scenario {given.scenario} has faults. See them with `alliance check`."
        )
    seed = "" if given.seed is None else sha256(f"demo/{given.seed}".encode()).hexdigest()
    title = parsed.scenario.title[parsed.scenario.languages[0]]
    return (await house.open_game(parsed.document, f"{title} (demonstration)", seed)).id


async def _set_off(house: House, address: str, game: str, speed: float) -> None:
    """The game's pace, and leave for the bot at control to run it until a person takes over."""
    token, _ = await house.auth.admit(game, "control.lead", "bot")
    async with Seat.hold(address, game, "control.lead", token) as seat:
        await seat.send(SetRate(round(speed * 1000)))
        await seat.send(SetAutomatic(on=True))


async def _once_visited(house: House, covers: BotCovers, game: str) -> None:
    """Runs the game from when somebody has come by the printed link: nobody misses its start."""
    while not any(link.used for link in await house.auth.links(None)):  # noqa: ASYNC110 # links do not ring
        await asyncio.sleep(0.5)
    await covers.run(game)


async def _play_out(house: House, covers: BotCovers, game: str, err: Console) -> None:
    """Runs the game to its end, with a bar that counts turns."""
    session = await house.current(game)
    with Progress(console=err, transient=True) as bar:
        turns = bar.add_task("turns", total=len(session.state.book.turns))
        run = asyncio.create_task(covers.run(game))
        while not run.done():
            bar.update(turns, completed=session.state.turn)
            await asyncio.wait([run], timeout=0.2)
        run.result()
    finish = session.state.finish
    end = session.state.book.ends[finish.end] if finish and finish.end else None
    if end is not None:
        err.print(f"{end.name[session.state.book.languages[0]]}: {session.seq} entries.")


async def export(house: House, game: str, to: Path, *, by: str) -> int:
    """Writes a game's log to a file; a running game notes that. The number of entries."""
    header, rows = await house.leave(game, by)
    await asyncio.to_thread(to.write_bytes, b"".join(write(header, rows)))
    return len(rows)


def _open_browser(link: str) -> None:
    """Where there is a display, the address opens by itself."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.name == "nt":
        webbrowser.open(link)
