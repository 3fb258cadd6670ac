"""The board on the projector: the public picture, in one look, and nothing else."""

from playwright.async_api import ViewportSize, expect

from tests.browser.ear import Ear
from tests.browser.lobby import Lobby
from tests.browser.person import Arrive, sideways
from tests.wire.playing import Facilitator, playing

PROJECTOR = ViewportSize(width=1920, height=1080)
SECRET = "SECRET-from-Tokyo"


async def test_the_board_shows_only_what_is_public(
    arrive: Arrive, facilitator: Facilitator
) -> None:
    server = facilitator.server
    game = await facilitator.open("On the wall", scenario="missile")
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    leader = await facilitator.seat(game, "tokyo.leader")
    person = await arrive("projector", viewport=PROJECTOR)
    lobby = await Lobby(person).enter(f"{server.address}/#{server.secret}")
    async with person.context.expect_page() as opened:
        await lobby.game("On the wall").get_by_role("link", name="Board").click()
    page = await opened.value
    await page.wait_for_load_state()
    ear = Ear(page)
    await page.reload()
    await expect(page.get_by_text("The exercise begins soon")).to_be_visible()

    async with (
        playing(server, game, "control.lead", lead) as control,
        playing(server, game, "tokyo.leader", leader) as tokyo,
    ):
        await control.ask("StartGame")
        await control.ask("ReleaseInject", inject="M-03")
        await tokyo.ask("SitDown", name="Aki")
        await tokyo.ask("SendMessage", room="seoul+tokyo+washington", text=SECRET)
        await tokyo.ask("SendConsult", to=["seoul"], text=SECRET)
        await tokyo.ask("CommitOrder", action="JP-M02", reason=SECRET)
        await control.ask("ReleaseInject", inject="M-06")
        await expect(page.get_by_text("False alarm")).to_be_visible()
        for words in ("Turn 1 of 7", "Fuel trucks", "Preparations for a launch", "coordination"):
            await expect(page.get_by_text(words).first).to_be_visible()
        await expect(page.get_by_text("EXERCISE.").first).to_be_visible()
        await expect(page.get_by_role("textbox")).to_have_count(0)
        assert await sideways(page) == []
        assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")

        heard = await ear.all() + await page.content()
        for secret in (SECRET, "What we will not see", "A deal that freezes only long-range"):
            assert secret not in heard

        await control.ask("DeclareEmergency", text="Leave by the main stairs.")
        banner = page.get_by_role("alert")
        await expect(banner).to_contain_text("STOP PLAY. REAL EMERGENCY.")
        await expect(banner).to_contain_text("Leave by the main stairs.")
