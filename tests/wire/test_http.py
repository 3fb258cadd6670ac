"""The facilitator's side: games, links, logs, over HTTP."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest

from rules.scenario import CAPITALS, Capital
from server.bodies import Temperament
from server.settings import Settings
from tests.wire.playing import (
    Facilitator,
    Json,
    Running,
    facilitating,
    playing,
    running,
)


@pytest.fixture
async def stranger(server: Running) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without any session."""
    async with httpx.AsyncClient(base_url=server.address) as http:
        yield http


def told(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a problem, whose form is checked."""
    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "code", "detail", "instead"}
    assert body["status"] == answer.status_code
    assert body["detail"]
    assert body["instead"]
    return answer.status_code, body["code"]


async def test_a_facilitator_opens_rooms_and_finds_them_again(facilitator: Facilitator) -> None:
    shelf = await facilitator.get("scenarios")
    tiny = next(scenario for scenario in shelf if scenario["id"] == "tiny")
    assert (tiny["turns"], tiny["minutes"], tiny["people"]["best"]) == (2, 55, 6)
    rooms = await facilitator.post("games", {"scenario": "tiny", "title": "Seminar", "rooms": 3})
    assert [room["title"] for room in rooms] == ["Seminar 1", "Seminar 2", "Seminar 3"]
    listed = {game["id"]: game for game in await facilitator.get("games")}
    assert all(listed[room["id"]] == room for room in rooms)
    assert {room["phase"] for room in rooms} == {"lobby"}


async def test_the_list_tells_who_is_there_and_how_far_they_are(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    entered = await facilitator.post(f"games/{game}/enter")
    assert (entered["game"], entered["seat"]) == (game, "control.lead")
    async with playing(server, game, "control.lead", entered["token"]) as control:
        await control.ask("StartGame")
        listed = next(each for each in await facilitator.get("games") if each["id"] == game)
    assert (listed["phase"], listed["turn"], listed["online"]) == ("play", 1, ["control.lead"])


async def test_the_same_seed_makes_the_same_game(server: Running, facilitator: Facilitator) -> None:
    first, second = [await facilitator.open(seed="ab" * 32) for _ in range(2)]
    other = await facilitator.open()
    promises = []
    for game in (first, second, other):
        token = await facilitator.seat(game, "observer.guest")
        async with playing(server, game, "observer.guest", token) as observer:
            promises.append(observer.view["game"]["commitment"])
    assert promises[0] == promises[1] != promises[2]


async def test_links_for_everybody_with_a_drawing_of_each(
    facilitator: Facilitator, game: str
) -> None:
    links = await facilitator.post(f"games/{game}/links/all")
    assert len({link["seat"] for link in links}) == len(links) == 6
    for link in links:
        assert link["url"].startswith(facilitator.server.address + "/#")
        assert len(link["url"].partition("#")[2]) == 32, "192 bits"
        assert link["qr"].startswith("<svg")
    listed = await facilitator.get(f"games/{game}/links")
    assert [link["id"] for link in listed] == [link["id"] for link in links]
    assert {link["url"] for link in listed} == {None}
    assert not any(link["used"] or link["revoked"] for link in listed)


async def test_links_for_everybody_leave_those_alone_who_are_there(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    token = await facilitator.seat(game, "tokyo.lead")
    async with playing(server, game, "tokyo.lead", token) as player:
        await player.ask("SitDown", name="Aiko")
        seats = {link["seat"] for link in await facilitator.post(f"games/{game}/links/all")}
        assert len(seats) == 5
        assert "tokyo.lead" not in seats
        assert "ok" in await player.ask("SendMessage", room="tokyo", text="Still here")
    listed = await facilitator.get(f"games/{game}/links")
    assert [link["person"] for link in listed if link["seat"] == "tokyo.lead"] == ["Aiko"]


async def test_links_carry_the_public_address(settings: Settings) -> None:
    public = settings.model_copy(update={"public_url": "https://games.example/"})
    with running(public) as server:
        async with facilitating(server) as facilitator:
            game = await facilitator.open()
            link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.lead"})
    assert link["url"].startswith("https://games.example/#")


async def test_the_lead_seat_may_run_its_own_game_and_no_other(
    server: Running, facilitator: Facilitator, game: str, stranger: httpx.AsyncClient
) -> None:
    other = await facilitator.open()
    token = (await facilitator.post(f"games/{game}/enter"))["token"]
    stranger.headers["Authorization"] = f"Bearer {token}"
    assert (await stranger.get(f"/api/games/{game}/links")).status_code == 200
    assert (await stranger.get(f"/api/games/{game}/export")).status_code == 200
    for path in (f"games/{other}/links", f"games/{other}/export", "games", "scenarios"):
        assert told(await stranger.get(f"/api/{path}")) == (403, "not_yours")
    assert told(await stranger.post("/api/import", content=b"x")) == (403, "not_yours")
    assert told(await stranger.post(f"/api/games/{game}/enter")) == (403, "not_yours")


PATHS = (
    ("GET", "scenarios"),
    ("GET", "games"),
    ("POST", "games"),
    ("POST", "games/{game}/enter"),
    ("GET", "games/{game}/links"),
    ("POST", "games/{game}/links"),
    ("POST", "games/{game}/links/all"),
    ("DELETE", "games/{game}/links/k1"),
    ("GET", "games/{game}/cover"),
    ("POST", "games/{game}/cover"),
    ("POST", "games/{game}/lines"),
    ("POST", "games/{game}/erase"),
    ("GET", "games/{game}/export"),
    ("POST", "import"),
)


@pytest.mark.parametrize(("method", "path"), PATHS)
async def test_players_and_strangers_may_not_facilitate(
    server: Running,
    facilitator: Facilitator,
    game: str,
    stranger: httpx.AsyncClient,
    method: str,
    path: str,
) -> None:
    body = {
        "games": {"scenario": "tiny", "title": "x"},
        "games/{game}/links": {"seat": "tokyo.lead"},
        "games/{game}/cover": {"team": "tokyo", "temperament": None},
        "games/{game}/lines": {"after": 1},
        "games/{game}/erase": {"name": "Aiko"},
    }.get(path)
    address = "/api/" + path.format(game=game)
    assert told(await stranger.request(method, address, json=body)) == (401, "no_session")
    stranger.headers["Authorization"] = "Bearer nonsense"
    assert told(await stranger.request(method, address, json=body)) == (401, "unknown_link")
    stranger.headers["Authorization"] = f"Bearer {await facilitator.seat(game, 'tokyo.lead')}"
    assert told(await stranger.request(method, address, json=body)) == (403, "not_yours")


async def test_every_fault_has_one_form(facilitator: Facilitator, game: str) -> None:
    http = facilitator.http
    faults = {
        ("GET", "/api/nothing"): (404, "not_found"),
        ("GET", "/nothing"): (404, "not_found"),
        ("DELETE", "/api/games"): (405, "method_not_allowed"),
        ("GET", "/api/games/nowhere/links"): (404, "no_game"),
        ("POST", "/api/games/nowhere/enter"): (404, "no_game"),
        ("GET", "/api/games/nowhere/export"): (404, "no_game"),
        ("GET", "/api/review/nowhere"): (404, "no_game"),
        ("DELETE", f"/api/games/{game}/links/k1"): (404, "no_link"),
        ("GET", f"/api/review/{game}?eyes=everybody"): (422, "malformed"),
        ("GET", f"/api/games/{game}/cover"): (503, "no_bots"),
        ("POST", "/api/games"): (422, "malformed"),
    }
    for (method, path), fault in faults.items():
        assert told(await http.request(method, path)) == fault, path


@pytest.mark.parametrize(
    "body",
    [
        {"scenario": "tiny"},
        {"scenario": "tiny", "title": ""},
        {"scenario": "tiny", "title": "x" * 121},
        {"scenario": "tiny", "title": "x", "rooms": 9},
        {"scenario": "tiny", "title": "x", "rooms": 0},
        {"scenario": "tiny", "title": "x", "seed": "short"},
        {"scenario": "tiny", "title": "x", "extra": 1},
        [],
    ],
)
async def test_a_wrong_body_is_refused_with_the_place(
    facilitator: Facilitator, body: object
) -> None:
    answer = await facilitator.http.post("/api/games", json=body)
    assert told(answer) == (422, "malformed")
    assert "body" in answer.json()["detail"]


async def test_the_same_crisis_opens_with_a_plan_phase_or_without(facilitator: Facilitator) -> None:
    game = await facilitator.open(plan_phase=True)
    twin = await facilitator.post(f"games/{game}/twin", {"title": "Twin", "plan_phase": False})
    listed = {each["id"]: each for each in (await facilitator.http.get("/api/games")).json()}
    assert [listed[each]["plan_phase"] for each in (game, twin["id"])] == [True, False]
    assert listed[twin["id"]]["scenario"] == listed[game]["scenario"]
    logs = [
        (await facilitator.http.get(f"/api/games/{each}/export")).text
        for each in (game, twin["id"])
    ]
    seals = [re.findall(r'\\*"commitment\\*":\\*"([0-9a-f]{64})', log) for log in logs]
    assert seals[0] == seals[1] != []
    unknown = await facilitator.http.post(
        "/api/games/g0/twin", json={"title": "x", "plan_phase": True}
    )
    assert unknown.status_code == 404


async def test_unknown_scenarios_and_seats_are_named(facilitator: Facilitator, game: str) -> None:
    answer = await facilitator.http.post("/api/games", json={"scenario": "../x", "title": "x"})
    assert told(answer) == (404, "no_scenario")
    answer = await facilitator.http.post(f"/api/games/{game}/links", json={"seat": "no.seat"})
    assert told(answer) == (404, "no_seat")


async def test_a_refusal_does_not_quote_what_was_sent(stranger: httpx.AsyncClient) -> None:
    secret = "sEcReT" * 40
    for body in ({"secret": secret}, {"secret": [secret]}, {"secret": "x", "more": secret}):
        answer = await stranger.post("/api/session", json=body)
        assert told(answer) == (422, "malformed")
        assert "sEcReT" not in answer.text
    answer = await stranger.post("/api/session", content=b'{"secret": "sEcReT')
    assert told(answer) == (422, "malformed")
    assert "sEcReT" not in answer.text


async def test_bodies_have_a_limit(facilitator: Facilitator) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1024

    for content in (b"x" * 70_000, pieces()):
        answer = await facilitator.http.post("/api/games", content=content)
        assert told(answer)[0] == 413


async def test_every_answer_tells_browsers_to_be_careful(
    stranger: httpx.AsyncClient,
) -> None:
    for path in ("/api/health", "/api/nothing", "/", "/assets/none.js"):
        answer = await stranger.get(path)
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers


async def test_health_and_readiness(stranger: httpx.AsyncClient) -> None:
    for path in ("health", "ready"):
        answer = await stranger.get(f"/api/{path}")
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")


async def test_the_interface_describes_itself(stranger: httpx.AsyncClient) -> None:
    described = (await stranger.get("/api/openapi.json")).json()
    assert set(described["paths"]) == {
        "/api/session",
        "/api/scenarios",
        "/api/games",
        "/api/games/{id}/enter",
        "/api/games/{id}/links",
        "/api/games/{id}/links/all",
        "/api/games/{id}/links/{link}",
        "/api/games/{id}/cover",
        "/api/games/{id}/lines",
        "/api/games/{id}/twin",
        "/api/games/{id}/erase",
        "/api/games/{id}/export",
        "/api/import",
        "/api/review/{game}",
        "/api/health",
        "/api/ready",
    }
    assert "Problem" in described["components"]["schemas"]


async def test_the_client_is_served_with_its_own_addresses(settings: Settings) -> None:
    folder = settings.data / "client"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>the page")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-abc.js").write_text("code")
    (settings.data / "private.txt").write_text("private")
    with running(settings.model_copy(update={"client": folder})) as server:
        async with httpx.AsyncClient(base_url=server.address) as http:
            for path in ("/", "/play/g1/tokyo.lead", "/review/g1", "/board/g1"):
                page = await http.get(path)
                assert (page.status_code, page.text) == (200, "<!doctype html>the page")
                assert page.headers["cache-control"] == "no-cache"
            assert (await http.get("/favicon.svg")).text == "<svg/>"
            hashed = await http.get("/assets/index-abc.js")
            assert "immutable" in hashed.headers["cache-control"]
            for path in ("/assets/other.js", "/%2e%2e/private.txt", "/..%2fprivate.txt", "/else"):
                assert (await http.get(path)).status_code == 404, path


async def test_without_a_built_client_the_page_says_what_to_do(
    settings: Settings, tmp_path: Path
) -> None:
    with running(settings.model_copy(update={"client": tmp_path / "none"})) as server:
        async with httpx.AsyncClient(base_url=server.address) as http:
            assert told(await http.get("/")) == (503, "no_client")


class FakeBots:
    """Bots that only say that they play."""

    def __init__(self) -> None:
        self.playing: dict[str, dict[Capital, Temperament]] = {}

    async def cover(self, game: str, team: Capital, temperament: Temperament | None) -> None:
        playing = self.playing.setdefault(game, {})
        playing.pop(team, None)
        if temperament is not None:
            playing[team] = temperament

    def covered(self, game: str) -> Mapping[Capital, Temperament]:
        return self.playing.get(game, {})

    async def seated(self, game: str) -> Mapping[Capital, Temperament]:
        return self.covered(game)


async def test_bots_cover_absent_capitals(own_server: Running) -> None:
    async with facilitating(own_server) as facilitator:
        game = await facilitator.open()
        own_server.house.covers = FakeBots()
        path, tokyo = f"games/{game}/cover", {"team": "tokyo", "temperament": "selfish"}
        assert await facilitator.post(path, tokyo) == [tokyo]
        assert await facilitator.get(path) == [tokyo]
        assert await facilitator.post(path, tokyo | {"temperament": None}) == []
        answer = await facilitator.http.post(f"/api/{path}", json=tokyo | {"team": "control"})
        assert told(answer) == (422, "malformed")


@pytest.mark.parametrize(
    ("path", "asks"),
    [
        ("lines", {"after": 1, "room": "What if"}),
        ("twin", {"title": "The same", "plan_phase": False}),
    ],
)
async def test_bots_come_to_another_room_if_they_are_asked_for(
    own_server: Running, path: str, asks: Json
) -> None:
    async with facilitating(own_server) as facilitator:
        game = await facilitator.open()
        own_server.house.covers = FakeBots()
        for team, temperament in (("tokyo", "selfish"), ("seoul", "random")):
            bot = {"team": team, "temperament": temperament}
            await facilitator.post(f"games/{game}/cover", bot)
        assert (await facilitator.get(f"games/{game}/lines"))["bots"] == ["tokyo", "seoul"]
        without = await facilitator.post(f"games/{game}/{path}", asks)
        assert await facilitator.get(f"games/{without['id']}/cover") == []
        with_them = await facilitator.post(f"games/{game}/{path}", asks | {"bots": True})
        there = await facilitator.get(f"games/{with_them['id']}/cover")
        assert there == await facilitator.get(f"games/{game}/cover")


async def test_parallel_rooms_can_be_opened_with_bots(own_server: Running) -> None:
    async with facilitating(own_server) as facilitator:
        own_server.house.covers = FakeBots()
        asked = {"scenario": "tiny", "title": "Room", "rooms": 2, "bots": "cooperative"}
        rooms = await facilitator.post("games", asked)
        for room in rooms:
            there = await facilitator.get(f"games/{room['id']}/cover")
            assert [bot["team"] for bot in there] == [*CAPITALS]


async def test_no_room_is_opened_without_the_bots_that_were_asked_for(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    before = len(await facilitator.get("games"))
    for path, asks in (
        ("games", {"scenario": "tiny", "title": "Room", "bots": "random"}),
        (f"games/{game}/lines", {"after": 1, "room": "What if", "bots": True}),
        (f"games/{game}/twin", {"title": "The same", "plan_phase": False, "bots": True}),
    ):
        answer = await facilitator.http.post(f"/api/{path}", json=asks)
        assert told(answer) == (503, "no_bots")
    assert len(await facilitator.get("games")) == before


async def test_only_the_facilitator_is_told_for_whom_bots_play(own_server: Running) -> None:
    async with facilitating(own_server) as facilitator:
        game = await facilitator.open()
        own_server.house.covers = FakeBots()
        bot = {"team": "tokyo", "temperament": "selfish"}
        await facilitator.post(f"games/{game}/cover", bot)
        lead = (await facilitator.post(f"games/{game}/enter"))["token"]
        async with httpx.AsyncClient(base_url=own_server.address) as http:
            http.headers["Authorization"] = f"Bearer {lead}"
            assert (await http.get(f"/api/games/{game}/lines")).json()["bots"] == []


def lines(answer: httpx.Response) -> list[Json]:
    """JSON Lines."""
    return [json.loads(line) for line in answer.text.splitlines()]


async def exported(facilitator: Facilitator, game: str) -> httpx.Response:
    """A game's log."""
    answer = await facilitator.http.get(f"/api/games/{game}/export")
    assert answer.headers["content-type"].startswith("application/jsonl")
    return answer.raise_for_status()


async def test_a_log_travels_and_is_found_paused(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    async with playing(server, game, "control.lead", lead) as control:
        await control.ask("SitDown", name="Ada")
        await control.ask("StartGame")
    log = await exported(facilitator, game)
    assert lines(log)[-2]["entry"]["command"] == {"type": "RecordExport", "by": "house"}
    taken = (await facilitator.http.post("/api/import", content=log.content)).json()
    assert taken["id"] != game
    assert (taken["title"], taken["phase"], taken["turn"]) == ("Test", "play", 1)
    noted = await facilitator.http.post("/api/import?note=imported", content=log.content)
    assert noted.json()["title"] == "Test (imported)"
    token = (await facilitator.post(f"games/{taken['id']}/enter"))["token"]
    async with playing(server, taken["id"], "control.lead", token) as control:
        assert not control.view["clock"]["running"]
        assert list(control.view["roster"]["people"].values()) == ["Ada"]
        assert "ok" in await control.ask("ResumeClock")


async def test_a_changed_cut_or_foreign_log_is_not_taken_in(
    facilitator: Facilitator, game: str
) -> None:
    whole = (await exported(facilitator, game)).content
    rows = whole.splitlines(keepends=True)
    newer = rows[0].replace(b'"version":1', b'"version":2')
    wrong = {
        "tampered": whole.replace(b'"title":"Test"', b'"title":"Best"'),
        "rewritten at the end": whole.replace(b'"by":"house"', b'"by":"mouse"'),
        "cut": b"".join(rows[:-1]),
        "an entry short": b"".join([*rows[:-2], rows[-1]]),
        "newer": b"".join([newer, *rows[1:]]),
        "foreign": b'{"hello": "world"}\n',
        "empty": b"",
        "binary": bytes(range(256)),
    }
    before = len(await facilitator.get("games"))
    for what, content in wrong.items():
        answer = await facilitator.http.post("/api/import", content=content)
        assert told(answer) == (422, "bad_log"), what
    assert len(await facilitator.get("games")) == before
