"""Going on from an earlier point, rooms run side by side, and what differed between them."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.control import ControlRoom
from tests.browser.lobby import Lobby
from tests.browser.person import Arrive, sideways
from tests.browser.record import TITLE, record
from tests.browser.review import Review
from tests.wire.playing import Facilitator, Running


@pytest.fixture
async def lobby(arrive: Arrive, server: Running) -> Lobby:
    """The facilitator in the lobby."""
    return await Lobby(await arrive("facilitator")).enter(f"{server.address}/#{server.secret}")


@pytest.fixture
async def game(facilitator: Facilitator) -> str:
    """A game that was played elsewhere, its review open."""
    answer = await facilitator.http.post("/api/import", content=record())
    return str(answer.raise_for_status().json()["id"])


async def test_a_game_is_rewound_and_its_lines_are_compared(
    lobby: Lobby, server: Running, game: str
) -> None:
    page, found = lobby.page, list[str]()
    await page.goto(f"{server.address}/review/{game}")
    review = await Review(lobby.person).ready()
    for _ in range(3):
        await review.press("Turn back")
    await review.line.press("Shift+ArrowRight")
    await review.at("turn 1$")
    await page.get_by_role("button", name="Go on from here").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("checkbox", name="New dice")).to_be_disabled()
    await expect(dialog).to_contain_text("A review has shown the seed")
    found += await faults(page, "going on", "dialog")
    await dialog.get_by_role("button", name="Rewind").click()
    await expect(page).to_have_url(re.compile("/play/.*/control.lead"))
    await expect(page.get_by_text("The game goes on from an earlier point")).to_be_visible()
    await page.get_by_role("button", name="Resume", exact=True).first.click()
    await expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()

    await page.goto(f"{server.address}/review/{game}")
    await review.ready()
    await page.get_by_role("button", name="2 lines").click()
    await expect(dialog).to_contain_text("being played")
    await expect(dialog).to_contain_text("Began in line 1, after entry")
    found += await faults(page, "lines", "dialog")
    await dialog.get_by_role("link", name="Compare with its parent").click()
    await expect(page.get_by_role("heading", name="What differed")).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text(re.compile("line 1.*line 2", re.DOTALL))
    await expect(page.get_by_role("table")).to_contain_text("Points")
    found += await faults(page, "comparing")
    await page.set_viewport_size({"width": 390, "height": 844})
    assert not await sideways(page)
    assert not found, "\n".join(found)


async def test_a_second_room_begins_where_the_first_stood(
    lobby: Lobby, server: Running, game: str
) -> None:
    page = lobby.page
    await page.goto(f"{server.address}/review/{game}")
    await Review(lobby.person).ready()
    await page.get_by_role("button", name="Go on from here").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("What if: a second room").click()
    await dialog.get_by_role("textbox", name="Title").fill("Had they asked")
    await dialog.get_by_role("button", name="Open the room").click()
    await expect(page.get_by_role("button", name="Make all links")).to_be_visible()
    await page.goto(server.address)
    await expect(lobby.game("Had they asked")).to_contain_text(f"From “{TITLE}”, after entry")


async def test_bots_play_in_parallel_rooms_and_go_on_in_a_second(
    lobby: Lobby, server: Running
) -> None:
    page = lobby.page
    await lobby.open("Short Warning", "All bots", rooms=2, bots="cooperative")
    await page.get_by_role("link", name="Run side by side").click()
    rooms = page.get_by_role("main").get_by_role("listitem")
    strokes = page.get_by_role("group", name="For all rooms that are ticked")
    await strokes.get_by_role("button", name="Start").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start").click()
    for name in ("All bots 1", "All bots 2"):
        room = rooms.filter(has=page.get_by_role("checkbox", name=name))
        await expect(room).to_contain_text("All capitals are ready")
    for stroke in ("End turn", "Accept what needs no thought"):
        await strokes.get_by_role("button", name=stroke).click()
        await page.get_by_role("dialog").get_by_role("button", name=stroke).click()
    await expect(rooms.filter(has_text="to judge").filter(has_text="All bots")).to_have_count(0)

    await page.goto(server.address)
    await lobby.game("All bots 1").get_by_role("link", name="Review").click()
    await Review(lobby.person).ready()
    await page.get_by_role("button", name="Go on from here").click()
    await lobby.dialog.get_by_text("What if: a second room").click()
    along = lobby.dialog.get_by_role("checkbox", name="Bots play in the second room too")
    await expect(along).to_be_checked()
    assert not await faults(page, "going on with bots", "dialog")
    await lobby.dialog.get_by_role("button", name="Open the room").click()
    await expect(lobby.seat("Seoul", "Blue House")).to_contain_text("Bot (Seoul)")


async def test_rooms_are_run_side_by_side(lobby: Lobby, server: Running) -> None:
    page, found = lobby.page, list[str]()
    await lobby.open("Short Warning", "Side by side", rooms=2)
    await expect(page.get_by_text("2 rooms chosen")).to_be_visible()
    found += await faults(page, "the lobby with rooms chosen")
    await page.get_by_role("link", name="Run side by side").click()
    rooms = page.get_by_role("main").get_by_role("listitem")
    first = rooms.filter(has=page.get_by_role("checkbox", name="Side by side 1"))
    second = rooms.filter(has=page.get_by_role("checkbox", name="Side by side 2"))
    strokes = page.get_by_role("group", name="For all rooms that are ticked")
    await strokes.get_by_role("button", name="Start").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start").click()
    for room in (first, second):
        await expect(room).to_contain_text("Turn 1")
        await expect(room).to_contain_text("nobody here")
    await strokes.get_by_role("button", name="Pause").click()
    for room in (first, second):
        await expect(room).to_contain_text("Paused")
    await second.get_by_role("checkbox").uncheck()
    await strokes.get_by_role("button", name="Resume").click()
    await expect(first).not_to_contain_text("Paused")
    await expect(second).to_contain_text("Paused")
    await strokes.get_by_role("button", name="End turn").click()
    await page.get_by_role("dialog").get_by_role("button", name="End turn").click()
    accept = strokes.get_by_role("button", name="Accept what needs no thought")
    await expect(accept).to_be_disabled()  # nobody did anything
    await expect(first).to_contain_text("Adjudication")
    await expect(second).to_contain_text("Paused")
    for stroke in ("Release results", "Open next turn"):
        await strokes.get_by_role("button", name=stroke).click()
        await page.get_by_role("dialog").get_by_role("button", name=stroke).click()
    await expect(first).to_contain_text("Turn 2")
    await expect(second).to_contain_text("Turn 1")
    found += await faults(page, "rooms side by side")
    await page.set_viewport_size({"width": 390, "height": 844})
    assert not await sideways(page)
    assert not found, "\n".join(found)
    await page.set_viewport_size({"width": 1440, "height": 900})
    await first.get_by_role("link", name="Control room").click()
    assert await ControlRoom(lobby.person).page.title()
