"""What control would change by a ruling, an inject or by hand: looked at before it is done."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from rules import commands as c
from rules.clock import MINUTE
from rules.preview import preview
from rules.refused import Refused
from rules.seen import ForeseenInject, PreviewSeen
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.table import LEAD, document

QUIET, LOUD = "JP-M07", "JP-K01"
"""What its parties alone know, and what everybody does."""


@pytest.fixture
def room() -> Room:
    room = Room()
    room.order(TOKYO, LOUD)
    room.order(TOKYO, QUIET)
    room.end_turn()
    return room


def foreseen(room: Room, command: c.SeatCommand) -> PreviewSeen:
    return preview(room.state, command, LEAD, room.at)


# Rulings


def test_a_ruling_is_seen_before_it_is_made_and_nothing_happens(room: Room) -> None:
    subject, state = room.result_of(QUIET), room.state
    seen = foreseen(room, c.AmendResult(subject, "a try", None, {"coord": 9}))
    assert room.state is state
    assert seen.when == "results"
    assert seen.told == ("tokyo",)
    (coord,) = [move for move in seen.moves if move.track == "coord"]
    room.send(LEAD, c.AmendResult(subject, "a try", None, {"coord": 9}))
    room.settle_rest(subject)
    assert room.state.tracks["coord"] == coord.after


def test_it_says_who_would_see_a_track_and_who_only_guesses(room: Room) -> None:
    book = room.state.book
    hidden = next(n for n, track in book.tracks.items() if track.visible == "hidden")
    to = room.state.tracks[hidden] + (1 if room.state.tracks[hidden] < 50 else -1)
    seen = foreseen(room, c.ChangeTrack(hidden, to, "a try"))
    (move,) = seen.moves
    assert seen.when == "now"
    assert (move.seen, move.after) == (("control",), to)
    assert set(move.guessed) == set(book.tracks[hidden].estimates)
    public = foreseen(room, c.ChangeTrack("coord", 90, "a try"))
    assert "public" in public.moves[0].seen
    assert public.told == ()


def test_it_says_which_conditional_injects_it_would_arm_or_kill() -> None:
    room = Room()
    found: dict[bool, tuple[c.ChangeTrack, str]] = {}
    for track, shape in room.state.book.tracks.items():
        for to in {shape.min, shape.max} - {room.state.tracks[track]}:
            command = c.ChangeTrack(track, to, "a try")
            for line in foreseen(room, command).injects:
                if line.turn == 2:
                    found[line.becomes == "armed"] = command, line.inject
    assert found
    for armed, (command, inject) in found.items():
        assert (_armed(inject), _armed(inject, command)) == (not armed, armed)


def _armed(inject: str, command: c.SeatCommand | None = None) -> bool:
    """Whether the second turn finds a conditional inject to hold, if nothing else comes between."""
    room = Room()
    if command is not None:
        room.send(LEAD, command)
    state = room.state
    room.end_turn()
    room.settle()
    room.given(state.tracks, state.flags)
    room.send(LEAD, c.OpenTurn())
    return bool(room.state.sheet[inject].armed)


def test_no_throw_to_come_is_in_a_preview() -> None:
    """Two games of other luck foresee the same: what is to be thrown has no part in it."""
    seen = []
    for seed in ("5eed" * 16, "0dd5" * 16):
        room = Room(seed=seed)
        room.send(LEAD, c.SetStyle("matrix"))
        room.order(SEOUL, "ROK-K04")
        room.order(TOKYO, LOUD)
        room.end_turn()
        loud = room.result_of(LOUD)
        seen.append(foreseen(room, c.AmendResult(loud, "a try", None, {"coord": 4})))
        seen.append(foreseen(room, c.ChangeTrack("coord", 70, "a try")))
        with pytest.raises(Refused) as no:
            foreseen(room, c.RollArgument(room.result_of("ROK-K04")))
        assert no.value.code == "no_preview"
    assert seen[:2] == seen[2:]


@pytest.mark.parametrize("seat", [TOKYO, "observer.public", "observer.tokyo"])
def test_a_preview_is_controls_alone(room: Room, seat: str) -> None:
    for command in (
        c.ChangeTrack("coord", 70, "a try"),
        c.AmendResult(room.result_of(LOUD), "a try", None, {}),
        c.AmendRuling("r/x", "a try", None, {}),
        c.ReleaseInject("H-01"),
    ):
        with pytest.raises(Refused) as no:
            preview(room.state, command, seat, room.at)
        assert no.value.code in ("side", "observer")


# Injects


def with_a_spark() -> Mapping[str, Any]:
    """*Short Warning* with one inject that does everything, and those that hang on it."""
    scenario = deepcopy(dict(document()))
    injects = scenario["injects"]
    plain = {**injects["H-01"], "variants": {}, "effects": [], "sensitive": False}
    plain["text"] = plain["title"] = {"en": "Words"}
    scenario["flags"]["lit"] = {
        "name": {"en": "The spark"},
        "say": {"en": "It glows."},
        "visible": ["tokyo"],
    }
    fire = {"name": {"en": "The fire"}, "say": {"en": "It burns."}, "minutes": 7}
    scenario.setdefault("processes", {})["fire"] = {**fire, "over": "ashes", "visible": ["seoul"]}
    asset = next(iter(scenario["assets"]))
    injects["spark"] = {
        **plain,
        "to": ["all"],
        "text": {"en": "For all"},
        "variants": {"tokyo": {"en": "For Tokyo"}},
        "owed": {"by": ["seoul"], "minutes": 5},
        "effects": [
            {"change": {"coord": -4}, "set": {"lit": True}, "begin": ["fire"]},
            {"move": {asset: "pyongyang"}, "channels": {"seoul+tokyo": {"how": "cut"}}},
        ],
    }
    injects["ashes"] = {**plain, "to": ["seoul"]}
    injects["soon"] = {**plain, "trigger": "chained", "after": ["spark"], "minute": 3}
    injects["open"] = {**plain, "after": ["spark"]}
    second = [*scenario["turns"]][1]
    conditional = {**plain, "trigger": "conditional", "turn": second}
    injects["hot"] = {**conditional, "when": "flag.lit"}
    injects["cold"] = {**conditional, "when": "!flag.lit"}
    return scenario


@pytest.fixture
def sparks() -> Room:
    return Room(with_a_spark())


def becomes(seen: PreviewSeen) -> dict[str, ForeseenInject]:
    return {line.inject: line for line in seen.injects}


def test_of_an_inject_it_is_seen_what_it_does_and_who_would_see_it(sparks: Room) -> None:
    seen = foreseen(sparks, c.ReleaseInject("spark"))
    (coord,) = seen.moves
    assert (coord.track, coord.after - coord.before) == ("coord", -4)
    assert seen.told == ("public", "washington", "tokyo", "seoul")
    (flag,) = seen.flags
    assert (flag.flag, flag.after, flag.seen) == ("lit", True, ("tokyo", "control"))
    (process,) = seen.processes
    now = sparks.state.clock.read(sparks.at)
    assert (process.process, process.begins, process.over) == ("fire", True, "ashes")
    assert (process.due, process.seen) == (now + 7 * MINUTE, ("seoul", "control"))
    (channel,) = seen.channels
    assert (channel.room, channel.how) == ("seoul+tokyo", "cut")
    (asset,) = seen.assets
    assert asset.after == sparks.state.book.places["pyongyang"].name
    (owed,) = seen.owed
    assert (owed.team, owed.owes, owed.due) == ("seoul", True, now + 5 * MINUTE)


def test_of_an_inject_it_is_seen_who_reads_which_words(sparks: Room) -> None:
    seen = foreseen(sparks, c.ReleaseInject("spark"))
    told = {text.to: text.text for text in seen.reads}
    assert told == {
        ("public", "washington", "seoul"): {"en": "For all"},
        ("tokyo",): {"en": "For Tokyo"},
    }


def test_of_an_inject_it_is_seen_which_others_it_unlocks_arms_and_kills(sparks: Room) -> None:
    lines = becomes(foreseen(sparks, c.ReleaseInject("spark")))
    hanging = ("soon", "open", "hot", "cold")
    fare = [lines[inject].becomes for inject in hanging]
    assert fare == ["due", "unlocked", "armed", "killed"]
    assert lines["soon"].due == sparks.state.clock.read(sparks.at) + 3 * MINUTE
    assert lines["hot"].turn == 2
    assert not {"spark", "ashes"} & set(lines)


def test_what_waits_for_an_inject_that_is_dropped_is_cut_off(sparks: Room) -> None:
    lines = becomes(foreseen(sparks, c.SkipInject("spark")))
    assert {inject: line.becomes for inject, line in lines.items()} == {
        "soon": "cut",
        "open": "cut",
    }
    sparks.send(LEAD, c.SkipInject("spark"))
    with pytest.raises(Refused) as no:
        foreseen(sparks, c.ReleaseInject("spark"))
    assert no.value.code == "inject_gone"


def test_an_inject_that_is_dropped_is_seen_not_to_go_out(room: Room) -> None:
    due = Room()
    assert becomes(foreseen(due, c.SkipInject("M-02", "no time")))["M-02"].becomes == "stopped"
    lines = becomes(foreseen(due, c.SkipInject("M-05", "no time")))
    assert lines["M-05"].becomes == "killed", "its condition would have held as its turn opened"


def test_a_recall_is_seen_to_undo_what_the_inject_did(sparks: Room) -> None:
    sparks.send(LEAD, c.ReleaseInject("spark"))
    seen = foreseen(sparks, c.RecallInject("spark", "too early"))
    (coord,) = seen.moves
    assert coord.after - coord.before == 4
    assert [(flag.flag, flag.after) for flag in seen.flags] == [("lit", False)]
    assert [(each.process, each.begins, each.due) for each in seen.processes] == [
        ("fire", False, None)
    ]
    assert [(each.team, each.owes) for each in seen.owed] == [("seoul", False)]
    lines = becomes(seen)
    assert lines["soon"].becomes == lines["open"].becomes == "cut"
    assert (lines["hot"].becomes, lines["cold"].becomes) == ("killed", "armed")


def test_an_edited_inject_is_seen_as_it_would_go_out(sparks: Room) -> None:
    seen = foreseen(
        sparks, c.EditInject("spark", {"en": "T"}, {"en": "New"}, {"seoul": {"en": "For Seoul"}})
    )
    assert seen.when == "sent"
    assert {text.to: text.text for text in seen.reads} == {
        ("public", "washington", "tokyo"): {"en": "New"},
        ("seoul",): {"en": "For Seoul"},
    }
    assert [move.track for move in seen.moves] == ["coord"]


def test_a_retargeted_inject_is_seen_to_reach_others_alone(sparks: Room) -> None:
    seen = foreseen(sparks, c.RetargetInject("spark", ("tokyo", "washington.leader")))
    assert [text.to for text in seen.reads] == [("tokyo",), ("washington.leader",)]
    assert seen.told == ("tokyo",), "the reason why coordination fell"
    assert seen.owed == (), "Seoul would not receive it"


def test_what_is_written_on_the_spot_is_seen_with_its_readers(sparks: Room) -> None:
    seen = foreseen(sparks, c.ComposeInject(("seoul",), "Desk", "cable", "Title", "Text", "en"))
    (text,) = seen.reads
    assert (text.to, text.title, text.text) == (("seoul",), {"en": "Title"}, {"en": "Text"})
    assert (seen.moves, seen.injects, seen.told) == ((), (), None)


def test_before_the_crisis_an_edit_is_seen_by_its_words_alone() -> None:
    room = Room(with_a_spark(), plan_phase=True)
    seen = foreseen(room, c.EditInject("spark", {"en": "T"}, {"en": "New"}))
    assert [text.text for text in seen.reads] == [{"en": "New"}]
    assert (seen.moves, seen.processes) == ((), ())


def test_another_time_is_seen_to_move_what_was_due(sparks: Room) -> None:
    lines = becomes(foreseen(sparks, c.DeferInject("ashes", 1, 9)))
    assert (lines["ashes"].becomes, lines["ashes"].due) == (
        "due",
        sparks.state.opened + 9 * MINUTE,
    )
    sparks.send(LEAD, c.DeferInject("ashes", 1, 9))
    assert becomes(foreseen(sparks, c.DeferInject("ashes", 3)))["ashes"].becomes == "stopped"


# By hand


def test_a_process_and_a_channel_are_seen_before_they_are_touched(sparks: Room) -> None:
    (process,) = foreseen(sparks, c.StartProcess("fire")).processes
    assert (process.begins, process.over) == (True, "ashes")
    seen = foreseen(sparks, c.SetChannel("seoul+tokyo", "late", 4))
    (channel,) = seen.channels
    assert (channel.teams, channel.how, channel.minutes) == (("seoul", "tokyo"), "late", 4)
    assert seen.told == ()


def test_switching_off_what_carries_a_note_stops_what_was_to_come() -> None:
    scenario = deepcopy(dict(with_a_spark()))
    first = next(iter(scenario["turns"]))
    marked = {"sensitive": True, "trigger": "scheduled", "turn": first, "minute": 8}
    scenario["injects"]["ashes"] |= marked
    scenario["injects"]["hot"] |= {"sensitive": True, "when": "!flag.lit"}
    by_hand = {"sensitive": True, "trigger": "hand", "turn": None}
    scenario["injects"]["spark"] |= by_hand
    room = Room(scenario)
    lines = becomes(foreseen(room, c.SwitchSensitive(on=False)))
    assert lines["ashes"].becomes == "stopped"
    assert lines["hot"].becomes == "killed"
    assert lines["spark"].becomes == "off", "though it would not have gone out by itself"
    room.send(LEAD, c.SwitchSensitive(on=False))
    assert becomes(foreseen(room, c.SwitchSensitive(on=True)))["spark"].becomes == "on"


def test_it_says_which_answers_would_go_wrong_more_or_less_often() -> None:
    """Tokyo warns the public on a thin picture at its own risk; on a good one there is none."""
    room = Room()
    room.go_to(3)
    assert room.state.tracks["msl.warn"] < 40, "a thin picture"
    better = c.ChangeTrack("msl.warn", 60, "a good one")
    (mishap,) = foreseen(room, better).mishaps
    option = room.state.book.decisions["tokyo_warning"].options["alert_now"]
    assert (mishap.decision, mishap.option) == ("tokyo_warning", option.name)
    assert (mishap.before, mishap.after) == (6, 0), "4 or less, of thirty-six throws"
    room.send(LEAD, better)
    room.send(TOKYO, c.Choose("tokyo_warning", "alert_now", "Minutes count."))
    room.end_turn()
    (result,) = [each for each in room.sees(LEAD).desk if each.item == "tokyo_warning"]
    assert (result.dice, result.mishap) == (None, False)


def test_it_looks_at_the_answers_of_the_next_turn_once_this_one_is_closed() -> None:
    room = Room()
    room.go_to(2)
    assert room.state.tracks["msl.warn"] < 40, "a thin picture"
    better = c.ChangeTrack("msl.warn", 60, "a good one")
    assert not foreseen(room, better).mishaps
    room.end_turn()
    (mishap,) = foreseen(room, better).mishaps
    assert (mishap.decision, mishap.after) == ("tokyo_warning", 0)


def test_what_is_still_to_be_rolled_is_seen_by_its_chances(sparks: Room) -> None:
    """A track that a rule reads for every allied throw makes them likelier or not."""
    scenario = deepcopy(dict(document()))
    scenario["rules"]["R07"]["modifiers"] = [{"tags": ["allied"], "add": "coord / 25 - 2"}]
    room = Room(scenario)
    seen = foreseen(room, c.ChangeTrack("coord", 100, "a try"))
    assert seen.chances
    for chance in seen.chances:
        one, other = chance.before, chance.after
        assert one.great + one.ok + one.part + one.bad == 36
        assert other.great + other.ok + other.part + other.bad == 36
        assert other.bad < one.bad, "more coordination, and R07 helps"
    offers = room.sees(WASHINGTON).offers
    for chance in seen.chances:
        if chance.item in offers:
            assert offers[chance.item].chance is not None
