"""Somebody at a screen: a browser of their own, and everything that goes wrong in it."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import BrowserContext, ConsoleMessage, Error, Locator, Page, expect

PATIENCE = 20_000
"""How long a busy machine may take to show something, in ms. Nobody waits for it in vain."""

expect.set_options(timeout=PATIENCE)


class Person:
    """A browser context with one page. `troubles` are the errors that its console has shown."""

    def __init__(self, name: str, context: BrowserContext, page: Page) -> None:
        self.name, self.context, self.page = name, context, page
        self.troubles: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        context.set_default_timeout(PATIENCE)
        context.on("page", self._watch)
        self._watch(page)

    async def goes(self, url: str) -> None:
        """Opens an address. A link of the same page is opened anew, as from a mail."""
        if self.page.url.partition("#")[0] == url.partition("#")[0]:
            await self.page.goto("about:blank")
        await self.page.goto(url)

    def expects(self, pattern: str) -> None:
        """Says that the console may show this, as when the network is cut on purpose."""
        self._expected.append(re.compile(pattern))

    async def pictures(self, folder: Path) -> list[str]:
        """Keeps a picture of every page, for whoever looks for the reason of a failure."""
        said = []
        for n, page in enumerate(self.context.pages):
            path = folder / f"{self.name}-{n}.png"
            try:
                await page.screenshot(path=path, timeout=5_000)
            except Error as error:
                said.append(f"no picture of {self.name}: {error.message.splitlines()[0]}")
            else:
                said.append(f"{self.name} saw {page.url.partition('#')[0]}: {path}")
        return said

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"{message.text} ({message.location.get('url', '')})")

    def _note(self, trouble: str) -> None:
        if not any(expected.search(trouble) for expected in self._expected):
            self.troubles.append(trouble)


Arrive = Callable[..., Awaitable[Person]]
"""Lets somebody sit down at a screen: a name, and what Playwright's `new_context` takes."""


async def sideways(page: Page) -> list[str]:
    """What is wider than its box, so that one would have to scroll sideways or not see it."""
    wide: list[str] = await page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll('body *')]
          .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
          .filter((each) => {
            const { overflowX, textOverflow, clipPath } = getComputedStyle(each)
            if (clipPath !== 'none') return false // only for screen readers
            const cut = overflowX !== 'visible' && textOverflow !== 'ellipsis'
            return cut || each === document.documentElement
          })
          .map((each) => `${each.tagName} ${each.textContent.trim().slice(0, 60)}`)"""
    )
    return wide


async def words_of(place: Locator) -> str:
    """What somebody reads there, in one line."""
    return " ".join((await place.inner_text()).split())
