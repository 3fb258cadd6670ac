"""The white cell: its clock, its run sheet, its voices and its hand on the game."""

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.decide import HOUSE, decide
from rules.due import due
from rules.events import LineBranched, SeatVacated
from rules.refused import Refused
from rules.seen import SheetSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD

PLAYERS = (WASHINGTON, TOKYO, SEOUL)
ENGLISH, JAPANESE = "A rocket is being fuelled", "ロケットに燃料が注入されている"


@pytest.fixture
def room() -> Room:
    return Room()


def line(room: Room, inject: str) -> SheetSeen:
    """An inject on control's run sheet."""
    return next(line for line in room.sees(LEAD).sheet if line.inject == inject)


def titles(room: Room, seat: str) -> list[str]:
    return [got.title.get("en", "") for got in room.inbox(seat)]


def test_lunch_takes_no_exercise_time(room: Room) -> None:
    room.pass_minutes(3)
    room.send(LEAD, c.PauseClock("lunch"))
    before, waiting = room.sees(TOKYO).clock.elapsed, line(room, "M-02")
    room.at += 60 * MINUTE
    room.tick()
    room.order(TOKYO, "JP-K01")
    room.send(LEAD, c.ResumeClock())
    assert room.sees(TOKYO).clock.elapsed == before
    assert waiting.status == line(room, "M-02").status == "waiting"
    room.pass_minutes(1.5)
    assert line(room, "M-02").status == "released"


def test_play_goes_on_tomorrow_where_it_stood(room: Room) -> None:
    room.send(LEAD, c.PauseClock("until tomorrow"))
    left = room.state.deadline - room.state.clock.elapsed
    room.at += 20 * 60 * MINUTE
    assert due(room.state, room.at) == ()
    room.send(LEAD, c.ResumeClock())
    assert room.state.deadline - room.state.clock.read(room.at) == left


def test_a_pause_inside_the_minutes_of_an_inject_delays_it_by_no_more(room: Room) -> None:
    for _ in range(4):
        room.send(LEAD, c.PauseClock(), wait=30_000)
        room.send(LEAD, c.ResumeClock(), wait=7 * MINUTE)
    assert line(room, "M-02").status == "waiting"
    wall = room.state.clock.wall(room.state.opened + 4 * MINUTE)
    assert wall is not None
    room.at = wall - 1
    room.tick()
    assert line(room, "M-02").status == "waiting"
    room.at = wall
    room.tick()
    assert line(room, "M-02").status == "released"


def test_what_is_due_at_the_deadline_comes_out_before_the_turn_closes(room: Room) -> None:
    room.send(LEAD, c.SetAutomatic(on=True))
    room.pass_minutes(30)
    assert room.state.phase == "adjudication"
    assert line(room, "M-04").status == "released"
    closing = room.entries[-1].events
    assert [type(event).__name__ for event in closing].index("TurnClosed") > 0


def test_a_faster_clock_neither_skips_nor_doubles(room: Room) -> None:
    room.send(LEAD, c.SetRate(10_000))
    room.pass_minutes(0.1)
    room.send(LEAD, c.SetRate(500))
    room.pass_minutes(8)
    assert titles(room, WASHINGTON).count(titles(room, WASHINGTON)[-1]) == 1
    assert line(room, "M-02").status == "released"


def test_a_rate_is_set_once(room: Room) -> None:
    assert room.send(LEAD, c.SetRate(4000)) is not None
    assert room.state.clock.rate == 4000
    assert room.send(LEAD, c.SetRate(4000)) is None


def test_an_extension_helps_whoever_was_late(room: Room) -> None:
    late = room.refused(TOKYO, c.CommitOrder("JP-K01", "slow"), wait=26 * MINUTE)
    assert late.code == "late"
    assert "extend" in late.instead
    room.send(LEAD, c.ExtendTurn(5))
    room.order(TOKYO, "JP-K01")


def test_a_branch_made_an_hour_later_stands_where_its_last_entry_stood(room: Room) -> None:
    room.send(TOKYO, c.SendMessage("tokyo", "the last entry of both"))
    stood = room.state.clock.read(room.at)
    room.at += 60 * MINUTE
    room.write(HOUSE, c.Branch("line", len(room.entries)))
    assert not room.state.clock.running
    assert room.state.stopped == "branch"
    room.send(LEAD, c.ResumeClock())
    assert room.state.clock.read(room.at) == stood
    assert line(room, "M-02").status == "waiting"


