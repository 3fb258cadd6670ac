"""A game as it is played over the wire: views, answers, presence, pages, observers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import msgspec
import pytest

from rules.commands import SendMessage
from rules.view import feeds_of, item, view
from server.watch import NEWEST
from tests.wire.playing import Facilitator, Json, Player, Running, playing

Table = dict[str, Player]

SEATS = (
    "control.lead",
    "washington.lead",
    "tokyo.lead",
    "tokyo.adviser",
    "seoul.lead",
    "observer.guest",
)


@pytest.fixture
async def table(server: Running, facilitator: Facilitator, game: str) -> AsyncIterator[Table]:
    """Everybody sits at a new game."""
    async with AsyncExitStack() as stack:
        yield {
            seat: await stack.enter_async_context(
                playing(server, game, seat, await facilitator.seat(game, seat))
            )
            for seat in SEATS
        }


async def shown(server: Running, game: str, seat: str) -> tuple[Json, dict[str, list[Json]]]:
    """What `view` says that a seat sees, as JSON."""

    async def look() -> tuple[Json, dict[str, list[Json]]]:
        state = (await server.house.current(game)).state
        eyes = state.book.seats[seat].sees
        feeds = {
            name: [item(state, raw, eyes) for raw in state.feeds.get(key, ())]
            for name, key in feeds_of(state, seat).items()
        }
        seen = msgspec.json.encode((view(state, seat), feeds))
        whole, items = msgspec.json.decode(seen)
        return whole, items

    return await server.inside(look())


async def play_a_turn(table: Table) -> None:
    """A bit of everything."""
    control, tokyo, seoul = table["control.lead"], table["tokyo.lead"], table["seoul.lead"]
    script: list[tuple[Player, str, Json]] = [
        *((player, "SitDown", {"name": f"Player {n}"}) for n, player in enumerate(seated(table))),
        (control, "StartGame", {}),
        (tokyo, "SendMessage", {"room": "seoul+tokyo", "text": '日本 ⟨x⟩ "quoted"'}),
        (control, "ReleaseInject", {"inject": "I-01"}),
        (tokyo, "SendConsult", {"to": ["seoul"], "text": "We sail.", "action": "JP-01"}),
        (tokyo, "CommitOrder", {"action": "JP-01", "reason": "To be there."}),
        (seoul, "ProposeJoint", {"joint": "J-01", "text": "Let us meet."}),
        (control, "SetAutomatic", {"on": True}),
        (control, "AddMark", {"text": "Note this."}),
        (control, "EndTurn", {}),
        (control, "AcceptResults", {}),
    ]
    for player, type_, members in script:
        assert "ok" in await player.ask(type_, **members), type_


def seated(table: Table) -> list[Player]:
    """Those who may do something."""
    return [player for seat, player in table.items() if not seat.startswith("observer")]


async def level(server: Running, game: str, table: Table) -> None:
    """Waits until everybody has been told the last thing, by saying something to all."""
    lead = table["control.lead"]
    assert "ok" in await lead.ask("DeclareEmergency", text="All stop.")
    for player in table.values():
        await player.until(lambda p: p.view["now"]["banner"] == "All stop.")


async def test_frames_applied_in_order_are_the_view(
    server: Running, game: str, table: Table
) -> None:
    await play_a_turn(table)
    await level(server, game, table)
    for seat, player in table.items():
        whole, feeds = await shown(server, game, seat)
        assert player.view == whole, seat
        assert player.feeds == feeds, seat


async def test_who_comes_back_sees_the_same(
    server: Running, facilitator: Facilitator, game: str, table: Table
) -> None:
    await play_a_turn(table)
    await level(server, game, table)
    for seat in ("tokyo.lead", "observer.guest"):
        token = (await facilitator.post(f"games/{game}/links", {"seat": seat}))["url"]
        async with playing(server, game, seat, await facilitator.exchange(token)) as again:
            whole, feeds = await shown(server, game, seat)
            assert (again.view, again.feeds) == (whole, feeds)


async def test_nothing_is_sent_to_whom_nothing_changed(table: Table) -> None:
    control, tokyo = table["control.lead"], table["tokyo.lead"]
    for player in table.values():
        await player.until(lambda p: len(p.presence.get("online", ())) >= 4)
    seoul = table["seoul.lead"]
    before = len(seoul.frames)
    await tokyo.ask("SendMessage", room="tokyo", text="Among us")
    await control.ask("DeclareEmergency", text="now")
    await seoul.until(lambda p: p.view["now"]["banner"] == "now")
    news = [frame for frame in seoul.frames[before:] if "presence" not in frame]
    assert [list(frame.get("view", {})) for frame in news] == [["now"]]
    assert all("feeds" not in frame for frame in news)


async def test_the_answer_never_comes_before_what_it_did(table: Table) -> None:
    tokyo = table["tokyo.lead"]
    for number in range(20):
        assert "ok" in await tokyo.ask("SendMessage", room="tokyo", text=str(number))
        assert tokyo.feeds["room/tokyo"][-1]["text"] == str(number)


async def test_a_repeated_command_gets_the_first_answer_and_happens_once(
    server: Running, facilitator: Facilitator, game: str, table: Table
) -> None:
    tokyo, adviser = table["tokyo.lead"], table["tokyo.adviser"]
    say = {"room": "tokyo", "text": "Once"}
    for _ in range(3):
        assert await tokyo.ask("SendMessage", id="again", **say) == {"ok": "again"}
    other = {"room": "tokyo", "text": "Something else"}
    assert await tokyo.ask("SendMessage", id="again", **other) == {"ok": "again"}
    assert await adviser.ask("SendMessage", id="again", **other) == {"ok": "again"}
    await tokyo.until(lambda p: len(p.feeds["room/tokyo"]) == 2)
    texts = [message["text"] for message in tokyo.feeds["room/tokyo"]]
    assert texts == ["Once", "Something else"], "an id is one seat's own"


async def test_a_refused_command_sent_again_is_judged_again(table: Table) -> None:
    control, tokyo = table["control.lead"], table["tokyo.lead"]
    order = {"action": "JP-01", "reason": "Now"}
    assert (await tokyo.ask("CommitOrder", id="o1", **order))["code"] == "phase"
    await control.ask("StartGame")
    assert await tokyo.ask("CommitOrder", id="o1", **order) == {"ok": "o1"}


async def test_a_command_that_changes_nothing_is_fine(
    server: Running, game: str, table: Table
) -> None:
    control = table["control.lead"]
    session = await server.inside(server.house.current(game))
    before = session.seq
    assert "ok" in await control.ask("SetAutomatic", on=False)
    assert session.seq == before


async def test_observers_may_look_and_nothing_else(table: Table) -> None:
    observer, control = table["observer.guest"], table["control.lead"]
    await control.ask("StartGame")
    for type_ in ("StartGame", "DeclareEmergency"):
        assert (await observer.ask(type_))["code"] == "observer"
    assert (await observer.ask("SitDown", name="Nobody"))["code"] == "observer"
    said = await observer.ask("SendMessage", room="control", text="psst")
    assert said["code"] == "observer"
    await observer.send({"typing": "control+tokyo"})
    await observer.send({"id": "p", "page": {"feed": "inbox", "before": 10}})
    await observer.until(lambda p: "page" in p.frames[-1])
    assert all(not player.presence["typing"] for player in table.values())


async def test_older_items_come_by_the_page(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    async def talk() -> None:
        session = await server.house.current(game)
        for number in range(450):
            words = SendMessage("tokyo", f"message {number}")
            await session.handle(f"m{number}", "tokyo.lead", "p", words)

    await server.inside(talk())
    token = await facilitator.seat(game, "tokyo.adviser")
    async with playing(server, game, "tokyo.adviser", token) as player:
        start, items = player.starts["room/tokyo"], player.feeds["room/tokyo"]
        assert (start, len(items)) == (450 - NEWEST, NEWEST)
        while start > 0:
            page = await player.page("room/tokyo", start)
            assert page["from"] + len(page["items"]) == start
            start, items = page["from"], page["items"] + items
        assert [message["text"] for message in items] == [f"message {n}" for n in range(450)]
        assert (await player.page("room/tokyo", 0))["items"] == []
        assert (await player.page("room/tokyo", 10_000))["from"] == 450 - NEWEST


async def test_players_see_each_other_come_and_go(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    capitals = ["seoul.lead", "tokyo.lead"]
    tokens = {seat: await facilitator.seat(game, seat) for seat in SEATS}
    async with playing(server, game, "tokyo.lead", tokens["tokyo.lead"]) as tokyo:
        async with (
            playing(server, game, "seoul.lead", tokens["seoul.lead"]),
            playing(server, game, "observer.guest", tokens["observer.guest"]),
            playing(server, game, "control.lead", tokens["control.lead"]) as control,
        ):
            await tokyo.until(lambda p: p.presence["online"] == ["control.lead", *capitals])
            everybody = ["control.lead", "observer.guest", *capitals]
            await control.until(lambda p: p.presence["online"] == everybody)
        await tokyo.until(lambda p: p.presence["online"] == ["tokyo.lead"])


async def test_typing_is_told_in_the_room_and_nowhere_else(table: Table) -> None:
    tokyo, seoul, washington = (table[f"{team}.lead"] for team in ("tokyo", "seoul", "washington"))
    await tokyo.send({"typing": "seoul+tokyo"})
    await seoul.until(lambda p: p.presence["typing"] == {"seoul+tokyo": ["tokyo.lead"]})
    await table["control.lead"].until(lambda p: p.presence["typing"])
    await tokyo.send({"typing": None})
    await seoul.until(lambda p: not p.presence["typing"])
    await tokyo.send({"typing": "washington"})
    await tokyo.send({"typing": "seoul+tokyo+washington"})
    await washington.until(lambda p: p.presence["typing"])
    told = [frame["presence"]["typing"] for frame in washington.frames if "presence" in frame]
    assert [typing for typing in told if typing] == [{"seoul+tokyo+washington": ["tokyo.lead"]}]


async def test_players_never_learn_which_of_control_is_there(
    server: Running, game: str, table: Table
) -> None:
    await table["control.lead"].send({"typing": "control+tokyo"})
    await table["tokyo.lead"].until(lambda p: p.presence["typing"])
    assert table["tokyo.lead"].presence["typing"] == {"control+tokyo": ["control.lead"]}


async def test_whoever_leaves_stops_typing(
    server: Running, facilitator: Facilitator, game: str
) -> None:
    tokyo, seoul = [await facilitator.seat(game, f"{team}.lead") for team in ("tokyo", "seoul")]
    async with playing(server, game, "seoul.lead", seoul) as watching:
        async with playing(server, game, "tokyo.lead", tokyo) as player:
            await player.send({"typing": "seoul+tokyo"})
            await watching.until(lambda p: p.presence["typing"])
        await watching.until(lambda p: p.presence == {"online": ["seoul.lead"], "typing": {}})


async def test_many_commands_at_once_are_all_answered(table: Table) -> None:
    tokyo, adviser = table["tokyo.lead"], table["tokyo.adviser"]
    wanted = {f"{seat}{n}" for seat in "ta" for n in range(40)}
    for name, player in (("t", tokyo), ("a", adviser)):
        for n in range(40):
            do = {"type": "SendMessage", "room": "tokyo", "text": f"{name}{n}"}
            await player.send({"id": f"{name}{n}", "do": do})
    await asyncio.gather(tokyo.answer("t39"), adviser.answer("a39"))
    for player in (tokyo, adviser):
        await player.until(lambda p: len(p.feeds["room/tokyo"]) == 80)
        assert {message["text"] for message in player.feeds["room/tokyo"]} == wanted
