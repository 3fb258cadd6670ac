"""Previews over the wire: control asks what would come of it, and nothing does."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from tests.wire.playing import Facilitator, Json, Player, Running, playing

SEATS = ("control.lead", "tokyo.lead", "observer.guest")
Table = dict[str, Player]


@pytest.fixture
async def table(server: Running, facilitator: Facilitator, game: str) -> AsyncIterator[Table]:
    """A game in its first turn."""
    async with AsyncExitStack() as stack:
        players = {
            seat: await stack.enter_async_context(
                playing(server, game, seat, await facilitator.seat(game, seat))
            )
            for seat in SEATS
        }
        assert "ok" in await players["control.lead"].ask("StartGame")
        yield players


async def foresee(player: Player, type: str, **members: object) -> Json:
    """Asks for a preview; what it says, or the refusal."""
    id = uuid4().hex
    await player.send({"id": id, "preview": {"type": type, **members}})
    while True:
        frame = await player.receive()
        if frame.get("foreseen", {}).get("id") == id:
            preview: Json = frame["foreseen"]["preview"]
            return preview
        if frame.get("no", {}).get("id") == id:
            refusal: Json = frame["no"]
            return refusal


async def entries(server: Running, game: str) -> int:
    """How many entries the line has."""

    async def count() -> int:
        return (await server.house.current(game)).seq

    return await server.inside(count())


async def test_control_sees_what_an_inject_would_do_and_nothing_is_done(
    server: Running, game: str, table: Table
) -> None:
    control, tokyo = table["control.lead"], table["tokyo.lead"]
    before = await entries(server, game)
    seen = await foresee(control, "ReleaseInject", inject="I-01")
    (move,) = seen["moves"]
    assert (move["track"], move["after"] - move["before"]) == ("tension", 4)
    assert [text["to"][0] for text in seen["reads"]] == ["public"]
    assert seen["when"] == "now"
    assert await entries(server, game) == before
    told = len(tokyo.frames)
    assert "ok" in await control.ask("DeclareEmergency", text="All stop.")
    await tokyo.until(lambda p: p.view["now"]["banner"] == "All stop.")
    assert not any("feeds" in frame for frame in tokyo.frames[told:]), "nothing was released"
    assert await foresee(control, "ReleaseInject", inject="I-01") == seen
    assert "ok" in await control.ask("ReleaseInject", inject="I-01")
    (tension,) = [track for track in control.view["tracks"] if track["id"] == "tension"]
    assert tension["value"] == move["after"]


async def test_control_sees_what_a_ruling_would_do(table: Table) -> None:
    control, tokyo = table["control.lead"], table["tokyo.lead"]
    assert "ok" in await tokyo.ask("CommitOrder", action="JP-01", reason="To be there.")
    assert "ok" in await control.ask("EndTurn")
    await control.until(lambda p: p.view["desk"])
    (subject,) = [each["subject"] for each in control.view["desk"] if each["kind"] == "action"]
    ruling = {"subject": subject, "reason": "as it seemed", "changes": {"coord": 3}}
    seen = await foresee(control, "AmendResult", **ruling)
    assert seen["when"] == "results"
    (coord,) = [move for move in seen["moves"] if move["track"] == "coord"]
    assert "ok" in await control.ask("AmendResult", **ruling)
    assert "ok" in await control.ask("AcceptResults")
    assert "ok" in await control.ask("ReleaseResults")
    (track,) = [each for each in control.view["tracks"] if each["id"] == "coord"]
    assert track["value"] == coord["after"]


@pytest.mark.parametrize("seat", ["tokyo.lead", "observer.guest"])
async def test_a_preview_is_refused_to_every_other_seat(
    server: Running, game: str, table: Table, seat: str
) -> None:
    before = await entries(server, game)
    for type_, members in (
        ("ReleaseInject", {"inject": "I-01"}),
        ("ReleaseInject", {"inject": "no such"}),
        ("RecallInject", {"inject": "I-01", "reason": "x"}),
        ("ChangeTrack", {"track": "tension", "to": 9, "reason": "x"}),
        ("AmendResult", {"subject": "x", "reason": "x", "changes": {}}),
    ):
        refusal = await foresee(table[seat], type_, **members)
        assert refusal["code"] in ("side", "observer"), refusal
    assert await entries(server, game) == before


async def test_what_would_throw_dice_has_no_preview(table: Table) -> None:
    for type_ in ("EndTurn", "OpenTurn", "ReleaseResults"):
        assert (await foresee(table["control.lead"], type_))["code"] == "no_preview"
