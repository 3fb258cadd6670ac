"""When something is wrong with the server: nothing is lost, doubled or half done."""

from collections.abc import AsyncIterator

import pytest

from rules import record
from rules.commands import SitDown
from server import session as sessions
from server.house import House
from server.log import StoredLog
from server.settings import Settings
from tests.wire.playing import (
    Facilitator,
    Player,
    Running,
    facilitating,
    knocking,
    playing,
    running,
)

LONG = "x" * 4000


@pytest.fixture
async def own(own_server: Running) -> AsyncIterator[Facilitator]:
    """The facilitator of a server of the test's own."""
    async with facilitating(own_server) as facilitator:
        yield facilitator


@pytest.fixture
async def place(own: Facilitator) -> AsyncIterator[tuple[str, Player]]:
    """A game there, and somebody in it."""
    game = await own.open()
    token = await own.seat(game, "tokyo.lead")
    async with playing(own.server, game, "tokyo.lead", token) as player:
        yield game, player


async def fill_disk(house: House) -> None:
    """From now on the database may not grow, for the connection that writes the log."""
    assert isinstance(house.log, StoredLog)
    driver = await house.log._driver()
    await driver.execute("pragma max_page_count = 1", ())


async def test_a_full_disk_refuses_the_command_and_applies_nothing(
    own: Facilitator, place: tuple[str, Player]
) -> None:
    game, player = place
    session = await own.server.inside(own.server.house.current(game))
    await own.server.inside(fill_disk(own.server.house))
    before = session.seq
    refusal = await player.ask("SendMessage", id="full", room="tokyo", text=LONG)
    assert refusal["code"] == "store_unavailable"
    assert "disk is full" in refusal["say"]
    assert session.seq == before
    assert not player.feeds["room/tokyo"]
    assert await player.ask("SendMessage", id="full", room="tokyo", text=LONG) == {"ok": "full"}
    assert [message["text"] for message in player.feeds["room/tokyo"]] == [LONG]
    assert session.seq == before + 1


async def test_a_fault_in_the_rules_ends_the_socket_and_touches_nothing(
    own: Facilitator, place: tuple[str, Player], monkeypatch: pytest.MonkeyPatch
) -> None:
    game, player = place
    session = await own.server.inside(own.server.house.current(game))
    before = session.seq, session.state

    def broken(*_: object, **__: object) -> None:
        raise KeyError("a secret of Seoul")

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "decide", broken)
        await player.send({"id": "x", "do": {"type": "SitDown", "name": "Aiko"}})
        code, reason = await player.closed()
    assert (code, reason) == (1011, "Something is wrong with the server.")
    assert (session.seq, session.state) == before
    token = await own.seat(game, "tokyo.lead")
    async with playing(own.server, game, "tokyo.lead", token) as again:
        assert "ok" in await again.ask("SitDown", name="Aiko")


async def test_what_cannot_be_folded_is_never_stored(
    own: Facilitator, place: tuple[str, Player], monkeypatch: pytest.MonkeyPatch
) -> None:
    game, player = place
    session = await own.server.inside(own.server.house.current(game))

    def broken(*_: object) -> None:
        raise LookupError("no such track")

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "apply", broken)
        await player.send({"id": "x", "do": {"type": "SitDown", "name": "Aiko"}})
        assert (await player.closed())[0] == 1011
    assert len(await own.server.inside(own.server.house.log.read(session.line))) == session.seq


async def test_a_newer_version_in_the_log_sends_everybody_to_reload(
    own: Facilitator, place: tuple[str, Player], monkeypatch: pytest.MonkeyPatch
) -> None:
    game, player = place
    session = await own.server.inside(own.server.house.current(game))

    async def write_as_a_newer_server() -> None:
        newer = await sessions.Session.open(
            session.line, own.server.house.log, ring=lambda _: None, clock=session.clock
        )
        await newer.handle("new", "control.lead", "p", SitDown("Future"))

    with monkeypatch.context() as patch:
        patch.setattr(sessions, "VERSIONS", {"schema": record.SCHEMA + 1, "rules": record.RULES})
        await own.server.inside(write_as_a_newer_server())
    await player.send({"id": "x", "do": {"type": "SitDown", "name": "Aiko"}})
    assert (await player.closed())[0] == 1012
    token = await own.http.post(f"/api/games/{game}/links", json={"seat": "tokyo.lead"})
    assert (token.status_code, token.json()["code"]) == (503, "newer_version")
    async with knocking(own.server, game, "tokyo.lead") as again:
        await again.send({"session": own.tokens[-1]})
        assert (await again.closed())[0] == 1012


async def test_a_restart_brings_everything_back(settings: Settings) -> None:
    with running(settings) as first:
        async with facilitating(first) as facilitator:
            game = await facilitator.open()
            token = await facilitator.seat(game, "tokyo.lead")
        async with playing(first, game, "tokyo.lead", token) as player:
            await player.ask("SitDown", name="Aiko")
            await player.ask("SendMessage", id="m", room="tokyo", text="Before")
            first.stop()
            assert (await player.closed())[0] == 1012
            before = player.view, player.feeds
    with running(settings) as second:
        async with playing(second, game, "tokyo.lead", token) as player:
            assert (player.view, player.feeds) == before
            assert await player.ask("SendMessage", id="m", room="tokyo", text="x") == {"ok": "m"}
            assert len(player.feeds["room/tokyo"]) == 1
