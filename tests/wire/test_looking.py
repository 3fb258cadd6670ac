"""Who runs a game may watch any seat; nobody else may."""

from pathlib import Path

import pytest

from server.auth import Revoked
from server.house import House
from server.serving import _house_link
from tests.wire.conftest import settings_in
from tests.wire.playing import Facilitator, Running, knocking, playing

UNKNOWN = 4401


async def test_control_looks_through_an_observers_eyes_and_sends_nothing(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    house = facilitator.http.headers["Authorization"].removeprefix("Bearer ")
    lead = await facilitator.seat(game, "control.lead")
    for token in (lead, house):
        async with playing(server, game, "observer.guest", token) as looker:
            assert looker.view["me"]["eyes"] == "public"
            assert looker.view["can"] == []
            assert looker.view["sheet"] == []


async def test_control_watches_a_capitals_own_screen_and_touches_nothing(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await facilitator.seat(game, "control.lead")
    token = await facilitator.seat(game, "tokyo.lead")
    async with (
        playing(server, game, "control.lead", lead) as control,
        playing(server, game, "tokyo.lead", token) as tokyo,
    ):
        await control.ask("StartGame")
        async with playing(server, game, "tokyo.lead", lead) as watcher:
            await tokyo.ask("SitDown", name="Aiko")
            await watcher.until(lambda p: p.view == tokyo.view)
            assert watcher.view["can"]
            for type_, members in (("SitDown", {"name": "Me"}), ("DeclareReady", {"ready": True})):
                assert (await watcher.ask(type_, **members))["code"] == "watching"
            await watcher.send({"typing": "tokyo"})
            await watcher.page("inbox", 10)
            assert "tokyo.lead" in watcher.presence["online"]
            assert not control.presence["typing"]
        await tokyo.ask("SendMessage", room="tokyo", text="The watcher has gone.")
        assert "tokyo.lead" in tokyo.presence["online"]


@pytest.mark.parametrize("seat", ["tokyo.lead", "observer.guest"])
async def test_a_players_session_opens_no_other_door(
    server: Running, facilitator: Facilitator, game: str, seat: str
) -> None:
    token = await facilitator.seat(game, seat)
    others = {"observer.guest", "control.lead", "seoul.lead", "tokyo.lead"} - {seat}
    for other in sorted(others):
        async with knocking(server, game, other) as stranger:
            await stranger.send({"session": token})
            assert (await stranger.closed())[0] == UNKNOWN


async def test_control_of_one_game_sees_nothing_of_another(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    other = await facilitator.open("Another")
    lead = await facilitator.seat(other, "control.lead")
    async with knocking(server, game, "observer.guest") as stranger:
        await stranger.send({"session": lead})
        assert (await stranger.closed())[0] == UNKNOWN


async def test_a_house_link_nobody_came_by_ends_with_the_next_start(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    async with House.open(settings) as house:
        forgotten = await _house_link(house, settings, "http://here")
        used = await _house_link(house, settings, "http://here")
        await house.auth.exchange(used.partition("#")[2])
        newest = await _house_link(house, settings, "http://here")
        with pytest.raises(Revoked):
            await house.auth.exchange(forgotten.partition("#")[2])
        for link in (used, newest):
            assert (await house.auth.exchange(link.partition("#")[2]))[1].house
