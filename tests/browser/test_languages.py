"""The reader's language: interface and scenario change together, and no phrase is without words."""

import re
from typing import NamedTuple

import pytest
from playwright.async_api import Page, expect

from tests.browser.lobby import Lobby
from tests.browser.person import Arrive
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator, playing

UNSAID = re.compile(r"(?<![\w/:.@-])[a-z]{2,}(?:\.[a-z]+)+(?![\w./])")
"""What a phrase without words looks like: the interface then shows its name, as `order.seal`."""


class Spoken(NamedTuple):
    """A language by its own name, and what the rooms and the scenario are called in it."""

    name: str
    code: str
    inbox: str
    news: str
    orders: str
    action: str
    lobby: str
    scenario: str
    sheet: str
    control: str


JAPANESE = Spoken(
    name="日本語",
    code="ja",
    inbox="受信文書",
    news="舞水端里にロケット",
    orders="指示",
    action="国民への警報伝達を訓練",
    lobby="演習一覧",
    scenario="短い警報",
    sheet="進行表",
    control="統裁室",
)
KOREAN = Spoken(
    name="한국어",
    code="ko",
    inbox="수신 문서",
    news="무수단리의 로켓",
    orders="명령",
    action="대국민 경보 전파 훈련",
    lobby="연습 목록",
    scenario="짧은 경보",
    sheet="진행표",
    control="통제실",
)


@pytest.mark.parametrize("spoken", [JAPANESE, KOREAN], ids=lambda spoken: spoken.code)
async def test_a_seat_reads_its_own_language(
    arrive: Arrive, facilitator: Facilitator, spoken: Spoken
) -> None:
    game = await facilitator.open("Languages", scenario="missile")
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.leader"})
    room = await SeatRoom(await arrive("Tokyo")).enter(link["url"], "Aki")
    page = room.page
    async with playing(facilitator.server, game, "control.lead", lead) as control:
        await control.ask("StartGame")
    await room.read("A rocket at Musudan-ri")
    await page.get_by_role("button", name=re.compile("Help$")).click()
    await page.get_by_role("dialog").get_by_text(spoken.name, exact=True).click()
    await speaks(page, spoken)
    await page.keyboard.press("Escape")
    await expect(room.panel(spoken.inbox)).to_contain_text(spoken.news)
    for place in await page.get_by_role("navigation").get_by_role("button").all():
        await place.click()
        await speaks(page, spoken)
    await page.reload()
    await speaks(page, spoken)
    await page.get_by_role("navigation").get_by_role("button", name=spoken.orders).first.click()
    await expect(room.panel(spoken.orders)).to_contain_text(spoken.action)


@pytest.mark.parametrize("spoken", [JAPANESE, KOREAN], ids=lambda spoken: spoken.code)
async def test_a_browser_is_greeted_in_its_language(
    arrive: Arrive, facilitator: Facilitator, spoken: Spoken
) -> None:
    server = facilitator.server
    await facilitator.open(f"In {spoken.code}", scenario="missile")
    person = await arrive("facilitator", locale=spoken.code)
    page = person.page
    await person.goes(f"{server.address}/#{server.secret}")
    await expect(page.get_by_role("heading", name=spoken.lobby)).to_be_visible()
    await expect(page.get_by_role("heading", name=spoken.scenario)).to_be_visible()
    await speaks(page, spoken)
    row = Lobby(person).game(f"In {spoken.code}")
    await row.get_by_role("button", name=spoken.control).click()
    await expect(page.get_by_role("region", name=spoken.sheet)).to_be_visible()
    await speaks(page, spoken)


async def speaks(page: Page, spoken: Spoken) -> None:
    """The page says which language it is in, and every phrase has words."""
    await expect(page.locator("html")).to_have_attribute("lang", spoken.code)
    said = await page.locator("body").inner_text()
    assert UNSAID.findall(said) == []
