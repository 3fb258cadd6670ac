"""Checks of texts that tell a capital what is kept from it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from rules.grammar import names_in
from rules.nodes import Path, Problem
from rules.scenario import CAPITALS, Capital, Clause, Inject, JointAction, Part, Scenario, Text

from .casts import cast
from .expressions import sees
from .minutes import WIDE, letters
from .survey import Survey

Readers: TypeAlias = frozenset[Capital]
Phrases: TypeAlias = Callable[[str], Iterator[str]]

_ALL: Final[Readers] = frozenset(CAPITALS)
_ENDS: Final = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_ARTICLE: Final = re.compile(r"^(an?|the)\s+", re.IGNORECASE)
_SENTENCE: Final = 20
"""So many letters are not the same by chance,"""

_NAME: Final = 8
"""and a name of fewer is a word of every day."""


@dataclass(frozen=True)
class Told:
    """A text of the scenario, where it stands, and the capitals that read it."""

    path: Path
    text: Text
    to: Readers

    @cached_property
    def lower(self) -> Text:
        """The text in small letters."""
        return {language: words.lower() for language, words in self.text.items()}


@dataclass(frozen=True)
class Secret:
    """Words that some capitals are not to read, where they stand, and what they are."""

    path: Path
    text: Text
    kept: Readers
    what: str


def quoted(survey: Survey) -> Iterator[Problem]:
    """Texts that quote another capital's secret objective, or a sentence of its secret brief."""
    for told, secret, language, knowing in _met(survey, _declared(survey), _passages):
        say = f"{knowing} would read {secret.what} here"
        instead = f"say it otherwise: it stands in {'.'.join(map(str, secret.path))}"
        yield survey.problem((*told.path, language), say, instead, key=True)


def named(survey: Survey) -> Iterator[Problem]:
    """Texts that name a track, flag, asset or process to a capital that is not to know of it."""
    touched = _touched(survey)
    for told, secret, language, knowing in _met(survey, _hidden(survey), _names):
        if (told.path[:2], secret.path) in touched:
            continue
        say = f"{knowing} would read of {secret.what} here, and cannot see it"
        instead = f"say it otherwise, or let {knowing} see it"
        yield survey.problem((*told.path, language), say, instead, key=True, level="warning")


def _met(
    survey: Survey, secrets: Iterable[Secret], phrases: Phrases
) -> Iterator[tuple[Told, Secret, str, str]]:
    """Every text with a secret in it, the language, and the capitals that would learn of it."""
    texts = tuple(every_text(survey.scenario))
    everything = {
        language: "\n".join(each.lower.get(language, "") for each in texts)
        for language in survey.scenario.languages
    }
    sought = [
        (language, phrase, secret)
        for secret in secrets
        for language, words in secret.text.items()
        for phrase in phrases(words)
        if secret.kept and phrase in everything.get(language, "")
    ]
    for told in texts:
        seen: set[Path] = set()
        for language, phrase, secret in sought:
            knowing = " and ".join(each for each in CAPITALS if each in told.to & secret.kept)
            if knowing and secret.path not in seen and _said(phrase, told.lower.get(language, "")):
                seen.add(secret.path)
                yield told, secret, language, knowing


def _said(phrase: str, words: str) -> bool:
    """Whether a text has a phrase in it, as whole words where words stand apart."""
    if phrase not in words or phrase[0] >= WIDE:
        return phrase in words
    return re.search(rf"\b{re.escape(phrase)}\b", words) is not None


def _passages(words: str) -> Iterator[str]:
    """The sentences of a text that are too long to be the same by chance."""
    for sentence in _ENDS.split(words.lower()):
        passage = sentence.strip().rstrip(".!?。！？")
        if letters(passage) >= _SENTENCE:
            yield passage


def _names(words: str) -> Iterator[str]:
    """A name without its article, unless it is a word of every day."""
    name = _ARTICLE.sub("", words.lower().strip())
    if letters(name) >= _NAME and (name[0] >= WIDE or " " in name):
        yield name


