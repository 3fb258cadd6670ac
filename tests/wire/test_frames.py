"""What a seat may send, and what becomes of what it may not."""

import json
from collections.abc import AsyncIterator

import pytest

from server.socket import OVERFLOW, PATIENCE
from tests.wire.playing import Facilitator, Player, Running, playing


@pytest.fixture
async def player(server: Running, facilitator: Facilitator, game: str) -> AsyncIterator[Player]:
    token = await facilitator.seat(game, "tokyo.lead")
    async with playing(server, game, "tokyo.lead", token) as player:
        yield player


def command(**members: object) -> dict[str, object]:
    return {"id": "x1", "do": members}


MALFORMED = {
    "no JSON": "{",
    "no object": "[]",
    "nothing in it": {},
    "no id": {"do": {"type": "SitDown", "name": "A"}},
    "no command": {"id": "x1"},
    "two things at once": {"id": "x1", "do": {"type": "StartGame"}, "typing": None},
    "unknown member": {"id": "x1", "do": {"type": "StartGame"}, "seat": "control.lead"},
    "stamped by the client": command(type="SitDown", name="A", seat="control.lead"),
    "no type": command(name="A"),
    "wrong type": command(type="SitDown", name=7),
    "too long": command(type="SitDown", name="A" * 61),
    "missing member": command(type="SitDown"),
    "no command but a list": {"id": "x1", "do": []},
    "half a character": '{"id":"x1","do":{"type":"SitDown","name":"\\ud800"}}',
    "strange id": {"id": "a b", "do": {"type": "StartGame"}},
    "page without end": {"id": "x1", "page": {"feed": "inbox"}},
    "page before the first": {"id": "x1", "page": {"feed": "inbox", "before": -1}},
}


@pytest.mark.parametrize("frame", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_frame_is_refused_with_the_place(player: Player, frame: object) -> None:
    await player.send(frame)
    await player.until(lambda p: "no" in p.frames[-1])
    refusal = player.frames[-1]["no"]
    assert refusal["code"] == "malformed"
    assert refusal["say"].endswith(".")
    assert await player.ask("SitDown", name="Still here") == {"ok": player.frames[-1]["ok"]}


@pytest.mark.parametrize("name", ["Tick", "OpenGame", "NoticeAbsence", "Branch", "Fly"])
async def test_only_a_seats_own_commands_are_known(player: Player, name: str) -> None:
    refusal = await player.ask(name)
    assert refusal["code"] == "unknown_command"
    assert name in refusal["say"]


async def test_too_many_wrong_frames_end_the_socket(player: Player) -> None:
    for _ in range(PATIENCE):
        await player.send("nonsense")
    assert (await player.closed())[0] == 1003


async def test_only_text_is_understood(player: Player) -> None:
    await player.send(b"\x00\x01")
    assert (await player.closed())[0] == 1003


async def test_a_frame_over_64_kib_ends_the_socket(player: Player) -> None:
    await player.send(json.dumps({"typing": "x" * 66_000}))
    assert (await player.closed())[0] == 1009


async def test_a_frame_of_nearly_64_kib_is_looked_at(player: Player) -> None:
    await player.send(json.dumps({"id": "x1", "do": {"type": "Fly", "far": "x" * 65_000}}))
    assert (await player.answer("x1"))["code"] == "unknown_command"


async def test_haste_is_refused_and_persistent_haste_ends_the_socket(player: Player) -> None:
    frame = json.dumps({"id": "fast", "page": {"feed": "inbox", "before": 0}})
    for _ in range(800):
        await player.send(frame)
    assert (await player.closed())[0] == 1008
    refused = [frame["no"] for frame in player.frames if "no" in frame]
    assert {refusal["code"] for refusal in refused} == {"too_fast"}
    assert {refusal["id"] for refusal in refused} == {"fast"}
    assert len(refused) == OVERFLOW


async def test_a_refusal_says_why_and_what_to_do_instead(player: Player) -> None:
    refusal = await player.ask("CommitOrder", action="JP-01", reason="Too early")
    assert refusal["code"] == "phase"
    assert refusal["say"]
    assert refusal["instead"]


async def test_a_seat_has_only_its_own_feeds(player: Player) -> None:
    await player.send({"id": "p", "page": {"feed": "room/seoul", "before": 5}})
    assert (await player.answer("p"))["code"] == "no_feed"
