"""The rule book, rule by rule: given a situation, when something happens, then what it moves."""

import pytest
from msgspec.structs import replace

from rules import commands as c
from rules.adjudication import finished
from rules.dice import commitment
from rules.effects import Acting, Cause
from rules.events import TrackChanged
from rules.scenario import Capital, Effect
from tests.stories.room import SEOUL, TOKYO, WASHINGTON, Room
from tests.stories.scene import WHY, Scene
from tests.table import LEAD, SEED, Table, document


def test_r01_a_meeting_raises_coordination_more_where_it_is_low() -> None:
    low = Scene({"coord": 20, "tcog.level": 0}).on("meeting")
    high = Scene({"coord": 70, "tcog.level": 0}).on("meeting")
    assert low["R01", "coord"] == 6  # ceil(4 * 80 / 60)
    assert high["R01", "coord"] == 2


def test_r01_regular_meetings_are_worth_more() -> None:
    first = Scene({"coord": 40, "tcog.level": 0}).on("meeting")
    regular = Scene({"coord": 40, "tcog.level": 2}).on("meeting")
    assert regular["R01", "coord"] > first["R01", "coord"]
    assert first["R01", "tcog.level"] == 1


def test_r01_a_meeting_brings_the_lines_nearer() -> None:
    moved = Scene({"stance.tokyo": 90, "stance.seoul": 30}).on("meeting")
    assert moved["R01", "stance.tokyo"] < 0 < moved["R01", "stance.seoul"]


def test_r01_a_meeting_never_lowers_coordination() -> None:
    assert Scene({"coord": 100}).on("meeting").get(("R01", "coord"), 0) == 0


def test_r01_without_meetings_coordination_decays() -> None:
    moved = Scene({"tcog.gap": 4, "tcog.level": 2}).at_end_of_turn()
    assert moved["R01", "tcog.gap"] == 1
    assert moved["R01", "coord"] == -1
    assert moved["R01", "tcog.level"] == -1


@pytest.mark.parametrize("left_out", ["tokyo", "seoul"])
def test_r02_an_ally_not_told_loses_trust_in_the_actor(left_out: str) -> None:
    roles = {"actor": "washington", "left_out": left_out}
    moved = Scene().on("unconsulted", roles=roles, extra={"scale": 2})
    assert moved["R02", f"trust.{left_out}_washington"] == -4
    assert moved["R02", "coord"] == -2


def test_r02_a_late_note_that_names_the_red_line_halves_it() -> None:
    moved = Scene().on(
        "unconsulted",
        roles={"actor": "tokyo", "left_out": "seoul"},
        extra={"scale": 2},
        found={"red_line_named": True},
    )
    assert moved["R02", "trust.seoul_tokyo"] == -2
    assert moved["R02", "coord"] == -1


def test_r03_a_flare_up_hurts_the_offended_side_more() -> None:
    moved = Scene().flare_up("tokyo", 3)
    assert moved["R03", "trust.seoul_tokyo"] == -6  # 4 times severity 1.5
    assert moved["R03", "trust.tokyo_seoul"] == -3
    assert moved["R03", "history.heat"] == 18 // 2


def test_r03_a_declaration_halves_it() -> None:
    moved = Scene(flags={"declaration": True}).flare_up("tokyo", 4)
    assert moved["R03", "trust.seoul_tokyo"] == -4


def test_r03_a_joint_study_halves_disputes_on_details() -> None:
    plain = Scene(flags={"joint_history": True}).flare_up("tokyo", 4)
    detail = Scene(flags={"joint_history": True}).flare_up("tokyo", 4, details=True)
    assert detail["R03", "trust.seoul_tokyo"] == plain["R03", "trust.seoul_tokyo"] // 2


def test_r03_breaking_the_pledge_costs_double() -> None:
    plain = Scene().flare_up("seoul", 4)
    broken = Scene(flags={"pledge_broken": True}).flare_up("seoul", 4)
    assert broken["R03", "trust.tokyo_seoul"] == 2 * plain["R03", "trust.tokyo_seoul"]


def test_r03_a_flare_up_ends_the_leadership_window() -> None:
    scene = Scene(flags={"new_leadership": True})
    scene.flare_up("tokyo", 2)
    assert scene.flags["new_leadership"] is False


