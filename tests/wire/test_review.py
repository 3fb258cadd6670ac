"""Looking back: replay is play."""

import json

import httpx
import pytest

from tests.wire.playing import Facilitator, Json, Running, playing


async def replayed(
    server: Running, token: str, game: str, eyes: str
) -> tuple[list[Json], Json, dict[str, list[Json]]]:
    """The lines of a review, and the view and feeds at its end."""
    async with httpx.AsyncClient(base_url=server.address, timeout=30) as http:
        http.headers["Authorization"] = f"Bearer {token}"
        answer = await http.get(f"/api/review/{game}", params={"eyes": eyes})
    answer.raise_for_status()
    lines = [json.loads(line) for line in answer.text.splitlines()]
    view: Json = {}
    feeds: dict[str, list[Json]] = {}
    for line in lines:
        view |= line["frame"].get("view", {})
        for name, run in line["frame"].get("feeds", {}).items():
            assert run["from"] == len(feeds.setdefault(name, []))
            feeds[name] += run["items"]
    return lines, view, feeds


@pytest.mark.parametrize(
    ("eyes", "seat"),
    [
        ("control", "control.lead"),
        ("tokyo", "tokyo.lead"),
        ("seoul", "seoul.lead"),
        ("public", "observer.guest"),
    ],
)
async def test_the_replayed_view_is_the_live_one(
    server: Running, facilitator: Facilitator, game: str, eyes: str, seat: str
) -> None:
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    tokyo_token, token = [await facilitator.seat(game, each) for each in ("tokyo.lead", seat)]
    if seat == "tokyo.lead":
        tokyo_token = token
    async with (
        playing(server, game, seat, token) as watching,
        playing(server, game, "control.lead", lead) as control,
        playing(server, game, "tokyo.lead", tokyo_token) as tokyo,
    ):
        await control.ask("StartGame")
        await tokyo.ask("SendMessage", room="seoul+tokyo", text="Hello")
        await tokyo.ask("CommitOrder", action="JP-01", reason="To be there")
        await control.ask("ReleaseInject", inject="I-01")
        await control.ask("DeclareEmergency", text="the last thing")
        await watching.until(lambda p: p.view["now"]["banner"] == "the last thing")
        lines, view, feeds = await replayed(server, lead, game, eyes)
        assert (view, feeds) == (watching.view, watching.feeds)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert [line["type"] for line in lines][:2] == ["OpenGame", "StartGame"]
    assert (lines[1]["phase"], lines[1]["turn"], lines[1]["seat"]) == ("play", 1, "control.lead")


async def test_players_may_look_back_once_control_has_opened_the_review(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    token = await facilitator.seat(game, "seoul.lead")
    async with httpx.AsyncClient(base_url=server.address) as http:
        http.headers["Authorization"] = f"Bearer {token}"
        for eyes in ("seoul", "control", "public"):
            early = await http.get(f"/api/review/{game}", params={"eyes": eyes})
            assert (early.status_code, early.json()["code"]) == (403, "review_closed")
        async with playing(server, game, "control.lead", lead) as control:
            await control.ask("StartGame")
            await control.ask("EndGame", reason="Time is up")
            assert "ok" in await control.ask("OpenReview")
        answer = await http.get(f"/api/review/{game}", params={"eyes": "control"})
        assert answer.status_code == 200
        other = await facilitator.open()
        foreign = await http.get(f"/api/review/{other}", params={"eyes": "public"})
        assert (foreign.status_code, foreign.json()["code"]) == (403, "not_yours")
