"""The rules behave sanely: V01 to V29 in every state that random play reaches.

Each test carries the id of the property and says it in its name. A pair is two states that differ
in one thing. V23, which weighs actions against each other, is in `test_sanity_menu.py`; what takes
whole games is in `test_sanity_games.py`, and what takes players with a will of their own in
`test_sanity_policies.py`.
"""

import pytest

from rules.scenario import Capital
from rules.state import State
from tests.laws.reached import (
    ALLIED,
    acts,
    after,
    chance,
    flared,
    games,
    given,
    grades_of,
    grid,
    modified,
    never_falls,
    never_rises,
    open_to,
    reached,
    released,
    rolls,
    shifted,
    targets_of,
    turn_over,
)
from tests.laws.rulebook import PAPER
from tests.table import SHELF

COORD = (0, 20, 34, 35, 59, 60, 79, 80, 100)
"""Values of coordination on both sides of every step that a rule takes."""

PAIRS: tuple[tuple[Capital, Capital], ...] = (("tokyo", "seoul"), ("seoul", "tokyo"))


@pytest.fixture(scope="module", params=SHELF)
def states(request: pytest.FixtureRequest) -> tuple[State, ...]:
    return reached(request.param)


def agenda(state: State) -> list[str | None]:
    """A meeting without a subject, and with each that is left."""
    options = state.book.joint["J-K01"].options
    return [None, *(key for key in options if not state.flags[f"agenda_{key}"])]


def test_v01_a_meeting_never_lowers_coordination(states: tuple[State, ...]) -> None:
    for state in states:
        for option in agenda(state):
            met = after(state, "J-K01", option=option)
            assert met.tracks["coord"] >= state.tracks["coord"], option


def test_v02_a_meeting_never_lowers_any_trust(states: tuple[State, ...]) -> None:
    for state in states:
        for option in agenda(state):
            met = after(state, "J-K01", option=option)
            for track in (name for name in state.tracks if name.startswith("trust.")):
                assert met.tracks[track] >= state.tracks[track], (option, track)


def test_v04_a_lapse_of_two_turns_or_more_lowers_coordination(states: tuple[State, ...]) -> None:
    for state in states:
        met = turn_over(given(state, {"tcog.gap": 1}, {"met_now": True}))
        lapsed = turn_over(given(state, {"tcog.gap": 1}, {"met_now": False}))
        assert lapsed.tracks["tcog.gap"] == 2
        assert lapsed.tracks["coord"] < met.tracks["coord"] or met.tracks["coord"] == 0
        longer = turn_over(given(state, {"tcog.gap": 9}, {"met_now": False}))
        assert longer.tracks["coord"] <= lapsed.tracks["coord"]


def test_v05_telling_an_ally_first_never_leaves_its_trust_lower(states: tuple[State, ...]) -> None:
    lower = 0
    for state in states[::6]:
        for name, action in state.book.actions.items():
            if not action.consult or not open_to(state, name):
                continue
            for grade in grades_of(action)[::3]:
                told = after(state, name, grade, told=action.consult)
                for named in (False, True):
                    untold = after(
                        state, name, grade, untold=action.consult, found={"red_line_named": named}
                    )
                    assert told.tracks["coord"] >= untold.tracks["coord"], name
                    for ally in action.consult:
                        trust = f"trust.{ally}_{action.team}"
                        assert told.tracks[trust] >= untold.tracks[trust], (name, grade, trust)
                        lower += told.tracks[trust] > untold.tracks[trust]
    assert lower, "not telling never cost anything: the test has nothing to say"


def test_v07_a_flare_up_never_raises_trust_between_tokyo_and_seoul(
    states: tuple[State, ...],
) -> None:
    for state in states:
        for by in ("tokyo", "seoul"):
            for severity in (1, 3, 12):
                hurt = flared(state, by, severity, details=severity == 1)
                assert hurt.tracks["trust.tokyo_seoul"] <= state.tracks["trust.tokyo_seoul"]
                assert hurt.tracks["trust.seoul_tokyo"] <= state.tracks["trust.seoul_tokyo"]
                assert hurt.tracks["history.heat"] >= state.tracks["history.heat"]
        if open_to(state, "ROK-K03"):
            card = after(state, "ROK-K03")
            assert card.tracks["trust.tokyo_seoul"] <= state.tracks["trust.tokyo_seoul"]
            assert card.tracks["trust.seoul_tokyo"] <= state.tracks["trust.seoul_tokyo"]