@pytest.mark.parametrize("criticised", ["tokyo", "seoul"])
def test_r04_a_verdict_on_history_costs_trust_and_mends_nothing(criticised: str) -> None:
    roles = {"actor": "washington", "other": criticised}
    moved = Scene().on("action", roles=roles, tags=("verdict",))
    assert moved["R04", f"trust.{criticised}_washington"] == -6
    assert moved["R04", "history.heat"] == 4
    assert ("R04", "trust.tokyo_seoul") not in moved
    assert ("R04", "trust.seoul_tokyo") not in moved


def test_r05_track_two_cools_history_and_risks_no_trust() -> None:
    moved = Scene().on("action", roles={"actor": "washington"}, tags=("track2",))
    assert moved["R05", "history.heat"] == -4
    assert not [track for rule, track in moved if rule == "R05" and track.startswith("trust")]


def test_r14_the_abduction_position_isolates_or_frees() -> None:
    roles = {"actor": "tokyo"}
    calibrated = Scene().on("action", roles=roles, tags=("abductions_calibrated",))
    first = Scene().on("action", roles=roles, tags=("abductions_first",))
    assert calibrated["R14", "tokyo_isolation"] < 0 < first["R14", "tokyo_isolation"]
    assert first["R14", "nk.compliance"] < 0 < calibrated["R14", "nk.compliance"]


@pytest.mark.parametrize(("trust", "gain"), [(60, 1), (59, None)])
def test_r15_a_strong_alliance_with_seoul_reassures_tokyo(trust: int, gain: int | None) -> None:
    scene = Scene({"trust.seoul_washington": trust, "trust.washington_seoul": 60})
    assert scene.at_end_of_turn().get(("R15", "trust.tokyo_seoul")) == gain


def test_r20_each_subject_of_the_agenda_counts_once() -> None:
    room = Room()
    room.given({"coord": 30})
    room.send(WASHINGTON, c.ProposeJoint("J-K01", "We meet", option="disasters"))
    proposal = room.state.proposals[-1].id
    for seat in (TOKYO, SEOUL):
        room.send(seat, c.ConsentJoint(proposal, 1))
    room.end_turn()
    room.settle()
    (read,) = (result for result in room.results(TOKYO) if result.item == "J-K01")
    by_rule = {
        change.why.rule: change.track
        for readout in room.state.feeds["results/tokyo"]
        for change in readout.changes
        if change.track == "coord"
    }
    assert by_rule["R20"] == "coord"
    assert {"trust.tokyo_seoul", "trust.seoul_tokyo"} <= {change.track for change in read.changes}
    assert room.sees(TOKYO).offers["J-K01"].closed == ("disasters",)
    room.send(LEAD, c.OpenTurn())
    again = c.ProposeJoint("J-K01", "We meet", option="disasters")
    assert room.refused(WASHINGTON, again).code == "needs"


def test_r22_working_through_beijing_untold_costs_more_than_any_other_step() -> None:
    roles = {"actor": "washington", "left_out": "tokyo"}
    extra = {"scale": 1}
    plain = Scene().on("unconsulted", roles=roles, extra=extra)
    through = Scene().on("unconsulted", roles=roles, extra=extra, tags=("outsourcing",))
    lost = through["R02", "trust.tokyo_washington"] + through["R22", "trust.tokyo_washington"]
    assert (plain["R02", "trust.tokyo_washington"], lost) == (-2, -3)


def test_r24_a_capital_has_to_work_on_all_three_pillars_itself() -> None:
    scene = Scene()
    for tag in ("healing", "alliance", "nk"):
        scene.on("action", roles={"actor": "tokyo"}, tags=(tag,))
        scene.state = replace(scene.state, flags={**scene.state.flags, **scene.flags})
    scores = finished(scene.state, "", None).scores
    assert [scores[name] for name in ("US-K24", "JP-K24", "ROK-K24")] == [False, True, False]


def test_r24_what_several_do_together_counts_for_each() -> None:
    scene = Scene()
    for tag in ("healing", "tcog", "nk"):
        scene.on("joint", tags=(tag,))
        scene.state = replace(scene.state, flags={**scene.state.flags, **scene.flags})
    scores = finished(scene.state, "", None).scores
    assert [scores[name] for name in ("US-K24", "JP-K24", "ROK-K24")] == [False, True, True]


def test_r24_to_stir_up_history_is_no_work_on_it() -> None:
    tags = {name: card.get("tags", ()) for name, card in document("missile")["actions"].items()}
    stirring = [name for name in tags if "irritant" in tags[name]]
    assert "ROK-K03" in stirring
    assert not any("healing" in tags[name] for name in stirring)


