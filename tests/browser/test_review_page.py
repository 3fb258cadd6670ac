"""The review: any moment of an imported game, through anybody's eyes, with every reason."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.lobby import Lobby
from tests.browser.person import Arrive
from tests.browser.record import SECRET, TITLE, record
from tests.browser.review import Review
from tests.wire.playing import Facilitator, Running


@pytest.fixture
async def review(arrive: Arrive, server: Running, facilitator: Facilitator) -> Review:
    """The facilitator before the review of an imported game."""
    answer = await facilitator.http.post("/api/import", content=record())
    game = answer.raise_for_status().json()["id"]
    person = await arrive("facilitator")
    await Lobby(person).enter(f"{server.address}/#{server.secret}")
    await person.page.goto(f"{server.address}/review/{game}")
    return await Review(person).ready()


async def test_the_cursor_goes_by_entry_and_by_turn_and_plays(review: Review) -> None:
    last = await review.entry()
    await review.line.press("Home")
    await review.at(r"^Entry 1 of \d+")
    await review.press("One entry on")
    await review.at(r"^Entry 2 ")
    await review.line.press("ArrowRight")
    await review.at(r"^Entry 3 ")
    await review.press("Turn on")
    await review.at("turn 1$")
    await review.line.press("Shift+ArrowRight")
    await review.at("turn 2$")
    await review.press("Turn back")
    await review.at("turn 1$")
    first = await review.entry()
    await review.press("Turn on")
    await review.press("Turn back")
    assert await review.entry() == first, "a turn, whatever was marked in it"

    await review.line.press("Home")
    await review.choose("Speed", "60×")
    await review.press("Play")
    await expect(review.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    await review.at(rf"^Entry {last} of {last}")
    await expect(review.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


async def test_each_capital_looks_back_with_its_own_eyes(review: Review) -> None:
    room = await review.turn_to("The room as it was")
    await review.choose("Eyes of", "Tokyo")
    places = room.get_by_role("navigation", name="Places in this room")
    await places.get_by_role("button", name="Own team").click()
    await expect(room.get_by_role("log", name="Messages")).to_contain_text(SECRET)
    await places.get_by_role("button", name="Brief").click()
    await expect(room).to_contain_text("A deal that freezes only long-range missiles.")
    for other in ("Washington", "Seoul", "Public"):
        await review.choose("Eyes of", other)
        await expect(room).not_to_contain_text("A deal that freezes only long-range missiles.")
        await expect(room.get_by_text(SECRET)).to_have_count(0)
    await review.choose("Eyes of", "Control")
    await expect(room.get_by_role("region", name="Run sheet")).to_be_visible()


async def test_every_change_says_why(review: Review) -> None:
    course = await review.turn_to("Tracks and reasons")
    await course.get_by_role("button", name="Washington's trust in Tokyo").click()
    await expect(review.why).to_contain_text("Consult before acting (R02)")
    await expect(review.why).to_contain_text("The paper")
    await expect(review.why).to_contain_text("Easley 2007, p. 47")
    await expect(review.why).to_contain_text("Who knew")
    await review.why.locator("summary").first.click()
    await review.why.get_by_role("button", name="Go to this moment").first.click()
    await review.at("turn 1$")
    marks = review.page.get_by_role("region", name=re.compile("^Marks"))
    await marks.get_by_role("button", name="Tokyo asked nobody").click()
    await review.at(r"turn 1$")


async def test_a_link_leads_to_the_very_moment(review: Review) -> None:
    await review.turn_to("Who knew what when")
    await review.choose("Eyes of", "Seoul")
    await review.line.press("Home")
    for _ in range(6):
        await review.line.press("ArrowRight")
    await review.at("^Entry 7 ")
    await expect(review.page).to_have_url(re.compile("entry=7.*eyes=seoul.*page=knew"))
    link = review.page.url
    await review.person.goes(link)
    await review.ready()
    await review.at("^Entry 7 ")
    eyes = review.page.get_by_role("group", name="Eyes of")
    await expect(eyes.get_by_role("radio", name="Seoul")).to_be_checked()
    part = review.page.get_by_role("tab", name="Who knew what when")
    await expect(part).to_have_attribute("aria-selected", "true")
    await expect(review.page.get_by_text(TITLE)).to_be_visible()