@pytest.mark.parametrize(("by", "trust"), [("tokyo", ALLIED[3]), ("seoul", ALLIED[2])])
def test_v08_a_declaration_halves_the_loss_and_a_joint_study_again_for_details(
    states: tuple[State, ...], by: str, trust: str
) -> None:
    smaller = 0
    for state in states:

        def loss(*, declaration: bool, study: bool, state: State = state) -> int:
            pledges = {"declaration": declaration, "joint_history": study, "pledge_broken": False}
            start = given(state, flags=pledges)
            return start.tracks[trust] - flared(start, by, 4, details=True).tracks[trust]

        plain = loss(declaration=False, study=False)
        pledged = loss(declaration=True, study=False)
        both = loss(declaration=True, study=True)
        assert both <= pledged <= plain
        if state.tracks[trust] >= 12:
            assert both < pledged < plain
            smaller += 1
    assert smaller


def test_v09_breaking_a_declaration_costs_more_than_the_same_act_without_one(
    states: tuple[State, ...],
) -> None:
    dearer = 0
    for state in states:
        plain, pledged = (
            given(state, flags={"declaration": so, "pledge_broken": False}) for so in (False, True)
        )
        acts_of = (
            ("trust.tokyo_seoul", after(plain, "ROK-K03"), after(pledged, "ROK-K03")),
            (
                "trust.seoul_tokyo",
                released(plain, state.book.injects["H-03"]),
                released(pledged, state.book.injects["H-03"]),
            ),
        )
        for trust, kept, broken in acts_of:
            assert not broken.flags["declaration"]
            assert broken.tracks[trust] <= kept.tracks[trust]
            if kept.tracks[trust] > 0:
                assert broken.tracks[trust] < kept.tracks[trust]
                dearer += 1
    assert dearer


def test_v10_washingtons_verdict_cools_nothing_and_wins_nobody(states: tuple[State, ...]) -> None:
    for state in states:
        verdicts = acts(state, "verdict")
        assert verdicts
        for name, action in verdicts.items():
            for favoured in targets_of(action):
                criticised = "seoul" if favoured == "tokyo" else "tokyo"
                said = after(state, name, target=favoured)
                trust = f"trust.{criticised}_washington"
                assert said.tracks["history.heat"] >= state.tracks["history.heat"]
                assert said.tracks[trust] < state.tracks[trust] or not state.tracks[trust]
                for between in ALLIED[2:]:
                    assert said.tracks[between] <= state.tracks[between]


def test_v11_strike_talk_in_tokyo_lowers_seouls_trust(states: tuple[State, ...]) -> None:
    for state in states:
        for untold in ((), ("seoul",), ("washington", "seoul")):
            talked = after(state, "JP-K05", untold=untold)
            trust = state.tracks["trust.seoul_tokyo"]
            assert talked.tracks["trust.seoul_tokyo"] < trust or trust == 0


def test_v12_tokyos_pull_rises_with_tension_and_falls_with_coordination(
    states: tuple[State, ...],
) -> None:
    for state in states[::2]:
        tense = [given(state, {"nk.tension": t, "unilateral": 40}) for t in grid(0, 100, 20)]
        close = [given(state, {"coord": c, "unilateral": 40}) for c in grid(0, 100, 20)]
        assert never_falls(turn_over(each).tracks["unilateral"] for each in tense)
        assert never_rises(turn_over(each).tracks["unilateral"] for each in close)
        assert turn_over(tense[0]).tracks["unilateral"] < turn_over(tense[-1]).tracks["unilateral"]


def test_v13_no_allied_roll_is_made_harder_by_coordination(states: tuple[State, ...]) -> None:
    for state in states[::2]:
        for item in rolls(state, "allied"):
            chances = [chance(given(state, {"coord": coord}), item) for coord in COORD]
            assert never_falls(chances), item
            assert chances[0] < chances[-1] or set(chances) <= {0, 36}, item


def test_v14_a_reassurance_is_felt_abroad_and_costs_at_home(states: tuple[State, ...]) -> None:
    for state in states:
        for name, action in acts(state, "reassure").items():
            other = "seoul" if action.team == "tokyo" else "tokyo"
            trust, home = f"trust.{other}_{action.team}", f"domestic.{action.team}"
            start = given(state, {home: 50}, uses={name: 0})
            if start.tracks[trust] == 100 or not open_to(state, name):
                continue
            best = after(start, name, grades_of(action)[0])
            assert best.tracks[trust] > start.tracks[trust], name
            for grade in grades_of(action):
                assert after(start, name, grade).tracks[home] < 50, (name, grade)


def test_v15_the_same_reassurance_gains_less_each_time(states: tuple[State, ...]) -> None:
    less = 0
    for state in states[::3]:
        for name, action in acts(state, "reassure").items():
            other = "seoul" if action.team == "tokyo" else "tokyo"
            trust = f"trust.{other}_{action.team}"
            first, second, third = (
                after(given(state, uses={name: n}), name, grades_of(action)[0]).tracks[trust]
                - state.tracks[trust]
                for n in range(3)
            )
            assert first >= second >= third == 0, name
            less += first > second
    assert less


