"""The review of a game, as it is used in the hot wash."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.person import Person


class Review:
    """One cursor over the whole game, and everybody's eyes."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def page(self) -> Page:
        """What the person looks at."""
        return self.person.page

    @property
    def line(self) -> Locator:
        """The line of time, with the cursor on it."""
        return self.page.get_by_role("slider", name="Position in the game")

    @property
    def why(self) -> Locator:
        """Why something moved."""
        return self.page.get_by_role("region", name=re.compile(r"^Why\?"))

    async def ready(self) -> "Review":
        """Waits until the whole game is there."""
        await self.at("^Entry ")
        await expect(self.page.get_by_text(re.compile(r"entr(y|ies) so far"))).to_have_count(0)
        return self

    async def entry(self) -> int:
        """The entry that the cursor is at."""
        said = await self.line.get_attribute("aria-valuetext") or ""
        return int(re.findall(r"\d+", said)[0])

    async def at(self, words: str) -> None:
        """Waits until the cursor stands where these words say."""
        await expect(self.line).to_have_attribute("aria-valuetext", re.compile(words))

    async def press(self, name: str) -> None:
        """Presses a button of the timeline."""
        timeline = self.page.get_by_role("region", name="Position in the game")
        await timeline.get_by_role("button", name=name, exact=True).click()

    async def choose(self, group: str, name: str) -> None:
        """Chooses one of a few, as whose eyes or which speed."""
        await self.page.get_by_role("group", name=group).get_by_text(name, exact=True).click()
        await self.ready()  # what other eyes saw may have to be fetched first

    async def turn_to(self, part: str) -> Locator:
        """Opens a part of the review."""
        await self.page.get_by_role("tab", name=part).click()
        return self.page.get_by_role("tabpanel", name=part)
