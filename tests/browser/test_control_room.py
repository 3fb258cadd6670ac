"""The control room: what the facilitator does there, and what capitals then see."""

import re
from typing import NamedTuple

import pytest
from playwright.async_api import expect

from tests.browser.control import ControlRoom
from tests.browser.person import Arrive, words_of
from tests.browser.seat import SeatRoom
from tests.wire.playing import Facilitator


class Table(NamedTuple):
    """A game in its first turn: control and Tokyo, each at a screen."""

    game: str
    control: ControlRoom
    tokyo: SeatRoom


@pytest.fixture
async def table(arrive: Arrive, facilitator: Facilitator) -> Table:
    """A game that has just begun."""
    game = await facilitator.open("Control room", scenario="missile")
    links = {
        seat: (await facilitator.post(f"games/{game}/links", {"seat": seat}))["url"]
        for seat in ("control.lead", "tokyo.leader")
    }
    tokyo = await SeatRoom(await arrive("Tokyo")).enter(links["tokyo.leader"], "Aki")
    control = await ControlRoom(await arrive("control")).enter(links["control.lead"])
    await control.start()
    return Table(game, control, tokyo)


async def test_injects_are_held_skipped_edited_recalled_and_written(table: Table) -> None:
    _, control, tokyo = table
    line = await control.unfold("M-02")
    await line.get_by_role("button", name="Hold", exact=True).click()
    await expect(control.fold("On hold")).to_contain_text("The other launchers")
    await control.line("M-02").get_by_role("button", name="Let go").click()
    await expect(control.fold("Next")).to_contain_text("The other launchers")

    line = await control.unfold("M-04")
    await line.get_by_role("button", name="Skip…").click()
    await control.confirm("Skip", words="Not with this group.")
    await expect(control.fold("Not used")).to_be_visible()
    line = await control.unfold("M-04")
    await expect(line).to_contain_text("Skipped: Not with this group.")
    await expect(control.fold("Next")).not_to_contain_text("A hint from the North")

    line = await control.unfold("M-03")
    await line.get_by_role("button", name="Edit…").click()
    english = control.dialog.get_by_role("group", name="English")
    await english.get_by_role("textbox", name="Title").fill("What nobody will see")
    await control.confirm("Keep these words")
    await expect(control.line("M-03")).to_contain_text("edited")
    await control.release("M-03")
    cable = (await tokyo.go("Inbox")).get_by_role("article").filter(has_text="What nobody will")
    await expect(cable).to_be_visible()

    await control.line("M-03").get_by_role("button", name="Recall…").click()
    await control.confirm("Recall", words="Sent to the wrong desk.")
    await expect(cable.get_by_text("Recalled", exact=True)).to_be_visible()
    await cable.get_by_role("button").click()
    await expect(cable).to_contain_text("Recalled by control: Sent to the wrong desk.")

    await control.release("M-13")  # which is Washington's
    await control.compose("Tokyo", "A trawler reports", "Something fell into the sea.")
    report = await tokyo.read("A trawler reports")
    await expect(report).to_contain_text("Something fell into the sea.")
    await expect(report).to_contain_text("only Tokyo has this")
    await expect(tokyo.panel("Inbox")).not_to_contain_text("Why did it fall there?")
    await expect(control.fold("Released")).to_contain_text("A trawler reports")


async def test_effects_are_read_as_a_person_would_say_them(table: Table) -> None:
    line = await table.control.unfold("M-12")
    await expect(line).to_contain_text("Harm done: +8 if Time to public warning ≤ 5; +12 if")
    await expect(line).to_contain_text("otherwise +16 (so it stands now)")
    await expect(line).not_to_contain_text("?")