def _declared(survey: Survey) -> Iterator[Secret]:
    """What is called secret: objectives, and sentences of briefs that others have not as well."""
    scenario = survey.scenario
    objectives = scenario.objectives
    for name, it in objectives.items():
        if it.secret:
            same = [other for other in objectives.values() if other.name == it.name]
            shared = _ALL if any(not other.secret for other in same) else {o.team for o in same}
            what = f"{it.team}'s secret objective"
            yield Secret(("objectives", name, "name"), it.name, _ALL - shared, what)

    def known(team: Capital, language: str) -> str:
        brief = scenario.briefs.get(team)
        secret = (brief.secret, brief.red_line_secret) if brief is not None else ()
        return "\n".join(text.get(language, "") for text in secret).lower()

    for team, brief in scenario.briefs.items():
        for field in ("secret", "red_line_secret"):
            for language, words in getattr(brief, field).items():
                for sentence in _passages(words):
                    kept = frozenset(o for o in CAPITALS if sentence not in known(o, language))
                    path: Path = ("briefs", team, field)
                    what = f"a sentence of {team}'s secret brief"
                    yield Secret(path, {language: sentence}, kept, what)


def _hidden(survey: Survey) -> Iterator[Secret]:
    """The names of what some capitals do not see, and have no estimate of."""
    scenario = survey.scenario
    for name, track in scenario.tracks.items():
        kept = frozenset(
            team
            for team in CAPITALS
            if team not in track.estimates and not sees(survey, name, team)
        )
        yield Secret(("tracks", name), track.name, kept, name)
    for name, flag in scenario.flags.items():
        yield Secret(("flags", name), flag.name, _ALL - _seers(flag.visible), f"flag.{name}")
    for name, inject in scenario.injects.items():
        others = (it for it in scenario.injects.values() if it.title == inject.title)
        kept = _ALL - frozenset(team for it in others for team in _reached(it))
        long = {key: words for key, words in inject.title.items() if letters(words) >= _SENTENCE}
        yield Secret(("injects", name), long, kept, name)
    for name, derived in scenario.derived.items():
        kept = frozenset(team for team in CAPITALS if not sees(survey, name, team))
        yield Secret(("derived", name), derived.name, kept, name)
    for section in ("assets", "processes"):
        for name, it in getattr(scenario, section).items():
            yield Secret((section, name), it.name, _ALL - _seers(it.visible), name)


def _seers(visible: str | tuple[Capital, ...]) -> Readers:
    if isinstance(visible, str):
        return _ALL if visible == "public" else frozenset()
    return frozenset(visible)


def _touched(survey: Survey) -> frozenset[tuple[Path, Path]]:
    """Each item, with what it reads, moves, sets or begins itself, and so speaks of knowingly."""
    found: set[tuple[Path, Path]] = set()
    for path, trees in survey.conditions.items():
        for name in frozenset().union(*map(names_in, trees)):
            flag = name.removeprefix("flag.")
            found.add((path[:2], ("tracks", name) if flag == name else ("flags", flag)))
    for act in survey.acts:
        for who in act.casts:
            moved = {cast(key, who) or key for key in (*act.effect.change, *act.effect.to)}
            found |= {(act.path[:2], ("tracks", key)) for key in moved}
            found |= {(act.path[:2], ("flags", cast(key, who) or key)) for key in act.effect.set}
        found |= {(act.path[:2], ("assets", key)) for key in act.effect.move}
        found |= {(act.path[:2], ("processes", key)) for key in act.effect.begin}
    for name, inject in survey.scenario.injects.items():
        for before in (*inject.after, *inject.answered):
            found.add((("injects", name), ("injects", before)))
    for name, process in survey.scenario.processes.items():
        found.add((("injects", process.over), ("processes", name)))
    return frozenset(found)


