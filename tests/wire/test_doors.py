"""Who is let in, and who is shown out."""

import asyncio
import json

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from server import socket
from server.session import Session
from tests.wire.playing import Facilitator, Running, facilitating, knocking, playing

UNKNOWN = (4401, "This session is not known here.")


async def test_a_page_from_elsewhere_may_not_connect(server: Running, game: str) -> None:
    for origin in ("https://evil.example", "null", "http://127.0.0.1", "file://"):
        with pytest.raises(InvalidStatus) as refused:
            async with knocking(server, game, "tokyo.lead", origin=origin):
                pass
        assert refused.value.response.status_code == 403
        assert json.loads(refused.value.response.body or b"")["code"] == "foreign_origin"


async def test_our_own_page_may_connect(server: Running, facilitator: Facilitator) -> None:
    game = await facilitator.open()
    token = await facilitator.seat(game, "tokyo.lead")
    async with knocking(server, game, "tokyo.lead", origin=server.address) as player:
        await player.send({"session": token})
        assert "hello" in await player.receive()


@pytest.mark.parametrize("subprotocol", [None, "alliance.v2"])
async def test_only_the_known_protocol_is_spoken(
    server: Running, game: str, subprotocol: str | None
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with knocking(server, game, "tokyo.lead", subprotocol=subprotocol):
            pass
    assert refused.value.response.status_code == 400


async def test_the_first_frame_says_who_speaks_and_the_first_answer_where_one_is(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    token = await facilitator.seat(game, "tokyo.lead")
    async with playing(server, game, "tokyo.lead", token) as player:
        hello = player.frames[0]["hello"]
    assert hello.pop("now") > 1_700_000_000_000
    line = (await server.inside(server.house.games.find(game))).line
    assert hello == {"protocol": 1, "game": game, "seat": "tokyo.lead", "line": line}


@pytest.mark.parametrize(
    "first", ["", "{}", '{"session":7}', '{"id":"1","do":{"type":"StartGame"}}', b"\x00"]
)
async def test_nothing_but_a_session_opens_the_door(
    server: Running, game: str, first: str | bytes
) -> None:
    async with knocking(server, game, "tokyo.lead") as player:
        await player.send(first)
        assert (await player.closed())[0] == 4401


async def test_who_says_nothing_is_not_waited_for(
    server: Running, game: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "INTRODUCTION", 0.05)
    async with knocking(server, game, "tokyo.lead") as player:
        assert (await player.closed())[0] == 4401


async def test_a_session_opens_its_own_seat_alone(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    token = await facilitator.seat(game, "tokyo.lead")
    other = await facilitator.open("Another")
    elsewhere = [
        (game, "tokyo.adviser"),
        (game, "control.lead"),
        (game, "no.seat"),
        (other, "tokyo.lead"),
        ("nowhere", "tokyo.lead"),
    ]
    for where in elsewhere:
        async with knocking(server, *where) as player:
            await player.send({"session": token})
            assert await player.closed() == UNKNOWN


async def test_strangers_learn_nothing(server: Running, game: str) -> None:
    for token in ("", "x", "x" * 200, server.secret):
        async with knocking(server, game, "tokyo.lead") as player:
            await player.send({"session": token})
            assert await player.closed() == UNKNOWN


async def test_the_house_session_is_no_seat(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    token = facilitator.http.headers["Authorization"].removeprefix("Bearer ")
    async with knocking(server, game, "control.lead") as player:
        await player.send({"session": token})
        assert await player.closed() == UNKNOWN


async def test_a_reissued_link_ends_the_old_one_at_once(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    old = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.lead"})
    token = await facilitator.exchange(old["url"])
    async with playing(server, game, "tokyo.lead", token) as player:
        await player.ask("SitDown", name="Old")
        new = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.lead"})
        assert (await player.closed())[0] == 4403
    async with knocking(server, game, "tokyo.lead") as player:
        await player.send({"session": token})
        assert (await player.closed())[0] == 4403
    answer = await facilitator.http.post(
        "/api/session", json={"secret": old["url"].partition("#")[2]}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "link_revoked")
    async with playing(
        server, game, "tokyo.lead", await facilitator.exchange(new["url"])
    ) as player:
        assert player.view["me"]["person"] is None, "the seat is free for whoever comes"


async def test_a_link_can_be_taken_back_without_a_new_one(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.lead"})
    token = await facilitator.exchange(link["url"])
    async with playing(server, game, "tokyo.lead", token) as player:
        await player.ask("SitDown", name="Aiko")
        taken = await facilitator.http.delete(f"/api/games/{game}/links/{link['id']}")
        assert taken.status_code == 204
        assert (await player.closed())[0] == 4403
        assert player.view["me"]["person"] == link["id"], "nothing is shown after the end"
    (listed,) = await facilitator.get(f"games/{game}/links")
    assert (listed["revoked"], listed["used"]) == (True, True)


async def test_a_link_taken_back_on_the_way_in_lets_nobody_in(
    own_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with facilitating(own_server) as facilitator:
        game = await facilitator.open()
        token = await facilitator.seat(game, "tokyo.lead")
        house = own_server.house
        enter = house.current

        async def slowly(game: str) -> Session:
            session = await enter(game)
            await house.auth.reissue(game, "tokyo.lead")
            return session

        monkeypatch.setattr(house, "current", slowly)
        async with knocking(own_server, game, "tokyo.lead") as player:
            await player.send({"session": token})
            assert (await player.closed())[0] == 4403
            assert player.frames == []


async def test_a_link_may_be_opened_on_a_second_device(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.lead"})
    first, second = [await facilitator.exchange(link["url"]) for _ in range(2)]
    assert first != second
    async with (
        playing(server, game, "tokyo.lead", first) as laptop,
        playing(server, game, "tokyo.lead", second) as phone,
    ):
        await laptop.ask("SitDown", name="Aiko")
        await phone.until(lambda p: p.view["me"]["person"] is not None)
        assert phone.view["me"] == laptop.view["me"]


async def test_others_links_stand_when_one_is_reissued(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    token = await facilitator.seat(game, "tokyo.adviser")
    lead = await facilitator.post(f"games/{game}/enter")
    async with (
        playing(server, game, "tokyo.adviser", token) as adviser,
        playing(server, game, "control.lead", lead["token"]) as control,
    ):
        for seat in ("tokyo.lead", "control.lead"):
            await facilitator.post(f"games/{game}/links", {"seat": seat})
        assert "ok" in await adviser.ask("SitDown", name="Adviser")
        assert "ok" in await control.ask("SitDown", name="Facilitator")


async def test_guessing_secrets_is_stopped(own_server: Running) -> None:
    async with httpx.AsyncClient(base_url=own_server.address) as http:
        answers = [
            await http.post("/api/session", json={"secret": f"guess{number}"})
            for number in range(12)
        ]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
        assert answers[-1].headers["Retry-After"] == "60"
        right = await http.post("/api/session", json={"secret": own_server.secret})
        assert right.status_code == 429, "not even a right one tells the guesser"


async def test_no_secret_is_in_any_log(
    server: Running, facilitator: Facilitator, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        game = await facilitator.open()
        link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.lead"})
        token = await facilitator.exchange(link["url"])
        secret = link["url"].partition("#")[2]
        async with playing(server, game, "tokyo.lead", token) as player:
            await player.send({"id": "x", "do": {"type": "SitDown", "name": 7, "token": token}})
            await player.answer("x")
            await player.ask("SendMessage", room="tokyo", text="a word in confidence")
        await facilitator.http.post("/api/session", json={"secret": 7, "other": secret})
        await asyncio.sleep(0)
    said = "\n".join(
        f"{record.name} {record.getMessage()} {record.exc_text or ''}"
        for record in caplog.records
        if not record.name.startswith(("httpcore", "websockets.client", "httpx"))
    )
    assert "POST /api/session" in said, "the access log was looked at"
    for hidden in (secret, token, server.secret, "a word in confidence"):
        assert hidden not in said