async def test_lines_processes_and_the_content_note_are_looked_at_first(table: Table) -> None:
    control = table.control
    page, dialog = control.page, control.dialog
    await control.more("Pause a part, break a line")
    search = dialog.get_by_role("region", name="Under way")
    await search.get_by_role("button", name="Preview").last.click()
    await expect(search).to_contain_text("Search for the first stage would begin.")
    await search.get_by_role("button", name="Begin: Search for the first stage").click()
    await dialog.get_by_role("button", name="Change Tokyo–Seoul…").click()
    await dialog.get_by_role("combobox", name="The line").select_option("late")
    await dialog.get_by_role("spinbutton", name="How many minutes late").fill("4")
    lines = dialog.get_by_role("region", name="Lines between capitals")
    await lines.get_by_role("button", name="Preview").click()
    await expect(lines).to_contain_text("Line Tokyo–Seoul: late")
    await dialog.get_by_role("button", name="Set the line").click()
    await expect(dialog.get_by_role("button", name="Set the line")).to_have_count(0)
    await dialog.get_by_role("button", name="Close").click()
    underway = control.sheet.get_by_role("list", name="Under way, and out of order")
    await expect(underway).to_contain_text("Search for the first stage")
    await expect(underway).to_contain_text("Line Tokyo–Seoul: late")
    await expect(page.get_by_role("button", name="Tokyo–Seoul. The line: late.")).to_be_visible()

    await control.more("Leave out injects with a content note")
    await dialog.get_by_role("button", name="Preview").click()
    await expect(dialog).to_contain_text("M-05 House adopts")
    await control.confirm("Leave out injects with a content note")
    await expect(control.fold("On hold")).to_contain_text("House adopts")


async def test_what_was_read_is_not_recalled(table: Table) -> None:
    _, control, tokyo = table
    await control.release("M-03")
    await tokyo.read("What we will not see")
    line = control.line("M-03")
    await expect(line).to_contain_text("read by")
    await expect(line.get_by_role("button", name="Recall…")).to_be_disabled()
    why = "It has been read and cannot be recalled. Send a correction instead."
    await expect(line.get_by_role("paragraph").filter(has_text=why)).to_be_visible()


async def test_what_an_early_end_leaves_overdue_is_skipped_in_one_stroke(table: Table) -> None:
    control = table.control
    await control.press("End turn")
    await control.confirm("End turn")
    late = control.fold("Overdue").get_by_role("listitem")
    await expect(late.nth(1)).to_be_visible()
    left = await late.count()
    await control.press(f"Skip all {left} overdue…")
    await expect(control.dialog).to_contain_text("M-02")
    await control.confirm("Skip", words="The turn was short.")
    await expect(control.fold("Overdue")).to_have_count(0)
    await expect(control.notices).to_contain_text(f"{left} overdue injects skipped.")
    await expect(await control.unfold("M-02")).to_contain_text("Skipped: The turn was short.")


async def test_an_inject_that_answers_a_request_is_looked_at_first(table: Table) -> None:
    _, control, tokyo = table
    await tokyo.go("Control")
    await tokyo.page.get_by_role("textbox", name="Question to control").fill("What is unseen?")
    await tokyo.page.get_by_role("button", name="Ask", exact=True).click()
    requests = await control.talk("Requests")
    await requests.get_by_role("combobox", name="Answer with an inject").select_option("M-03")
    await requests.get_by_role("button", name="Release…").click()
    await expect(control.dialog).to_contain_text("Release M-03 “What we will not see” to Tokyo?")
    await control.confirm("Release")
    await expect(requests).to_contain_text("Tokyo was answered with “What we will not see”.")
    answered = "Answered: see “What we will not see” in the inbox."
    await expect(tokyo.panel("Requests for information")).to_contain_text(answered)


async def test_a_cell_is_offered_what_it_may_do(
    table: Table, arrive: Arrive, facilitator: Facilitator
) -> None:
    link = await facilitator.post(f"games/{table.game}/links", {"seat": "control.beijing"})
    beijing = await ControlRoom(await arrive("Beijing")).enter(link["url"])
    await expect(beijing.page.get_by_role("banner")).to_contain_text("Beijing cell")
    await expect(beijing.page.get_by_role("button", name="Authority…")).to_have_count(0)
    await expect(table.control.page.get_by_role("button", name="Authority…")).to_have_count(3)
    await table.control.press("Pause")
    await expect(beijing.guide).to_contain_text("For a colleague: The clock is stopped.")
    await beijing.press("New inject")
    form = beijing.panel("New inject")
    await expect(form).to_contain_text("Until somebody has read it the lead can recall it.")


