"""Two servers on one PostgreSQL: what happens at one is seen at the other."""

from pathlib import Path

import pytest

from server.settings import Settings
from tests.postgres import postgres_url
from tests.wire.conftest import settings_in
from tests.wire.playing import facilitating, knocking, playing, running

__all__ = ["postgres_url"]


@pytest.fixture
def shared(postgres_url: str, tmp_path: Path) -> Settings:
    """Settings for both: they look around often, since there is no doorbell between them."""
    return settings_in(tmp_path).model_copy(update={"database": postgres_url, "heartbeat": 0.05})


async def test_players_at_two_servers_play_one_game(shared: Settings) -> None:
    with running(shared) as here, running(shared) as there:
        async with facilitating(here) as facilitator:
            game = await facilitator.open()
            lead = (await facilitator.post(f"games/{game}/enter"))["token"]
            tokyo_token = await facilitator.seat(game, "tokyo.lead")
            async with (
                playing(here, game, "control.lead", lead) as control,
                playing(there, game, "tokyo.lead", tokyo_token) as tokyo,
            ):
                await control.ask("StartGame")
                await tokyo.until(lambda p: p.view["now"]["phase"] == "play")
                assert "ok" in await tokyo.ask("SendMessage", room="tokyo", text="There")
                await control.until(lambda p: p.feeds["room/tokyo"])
                assert "ok" in await control.ask("EndTurn")
                order = await tokyo.ask("CommitOrder", action="JP-01", reason="Too late")
                assert order["code"] == "phase", "a refusal is said level with the log, too"


async def test_a_link_replaced_at_one_server_ends_sockets_at_the_other(shared: Settings) -> None:
    with running(shared) as here, running(shared) as there:
        async with facilitating(here) as facilitator:
            game = await facilitator.open()
            token = await facilitator.seat(game, "tokyo.lead")
            async with playing(there, game, "tokyo.lead", token) as tokyo:
                await facilitator.seat(game, "tokyo.lead")
                assert (await tokyo.closed())[0] == 4403


async def test_a_line_left_at_one_server_is_left_at_the_other(shared: Settings) -> None:
    with running(shared) as here, running(shared) as there:
        async with facilitating(here) as facilitator:
            game = await facilitator.open()
            token = await facilitator.seat(game, "tokyo.lead")
            async with playing(there, game, "tokyo.lead", token) as tokyo:
                await tokyo.ask("SendMessage", room="tokyo", text="Before")
                await here.inside(here.house.branch(game, 1))
                assert (await tokyo.closed())[0] == 1012
            async with playing(there, game, "tokyo.lead", token) as tokyo:
                assert tokyo.feeds["room/tokyo"] == []
                assert "ok" in await tokyo.ask("SendMessage", room="tokyo", text="After")


async def test_a_server_with_a_wrong_clock_lets_nobody_in(shared: Settings) -> None:
    fast = shared.model_copy(update={"clock": lambda: shared.clock() + 3_000})
    with running(shared) as right:
        async with facilitating(right) as facilitator:
            game = await facilitator.open()
            token = await facilitator.seat(game, "tokyo.lead")
            with running(fast) as wrong:
                async with knocking(wrong, game, "tokyo.lead") as player:
                    await player.send({"session": token})
                    code, reason = await player.closed()
    assert code == 1013
    assert "clock" in reason