def test_an_absence_never_turns_the_clock_back_behind_what_happened(room: Room) -> None:
    alive = room.at
    room.send(TOKYO, c.SendMessage("tokyo", "said"), wait=30_000)
    said = room.state.clock.read(room.at)
    room.at += 60 * MINUTE
    room.write(HOUSE, c.NoticeAbsence(alive))
    assert room.state.clock.read(room.at) == said
    away = room.sees(TOKYO).now.away
    assert away is not None
    assert (away.since, away.ms) == (room.at - 60 * MINUTE, 60 * MINUTE)
    assert room.state.stopped == "outage"


def test_a_branch_keeps_its_dice_or_takes_new_ones_and_frees_the_seats_that_are_named(
    room: Room,
) -> None:
    for seat in (TOKYO, SEOUL):
        room.send(seat, c.SitDown("Ren"))
    salt, shared = room.state.salt, len(room.entries)
    branch = c.Branch("line", shared, title="What if", free=(TOKYO, "tokyo.foreign"))
    entry = room.write(HOUSE, branch)
    assert entry is not None
    freed = [event.seat for event in entry.events if isinstance(event, SeatVacated)]
    assert freed == [TOKYO], "nobody sat on the other"
    (begun,) = (event for event in entry.events if isinstance(event, LineBranched))
    assert (begun.parent, begun.entries, begun.salt) == ("line", shared, salt)
    assert room.state.title == "What if"
    room.write(HOUSE, c.Branch("line", shared, salt="other"))
    assert room.state.salt == "other"
    with pytest.raises(Refused) as refused:
        room.write(HOUSE, c.Branch("line", shared, shown=True))
    assert refused.value.code == "dice_shown"
    room.write(HOUSE, c.Branch("line", shared, salt="third", shown=True))
    room.send(LEAD, c.EndGame("enough"))
    room.send(LEAD, c.OpenReview())
    with pytest.raises(Refused):
        room.write(HOUSE, c.Branch("line", shared))


def test_the_run_sheet_says_what_is_next_and_what_is_out(room: Room) -> None:
    assert line(room, "M-01").status == "released"
    upcoming = line(room, "M-02")
    assert (upcoming.status, upcoming.due) == ("waiting", room.state.opened + 4 * MINUTE)
    assert room.sees(TOKYO).sheet == ()


def test_an_inject_held_waits_for_control(room: Room) -> None:
    room.send(LEAD, c.HoldInject("M-02", hold=True))
    room.pass_minutes(10)
    assert line(room, "M-02").status == "held"
    assert line(room, "M-03").status == "released"
    room.send(LEAD, c.HoldInject("M-02", hold=False))
    room.tick()
    assert line(room, "M-02").status == "released"


def test_an_inject_skipped_never_comes(room: Room) -> None:
    room.send(LEAD, c.SkipInject("M-02", "they know already"))
    room.pass_minutes(10)
    assert line(room, "M-02").status == "skipped"
    assert room.refused(LEAD, c.ReleaseInject("M-02")).code == "inject_gone"


def test_the_run_sheet_keeps_why_an_inject_was_dropped(room: Room) -> None:
    room.send(LEAD, c.SkipInject("M-02", "no time for it"))
    assert line(room, "M-02").status == "skipped"
    assert room.state.sheet["M-02"].why == "no time for it"


def test_an_inject_reads_as_control_edited_it_in_every_language(room: Room) -> None:
    words = {"en": ENGLISH, "ja": JAPANESE}
    room.send(LEAD, c.EditInject("H-01", words, words))
    assert line(room, "H-01").edited
    room.send(LEAD, c.ReleaseInject("H-01"))
    got = room.inbox(TOKYO)[-1]
    assert (got.title, got.text) == (words, words)
    assert room.refused(LEAD, c.EditInject("H-01", words, words)).code == "inject_gone"


def test_the_reason_of_a_change_names_the_inject_as_it_was_sent(room: Room) -> None:
    """What an inject said before control edited it was never said to anybody."""
    prepared = line(room, "H-01").title
    room.send(LEAD, c.EditInject("H-01", {"en": ENGLISH}, {"en": ENGLISH}))
    room.send(LEAD, c.ReleaseInject("H-01"))
    for seat in (TOKYO, "observer.public", LEAD):
        whys = [change.why for change in room.feed(seat, "changes") if change.why]
        assert {"en": ENGLISH} in [why.name for why in whys]
        assert prepared not in [why.name for why in whys]


def test_control_sees_who_read_an_inject_and_players_do_not(room: Room) -> None:
    news = room.inbox(TOKYO)[0].id
    room.send("tokyo.foreign", c.ReadInject(news))
    assert room.sees(LEAD).inject_marks[news].readers == ("tokyo.foreign",)
    assert room.sees("tokyo.foreign").inject_marks[news].read
    assert news not in room.sees(TOKYO).inject_marks
    unread = {capital.team: capital.unread for capital in room.sees(LEAD).health}
    assert news not in unread["tokyo"]
    assert news in unread["seoul"]


