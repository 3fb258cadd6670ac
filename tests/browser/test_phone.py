"""A seat on a phone: 390 wide, by touch, everything within reach of a thumb."""

import re

from playwright.async_api import Locator, ViewportSize, expect

from tests.browser.axe import faults
from tests.browser.person import Arrive, sideways
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator, playing

PHONE = {
    "viewport": ViewportSize(width=390, height=844),
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
TABS = ("Now", "Messages", "Orders", "Joint", "Map")


class Phone(SeatRoom):
    """A seat's room where one panel fills the screen, and tabs are at its foot."""

    async def tab(self, name: str) -> None:
        """Touches a tab."""
        await self.page.get_by_role("tab", name=re.compile(rf"^{name}")).tap()

    async def go(self, place: str) -> Locator:
        """Goes to a place: straight by its tab, or by the list behind one."""
        if place == "Orders":
            await self.tab("Orders")
        else:
            await self.tab("Messages")
            places = self.page.get_by_role("navigation", name="Places in this room")
            await places.get_by_role("button", name=re.compile(rf"^{place}")).tap()
        return self.panel(place)


async def test_a_turn_on_a_phone(arrive: Arrive, facilitator: Facilitator) -> None:
    game = await facilitator.open("Phone", scenario="missile")
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.leader"})
    control = await facilitator.seat(game, "control.lead")
    phone = Phone(await arrive("phone", **PHONE))
    await phone.enter(link["url"], "Aki")
    async with playing(facilitator.server, game, "control.lead", control) as lead:
        await lead.ask("StartGame")
        await lead.ask("ReleaseInject", inject="M-03")

    found = list[str]()
    for name in TABS:
        await phone.tab(name)
        await expect(phone.page.get_by_role("tab", name=name, selected=True)).to_be_visible()
        await fits(phone)
        found += await faults(phone.page, name)
    assert not found, "\n".join(found)
    cable = await phone.read("What we will not see")
    await expect(cable).to_contain_text("from an officer at Yokota")
    await fits(phone)
    await phone.say("Reading it on the way in.", "Own team")
    await fits(phone)
    await phone.order("Drill the public warning chain", "Every minute counts.")
    await fits(phone)
    await phone.tab("Map")
    theatre = phone.page.get_by_role("group", name="Map of Northeast Asia")
    await expect(theatre).to_be_visible()


async def fits(phone: Phone) -> None:
    """Nothing is cut off at the side, and the tabs stay in sight."""
    assert await sideways(phone.page) == []
    for name in TABS:
        await expect(phone.page.get_by_role("tab", name=name)).to_be_in_viewport(ratio=1)
