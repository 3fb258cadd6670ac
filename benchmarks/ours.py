"""The server as it is shipped, with games that have begun, and without limits on haste."""

import asyncio
import socket
from pathlib import Path

import uvicorn

from rules.commands import SeatCommand
from rules.entry import read
from server.app import UVICORN, create_app
from server.house import House
from server.session import Session
from server.settings import Settings

from .plan import Chair, Plan, Served, given, say
from .seminar import SEATS, SEED, document, opening


class Hosts:
    """Opens what a plan asks for as soon as the house is open."""

    def __init__(self, plan: Plan, port: int) -> None:
        self.plan, self.port = plan, port
        self.logs = [read(Path(log).read_bytes().splitlines()) for log in plan.logs]

    async def welcome(self, house: House) -> None:
        """Opens the games, and says where they are."""
        scenario = document(shelf(self.plan))
        games = [
            (await house.open_game(scenario, f"Room {n}", SEED)).id for n in range(self.plan.games)
        ]
        tables = await asyncio.gather(*(self.seated(house, game) for game in games))
        adopted = [await house.adopt(*log) for log in self.logs]
        lead = [await self.chair(house, game.id, SEATS[0]) for game in adopted]
        say(Served(self.port, tuple(chair for table in tables for chair in table), tuple(lead)))

    async def seated(self, house: House, game: str) -> list[Chair]:
        """Everybody sits at a game that has begun."""
        chairs = {seat: await self.chair(house, game, seat) for seat in SEATS}
        session = await house.current(game)
        for seat, command in opening():
            await self.ask(session, seat, command)
        return list(chairs.values())

    @staticmethod
    async def chair(house: House, game: str, seat: str) -> Chair:
        """A session for a seat."""
        token, _ = await house.auth.admit(game, seat, "measured")
        return Chair(game, seat, token)

    @staticmethod
    async def ask(session: Session, seat: str, command: SeatCommand) -> None:
        """A command of the opening."""
        await session.handle(f"opening-{session.seq}", seat, f"k{seat}", command)


def shelf(plan: Plan) -> Path | None:
    """Where the scenarios are; none for the shipped ones."""
    return None if plan.scenarios is None else Path(plan.scenarios)


def main() -> None:
    """Serves until stopped."""
    plan = given(Plan)
    listening = socket.create_server(("127.0.0.1", 0))
    settings = Settings(
        data=Path(plan.folder), scenarios=shelf(plan), rate=1e9, burst=10**9, sockets=100_000
    )
    app = create_app(settings, welcome=Hosts(plan, listening.getsockname()[1]).welcome)
    config = uvicorn.Config(app, log_level="warning", access_log=False, **UVICORN)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
