"""Checks of what is on the board and on the menu: sources, turns, tracks, tags, points, places."""

from collections.abc import Collection, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final

from rules.nodes import Path, Problem
from rules.reading import did_you_mean
from rules.scenario import Action, Doing, Inject, Track

from .casts import cast
from .survey import Survey

_CITING: Final = ("rules", "actions", "joint", "plan", "decisions", "injects")


def sources(survey: Survey) -> Iterator[Problem]:
    """Rules, actions, clauses, decisions, injects and the like that cite nothing known."""
    known = list(survey.scenario.sources)
    for section in (*_CITING, "aims", "debrief"):
        for name, item in getattr(survey.scenario, section).items():
            path: Path = (section, name, "sources")
            if not item.sources and section in _CITING:
                say = "this cites no source"
                yield survey.problem(path, say, "name an item of `sources` that it rests on")
            yield from _known(survey, path, item.sources, known, "source")


def _known(
    survey: Survey, path: Path, named: Iterable[str], known: Collection[str], what: str
) -> Iterator[Problem]:
    """A complaint for each of a list that is not known."""
    for index, name in enumerate(named):
        if name not in known:
            advice = did_you_mean(name, list(known), f"{what}s")
            yield survey.problem((*path, index), f'there is no {what} "{name}"', advice)


def references(survey: Survey) -> Iterator[Problem]:
    """A turn, place, band of words, finding or track that is named and not there."""
    scenario = survey.scenario
    turns, words = scenario.turns, scenario.words
    injects, decisions = scenario.injects.items(), scenario.decisions.items()
    zones, assets, tracks = scenario.zones.items(), scenario.assets.items(), scenario.tracks.items()
    named: list[tuple[Path, str | None, Collection[str], str]] = [
        *((("injects", key, "turn"), it.turn, turns, "turn") for key, it in injects),
        *((("decisions", key, "turn"), it.turn, turns, "turn") for key, it in decisions),
        *((("zones", key, "from_turn"), it.from_turn, turns, "turn") for key, it in zones),
        *((("assets", key, "at"), it.at, scenario.places, "place") for key, it in assets),
        *((("tracks", key, "words"), it.words, words, "set of words") for key, it in tracks),
        (("ladder_track",), scenario.ladder_track, scenario.tracks, "track"),
    ]
    for path, name, known, what in named:
        if name is not None and name not in known:
            advice = did_you_mean(name, list(known), f"{what}s".replace("set of words", "sets"))
            yield survey.problem(path, f'there is no {what} "{name}"', advice)
    asked: set[str] = set()
    for rule_name, rule in scenario.rules.items():
        for index, reaction in enumerate(rule.reactions):
            asked |= set(reaction.asks)
            path = ("rules", rule_name, "reactions", index, "asks")
            yield from _known(survey, path, reaction.asks, scenario.findings, "finding")
    for name in scenario.findings:
        if name not in asked:
            say, advice = "no rule asks for this finding", "delete it, or ask for it in a reaction"
            yield survey.problem(("findings", name), say, advice, key=True, level="warning")


def turns(survey: Survey) -> Iterator[Problem]:
    """No turns, turns without time or with fewer than no orders, and flash turns undecided."""
    scenario = survey.scenario
    if not scenario.turns:
        yield survey.problem(("turns",), "there are no turns", "write at least one", key=True)
    for name, turn in scenario.turns.items():
        path: Path = ("turns", name)
        if turn.minutes <= 0:
            say = f"this turn has no time: {turn.minutes} minutes"
            yield survey.problem((*path, "minutes"), say, "write how many minutes it lasts")
        if turn.orders < 0:
            yield survey.problem((*path, "orders"), "orders cannot be fewer than none", "write 0")
        if turn.flash and not any(each.turn == name for each in scenario.decisions.values()):
            say, advice = "nobody has a decision in this flash turn", "write one for each capital"
            yield survey.problem(path, say, advice, key=True, level="warning")


def triggers(survey: Survey) -> Iterator[Problem]:
    """Injects that could never fire: no turn, condition or link, or a minute that never comes."""
    turns = survey.scenario.turns
    for name, inject in survey.scenario.injects.items():
        path: Path = ("injects", name)
        if inject.trigger == "scheduled" and inject.turn is None:
            say = "this inject is scheduled for no turn, so it is never sent"
            yield survey.problem(path, say, "write `turn:`, or `trigger: hand`", key=True)
        if inject.trigger == "conditional" and inject.when is None:
            say = "this inject has no condition, so it is never sent"
            yield survey.problem(path, say, "write `when:`, or `trigger: hand`", key=True)
        if inject.trigger != "conditional" and inject.when is not None:
            say = f"`when` counts only if the inject is conditional, and this is {inject.trigger}"
            yield survey.problem((*path, "when"), say, "write `trigger: conditional`")
        if inject.trigger == "chained" and not inject.after and not inject.answered:
            say = "this inject is chained to nothing, so it is never sent"
            advice = "write `after:` or `answered:`, or `trigger: hand`"
            yield survey.problem(path, say, advice, key=True)
        yield from _minute(survey, path, inject, [each.minutes for each in turns.values()])