@pytest.mark.parametrize(("low", "recovered"), [(0, 6), (13, 3), (23, 1), (24, None), (60, None)])
@pytest.mark.parametrize("track", ["coord", "trust.seoul_tokyo", "trust.tokyo_washington"])
def test_r29_what_has_nearly_gone_comes_back_a_little(
    track: str, low: int, recovered: int | None
) -> None:
    moved = Scene({track: low}).at_end_of_turn()
    assert moved.get(("R29", track)) == recovered


@pytest.mark.parametrize(
    ("track", "at", "by", "moved"),
    [
        ("stance.tokyo", 60, 6, 6),
        ("stance.tokyo", 80, 6, 3),
        ("stance.seoul", 20, -6, -3),
        ("history.heat", 80, 6, 3),
        ("history.heat", 20, -6, -6),
    ],
)
def test_r29_the_nearer_the_wall_the_less_a_step_counts(
    track: str, at: int, by: int, moved: int
) -> None:
    acting = Acting(Scene({track: at}).state)
    acting.shift(track, by, Cause(why=WHY))
    assert acting.state.tracks[track] - at == moved


@pytest.mark.parametrize(("learning", "expected"), [(False, -3), (True, 1)])
def test_r06_one_ally_favoured_is_a_comparison_unless_framed_as_learning(
    learning: bool,  # noqa: FBT001 # a parameter of the story
    expected: int,
) -> None:
    roles = {"actor": "washington", "target": "tokyo", "other": "seoul"}
    moved = Scene({"trust.seoul_washington": 40}).on(
        "one_ally_favoured", roles=roles, found={"framed_as_learning": learning}
    )
    assert moved["R06", "trust.seoul_washington"] == expected


@pytest.mark.parametrize(("coord", "added"), [(20, -1), (34, -1), (35, 0), (60, 1), (80, 2)])
def test_r07_coordination_pays_on_allied_rolls(coord: int, added: int) -> None:
    assert Scene({"coord": coord}).modifiers("JP-K02").get("R07", 0) == added


@pytest.mark.parametrize(("gap", "tax"), [(30, 0), (49, 0), (50, -1), (70, -2)])
def test_r08_a_wide_gap_between_the_lines_taxes_coordination(gap: int, tax: int) -> None:
    scene = Scene({"stance.washington": 20, "stance.seoul": 20, "stance.tokyo": 20 + gap})
    assert scene.at_end_of_turn().get(("R08", "coord"), 0) == tax


@pytest.mark.parametrize(
    ("solidarity", "coord", "added"), [(50, 40, 0), (80, 70, 1), (80, 10, -1), (20, 90, -1)]
)
def test_r09_leverage_is_the_weaker_of_five_and_three(
    solidarity: int, coord: int, added: int
) -> None:
    scene = Scene({"solidarity5": solidarity, "coord": coord})
    assert scene.modifiers("US-M05").get("R09", 0) == added


@pytest.mark.parametrize(("consequences", "added"), [(60, 2), (50, 0), (40, -1)])
def test_r10_pressure_first_then_face(consequences: int, added: int) -> None:
    assert Scene({"consequences": consequences}).modifiers("US-M05").get("R10", 0) == added


def test_r10_pressure_without_a_way_out_for_two_turns_adds_tension() -> None:
    first = Scene({"pressure.turns": 0}, {"pressed_now": True}).at_end_of_turn()
    second = Scene({"pressure.turns": 1}, {"pressed_now": True}).at_end_of_turn()
    eased = Scene({"pressure.turns": 1}, {"pressed_now": True, "offramp": True}).at_end_of_turn()
    assert ("R10", "nk.tension") not in first
    assert second["R10", "nk.tension"] == 5
    assert ("R10", "nk.tension") not in eased


@pytest.mark.parametrize(
    ("rule", "team", "other"), [("R11", "seoul", "tokyo"), ("R12", "tokyo", "seoul")]
)
@pytest.mark.parametrize(("uses", "gain"), [(0, 4), (1, 2), (2, 0)])
def test_r11_and_r12_the_same_reassurance_wears_out(
    rule: str, team: str, other: str, uses: int, gain: int
) -> None:
    trust, home = f"trust.{other}_{team}", f"domestic.{team}"
    scene = Scene({trust: 30, home: 50})
    moved = scene.act(
        Effect(change={trust: 4, home: -3}),
        roles={"actor": team},
        tags=("reassure",),
        uses=uses,
    )
    assert moved.get((None, trust), 0) == gain, rule
    assert moved[None, home] == -3, "the price at home stays"


