"""The plan phase in a browser: a clause is proposed, met with a caveat, and told with both."""

import re

from playwright.async_api import ViewportSize, expect

from tests.browser.axe import faults
from tests.browser.person import Arrive, sideways
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator, playing


async def test_a_clause_is_worked_on_before_the_crisis(
    arrive: Arrive, facilitator: Facilitator
) -> None:
    game = await facilitator.open("Plan", scenario="missile", plan_phase=True)
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.leader"})
    tokens = {seat: await facilitator.seat(game, seat) for seat in ("control.lead", "seoul.leader")}
    tokyo = SeatRoom(await arrive("tokyo"))
    await tokyo.enter(link["url"], "Aki")
    async with (
        playing(facilitator.server, game, "control.lead", tokens["control.lead"]) as lead,
        playing(facilitator.server, game, "seoul.leader", tokens["seoul.leader"]) as seoul,
    ):
        await lead.ask("StartGame")
        table = await tokyo.go("Joint table")
        await expect(tokyo.page.get_by_text("Plan phase").first).to_be_visible()
        await expect(tokyo.told("Work on the contingency plan.")).to_be_visible()
        await table.get_by_role("button", name=re.compile("^Propose")).first.click()
        await table.get_by_role("button", name="Put it on the table").click()
        await expect(table.get_by_text("On the table:")).to_be_visible()
        await expect(table.get_by_text("has not answered").first).to_be_visible()
        clause = seoul.view["plan"][1]
        option = clause["options"][0]["id"]
        await seoul.ask("ProposeJoint", joint=clause["id"], text="as written", option=option)
        await table.get_by_role("button", name=re.compile("^Consent to version")).click()
        dialog = tokyo.page.get_by_role("dialog")
        await dialog.get_by_label("Caveat in your own words").fill("Only in daylight")
        assert not await faults(tokyo.page, "consent")
        await tokyo.confirm("Consent")
        await expect(table.get_by_text("with the caveat: Only in daylight")).to_be_visible()
    assert not await faults(tokyo.page, "plan")
    await tokyo.page.set_viewport_size(ViewportSize(width=390, height=844))
    assert await sideways(tokyo.page) == []
