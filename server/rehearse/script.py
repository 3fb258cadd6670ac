"""What is to be rehearsed: a scenario that can be played, how it is played, and how often."""

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from msgspec import structs

from rules.reading import Parsed, Problem
from rules.scenario import Scenario
from server.library import Library, NoScenario

from .company import Told, rehearse
from .minds import PLAYS, Policy
from .tally import Outcome, Rehearsal, tally
from .variant import scaled

PLAN_PHASE: Final = "plan-phase"
"""What to compare with for the same games with the plan phase, or without if they had it."""


class Unplayable(Exception):
    """A scenario with faults: which, and what is wrong with it."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(each for each in problems if each.level == "error")
        count = len(self.problems)
        super().__init__(f"{name} cannot be rehearsed: {count} fault{'s' * (count != 1)}.")


@dataclass(frozen=True, kw_only=True)
class Script:
    """A rehearsal to be played. `folder` is where the scenario comes from."""

    folder: Path
    scenario: Scenario
    policy: Policy
    what: Rehearsal

    def played(self, cores: int, told: Told) -> Outcome:
        """Plays it."""
        games = rehearse(
            self.scenario,
            self.policy,
            games=self.what.games,
            seed=self.what.seed,
            cores=cores,
            told=told,
            plan_phase=self.what.plan_phase,
        )
        return Outcome(self.scenario, tally(self.scenario, self.what, games), games)


def script(
    library: Library,
    name: str,
    *,
    policy: Policy,
    games: int,
    seed: int,
    scale: Fraction,
    plan_phase: bool = False,
) -> Script:
    """A rehearsal of a scenario by id or folder. Raises `NoScenario` and `Unplayable`."""
    folder = _folder(library, name)
    scenario = _sound(folder.name, library.read(folder))
    what = Rehearsal(policy, games, seed, float(scale), plan_phase=plan_phase)
    return _begun(Script(folder=folder, scenario=scaled(scenario, scale), policy=policy, what=what))


def other(library: Library, first: Script, name: str, scale: Fraction) -> Script:
    """The same rehearsal but for one thing.

    That is who plays, whether the plan is worked on beforehand, a rule change laid over it, or the
    scenario.
    """
    if name == PLAN_PHASE:
        what = structs.replace(first.what, plan_phase=not first.what.plan_phase)
        return _begun(replace(first, what=what))
    for policy in _policies():
        if name == policy:
            what = structs.replace(first.what, policy=policy)
            return replace(first, policy=policy, what=what)
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        if not path.is_file():
            raise NoScenario(f"There is no file {name} to lay over {first.folder.name}.")
        scenario = _sound(
            f"{first.folder.name} with {path.name}", library.read_with(first.folder, path)
        )
        what = structs.replace(first.what, rules=path.name)
        return _begun(replace(first, scenario=scaled(scenario, scale), what=what))
    try:
        folder = _folder(library, name)
    except NoScenario as no:
        raise NoScenario(
            f"{no} Or compare with a policy ({', '.join(_policies())}), with {PLAN_PHASE}, or with "
            "a rule change in a .yaml file."
        ) from None
    scenario = _sound(folder.name, library.read(folder))
    return _begun(replace(first, folder=folder, scenario=scaled(scenario, scale)))


def _begun(script: Script) -> Script:
    """The script, if its games can begin as it says."""
    if script.what.plan_phase and script.scenario.plan_phase is None:
        raise NoScenario(
            f"{script.scenario.id} has no plan phase to begin with: write plan_phase: in its "
            "scenario.yaml, or rehearse without."
        )
    return script


def _policies() -> tuple[Policy, ...]:
    return (*PLAYS, "mixed")


def _folder(library: Library, name: str) -> Path:
    try:
        return library.folder(name)
    except NoScenario as no:
        raise NoScenario(
            f"{no} There are {', '.join(library.ids())}; or name a scenario's folder."
        ) from None


def _sound(name: str, parsed: Parsed) -> Scenario:
    if parsed.scenario is None:
        raise Unplayable(name, parsed.problems)
    return parsed.scenario