def test_recall_takes_back_an_inject_and_all_it_did(room: Room) -> None:
    """Tracks, what rules made of it, flags and the map: as if it had not been."""
    room.send(LEAD, c.HoldInject("M-10", hold=True))
    for inject in ("H-01", "M-10", "M-07"):
        before = room.state
        room.send(LEAD, c.ReleaseInject(inject))
        assert room.state.tracks != before.tracks
        room.send(LEAD, c.RecallInject(inject, "too early"))
        assert room.state.tracks == before.tracks
        assert room.state.flags == before.flags
        assert room.state.assets == before.assets
        item = room.inbox(TOKYO)[-1].id
        assert room.sees(TOKYO).inject_marks[item].recalled == "too early"


def test_recall_leaves_alone_what_was_so_before(room: Room) -> None:
    room.given({"coord": 60}, flags={"strike_talk": True})
    room.send(LEAD, c.ReleaseInject("M-10"))
    room.send(LEAD, c.RecallInject("M-10", "too early"))
    assert room.state.flags["strike_talk"] is True


def test_what_has_been_read_is_not_recalled(room: Room) -> None:
    room.send(LEAD, c.ReleaseInject("H-07"))
    room.send("seoul.adviser", c.ReadInject(room.inbox(SEOUL)[-1].id))
    no = room.refused(LEAD, c.RecallInject("H-07", "too late"))
    assert (no.code, no.instead) == ("read", "Send a correction instead.")


READERS = {
    "all": {*PLAYERS, "tokyo.foreign", "seoul.foreign", "observer.public", "observer.tokyo"},
    "tokyo": {TOKYO, "tokyo.foreign", "observer.tokyo"},
    "tokyo.foreign": {"tokyo.foreign"},
}


@pytest.mark.parametrize("to", READERS)
def test_an_inject_written_on_the_spot_reaches_whom_it_names(room: Room, to: str) -> None:
    word = c.ComposeInject((to,), "Pyongyang", "cable", "A word to you", "Be careful.", "en")
    room.send("control.pyongyang", word)
    for seat in READERS["all"]:
        got = room.inbox(seat)
        if not seat.startswith("observer"):
            got += room.feed(seat, "personal")
        reached = any(inject.title == {"en": "A word to you"} for inject in got)
        assert reached == (seat in READERS[to])


def test_an_inject_written_on_the_spot_says_all_that_was_written(room: Room) -> None:
    room.go_to(2)
    word = c.ComposeInject(
        ("tokyo",), "Pyongyang", "cable", "A word to you", "Be careful.", "en", "moderate"
    )
    room.send("control.pyongyang", word)
    got = room.inbox(TOKYO)[-1]
    assert (got.sender, got.title, got.text) == (
        {"en": "Pyongyang"},
        {"en": "A word to you"},
        {"en": "Be careful."},
    )
    assert (got.method, got.confidence, got.turn) == ("cable", "moderate", 2)
    assert (got.at, got.sources) == (room.state.clock.read(room.at), ())
    assert room.state.feeds["inbox/control"][-1].by == "control.pyongyang"
    room.send(LEAD, word)
    assert len({inject.id for inject in room.inbox(TOKYO)}) == len(room.inbox(TOKYO))
    unknown = c.ComposeInject(("tokyo",), "Pyongyang", "cable", "Mot", "Attention.", "fr")
    assert room.refused(LEAD, unknown).code == "language"
    nobody = c.ComposeInject((), "Pyongyang", "cable", "A word", "Be careful.", "en")
    assert room.refused(LEAD, nobody).code == "nobody"


def test_a_word_to_one_seat_is_read_and_counted_there(room: Room) -> None:
    room.send(
        LEAD, c.ComposeInject(("tokyo.foreign",), "A friend", "phone", "Call me", "Now.", "en")
    )
    (call,) = room.feed("tokyo.foreign", "personal")
    assert call.to == ("tokyo.foreign",)
    unread = {capital.team: capital.unread for capital in room.sees(LEAD).health}
    assert call.id in unread["tokyo"]
    assert room.refused(TOKYO, c.ReadInject(call.id)).code == "unknown_inject"
    room.send("tokyo.foreign", c.ReadInject(call.id))
    assert room.sees("tokyo.foreign").inject_marks[call.id].read