def _minute(
    survey: Survey, path: Path, inject: Inject, lengths: Collection[int]
) -> Iterator[Problem]:
    turn = survey.scenario.turns.get(inject.turn or "")
    longest = max(lengths, default=0) if turn is None else turn.minutes
    timed = inject.trigger in ("scheduled", "conditional")
    if timed and inject.minute >= longest > 0:
        say = f"minute {inject.minute} never comes: the turn lasts {longest} minutes"
        yield survey.problem((*path, "minute"), say, f"write {longest - 1} or less")


def tracks(survey: Survey) -> Iterator[Problem]:
    """Tracks that start outside their range, go nowhere, or are estimated by who sees them."""
    for name, track in survey.scenario.tracks.items():
        path: Path = ("tracks", name)
        if track.min >= track.max:
            say = f"this track goes from {track.min} to {track.max}"
            yield survey.problem(path, say, "write a `min` below its `max`", key=True)
        elif not track.min <= track.start <= track.max:
            say = f"this track starts at {track.start}, outside {track.min} to {track.max}"
            advice = f"write a start from {track.min} to {track.max}, or widen them"
            yield survey.problem((*path, "start"), say, advice)
        for capital in track.estimates:
            if track.visible == "public" or capital in track.visible:
                say = f"{capital} sees this track exactly, so it needs no estimate"
                where = (*path, "estimates", capital)
                yield survey.problem(where, say, "delete it, or hide the track", key=True)
        yield from _bands(survey, path, track)


def _bands(survey: Survey, path: Path, track: Track) -> Iterator[Problem]:
    bands = survey.scenario.words.get(track.words or "")
    if not bands:
        return
    last = max(band.upto for band in bands.values())
    if last < track.max:
        say = f'the words "{track.words}" end at {last} and this track goes to {track.max}'
        advice = f"let the last of them go `upto: {track.max}`"
        yield survey.problem((*path, "words"), say, advice)


def words(survey: Survey) -> Iterator[Problem]:
    """Bands of words that are empty or out of order."""
    for name, bands in survey.scenario.words.items():
        if not bands:
            yield survey.problem(("words", name), "there are no words here", "write some", key=True)
        before: tuple[str, int] | None = None
        for band, word in bands.items():
            if before is not None and word.upto <= before[1]:
                say = f"{band} ends at {word.upto} and {before[0]} before it at {before[1]}"
                where = ("words", name, band, "upto")
                yield survey.problem(where, say, "order the bands from low to high")
            before = band, word.upto


def moved(survey: Survey) -> Iterator[Problem]:
    """Tracks that nothing moves and flags that nothing sets: control alone could."""
    touched: dict[str, set[str]] = {"tracks": set(), "flags": set()}
    for act in survey.acts:
        for key in (*act.effect.change, *act.effect.to):
            touched["tracks"] |= {key, *(cast(key, who) or "" for who in act.casts)}
        for key in act.effect.set:
            touched["flags"] |= {key, *(cast(key, who) or "" for who in act.casts)}
    for section, names in touched.items():
        for name in getattr(survey.scenario, section):
            if name not in names:
                verb = "moves this track" if section == "tracks" else "sets this flag"
                advice = "write an effect on it, or delete it"
                path = (section, name)
                yield survey.problem(path, f"nothing {verb}", advice, key=True, level="warning")


def places(survey: Survey) -> Iterator[Problem]:
    """Places off the globe, and zones that enclose nothing."""
    for name, place in survey.scenario.places.items():
        if not (-180 <= place.lon <= 180 and -90 <= place.lat <= 90):
            say = f"{place.lon}, {place.lat} is no longitude and latitude"
            yield survey.problem(("places", name), say, "write degrees, east and north", key=True)
    for name, zone in survey.scenario.zones.items():
        if len(zone.polygon) < 3:
            say, advice = "a zone needs three corners or more", "write [lon, lat] for each"
            yield survey.problem(("zones", name, "polygon"), say, advice)


def decisions(survey: Survey) -> Iterator[Problem]:
    """Decisions without a choice, with a default that is none, or chances that bring nothing."""
    for name, decision in survey.scenario.decisions.items():
        path: Path = ("decisions", name)
        if len(decision.options) < 2:
            yield survey.problem(path, "there is nothing to choose", "write two options", key=True)
        if decision.options and decision.default not in decision.options:
            advice = did_you_mean(decision.default, list(decision.options), "options")
            say = f'there is no option "{decision.default}"'
            yield survey.problem((*path, "default"), say, advice)
        for choice, option in decision.options.items():
            at = (*path, "options", choice)
            if option.chance is None and (option.mishap or option.chance_when):
                say = "this mishap has no chance, so it never comes"
                yield survey.problem(at, say, "write `chance:`, 2 to 12", key=True)
            if option.chance is not None and not option.mishap:
                say = "this chance brings no mishap"
                yield survey.problem(at, say, "write `mishap:`", key=True, level="warning")


