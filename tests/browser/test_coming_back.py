"""Lid closed, network lost, server killed: everything is back, and nothing is doubled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.browser.lobby import Lobby
from tests.browser.person import Arrive
from tests.browser.program import Program
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator, playing

CUT = "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket connection to"
ORDER = "Drill the public warning chain"


class Line:
    """The wire of a page, on which frames can be kept from arriving."""

    def __init__(self) -> None:
        self.up, self.down = True, True

    async def lay(self, page: Page) -> None:
        """Puts itself between the page and the server."""
        await page.route_web_socket("**/api/play/**", self._connect)

    def _connect(self, socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda frame: server.send(frame) if self.up else None)
        server.on_message(lambda frame: socket.send(frame) if self.down else None)


@pytest.mark.parametrize("lost", ["question", "answer"])
async def test_a_reload_brings_everything_back(
    arrive: Arrive, facilitator: Facilitator, lost: str
) -> None:
    game = await facilitator.open("Reload", scenario="missile")
    room, control = await tokyo_at_work(arrive, facilitator, game)
    line = Line()
    await line.lay(room.page)
    await room.page.reload()
    await room.read("A rocket at Musudan-ri")
    await room.say("We have begun.", "Own team")
    await room.order(ORDER, "Every minute counts.")

    line.up, line.down = lost == "answer", False
    await room.go("With Seoul")
    await room.page.get_by_role("textbox", name="Message", exact=True).fill("In flight.")
    await room.page.keyboard.press("Enter")
    await expect(room.page.get_by_text("1 message not yet confirmed")).to_be_visible()
    if lost == "answer":
        await arrived(facilitator, game, control, "In flight.")
    line.up = line.down = True
    await room.page.reload()

    await room.go("With Seoul")
    await expect(room.messages.get_by_text("In flight.")).to_have_count(1)
    await expect(room.page.get_by_text("not yet confirmed")).to_have_count(0)
    await room.go("Own team")
    await expect(room.messages).to_contain_text("We have begun.")
    orders = await room.go("Orders")
    sealed = orders.get_by_role("region", name="Sealed orders")
    await expect(sealed.get_by_role("listitem")).to_have_count(1)
    await expect(sealed).to_contain_text("Every minute counts.")
    inbox = await room.go("Inbox")
    await expect(inbox).not_to_contain_text("not opened")
    await expect(room.page.get_by_text("Prime Minister's Office, Aki")).to_be_visible()
    said = await messages(facilitator, game, control)
    assert said.count("In flight.") == 1


async def test_a_lost_network_loses_nothing(arrive: Arrive, facilitator: Facilitator) -> None:
    game = await facilitator.open("Offline", scenario="missile")
    room, control = await tokyo_at_work(arrive, facilitator, game)
    room.person.expects(CUT)
    await room.go("All three capitals")
    seoul = await facilitator.seat(game, "seoul.leader")

    await room.person.context.set_offline(True)
    await expect(room.told("Connection lost, reconnecting")).to_be_visible()
    await room.page.get_by_role("textbox", name="Message", exact=True).fill("Said in a tunnel.")
    await room.page.keyboard.press("Enter")
    await expect(room.page.get_by_text("1 message not yet confirmed")).to_be_visible()
    async with playing(facilitator.server, game, "seoul.leader", seoul) as other:
        await other.ask("SendMessage", room="seoul+tokyo+washington", text="Said meanwhile.")
    await room.person.context.set_offline(False)

    await expect(room.messages.get_by_text("Said in a tunnel.")).to_have_count(1)
    await expect(room.messages.get_by_text("Said meanwhile.")).to_have_count(1)
    await expect(room.page.get_by_text("not yet confirmed")).to_have_count(0)
    assert (await messages(facilitator, game, control)).count("Said in a tunnel.") == 1


@pytest.fixture
def program(client: None, chromium_path: str, tmp_path: Path) -> Iterator[Program]:
    """A server of its own, already running."""
    program = Program(tmp_path)
    program.start()
    yield program
    program.kill()


async def test_a_killed_server_is_not_even_noticed_for_long(
    arrive: Arrive, program: Program
) -> None:
    lead = await arrive("facilitator")
    lobby = await Lobby(lead).enter(program.house)
    await lobby.open("Short Warning", "Killed")
    await lobby.page.get_by_role("button", name="Make all links").click()
    link = await lobby.link("Tokyo", "Prime Minister's Office")
    room = await SeatRoom(await arrive("Tokyo")).enter(link, "Aki")
    await room.say("Before.", "Own team")
    for person in (lead, room.person):
        person.expects(CUT)

    program.kill()
    await expect(room.told("Connection lost, reconnecting")).to_be_visible()
    await room.page.get_by_role("textbox", name="Message", exact=True).fill("Meanwhile.")
    await room.page.keyboard.press("Enter")
    await expect(room.page.get_by_text("1 message not yet confirmed")).to_be_visible()
    program.start()

    await expect(room.messages.get_by_text("Meanwhile.")).to_have_count(1)
    await expect(room.page.get_by_text("not yet confirmed")).to_have_count(0)
    await expect(room.messages.get_by_text("Before.")).to_have_count(1)
    await expect(lobby.seat("Tokyo", "Prime Minister's Office")).to_contain_text("here now")


async def tokyo_at_work(
    arrive: Arrive, facilitator: Facilitator, game: str
) -> tuple[SeatRoom, str]:
    """A game in its first turn, with Tokyo's leader at a screen; and control's session."""
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.leader"})
    control = await facilitator.seat(game, "control.lead")
    room = await SeatRoom(await arrive("Tokyo")).enter(link["url"], "Aki")
    async with playing(facilitator.server, game, "control.lead", control) as lead:
        await lead.ask("StartGame")
    await expect(room.page.get_by_text("Turn 1 of 7 · Fuel trucks")).to_be_visible()
    return room, control


async def arrived(facilitator: Facilitator, game: str, control: str, text: str) -> None:
    """Waits until the server has it."""
    async with playing(facilitator.server, game, "control.lead", control) as lead:
        await lead.until(lambda lead: text in str(lead.feeds))


async def messages(facilitator: Facilitator, game: str, control: str) -> list[str]:
    """Everything that was said in the game, as control reads it."""
    async with playing(facilitator.server, game, "control.lead", control) as lead:
        rooms = [feed for feed in lead.feeds if feed.startswith("room/")]
        return [item["text"] for feed in rooms for item in lead.feeds[feed]]
