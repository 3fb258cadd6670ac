"""Rehearsals: whole games played by programs, the same for everybody who has the seed."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from fractions import Fraction
from io import StringIO
from multiprocessing import active_children
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.console import Console
from typer.testing import CliRunner

from rules import commands as c
from rules.decide import HOUSE, decide
from rules.evolve import fold
from rules.scenario import Effect
from rules.sight import sees_track
from rules.state import State
from server.__main__ import app
from server.library import Library, NoScenario
from server.rehearse.company import BATCH, rehearse
from server.rehearse.compare import compare
from server.rehearse.findings import findings
from server.rehearse.game import Played, play
from server.rehearse.glance import Glance
from server.rehearse.minds import Policy, mind
from server.rehearse.script import Script, other, script
from server.rehearse.show import show
from server.rehearse.skilled import Skilled
from server.rehearse.table import START, Snapshot, Table, opened, seed_of
from server.rehearse.tally import Outcome, Points, Rehearsal, spread, tally
from server.rehearse.variant import scaled

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Library()
POLICIES: Sequence[Policy] = ("cooperative", "selfish", "random", "skilled", "mixed")
SEED = seed_of(1, 0)


def quiet(_: int) -> None:
    """Hears how far a rehearsal is."""


def staged(name: str = "missile", policy: Policy = "mixed", games: int = 1) -> Script:
    return script(LIBRARY, name, policy=policy, games=games, seed=1, scale=Fraction(1))


@pytest.fixture(scope="module")
def opening() -> State:
    return opened(staged().scenario)


def test_the_number_of_cores_changes_nothing() -> None:
    scenario = staged().scenario
    few, many = (
        rehearse(scenario, "mixed", games=BATCH + 3, seed=5, cores=cores, told=quiet)
        for cores in (1, 2)
    )
    assert few == many
    assert len(few) == BATCH + 3


def test_every_process_plays_the_same_games_and_prints_one_document() -> None:
    def printed(salt: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "server", "rehearse", "missile", "--games", "3", "--json"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
            timeout=180,
        )
        return done.stdout

    first = printed("1")
    assert first == printed("2")
    report = json.loads(first)
    assert report["games"] == 3
    assert set(report["ends"]) == set(staged().scenario.ends)


@pytest.mark.parametrize("name", LIBRARY.ids())
def test_every_policy_plays_every_scenario_to_an_end(name: str) -> None:
    start = opened(staged(name).scenario)
    for policy in POLICIES:
        played = play(start, policy, SEED)
        assert played.end in start.book.ends
        assert len(played.snapshots) == played.turns
        assert set(played.scores) == set(start.book.objectives)


def test_a_table_begins_as_any_game_of_its_seed(opening: State) -> None:
    document = staged().scenario.model_dump(mode="json", exclude_unset=True)
    command = c.OpenGame(document, "A rehearsal", SEED)
    usual = fold(decide(State(), command, seat=HOUSE, at=START))
    assert Table(opening, SEED).state == replace(usual, at=START)


def test_what_control_has_in_hand_does_not_hang_on_who_plays(opening: State) -> None:
    def by_hand(policy: Policy) -> dict[str, int]:
        played = play(opening, policy, seed_of("by hand"))
        assert played.turns == len(opening.book.turns)
        return {
            name: played.counts.get(f"inject/{name}", 0)
            for name, inject in opening.book.injects.items()
            if inject.trigger == "hand" and inject.when is None
        }

    assert by_hand("cooperative") == by_hand("skilled")


def test_capitals_that_explain_themselves_give_the_responses_they_owe() -> None:
    start = opened(staged("sea").scenario)
    answered = [play(start, policy, SEED).counts for policy in ("cooperative", "selfish")]
    assert [counts.get("inject/S-16", 0) for counts in answered] == [1, 1]
    assert [counts.get("inject/S-16b", 0) for counts in answered] == [1, 0]


def test_the_skilled_see_no_more_than_their_capital(opening: State) -> None:
    """A world that differs in what Tokyo cannot see is ranked alike."""
    book = opening.book
    hidden = [name for name in book.tracks if not sees_track(book, name, "tokyo")]
    assert hidden
    moved = {name: book.tracks[name].max for name in hidden}
    elsewhere = replace(opening, tracks={**opening.tracks, **moved})
    here, there = Skilled(opening, "tokyo"), Skilled(opening, "tokyo")
    here.looks(opening)
    there.looks(elsewhere)
    sees = Glance(opening, "tokyo.leader")
    assert [here.ranks(card) for card in sees.deck] == [there.ranks(card) for card in sees.deck]
    assert [here.settles(each) for each in sees.plan] == [there.settles(each) for each in sees.plan]


def test_the_skilled_read_what_a_card_sets_a_track_to() -> None:
    start = opened(staged("tsunami").scenario)
    apart = replace(start, tracks={**start.tracks, "radius.seoul": 80, "data": 50})
    tokyo = Skilled(start, "tokyo")
    (advice,) = (card for card in Glance(apart, "tokyo.leader").deck if card.id == "J-T03")
    before = tokyo.ranks(advice)
    tokyo.looks(apart)
    assert tokyo.ranks(advice) > before > 0, "one advice is worth the more, the farther apart"


def test_mixed_draws_every_way_of_playing(opening: State) -> None:
    drawn = [mind("mixed", opening, "tokyo", seed_of(game)) for game in range(60)]
    skilled = sum(isinstance(each, Skilled) for each in drawn)
    assert 5 <= skilled <= 30


def test_scaling_multiplies_changes_and_rounds_halves_away_from_zero() -> None:
    scenario = staged().scenario
    smaller = scaled(scenario, Fraction("0.75"))
    before = scenario.actions["US-M01"].effects[0].change
    assert dict(before) == {
        "msl.bmd": 12,
        "trust.tokyo_washington": 3,
        "nk.tension": 2,
        "stance.beijing": -2,
    }
    after = smaller.actions["US-M01"].effects[0].change
    assert list(after.values()) == [9, 2, 2, -2]
    assert (
        smaller.names.compile(_scaled_formula("turn > 0 ? -5 : 5"), "int").evaluate(
            smaller.names.bind({"turn": 1})
        )
        == -4
    )
    assert scaled(scenario, Fraction(1)) is scenario


def _scaled_formula(source: str) -> int | str:
    scenario = staged().scenario
    action = scenario.actions["US-M01"].model_copy(
        update={"effects": (Effect(change={"coord": source}),)}
    )
    changed = scenario.model_copy(update={"actions": {**scenario.actions, "US-M01": action}})
    return scaled(changed, Fraction("0.75")).actions["US-M01"].effects[0].change["coord"]


def test_a_scaled_scenario_plays() -> None:
    for by in ("0.75", "1.25"):
        start = opened(scaled(staged().scenario, Fraction(by)))
        assert play(start, "mixed", SEED).end in start.book.ends


def test_a_rehearsal_does_not_differ_from_itself() -> None:
    first = staged(games=4)
    one, two = first.played(1, quiet), first.played(1, quiet)
    compared = compare(one, two)
    assert not any((*compared.ends.values(), *compared.injects.values()))
    assert all(paired.same == 4 for paired in compared.points.values())


def test_a_rule_change_is_laid_over_the_scenario(tmp_path: Path) -> None:
    file = tmp_path / "calm.yaml"
    file.write_text("rules: {R13: {end_of_turn: []}}\n")
    first = staged(games=3)
    second = other(LIBRARY, first, str(file), Fraction(1))
    assert second.what == replace(first.what, rules="calm.yaml")
    assert not second.scenario.rules["R13"].end_of_turn
    assert first.scenario.rules["R13"].end_of_turn
    compared = compare(first.played(1, quiet), second.played(1, quiet))
    assert compared.second.rules == "calm.yaml"
    assert compared.tracks["unilateral"] < 0


def test_another_policy_or_scenario_is_compared_on_the_same_seeds() -> None:
    first = staged(games=1)
    assert other(LIBRARY, first, "selfish", Fraction(1)).what.policy == "selfish"
    folder = str(LIBRARY.root / "collapse")
    assert other(LIBRARY, first, folder, Fraction(1)).scenario.id == "collapse"


def test_numbers_are_spread_by_what_occurred() -> None:
    ten = spread(range(1, 11))
    assert (ten.games, ten.mean, ten.median, ten.low, ten.high) == (10, 5.5, 5.5, 1, 9)


def test_a_track_sticks_that_came_to_a_wall_and_stood_there() -> None:
    scenario = staged().scenario
    place = list(scenario.tracks).index("coord")

    def game(*coord: int) -> Played:
        starts = [track.start for track in scenario.tracks.values()]
        shots = [
            Snapshot(turn, (*starts[:place], value, *starts[place + 1 :]))
            for turn, value in enumerate(coord, 1)
        ]
        scores = dict.fromkeys(scenario.objectives, False)
        return Played("managed", scores, len(coord), 60, 100, {}, tuple(shots))

    games = [game(20, 0, 0), game(20, 0, 1), game(30, 10, 0), game(50, 100, 100)]
    report = tally(scenario, Rehearsal("mixed", 4, 1), games)
    assert report.tracks["coord"].floor == 0.25
    assert report.tracks["coord"].ceiling == 0.25
    assert report.tracks["esc"].floor == 0
    assert report.tracks["coord"].turns[0].median == 25
    assert report.ends["managed"].share == 1
    assert report.ends["war"].games == 0


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("misile",), f"There are {', '.join(LIBRARY.ids())}"),
        (("missile", "--compare", "nicely"), "compare with a policy (cooperative"),
        (("missile", "--compare", "gone.yaml"), "no file gone.yaml"),
        (("missile", "--games", "0"), "--games"),
        (("missile", "--scale", "0"), "above 0"),
        (("missile", "--scale", "nan"), "above 0"),
        (("missile", "--policy", "nice"), "cooperative"),
        (("missile", "--cores", "0"), "--cores"),
    ],
)
def test_what_cannot_be_rehearsed_is_explained(args: tuple[str, ...], says: str) -> None:
    done = CliRunner(env={"COLUMNS": "300", "TERM": "dumb"}).invoke(app, ["rehearse", *args])
    assert done.exit_code == 2
    assert says in " ".join(done.stderr.split())
    assert done.stdout == ""


def test_faults_are_told_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "worse.yaml"
    file.write_text('ends:\n  war: {when: "escc >= 7"}\n')
    done = CliRunner().invoke(app, ["rehearse", "missile", "--compare", str(file), "--json"])
    assert done.exit_code == 2
    assert "worse.yaml:2" in done.stderr
    assert "did you mean esc?" in done.stderr
    assert "1 fault." in done.stderr
    assert done.stdout == ""


def test_a_person_reads_tables(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["rehearse", "missile", "--games", "2", "--compare", "selfish"])
    assert done.exit_code == 0, done.stderr
    assert "second: missile" in done.stdout
    plain = CliRunner().invoke(app, ["rehearse", "missile", "--games", "1"])
    assert "missile 1.0.0: 1 game, mixed, seed 1" in plain.stdout
    assert "own_deterrent" in plain.stdout


def test_the_plan_phase_is_played_first_and_told_apart(opening: State) -> None:
    beforehand = opened(staged().scenario, plan_phase=True)
    played = play(beforehand, "cooperative", SEED)
    planned = {name for name in played.counts if name.startswith("planned/")}
    assert planned
    assert {name.replace("planned/", "clause/") for name in planned} <= set(played.counts)
    assert len(played.snapshots) == played.turns
    usual = play(opening, "cooperative", SEED)
    assert not any(name.startswith("planned/") for name in usual.counts)


def test_a_plan_phase_in_which_nothing_is_agreed_changes_nothing_but_the_time(
    opening: State,
) -> None:
    with_it = play(opened(staged().scenario, plan_phase=True), "selfish", SEED)
    without = play(opening, "selfish", SEED)
    phase = opening.book.plan_phase
    assert phase is not None
    assert with_it.counts == without.counts
    assert with_it.snapshots == without.snapshots
    assert with_it.minutes == without.minutes + phase.minutes


def test_the_same_seeds_are_compared_with_and_without_the_plan_phase() -> None:
    first = staged(games=2, policy="cooperative")
    second = other(LIBRARY, first, "plan-phase", Fraction(1))
    assert second.what.plan_phase
    assert other(LIBRARY, second, "plan-phase", Fraction(1)) == first
    compared = compare(first.played(1, quiet), second.played(1, quiet))
    assert not compared.first.planned
    assert set(compared.second.planned) == set(first.scenario.plan)
    assert max(compared.planned.values()) > 0


def test_no_plan_phase_can_be_rehearsed_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "without.yaml"
    file.write_text("plan_phase: null\n")
    without = other(LIBRARY, staged(), str(file), Fraction(1))
    with pytest.raises(NoScenario, match=r"missile has no plan phase.*scenario\.yaml"):
        other(LIBRARY, without, "plan-phase", Fraction(1))


def test_who_interrupts_ends_every_process() -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    scenario = staged().scenario
    with pytest.raises(KeyboardInterrupt):
        rehearse(scenario, "selfish", games=BATCH * 20, seed=1, cores=2, told=stop)
    assert not active_children()


def test_who_interrupts_is_told_that_nothing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Script, "played", stop)
    done = CliRunner().invoke(app, ["rehearse", "missile", "--games", "1"])
    assert done.exit_code == 130
    assert "stopped before the last game; nothing is reported" in done.stderr
    assert done.stdout == ""


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return staged(games=2).played(1, quiet)


@pytest.mark.parametrize("width", [80, 120])
def test_a_report_fits_the_terminal_and_breaks_no_name(outcome: Outcome, width: int) -> None:
    out = Console(file=StringIO(), width=width)
    show(outcome.report, "missile", out)
    assert isinstance(out.file, StringIO)
    lines = out.file.getvalue().splitlines()
    commands = [line for line in lines if line.startswith("  alliance rehearse")]
    assert commands
    assert all(len(line) <= width for line in lines if line not in commands)
    words = set(out.file.getvalue().split())
    report = outcome.report
    for names in (report.tracks, report.actions, report.injects, report.clause_options):
        assert set(names) <= words
    last = len(outcome.report.tracks["coord"].turns)
    assert f"turn {last}" in out.file.getvalue()


def test_what_to_look_at_is_said_with_the_rehearsal_that_tells_more(outcome: Outcome) -> None:
    report = outcome.report
    coord = replace(report.tracks["coord"], floor=0.31, ceiling=0.2)
    share = next(iter(report.ends.values()))
    odd = replace(
        report,
        policy="selfish",
        ends={"war": replace(share, games=2), "managed": replace(share, games=0)},
        actions={"US-M01": replace(share, games=0), "JP-M01": replace(share, games=1)},
        tracks={"coord": coord},
        points={
            "tokyo": _scoring(report.points["tokyo"], 5),
            "seoul": _scoring(report.points["seoul"], 4),
            "washington": _scoring(report.points["washington"], 3.9),
        },
    )
    said = {finding.says: finding.further for finding in findings(odd)}
    assert said["Ends never reached: managed."] == "--policy random"
    assert said["Actions never taken: US-M01."] == "--policy random"
    assert said["coord is stuck at its least in 31 % of games."] == "--scale 0.75"
    assert said["washington scores 3.9 on average, 78 % of tokyo's 5.0."] == "--compare skilled"
    assert not any(says.startswith(("seoul", "coord is stuck at its most")) for says in said)
    out = Console(file=StringIO(), width=80)
    show(replace(odd, plan_phase=True), "my scenario", out)
    assert isinstance(out.file, StringIO)
    told = out.file.getvalue()
    assert "alliance rehearse 'my scenario' --games 2 --seed 1 --plan-phase --policy random" in told
    assert "--policy selfish --plan-phase --scale 0.75" in told


def _scoring(points: Points, mean: float) -> Points:
    return replace(points, scored=replace(points.scored, mean=mean))
