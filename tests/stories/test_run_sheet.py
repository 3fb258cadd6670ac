"""The run sheet in control's hands: other times, other readers, other words."""

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.reckon import facts
from rules.seen import SheetSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

WORDS = {"en": "All quiet", "ja": "異状なし"}


@pytest.fixture
def room() -> Room:
    return Room()


def line(room: Room, inject: str) -> SheetSeen:
    """An inject on control's run sheet."""
    return next(line for line in room.sees(LEAD).sheet if line.inject == inject)


def test_a_deferred_inject_comes_at_its_new_minute(room: Room) -> None:
    room.send(LEAD, c.DeferInject("M-02", 1, 9))
    assert line(room, "M-02").due == room.state.opened + 9 * MINUTE
    room.pass_minutes(8)
    assert line(room, "M-02").status == "waiting"
    room.pass_minutes(1)
    assert line(room, "M-02").status == "released"


def test_a_deferred_inject_comes_in_its_new_turn(room: Room) -> None:
    room.send(LEAD, c.DeferInject("M-02", 2, 3))
    seen = line(room, "M-02")
    assert (seen.turn, seen.minute, seen.due, seen.deferred) == (2, 3, None, True)
    room.pass_minutes(20)
    assert line(room, "M-02").status == "waiting"
    room.go_to(2)
    assert line(room, "M-02").due == room.state.opened + 3 * MINUTE
    room.pass_minutes(3)
    assert line(room, "M-02").status == "released"


def test_an_inject_by_hand_is_given_a_time(room: Room) -> None:
    room.send(LEAD, c.DeferInject("H-01", 1, 6))
    room.pass_minutes(6)
    assert line(room, "H-01").status == "released"


def test_a_condition_is_tested_as_the_new_turn_opens(room: Room) -> None:
    conditional = next(
        name
        for name, inject in room.state.book.injects.items()
        if inject.trigger == "conditional" and inject.turn is None
    )
    assert line(room, conditional).armed is not None
    room.send(LEAD, c.DeferInject(conditional, 3, 2))
    assert line(room, conditional).armed is None
    room.go_to(2)
    assert line(room, conditional).armed is None
    room.go_to(3)
    assert line(room, conditional).armed is not None


@pytest.mark.parametrize(
    ("turn", "minute", "code"), [(0, 1, "no_turn"), (99, 1, "no_turn"), (1, 2, "past")]
)
def test_nothing_is_deferred_to_the_past(room: Room, turn: int, minute: int, code: str) -> None:
    room.pass_minutes(3)
    assert room.refused(LEAD, c.DeferInject("M-02", turn, minute)).code == code


def test_a_retargeted_inject_reaches_its_new_readers_alone(room: Room) -> None:
    room.send(LEAD, c.EditInject("H-01", WORDS, WORDS))
    room.send(LEAD, c.RetargetInject("H-01", ("tokyo",)))
    assert (line(room, "H-01").to, line(room, "H-01").retargeted) == (("tokyo",), True)
    room.send(LEAD, c.ReleaseInject("H-01"))
    assert room.inbox(TOKYO)[-1].text == WORDS
    for seat in (WASHINGTON, SEOUL, "observer.public"):
        assert all(got.title != WORDS for got in room.inbox(seat))
        whys = [change.why for change in room.feed(seat, "changes") if change.why]
        assert all(why.name != WORDS for why in whys)


def test_whoever_gets_an_inject_needs_words(room: Room) -> None:
    """Where each reader has a text of its own, nobody is added without one."""
    own = {"tokyo": {"en": "To Tokyo"}, "seoul": {"en": "To Seoul"}}
    room.send(LEAD, c.EditInject("H-01", WORDS, WORDS, {}))
    room.send(LEAD, c.RetargetInject("H-01", ("tokyo", "seoul")))
    room.send(LEAD, c.EditInject("H-01", WORDS, {}, own))
    no = room.refused(LEAD, c.RetargetInject("H-01", ("tokyo", "washington")))
    assert no.code == "no_text"
    assert "washington" in no.say
    room.send(LEAD, c.RetargetInject("H-01", ("tokyo",)))
    assert set(line(room, "H-01").variants) == {"tokyo"}


def test_each_capital_reads_the_text_edited_for_it(room: Room) -> None:
    own = {"tokyo": {"en": "To Tokyo"}}
    room.send(LEAD, c.RetargetInject("H-01", ("tokyo", "seoul")))
    room.send(LEAD, c.EditInject("H-01", WORDS, WORDS, own))
    room.send(LEAD, c.ReleaseInject("H-01"))
    assert (room.inbox(TOKYO)[-1].text, room.inbox(TOKYO)[-1].own) == ({"en": "To Tokyo"}, True)
    assert (room.inbox(SEOUL)[-1].text, room.inbox(SEOUL)[-1].own) == (WORDS, False)


