"""What a scenario must keep to beyond its shape: each check finds one kind of fault."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from msgspec.structs import replace

from rules.nodes import Problem
from rules.reading import Parsed, sort

from . import (
    brought,
    chains,
    channels,
    content,
    expressions,
    leaks,
    menu,
    minutes,
    people,
    plan,
    worth,
)
from .survey import SHALLOW, Survey

__all__ = ["CHECKS", "Check", "check", "checked"]

Check: TypeAlias = Callable[[Survey], Iterator[Problem]]
"""A check is named for what it looks at; its docstring says what it finds."""

CHECKS: Final[tuple[Check, ...]] = (
    content.whole,
    content.sources,
    content.references,
    content.turns,
    content.triggers,
    content.tracks,
    content.words,
    content.moved,
    content.places,
    content.decisions,
    menu.budget,
    menu.in_turns,
    worth.dominated,
    content.rolls,
    content.tags,
    people.seats,
    people.table,
    people.authority,
    people.addressees,
    people.parties,
    plan.clauses,
    chains.links,
    chains.chains,
    plan.coalitions,
    menu.consents,
    channels.channels,
    channels.processes,
    channels.cells,
    minutes.waits,
    minutes.clocks,
    minutes.responses,
    minutes.reading,
    expressions.names_declared,
    expressions.unknown_names,
    expressions.expressions,
    expressions.roles,
    expressions.given_names,
    expressions.effects,
    expressions.occasions,
    expressions.unseen,
    leaks.quoted,
    leaks.named,
    expressions.derived_order,
    expressions.reachable,
    brought.brought_about,
    expressions.ends_in_order,
)

_ALONE: Final = frozenset({"expressions", "turns", "words", "parties", "budget"})
"""Checks that mean something even where a file of the scenario could not be read."""

_WORDS: Final = frozenset({"addressees", "named", "quoted", "reading", "table"})
"""Checks that mean nothing where a file of texts could not be read."""


def check(parsed: Parsed) -> tuple[Problem, ...]:
    """Everything that is wrong with a scenario, what reading it has found included."""
    if parsed.draft is None:
        return parsed.problems
    survey = Survey(parsed, parsed.draft)
    found = [
        replace(problem, check=each.__name__)
        for each in CHECKS
        if _can(each, parsed)
        for problem in each(survey)
        if not _told(parsed, problem)
        if problem.level == "error" or parsed.at_home(problem)  # a base need not be used up
    ]
    return sort([*parsed.problems, *found])


def _can(each: Check, parsed: Parsed) -> bool:
    """Whether a check means something of what could be read."""
    if parsed.mute:
        return each.__name__ not in _WORDS
    return not parsed.unread or each.__name__ in _ALONE


def checked(parsed: Parsed) -> Parsed:
    """What was read with all that is wrong with it; a scenario only if nothing is an error."""
    problems = check(parsed)
    sound = not any(each.level == "error" for each in problems)
    scenario = parsed.scenario if sound else None
    return dataclasses.replace(parsed, scenario=scenario, problems=problems)


def _told(parsed: Parsed, problem: Problem) -> bool:
    """Whether this only follows from what reading has found there."""
    return any(
        each.check not in SHALLOW and f"{problem.where}.".startswith(f"{each.where}.")
        for each in parsed.problems
        if each.where
    )
