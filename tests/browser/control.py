"""The control room, as the facilitator uses it."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.person import Person


class ControlRoom:
    """The white cell's room on a laptop. Everything is found by what it says."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @property
    def page(self) -> Page:
        """What the facilitator looks at."""
        return self.person.page

    @property
    def guide(self) -> Locator:
        """The line that says what to do next."""
        return self.page.get_by_role("status").filter(has_text="Next:")

    @property
    def dialog(self) -> Locator:
        """The question on the screen."""
        return self.page.get_by_role("dialog")

    @property
    def desk(self) -> Locator:
        """Where results are proposed."""
        return self.panel("Desk")

    @property
    def sheet(self) -> Locator:
        """The run sheet."""
        return self.panel("Run sheet")

    @property
    def notices(self) -> Locator:
        """What has just been said to be done."""
        return self.page.get_by_role("region", name="Notices")

    def guide_button(self, name: str | re.Pattern[str]) -> Locator:
        """The button beside that line."""
        beside = self.page.get_by_role("button", name=name)
        return self.guide.locator("..").get_by_role("button").and_(beside)

    def panel(self, title: str) -> Locator:
        """A panel by its title; how many things wait there follows the title."""
        return self.page.get_by_role("region", name=re.compile(rf"^{re.escape(title)}"))

    async def enter(self, url: str) -> "ControlRoom":
        """Opens the link of the seat."""
        await self.person.goes(url)
        await expect(self.sheet).to_be_visible()
        return self

    async def press(self, name: str) -> None:
        """Presses a button of the room by what it says."""
        await self.page.get_by_role("button", name=name, exact=True).first.click()

    async def more(self, name: str) -> None:
        """Does something that is seldom done, from behind the one button."""
        await self.page.locator("summary").filter(has_text="More").first.click()
        await self.page.get_by_text(name).first.click()

    async def confirm(self, verb: str, *, words: str | None = None) -> None:
        """Answers the question on the screen by doing it, with words where it wants some."""
        if words is not None:
            await self.dialog.get_by_role("textbox").first.fill(words)
        await self.dialog.get_by_role("button", name=verb, exact=True).click()
        await expect(self.dialog).to_be_hidden()

    async def start(self) -> None:
        """Starts the game."""
        await self.press("Start the game")
        await self.confirm("Start the game")
        await expect(self.page.get_by_text("Capitals at work")).to_be_visible()

    def line(self, inject: str) -> Locator:
        """A line of the run sheet, by its number."""
        number = self.page.get_by_text(inject, exact=True)
        return self.sheet.get_by_role("listitem").filter(has=number)

    def fold(self, title: str) -> Locator:
        """A part of the run sheet: what is next, on hold, released."""
        return self.sheet.get_by_role("region", name=title, exact=True)

    async def unfold(self, inject: str) -> Locator:
        """Opens a line of the run sheet, in whatever fold it is."""
        line = self.line(inject)
        if not await line.count():
            folds = self.sheet.get_by_role("heading", level=3).get_by_role("button")
            for fold in await folds.all():
                if await fold.get_attribute("aria-expanded") == "false":
                    await fold.click()
        head = line.get_by_role("button", name=re.compile(rf"^{inject}"))
        if await head.get_attribute("aria-expanded") != "true":
            await head.click()
        return line

    async def release(self, inject: str) -> None:
        """Releases a prepared inject."""
        line = await self.unfold(inject)
        await line.get_by_role("button", name="Release…").click()
        await self.confirm("Release")

    async def compose(self, to: str, title: str, text: str) -> None:
        """Writes an inject on the spot and releases it."""
        await self.press("New inject")
        form = self.panel("New inject")
        await form.get_by_role("group", name="To").get_by_role("button", name=to).click()
        await form.get_by_role("textbox", name="Title").fill(title)
        await form.get_by_role("textbox", name="Text").fill(text)
        await form.get_by_role("button", name=f"Release to {to}").click()
        await expect(self.sheet).to_be_visible()

    async def talk(self, tab: str) -> Locator:
        """Turns to the rooms, the requests or the marks."""
        await self.page.get_by_role("tab", name=re.compile(rf"^{tab}")).click()
        return self.page.get_by_role("tabpanel", name=re.compile(rf"^{tab}"))

    def result(self, name: str) -> Locator:
        """A proposed result on the desk, by its name."""
        return self.desk.get_by_role("listitem").filter(
            has=self.page.get_by_role("button", name=name)
        )

    async def amend(self, name: str, reason: str) -> None:
        """Rules another grade than the dice, whatever they said."""
        result = self.result(name)
        await result.get_by_role("button", name="Amend…").click()
        grades = self.dialog.get_by_role("group", name="Another grade")
        await grades.get_by_role("button", pressed=False).first.click()
        await self.confirm("Save the ruling", words=reason)
        await expect(result).to_contain_text("amended")

    async def accept_the_rest(self) -> None:
        """Accepts one by one what is not settled yet."""
        release = self.desk.get_by_role("button", name="Release results")
        accept = self.desk.get_by_role("button", name="Accept", exact=True)
        while left := await accept.count():
            await accept.first.click()
            await expect(accept).to_have_count(left - 1)
        await expect(release).to_be_enabled()