def test_an_edit_keeps_to_readers_and_languages(room: Room) -> None:
    room.send(LEAD, c.RetargetInject("H-01", ("tokyo",)))
    edit = c.EditInject("H-01", WORDS, WORDS, {"seoul": WORDS})
    assert room.refused(LEAD, edit).code == "unknown_reader"
    edit = c.EditInject("H-01", WORDS, WORDS, {"tokyo": {"fr": "Rien"}})
    assert room.refused(LEAD, edit).code == "language"
    assert room.refused(LEAD, c.EditInject("H-01", WORDS, {})).code == "no_text"


def test_sensitive_injects_are_switched_off_for_a_game(room: Room) -> None:
    touchy = next(
        name
        for name, inject in room.state.book.injects.items()
        if inject.sensitive and inject.trigger == "hand"
    )
    room.send(LEAD, c.DeferInject(touchy, 1, 6))
    room.send(LEAD, c.SwitchSensitive(on=False))
    assert (line(room, touchy).off, line(room, touchy).due) == (True, None)
    assert room.refused(LEAD, c.ReleaseInject(touchy)).code == "switched_off"
    room.pass_minutes(7)
    assert line(room, touchy).status == "waiting"
    room.send(LEAD, c.SwitchSensitive(on=True))
    room.tick()
    assert line(room, touchy).status == "released"


def test_who_reads_a_sensitive_inject_is_told_that_it_is_one(room: Room) -> None:
    for inject in ("H-01", "H-07"):
        room.send(LEAD, c.ReleaseInject(inject))
    sheet = {inject: line(room, inject).sensitive for inject in ("H-01", "H-07")}
    assert sheet == {"H-01": True, "H-07": False}
    for seat in (TOKYO, "observer.public"):
        assert [item.sensitive for item in room.inbox(seat)[-2:]] == [True, False]


def test_a_mark_takes_other_words_and_keeps_its_moment(room: Room) -> None:
    room.send(LEAD, c.AddMark("first", "mood"))
    (mark,) = room.feed(LEAD, "marks")
    room.send("control.adjudicator", c.EditMark(mark.id, "better", "insight"))
    words = room.sees(LEAD).mark_words[mark.id]
    assert (words.text, words.tag) == ("better", "insight")
    assert room.feed(LEAD, "marks") == [mark]
    for seat in (TOKYO, "observer.tokyo"):
        assert room.sees(seat).mark_words == {}
    assert room.refused(LEAD, c.EditMark("m9", "none")).code == "unknown_mark"


def test_the_sheet_tells_what_an_inject_breaks_and_begins() -> None:
    (dead,) = [line for line in Room().sees(LEAD).sheet if line.inject == "M-21"]
    assert [(effect.does, effect.when) for effect in dead.effects[:2]] == [
        ("channel seoul+tokyo cut 0", "!clause.first_word.agreed"),
        ("channel seoul+tokyo+washington garbled 0", "!clause.first_word.agreed"),
    ]
    assert dead.effects[-1].does == "begin line_repair"


def moves(room: Room, inject: str, track: str) -> list[tuple[str, str, str | None, int | None]]:
    """What the sheet says an inject does to a track, case by case."""
    (effect,) = [each for each in line(room, inject).effects if each.does == track]
    return [(case.how, case.amount, case.when, case.now) for case in effect.cases]


def test_the_sheet_tells_in_which_case_a_track_moves_how_far_and_which_holds_now() -> None:
    room = Room()
    room.send(LEAD, c.ChangeTrack("msl.latency", 7, "a try"))
    assert moves(room, "M-12", "msl.casualties") == [
        ("by", "8", "msl.latency <= 5", None),
        ("by", "12", "msl.latency <= 8", 12),
        ("by", "16", None, None),
    ]
    room.send(LEAD, c.ChangeTrack("msl.latency", 5, "a try"))
    assert moves(room, "M-12", "msl.casualties")[0] == ("by", "8", "msl.latency <= 5", 8)
    (plain,) = [each for each in line(room, "M-01").effects if each.does == "nk.tension"]
    assert (plain.formula, [case.amount for case in plain.cases]) == ("", ["4"])


def test_the_sheet_calls_a_bound_on_a_track_a_bound() -> None:
    room = Room(document("sea"))
    assert moves(room, "S-07", "esc") == [("least", "3", None, 3)]


def test_the_sheet_tells_what_a_formula_without_cases_comes_to_now() -> None:
    ((how, amount, when, now),) = moves(Room(), "M-12", "public_safety")
    assert (how, when) == ("by", None)
    assert amount == "-8 + least(4, floordiv(plan, 15))"
    assert now == -8 + min(4, int(facts(Room().state)["plan"]) // 15)


def test_control_reads_why_it_skipped_an_inject_and_nobody_else_does(room: Room) -> None:
    room.send(LEAD, c.SkipInject("M-02", "the group is tired of it"))
    assert line(room, "M-02").why == "the group is tired of it"
    assert room.sees("control.adjudicator").sheet == room.sees(LEAD).sheet
    assert room.sees(WASHINGTON).sheet == ()
