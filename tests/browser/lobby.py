"""The facilitator's lobby, and the links of a game."""

from playwright.async_api import Locator, Page, expect

from tests.browser.person import Person


class Lobby:
    """The shelf of scenarios, the games, and who gets which link."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def page(self) -> Page:
        """What the facilitator looks at."""
        return self.person.page

    @property
    def dialog(self) -> Locator:
        """The question on the screen."""
        return self.page.get_by_role("dialog")

    async def enter(self, url: str) -> "Lobby":
        """Opens the house link."""
        await self.person.goes(url)
        await expect(self.page.get_by_role("heading", name="Seminars")).to_be_visible()
        return self

    def game(self, title: str) -> Locator:
        """A game in the list."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.get_by_role("listitem").filter(has=heading)

    async def open(self, scenario: str, title: str, rooms: int = 1, bots: str = "") -> None:
        """Opens a game, or several parallel rooms of it, with bots for all capitals or without."""
        shelf = self.page.get_by_role("listitem").filter(
            has=self.page.get_by_role("heading", name=scenario, exact=True)
        )
        await shelf.get_by_role("button", name="Open a game").click()
        await self.dialog.get_by_role("textbox", name="Title").fill(title)
        await self.dialog.get_by_role("spinbutton", name="Parallel rooms").fill(str(rooms))
        await self.dialog.get_by_role("combobox", name="Bots for the capitals").select_option(bots)
        await self.dialog.get_by_role("button", name="Open a game").click()
        await expect(self.dialog).to_be_hidden()

    def seat(self, team: str, name: str) -> Locator:
        """A seat's line among the links."""
        lines = self.page.get_by_role("region", name=team, exact=True).get_by_role("listitem")
        return lines.filter(has=self.page.get_by_text(name, exact=True))

    async def link(self, team: str, name: str) -> str:
        """The link of a seat, read off the screen."""
        await self.seat(team, name).get_by_role("button", name="QR code").click()
        url = await self.dialog.get_by_text("/#").inner_text()
        await self.dialog.get_by_role("button", name="Close").click()
        await expect(self.dialog).to_be_hidden()
        return url