@pytest.mark.parametrize("voice", ["pyongyang", "beijing", "media"])
def test_control_speaks_as_others(room: Room, voice: str) -> None:
    room.send(f"control.{voice}", c.SendMessage("control+tokyo", "We shall see.", voice))
    assert room.feed(TOKYO, "room/control+tokyo")[-1].voice == voice
    no = room.refused(TOKYO, c.SendMessage("control+tokyo", "So shall we.", voice))
    assert no.code == "right"
    unknown = c.SendMessage("control+tokyo", "Hm.", "paris")
    assert room.refused("control.pyongyang", unknown).code == "unknown_voice"


def test_a_question_is_answered_to_its_team_or_to_all(room: Room) -> None:
    room.send("tokyo.defence", c.AskControl("How many launchers?"))
    room.send("tokyo.defence", c.AskControl("Is the port open?"))
    first, second = room.sees(LEAD).requests
    room.send("control.adjudicator", c.AnswerRequest(first.id, "Six."))
    room.send(LEAD, c.AnswerRequest(second.id, "It is.", to_all=True))
    assert [asked.answer for asked in room.sees("tokyo.adviser").requests] == ["Six.", "It is."]
    assert [asked.answer for asked in room.sees(SEOUL).requests] == ["It is."]
    assert [first.question, second.question] == ["How many launchers?", "Is the port open?"]
    assert first.at < second.at < room.state.clock.read(room.at)
    assert room.refused(LEAD, c.AnswerRequest(first.id, "Seven.")).code == "already"


def test_control_moves_a_track_and_keeps_its_reason(room: Room) -> None:
    room.send(LEAD, c.ChangeTrack("coord", 55, "a good talk over lunch"))
    for seat in (TOKYO, LEAD):
        change = room.feed(seat, "changes")[-1]
        assert (change.track, change.after) == ("coord", 55)
        assert (change.why is not None) == (seat == LEAD)
    assert room.refused(LEAD, c.ChangeTrack("coord", 101, "more")).code == "out_of_range"


def test_the_right_to_commit_is_handed_on(room: Room) -> None:
    assert room.refused("tokyo.foreign", c.CommitOrder("JP-K01", "I may not")).code == "authority"
    room.send(TOKYO, c.HandOver("tokyo.foreign"))
    room.order("tokyo.foreign", "JP-K01")
    assert room.refused(TOKYO, c.CommitOrder("JP-K02", "not any more")).code == "authority"
    assert room.refused(TOKYO, c.HandOver("tokyo.leader")).code == "authority"
    room.send(LEAD, c.HandOver("tokyo.adviser"))
    assert room.sees("tokyo.adviser").me.authority == "tokyo.adviser"


def test_nobody_hands_on_anothers_right(room: Room) -> None:
    assert room.refused(SEOUL, c.HandOver("tokyo.foreign")).code == "authority"
    assert room.refused("control.media", c.HandOver("tokyo.foreign")).code == "authority"
    assert room.refused(LEAD, c.HandOver("observer.tokyo")).code == "unknown_seat"


def test_a_person_replaced_leaves_the_seats_work_to_the_next(room: Room) -> None:
    room.send(TOKYO, c.SitDown("Ren"))
    room.send(TOKYO, c.SendMessage("tokyo", "I must go"))
    order = room.order(TOKYO, "JP-K01")
    room.write(HOUSE, c.Vacate(TOKYO))
    assert room.sees(SEOUL).me.person is None
    seat = next(seat for seat in room.sees(SEOUL).roster.seats if seat.seat == TOKYO)
    assert seat.person is None
    room.send(TOKYO, c.SitDown("Kei"))
    assert room.sees(TOKYO).me.authority == TOKYO
    assert [sealed.id for sealed in room.sees(TOKYO).orders] == [order]
    room.send(TOKYO, c.WithdrawOrder(order))


def test_who_asks_for_a_free_seat_takes_it_from_nobody(room: Room) -> None:
    room.send(TOKYO, c.SitDown("Kei", if_free=True))
    asking = c.SitDown("A machine", if_free=True)
    with pytest.raises(Refused) as refused:
        decide(room.state, asking, seat=TOKYO, at=room.state.at, person="machine")
    assert refused.value.code == "seat_held"
    room.write(HOUSE, c.Vacate(TOKYO))
    room.send(TOKYO, asking)
    assert set(room.sees(SEOUL).roster.people.values()) >= {"A machine"}