def test_r12_unclear_normalisation_doubles_what_the_forces_cost_in_seoul() -> None:
    effect = Effect(change={"trust.seoul_tokyo": -2})
    clear = Scene({"norm_clarity": 40}).act(effect, roles={"actor": "tokyo"}, tags=("sdf",))
    unclear = Scene({"norm_clarity": 20}).act(effect, roles={"actor": "tokyo"}, tags=("sdf",))
    assert clear[None, "trust.seoul_tokyo"] == -2
    assert unclear[None, "trust.seoul_tokyo"] == -4


def test_r13_tension_and_weak_coordination_pull_tokyo_toward_its_own_deterrent() -> None:
    bad = Scene({"nk.tension": 80, "coord": 30, "trust.tokyo_washington": 40}).at_end_of_turn()
    good = Scene({"nk.tension": 40, "coord": 70, "trust.tokyo_washington": 70}).at_end_of_turn()
    assert bad["R13", "unilateral"] == 3
    assert good["R13", "unilateral"] == -3


def test_r16_a_weak_alliance_lets_seoul_drift() -> None:
    weak = Scene({"trust.seoul_washington": 40, "tokyo_isolation": 70}).at_end_of_turn()
    strong = Scene({"trust.seoul_washington": 60, "coord": 70}).at_end_of_turn()
    assert weak["R16", "china_drift"] == 2
    assert strong["R16", "china_drift"] == -1


def test_r17_washingtons_neglect_costs_coordination() -> None:
    neglect = Scene().at_end_of_turn()
    attention = Scene(flags={"tri_now": True}).at_end_of_turn()
    assert neglect["R17", "coord"] == -1
    assert ("R17", "coord") not in attention


def test_r17_only_washingtons_own_trilateral_work_counts() -> None:
    for actor, counts in (("washington", True), ("tokyo", False)):
        scene = Scene()
        scene.on("action", roles={"actor": actor}, tags=("tri",))
        assert scene.flags.get("tri_now", False) is counts


def test_r18_a_weak_government_pays_more_for_concessions() -> None:
    assert Scene({"domestic.tokyo": 24}).price("JP-K02") == Scene().price("JP-K02") + 1
    assert Scene({"domestic.seoul": 24}).price("JP-K02") == Scene().price("JP-K02")


@pytest.mark.parametrize(("plan", "added"), [(29, 0), (30, 1), (60, 2), (90, 3)])
def test_r19_a_harmonised_plan_pays_in_the_crisis(plan: int, added: int) -> None:
    assert Scene({"plans.missile": plan}).modifiers("JP-M07").get("R19", 0) == added


def test_r21_new_leaders_have_a_window_of_two_turns() -> None:
    def window(turn: int, *, new: bool) -> int:
        return Scene(flags={"new_leadership": new}, turn=turn).modifiers("J-K03").get("R21", 0)

    assert window(1, new=True) == 1
    assert window(2, new=True) == 1
    assert window(3, new=True) == 0
    assert window(1, new=False) == 0


def test_r23_history_cools_slowly_if_left_alone() -> None:
    quiet = Scene({"history.heat": 40}).at_end_of_turn()
    heated = Scene({"history.heat": 40}, {"flared_now": True}).at_end_of_turn()
    calm = Scene({"history.heat": 27, "trust.tokyo_seoul": 40}).at_end_of_turn()
    assert quiet["R23", "history.heat"] == -2
    assert ("R23", "history.heat") not in heated
    assert calm["R23", "trust.tokyo_seoul"] == 1


def test_r26_tension_eases_by_itself() -> None:
    assert Scene({"nk.tension": 60}).at_end_of_turn()["R26", "nk.tension"] == -2


@pytest.mark.parametrize(("trust", "gain"), [(20, 6), (40, 6), (70, 3), (95, 1)])
def test_r27_trust_is_built_slowly_where_there_is_much(trust: int, gain: int) -> None:
    moved = Scene({"trust.tokyo_washington": trust}).act(
        Effect(change={"trust.tokyo_washington": 6})
    )
    assert moved[None, "trust.tokyo_washington"] == gain


def test_r27_losses_are_taken_in_full() -> None:
    moved = Scene({"trust.tokyo_washington": 95}).act(Effect(change={"trust.tokyo_washington": -6}))
    assert moved[None, "trust.tokyo_washington"] == -6