async def test_whoever_observes_with_control_reads_who_is_in_each_room(
    table: Table, arrive: Arrive, facilitator: Facilitator
) -> None:
    link = await facilitator.post(f"games/{table.game}/links", {"seat": "observer.control"})
    watching = await SeatRoom(await arrive("observer")).enter(link["url"])
    places = watching.page.get_by_role("navigation", name="Places in this room")
    names = await places.get_by_role("button").all_inner_texts()
    assert {"Tokyo", "Tokyo–Seoul", "Control with Tokyo", "Control’s back channel"} <= set(names)
    assert len(set(names)) == len(names)
    await expect(await watching.go("Control’s back channel")).to_contain_text("Only control reads")


async def test_going_back_begins_with_the_question_from_where(table: Table) -> None:
    control = table.control
    async with control.page.context.expect_page() as opened:
        await control.more("Rewind, or what if")
    page = await opened.value
    asked = page.get_by_role("status").filter(has_text="From which moment shall the game go on?")
    await expect(asked).to_contain_text("Turn 1")
    await asked.locator("..").get_by_role("button", name="Go on from here…").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Everybody in the game goes on")


async def test_the_results_of_the_plan_phase_speak_of_the_plan_phase(
    arrive: Arrive, facilitator: Facilitator
) -> None:
    game = await facilitator.open("Plan", scenario="missile", plan_phase=True)
    link = await facilitator.post(f"games/{game}/links", {"seat": "control.lead"})
    control = await ControlRoom(await arrive("control")).enter(link["url"])
    await control.press("Start the game")
    await control.confirm("Start the game")
    await control.press("End the plan phase")
    await control.confirm("End the plan phase")
    await control.press("Release results")
    await expect(control.dialog).to_contain_text("the plan phase cannot be reopened")
    await expect(control.dialog).not_to_contain_text("turn")


async def test_requests_tracks_and_marks(table: Table) -> None:
    _, control, tokyo = table
    await tokyo.go("Control")
    await tokyo.page.get_by_role("textbox", name="Question to control").fill("Is it fuelled?")
    await tokyo.page.get_by_role("button", name="Ask", exact=True).click()
    await expect(control.guide).to_contain_text("Is it fuelled?")
    await control.guide_button("Answer").click()
    requests = control.page.get_by_role("tabpanel", name=re.compile("^Requests"))
    await requests.get_by_role("textbox", name="Answer").fill("By tonight, we think.")
    await requests.get_by_role("button", name="Answer Tokyo").click()
    await expect(tokyo.panel("Requests for information")).to_contain_text("By tonight, we think.")
    await expect(control.guide).not_to_contain_text("Is it fuelled?")

    safety = control.panel("State").get_by_role("listitem").filter(has_text="Public safety")
    await safety.get_by_role("button", name="Public safety").click()
    await safety.get_by_role("button", name="Change by hand…").click()
    await safety.get_by_role("spinbutton", name="New value").fill("55")
    change = safety.get_by_role("button", name="Change it")
    await expect(change).to_be_disabled()  # a reason is owed
    await safety.get_by_role("textbox", name="Reason").fill("Panic buying in Akita.")
    await change.click()
    await expect(safety).to_contain_text("Panic buying in Akita.")
    await tokyo.page.get_by_role("button", name="Public safety").click()
    await expect(tokyo.panel("Public safety")).to_contain_text("70 → 55")

    await control.page.keyboard.press("m")
    marks = control.page.get_by_role("tabpanel", name="Marks")
    await expect(marks.get_by_role("listitem")).to_have_count(1)
    await control.page.keyboard.type("Tokyo hesitated")
    await control.page.keyboard.press("Enter")
    await expect(marks.get_by_role("listitem").first).to_contain_text("Tokyo hesitated")


