"""What a capital must not know never reaches its browser, in whatever frame or answer."""

import json
from typing import Any

from playwright.async_api import Page, expect

from tests.browser.ear import Ear
from tests.browser.person import Arrive
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator, Player, playing

Json = dict[str, Any]


class Signer:
    """Signs every text, so that it is known again wherever it turns up."""

    def __init__(self) -> None:
        self.secret: list[str] = []

    def __call__(self, where: str) -> str:
        self.secret.append(f"SECRET-{len(self.secret)}-{where}")
        return self.secret[-1]


async def test_a_page_never_receives_what_others_keep_from_it(
    arrive: Arrive, facilitator: Facilitator
) -> None:
    game = await facilitator.open("Secrets", scenario="missile")
    link = await facilitator.post(f"games/{game}/links", {"seat": "washington.leader"})
    seats = ("control.lead", "tokyo.leader", "seoul.leader")
    tokens = {seat: await facilitator.seat(game, seat) for seat in seats}
    person = await arrive("Washington")
    ear = Ear(person.page)
    room = await SeatRoom(person).enter(link["url"], "Robin")
    sign = Signer()
    server = facilitator.server
    async with (
        playing(server, game, "control.lead", tokens["control.lead"]) as control,
        playing(server, game, "tokyo.leader", tokens["tokyo.leader"]) as tokyo,
        playing(server, game, "seoul.leader", tokens["seoul.leader"]) as seoul,
    ):
        await do(control, "StartGame")
        await whisper(control, tokyo, seoul, sign)
        await do(tokyo, "SendMessage", room="seoul+tokyo+washington", text="OPEN-talk")
        await do(tokyo, "SendConsult", to=["washington"], text="OPEN-note")
        await room.go("All three capitals")
        await expect(room.messages).to_contain_text("OPEN-talk")
        await room.page.reload()
        await play_out(control)
        await do(seoul, "SendMessage", room="seoul+tokyo+washington", text="OPEN-after")
    await room.go("All three capitals")
    await expect(room.messages).to_contain_text("OPEN-after")

    wire = await ear.all()
    assert "OPEN-talk" in wire
    assert "OPEN-note" in wire
    assert "A rocket at Musudan-ri" in wire
    assert ear.writing() == {"seoul+tokyo+washington"}
    heard = wire + await room.page.content() + await kept_in(room.page)
    assert [each for each in sign.secret if each in heard] == []
    assert "What we will not see" not in heard, "an inject for Tokyo"
    assert "read it over the telephone" not in heard


async def whisper(control: Player, tokyo: Player, seoul: Player, sign: Signer) -> None:
    """All the ways in which words can pass between others."""
    await do(tokyo, "SitDown", name="Aki")
    await do(tokyo, "SendMessage", room="tokyo", text=sign("team"))
    await do(tokyo, "SendMessage", room="seoul+tokyo", text=sign("bilateral"))
    await do(tokyo, "SendMessage", room="control+tokyo", text=sign("to-control"))
    await do(control, "SendMessage", room="control", text=sign("back-channel"))
    await do(tokyo, "SendConsult", to=["seoul"], text=sign("note"))
    await do(tokyo, "AskControl", question=sign("question"))
    await control.until(lambda control: control.view["requests"])
    request = control.view["requests"][-1]["id"]
    await do(control, "AnswerRequest", request=request, text=sign("answer"))
    await do(control, "ReleaseInject", inject="M-03")
    await do(
        control,
        "ComposeInject",
        to=["tokyo"],
        sender=sign("sender")[:60],
        method="cable",
        title=sign("title"),
        text=sign("inject"),
        language="en",
    )
    await do(tokyo, "CommitOrder", action="JP-M02", reason=sign("order"))
    await do(seoul, "CommitOrder", action="ROK-K01", reason=sign("other-order"))
    await do(tokyo, "ProposeJoint", joint="J-K04", text=sign("joint"))
    proposal = tokyo.view["table"][0]["id"]
    await do(seoul, "RefuseJoint", proposal=proposal, reason=sign("refusal"))
    await do(control, "AddMark", text=sign("mark"))
    await tokyo.send({"typing": "tokyo"})
    await tokyo.send({"typing": "seoul+tokyo+washington"})


async def play_out(control: Player) -> None:
    """Closes the turn and reads out the results."""
    await do(control, "EndTurn")
    subjects = [result["subject"] for result in control.view["desk"]]
    await do(control, "AcceptResults", subjects=subjects)
    await do(control, "ReleaseResults")
    await do(control, "OpenTurn")


async def do(player: Player, type: str, **members: Any) -> None:
    """A command that must go through."""
    answer = await player.ask(type, **members)
    assert "ok" in answer, answer


async def kept_in(page: Page) -> str:
    """What the page keeps in the browser's storage."""
    stored: list[Json] = await page.evaluate("[{...localStorage}, {...sessionStorage}]")
    return json.dumps(stored)
