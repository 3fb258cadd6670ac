"""A facilitator, three capitals and an observer, each at a screen, play a whole turn."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.control import ControlRoom
from tests.browser.lobby import Lobby
from tests.browser.person import Arrive, Person
from tests.browser.seat import SeatRoom
from tests.wire.playing import Running

Rooms = dict[str, SeatRoom]

PEOPLE = {
    "Washington": ("President's office", "Robin"),
    "Tokyo": ("Prime Minister's Office", "Aki"),
    "Seoul": ("Blue House", "Min"),
}
TELLS = {"Washington": "Tokyo", "Tokyo": "Seoul", "Seoul": "Washington"}
ORDERS: dict[str, dict[str, str | None]] = {
    "Washington": {
        "Leader's call to one ally": "Tokyo",
        "Pledge extended deterrence to both allies": None,
        "Give both allies the same launch data": None,
    },
    "Tokyo": {
        "Issue the destroy order and move the PAC-3 battery": None,
        "Drill the public warning chain": None,
        "Spell out what normalisation means": None,
    },
    "Seoul": {
        "Recognise the threat to Japan": None,
        "Assure Tokyo: engagement is not against Japan": None,
        "Open an inter-Korean channel": None,
    },
}
JOINT = "Combined tracking exercise without interception"


async def test_five_people_play_a_whole_turn(server: Running, arrive: Arrive) -> None:
    lead = await arrive("facilitator")
    links = await hand_out(Lobby(lead), f"{server.address}/#{server.secret}")
    rooms: Rooms = {}
    for team, (_, name) in PEOPLE.items():
        rooms[team] = await SeatRoom(await arrive(team)).enter(links[team], name)
    watching = await SeatRoom(await arrive("observer")).enter(links["Observer"])
    control = await start(lead)

    await asyncio.gather(*(read(room) for room in rooms.values()))
    await consult(rooms)
    await asyncio.gather(*(order(team, room) for team, room in rooms.items()))
    await agree(rooms)
    await expect_silence(watching)
    await asyncio.gather(*(report(room) for room in rooms.values()))

    await adjudicate(control)
    await asyncio.gather(*(read_results(team, room) for team, room in rooms.items()))
    await go_on(control, rooms)


async def hand_out(lobby: Lobby, house: str) -> dict[str, str]:
    """Opens a game, makes its links, and reads them off the screen."""
    await lobby.enter(house)
    await expect(lobby.page).to_have_url(re.compile(r"/$"))  # no secret stays in the address
    await lobby.open("Short Warning", "Five at once")
    await lobby.page.get_by_role("button", name="Make all links").click()
    seats = {team: seat for team, (seat, _) in PEOPLE.items()} | {"Observer": "Public observer"}
    return {team: await lobby.link(team, seat) for team, seat in seats.items()}


async def start(lead: Person) -> ControlRoom:
    """Goes into the control room, sees who is there, and starts."""
    await lead.page.get_by_role("link", name="Control room").click()
    control = ControlRoom(lead)
    await expect(control.guide).to_contain_text("Every capital has somebody.")
    await control.start()
    return control


async def read(room: SeatRoom) -> None:
    """Everybody reads the news with which the exercise opens."""
    news = await room.read("A rocket at Musudan-ri")
    await expect(news).to_contain_text("three-stage rocket upright on its pad")
    await expect(news).to_contain_text("All three capitals and the public have this.")


async def consult(rooms: Rooms) -> None:
    """Each capital tells another what it intends; that one reads it, the third does not."""
    for team, other in TELLS.items():
        await rooms[team].note(other, f"{team} is about to act.")
    for team, other in TELLS.items():
        notes = await rooms[other].go("Notes between capitals")
        await expect(notes).to_contain_text(f"{team} is about to act.")
        await expect(notes).not_to_contain_text(f"{TELLS[other]} is about to act.")


async def order(team: str, room: SeatRoom) -> None:
    """Three sealed orders, each with a reason."""
    for action, toward in ORDERS[team].items():
        await room.order(action, f"{team} has its reasons.", toward)
    await expect(room.panel("Sealed orders")).to_contain_text("3 of 3 orders sealed")


async def agree(rooms: Rooms) -> None:
    """Tokyo proposes, and the others consent to the same text."""
    await rooms["Tokyo"].propose(JOINT)
    for team in ("Washington", "Seoul"):
        await rooms[team].consent(JOINT)
    for room in rooms.values():
        await room.go("Joint table")
        await expect(room.proposal(JOINT)).to_contain_text("Agreed")


async def expect_silence(watching: SeatRoom) -> None:
    """The observer reads the public news, and finds nothing to send anything with."""
    await expect(watching.told("There is nothing to send from this seat.")).to_be_visible()
    await expect(watching.page.get_by_role("textbox")).to_have_count(0)
    news = await watching.read("A rocket at Musudan-ri")
    await expect(news).to_contain_text("three-stage rocket")
    places = watching.page.get_by_role("navigation", name="Places in this room")
    await expect(places).not_to_contain_text(re.compile("Orders|Own team|Notes"))
    sends = re.compile("Send|Seal|Ask|Report|Propose|Consent|Take the seat")
    await expect(watching.page.get_by_role("button", name=sends)).to_have_count(0)


async def report(room: SeatRoom) -> None:
    """Says that the capital is done."""
    await room.page.get_by_role("button", name="Report: done with this turn").click()
    await expect(room.told("You have reported that you are done.")).to_be_visible()


async def adjudicate(control: ControlRoom) -> None:
    """What needs no thought in one stroke; the rest by judgement; then out with it."""
    await expect(control.guide).to_contain_text("All capitals are ready")
    await control.press("End turn")
    await expect(control.desk.get_by_role("heading", name="Need your ruling")).to_be_visible()
    results = control.desk.get_by_role("button", expanded=False)
    await control.guide_button(re.compile(r"^Accept \d+$")).click()
    await expect(control.desk).not_to_contain_text("Follow from the rules")
    assert await results.count() >= 9

    call = control.result("Leader's call to one ally")
    await expect(call.get_by_role("button", name="Accept")).to_be_disabled()
    await call.get_by_role("button", name="No", exact=True).click()
    await call.get_by_role("button", name="Accept").click()
    await expect(call).to_contain_text("accepted")

    await control.amend("Open an inter-Korean channel", "The North answers, and names a price.")
    await control.accept_the_rest()
    await control.guide_button("Release results").click()
    await control.confirm("Release results")
    await expect(control.page.get_by_text("Results are out")).to_be_visible()


async def read_results(team: str, room: SeatRoom) -> None:
    """Each capital reads its own results, and of the others' only what concerns it."""
    results = await room.go("Results")
    for action in [*ORDERS[team], JOINT]:
        await expect(results.get_by_role("heading", name=action)).to_be_visible()
    if team == "Seoul":
        await expect(results).to_contain_text("The North answers, and names a price.")
        await expect(results).not_to_contain_text("Leader's call to one ally")
    await expect(results).to_contain_text(f"{team} has its reasons.")
    for other in PEOPLE.keys() - {team}:
        await expect(results).not_to_contain_text(f"{other} has its reasons.")


async def go_on(control: ControlRoom, rooms: Rooms) -> None:
    """The next turn opens on every screen."""
    await control.guide_button("Open the turn").click()
    await control.confirm("Open the turn")
    for room in rooms.values():
        await expect(room.page.get_by_text("Turn 2 of 7 · Window")).to_be_visible()
        await room.go("Orders")
        await expect(room.panel("Sealed orders")).to_contain_text("0 of 3 orders sealed")