async def test_the_clock_stops_for_a_pause_and_for_an_emergency(
    table: Table, arrive: Arrive, facilitator: Facilitator
) -> None:
    game, control, tokyo = table
    link = await facilitator.post(f"games/{game}/links", {"seat": "observer.public"})
    watching = await SeatRoom(await arrive("observer")).enter(link["url"])
    timer = tokyo.page.get_by_role("timer")
    await control.press("Pause")
    await expect(tokyo.told("The exercise clock is stopped.")).to_be_visible()
    await expect(timer).to_contain_text("Paused")
    stopped = await timer.inner_text()
    await tokyo.say("We talk on.", "Own team")
    assert await timer.inner_text() == stopped
    await control.press("Resume")
    await expect(tokyo.told("The exercise clock is stopped.")).to_have_count(0)
    await control.press("+5")
    await expect(timer).to_contain_text(re.compile(r"(29|30):\d\d"))

    everybody = (control.person, tokyo.person, watching.person)
    await control.press("STOP PLAY")
    await control.confirm("STOP PLAY", words="Fire alarm. Use the main stairs.")
    banners = [each.page.get_by_role("alert").filter(has_text="EMERGENCY") for each in everybody]
    for banner in banners:
        await expect(banner).to_contain_text("Fire alarm. Use the main stairs.")
        await expect(banner).to_be_in_viewport()
    await control.press("Clear the emergency…")
    await control.confirm("Clear the emergency")
    for banner in banners:
        await expect(banner).to_have_count(0)
    await expect(tokyo.told("The exercise clock is stopped.")).to_be_visible()


async def test_the_facilitator_sees_exactly_what_tokyo_sees(table: Table) -> None:
    _, control, tokyo = table
    await control.release("M-03")
    await tokyo.read("What we will not see")
    await tokyo.read("A rocket at Musudan-ri")
    await tokyo.say("Between us.", "With Seoul")
    await tokyo.order("Drill the public warning chain", "Every minute counts.")
    await tokyo.page.reload()
    looks = control.panel("Teams").get_by_role("group", name="View as")
    await looks.get_by_role("button", name="Tokyo").click()
    screen = SeatRoom(control.person, control.panel("View as Tokyo"))

    for place in ("Inbox", "Results"):
        theirs = await words_of(await tokyo.go(place))
        await expect(await screen.go(place)).to_have_text(theirs, use_inner_text=True)
    for room in (tokyo, screen):
        await room.go("With Seoul")
    assert await words_of(screen.messages) == await words_of(tokyo.messages)
    tracks = "Where things stand"
    assert await words_of(screen.panel(tracks)) == await words_of(tokyo.panel(tracks))
    await expect(await screen.go("Brief")).to_contain_text("What only you know Secret, Tokyo")
    sealed = (await screen.go("Orders")).get_by_role("region", name="Sealed orders")
    await expect(sealed).to_contain_text("Every minute counts.")
    await expect(screen.root.get_by_role("button", name="Withdraw")).to_have_count(0)
    await control.press("Back to control")
    await expect(control.sheet).to_be_visible()


async def test_a_seat_is_watched_though_nobody_sits_there(table: Table) -> None:
    _, control, _ = table
    looks = control.panel("Teams").get_by_role("group", name="View as")
    await looks.get_by_role("button", name="Seoul").click()
    watched = control.panel("View as Seoul")
    screen = SeatRoom(control.person, watched)
    await expect(watched).to_contain_text("Asked of this seat: 1 message has not been opened yet.")
    await expect(await screen.go("Brief")).to_contain_text("Your task: Blue House")
    await expect(control.dialog).to_have_count(0)
    seats = watched.get_by_role("combobox", name="Whose seat")
    await seats.select_option("Ministry of National Defense")
    await expect(await screen.go("Brief")).to_contain_text("Your task: Ministry of National Def")
    await control.press("Back to control")
    await expect(control.panel("Teams")).to_contain_text("0 of 4 here")


async def test_what_control_was_writing_outlives_a_reload(table: Table) -> None:
    _, control, tokyo = table
    await tokyo.go("Control")
    await tokyo.page.get_by_role("textbox", name="Question to control").fill("Is it fuelled?")
    await tokyo.page.get_by_role("button", name="Ask", exact=True).click()
    begun = {"Rooms": ("Message", "We would say that"), "Requests": ("Answer", "By tonight")}
    for tab, (field, words) in begun.items():
        await (await control.talk(tab)).get_by_role("textbox", name=field).fill(words)
    await control.page.reload()
    for tab, (field, words) in begun.items():
        field_again = (await control.talk(tab)).get_by_role("textbox", name=field)
        await expect(field_again).to_have_value(words)
