"""Who plays for absent capitals on this machine."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import get_args
from zlib import crc32

from rules.scenario import CAPITALS, Capital
from server.auth import Holder, Link
from server.house import House

from .capital import CapitalBot, Displaced
from .control import ControlBot
from .seat import Dismissed, Seat
from .temper import Temperament, temper

logger = logging.getLogger(__name__)


class BotCovers:
    """Bots that hold seats over the same websocket as people.

    `pause` and `reading` are the seconds that a capital thinks at each step, and that the bot at
    control leaves people to read.
    """

    def __init__(
        self,
        house: House,
        address: str,
        *,
        pause: float = 4.0,
        reading: float = 20.0,
        seed: int = 0,
    ) -> None:
        self._house, self._address = house, address
        self._pause, self._reading, self._seed = pause, reading, seed
        self._playing: dict[tuple[str, Capital], tuple[Temperament, asyncio.Task[None]]] = {}
        self._links: dict[tuple[str, Capital], str] = {}

    async def cover(self, game: str, team: Capital, temperament: Temperament | None) -> None:
        """Plays for a capital from now on; without a temperament no longer."""
        held = self._playing.pop((game, team), None)
        if held is not None:
            held[1].cancel()
            with suppress(asyncio.CancelledError):
                await held[1]
            await self._leave(game, team)
        if temperament is None:
            return
        task = asyncio.create_task(self._play(game, team, temperament))
        self._playing[game, team] = (temperament, task)
        task.add_done_callback(lambda done: self._left(game, team, done))

    def covered(self, game: str) -> Mapping[Capital, Temperament]:
        """The capitals of a game that are played for."""
        return {
            team: self._playing[game, team][0] for team in CAPITALS if (game, team) in self._playing
        }

    async def seated(self, game: str) -> Mapping[Capital, Temperament]:
        """The capitals of a game that are played for, or were when it ended."""
        left = dict(_played(link) for link in await self._left_to(game))
        return {**left, **self.covered(game)}  # who has just been asked has no link yet

    async def resume(self) -> None:
        """Goes on playing for whom bots played when a server was last here.

        Their links say so, and are given out anew: a bot that another machine still runs leaves.
        """
        for game in await self._house.games.all():
            left = await self._left_to(game.id)
            try:
                if left and (await self._house.current(game.id)).state.phase != "ended":
                    for link in left:
                        await self._house.uninvite(game.id, link.id)
                        await self.cover(game.id, *_played(link))
            except Exception:
                logger.exception("no bots for game %s", game.id)

    async def _left_to(self, game: str) -> list[Link]:
        """The links of a game's bots, here or on any machine, that were not taken back."""
        return [link for link in await self._house.auth.links(game) if _plays(link)]

    async def run(self, game: str) -> None:
        """Runs a game's turns from control's lead seat, until it has ended."""
        token, _ = await self._house.auth.admit(game, "control.lead", "bot")
        async with Seat.hold(self._address, game, "control.lead", token) as seat:
            await ControlBot(seat, pause=self._reading).run()

    async def close(self) -> None:
        """Every bot leaves."""
        for _, task in list(self._playing.values()):
            task.cancel()
        await asyncio.gather(*(t for _, t in self._playing.values()), return_exceptions=True)

    async def _play(self, game: str, team: Capital, temperament: Temperament) -> None:
        session = await self._house.current(game)
        name = session.state.authority[team]
        token, holder = await self._house.auth.admit(game, name, f"{_NOTE}{temperament}")
        self._links[game, team] = holder.link
        seed = self._seed + crc32(f"{game}/{team}".encode())
        async with Seat.hold(self._address, game, name, token) as seat:
            bot = CapitalBot(seat, temper(temperament, seed), seed=seed, pause=self._pause)
            gives_way = await self._play_until_taken(bot, holder)
        if gives_way:
            await self._leave(game, team)

    async def _play_until_taken(self, bot: CapitalBot, holder: Holder) -> bool:
        """Lets the bot play; whether a person came before the end of the game."""
        watching = asyncio.create_task(self._until_taken(holder))
        playing = asyncio.create_task(bot.play())
        try:
            await asyncio.wait({playing, watching}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            watching.cancel()
            playing.cancel()
            await asyncio.wait({playing, watching})
        try:
            playing.result()
        except (Displaced, asyncio.CancelledError):
            return True
        return False

    async def _until_taken(self, bot: Holder) -> None:
        """Returns when somebody else is at the bot's seat: people go first."""
        while not any(  # noqa: ASYNC110 # guests come and go without a word
            (guest.game, guest.seat) == (bot.game, bot.seat)
            and not (guest.watching or guest.link == bot.link)
            for guest in self._house.guests
        ):
            await asyncio.sleep(0.5)

    async def _leave(self, game: str, team: Capital) -> None:
        """The bot's link is taken back, and with it its name at the seat."""
        link = self._links.get((game, team))
        if link is not None:
            await self._house.uninvite(game, link)
            del self._links[game, team]

    def _left(self, game: str, team: Capital, done: asyncio.Task[None]) -> None:
        if self._playing.get((game, team), (None, None))[1] is done:
            del self._playing[game, team]
        if done.cancelled():
            return
        error = done.exception()
        if error is not None and not isinstance(error, Dismissed):
            logger.error("The bot for %s has stopped", team, exc_info=error)


_NOTE = "bot "
"""How the note of a capital bot's link begins; its temperament follows."""


def _plays(link: Link) -> bool:
    return link.note.startswith(_NOTE) and link.revoked_at is None


def _played(link: Link) -> tuple[Capital, Temperament]:
    """For which capital a bot played, and how."""
    team = next(team for team in CAPITALS if link.seat.startswith(f"{team}."))
    kind = link.note.removeprefix(_NOTE)
    return team, next(each for each in get_args(Temperament) if each == kind)