def telling(room: Room, seat: str, track: str, to: Capital) -> dict[str, int]:
    """What R28 moves when a seat's capital tells another of a track."""
    room.send(seat, c.ShareIntel(track, to))
    return room.moved("R28")


def test_r28_what_is_told_for_the_first_time_earns_a_little_trust_once_a_turn() -> None:
    room = Room()
    assert telling(room, TOKYO, "unilateral", "seoul") == {"trust.seoul_tokyo": 1}
    assert telling(room, TOKYO, "domestic.tokyo", "seoul") == {}
    room.go_to(2)
    assert telling(room, TOKYO, "unilateral", "seoul") == {}, "it has told that before"
    assert telling(room, TOKYO, "china_drift", "seoul") == {"trust.seoul_tokyo": 1}


def test_r28_trust_that_works_already_does_not_grow_by_being_told() -> None:
    room = Room()
    room.given({"trust.washington_tokyo": 60})
    assert telling(room, TOKYO, "unilateral", "washington") == {}


def test_r28_two_who_tell_each_other_coordinate_better_once_a_turn() -> None:
    room = Room()
    telling(room, TOKYO, "unilateral", "seoul")
    assert telling(room, SEOUL, "domestic.seoul", "tokyo")["coord"] == 1
    telling(room, TOKYO, "unilateral", "washington")
    assert "coord" not in telling(room, WASHINGTON, "domestic.washington", "tokyo")


def test_r28_the_third_capital_is_not_told_that_two_have_compared() -> None:
    room = Room()
    telling(room, TOKYO, "unilateral", "seoul")
    telling(room, SEOUL, "domestic.seoul", "tokyo")
    for seat, knows in ((SEOUL, True), (WASHINGTON, False)):
        reasons = [change.why for change in room.feed(seat, "changes")]
        assert reasons
        assert any(why is not None and why.rule == "R28" for why in reasons) is knows


@pytest.mark.parametrize(("latency", "safety"), [(9, -5), (8, 0), (5, 2)])
def test_rm1_a_late_warning_costs_and_a_timely_one_pays(latency: int, safety: int) -> None:
    moved = Scene({"msl.latency": latency}, turn=3).at_end_of_turn()
    assert moved.get(("RM1", "public_safety"), 0) == safety


def test_rm2_to_rm5_the_crisis_drifts() -> None:
    moved = Scene(
        {
            "stance.tokyo": 90,
            "stance.seoul": 40,
            "stance.washington": 60,
            "consequences": 40,
            "nk.tension": 90,
            "msl.csd": 70,
        },
        turn=5,
    ).at_end_of_turn()
    assert moved["RM2", "solidarity5"] == -2
    assert moved["RM3", "domestic.tokyo"] == -2
    assert moved["RM4", "public_safety"] == -3
    assert moved["RM5", "norm_clarity"] == -2


def test_rm6_a_strike_unannounced_is_remembered_by_each_ally_left_out() -> None:
    scene = Scene()
    moved = scene.on(
        "unconsulted",
        roles={"actor": "washington", "left_out": "seoul"},
        tags=("force",),
        extra={"scale": 3},
    )
    assert moved["RM6", "trust.seoul_washington"] == -6
    assert scene.flags == {"strike_untold_seoul": True}


def test_a_change_is_explained_by_rule_inputs_and_what_scaled_it() -> None:
    acting = Acting(Scene({"coord": 40, "tcog.level": 1}).state)
    acting.occasion("meeting", Cause(why=WHY))
    first = next(event for event in acting.events if isinstance(event, TrackChanged))
    assert first.why.rule == "R01"
    assert first.why.inputs == {"coord": 40, "tcog.level": 1}
    assert first.why.sources == ("OBS-08",)
    acting = Acting(Scene({"trust.tokyo_washington": 90}).state)
    acting.shift("trust.tokyo_washington", 6, Cause(why=WHY))
    scaled = next(event for event in acting.events if isinstance(event, TrackChanged))
    assert scaled.why.scaled == ("R27",)


def test_the_seed_is_shown_only_with_the_review_and_fits_the_commitment() -> None:
    table = Table()
    table.send(LEAD, c.StartGame())
    table.send(LEAD, c.EndGame("time is up"))
    before = table.sees("tokyo.leader").finish
    assert before is not None
    assert before.seed is None
    assert SEED not in str(table.sees(LEAD))
    table.send(LEAD, c.OpenReview())
    after = table.sees("tokyo.leader").finish
    assert after is not None
    assert after.seed == SEED
    assert commitment(after.seed) == table.sees("tokyo.leader").game.commitment