def test_a_real_emergency_stops_play_until_control_says_so(room: Room) -> None:
    room.send("seoul.adviser", c.DeclareEmergency("fire alarm"))
    assert room.sees("observer.public").now.banner == "fire alarm"
    assert not room.state.clock.running
    assert room.state.stopped == "emergency"
    assert room.refused(TOKYO, c.DeclareEmergency("smoke")).code == "already"
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "quick")).code == "emergency"
    assert room.refused(LEAD, c.ResumeClock()).code == "emergency"
    assert room.refused("seoul.adviser", c.ClearEmergency()).code == "side"
    room.send(LEAD, c.ClearEmergency())
    assert not room.state.clock.running
    assert room.refused(LEAD, c.ClearEmergency()).code == "no_emergency"
    room.send(LEAD, c.ResumeClock())
    room.order(TOKYO, "JP-K01")


def test_an_emergency_while_the_clock_stands_leaves_why_it_stood(room: Room) -> None:
    room.send(LEAD, c.PauseClock("lunch"))
    room.send(TOKYO, c.DeclareEmergency("smoke"))
    assert room.state.stopped == "lunch"


def test_a_team_says_that_it_is_ready_and_may_take_it_back(room: Room) -> None:
    room.send(TOKYO, c.DeclareReady(ready=True))
    assert {each.team: each.ready for each in room.sees(LEAD).health} == {
        "washington": False,
        "tokyo": True,
        "seoul": False,
    }
    assert room.send(TOKYO, c.DeclareReady(ready=True)) is None, "it has been said"
    room.send(TOKYO, c.DeclareReady(ready=False))
    assert not room.state.ready


def test_no_turn_opens_in_an_emergency(room: Room) -> None:
    room.end_turn()
    room.send(LEAD, c.DeclareEmergency())
    assert room.refused(LEAD, c.ReopenTurn(5)).code == "emergency"
    room.settle()
    assert room.refused(LEAD, c.OpenTurn()).code == "emergency"
    assert not room.state.clock.running
    room.send(LEAD, c.ClearEmergency())
    room.send(LEAD, c.OpenTurn())


def test_marks_are_the_white_cells_own(room: Room) -> None:
    room.send("control.media", c.AddMark("Seoul told Tokyo first", "insight"))
    (mark,) = room.feed(LEAD, "marks")
    assert (mark.text, mark.at) == ("Seoul told Tokyo first", room.state.clock.read(room.at))
    assert (mark.seat, mark.tag, mark.turn) == ("control.media", "insight", 1)
    assert room.refused(TOKYO, c.AddMark("me too")).code == "side"


def test_the_words_on_a_mark_may_be_changed_and_its_moment_stays(room: Room) -> None:
    room.send("control.media", c.AddMark("Seoul told Tokyo first", "insight"))
    room.send(LEAD, c.AddMark("and Tokyo knew"))
    first, second = room.feed(LEAD, "marks")
    room.send(LEAD, c.EditMark(first.id, "Seoul told both", "turning point"))
    words = room.sees(LEAD).mark_words
    assert {id: (said.tag, said.text) for id, said in words.items()} == {
        first.id: ("turning point", "Seoul told both")
    }
    assert room.feed(LEAD, "marks") == [first, second]
    again = c.EditMark(first.id, "Seoul told both", "turning point")
    assert room.send(LEAD, again) is None, "nothing has changed"
    assert room.send(LEAD, c.EditMark(second.id, "and Tokyo knew")) is None
    assert room.refused(LEAD, c.EditMark("m9", "what?")).code == "unknown_mark"


def test_control_ends_the_game_with_a_word(room: Room) -> None:
    room.send(LEAD, c.EndGame("time for the hot wash"))
    finish = room.sees(TOKYO).finish
    assert finish is not None
    assert (finish.end, finish.note) == (None, "time for the hot wash")
    assert not room.state.clock.running
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "one more")).code == "phase"
    room.send(TOKYO, c.SendMessage("seoul+tokyo", "well played"))
    room.send(LEAD, c.AddMark("the last word"))


def test_others_aims_stay_secret_until_the_review(room: Room) -> None:
    room.send(LEAD, c.EndGame("time is up"))
    before = room.sees(TOKYO).finish
    assert before is not None
    assert {aim.team for aim in before.objectives} == {"tokyo"}
    assert set(before.points) == {"tokyo"}
    room.send(LEAD, c.OpenReview())
    after = room.sees(TOKYO).finish
    assert after is not None
    assert set(after.points) == {"washington", "tokyo", "seoul"}


def test_who_watches_says_nothing(room: Room) -> None:
    for command in (
        c.SendMessage("tokyo", "psst"),
        c.SitDown("Somebody"),
        c.DeclareEmergency(),
        c.AddMark(),
        c.AskControl("why?"),
    ):
        for seat in ("observer.public", "observer.tokyo", "observer.control"):
            assert room.refused(seat, command).code == "observer"
    assert room.sees("observer.tokyo").can == ()