def rolls(survey: Survey) -> Iterator[Problem]:
    """Rolls that change nothing however they fall, and items that do nothing at all."""
    for path, doing, _ in survey.doings:
        roll = doing.roll
        brings = roll and (roll.great or roll.ok or roll.part or roll.bad)
        if roll is not None and not brings:
            say, advice = "this roll changes nothing however it falls", "write what follows"
            yield survey.problem((*path, "roll"), say, advice, key=True, level="warning")
        if not (roll or doing.effects or path[0] == "plan" or _occasion(survey, doing)):
            say, advice = "this changes nothing, and no rule reacts to it", "write its `effects`"
            yield survey.problem(path, say, advice, key=True, level="warning")


def _occasion(survey: Survey, doing: Doing) -> bool:
    """Whether something more comes of an action or joint action than its own effects."""
    if isinstance(doing, Action):
        by, also = doing.team, bool(doing.unconsulted)
        on = {"action", "unconsulted"} if doing.consult else {"action"}
    else:
        by, also, on = None, bool(getattr(doing, "options", {})), {"joint", "meeting"}
    return also or any(
        reaction.on in on
        and (not reaction.tags or not set(reaction.tags).isdisjoint(doing.tags))
        and reaction.by in (None, by)
        for rule in survey.scenario.rules.values()
        for reaction in rule.reactions
    )


def tags(survey: Survey) -> Iterator[Problem]:
    """Tags that a rule or the plan phase looks for and nothing has, and patterns of no track."""
    used = {tag for _, doing, _ in survey.doings for tag in doing.tags}
    rolled = {tag for _, it, _ in survey.doings if it.roll is not None for tag in it.tags}
    for name, rule in survey.scenario.rules.items():
        for section in ("reactions", "modifiers", "scalings", "costs"):
            for index, clause in enumerate(getattr(rule, section)):
                path: Path = ("rules", name, section, index)
                known = rolled if section == "modifiers" else used
                for at, tag in enumerate(clause.tags):
                    if tag not in known:
                        what = "roll" if section == "modifiers" else "action"
                        yield survey.problem(
                            (*path, "tags", at),
                            f'no {what} has the tag "{tag}"',
                            did_you_mean(tag, sorted(known), "tags"),
                            level="warning",
                        )
        for index, scaling in enumerate(rule.scalings):
            path = ("rules", name, "scalings", index)
            yield from _patterns(survey, (*path, "tracks"), scaling.tracks)
            yield from _patterns(survey, (*path, "excepting"), scaling.excepting)

    phase = survey.scenario.plan_phase
    joint = {tag for it in survey.scenario.joint.values() for tag in it.tags}
    for index, tag in enumerate(phase.tags if phase is not None else ()):
        if tag not in joint:
            say = f'no joint action has the tag "{tag}"'
            advice = did_you_mean(tag, sorted(joint), "tags")
            yield survey.problem(("plan_phase", "tags", index), say, advice, level="warning")


def _patterns(survey: Survey, path: Path, patterns: Iterable[str]) -> Iterator[Problem]:
    tracks = list(survey.scenario.tracks)
    for index, pattern in enumerate(patterns):
        loose = pattern
        for role in ("actor", "target", "other", "left_out"):
            loose = loose.replace(f"{{{role}}}", "*")
        if not any(fnmatchcase(track, loose) for track in tracks):
            advice = did_you_mean(pattern, tracks, "tracks")
            yield survey.problem((*path, index), f'no track is called "{pattern}"', advice)


def whole(survey: Survey) -> Iterator[Problem]:
    """An id that is not the folder's, no language, no end, people or points that make no sense."""
    scenario = survey.scenario
    folder = PurePosixPath(survey.places.at("id").file).parent.name
    if folder not in ("", scenario.id):
        say = f'the id is "{scenario.id}" and the folder is called "{folder}"'
        yield survey.problem(("id",), say, "give them one name")
    people, points = scenario.people, scenario.points
    if not scenario.languages:
        say = "a scenario needs a language"
        yield survey.problem(("languages",), say, "write `languages: [en]`")
    if len(set(scenario.languages)) < len(scenario.languages):
        yield survey.problem(("languages",), "a language is named twice", "name each once")
    if not 0 < people.least <= people.best <= people.most:
        say = f"{people.least}, {people.best} and {people.most} people are out of order"
        yield survey.problem(("people",), say, "write least, best and most, rising", key=True)
    if people.brief_minutes < 0 or people.hot_wash_minutes < 0:
        say = "a brief or hot wash cannot be shorter than nothing"
        yield survey.problem(("people",), say, "write 0", key=True)
    if points.per_turn < 0 or points.carry < 0:
        yield survey.problem(("points",), "points cannot be below none", "write 0", key=True)
    if not scenario.ends:
        yield survey.problem(("ends",), "a game could not end", "write an end", key=True)
