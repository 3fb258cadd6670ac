"""The room of a capital or an observer, as whoever sits there uses it."""

import re

from playwright.async_api import Locator, Page, expect

from tests.browser.person import Person


class SeatRoom:
    """A seat's room on a laptop. Everything is found by what it says.

    `inside` is where on the page it is, when it is not the whole page.
    """

    def __init__(self, person: Person, inside: Locator | None = None) -> None:
        self.person = person
        self.root: Locator = inside or person.page.locator("body")

    @property
    def page(self) -> Page:
        """What the person looks at."""
        return self.person.page

    @property
    def messages(self) -> Locator:
        """What has been said in the room that is open."""
        return self.root.get_by_role("log", name="Messages")

    async def enter(self, url: str, name: str | None = None) -> "SeatRoom":
        """Opens the link of the seat, and gives a name if the seat wants one."""
        await self.person.goes(url)
        if name is not None:
            await self.page.get_by_role("textbox", name="Name").fill(name)
            await self.page.get_by_role("button", name="Take the seat").click()
            await expect(self.page.get_by_role("dialog")).to_be_hidden()
        await expect(self.panel("Brief").or_(self.panel("Inbox"))).to_be_visible()
        return self

    def told(self, text: str) -> Locator:
        """The lines at the top: what is expected now, and how the connection is."""
        return self.page.get_by_role("status").filter(has_text=text)

    def panel(self, title: str) -> Locator:
        """A panel by its title; how many things wait there follows the title."""
        return self.root.get_by_role("region", name=re.compile(rf"^{re.escape(title)}"))

    async def go(self, place: str) -> Locator:
        """Goes to a place of the room, by the list at the left."""
        places = self.root.get_by_role("navigation", name="Places in this room")
        await places.get_by_role("button", name=re.compile(rf"^{re.escape(place)}")).click()
        return self.panel(place)

    async def read(self, title: str) -> Locator:
        """Opens something in the inbox; its text."""
        inbox = await self.go("Inbox")
        await inbox.get_by_role("button", name=title).click()
        return inbox.get_by_role("article").filter(has_text=title)

    async def say(self, text: str, room: str) -> None:
        """Says something in a room, with the keyboard."""
        await self.go(room)
        await self.page.get_by_role("textbox", name="Message", exact=True).fill(text)
        await self.page.keyboard.press("Enter")
        await expect(self.messages).to_contain_text(text)

    async def note(self, to: str, text: str) -> None:
        """Tells another capital what is intended."""
        notes = await self.go("Notes between capitals")
        await notes.get_by_role("checkbox", name=re.compile(to)).check()
        await notes.get_by_role("textbox", name="Note").fill(text)
        await notes.get_by_role("button", name="Send the note").click()
        await expect(notes.get_by_role("listitem").filter(has_text=text)).to_be_visible()

    async def order(self, action: str, reason: str, toward: str | None = None) -> None:
        """Seals an order, and tells first whoever expects it."""
        orders = await self.go("Orders")
        card = orders.get_by_role("article").filter(has=self.page.get_by_text(action, exact=True))
        await card.get_by_role("button", name=action).click()
        if toward is not None:
            await card.get_by_role("radio", name=re.compile(toward)).check()
        await card.get_by_role("textbox", name=re.compile("^Reason")).fill(reason)
        await card.get_by_role("button", name="Seal this order…").click()
        await self.confirm("Seal")
        sealed = orders.get_by_role("region", name="Sealed orders")
        await expect(sealed.get_by_role("listitem").filter(has_text=action)).to_be_visible()

    async def propose(self, action: str) -> None:
        """Puts a joint action on the table, in its standard words."""
        table = await self.go("Joint table")
        card = table.get_by_role("listitem").filter(has=self.page.get_by_text(action, exact=True))
        await card.get_by_role("button", name=action).click()
        await card.get_by_role("button", name="Put it on the table").click()
        await expect(self.proposal(action)).to_be_visible()

    async def consent(self, action: str) -> None:
        """Consents to what is on the table."""
        await self.go("Joint table")
        proposal = self.proposal(action)
        await proposal.get_by_role("button", name=re.compile("^Consent to version")).click()
        await self.confirm("Consent")

    def proposal(self, action: str) -> Locator:
        """A proposal on the table, by its name."""
        heading = self.page.get_by_role("heading", name=action)
        return self.panel("Joint table").get_by_role("article").filter(has=heading)

    async def confirm(self, verb: str) -> None:
        """Answers the question on the screen by doing it."""
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_role("button", name=verb, exact=True).click()
        await expect(dialog).to_be_hidden()
