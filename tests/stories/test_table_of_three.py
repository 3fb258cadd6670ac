"""Joint actions: three capitals, one text, and the consent of each."""

import pytest

from rules import commands as c
from rules.clock import MINUTE
from tests.stories.room import LEADERS, SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_text_is_agreed_once_every_capital_named_consents_to_it(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    room.send(TOKYO, c.ConsentJoint(meeting, 1))
    assert room.standing(meeting) == "open"
    room.send(SEOUL, c.ConsentJoint(meeting, 1))
    assert room.standing(meeting) == "agreed"
    room.end_turn()
    room.settle()
    for seat in (*LEADERS, "observer.public"):
        assert [result.item for result in room.results(seat)] == ["J-K01"]
    assert room.results(TOKYO)[0].text == "text of J-K01"
    assert room.results("observer.public")[0].text == "", "the words are the parties' own"


def test_who_is_not_named_does_not_know_of_it(room: Room) -> None:
    study = room.propose(TOKYO, "J-K04")
    assert [proposal.id for proposal in room.sees(SEOUL).table] == [study]
    assert room.sees(WASHINGTON).table == ()
    assert "J-K04" not in {card.id for card in room.sees(WASHINGTON).deck}
    assert room.refused(WASHINGTON, c.ConsentJoint(study, 1)).code == "unknown_proposal"
    assert room.refused(WASHINGTON, c.ProposeJoint("J-K04", "us too")).code == "unknown_joint"


def test_an_amended_text_needs_consent_anew(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    room.send(TOKYO, c.ConsentJoint(meeting, 1))
    room.send(SEOUL, c.AmendJoint(meeting, "a meeting, but in Seoul"))
    no = room.refused(TOKYO, c.ConsentJoint(meeting, 1))
    assert no.code == "old_version"
    assert "version 2" in no.say
    stands = {team: stand.stand for team, stand in room.sees(TOKYO).table[0].stands.items()}
    assert stands == {"washington": "open", "tokyo": "open", "seoul": "consents"}
    room.send(TOKYO, c.ConsentJoint(meeting, 2))
    room.send(WASHINGTON, c.ConsentJoint(meeting, 2))
    assert room.standing(meeting) == "agreed"


def test_an_agreed_text_that_is_amended_is_open_again(room: Room) -> None:
    meeting = room.agree("J-K01")
    room.send(TOKYO, c.AmendJoint(meeting, "with one word changed"))
    assert room.standing(meeting) == "open"
    room.end_turn()
    assert room.standing(meeting) == "lapsed"
    assert room.state.desk == ()


def test_amending_without_change_is_refused(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    assert room.refused(SEOUL, c.AmendJoint(meeting, "text of J-K01")).code == "same_text"


def test_a_refusal_takes_the_text_off_the_table_and_says_why(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    room.send(SEOUL, c.RefuseJoint(meeting, "not before the vote"))
    assert room.standing(meeting) == "refused"
    assert room.sees(TOKYO).table[0].stands["seoul"].reason == "not before the vote"
    assert room.refused(TOKYO, c.ConsentJoint(meeting, 1)).code == "table_closed"
    assert room.points(WASHINGTON) == 5, "the proposer has its points back"


def test_points_are_put_behind_a_text_when_a_capital_consents(room: Room) -> None:
    warning = room.propose(TOKYO, "J-M01")
    assert (room.points(TOKYO), room.points(SEOUL)) == (3, 5)
    room.send(SEOUL, c.ConsentJoint(warning, 1))
    assert room.points(SEOUL) == 3
    room.send(SEOUL, c.WithdrawConsent(warning))
    assert room.points(SEOUL) == 5
    room.send(TOKYO, c.WithdrawConsent(warning))
    assert room.standing(warning) == "withdrawn"
    assert room.points(TOKYO) == 5


def test_the_proposer_may_take_back_what_was_agreed(room: Room) -> None:
    meeting = room.agree("J-K01")
    room.send(WASHINGTON, c.WithdrawConsent(meeting))
    assert room.standing(meeting) == "withdrawn"
    assert [room.points(seat) for seat in LEADERS] == [5, 5, 5]
    assert room.refused(TOKYO, c.ConsentJoint(meeting, 1)).code == "table_closed"


def test_an_ally_that_takes_its_consent_back_opens_the_text_again(room: Room) -> None:
    meeting = room.agree("J-K01")
    assert room.refused(SEOUL, c.RefuseJoint(meeting, "no")).instead.startswith("Take your consent")
    room.send(SEOUL, c.WithdrawConsent(meeting))
    assert room.standing(meeting) == "open"
    assert room.refused(SEOUL, c.WithdrawConsent(meeting)).code == "no_consent"
    room.send(SEOUL, c.ConsentJoint(meeting, 1))
    assert room.standing(meeting) == "agreed"


def test_what_is_promised_to_allies_cannot_be_spent_alone(room: Room) -> None:
    room.agree("J-M01")
    room.order(TOKYO, "JP-K02")
    assert room.points(TOKYO) == 1
    no = room.refused(TOKYO, c.CommitOrder("JP-M04", "too dear now"))
    assert no.code == "over_budget"


def test_who_has_spent_its_points_cannot_consent_nor_amend(room: Room) -> None:
    """Amending is consenting: it takes what consenting takes."""
    meeting = room.propose(WASHINGTON, "J-K01")
    for action in ("JP-K02", "JP-M04", "JP-K01"):
        room.order(TOKYO, action)
    assert room.points(TOKYO) == 0
    assert room.refused(TOKYO, c.ConsentJoint(meeting, 1)).code == "over_budget"
    assert room.refused(TOKYO, c.AmendJoint(meeting, "for nothing")).code == "over_budget"
    assert room.points(TOKYO) == 0


def test_a_text_costs_what_it_cost_when_it_was_tabled(room: Room) -> None:
    """The table Washington has set makes the next meeting cheaper, not one already agreed."""
    room.given(flags={"table_set": True})
    room.agree("J-K01")
    assert room.points(TOKYO) == 5
    room.order(TOKYO, "JP-K02")
    room.order(TOKYO, "JP-K01")
    room.end_turn()
    room.settle()
    assert room.state.flags["table_set"] is False
    room.send(LEAD, c.OpenTurn())
    assert room.points(TOKYO) == 7, "five, and the two that were left"


def test_there_is_one_text_for_a_joint_action(room: Room) -> None:
    room.propose(WASHINGTON, "J-K01")
    no = room.refused(SEOUL, c.ProposeJoint("J-K01", "our own draft"))
    assert no.code == "on_table"
    offer = room.sees(SEOUL).offers["J-K01"]
    assert offer.no is not None
    assert offer.no.code == "on_table"


def test_a_joint_action_is_used_up(room: Room) -> None:
    room.agree("J-K04")
    assert room.sees(TOKYO).offers["J-K04"].uses_left == 0
    room.end_turn()
    room.settle()
    room.send(LEAD, c.OpenTurn())
    assert room.refused(SEOUL, c.ProposeJoint("J-K04", "again")).code == "used_up"


def test_needs_hold_at_consent_too(room: Room) -> None:
    room.given({"trust.tokyo_seoul": 45, "trust.seoul_tokyo": 45, "history.heat": 40})
    declaration = room.propose(TOKYO, "J-K03")
    room.given({"history.heat": 60})
    assert room.refused(SEOUL, c.ConsentJoint(declaration, 1)).code == "needs"


def test_a_text_lapses_at_its_own_minute_however_late_the_timer(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01", minutes=5)
    assert room.sees(TOKYO).table[0].deadline == room.state.clock.read(room.at) + 5 * MINUTE
    no = room.refused(TOKYO, c.ConsentJoint(meeting, 1), wait=5 * MINUTE)
    assert no.code == "table_closed"
    assert room.standing(meeting) == "lapsed"
    assert room.points(WASHINGTON) == 5


def test_a_text_with_more_time_than_the_turn_lapses_with_the_turn(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01", minutes=60)
    assert room.sees(TOKYO).table[0].deadline == room.state.deadline
    room.end_turn()
    assert room.standing(meeting) == "lapsed"


def test_a_text_lives_as_long_as_the_turn_though_that_is_extended(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    room.send(LEAD, c.ExtendTurn(10))
    assert room.sees(TOKYO).table[0].deadline == room.state.deadline
    room.pass_minutes(28)
    assert room.standing(meeting) == "open"
    room.send(TOKYO, c.ConsentJoint(meeting, 1))
    room.send(SEOUL, c.ConsentJoint(meeting, 1))
    assert room.standing(meeting) == "agreed"


def test_a_turn_reopened_has_its_table_back(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    short = room.propose(TOKYO, "J-K04", minutes=2)
    refused = room.propose(SEOUL, "J-M02")
    room.send(TOKYO, c.RefuseJoint(refused, "no"))
    room.pass_minutes(3)
    room.end_turn()
    assert room.standing(meeting) == room.standing(short) == "lapsed"
    room.send(LEAD, c.ReopenTurn(5))
    assert room.standing(meeting) == "open"
    assert room.standing(short) == "lapsed", "it lapsed before the turn was closed"
    assert room.standing(refused) == "refused"
    room.send(TOKYO, c.ConsentJoint(meeting, 1))


def test_nothing_is_agreed_after_the_deadline(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    late = room.state.clock.wall(room.state.deadline) or 0
    no = room.refused(TOKYO, c.ConsentJoint(meeting, 1), wait=late + 1 - room.at)
    assert no.code == "late"


def test_only_the_seat_that_commits_consents(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    no = room.refused("tokyo.foreign", c.ConsentJoint(meeting, 1))
    assert no.code == "authority"
    assert "tokyo.leader" in no.say
    room.send(TOKYO, c.HandOver("tokyo.foreign"))
    room.send("tokyo.foreign", c.ConsentJoint(meeting, 1))
    assert room.sees(TOKYO).table[0].stands["tokyo"].seat == "tokyo.foreign"


def test_control_sees_who_blocks_and_since_when(room: Room) -> None:
    meeting = room.propose(WASHINGTON, "J-K01")
    put = room.state.clock.read(room.at)
    room.pass_minutes(3)
    room.send(TOKYO, c.ConsentJoint(meeting, 1))
    seen = room.sees(LEAD)
    waiting = {capital.team: capital.waiting_on for capital in seen.health}
    assert waiting == {"washington": (), "tokyo": (), "seoul": (meeting,)}
    assert seen.table[0].stands["seoul"].stand == "open"
    assert seen.table[0].stands["seoul"].at == put


def test_an_order_names_an_ally_where_the_action_asks_for_one_and_nobody_else(room: Room) -> None:
    for target in (None, "washington"):
        assert room.refused(WASHINGTON, c.CommitOrder("US-K02", "why", target)).code == "target"
    room.order(WASHINGTON, "US-K02", "seoul")
    assert room.refused(TOKYO, c.CommitOrder("JP-K01", "why", "seoul")).code == "no_target"
