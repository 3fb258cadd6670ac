"""Checks of what expressions and effects name, read and can come to."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from rules.grammar import FUNCTIONS, Name, Tree, children
from rules.nodes import Path, Problem
from rules.reading import did_you_mean
from rules.scenario import CAPITALS, Capital

from .casts import ROLES, Cast, cast
from .reach import possible, why_not
from .survey import GIVEN, Act, Reading, Survey, name_fault

_WORD: Final = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)
_BRACES: Final = re.compile(r"\{([^{}]*)(\})?")
_WHERE: Final = {
    "severity": "a reaction to flare_up or one_ally_favoured has it",
    "details": "a reaction to flare_up or one_ally_favoured has it",
    "scale": "a reaction to unconsulted has it",
    "uses": "effects and scalings have it",
    "value": "a scaling has it",
}


def names_declared(survey: Survey) -> Iterator[Problem]:
    """Tracks, flags and derived values that expressions could not name, or would confuse."""
    seen: dict[str, Path] = {}
    for path, name, _ in survey.declared:
        fault = name_fault(name)
        if fault is not None:
            yield survey.problem(path, fault.message, fault.suggestion or "rename it", key=True)
        elif name in seen:
            place = path or seen[name]
            say = f'"{name}" already means something else in expressions'
            yield survey.problem(place, say, "rename it", key=True)
        seen[name] = path


def expressions(survey: Survey) -> Iterator[Problem]:
    """Expressions that cannot be read: a wrong kind, `//`, a float, a division by zero, depth."""
    yield from _faults(survey, unknown=False)


def unknown_names(survey: Survey) -> Iterator[Problem]:
    """Expressions that read a track, flag, derived value or finding that nobody declared."""
    yield from _faults(survey, unknown=True)


def _faults(survey: Survey, *, unknown: bool) -> Iterator[Problem]:
    told: set[Path] = set()
    for reading in survey.readings:
        fault, path = reading.fault, reading.formula.path
        if fault is None or path in told or _of_unknown_name(survey, reading) != unknown:
            continue
        told.add(path)
        plain = reading.source == reading.formula.source
        say = fault.message if plain else f"{fault.message}, {_when(reading.cast)}"
        instead = fault.suggestion or "correct the expression"
        yield survey.problem(path, say, instead, column=fault.column if plain else None)


def _of_unknown_name(survey: Survey, reading: Reading) -> bool:
    column = reading.fault.column if reading.fault is not None else None
    if column is None:
        return False
    word = _WORD.match(str(reading.source), column - 1)
    follows = str(reading.source)[word.end() :].lstrip()[:1] if word else "("
    known = survey.kinds.keys() | FUNCTIONS.keys()
    return word is not None and follows != "(" and word[0] not in known


def _when(who: Cast) -> str:
    return "when " + ", ".join(f"{{{role}}} is {team}" for role, team in sorted(who.items()))


def roles(survey: Survey) -> Iterator[Problem]:
    """{actor}, {target}, {other} or {left_out} where nobody is it, or any other braces."""
    for formula in survey.formulas:
        yield from _roles(survey, formula.path, str(formula.source), formula.casts)
    for act in survey.acts:
        for name in ("change", "to", "set"):
            for key in getattr(act.effect, name):
                yield from _roles(survey, (*act.path, name, key), key, act.casts, key=True)


def _roles(
    survey: Survey, path: Path, source: str, casts: tuple[Cast, ...], *, key: bool = False
) -> Iterator[Problem]:
    for match in _BRACES.finditer(source):
        role = match[1]
        if match[2] is None or role not in ROLES:
            advice = did_you_mean(role, ROLES, "roles")
            yield survey.problem(path, f"there is no role {match[0]}", advice, key=key)
        elif any(role not in who for who in casts):
            always = [each for each in ROLES if all(each in who for who in casts)]
            named = ", ".join(f"{{{each}}}" for each in always)
            advice = f"the roles here are {named}" if named else "name the capital itself"
            yield survey.problem(path, f"{{{role}}} can be nobody here", advice, key=key)


def given_names(survey: Survey) -> Iterator[Problem]:
    """`severity`, `scale`, `uses`, `value` or a finding where the game does not give it."""
    told: set[tuple[Path, str]] = set()
    for reading in survey.readings:
        tree, path = survey.tree(reading), reading.formula.path
        for name in sorted(reading.expression.names if reading.expression else ()):
            told_already = (path, name) in told
            told.add((path, name))
            if told_already or name in reading.formula.extra:
                continue
            finding = name.startswith("finding.")
            if not finding and (name in ("turn", "clauses") or name not in GIVEN):
                continue
            advice = (
                f"let the reaction ask for it: `asks: [{name.removeprefix('finding.')}]`"
                if finding
                else _WHERE[name]
            )
            column = _column(tree, name) if reading.source == reading.formula.source else None
            yield survey.problem(path, f'"{name}" means nothing here', advice, column=column)


def _column(tree: Tree | None, name: str) -> int | None:
    """Where a name first stands in an expression."""
    if tree is None:
        return None
    if isinstance(tree, Name):
        return tree.at if tree.name == name else None
    found = (_column(child, name) for child in children(tree))
    return next((each for each in found if each is not None), None)


def effects(survey: Survey) -> Iterator[Problem]:
    """Effects on tracks, flags, assets or places that are not there."""
    scenario = survey.scenario
    flags, tracks = list(scenario.flags), list(scenario.tracks)
    for act in survey.acts:
        for name in ("change", "to"):
            yield from _targets(survey, act, name, tracks, "track")
        yield from _targets(survey, act, "set", flags, "flag")
        for asset, place in act.effect.move.items():
            path = (*act.path, "move", asset)
            if asset not in scenario.assets:
                advice = did_you_mean(asset, list(scenario.assets), "assets")
                yield survey.problem(path, f'there is no asset "{asset}"', advice, key=True)
            if place not in scenario.places:
                advice = did_you_mean(place, list(scenario.places), "places")
                yield survey.problem(path, f'there is no place "{place}"', advice)


def _targets(
    survey: Survey, act: Act, name: str, known: Collection[str], what: str
) -> Iterator[Problem]:
    for key in getattr(act.effect, name):
        path = (*act.path, name, key)
        filled = {cast(key, who): who for who in act.casts} if "{" in key else {key: {}}
        for target, who in filled.items():
            if target is None or target in known:
                continue
            say = f'there is no {what} "{target}"' + (f", {_when(who)}" if who else "")
            if target.removeprefix("flag.") in survey.scenario.flags:
                advice = f"write {target.removeprefix('flag.')} under `set:`"
            elif target in survey.scenario.derived:
                advice = "a derived value cannot be changed; change what it is worked out of"
            else:
                advice = did_you_mean(target, list(known), f"{what}s")
            yield survey.problem(path, say, advice, key=True)
            break


def occasions(survey: Survey) -> Iterator[Problem]:
    """Occasions that nobody brings about, or that bring themselves about without end."""
    for act in survey.acts:
        occur = act.effect.occur
        if occur is None:
            continue
        path = (*act.path, "occur")
        needs_actor = occur.occasion in ("flare_up", "one_ally_favoured")
        for who in act.casts:
            actor = who.get("actor") if occur.by is None else cast(occur.by, who)
            if actor in CAPITALS or (actor is None and not needs_actor and occur.by is None):
                continue
            say = f"nobody is known to cause this {occur.occasion}"
            yield survey.problem(path, say, f"write `by:` and one of {', '.join(CAPITALS)}")
            break
        if occur.occasion == "one_ally_favoured" and any("target" not in who for who in act.casts):
            say = "no ally is known to be the one favoured"
            yield survey.problem(path, say, "use it in an action with `target: ally`")
    for name, rule in survey.scenario.rules.items():
        for index, reaction in enumerate(rule.reactions):
            path = ("rules", name, "reactions", index)
            if not survey.casts.reaction(reaction):
                say = f"nothing in this scenario brings about this {reaction.on}"
                advice = "delete the reaction, or loosen its `by` and `tags`"
                yield survey.problem(path, say, advice, level="warning")
    yield from _loops(survey)


def _loops(survey: Survey) -> Iterator[Problem]:
    """Reactions that bring about an occasion that leads back to themselves."""
    leads: dict[str, dict[str, Path]] = {}
    for act in survey.acts:
        if act.path[0] == "rules" and act.path[2] == "reactions" and act.effect.occur is not None:
            reaction = survey.scenario.rules[str(act.path[1])].reactions[int(act.path[3])]
            leads.setdefault(reaction.on, {})[act.effect.occur.occasion] = (*act.path, "occur")
    for start, after in leads.items():
        for occasion, path in after.items():
            if start in _led(leads, occasion):
                say = f"{start} brings about {occasion} here, and that leads to {start} again"
                yield survey.problem(path, say, "delete this, or react to something else")


def _led(leads: dict[str, dict[str, Path]], start: str) -> set[str]:
    reached, fresh = {start}, [start]
    while fresh:
        for after in leads.get(fresh.pop(), {}):
            if after not in reached:
                reached.add(after)
                fresh.append(after)
    return reached


def unseen(survey: Survey) -> Iterator[Problem]:
    """Needs, prices, roll modifiers and live objectives that would tell a capital a secret."""
    told: set[tuple[Path, str]] = set()
    for reading in survey.readings:
        formula = reading.formula
        for name in sorted(reading.expression.names if reading.expression else ()):
            blind = [each for each in formula.readers if not sees(survey, name, each)]
            if not blind or (formula.path, name) in told:
                continue
            told.add((formula.path, name))
            plain = reading.source == formula.source
            column = _column(survey.tree(reading), name) if plain else None
            say = f"{' and '.join(blind)} would learn {name} from this, and cannot see it exactly"
            instead = f"read what {' and '.join(blind)} can see, or make {name} visible there"
            if formula.path[0] == "objectives":
                instead += ", or write `live: false`"
            yield survey.problem(formula.path, say, instead, column=column)


def sees(survey: Survey, name: str, capital: Capital) -> bool:
    """Whether a capital sees exactly everything that a name is worked out of."""
    scenario = survey.scenario
    if name in scenario.derived:
        return all(sees(survey, each, capital) for each in _names_of(survey, name))
    held = scenario.tracks.get(name) or scenario.flags.get(name.removeprefix("flag."))
    if held is None or held.visible == "public":
        return True
    return held.visible != "hidden" and capital in held.visible


def _names_of(survey: Survey, derived: str) -> frozenset[str]:
    """What a derived value reads, itself left out."""
    for reading in survey.readings:
        if reading.formula.path[:2] == ("derived", derived) and reading.expression is not None:
            return reading.expression.names - {derived} - _later(survey, derived)
    return frozenset()


def _later(survey: Survey, derived: str) -> frozenset[str]:
    order = list(survey.scenario.derived)
    return frozenset(order[order.index(derived) :])


def derived_order(survey: Survey) -> Iterator[Problem]:
    """Derived values that read one which is worked out only after them, or themselves."""
    for reading in survey.readings:
        path = reading.formula.path
        if path[0] != "derived" or reading.expression is None:
            continue
        for name in sorted(reading.expression.names & _later(survey, str(path[1]))):
            column = _column(survey.tree(reading), name)
            if name == path[1]:
                say, instead = f'"{name}" reads itself', "work it out of tracks and flags"
            else:
                say = f"{name} is worked out only after this"
                instead = f"write {name} above {path[1]}"
            yield survey.problem(path, say, instead, column=column)


def reachable(survey: Survey) -> Iterator[Problem]:
    """Ends, injects, objectives and needs that can never hold; rule conditions only as warnings."""
    for reading in survey.readings:
        tree, path = survey.tree(reading), reading.formula.path
        if tree is None or reading.formula.want != "bool" or path[0] == "derived":
            continue
        spans = survey.spans_at(path)
        if possible(tree, spans):
            continue
        what = NEVER.get(str(path[0]))
        yield survey.problem(
            path,
            what or "this condition can never hold",
            f"loosen it: {why_not(tree, spans)}",
            level="error" if what else "warning",
        )


NEVER: Final = {
    "ends": "this end can never be reached",
    "injects": "this inject can never be sent by itself",
    "objectives": "this objective can never be met",
    "actions": "this can never be so",
    "joint": "this can never be so",
    "plan": "this can never be so",
}


def ends_in_order(survey: Survey) -> Iterator[Problem]:
    """Ends that an earlier one always forestalls, and games that could end in none."""
    scenario = survey.scenario
    always: str | None = None
    for reading in survey.readings:
        tree, path = survey.tree(reading), reading.formula.path
        if tree is None or path[0] != "ends":
            continue
        end, sure = str(path[1]), not possible(tree, survey.spans_at(path), want=False)
        if scenario.ends[end].kind == "immediate":
            if sure:
                say = "this holds from the beginning, so the game would end at once"
                yield survey.problem(path, say, "write a condition that play has to reach")
            continue
        if always is not None:
            say = f'this end can never be reached: "{always}" always holds and comes first'
            yield survey.problem(path, say, f'write it above "{always}"')
        always = always or (end if sure else None)
    if always is None and scenario.ends:
        say = "a game can come to its last turn and none of these ends hold"
        instead = 'add a last one with `when: "true"`'
        yield survey.problem(("ends",), say, instead, key=True, level="warning")
