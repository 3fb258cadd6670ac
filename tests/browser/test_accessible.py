"""axe-core finds nothing serious in any room, in light and in dark."""

import re

from playwright.async_api import expect

from tests.browser.axe import faults
from tests.browser.control import ControlRoom
from tests.browser.lobby import Lobby
from tests.browser.person import Arrive
from tests.browser.record import record
from tests.browser.review import Review
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator, Player, playing

PLACES = (
    "Inbox",
    "With Seoul",
    "Control",
    "Notes between capitals",
    "Brief",
    "Orders",
    "Joint table",
    "Results",
)


async def test_joining_and_the_seat_room(arrive: Arrive, facilitator: Facilitator) -> None:
    server = facilitator.server
    game = await facilitator.open("Axe: seat", scenario="missile")
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    other = await facilitator.seat(game, "seoul.leader")
    link = await facilitator.post(f"games/{game}/links", {"seat": "tokyo.leader"})
    person = await arrive("Tokyo")
    page, found = person.page, list[str]()
    person.expects("401|403|404")
    await person.goes(f"{server.address}/#no-such-link")
    await expect(page.get_by_role("alert")).to_be_visible()
    found += await faults(page, "a wrong link")
    await person.goes(link["url"])
    await expect(page.get_by_role("dialog")).to_be_visible()
    found += await faults(page, "sitting down")
    room = await SeatRoom(person).enter(link["url"], "Aki")
    async with (
        playing(server, game, "control.lead", lead) as control,
        playing(server, game, "seoul.leader", other) as seoul,
    ):
        await control.ask("StartGame")
        await talk(seoul)
        await room.read("A rocket at Musudan-ri")
        await room.order("Drill the public warning chain", "Every minute counts.")
        orders = room.panel("Orders")
        await orders.get_by_role("button", name="Spell out what normalisation means").click()
        await room.propose("Trilateral meeting (TCOG)")
        found += await faults(page, "the whole seat room")
        for place in PLACES:
            await room.go(place)
            found += await faults(page, place, "main")
        await page.get_by_role("button", name=re.compile("Help$")).click()
        found += await faults(page, "help")
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
        await play_through(control)
        await room.go("Results")
        await expect(room.panel("Results")).to_contain_text("Every minute counts.")
        found += await faults(page, "results read out")
        await control.ask("DeclareEmergency", text="Leave by the main stairs.")
        await expect(page.get_by_role("alert").filter(has_text="EMERGENCY")).to_be_visible()
        found += await faults(page, "emergency")
    assert not found, "\n".join(found)


async def test_the_lobby_and_the_control_room(arrive: Arrive, facilitator: Facilitator) -> None:
    server = facilitator.server
    person = await arrive("facilitator")
    page, found = person.page, list[str]()
    lobby = await Lobby(person).enter(f"{server.address}/#{server.secret}")
    await expect(page.get_by_role("button", name="Open a game").first).to_be_visible()
    found += await faults(page, "lobby")
    await lobby.open("Short Warning", "Axe: control")
    await page.get_by_role("button", name="Make all links").click()
    await expect(lobby.seat("Tokyo", "Ministry of Defense")).to_contain_text("not used yet")
    found += await faults(page, "links")
    game = page.url.partition("game=")[2]
    tokyo = await facilitator.seat(game, "tokyo.leader")
    await page.get_by_role("link", name="Control room").click()
    control = ControlRoom(person)
    await expect(control.sheet).to_be_visible()
    found += await faults(page, "control before the start")
    await control.start()
    async with playing(server, game, "tokyo.leader", tokyo) as seat:
        await talk(seat)
        await seat.ask("CommitOrder", action="JP-M01", reason="There is no time to ask.")
        await seat.ask("SendConsult", to=["washington"], action="JP-M01", text="Too late.")
        await seat.ask("CommitOrder", action="JP-M07", reason="We need their radars.")
        await control.unfold("M-02")
        await control.panel("State").get_by_role("button", name="Public safety").click()
        await control.talk("Requests")
        found += await faults(page, "control in play")
        await control.press("New inject")
        await control.talk("Marks")
        found += await faults(page, "writing an inject")
        await control.press("Back to the run sheet")
    looks = control.panel("Teams").get_by_role("group", name="View as")
    await looks.get_by_role("button", name="Tokyo").click()
    await expect(control.panel("View as Tokyo")).to_contain_text("Inbox")
    found += await faults(page, "view as Tokyo")
    await control.press("Back to control")
    await control.press("End turn")
    await control.confirm("End turn")
    await expect(control.desk.get_by_role("heading", name="Need your ruling")).to_be_visible()
    found += await faults(page, "adjudication")
    await control.desk.get_by_role("button", name="Amend…").first.click()
    found += await faults(page, "a ruling")
    assert not found, "\n".join(found)


async def test_the_review(arrive: Arrive, facilitator: Facilitator) -> None:
    server = facilitator.server
    answer = await facilitator.http.post("/api/import", content=record())
    game = answer.raise_for_status().json()["id"]
    person = await arrive("facilitator")
    page, found = person.page, list[str]()
    await Lobby(person).enter(f"{server.address}/#{server.secret}")
    await page.goto(f"{server.address}/review/{game}")
    review = await Review(person).ready()
    course = await review.turn_to("Tracks and reasons")
    await course.get_by_role("button", name="Washington's trust in Tokyo").click()
    found += await faults(page, "tracks and reasons")
    for part in ("Who knew what when", "The room as it was", "End and discussion"):
        await review.turn_to(part)
        found += await faults(page, part)
    await review.turn_to("The room as it was")
    await review.choose("Eyes of", "Tokyo")
    found += await faults(page, "Tokyo's room as it was")
    assert not found, "\n".join(found)


async def test_the_board(arrive: Arrive, facilitator: Facilitator) -> None:
    server = facilitator.server
    game = await facilitator.open("Axe: board", scenario="missile")
    lead = (await facilitator.post(f"games/{game}/enter"))["token"]
    person = await arrive("projector", viewport={"width": 1920, "height": 1080})
    await Lobby(person).enter(f"{server.address}/#{server.secret}")
    await person.page.goto(f"{server.address}/board/{game}")
    async with playing(server, game, "control.lead", lead) as control:
        await control.ask("StartGame")
        await expect(person.page.get_by_text("A rocket at Musudan-ri")).to_be_visible()
        found = await faults(person.page, "board")
    assert not found, "\n".join(found)


async def talk(seat: Player) -> None:
    """Something to see in every room."""
    team = seat.view["me"]["team"]
    other = "tokyo" if team == "seoul" else "seoul"
    await seat.ask("SitDown", name="Min")
    await seat.ask("SendMessage", room="seoul+tokyo", text="Good morning.")
    await seat.ask("SendConsult", to=[other], text="We are about to act.")
    await seat.ask("AskControl", question="Is it fuelled?")


async def play_through(control: Player) -> None:
    """Closes the turn and reads out what the rules propose."""
    await control.ask("EndTurn")
    for result in control.view["desk"]:
        for ask in result["asks"]:
            await control.ask(
                "AnswerFinding", subject=result["subject"], finding=ask["finding"], answer=False
            )
    owed = [result["subject"] for result in control.view["desk"] if not result["settled"]]
    await control.ask("AcceptResults", subjects=owed)
    await control.ask("ReleaseResults")
