"""What comes over the wire to a page."""

import asyncio
import json

from playwright.async_api import Error, Page, Response, WebSocket


class Ear:
    """Everything that comes over the wire to a page."""

    def __init__(self, page: Page) -> None:
        self._frames: list[str] = []
        self._answers: list[asyncio.Task[str]] = []
        page.on("websocket", self._listen)
        page.on("response", lambda answer: self._answers.append(_kept(answer)))

    async def all(self) -> str:
        """All of it."""
        return "\n".join([*self._frames, *await asyncio.gather(*self._answers)])

    def writing(self) -> set[str]:
        """The rooms of which it was told that somebody writes there."""
        presences = [json.loads(frame).get("presence", {}) for frame in self._frames]
        return {room for presence in presences for room in presence.get("typing", {})}

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self._frames.append(str(frame)))


def _kept(answer: Response) -> "asyncio.Task[str]":
    async def body() -> str:
        try:
            return await answer.text()
        except (Error, UnicodeDecodeError):
            return ""  # a font, or a redirect

    return asyncio.create_task(body())