def test_v16_favouring_one_ally_lowers_the_others_trust_unless_framed_as_learning(
    states: tuple[State, ...],
) -> None:
    for state in states:
        for favoured, other in PAIRS:
            trust = f"trust.{other}_washington"
            for learning in (False, True):
                called = after(
                    state, "US-K02", target=favoured, found={"framed_as_learning": learning}
                )
                moved = called.tracks[trust] - state.tracks[trust]
                if learning:
                    assert moved >= 0
                else:
                    assert moved < 0 or state.tracks[trust] == 0


def test_v17_a_wider_gap_between_the_lines_never_raises_coordination(
    states: tuple[State, ...],
) -> None:
    for state in states[::2]:
        lines = sorted(("stance.washington", "stance.tokyo", "stance.seoul"), key=state.tracks.get)  # type: ignore[arg-type] # every track has a value
        ends = []
        for wider in range(0, 101, 20):
            low = max(0, state.tracks[lines[0]] - wider)
            high = min(100, state.tracks[lines[2]] + wider)
            ends.append(turn_over(given(state, {lines[0]: low, lines[2]: high})).tracks["coord"])
        assert never_rises(ends)
        assert ends[0] > ends[-1] or ends[0] == 0


def test_v18_an_off_ramp_succeeds_at_least_as_often_after_pressure(
    states: tuple[State, ...],
) -> None:
    for state in states[::2]:
        for item in rolls(state, "offramp"):
            pressed = [given(state, {"consequences": c}) for c in (0, 44, 45, 54, 55, 100)]
            chances = [chance(each, item) for each in pressed]
            assert never_falls(chances), item
            assert chances[0] < chances[-1] or set(chances) <= {0, 36}, item


def test_v19_five_party_solidarity_alone_is_no_leverage(states: tuple[State, ...]) -> None:
    for state in states:
        enough = min(100, state.tracks["coord"] + 10)
        for item in rolls(state, "nk_roll"):
            added = {
                modified(given(state, {"solidarity5": s}), item, "R09")
                for s in grid(enough, 100, 15)
            }
            assert len(added) == 1, item
            weak = [given(state, {"solidarity5": 100, "coord": coord}) for coord in (10, 90)]
            assert modified(weak[0], item, "R09") < modified(weak[1], item, "R09")


def test_v20_a_better_plan_never_lowers_a_chance_in_its_contingency(
    states: tuple[State, ...],
) -> None:
    track = f"plans.{states[0].book.id}"
    for state in states[::2]:
        for item in rolls(state, "contingency"):
            chances = [chance(given(state, {track: plan}), item) for plan in grid(0, 100, 15)]
            assert never_falls(chances), item
            assert chances[0] < chances[-1] or set(chances) <= {0, 36}, item


def test_v21_the_abduction_line_pays_at_home_or_abroad_not_both(states: tuple[State, ...]) -> None:
    for state in states:
        start = given(state, {"domestic.tokyo": 50, "tokyo_isolation": 50})
        rigid = after(start, "JP-K04").tracks
        calibrated = after(start, "JP-K03").tracks
        assert rigid["domestic.tokyo"] > 50 > calibrated["domestic.tokyo"]
        assert rigid["tokyo_isolation"] > 50 > calibrated["tokyo_isolation"]


def test_v22_washingtons_neglect_lowers_coordination(states: tuple[State, ...]) -> None:
    for state in states:
        neglect = turn_over(given(state, flags={"tri_now": False})).tracks["coord"]
        attention = turn_over(given(state, flags={"tri_now": True})).tracks["coord"]
        assert neglect < attention or attention == 0


def test_v28_every_rule_action_and_inject_cites_the_paper(states: tuple[State, ...]) -> None:
    book = states[0].book
    paper = {name for name, source in book.sources.items() if source.cite.startswith(PAPER)}
    for section in ("rules", "actions", "joint", "plan", "decisions", "injects"):
        for name, item in getattr(book, section).items():
            assert paper & set(item.sources), f"{section} {name} cites no item of the paper"
            assert set(item.sources) <= set(book.sources), f"{section} {name}"


def test_v29_tracks_stay_in_range(states: tuple[State, ...]) -> None:
    for table in games(states[0].book.id):
        for state in table.states[1:]:
            for name, track in state.book.tracks.items():
                assert track.min <= state.tracks[name] <= track.max, name


def test_v29_losses_of_trust_are_taken_in_full_and_gains_shrink_near_the_top(
    states: tuple[State, ...],
) -> None:
    gains: dict[int, int] = {}
    for state in states:
        for name, value in state.tracks.items():
            if not name.startswith("trust."):
                continue
            assert shifted(state, name, -7).tracks[name] == max(0, value - 7)
            gains[value] = shifted(state, name, 7).tracks[name] - value
    by_trust = [gains[value] for value in sorted(gains)]
    assert never_rises(by_trust)
    assert by_trust[0] > by_trust[-1] > 0