def every_text(scenario: Scenario) -> Iterator[Told]:
    """Every text that capitals read in play, with those that do. Ends and hot wash come after."""
    for field in ("title", "summary", "setting", "marking"):
        yield Told((field,), getattr(scenario, field), _ALL)
    for section, fields in _OPEN.items():
        for name, it in getattr(scenario, section).items():
            yield from _fields((section, name), it, fields, _ALL)
    for section in ("tracks", "assets", "processes"):
        for name, it in getattr(scenario, section).items():
            to = _seers(it.visible) | {*getattr(it, "estimates", ())}
            yield from _fields((section, name), it, ("name", "say"), to)
    for name, flag in scenario.flags.items():
        yield from _fields(("flags", name), flag, ("name",), _seers(flag.visible))
    for name, seat in scenario.seats.items():
        own = frozenset(each for each in CAPITALS if each == seat.team)
        yield from _fields(("seats", name), seat, ("task",), own)
    for name, action in scenario.actions.items():
        to = _ALL if action.known == "public" else frozenset({action.team, *action.consult})
        yield from _fields(("actions", name), action, ("name",), to)
        yield from _fields(("actions", name), action, ("say",), frozenset({action.team}))
    for section, pacts in (("joint", scenario.joint), ("plan", scenario.plan)):
        for name, pact in pacts.items():
            yield from _of_pact((section, name), pact)
    for name, decision in scenario.decisions.items():
        own = frozenset({decision.team})
        yield from _fields(("decisions", name), decision, ("ask",), own)
        for choice, option in decision.options.items():
            at: Path = ("decisions", name, "options", choice)
            told = own if option.known == "own" else own | _seers(option.known)
            yield from _fields(at, option, ("name",), told)
            yield from _fields(at, option, ("say", "mishap_say"), own)
    for name, inject in scenario.injects.items():
        yield from _of_inject(("injects", name), inject)
    for team, brief in scenario.briefs.items():
        yield from _fields(("briefs", team), brief, tuple(type(brief).model_fields), {team})
    for name, objective in scenario.objectives.items():
        to = frozenset({objective.team}) if objective.secret else _ALL
        yield from _fields(("objectives", name), objective, ("name",), to)


_OPEN: Final[Mapping[str, tuple[str, ...]]] = {
    "turns": ("name", "world", "say"),
    "rules": ("name", "say"),
    "sources": ("say",),
    "facts": ("say",),
    "places": ("name",),
    "zones": ("name",),
    "seats": ("name",),
}
"""What everybody can read."""


def _fields(path: Path, it: Part, fields: Iterable[str], to: Iterable[Capital]) -> Iterator[Told]:
    for field in fields:
        text = getattr(it, field, None)
        if text is not None:
            yield Told((*path, field), text, frozenset(to))


def _of_pact(path: Path, pact: JointAction | Clause) -> Iterator[Told]:
    parties = frozenset(pact.who)
    to = _ALL if pact.known == "public" else parties
    yield from _fields(path, pact, ("name", "text"), to)
    yield from _fields(path, pact, ("say",), parties)
    caveats = [((*path, "caveats", name), it) for name, it in pact.caveats.items()]
    for choice, option in pact.options.items():
        at = (*path, "options", choice)
        yield from _fields(at, option, ("name", "say"), parties)
        caveats += [((*at, "caveats", name), it) for name, it in option.caveats.items()]
    for where, caveat in caveats:
        yield from _fields(where, caveat, ("name", "say"), parties)
    for team, national in getattr(pact, "defaults", {}).items():
        yield from _fields((*path, "defaults", team), national, ("why",), {team})


def _of_inject(path: Path, inject: Inject) -> Iterator[Told]:
    yield from _fields(path, inject, ("sender", "title"), _reached(inject))
    yield from _fields(path, inject, ("text",), _reached(inject, inject.variants))
    for reader, text in inject.variants.items():
        own = frozenset(team for team in CAPITALS if _of(reader, team))
        yield Told((*path, "variants", reader), text, own)


def _reached(inject: Inject, but: Collection[str] = ()) -> Readers:
    """The capitals with a reader of an inject, some readers left out."""
    readers = {*CAPITALS, *inject.to} if "all" in inject.to else {*inject.to}
    return frozenset(
        team for team in CAPITALS if any(_of(to, team) for to in readers.difference(but))
    )


def _of(reader: str, team: Capital) -> bool:
    return reader.partition(".")[0] == team
