"""Every fault an author can make in a scenario is told with file, line and what would be right."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import pytest

from rules.checks import CHECKS, check
from rules.grammar import DEEPEST
from rules.reading import Problem
from server.library import Library
from tests.scenarios.files import Files

BOMB = "a: &a [no, no, no, no, no, no, no, no, no]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


Change: TypeAlias = tuple[str, str, str]
"""A file, a passage of it, and what is written there instead."""


@dataclass(frozen=True)
class Fault:
    """A passage, what an author might write instead, and what the author should then be told."""

    name: str
    file: str
    old: str
    new: str
    at: str
    say: str
    instead: str
    check: str
    level: str = "error"
    told_in: str | None = None
    besides: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Neighbour:
    """What an author may well write, though it is close to a fault that a check finds."""

    name: str
    changes: tuple[Change, ...]


_NO_ORDERS: Final[Change] = ("scenario.yaml", "T2: {minutes: 20}", "T2: {minutes: 20, orders: 0}")
_FLASH: Final[Change] = ("scenario.yaml", "T2: {minutes: 20}", "T2: {minutes: 20, flash: true}")
_CALLED: Final[Change] = (
    "texts/en.yaml",
    "  JP-01:\n    name: Patrol\n",
    "  US-02: {name: Insist, say: Warn Pyongyang again.}\n  JP-01:\n    name: Patrol\n",
)
_CAVEAT: Final[Change] = (
    "texts/en.yaml",
    "text: We meet to learn.}",
    "text: We meet to learn., caveats: {later: {name: Later, say: Not this month.}}}",
)
_SEARCH: Final[Change] = (
    "texts/en.yaml",
    "objectives:\n",
    "processes:\n  search: {name: A search, say: Boats look for wreckage.}\nobjectives:\n",
)
_HIDDEN: Final[tuple[Change, ...]] = (
    ("board.yaml", "kind: ship, at: busan}", "kind: ship, at: busan, visible: [seoul]}"),
    ("texts/en.yaml", "destroyer: {name: Destroyer}", "destroyer: {name: The third destroyer}"),
)
_OWN: Final = (
    "  tokyo: {public: Listen., secret: Learn more., red_line_public: No war., "
    "red_line_secret: No shot., advice: Ask.}\n"
)
_ALIKE: Final = (
    "  US-02:\n    team: washington\n    cost: 2\n    sources: [P1]\n    effects:\n"
    "      - set: {warned: true}\n"
)
_WARNING: Final = (
    "    effects:\n      - set: {warned: true}\n      - change: {tension: -3, pyongyang.doubt: 2}\n"
)
_LOUD: Final = (
    "      - on: action\n        tags: [loud]\n        effects:\n"
    "          - set: {warned: true}\n          - change: {pyongyang.doubt: 2}\n"
)
_COORD: Final = "      - change: {tension: -3, pyongyang.doubt: 2, coord: 1}\n"
_SWING: Final = "  swing: {formula: coord + sway + swing}\n  sway: {formula: coord - tension}\n"
_DEARER: Final = _ALIKE.replace("cost: 2", "cost: 3")

FAULTS = (
    Fault(
        "unknown track",
        "play.yaml",
        "coord >= 30 &&",
        "cord >= 30 &&",
        at="cord >= 30",
        say='there is no name "cord"',
        instead="did you mean coord?",
        check="unknown_names",
    ),
    Fault(
        "unknown track in an effect",
        "play.yaml",
        "tension: -3,",
        "tention: -3,",
        at="tention: -3",
        say='there is no track "tention"',
        instead="did you mean tension?",
        check="effects",
    ),
    Fault(
        "unknown flag",
        "play.yaml",
        "tension >= 40 || flag.warned",
        "tension >= 40 || flag.warnd",
        at="flag.warnd",
        say='there is no name "flag.warnd"',
        instead="did you mean flag.warned?",
        check="unknown_names",
    ),
    Fault(
        "unknown flag in an effect",
        "play.yaml",
        "set: {warned: true}",
        "set: {warnt: true}",
        at="warnt: true",
        say='there is no flag "warnt"',
        instead="did you mean warned?",
        check="effects",
    ),
    Fault(
        "misspelt key",
        "play.yaml",
        "needs: coord",
        "neds: coord",
        at="neds: coord",
        say='there is no key "neds" here',
        instead="did you mean needs?",
        check="keys",
    ),
    Fault(
        "wrong type in a condition",
        "play.yaml",
        "test: coord >= 50",
        "test: coord + 50",
        at="",
        say="is a whole number and what is wanted here is true or false",
        instead="compare it, as in",
        check="expressions",
    ),
    Fault(
        "wrong type in an amount",
        "board.yaml",
        "change: {coord: -1}",
        "change: {coord: tension > 5}",
        at="",
        say="is true or false and what is wanted here is a whole number",
        instead="? 1 : 0",
        check="expressions",
    ),
    Fault(
        "float where integer",
        "board.yaml",
        "coord: {start: 40}",
        "coord: {start: 40.5}",
        at="40.5",
        say="40.5 is no whole number",
        instead="write a whole number",
        check="types",
    ),
    Fault(
        "float in an effect",
        "play.yaml",
        "change: {coord: 4}",
        "change: {coord: 4.0}",
        at="4.0",
        say="4.0 is no whole number",
        instead="write 4",
        check="types",
    ),
    Fault(
        "float in an expression",
        "play.yaml",
        "when: tension >= 95",
        "when: tension >= 94.5",
        at="94.5",
        say="tracks are whole numbers",
        instead="write 94 or 95, not 94.5",
        check="expressions",
    ),
    Fault(
        "// in an expression",
        "board.yaml",
        "floordiv(tension, 10)",
        "tension // 10",
        at="// 10",
        say='"//"',
        instead="write floordiv(a, b), which rounds down",
        check="expressions",
    ),
    Fault(
        "division by zero reachable",
        "board.yaml",
        "floordiv(tension, 10)",
        "floordiv(10, tension)",
        at="tension)",
        say='"floordiv" could divide by zero',
        instead="greatest(1, tension)",
        check="expressions",
    ),
    Fault(
        "missing language",
        "scenario.yaml",
        "languages: [en]",
        "languages: [en, ja]",
        at="",
        say="the text title is missing in ja",
        instead="write it here",
        check="languages",
        told_in="texts/ja.yaml",
    ),
    Fault(
        "missing text",
        "texts/en.yaml",
        "warned: {name: a warning, say: ",
        "warned: {say: ",
        at="warned:",
        say="the text flags.warned.name is missing in en",
        instead="write it here",
        check="languages",
    ),
    Fault(
        "empty text",
        "texts/en.yaml",
        "ask: Was it framed as learning?",
        "ask: ''",
        at="''}",
        say="the text findings.framed_as_learning.ask is missing in en",
        instead="write it here",
        check="languages",
    ),
    Fault(
        "missing source id",
        "play.yaml",
        "    consult: [seoul]\n    scale: 1\n    sources: [P1]\n",
        "    consult: [seoul]\n    scale: 1\n",
        at="JP-01:",
        say="`sources` is missing",
        instead="write `sources:`",
        check="missing",
    ),
    Fault(
        "no source",
        "play.yaml",
        "    consult: [seoul]\n    scale: 1\n    sources: [P1]\n",
        "    consult: [seoul]\n    scale: 1\n    sources: []\n",
        at="sources: []",
        say="this cites no source",
        instead="name an item of `sources`",
        check="sources",
    ),
    Fault(
        "unknown source id",
        "play.yaml",
        "    consult: [seoul]\n    scale: 1\n    sources: [P1]\n",
        "    consult: [seoul]\n    scale: 1\n    sources: [P1, P2]\n",
        at="P2",
        say='there is no source "P2"',
        instead="did you mean P1?",
        check="sources",
    ),
    Fault(
        "duplicate id",
        "play.yaml",
        "  KR-01:\n",
        "  US-01:\n",
        at="US-01:",
        say='"US-01" is here a second time; the first is at line 2',
        instead="give one of them another id",
        check="duplicate",
    ),
    Fault(
        "inject to an unknown seat",
        "play.yaml",
        "to: [tokyo, seoul.lead]",
        "to: [tokyo, seoul.leed]",
        at="seoul.leed",
        say='there is no team or seat "seoul.leed"',
        instead="did you mean seoul.lead?",
        check="addressees",
    ),
    Fault(
        "need on a track the seat cannot see",
        "play.yaml",
        "trust.tokyo_seoul > 10",
        "trust.seoul_tokyo > 10",
        at="trust.seoul_tokyo > 10",
        say="tokyo would learn trust.seoul_tokyo from this, and cannot see it exactly",
        instead="read what tokyo can see, or make trust.seoul_tokyo visible there",
        check="unseen",
    ),
    Fault(
        "joint need that one party cannot see",
        "play.yaml",
        "    who: [tokyo, seoul]\n",
        "    who: [tokyo, seoul]\n    needs: coord > 1 && trust.tokyo_seoul > 10\n",
        at="trust.tokyo_seoul > 10",
        say="seoul would learn trust.tokyo_seoul from this",
        instead="read what seoul can see",
        check="unseen",
    ),
    Fault(
        "roll modifier on a hidden flag",
        "play.yaml",
        "when: flag.hotline, add: 1",
        "when: pyongyang.doubt > 50, add: 1",
        at="pyongyang.doubt",
        say="tokyo would learn pyongyang.doubt from this",
        instead="read what tokyo can see",
        check="unseen",
    ),
    Fault(
        "price that tells a secret",
        "board.yaml",
        "tags: [sea], when: flag.warned, add: 1",
        "tags: [sea], when: doubt > 70, add: 1",
        at="doubt > 70",
        say="tokyo would learn doubt from this",
        instead="read what tokyo can see",
        check="unseen",
    ),
    Fault(
        "objective on a track the capital cannot see",
        "play.yaml",
        "test: domestic.seoul >= 40, points: 1, live: false",
        "test: domestic.seoul >= 40, points: 1",
        at="domestic.seoul",
        say="tokyo would learn domestic.seoul from this",
        instead="or write `live: false`",
        check="unseen",
    ),
    Fault(
        "objective on a derived value of a hidden track",
        "play.yaml",
        "test: calm, points: 2",
        "test: doubt > 50, points: 2",
        at="doubt > 50",
        say="seoul would learn doubt from this",
        instead="read what seoul can see",
        check="unseen",
    ),
    Fault(
        "end never reachable: out of range",
        "play.yaml",
        "when: tension >= 95",
        "when: tension >= 120",
        at="tension >= 120",
        say="this end can never be reached",
        instead="loosen it: tension goes from 0 to 100",
        check="reachable",
    ),
    Fault(
        "end never reachable: contradiction",
        "play.yaml",
        "when: coord >= 60}",
        'when: "coord >= 60 && !(coord > 40 || flag.warned)"}',
        at='"coord >= 60',
        say="this end can never be reached",
        instead="its parts exclude each other",
        check="reachable",
    ),
    Fault(
        "end never reachable: through a derived value",
        "play.yaml",
        "when: coord >= 60}",
        "when: doubt < 0}",
        at="doubt < 0",
        say="this end can never be reached",
        instead="doubt goes from 0 to 100",
        check="reachable",
    ),
    Fault(
        "end never reachable: after one that always holds",
        "play.yaml",
        '  drift: {when: "true"}\n',
        '  always: {when: "coord >= 0"}\n  drift: {when: "true"}\n',
        at='"true"}',
        say='"always" always holds and comes first',
        instead='write it above "always"',
        check="ends_in_order",
    ),
    Fault(
        "end at once",
        "play.yaml",
        "when: tension >= 95",
        "when: tension >= 0",
        at="tension >= 0",
        say="the game would end at once",
        instead="write a condition that play has to reach",
        check="ends_in_order",
    ),
    Fault(
        "no end for sure",
        "play.yaml",
        '  drift: {when: "true"}',
        "  drift: {when: coord < 60}",
        at="ends:",
        say="a game can come to its last turn and none of these ends hold",
        instead='add a last one with `when: "true"`',
        check="ends_in_order",
        level="warning",
    ),
    Fault(
        "inject never reachable: condition",
        "play.yaml",
        "when: tension >= 40 || flag.warned",
        "when: tension >= 40 && turn == 1",
        at="tension >= 40",
        say="this inject can never be sent by itself",
        instead="turn goes from 2 to 2",
        check="reachable",
    ),
    Fault(
        "inject never reachable: minute",
        "play.yaml",
        "minute: 2\n",
        "minute: 25\n",
        at="25",
        say="minute 25 never comes: the turn lasts 20 minutes",
        instead="write 19 or less",
        check="triggers",
    ),
    Fault(
        "inject never reachable: no turn",
        "play.yaml",
        "    turn: T1\n    trigger: scheduled\n",
        "    trigger: scheduled\n",
        at="I-01:",
        say="scheduled for no turn",
        instead="write `turn:`",
        check="triggers",
    ),
    Fault(
        "inject without a text for everybody",
        "texts/en.yaml",
        "      seoul.lead: A ship is near the line.\n",
        "",
        at="I-02:",
        say="there is no text for seoul.lead",
        instead="write `text:` for all, or a variant for each",
        check="addressees",
        told_in="play.yaml",
    ),
    Fault(
        "variant for somebody else",
        "texts/en.yaml",
        "      tokyo: A ship is near the islets.\n",
        "      tokyo: A ship is near the islets.\n      washington: A ship.\n",
        at="washington: A ship.",
        say="washington does not receive this inject",
        instead="add washington to `to`",
        check="addressees",
    ),
    Fault(
        "response owed by somebody else",
        "play.yaml",
        "    to: [tokyo, seoul.lead]\n",
        "    to: [tokyo, seoul.lead]\n    owed: {by: [tokyo, washington], minutes: 5}\n",
        at="washington",
        say="washington owes a response to what it does not receive",
        instead="add washington to `to`",
        check="addressees",
    ),
    Fault(
        "inject chained to nothing",
        "play.yaml",
        "    turn: T1\n    trigger: scheduled\n",
        "    turn: T1\n    trigger: chained\n",
        at="I-01:",
        say="this inject is chained to nothing",
        instead="write `after:` or `answered:`",
        check="triggers",
    ),
    Fault(
        "link to no inject",
        "play.yaml",
        "    trigger: scheduled\n",
        "    trigger: scheduled\n    after: [I-30]\n",
        at="I-30",
        say='there is no inject "I-30"',
        instead="did you mean I-03?",
        check="links",
    ),
    Fault(
        "link to an answer that nobody owes",
        "play.yaml",
        "    trigger: scheduled\n",
        "    trigger: scheduled\n    answered: [I-03]\n",
        at="I-03",
        say="nobody owes a response to I-03",
        instead="write `owed:` in I-03",
        check="links",
    ),
    Fault(
        "inject that waits for itself",
        "play.yaml",
        "    trigger: scheduled\n",
        "    trigger: scheduled\n    after: [I-01]\n",
        at="I-01:",
        say="this inject waits for itself: I-01 → I-01",
        instead="take one of these links out",
        check="chains",
    ),
    Fault(
        "channel that is no line between capitals",
        "play.yaml",
        "      - change: {tension: 4}\n    sources: [P1]\n  I-02",
        "      - change: {tension: 4}\n"
        "        channels: {control+tokyo: {how: cut}}\n    sources: [P1]\n  I-02",
        at="control+tokyo",
        say='"control+tokyo" is no room between capitals',
        instead="did you mean seoul+tokyo?",
        check="channels",
    ),
    Fault(
        "process that is not declared",
        "play.yaml",
        "      - change: {tension: 4}\n    sources: [P1]\n  I-02",
        "      - {change: {tension: 4}, begin: [search]}\n    sources: [P1]\n  I-02",
        at="search",
        say='there is no process "search"',
        instead="processes",
        check="processes",
    ),
    Fault(
        "lead that is no seat of control",
        "play.yaml",
        "objectives:\n",
        "lead: tokyo.lead\nobjectives:\n",
        at="tokyo.lead",
        say="tokyo.lead is no seat of control",
        instead="did you mean control.lead?",
        check="cells",
    ),
    Fault(
        "joint action with one party",
        "play.yaml",
        "who: [tokyo, seoul]",
        "who: [tokyo]",
        at="who: [tokyo]",
        say="a joint action needs two parties or more",
        instead="name them, as in [tokyo, seoul]",
        check="parties",
    ),
    Fault(
        "coalition of everybody",
        "play.yaml",
        "    meeting: true",
        "    meeting: true\n    least: 2",
        at="2",
        say="all 2 parties are needed anyway",
        instead="leave it out, or let fewer go ahead",
        check="coalitions",
    ),
    Fault(
        "what follows a coalition that cannot be",
        "play.yaml",
        "    meeting: true",
        "    meeting: true\n    fewer: [{change: {coord: -1}}]",
        at="fewer:",
        say="this never acts: the joint action needs every party",
        instead="write `least:`, or leave it out",
        check="coalitions",
    ),
    Fault(
        "clause without a capital's default",
        "play.yaml",
        "      seoul: {option: later}\n",
        "",
        at="telling:",
        say="seoul has no default of its own",
        instead="say under `defaults: seoul:` which option it would take alone",
        check="clauses",
    ),
    Fault(
        "default that is no option",
        "play.yaml",
        "seoul: {option: later}",
        "seoul: {option: latter}",
        at="latter",
        say='there is no option "latter"',
        instead="did you mean later?",
        check="clauses",
    ),
    Fault(
        "friction that is no inject",
        "play.yaml",
        "friction: I-03",
        "friction: I-30",
        at="I-30",
        say='there is no inject "I-30"',
        instead="did you mean I-03?",
        check="clauses",
    ),
    Fault(
        "friction that comes in any case",
        "play.yaml",
        "friction: I-03",
        "friction: I-01",
        at="I-01",
        say="I-01 comes whether the clause is open or not",
        instead="let its `when` ask for `!clause.telling.agreed`",
        check="clauses",
    ),
    Fault(
        "action costlier than any budget",
        "play.yaml",
        "team: seoul\n    cost: 2",
        "team: seoul\n    cost: 8",
        at="8",
        say="this costs 8 points and a capital never has more than 7",
        instead="write 7 or less, or raise `points`",
        check="budget",
    ),
    Fault(
        "turn with no time",
        "scenario.yaml",
        "T2: {minutes: 20}",
        "T2: {minutes: 0}",
        at="0}",
        say="this turn has no time: 0 minutes",
        instead="write how many minutes it lasts",
        check="turns",
    ),
    Fault(
        "expression too deep",
        "play.yaml",
        "when: tension >= 95",
        f"when: {'(' * (DEEPEST + 2)}tension{')' * (DEEPEST + 2)} >= 95",
        at="(tension)",
        say=f"nested or chained more than {DEEPEST} deep",
        instead="split it into several rules",
        check="expressions",
    ),
    Fault(
        "words out of order",
        "scenario.yaml",
        "calm: {upto: 49}",
        "calm: {upto: 100}",
        at="100}",
        say="tense ends at 100 and calm before it at 100",
        instead="order the bands from low to high",
        check="words",
    ),
    Fault(
        "place off the globe",
        "board.yaml",
        "lat: 35.12",
        "lat: 135.12",
        at="busan:",
        say="129.04, 135.12 is no longitude and latitude",
        instead="write degrees",
        check="places",
    ),
    Fault(
        "roll that brings nothing",
        "play.yaml",
        "      ok:\n        - change: {coord: 4}\n      bad:\n        - change: {tension: 5}\n",
        "",
        at="roll:",
        say="this roll changes nothing however it falls",
        instead="write what follows",
        check="rolls",
        level="warning",
    ),
    Fault(
        "id of another folder",
        "scenario.yaml",
        "id: tiny",
        "id: huge",
        at="huge",
        say='the id is "huge" and the folder is called "tiny"',
        instead="give them one name",
        check="whole",
    ),
    Fault(
        "reaction that brings itself about",
        "board.yaml",
        "    modifiers:\n",
        "      - on: flare_up\n"
        "        effects: [{occur: {occasion: flare_up, by: tokyo}}]\n"
        "    modifiers:\n",
        at="occur:",
        say="that leads to flare_up again",
        instead="react to something else",
        check="occasions",
    ),
    Fault(
        "unknown turn",
        "play.yaml",
        "turn: T2\n    options",
        "turn: T3\n    options",
        at="T3",
        say='there is no turn "T3"',
        instead="did you mean T2?",
        check="references",
    ),
    Fault(
        "unknown default",
        "play.yaml",
        "default: hold",
        "default: wait",
        at="wait",
        say='there is no option "wait"',
        instead="the options are hold, fire",
        check="decisions",
    ),
    Fault(
        "start outside the range",
        "board.yaml",
        "tension: {start: 30,",
        "tension: {start: 130,",
        at="130,",
        say="this track starts at 130, outside 0 to 100",
        instead="write a start from 0 to 100",
        check="tracks",
    ),
    Fault(
        "track that ends below its beginning",
        "board.yaml",
        "tension: {start: 30,",
        "tension: {start: 30, min: 50, max: 20,",
        at="tension:",
        say="this track goes from 50 to 20",
        instead="write a `min` below its `max`",
        check="tracks",
    ),
    Fault(
        "words that end before the track",
        "scenario.yaml",
        "tense: {upto: 100}",
        "tense: {upto: 90}",
        at="pressure",
        say='the words "pressure" end at 90 and this track goes to 100',
        instead="let the last of them go `upto: 100`",
        check="tracks",
        told_in="board.yaml",
    ),
    Fault(
        "unknown place of an asset",
        "board.yaml",
        "kind: ship, at: busan",
        "kind: ship, at: pusan",
        at="pusan",
        say='there is no place "pusan"',
        instead="did you mean busan?",
        check="references",
    ),
    Fault(
        "asset moved nowhere",
        "play.yaml",
        "move: {destroyer: busan}",
        "move: {destroyer: pusan}",
        at="pusan",
        say='there is no place "pusan"',
        instead="did you mean busan?",
        check="effects",
    ),
    Fault(
        "tag that nothing has",
        "board.yaml",
        "tags: [sea], when: coord >= 50",
        "tags: [see], when: coord >= 50",
        at="see]",
        say='no roll has the tag "see"',
        instead="did you mean sea?",
        check="tags",
        level="warning",
    ),
    Fault(
        "track that nothing moves",
        "play.yaml",
        "change: {domestic.seoul: 2}",
        "change: {coord: 2}",
        at="domestic.seoul:",
        say="nothing moves this track",
        instead="write an effect on it, or delete it",
        check="moved",
        level="warning",
        told_in="board.yaml",
    ),
    Fault(
        "role that nobody has",
        "board.yaml",
        '"trust.{left_out}_{actor}": -2',
        '"trust.{target}_{actor}": -2',
        at='"trust.{target}',
        say="{target} can be nobody here",
        instead="the roles here are {actor}, {left_out}",
        check="roles",
    ),
    Fault(
        "misspelt role",
        "board.yaml",
        '"trust.{left_out}_{actor}": -2',
        '"trust.{leftout}_{actor}": -2',
        at='"trust.{leftout}',
        say="there is no role {leftout}",
        instead="did you mean left_out?",
        check="roles",
    ),
    Fault(
        "no such track for one of the casts",
        "play.yaml",
        "consult: [seoul]",
        "consult: [seoul, washington]",
        at='"trust.{left_out}_{actor}"',
        say='there is no track "trust.washington_tokyo", when {actor} is tokyo',
        instead="did you mean",
        check="effects",
        told_in="board.yaml",
    ),
    Fault(
        "finding that nobody asked for",
        "board.yaml",
        "asks: [framed_as_learning]\n        when",
        "when",
        at="finding.framed_as_learning",
        say='"finding.framed_as_learning" means nothing here',
        instead="`asks: [framed_as_learning]`",
        check="given_names",
    ),
    Fault(
        "severity where there is none",
        "board.yaml",
        "when: tension > 60",
        "when: tension > 60 && severity > 2",
        at="severity > 2",
        say='"severity" means nothing here',
        instead="a reaction to flare_up",
        check="given_names",
    ),
    Fault(
        "derived value before what it reads",
        "board.yaml",
        "formula: tension < 50",
        "formula: doubt < 50",
        at="doubt < 50",
        say="doubt is worked out only after this",
        instead="write doubt above calm",
        check="derived_order",
    ),
    Fault(
        "flare-up that nobody causes",
        "play.yaml",
        "- change: {tension: 4}",
        "- occur: {occasion: flare_up}",
        at="occur:",
        say="nobody is known to cause this flare_up",
        instead="write `by:`",
        check="occasions",
    ),
    Fault(
        "authority without the right to commit",
        "scenario.yaml",
        "tokyo: tokyo.lead",
        "tokyo: tokyo.adviser",
        at="tokyo.adviser",
        say="tokyo.adviser has no right to commit",
        instead="give it the right",
        check="authority",
    ),
    Fault(
        "authority of another team",
        "scenario.yaml",
        "tokyo: tokyo.lead",
        "tokyo: seoul.lead",
        at="seoul.lead",
        say="seoul.lead is a seat of seoul",
        instead="name one of tokyo.lead",
        check="authority",
    ),
    Fault(
        "seat with eyes of another capital",
        "scenario.yaml",
        "{team: tokyo, rights: [speak]}",
        "{team: tokyo, rights: [speak], eyes: seoul}",
        at="seoul}",
        say="a seat of tokyo would know what seoul knows",
        instead="only observers borrow eyes",
        check="seats",
    ),
    Fault(
        "capital without an objective",
        "play.yaml",
        "{team: washington, test: coord >= 50, points: 3}",
        "{team: seoul, test: coord >= 50, points: 3}",
        at="objectives:",
        say="washington has no objective",
        instead="write one with `team: washington`",
        check="table",
    ),
    Fault(
        "name that expressions cannot read",
        "board.yaml",
        "warned: {}",
        "warned: {}\n  so-called: {}",
        at="so-called",
        say="cannot be a name",
        instead="use letters, digits and _",
        check="names_declared",
    ),
    Fault(
        "action too dear while it can be had",
        "play.yaml",
        "team: seoul\n    cost: 2",
        "team: seoul\n    needs: turn == 1\n    cost: 6",
        at="6",
        say="this costs 6 points and a capital never has more than 5 while it can be had",
        instead="write 5 or less",
        check="budget",
    ),
    Fault(
        "action with a price that always rises",
        "board.yaml",
        "{tags: [sea], when: flag.warned, add: 1}",
        "{tags: [sea], add: 5}",
        at="3",
        say="this costs 8 points and a capital never has more than 7",
        instead="write 2 or less",
        check="budget",
        told_in="play.yaml",
    ),
    Fault(
        "action that acts after the end",
        "play.yaml",
        "team: seoul\n",
        "team: seoul\n    delay: 2\n",
        at="2",
        say="this acts 2 turns later, which is after the last turn",
        instead="let it be had, or act, earlier",
        check="in_turns",
    ),
    Fault(
        "action in a turn without orders",
        "play.yaml",
        "team: seoul\n",
        "team: seoul\n    needs: turn == 2\n",
        at="KR-01:",
        say="no turn takes orders while this can be had",
        instead="loosen `needs`, or give a turn `orders`",
        check="in_turns",
        besides=(_NO_ORDERS,),
    ),
    Fault(
        "joint action in a flash turn",
        "play.yaml",
        "    who: [tokyo, seoul]\n",
        "    who: [tokyo, seoul]\n    needs: turn == 2\n",
        at="J-01:",
        say="no turn takes proposals while this can be had",
        instead="a flash turn takes none",
        check="in_turns",
        besides=(_FLASH,),
    ),
    Fault(
        "action that another outdoes",
        "play.yaml",
        "  JP-01:\n",
        f"{_ALIKE}      - change: {{tension: -3, pyongyang.doubt: 2, coord: 1}}\n  JP-01:\n",
        at="US-01:",
        say="US-02 does all that this does, no worse and for no more",
        instead="give it an effect or a price of its own, or delete it",
        check="dominated",
        level="warning",
        besides=(_CALLED,),
    ),
    Fault(
        "action that does what another does for less",
        "play.yaml",
        "  JP-01:\n",
        f"{_DEARER}      - change: {{tension: -3, pyongyang.doubt: 2}}\n  JP-01:\n",
        at="US-02:",
        say="US-01 does all that this does",
        instead="give it an effect or a price of its own",
        check="dominated",
        level="warning",
        besides=(_CALLED,),
    ),
    Fault(
        "caveat of a capital that is no party",
        "play.yaml",
        "    meeting: true",
        "    meeting: true\n    caveats: {later: {by: [washington]}}",
        at="washington",
        say="washington is no party, so it can attach no caveat",
        instead="name one of tokyo, seoul",
        check="consents",
        besides=(_CAVEAT,),
    ),
    Fault(
        "caveat of nobody",
        "play.yaml",
        "    meeting: true",
        "    meeting: true\n    caveats: {later: {by: []}}",
        at="by: []",
        say="no capital may attach this caveat",
        instead="name one of tokyo, seoul",
        check="consents",
        besides=(_CAVEAT,),
    ),
    Fault(
        "option that its own clause excludes",
        "play.yaml",
        "first: {}",
        "first: {needs: tension < 10}",
        at="tension < 10",
        say="this option excludes what its own text needs",
        instead="loosen it, or `needs` of telling",
        check="consents",
        besides=(("play.yaml", "  telling:\n", "  telling:\n    needs: tension > 50\n"),),
    ),
    Fault(
        "clause that can be agreed no times",
        "play.yaml",
        "  telling:\n",
        "  telling:\n    uses: 0\n",
        at="0",
        say="this can be agreed 0 times",
        instead="write 1 or more",
        check="consents",
    ),
    Fault(
        "inject that waits beyond its turn",
        "play.yaml",
        "    turn: T1\n    trigger: scheduled\n",
        "    turn: T1\n    trigger: scheduled\n    after: [I-02]\n",
        at="I-01:",
        say="this cannot come before minute 20 of play, and T1 ends at minute 20",
        instead="let it come later, or shorten what it waits for",
        check="waits",
    ),
    Fault(
        "chain that the game is over before",
        "play.yaml",
        "    trigger: conditional\n    when: turn == 2 && !clause.telling.agreed && clauses < 1\n",
        "    trigger: chained\n    after: [I-02]\n    minute: 20\n",
        at="I-03:",
        say="this cannot come before minute 40 of play, and T2 ends at minute 40",
        instead="shorten what it waits for",
        check="waits",
    ),
    Fault(
        "process longer than the game",
        "play.yaml",
        "objectives:\n",
        "processes:\n  search: {minutes: 21, over: I-02, turn: T2}\nobjectives:\n",
        at="21",
        say="this takes 21 minutes and 20 are played from T2 on",
        instead="write 20 or less, or begin it earlier",
        check="clocks",
        besides=(_SEARCH,),
    ),
    Fault(
        "response due after the turn",
        "play.yaml",
        "    minute: 2\n",
        "    minute: 2\n    owed: {by: [tokyo], minutes: 19}\n",
        at="19}",
        say="this response is due at minute 21 and the turn lasts 20",
        instead="write 18 or less, or send it earlier",
        check="responses",
        level="warning",
    ),
    Fault(
        "turn with more to read than time",
        "texts/en.yaml",
        "text: A launch was seen.",
        f"text: {'All of it at length. ' * 600}",
        at="T1:",
        say="washington and tokyo and seoul would read for 11 of the 20 minutes here",
        instead="shorten what is sent in this turn",
        check="reading",
        level="warning",
        told_in="scenario.yaml",
    ),
    Fault(
        "brief longer than the time for it",
        "texts/en.yaml",
        "  tokyo: *brief\n",
        _OWN.replace("Ask.", "All of it at length. " * 300),
        at="tokyo:",
        say="this takes 6 minutes to read with the facts, and 5 are given",
        instead="raise `brief_minutes`",
        check="reading",
        level="warning",
    ),
    Fault(
        "secret objective told to all",
        "texts/en.yaml",
        "text: A launch was seen.",
        "text: A launch was seen. Tokyo must learn to trust Seoul.",
        at="text:",
        say="washington and seoul would read tokyo's secret objective here",
        instead="it stands in objectives.T-1.name",
        check="quoted",
    ),
    Fault(
        "secret brief told to another capital",
        "texts/en.yaml",
        "  tokyo: *brief\n",
        _OWN,
        at="ask:",
        say="tokyo would read a sentence of washington's secret brief here",
        instead="it stands in briefs.washington.secret",
        check="quoted",
        besides=(
            ("texts/en.yaml", "secret: Keep the alliance.", "secret: Sell the old radar to both."),
            ("texts/en.yaml", "locks on. What", "locks on. Sell the old radar to both. What"),
        ),
    ),
    Fault(
        "hidden asset named to another capital",
        "texts/en.yaml",
        "tokyo: A ship is near the islets.",
        "tokyo: The third destroyer is near the islets.",
        at="tokyo:",
        say="tokyo would read of destroyer here, and cannot see it",
        instead="say it otherwise, or let tokyo see it",
        check="named",
        level="warning",
        besides=_HIDDEN,
    ),
    Fault(
        "inject named to those whom it does not reach",
        "texts/en.yaml",
        "text: Tokyo heard last.",
        "text: Remember the sighting off the islets.",
        at="text:",
        say="washington would read of I-02 here, and cannot see it",
        instead="say it otherwise, or let washington see it",
        check="named",
        level="warning",
        besides=(("texts/en.yaml", "title: A sighting", "title: The sighting off the islets"),),
    ),
    Fault(
        "action that waits for itself",
        "play.yaml",
        "team: washington\n",
        "team: washington\n    needs: flag.warned\n",
        at="flag.warned",
        say="this can never be so",
        instead="flag.warned stays false",
        check="brought_about",
    ),
    Fault(
        "end that waits for a clause which waits for it",
        "play.yaml",
        "when: coord >= 60}",
        "when: coord >= 60 && clause.telling.agreed}",
        at="coord >= 60",
        say="this end can never be reached",
        instead="clause.telling.agreed stays false",
        check="brought_about",
        besides=(
            ("play.yaml", "  telling:\n", "  telling:\n    needs: flag.warned\n"),
            ("play.yaml", "      - set: {warned: true}\n", ""),
        ),
    ),
    Fault(
        "tag of the plan phase that nothing has",
        "scenario.yaml",
        "points: 3}",
        "points: 3, tags: [talk]}",
        at="talk]",
        say='no joint action has the tag "talk"',
        instead="did you mean talks?",
        check="tags",
        level="warning",
        besides=(("play.yaml", "    meeting: true\n", "    meeting: true\n    tags: [talks]\n"),),
    ),
    Fault(
        "action that does nothing",
        "play.yaml",
        "    effects:\n      - change: {domestic.seoul: 2}\n      - move: {destroyer: busan}\n",
        "",
        at="KR-01:",
        say="this changes nothing, and no rule reacts to it",
        instead="write its `effects`",
        check="rolls",
        level="warning",
    ),
    Fault(
        "brief of less than no time",
        "scenario.yaml",
        "brief_minutes: 5",
        "brief_minutes: -5",
        at="people:",
        say="a brief or hot wash cannot be shorter than nothing",
        instead="write 0",
        check="whole",
    ),
)


NEIGHBOURS: Final = (
    Neighbour(
        "a clause that only the plan phase can pay",
        (
            ("play.yaml", "    cost: 1\n    options", "    cost: 8\n    options"),
            ("scenario.yaml", "points: 3}", "points: 8}"),
        ),
    ),
    Neighbour(
        "a clause of the plan phase alone",
        (("play.yaml", "  telling:\n", "  telling:\n    needs: turn == 0\n"),),
    ),
    Neighbour(
        "an action for what was saved in the first turn",
        (("play.yaml", "seoul\n    cost: 2", "seoul\n    needs: turn == 2\n    cost: 7"),),
    ),
    Neighbour(
        "an action that acts in the last turn",
        (("play.yaml", "team: seoul\n", "team: seoul\n    delay: 1\n"),),
    ),
    Neighbour(
        "an action before a turn without orders",
        (("play.yaml", "team: seoul\n", "team: seoul\n    needs: turn == 1\n"), _NO_ORDERS),
    ),
    Neighbour(
        "a joint action before a flash turn",
        (
            ("play.yaml", "who: [tokyo, seoul]\n", "who: [tokyo, seoul]\n    needs: turn < 2\n"),
            _FLASH,
        ),
    ),
    Neighbour(
        "two actions of which one does more and costs more",
        (
            (
                "play.yaml",
                "  JP-01:\n",
                f"{_DEARER}{_COORD}  JP-01:\n",
            ),
            _CALLED,
        ),
    ),
    Neighbour(
        "two actions that differ in what their capital's objectives do not ask for",
        (
            (
                "play.yaml",
                "  JP-01:\n",
                f"{_ALIKE}      - change: {{tension: -5, pyongyang.doubt: 2}}\n  JP-01:\n",
            ),
            _CALLED,
        ),
    ),
    Neighbour(
        "a caveat of a party",
        (
            (
                "play.yaml",
                "    meeting: true",
                "    meeting: true\n    caveats: {later: {by: [tokyo]}}",
            ),
            _CAVEAT,
        ),
    ),
    Neighbour(
        "a caveat of all parties",
        (
            ("play.yaml", "    meeting: true", "    meeting: true\n    caveats: {later: {}}"),
            _CAVEAT,
        ),
    ),
    Neighbour(
        "an option that needs more than its clause",
        (
            ("play.yaml", "first: {}", "first: {needs: tension < 60}"),
            ("play.yaml", "  telling:\n", "  telling:\n    needs: tension > 50\n"),
        ),
    ),
    Neighbour(
        "a chain that the game has time for",
        (
            (
                "play.yaml",
                "    to: [tokyo, seoul.lead]\n",
                "    to: [tokyo, seoul.lead]\n    after: [I-01]\n",
            ),
        ),
    ),
    Neighbour(
        "a process that is over with the game",
        (
            (
                "play.yaml",
                "objectives:\n",
                "processes:\n  search: {minutes: 20, over: I-02, turn: T2}\nobjectives:\n",
            ),
            _SEARCH,
        ),
    ),
    Neighbour(
        "a response due as the turn ends",
        (
            (
                "play.yaml",
                "    minute: 2\n",
                "    minute: 2\n    owed: {by: [tokyo], minutes: 18}\n",
            ),
        ),
    ),
    Neighbour(
        "a turn with half its time to read",
        (("texts/en.yaml", "text: A launch was seen.", f"text: {'All of it at length. ' * 560}"),),
    ),
    Neighbour(
        "a secret objective told to its own capital",
        (("texts/en.yaml", "tokyo: A ship is", "tokyo: Learn to trust Seoul. A ship is"),),
    ),
    Neighbour(
        "a sentence that two secret briefs share",
        (("texts/en.yaml", "secret: Keep the alliance.", "secret: Keep the alliance as it is."),),
    ),
    Neighbour(
        "a hidden asset named to those who see it",
        (
            (
                "texts/en.yaml",
                "seoul.lead: A ship is near the line.",
                "seoul.lead: The third destroyer is near the line.",
            ),
            *_HIDDEN,
        ),
    ),
    Neighbour(
        "a hidden asset named by what moves it",
        (
            ("texts/en.yaml", "text: A launch was seen.", "text: The third destroyer has sailed."),
            (
                "play.yaml",
                "      - change: {tension: 4}\n",
                "      - {change: {tension: 4}, move: {destroyer: seoul}}\n",
            ),
            *_HIDDEN,
        ),
    ),
    Neighbour(
        "an inject named by the one that waits for it",
        (
            ("texts/en.yaml", "title: A sighting", "title: The sighting off the islets"),
            (
                "texts/en.yaml",
                "text: Tokyo heard last.",
                "text: The sighting off the islets is out.",
            ),
            (
                "play.yaml",
                "    when: turn == 2 && !",
                "    after: [I-02]\n    when: turn == 2 && !",
            ),
        ),
    ),
    Neighbour(
        "an action that does nothing but what rules make of it",
        (
            (
                "play.yaml",
                _WARNING,
                "    tags: [loud]\n",
            ),
            (
                "board.yaml",
                "      - on: unconsulted\n",
                f"{_LOUD}      - on: unconsulted\n",
            ),
        ),
    ),
    Neighbour(
        "an action that waits for another's",
        (("play.yaml", "team: seoul\n", "team: seoul\n    needs: flag.warned\n"),),
    ),
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
            ("play.yaml", "  JP-01:\n", f"{_ALIKE}{_COORD}  JP-01:\n"),
            ("board.yaml", "derived:\n", f"derived:\n{_SWING}"),
            (
                "texts/en.yaml",
                "derived:\n",
                "derived:\n  swing: {name: swing}\n  sway: {name: sway}\n",
            ),
            _CALLED,
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


def test_each_check_says_what_it_finds_and_is_seen_to_find_it() -> None:
    names = {each.__name__ for each in CHECKS}
    assert len(names) == len(CHECKS)
    assert all(each.__doc__ for each in CHECKS)
    assert names <= {fault.check for fault in FAULTS}


@pytest.mark.parametrize("scenario", Library().ids())
def test_a_shipped_scenario_has_no_fault(scenario: str) -> None:
    problems = Library().load(scenario).problems
    assert [str(each) for each in problems if each.level == "error"] == []
