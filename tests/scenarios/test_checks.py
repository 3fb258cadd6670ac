"""Every fault an author can make in a scenario is told with file, line and what would be right."""

import pytest

from rules.checks import CHECKS, check
from rules.reading import Problem
from server.library import Library
from tests.scenarios.faults import ALIKE, CALLED, COORD, FAULTS, NEIGHBOURS, SWING, Fault, Neighbour
from tests.scenarios.files import Files

BOMB = "a: &a [no, no, no, no, no, no, no, no, no]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_told_with_its_place_and_what_would_be_right(tiny: Files, fault: Fault) -> None:
    spoilt = tiny.changed((fault.file, fault.old, fault.new), *fault.besides)
    problem = _only(spoilt.problems(), fault)
    assert problem.file == f"tiny/{fault.told_in or fault.file}"
    assert problem.level == fault.level
    assert fault.instead in problem.instead
    if problem.file in spoilt.content:
        assert spoilt.shown(problem).startswith(fault.at), spoilt.shown(problem)
    else:
        assert (problem.line, problem.column) == (1, 1)


def _only(problems: tuple[Problem, ...], fault: Fault) -> Problem:
    found = [each for each in problems if fault.say in each.say and each.check == fault.check]
    assert len(found) == 1, [str(each) for each in problems]
    return found[0]


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda neighbour: neighbour.name)
def test_what_is_only_close_to_a_fault_is_none(tiny: Files, neighbour: Neighbour) -> None:
    assert [str(each) for each in tiny.changed(*neighbour.changes).problems()] == []


def test_the_tiny_scenario_has_no_fault(tiny: Files) -> None:
    parsed = tiny.parsed()
    assert check(parsed) == ()
    assert parsed.scenario is not None


def test_an_alias_bomb_is_refused_before_it_unfolds(tiny: Files) -> None:
    (problem,) = tiny.having("bomb.yaml", BOMB).problems()
    assert (problem.file, problem.line) == ("tiny/bomb.yaml", 7)
    assert "with its aliases unfolded" in problem.say
    assert "instead of aliases of aliases" in problem.instead


def test_two_texts_that_wait_for_each_other_are_both_told(tiny: Files) -> None:
    spoilt = tiny.changed(
        ("board.yaml", "hotline: {visible: [washington, tokyo]}", "hotline: {}"),
        ("play.yaml", "    who: [tokyo, seoul]\n", "    who: [tokyo, seoul]\n    needs: _\n"),
        ("play.yaml", "needs: _", "needs: clause.telling.agreed"),
        ("play.yaml", "  telling:\n", "  telling:\n    needs: flag.hotline\n"),
    )
    assert [(each.where, each.check) for each in spoilt.problems()] == [
        ("actions.JP-01.roll.modifiers.0.when", "brought_about"),
        ("joint.J-01.needs", "brought_about"),
        ("plan.telling.needs", "brought_about"),
    ]


def test_an_action_is_outdone_only_in_the_direction_of_its_capitals_objectives(
    tiny: Files,
) -> None:
    """A derived value that reads itself is a fault of its own, and stops nothing."""
    outdone = {}
    for test in ("coord >= 50", "coord <= 50", "coord == 50", "-coord < 5", "swing > 3"):
        spoilt = tiny.changed(
            ("play.yaml", "test: coord >= 50", f'test: "{test}"'),
            ("play.yaml", "  JP-01:\n", f"{ALIKE}{COORD}  JP-01:\n"),
            ("board.yaml", "derived:\n", f"derived:\n{SWING}"),
            (
                "texts/en.yaml",
                "derived:\n",
                "derived:\n  swing: {name: swing}\n  sway: {name: sway}\n",
            ),
            CALLED,
        )
        problems = spoilt.problems()
        outdone[test] = [each.where for each in problems if each.check == "dominated"]
    assert outdone == {
        "coord >= 50": ["actions.US-01"],
        "coord <= 50": ["actions.US-02"],
        "coord == 50": [],
        "-coord < 5": ["actions.US-01"],
        "swing > 3": ["actions.US-01"],
    }


@pytest.mark.parametrize(
    ("name", "say"),
    [("", "there is nothing to choose"), ("agreed", '"agreed" means that any option stands')],
)
def test_a_clause_is_a_choice(tiny: Files, name: str, say: str) -> None:
    structure, words = f"      {name}: {{}}\n", f"      {name}: {{name: At once, say: At once.}}\n"
    told = "      first: {name: At once, say: Everybody hears at once.}\n"
    spoilt = tiny.spoilt("play.yaml", "      first: {}\n", structure if name else "")
    spoilt = spoilt.spoilt("texts/en.yaml", told, words if name else "")
    problems = [each for each in check(spoilt.parsed()) if each.say == say]
    assert [each.check for each in problems] == ["clauses"]


def test_all_faults_are_told_at_once(tiny: Files) -> None:
    together = tiny
    faults = [
        fault
        for fault in FAULTS
        if fault.name
        in {
            "unknown track",
            "unknown flag",
            "unknown flag in an effect",
            "float in an effect",
            "// in an expression",
            "missing text",
            "no source",
            "inject never reachable: minute",
            "joint action with one party",
            "action costlier than any budget",
            "turn with no time",
            "end never reachable: out of range",
            "start outside the range",
            "objective on a derived value of a hidden track",
        }
    ]
    for fault in faults:
        together = together.spoilt(fault.file, fault.old, fault.new)
    together = together.spoilt("play.yaml", "options:\n      hold", "optoins:\n      hold")
    problems = together.problems()
    for fault in faults:
        _only(problems, fault)
    assert any('no key "optoins"' in each.say for each in problems)
    assert [each.file for each in problems] == sorted(each.file for each in problems)


def test_a_file_that_cannot_be_read_hides_only_what_depends_on_it(tiny: Files) -> None:
    spoilt = tiny.spoilt("board.yaml", "tracks:\n", "tracks:\n\t- x\n")
    for fault in FAULTS:
        if fault.name in {"turn with no time", "float in an effect", "float in an expression"}:
            spoilt = spoilt.spoilt(fault.file, fault.old, fault.new)
    assert [(each.file, each.check) for each in spoilt.problems()] == [
        ("tiny/board.yaml", "yaml"),
        ("tiny/play.yaml", "types"),
        ("tiny/play.yaml", "expressions"),
        ("tiny/scenario.yaml", "turns"),
    ]


def test_a_file_of_texts_that_cannot_be_read_hides_no_fault_of_the_structure(tiny: Files) -> None:
    spoilt = tiny.spoilt("texts/en.yaml", "tracks:\n", "tracks:\n\t- x\n")
    assert [(each.file, each.check) for each in spoilt.problems()] == [
        ("tiny/texts/en.yaml", "yaml")
    ]
    structural = {"unknown track", "unknown flag in an effect", "unknown source id"}
    for fault in FAULTS:
        if fault.name in structural:
            spoilt = spoilt.spoilt(fault.file, fault.old, fault.new)
    found = {each.check for each in spoilt.problems()}
    assert found >= {"yaml", "unknown_names", "effects", "sources"}


def test_each_check_says_what_it_finds_and_is_seen_to_find_it() -> None:
    names = {each.__name__ for each in CHECKS}
    assert len(names) == len(CHECKS)
    assert all(each.__doc__ for each in CHECKS)
    assert names <= {fault.check for fault in FAULTS}


@pytest.mark.parametrize("scenario", Library().ids())
def test_a_shipped_scenario_has_no_fault(scenario: str) -> None:
    problems = Library().load(scenario).problems
    assert [str(each) for each in problems if each.level == "error"] == []
