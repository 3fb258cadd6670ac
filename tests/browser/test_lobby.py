"""The lobby: games and rooms, links on paper and anew, bots for who is absent, logs in and out."""

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from rules.entry import read
from tests.browser.lobby import Lobby
from tests.browser.person import Arrive
from tests.browser.record import TITLE, record
from tests.browser.review import Review
from tests.browser.seat import SeatRoom
from tests.wire.playing import Running

LEADER = "Prime Minister's Office"


@pytest.fixture
async def lobby(arrive: Arrive, server: Running) -> Lobby:
    """The facilitator in the lobby."""
    return await Lobby(await arrive("facilitator")).enter(f"{server.address}/#{server.secret}")


async def test_the_shelf_says_what_a_scenario_asks_of_people(lobby: Lobby) -> None:
    shelf = lobby.page.get_by_role("region", name="Scenarios")
    await expect(shelf).to_contain_text("eight minutes when the warning comes")
    for words in ("7 turns of play", "13 is best", "English, 日本語, 한국어"):
        await expect(shelf).to_contain_text(words)


async def test_several_rooms_are_games_of_their_own(lobby: Lobby) -> None:
    await lobby.open("Short Warning", "Parallel", rooms=3)
    games = lobby.page.get_by_role("region", name="Games").get_by_role("listitem")
    await expect(games.filter(has_text="Parallel")).to_have_count(3)


async def test_a_link_is_shown_for_paper_and_can_be_replaced(lobby: Lobby, arrive: Arrive) -> None:
    await lobby.open("Short Warning", "Links")
    await lobby.page.get_by_role("button", name="Make all links").click()
    seat = lobby.seat("Tokyo", LEADER)
    await seat.get_by_role("button", name="QR code").click()
    await expect(lobby.dialog.locator("svg")).to_be_visible()
    await lobby.dialog.get_by_role("button", name="Close").click()
    await expect(lobby.page.get_by_role("button", name="Print 22 cards")).to_be_visible()

    first = await lobby.link("Tokyo", LEADER)
    room = await SeatRoom(await arrive("Tokyo")).enter(first, "Aki")
    await expect(seat).to_contain_text("Aki here now")
    await seat.get_by_role("button", name="Reissue…").click()
    await expect(lobby.dialog).to_contain_text("Aki is sent out at once")
    await lobby.dialog.get_by_role("button", name="Reissue").click()
    await expect(room.page.get_by_text("has been withdrawn or replaced")).to_be_visible()

    second = await lobby.link("Tokyo", LEADER)
    assert second != first
    room.person.expects("403|401|404|410")
    await room.person.goes(first)
    await expect(room.page.get_by_role("alert")).to_contain_text("does not open a seat")
    await room.enter(second)
    await expect(seat).to_contain_text("here now")


async def test_a_bot_plays_for_who_is_absent(lobby: Lobby) -> None:
    await lobby.open("Short Warning", "Bots")
    seoul = lobby.page.get_by_role("region", name="Seoul", exact=True)
    cover = seoul.get_by_role("combobox", name="Bot", exact=True)
    await cover.select_option(label="Bot, cooperative: consults, shares, seeks agreement")
    leader = lobby.seat("Seoul", "Blue House")
    await expect(leader).to_contain_text("Bot (Seoul)")
    await expect(leader).to_contain_text("here now")
    await cover.select_option(value="")
    await expect(leader).not_to_contain_text("here now")


async def test_a_log_goes_out_and_comes_in(lobby: Lobby, tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    path.write_bytes(record())
    async with lobby.page.expect_file_chooser() as chooser:
        await lobby.page.get_by_role("button", name="Import a log").last.click()
    await (await chooser.value).set_files(path)
    await Review(lobby.person).ready()
    await expect(lobby.page).to_have_url(re.compile("/review/"))

    await lobby.page.goto("/".join(lobby.page.url.split("/")[:3]))
    async with lobby.page.expect_download() as download:
        await (
            lobby.game(f"{TITLE} (imported)").last.get_by_role("button", name="Export log").click()
        )
    await (await download.value).save_as(path)
    header, rows = read(path.read_bytes().splitlines(keepends=True))
    assert header.head == json.loads(record().splitlines()[-1])["head"]
    assert len(rows) == record().count(b"\n") - 2


async def test_a_broken_log_is_refused_in_words(lobby: Lobby, tmp_path: Path) -> None:
    lobby.person.expects("400|409|422")
    path = tmp_path / "broken.jsonl"
    path.write_bytes(record().replace(b"There is no time to ask.", b"There was plenty of time."))
    async with lobby.page.expect_file_chooser() as chooser:
        await lobby.page.get_by_role("button", name="Import a log").last.click()
    await (await chooser.value).set_files(path)
    notices = lobby.page.get_by_role("region", name="Notices")
    await expect(notices).to_contain_text(re.compile("changed|tampered|chain|entry", re.IGNORECASE))
