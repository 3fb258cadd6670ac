"""What is read of a scenario folder: the merge, the texts, and every fault with its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.mending import mend
from rules.nodes import DEEPEST, LARGEST, read
from rules.reading import Problem, base_of, parse
from rules.scenario import Scenario
from rules.schema import schema, schema_text
from server.library import Library, NoScenario
from tests.scenarios.files import TINY, Files


def one(files: Files, say: str) -> Problem:
    """The one problem that says this."""
    found = [each for each in files.parsed().problems if say in each.say]
    assert len(found) == 1, [str(each) for each in files.parsed().problems]
    return found[0]


def over(base: dict[str, str], own: dict[str, str]) -> dict[str, bytes]:
    """The tiny scenario as a base, with more files, and a scenario laid over it."""
    files = {path.replace("tiny/", "base/"): it for path, it in TINY.content.items()}
    files |= {f"base/{path}": text.encode() for path, text in base.items()}
    return files | {f"own/{path}": text.encode() for path, text in own.items()}


def test_the_document_alone_gives_the_same_scenario_again(tiny: Files) -> None:
    parsed = tiny.parsed()
    again = Scenario.model_validate_json(json.dumps(parsed.document))
    assert again == parsed.scenario
    assert list(again.turns) == ["T1", "T2"]


def test_texts_stand_in_their_place_by_language(tiny: Files) -> None:
    scenario = tiny.parsed().scenario
    assert scenario is not None
    assert scenario.actions["JP-01"].name == {"en": "Patrol"}
    roll = scenario.actions["JP-01"].roll
    assert roll is not None
    assert roll.modifiers[0].say == {"en": "The hotline works."}
    assert scenario.injects["I-02"].variants["tokyo"] == {"en": "A ship is near the islets."}
    assert scenario.briefs["seoul"].advice == {"en": "Call first."}


def test_a_scenario_is_laid_over_its_base() -> None:
    files = over(
        {},
        {
            "scenario.yaml": "base: base\nid: own\nlanguages: [en, ja]\n",
            "board.yaml": "tracks: {tension: {start: 55}}\n",
            "texts/en.yaml": "title: Own\n",
            "texts/ja/board.yaml": "title: 自\n",
        },
    )
    parsed = parse(files)
    assert "base" not in parsed.document
    assert parsed.document["id"] == "own"
    tension = parsed.document["tracks"]["tension"]
    assert tension["start"] == 55
    assert tension["words"] == "pressure"
    assert parsed.document["title"] == {"en": "Own", "ja": "自"}
    assert parsed.document["summary"] == {"en": "A scenario small enough to read at a glance."}


def test_a_text_that_another_language_lacks_is_missed_beside_its_neighbours() -> None:
    files = over(
        {"texts/ja.yaml": "turns:\n  T1: {name: 一, say: 始}\n"},
        {"scenario.yaml": "base: base\nlanguages: [en, ja]\n"},
    )
    problems = {each.where: each for each in parse(files).problems}
    beside = problems["turns.T1.world"]
    assert (beside.file, beside.line) == ("base/texts/ja.yaml", 2)
    assert beside.say == "the text turns.T1.world is missing in ja"
    assert (problems["title"].file, problems["title"].line) == ("base/texts/ja.yaml", 1)


def test_a_text_replaced_in_one_language_alone_is_told_softly() -> None:
    files = over(
        {
            "texts/ja.yaml": TINY.text("texts/en.yaml"),
        },
        {
            "scenario.yaml": "base: base\nlanguages: [en, ja]\n",
            "texts/en.yaml": "summary: Another.\n",
        },
    )
    (problem,) = parse(files).problems
    assert (problem.file, problem.line, problem.level) == ("own/texts/en.yaml", 1, "warning")
    assert problem.say == "the text summary replaces that of the base, but not in ja"


def test_a_file_that_is_not_there_yet_is_named_after_its_counterpart() -> None:
    files = over(
        {},
        {
            "scenario.yaml": "base: base\nlanguages: [en, ja]\n",
            "moves.yaml": "flags: {new: {}}\n",
            "texts/en/moves.yaml": "flags: {new: {say: New.}}\n",
        },
    )
    problems = {each.where: each for each in parse(files).problems}
    assert problems["flags.new.say"].file == "own/texts/ja/moves.yaml"


def test_a_language_nobody_speaks_is_told(tiny: Files) -> None:
    problem = one(tiny.having("texts/fr.yaml", "title: Petit\n"), '"fr" is not among the languages')
    assert problem.file == "tiny/texts/fr.yaml"
    assert problem.instead == "add it to `languages`, or keep to en"


@pytest.mark.parametrize(
    ("text", "where", "say", "instead"),
    [
        ("actions: {US-02: {name: Wait}}", "actions.US-02", 'no "US-02" to', "mean US-01?"),
        ("actions: {US-01: {nam: Wait}}", "actions.US-01.nam", 'no key "nam"', "mean name?"),
        ("turns: {T1: {minutes: '5'}}", "turns.T1.minutes", "no text belongs here", "whole number"),
        ("turns: {T1: {name: [a]}}", "turns.T1.name", "a text is wanted", "write one text"),
        (
            "actions: {JP-01: {roll: {modifiers: [{}, {say: x}]}}}",
            "actions.JP-01.roll.modifiers.1",
            "the list here has 1 items",
            "delete this",
        ),
    ],
)
def test_a_text_without_a_place_is_told(text: str, where: str, say: str, instead: str) -> None:
    files = {
        **TINY.content,
        "own/scenario.yaml": b"base: tiny\n",
        "own/texts/en.yaml": text.encode(),
    }
    problems = [each for each in parse(files).problems if each.where == where]
    assert len(problems) == 1
    assert say in problems[0].say
    assert instead in problems[0].instead
    assert (problems[0].file, problems[0].line) == ("own/texts/en.yaml", 1)


def test_a_number_is_a_text_where_a_text_is_wanted(tiny: Files) -> None:
    parsed = tiny.spoilt("texts/en.yaml", "world: Monday", "world: 2007").parsed()
    assert parsed.scenario is not None
    assert parsed.scenario.turns["T1"].world == {"en": "2007"}


def test_aliased_values_do_not_share_their_texts() -> None:
    files = over(
        {},
        {
            "scenario.yaml": "base: base\nflags: {a: &a {visible: [tokyo]}, b: *a}\n",
            "texts/en.yaml": "flags: {a: {say: A}, b: {say: B}}\n",
        },
    )
    flags = parse(files).document["flags"]
    assert flags["a"] == {"visible": ["tokyo"], "say": {"en": "A"}}
    assert flags["b"] == {"visible": ["tokyo"], "say": {"en": "B"}}


def test_an_id_in_two_files_of_a_folder_is_told_with_both_places(tiny: Files) -> None:
    problem = one(tiny.having("more.yaml", "tracks:\n  coord: {start: 1}\n"), "a second time")
    assert (problem.file, problem.line) == ("tiny/more.yaml", 2)
    assert "the first is at tiny/board.yaml:2" in problem.say


def test_two_files_may_fill_one_section(tiny: Files) -> None:
    parsed = tiny.having(
        "more.yaml", "flags: {late: {name: {en: late}, say: {en: Late}}}\n"
    ).parsed()
    assert parsed.problems == ()
    assert "late" in parsed.document["flags"]


def test_a_base_that_is_not_there_is_told_and_nothing_else() -> None:
    files = Files({"own/scenario.yaml": b"id: own\nbase: bass\n"})
    (problem,) = files.parsed().problems
    assert (problem.file, problem.line, problem.column) == ("own/scenario.yaml", 2, 7)
    assert problem.say == 'there is no folder "bass" beside this one'


def test_what_a_base_has_is_not_taken_away_by_naming_nothing() -> None:
    (problem,) = parse(
        over({}, {"scenario.yaml": "base: base\nid: own\n", "x.yaml": "actions: {JP-01: null}\n"})
    ).problems
    assert (problem.file, problem.line, problem.column) == ("own/x.yaml", 1, 18)
    assert "nothing takes away what a base has" in problem.say
    assert "or delete the line" in problem.instead


def test_a_base_has_no_base() -> None:
    problems = parse(over({"x.yaml": "base: tiny\n"}, {"scenario.yaml": "base: base\n"})).problems
    assert [each.say for each in problems] == ["a base has no base of its own"]


def test_the_base_is_named_in_the_scenario_file() -> None:
    assert base_of({"own/scenario.yaml": b"base: base\n"}) == "base"
    assert base_of({"own/scenario.yaml": b"id: own\n"}) is None
    assert base_of({"own/scenario.yaml": b"id: [\n"}) is None


@pytest.mark.parametrize(
    ("content", "place", "say", "instead"),
    [
        (b"a:\n\t- b\n", (2, 1), "indented with a tab", "indent with spaces"),
        (b"a: b: c\n", (1, 5), 'a second ": "', "put the text in quotes"),
        (b"a: 'b\nc: d\n", (1, 4), "a quotation does not end", "close the quotes"),
        (b"a: {b: c\n", (2, 1), "this is no YAML", "the brackets"),
        (b"a: @b\n", (1, 4), "cannot begin with this", "put the text in quotes"),
        (b"a: 1\nb: \xff\n", (2, 1), "not UTF-8", "save it as UTF-8"),
        (b"a: b\x07\n", (1, 5), "a control character", "delete it"),
        (b'a: "\\0"\n', (1, 4), "a control character", "delete it"),
        (b'a: "\\ud800"\n', (1, 4), "", ""),
        (b"- a\n", (1, 1), "no mapping", "begin it with a key"),
        (b"a: 1\n---\nb: 2\n", (2, 1), "a second document", "delete the `---`"),
        (b"a: !!python/object:os.system x\n", (1, 4), "a tag such as", "delete it"),
        (b"? [a]\n: b\n", (1, 3), "a key must be a word", "write one"),
        (b"a: *b\n", (1, 4), "there is no &b above", "write the value out"),
        (b"a: &a [*a]\n", (1, 8), "*a stands inside &a", "write the value out"),
        (b"a: &a {b: 1}\nc:\n  <<: *a\n", (3, 3), "merge keys", "write the keys out"),
        (b"a: 99999999999999999999\n", (1, 4), "too large", "at most 18 digits"),
        (b"a: " + b"[" * 500_000, (1, DEEPEST + 3), "nested more than", "check the indentation"),
        (b"a: " + b"x" * LARGEST, (1, 1), "more than 1048576 bytes", "split it"),
    ],
)
def test_a_file_that_is_no_scenario_file_is_refused_with_its_place(
    content: bytes, place: tuple[int, int], say: str, instead: str
) -> None:
    top, (problem,) = read("a.yaml", content)
    assert top is None
    assert (problem.line, problem.column) == place
    assert say in problem.say
    assert instead in problem.instead


def test_a_key_twice_in_one_mapping_is_told() -> None:
    top, (problem,) = read("a.yaml", b"a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert top is not None
    assert top.plain() == {"a": {"b": 1, "c": 2}}
    assert (problem.line, problem.column) == (4, 3)
    assert "the first is at line 2" in problem.say


def test_words_and_numbers_are_what_they_look_like() -> None:
    top, _ = read("a.yaml", b"on: no\n1: 010\nb: 1:30\nc: 2007-07-05\nd: ~\ne: '5'\nf: -1.5\n")
    assert top is not None
    assert top.plain() == {
        "on": "no",
        "1": 10,
        "b": "1:30",
        "c": "2007-07-05",
        "d": None,
        "e": "5",
        "f": -1.5,
    }


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_no_file_makes_the_reader_fail(text: str) -> None:
    read("a.yaml", text.encode("utf-8", "surrogatepass"))


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)


@given(st.sampled_from(sorted(Scenario.model_fields)), VALUES)
def test_no_value_anywhere_makes_the_checks_fail(section: str, value: object) -> None:
    document = {**TINY.parsed().document, section: value}
    files = {"own/scenario.yaml": json.dumps(document).encode()}
    problems = Files(files).problems()
    assert all(each.say and each.instead and each.file for each in problems)


def test_a_mended_document_keeps_what_is_sound(tiny: Files) -> None:
    document = tiny.spoilt("play.yaml", "cost: 3", "cost: lots").parsed().document
    mended = mend(document)
    assert mended is not None
    assert mended.actions["JP-01"].consult == ("seoul",)
    assert mended.actions["JP-01"].cost == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("play.yaml", "secret: true", "secret: yes", ('"yes" is not true or false', "write true")),
        ("play.yaml", "consult: [seoul]", "consult: seoul", ("is no list", "write [seoul]")),
        ("play.yaml", "method: cable", "method: cabel", ("is not one of news", "write cable")),
        ("play.yaml", "chance: 4", "chance: 13", ("13 is too large", "write 12 or less")),
        ("play.yaml", "cost: 3", "cost: -3", ("-3 is too small", "write 0 or more")),
        ("play.yaml", "cost: 3", "cost: three", ('"three" is not a whole number', "whole number")),
        ("play.yaml", 'when: "true"', "when: true", ("true is not a text", 'quotes: "true"')),
        ("play.yaml", "default: hold", "default: ho ld", ("cannot be an id", "use letters")),
        ("board.yaml", "visible: [seoul]\n    e", "visible: all\n    e", ("is not", "public")),
        ("board.yaml", "calm: {form", "c alm: {form", ('"c alm" cannot be an id', "use letters")),
        ("board.yaml", "tokyo: {width", "paris: {width", ('no "paris" here', "are washington")),
        ("board.yaml", "{lon: 126.98,", "{lon: east,", ('"east" is not a number', "a number")),
        (
            "scenario.yaml",
            'cite: "The paper, page 1"',
            "cite: 7",
            ("7 is not a text", 'quotes: "7"'),
        ),
        ("scenario.yaml", "P1: {", "P1: {say: Told early, ", ("among the structure", "texts/")),
        ("scenario.yaml", "format: 1", "format: 2", ("2 is not one of 1", "write one of 1")),
    ],
)
def test_a_wrong_value_is_told_in_words(
    tiny: Files, file: str, old: str, new: str, told: tuple[str, str]
) -> None:
    say, instead = told
    problem = one(tiny.spoilt(file, old, new), say)
    assert problem.file == f"tiny/{file}"
    assert instead in problem.instead


def test_the_published_schema_is_current() -> None:
    path = Path(__file__).parents[2] / "docs" / "scenario.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text()


def test_the_schema_knows_every_key_of_the_structure_and_no_text() -> None:
    whole = schema()
    assert whole["properties"].keys() >= {"base", "tracks", "injects", "ladder_track"}
    assert not whole["properties"].keys() & {"title", "summary", "voices", "ladder"}
    assert "name" not in whole["$defs"]["Action"]["properties"]
    assert "cost" in whole["$defs"]["Action"]["properties"]
    assert "required" not in json.dumps(whole["$defs"]["Action"])


def stored(root: Path, files: Files) -> Library:
    for path, content in files.content.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return Library(root)


def test_the_shelf_shows_what_can_be_played(tmp_path: Path, tiny: Files) -> None:
    library = stored(tmp_path, tiny)
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "sources.yaml").write_text("sources: {}\n")
    (card,) = library.shelf()
    assert (card.id, card.title, card.turns, card.minutes) == ("tiny", {"en": "Tiny"}, 2, 55)


def test_a_scenario_with_faults_is_not_on_the_shelf(tmp_path: Path, tiny: Files) -> None:
    library = stored(
        tmp_path, tiny.spoilt("scenario.yaml", "T1: {minutes: 20}", "T1: {minutes: 0}")
    )
    assert library.ids() == ("tiny",)
    assert library.shelf() == ()
    assert len(library.load("tiny").problems) == 1
    assert library.load("tiny").scenario is None


def test_a_scenario_is_read_again_only_when_a_file_changes(tmp_path: Path, tiny: Files) -> None:
    library = stored(tmp_path, tiny)
    first = library.load("tiny")
    assert library.load("tiny") is first
    play = tmp_path / "tiny" / "play.yaml"
    play.write_bytes(play.read_bytes() + b"# done\n")
    assert library.load("tiny") is not first
    assert library.load("tiny").document == first.document


def test_a_base_outside_the_shelf_is_not_read(tmp_path: Path, tiny: Files) -> None:
    library = stored(tmp_path / "shelf", tiny)
    (tmp_path / "shelf" / "tiny" / "more.yaml").write_text("flags: {x: {say: {en: X}}}\n")
    scenario = tmp_path / "shelf" / "tiny" / "scenario.yaml"
    scenario.write_text(scenario.read_text() + "base: ../elsewhere\n")
    assert any('no folder "../elsewhere"' in each.say for each in library.load("tiny").problems)


def test_an_unknown_scenario_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoScenario, match='no scenario "nowhere"'):
        Library(tmp_path).load("nowhere")
