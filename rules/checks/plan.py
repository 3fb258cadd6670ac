"""Checks of the contingency plan."""

from collections.abc import Iterator

from rules.nodes import Path, Problem
from rules.reading import did_you_mean
from rules.scenario import CAPITALS, Clause

from .survey import Survey


def clauses(survey: Survey) -> Iterator[Problem]:
    """Clauses without a choice, without every capital's own default, or without their friction."""
    for name, clause in survey.scenario.plan.items():
        path: Path = ("plan", name)
        if len(clause.options) < 2:
            say = "there is nothing to choose"
            yield survey.problem(path, say, "give the clause two options or more", key=True)
        if "agreed" in clause.options:
            say = '"agreed" means that any option stands'
            yield survey.problem((*path, "options", "agreed"), say, "call it otherwise", key=True)
        yield from _defaults(survey, path, clause)
        yield from _friction(survey, path, clause)


def coalitions(survey: Survey) -> Iterator[Problem]:
    """Joint actions that can never go ahead without somebody, or say what follows if they do."""
    for name, joint in survey.scenario.joint.items():
        path: Path = ("joint", name)
        if joint.least is not None and joint.least >= len(joint.who):
            say = f"all {len(joint.who)} parties are needed anyway"
            advice = "leave it out, or let fewer go ahead"
            yield survey.problem((*path, "least"), say, advice)
        if joint.fewer and joint.least is None:
            say = "this never acts: the joint action needs every party"
            yield survey.problem((*path, "fewer"), say, "write `least:`, or leave it out", key=True)


def _defaults(survey: Survey, path: Path, clause: Clause) -> Iterator[Problem]:
    for team in CAPITALS:
        national = clause.defaults.get(team)
        if national is None:
            say = f"{team} has no default of its own"
            advice = f"say under `defaults: {team}:` which option it would take alone"
            yield survey.problem(path, say, advice, key=True)
        elif national.option not in clause.options:
            say = f'there is no option "{national.option}"'
            advice = did_you_mean(national.option, list(clause.options), "options")
            yield survey.problem((*path, "defaults", team, "option"), say, advice)


def _friction(survey: Survey, path: Path, clause: Clause) -> Iterator[Problem]:
    injects, at = survey.scenario.injects, (*path, "friction")
    if clause.friction is None:
        return
    inject = injects.get(clause.friction)
    if inject is None:
        say = f'there is no inject "{clause.friction}"'
        yield survey.problem(at, say, did_you_mean(clause.friction, list(injects), "injects"))
    elif f"clause.{path[1]}." not in (inject.when or ""):
        say = f"{clause.friction} comes whether the clause is open or not"
        yield survey.problem(at, say, f"let its `when` ask for `!clause.{path[1]}.agreed`")
