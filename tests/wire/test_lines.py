"""Going on from an earlier point: lines of a game, second rooms, and who may look at them."""

import httpx
import pytest

from tests.wire.playing import Facilitator, Json, Player, Running, playing
from tests.wire.test_http import told
from tests.wire.test_review import replayed


async def began(server: Running, facilitator: Facilitator, game: str) -> str:
    """A game of two entries; the token of its lead."""
    lead = str((await facilitator.post(f"games/{game}/enter"))["token"])
    async with playing(server, game, "control.lead", lead) as control:
        assert "ok" in await control.ask("StartGame")
    return lead


async def lines(facilitator: Facilitator, game: str) -> list[Json]:
    found: list[Json] = (await facilitator.get(f"games/{game}/lines"))["lines"]
    return found


async def test_a_rewound_game_moves_its_seats_and_keeps_the_old_line(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    tokyo_token = await facilitator.seat(game, "tokyo.lead")
    async with playing(server, game, "tokyo.lead", tokyo_token) as tokyo:
        await tokyo.ask("SitDown", name="Aiko")
        await tokyo.ask("SendMessage", room="tokyo", text="Shared")
        await tokyo.ask("SendMessage", room="tokyo", text="Left behind")
        listed = await facilitator.post(f"games/{game}/lines", {"after": 4})
        assert (listed["id"], listed["lines"], listed["phase"]) == (game, 2, "play")
        assert (await tokyo.closed())[0] == 1012
    async with playing(server, game, "tokyo.lead", tokyo_token) as tokyo:
        assert [said["text"] for said in tokyo.feeds["room/tokyo"]] == ["Shared"]
        assert tokyo.view["me"]["person"] is not None
        assert (tokyo.view["clock"]["running"], tokyo.view["clock"]["why"]) == (False, "branch")
    old, new = await lines(facilitator, game)
    assert (old["played"], old["origin"], old["entries"]) == (False, None, 5)
    assert (new["played"], new["origin"]["line"], new["origin"]["after"]) == (True, old["id"], 4)
    async with httpx.AsyncClient(base_url=server.address) as http:
        http.headers["Authorization"] = f"Bearer {lead}"
        kept = await http.get(f"/api/review/{game}", params={"eyes": "tokyo", "line": old["id"]})
        assert "Left behind" in kept.text
    _, _, feeds = await replayed(server, lead, game, "tokyo")
    assert [said["text"] for said in feeds["room/tokyo"]] == ["Shared"]


async def test_what_had_been_asked_of_one_line_is_not_asked_of_the_next(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    async with playing(server, game, "control.lead", lead) as control:
        before = control.frames[0]["hello"]["line"]
    await facilitator.post(f"games/{game}/lines", {"after": 2})
    async with playing(server, game, "control.lead", lead) as control:
        assert control.frames[0]["hello"]["line"] != before


async def test_lines_of_lines_are_still_each_time_they_begin(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    for entries in (2, 3, 4):
        await facilitator.post(f"games/{game}/lines", {"after": entries})
        async with playing(server, game, "control.lead", lead) as control:
            assert not control.view["clock"]["running"]
            assert "ok" in await control.ask("ResumeClock")
    found = await lines(facilitator, game)
    parents = [line["origin"]["line"] if line["origin"] else None for line in found]
    assert parents == [None, *(line["id"] for line in found[:-1])]


async def test_an_old_line_can_be_gone_on_from_as_well(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    await began(server, facilitator, game)
    await facilitator.post(f"games/{game}/lines", {"after": 1})
    first = (await lines(facilitator, game))[0]
    back = await facilitator.post(f"games/{game}/lines", {"after": 2, "line": first["id"]})
    assert (back["phase"], back["lines"]) == ("play", 3)


async def test_a_second_room_has_links_of_its_own_and_leaves_the_first_alone(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    token = await facilitator.seat(game, "tokyo.lead")
    async with (
        playing(server, game, "tokyo.lead", token) as tokyo,
        playing(server, game, "control.lead", lead) as control,
    ):
        await tokyo.ask("SitDown", name="Aiko")
        room = await facilitator.post(f"games/{game}/lines", {"after": 3, "room": "What if"})
        assert "ok" in await tokyo.ask("SendMessage", room="tokyo", text="Here still")
        assert control.view["clock"]["running"]
    assert room["id"] != game
    assert (room["title"], room["origin"]["game"], room["origin"]["after"]) == ("What if", game, 3)
    assert await facilitator.get(f"games/{room['id']}/links") == []
    async with httpx.AsyncClient(base_url=server.address) as http:
        http.headers["Authorization"] = f"Bearer {token}"
        foreign = await http.get(f"/api/review/{room['id']}", params={"eyes": "tokyo"})
        assert told(foreign) == (403, "not_yours")
    entered = (await facilitator.post(f"games/{room['id']}/enter"))["token"]
    async with playing(server, room["id"], "control.lead", entered) as second:
        assert not second.view["clock"]["running"]
        assert all(seat["person"] is None for seat in second.view["roster"]["seats"])
        assert "ok" in await second.ask("ResumeClock")


async def ended(control: Player) -> None:
    assert "ok" in await control.ask("EndGame", reason="Time is up")
    assert "ok" in await control.ask("OpenReview")


@pytest.mark.parametrize("room", [None, "What if"])
async def test_dice_that_a_review_has_shown_are_not_thrown_again(
    server: Running, facilitator: Facilitator, game: str, room: str | None
) -> None:
    lead = await began(server, facilitator, game)
    async with playing(server, game, "control.lead", lead) as control:
        await ended(control)
    assert (await facilitator.get(f"games/{game}/lines"))["dice_shown"]
    asked = {"after": 2, "room": room}
    for _ in range(2):
        answer = await facilitator.http.post(f"/api/games/{game}/lines", json=asked)
        assert told(answer) == (409, "dice_shown")
        line = (await lines(facilitator, game))[0]["id"]
        fresh = asked | {"fresh_dice": True, "line": line}
        went = await facilitator.post(f"games/{game}/lines", fresh)
        assert went["phase"] == "play"


async def test_no_review_shows_the_seed_of_dice_that_are_still_thrown_elsewhere(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    room = (await facilitator.post(f"games/{game}/lines", {"after": 2, "room": "B"}))["id"]
    other = (await facilitator.post(f"games/{room}/enter"))["token"]
    async with (
        playing(server, game, "control.lead", lead) as control,
        playing(server, room, "control.lead", other) as second,
    ):
        assert second.view["game"]["title"] == "B"
        assert "ok" in await control.ask("EndGame", reason="Time is up")
        refused = await control.ask("OpenReview")
        assert (refused["code"], "B is still played" in refused["say"]) == ("dice_in_use", True)
        assert control.view["finish"]["seed"] is None
        assert "ok" in await second.ask("EndGame", reason="Time is up")
        assert "ok" in await control.ask("OpenReview")
    assert (await facilitator.get(f"games/{room}/lines"))["dice_shown"], "they are the same dice"
    for where in (game, room):
        answer = await facilitator.http.post(f"/api/games/{where}/lines", json={"after": 2})
        assert told(answer) == (409, "dice_shown")


async def test_a_room_with_new_dice_holds_no_review_up(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    await facilitator.post(f"games/{game}/lines", {"after": 2, "room": "B", "fresh_dice": True})
    async with playing(server, game, "control.lead", lead) as control:
        await ended(control)


async def test_players_of_one_room_compare_it_with_no_other(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    token = await facilitator.seat(game, "tokyo.lead")
    room = (
        await facilitator.post(f"games/{game}/lines", {"after": 2, "room": "B", "fresh_dice": True})
    )["id"]
    async with httpx.AsyncClient(base_url=server.address) as http:
        http.headers["Authorization"] = f"Bearer {token}"
        for eyes in ("control", "tokyo", "public"):
            own = await http.get(f"/api/review/{game}", params={"eyes": eyes})
            assert told(own) == (403, "review_closed")
        async with playing(server, game, "control.lead", lead) as control:
            await ended(control)
        for holder in (token, lead):
            http.headers["Authorization"] = f"Bearer {holder}"
            for path in (f"review/{room}?eyes=control", f"games/{room}/lines", "games"):
                assert told(await http.get(f"/api/{path}")) == (403, "not_yours")


async def test_who_holds_a_seat_of_a_second_room_is_not_told_what_the_first_is_called(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    await began(server, facilitator, game)
    room = (await facilitator.post(f"games/{game}/lines", {"after": 2, "room": "B"}))["id"]
    assert [line["origin"]["title"] for line in await lines(facilitator, room)] == ["Test"]
    lead = await facilitator.seat(room, "control.lead")
    async with httpx.AsyncClient(base_url=server.address) as http:
        http.headers["Authorization"] = f"Bearer {lead}"
        seen = (await http.get(f"/api/games/{room}/lines")).json()["lines"]
    assert [line["origin"]["title"] for line in seen] == [""]


async def test_players_neither_branch_nor_see_lines_until_the_review_is_open(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    token = await facilitator.seat(game, "seoul.lead")
    await facilitator.post(f"games/{game}/lines", {"after": 2})
    old = (await lines(facilitator, game))[0]["id"]
    async with httpx.AsyncClient(base_url=server.address) as http:
        http.headers["Authorization"] = f"Bearer {token}"
        review, path = f"/api/review/{game}?eyes=seoul&line={old}", f"/api/games/{game}/lines"
        for early in (await http.get(review), await http.get(path)):
            assert told(early) == (403, "review_closed")
        assert told(await http.post(path, json={"after": 1})) == (403, "not_yours")
        async with playing(server, game, "control.lead", lead) as control:
            await ended(control)
        assert (await http.get(review)).status_code == 200
        assert len((await http.get(path)).json()["lines"]) == 2
        http.headers["Authorization"] = f"Bearer {lead}"
        second = await http.post(path, json={"after": 1, "room": "Mine", "fresh_dice": True})
        assert told(second) == (403, "not_yours"), "a second room is the facilitator's to open"


async def test_there_is_no_going_on_from_what_is_not_there(
    facilitator: Facilitator, game: str
) -> None:
    other = await facilitator.open()
    foreign = (await lines(facilitator, other))[0]["id"]
    for body in ({"after": 2}, {"after": 1, "line": "l0"}, {"after": 1, "line": foreign}):
        answer = await facilitator.http.post(f"/api/games/{game}/lines", json=body)
        assert told(answer) == (404, "no_line")
    answer = await facilitator.http.post(f"/api/games/{game}/lines", json={"after": 0})
    assert told(answer) == (422, "malformed")
    for line in ("l0", foreign):
        answer = await facilitator.http.get(f"/api/review/{game}", params={"line": line})
        assert told(answer) == (404, "no_line")
    assert len(await lines(facilitator, game)) == 1


async def test_a_name_is_forgotten_in_every_line_and_room(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    lead = await began(server, facilitator, game)
    token = await facilitator.seat(game, "tokyo.lead")
    async with playing(server, game, "tokyo.lead", token) as tokyo:
        await tokyo.ask("SitDown", name="Aiko Example")
    await facilitator.post(f"games/{game}/lines", {"after": 3})
    room = (await facilitator.post(f"games/{game}/lines", {"after": 4, "room": "B"}))["id"]
    other = await facilitator.open()
    for where, name in ((game, "Aiko"), (other, "Aiko Example")):
        assert await facilitator.post(f"games/{where}/erase", {"name": name}) == {"lines": 0}
    found = await facilitator.post(f"games/{game}/erase", {"name": "Aiko Example"})
    assert found == {"lines": 3}
    for where in (game, room):
        export = await facilitator.http.get(f"/api/games/{where}/export")
        assert "Aiko" not in export.text
        for line in await lines(facilitator, where):
            params = {"eyes": "control", "line": line["id"]}
            kept = await facilitator.http.get(f"/api/review/{where}", params=params)
            assert kept.status_code == 200
            assert "Aiko" not in kept.text
    async with playing(server, game, "control.lead", lead) as control:
        assert list(control.view["roster"]["people"].values()) == ["(name removed)"]
