"""Bots play over the same websocket as people, and people go first."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from rules.commands import (
    AskVote,
    EndGame,
    EndTurn,
    ReleaseInject,
    SetAutomatic,
    SetRate,
    SetStyle,
    SitDown,
    StartGame,
)
from rules.scenario import CAPITALS
from rules.seen import View
from server.bots.covers import BotCovers
from server.bots.seat import Seat
from server.house import House
from server.serving import running
from server.settings import Settings


@asynccontextmanager
async def covered(folder: Path) -> AsyncIterator[tuple[House, str, str, BotCovers]]:
    """A game with bots in all three capitals, and control still to begin."""
    async with running(Settings(data=folder, port=0)) as (house, address, _):
        document = house.library.load("missile").document
        game = (await house.open_game(document, "With bots")).id
        covers = BotCovers(house, address, pause=0, reading=0)
        try:
            for team in ("washington", "tokyo", "seoul"):
                await covers.cover(game, team, "cooperative")
            yield house, address, game, covers
        finally:
            await covers.close()


async def test_a_person_who_opens_a_bots_seat_has_it(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, covers):
        link = await house.invite(game, "tokyo.leader")
        async with Seat.join(f"{address}/#{link.secret}") as person:
            await person.until(lambda view: view.me.person is None)
            await person.send(SitDown("A minister"))
            view = await person.until(lambda view: view.me.person is not None)
            assert view.roster.people[view.me.person or ""] == "A minister"
            async with asyncio.timeout(10):
                while "tokyo" in covers.covered(game):  # noqa: ASYNC110 # the bot leaves by itself
                    await asyncio.sleep(0)
            assert set(covers.covered(game)) == {"washington", "seoul"}


async def test_a_bot_sent_away_leaves_the_seat_free(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, covers):
        session = await house.current(game)
        link = await house.invite(game, "seoul.foreign")
        async with Seat.join(f"{address}/#{link.secret}") as other:
            await other.until(lambda view: _held(view.roster.seats, "seoul.leader"))
            await covers.cover(game, "seoul", None)
            await other.until(lambda view: not _held(view.roster.seats, "seoul.leader"))
        assert "seoul.leader" not in session.state.people


async def test_the_bot_at_control_runs_turns_only_while_automatic(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, covers):
        link = await house.invite(game, "control.lead")
        running_ = asyncio.create_task(covers.run(game))
        async with Seat.join(f"{address}/#{link.secret}") as lead:
            await lead.send(StartGame())
            await lead.until(lambda view: all(team.ready for team in view.health))
            assert lead.view.now.phase == "play", "nobody asked the bot to go on"
            await lead.send(SetRate(600_000))
            await lead.send(SetAutomatic(on=True))
            await lead.until(lambda view: view.now.turn > 1)
        running_.cancel()


async def test_a_bot_gives_the_response_that_control_expects(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, _):
        link = await house.invite(game, "control.lead")
        async with Seat.join(f"{address}/#{link.secret}") as lead:
            await lead.send(StartGame())
            await lead.send(ReleaseInject("M-04"))
            view = await lead.until(lambda view: any(_answers(view)))
            assert list(_answers(view)) == ["seoul.leader"]


async def test_bots_vote_when_control_asks_how_something_came_out(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, covers):
        await covers.cover(game, "tokyo", "selfish")
        link = await house.invite(game, "control.lead")
        async with Seat.join(f"{address}/#{link.secret}") as lead:
            await lead.send(StartGame())
            await lead.send(SetStyle("consensual"))
            await lead.until(lambda view: all(team.ready for team in view.health))
            await lead.send(EndTurn())
            view = await lead.until(lambda view: bool(view.arguments))
            asked = next(each for each in view.arguments if each.teams == ("tokyo",))
            await lead.send(AskVote(asked.id, CAPITALS))
            view = await lead.until(lambda view: len(_votes(view, asked.id)) == len(CAPITALS))
            assert _votes(view, asked.id) == {"washington": "ok", "tokyo": "great", "seoul": "ok"}


def _votes(view: View, argument: str) -> dict[str, str]:
    case = next(each for each in view.arguments if each.id == argument)
    return {team: vote.grade for team, vote in case.votes.items()}


def _answers(view: View) -> Iterator[str]:
    for mark in view.inject_marks.values():
        yield from (owed.seat for owed in mark.owed.values() if owed.seat is not None)


async def test_bots_come_back_with_the_server_and_those_sent_away_do_not(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, _, game, covers):
        session = await house.current(game)
        while len(session.state.people) < 3:  # noqa: ASYNC110 # they come by themselves
            await asyncio.sleep(0)
        await covers.cover(game, "seoul", None)
    async with running(Settings(data=tmp_path, port=0)) as (house, address, _):
        again = BotCovers(house, address, pause=0, reading=0)
        try:
            await again.resume()
            assert again.covered(game) == dict.fromkeys(("washington", "tokyo"), "cooperative")
            lead = await house.invite(game, "control.lead")
            async with Seat.join(f"{address}/#{lead.secret}") as control:
                await control.until(lambda view: _held(view.roster.seats, "tokyo.leader"))
                await control.send(StartGame())
                await control.until(lambda view: sum(team.ready for team in view.health) == 2)
        finally:
            await again.close()


async def test_bots_go_along_when_the_game_goes_on_from_another_point(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, covers):
        session = await house.current(game)
        while len(session.state.people) < 3:  # noqa: ASYNC110 # they come by themselves
            await asyncio.sleep(0)
        lead = await house.invite(game, "control.lead")
        async with Seat.join(f"{address}/#{lead.secret}") as control:
            await control.send(StartGame())
            await control.until(lambda view: any(team.ready for team in view.health))
            await house.branch(game, 4)
            await control.until(lambda view: view.now.phase == "lobby")
            await control.send(StartGame())
            await control.until(lambda view: all(team.ready for team in view.health))
        assert len(covers.covered(game)) == 3


async def test_bots_go_on_in_a_second_room_also_when_the_first_is_over(tmp_path: Path) -> None:
    async with covered(tmp_path) as (house, address, game, covers):
        session = await house.current(game)
        while len(session.state.people) < 3:  # noqa: ASYNC110 # they come by themselves
            await asyncio.sleep(0)
        await covers.cover(game, "seoul", None)
        lead = await house.invite(game, "control.lead")
        async with Seat.join(f"{address}/#{lead.secret}") as control:
            await control.send(StartGame())
            await control.until(lambda view: sum(team.ready for team in view.health) == 2)
            await control.send(EndGame("Time is up"))
            async with asyncio.timeout(10):
                while covers.covered(game):  # noqa: ASYNC110 # bots leave by themselves
                    await asyncio.sleep(0)
        sat = await covers.seated(game)
        assert sat == dict.fromkeys(("washington", "tokyo"), "cooperative")
        room = (await house.split(game, 4, "What if")).id
        for team, temperament in sat.items():
            await covers.cover(room, team, temperament)
        lead = await house.invite(room, "control.lead")
        async with Seat.join(f"{address}/#{lead.secret}") as control:
            await control.until(lambda view: _held(view.roster.seats, "tokyo.leader"))
            assert not _held(control.view.roster.seats, "seoul.leader")


def _held(seats: object, name: str) -> bool:
    assert isinstance(seats, tuple)
    return any(seat.seat == name and seat.person for seat in seats)
