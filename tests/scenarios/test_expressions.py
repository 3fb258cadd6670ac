"""Scenario expressions: what authors may say, what they are told, and what it is worth."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rules.expression import (
    KEPT,
    Bound,
    Comparison,
    EvaluationError,
    ExpressionProblem,
    Kind,
    Names,
    near,
)
from rules.grammar import DEEPEST, FUNCTIONS, LONGEST, parse, render

KINDS: Mapping[str, Kind] = {
    "coord": "int",
    "turn": "int",
    "unilateral": "int",
    "trust.tokyo_seoul": "int",
    "tcog": "int",
    "tcog.level": "int",
    "flag.declaration": "bool",
    "flag.hotline": "bool",
}
VALUES: Mapping[str, int | bool] = {
    "coord": 61,
    "turn": 3,
    "unilateral": 38,
    "trust.tokyo_seoul": -7,
    "tcog": 1,
    "tcog.level": 2,
    "flag.declaration": False,
    "flag.hotline": True,
}
NAMES = Names(KINDS)
BOUND = NAMES.bind(VALUES)


def value(source: str, want: Kind = "int") -> int | bool:
    return NAMES.compile(source, want).evaluate(BOUND)


def problem(source: str | float, want: Kind = "int") -> ExpressionProblem:
    with pytest.raises(ExpressionProblem) as raised:
        NAMES.compile(source, want)
    return raised.value


def complaint_about(source: str, want: Kind) -> str | None:
    try:
        NAMES.compile(source, want)
    except ExpressionProblem as found:
        return str(found)
    return None


# A pair: how an author writes it, and what plain Python says it is worth.
Pair = tuple[str, Callable[[Mapping[str, int | bool]], int]]


def _number(number: int) -> Pair:
    return str(number), lambda _: number


def _name(name: str) -> Pair:
    return name, lambda values: values[name]


def _truncated(a: int, b: int) -> int:
    return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)


ARITHMETIC: Mapping[str, Callable[[int, int], int]] = {
    "({} + {})": lambda a, b: a + b,
    "({} - {})": lambda a, b: a - b,
    "least({}, {})": min,
    "greatest({}, {})": max,
}
BY_CONSTANT: Mapping[str, Callable[[int, int], int]] = {
    "({} * {})": lambda a, b: a * b,
    "({} / {})": _truncated,
    "({} % {})": lambda a, b: a - b * _truncated(a, b),
    "floordiv({}, {})": lambda a, b: a // b,
    "ceildiv({}, {})": lambda a, b: -(-a // b),
}
RELATIONS: Mapping[str, Callable[[int, int], bool]] = {
    "({} < {})": lambda a, b: a < b,
    "({} >= {})": lambda a, b: a >= b,
    "({} == {})": lambda a, b: a == b,
    "({} != {})": lambda a, b: a != b,
}
LOGIC: Mapping[str, Callable[[int, int], bool]] = {
    "({} && {})": lambda a, b: bool(a and b),
    "({} || {})": lambda a, b: bool(a or b),
    "({} == {})": lambda a, b: a == b,
}
nonzero = st.integers(-9, 9).filter(bool).map(_number)
leaves = st.integers(-99, 99).map(_number) | st.sampled_from(
    [_name(name) for name, kind in KINDS.items() if kind == "int"]
)
flags = st.sampled_from(
    [_name(name) for name, kind in KINDS.items() if kind == "bool"]
    + [("true", lambda _: True), ("false", lambda _: False)]
)


def _two(shape: str, work: Callable[[int, int], int], left: Pair, right: Pair) -> Pair:
    return shape.format(left[0], right[0]), lambda v: work(left[1](v), right[1](v))


def _choice(test: Pair, yes: Pair, no: Pair) -> Pair:
    return (
        f"({test[0]} ? {yes[0]} : {no[0]})",
        lambda v: yes[1](v) if test[1](v) else no[1](v),
    )


def _pairs(
    shapes: Mapping[str, Callable[[int, int], int]],
    left: st.SearchStrategy[Pair],
    right: st.SearchStrategy[Pair],
) -> st.SearchStrategy[Pair]:
    return st.builds(
        lambda shape, a, b: _two(shape[0], shape[1], a, b),
        st.sampled_from(list(shapes.items())),
        left,
        right,
    )


def _grow(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    return st.one_of(
        _pairs(ARITHMETIC, inner, inner),
        _pairs(BY_CONSTANT, inner, nonzero),
        st.builds(_choice, _pairs(RELATIONS, inner, inner) | flags, inner, inner),
        inner.map(lambda a: (f"-({a[0]})", lambda v: -a[1](v))),
        inner.map(lambda a: (f"abs({a[0]})", lambda v: abs(a[1](v)))),
        inner.map(lambda a: (f"clamp({a[0]}, -5, 40)", lambda v: max(-5, min(a[1](v), 40)))),
    )


numbers = st.recursive(leaves, _grow, max_leaves=8)
conditions = st.recursive(
    flags | _pairs(RELATIONS, numbers, numbers),
    lambda inner: st.one_of(
        _pairs(LOGIC, inner, inner), inner.map(lambda a: (f"!{a[0]}", lambda v: not a[1](v)))
    ),
    max_leaves=6,
)
worlds = st.fixed_dictionaries(
    {
        name: st.booleans() if kind == "bool" else st.integers(-1000, 1000)
        for name, kind in KINDS.items()
    }
)


@given(numbers, worlds)
def test_arithmetic_agrees_with_python(pair: Pair, world: Mapping[str, int | bool]) -> None:
    source, reference = pair
    expression = NAMES.compile(source, "int")
    assert expression.evaluate(NAMES.bind(world)) == reference(world)
    assert expression.evaluate(NAMES.bind({}).with_(world)) == reference(world)


@given(conditions, worlds)
def test_conditions_agree_with_python(pair: Pair, world: Mapping[str, int | bool]) -> None:
    source, reference = pair
    condition, bound = NAMES.compile(source, "bool"), NAMES.bind(world)
    assert condition.evaluate(bound) is bool(reference(world))
    for each in near(condition, bound):
        assert NAMES.compile(each.text, "bool").evaluate(bound) is each.holds


@given(numbers, worlds)
def test_the_first_case_that_holds_is_the_formula(
    pair: Pair, world: Mapping[str, int | bool]
) -> None:
    formula, bound = NAMES.compile(pair[0], "int"), NAMES.bind(world)
    holding = next(case for case in formula.cases if case.holds(bound))
    assert holding.value.evaluate(bound) == formula.evaluate(bound)
    assert formula.cases[-1].test is None


@given(st.integers(-10_000, 10_000), st.integers(-50, 50).filter(bool))
def test_the_rounding_law(a: int, b: int) -> None:
    bound = NAMES.bind({**VALUES, "coord": a})
    floor = NAMES.compile(f"floordiv(coord, {b})", "int").evaluate(bound)
    ceiling = NAMES.compile(f"ceildiv(coord, {b})", "int").evaluate(bound)
    slash = NAMES.compile(f"coord / {b}", "int").evaluate(bound)
    assert abs(a - b * floor) < abs(b)
    assert ceiling - floor == (a % b != 0)
    assert slash == (floor if (a < 0) == (b < 0) else ceiling)


SOUP = (
    "? : ( ) , ! - + * / % < > && || == >= // ** = . [ ' 0 1 58.0 "
    "and or not if else in min true false null"
)
words = st.sampled_from([*KINDS, *FUNCTIONS, *SOUP.split(), " "])


@given(st.text() | st.lists(words, max_size=40).map(" ".join) | st.lists(words).map("".join))
@example("(" * 1_999)
@example("-" * 1_999)
@example("1" + "+1" * 999)
@example("1?" * 900)
@example("abs(" * 450)
@example("true?1:" * 280 + "2")
@example("true == (" * DEEPEST + "true" + ")" * DEEPEST)
@example(".0")
@example("\ud800")
def test_nothing_but_a_problem_ever_comes_out_of_compile(source: str) -> None:
    kinds: tuple[Kind, Kind] = ("int", "bool")
    for want in kinds:
        complaint = complaint_about(source, want)
        assert complaint is None or complaint.encode()


operands = st.sampled_from(["coord", "turn", "7", "(turn - 2)", "-3", "abs(turn)", "tcog.level"])
sums = st.lists(
    st.tuples(st.sampled_from(["+", "-", "*"]), operands)
    | st.just(("/", "4"))
    | st.just(("%", "5")),
    max_size=6,
)
plain = st.builds(
    lambda first, rest: " ".join([first, *(f"{o} {x}" for o, x in rest)]), operands, sums
)
tests = st.builds("{} {} {}".format, plain, st.sampled_from(["<", ">=", "==", "!="]), plain)
chains = st.builds(
    lambda first, rest: " ".join([first, *(f"{o} {x}" for o, x in rest)]),
    tests,
    st.lists(
        st.tuples(st.sampled_from(["&&", "||"]), tests | st.just("!flag.hotline")), max_size=5
    ),
)


@given(chains)
def test_our_reading_of_precedence_is_that_of_cel(source: str) -> None:
    ours = NAMES.compile(source, "bool")
    theirs = NAMES.env.compile(source).eval(data=dict(VALUES)).plain_value()
    assert ours.evaluate(BOUND) is theirs
    once = render(parse(source, KINDS))
    assert render(parse(once, KINDS)) == once


def test_functions_give_what_their_names_say() -> None:
    assert value("floordiv(-7, 2)") == -4
    assert value("ceildiv(-7, 2)") == -3
    assert value("-7 / 2") == -3
    assert value("least(coord, turn, 40) + greatest(1, 2, 3)") == 6
    assert value("clamp(coord, 0, 50) - abs(trust.tokyo_seoul)") == 43
    assert value("flag.hotline ? tcog.level : tcog") == 2


@pytest.mark.parametrize("constant", [7, 0, -12])
def test_numbers_in_the_file_are_constants(constant: int) -> None:
    expression = NAMES.compile(constant, "int")
    assert expression.evaluate(NAMES.bind({})) == constant
    assert not expression.names


def test_truth_values_in_the_file_are_constants() -> None:
    assert NAMES.compile(source=True, want="bool").evaluate(NAMES.bind({})) is True


def test_a_closed_expression_needs_no_values() -> None:
    assert NAMES.compile("2 + 3 * 4", "int").evaluate(NAMES.bind({})) == 14


def test_an_expression_knows_every_name_it_reads() -> None:
    expression = NAMES.compile("flag.hotline ? coord : clamp(turn, 0, tcog.level)", "int")
    assert expression.names == {"flag.hotline", "coord", "turn", "tcog.level"}


@pytest.mark.parametrize(
    ("source", "want", "sentence"),
    [
        ("trust.tokyo_seol > 3", "bool", "did you mean trust.tokyo_seoul?"),
        ("trust > 3", "bool", "did you mean trust.tokyo_seoul?"),
        ("Coord", "int", "did you mean coord?"),
        ("coord // 2", "int", "write floordiv(a, b)"),
        ("coord >= 58.0", "bool", "column 10: tracks are whole numbers; write 58, not 58.0"),
        ("coord * 0.75", "int", "write 0 or 1, not 0.75"),
        ("1e3", "int", "write a whole number, not 1e3"),
        ("coord > 5 and turn > 1", "bool", 'column 11: "and" cannot come here; write "&&"'),
        ("coord > 5 or turn > 1", "bool", 'write "||"'),
        ("not flag.hotline", "bool", 'write "!" before the condition'),
        ("1 if flag.hotline else 2", "int", 'write "condition ? this : otherwise"'),
        ("min(coord, 3)", "int", 'write "least(a, b)"'),
        ("max(coord, 3)", "int", 'write "greatest(a, b)"'),
        ("lest(coord, 3)", "int", "did you mean least?"),
        ("True", "bool", 'write "true"'),
        ("coord = 3", "bool", 'write "==" to compare'),
        ("coord ≥ 3", "bool", 'write ">="'),
        ("coord ＞ 3", "bool", 'write ">"'),
        ("coord / 0", "int", "divides by zero"),
        ("coord % (2 - 2)", "int", "divides by zero"),
        ("coord / turn", "int", "could divide by zero; use a constant divisor"),
        ("floordiv(coord, turn)", "int", "could divide by zero; use a constant divisor"),
        ("ceildiv(coord, least(1, turn))", "int", "could divide by zero"),
        ("coord", "bool", "what is wanted here is true or false; compare it, as in coord > 0"),
        ("coord > 3", "int", "what is wanted here is a whole number; write (coord > 3 ? 1 : 0)"),
        ("flag.hotline + 1", "int", "write (flag.hotline ? 1 : 0)"),
        ("flag.hotline == 1", "bool", "write true or false"),
        ("!coord > 3", "bool", "put in brackets what it denies"),
        ("flag.hotline < flag.declaration", "bool", '"<" needs a whole number'),
        ("1 < turn < 3", "bool", "write 1 < turn && turn < 3"),
        ("'peace' == 'war'", "bool", "text in quotes is not part of this language"),
        ("[1, 2].exists(x, x > turn)", "bool", "lists and maps are not part of this language"),
        ("tcog.all(x, x > turn)", "bool", 'there is no function "tcog.all"'),
        ("clamp(coord, 9, 3)", "int", "clamp has its least, 9, above its greatest, 3"),
        ("clamp(coord, 9)", "int", "clamp was given 2 arguments; give it 3"),
        ("(coord", "int", '")" is missing to close a "("'),
        ("", "int", "the expression ends where"),
        ("99999999999999999999", "int", "too large"),
        ("9223372036854775807 + 1", "int", "cannot be worked out"),
    ],
)
def test_an_author_is_told_what_to_write_instead(source: str, want: Kind, sentence: str) -> None:
    assert sentence in str(problem(source, want))


def test_a_problem_names_its_column() -> None:
    assert problem("coord + trun").column == 9
    assert problem("coord +\n  trun").column == 11


@pytest.mark.parametrize("number", [58.0, 0.5, 1e300, float("nan")])
def test_a_fraction_in_the_file_is_refused_in_words(number: float) -> None:
    assert "tracks are whole numbers" in str(problem(number))


@pytest.mark.parametrize(
    "divisor",
    ["greatest(1, turn)", "abs(turn) + 1", "clamp(turn, 1, 9)", "-2", "(flag.hotline ? 2 : 3)"],
)
def test_a_divisor_that_is_never_zero_is_accepted(divisor: str) -> None:
    assert NAMES.compile(f"floordiv(coord, {divisor})", "int").kind == "int"


def test_size_and_depth_are_limited_in_words() -> None:
    assert "2000 is the most" in str(problem(" " * (LONGEST + 1)))
    assert f"more than {DEEPEST} deep" in str(problem("(" * 900 + "1" + ")" * 900))
    assert f"more than {DEEPEST} deep" in str(problem("coord" + " + coord" * 200))


@pytest.mark.parametrize(
    ("before", "middle", "after"),
    [
        ("abs(", "coord", ")"),
        ("-(1 + ", "coord", ")"),
        ("(", "coord", ")"),
        ("", "coord", " + 1"),
        ("flag.hotline ? 1 : ", "coord", ""),
        ("least(1, ", "coord", ", 2)"),
    ],
)
def test_the_evaluator_carries_every_depth_we_allow(before: str, middle: str, after: str) -> None:
    for depth in range(DEEPEST + 2):
        complaint = complaint_about(before * depth + middle + after * depth, "int")
        assert complaint is None or f"more than {DEEPEST} deep" in complaint


def test_long_conditions_are_not_deep_ones() -> None:
    assert value(" && ".join(["flag.hotline"] * 120), "bool") is True


def test_a_layer_covers_only_what_it_names() -> None:
    expression = NAMES.compile("coord + turn", "int")
    layer = BOUND.with_(turn=10)
    assert expression.evaluate(layer) == 71
    assert expression.evaluate(layer.with_({"coord": 0})) == 10
    assert expression.evaluate(BOUND) == 64
    assert (layer["turn"], layer["coord"]) == (10, 61)


def test_only_declared_names_of_their_kind_are_bound() -> None:
    with pytest.raises(ValueError, match="did you mean turn"):
        BOUND.with_(trun=3)
    with pytest.raises(TypeError, match="declared int"):
        NAMES.bind({"turn": True})
    with pytest.raises(TypeError, match="declared bool"):
        NAMES.bind({"flag.hotline": 1})


def test_what_is_worked_out_later_is_what_it_would_have_been_at_once() -> None:
    later = {"tcog": NAMES.compile("coord + turn", "int")}
    bound = Bound(NAMES, {"coord": 61, "turn": 3}, later)
    twice = NAMES.compile("tcog * 2", "int")
    assert twice.evaluate(bound.with_(turn=9)) == 128, "what is laid over it changes nothing of it"
    assert twice.evaluate(bound) == twice.evaluate(bound) == 128
    assert bound["tcog"] == 64
    with pytest.raises(KeyError):
        bound["unilateral"]
    with pytest.raises(EvaluationError, match="unilateral"):
        NAMES.compile("tcog > unilateral", "bool").evaluate(bound)


def test_an_error_in_what_is_worked_out_later_names_the_formula() -> None:
    bound = Bound(NAMES, {"coord": 2**62}, {"tcog": NAMES.compile("coord * coord", "int")})
    for _ in range(2):
        with pytest.raises(EvaluationError) as raised:
            NAMES.compile("tcog > 1", "bool").evaluate(bound)
        assert raised.value.source == "coord * coord"


@pytest.mark.parametrize("values", [{}, {"coord": 2**62}, {"coord": 2**80}])
def test_an_error_inside_the_evaluator_is_raised(values: Mapping[str, int]) -> None:
    expression = NAMES.compile("coord * coord > 3", "bool")
    for bound in (NAMES.bind(values), NAMES.bind({}).with_(values)):
        with pytest.raises(EvaluationError) as raised:
            expression.evaluate(bound)
        assert raised.value.source == "coord * coord > 3"


@pytest.mark.parametrize("name", ["", "a.", "1st", "a-b", "in", "flag.true", "if", "int", "abs"])
def test_a_name_that_could_not_be_read_back_cannot_be_declared(name: str) -> None:
    with pytest.raises(ExpressionProblem, match="cannot be a name"):
        Names({name: "int"})


def test_near_shows_how_far_each_comparison_is() -> None:
    condition = NAMES.compile(
        "42 <= unilateral && (!flag.declaration || coord > 20 * turn)", "bool"
    )
    assert near(condition, BOUND) == (
        Comparison("42 <= unilateral", 38, ">=", 42, holds=False),
        Comparison("!flag.declaration", False, "==", False, holds=True),
        Comparison("coord > 20 * turn", 61, ">", 60, holds=True),
    )


def test_near_gives_whole_what_it_cannot_take_apart() -> None:
    condition = NAMES.compile("turn > 5 ? flag.hotline : coord > 70", "bool")
    assert near(condition, BOUND) == (
        Comparison("turn > 5 ? flag.hotline : coord > 70", False, "==", True, holds=False),
    )


def said(source: str) -> list[tuple[str | None, str]]:
    """The cases of a formula, written out."""
    cases = NAMES.compile(source, "int").cases
    return [(case.test.source if case.test else None, case.value.source) for case in cases]


def test_a_formula_is_taken_apart_at_its_choices() -> None:
    assert said("coord > 60 ? 2 : flag.hotline ? 1 : -1") == [
        ("coord > 60", "2"),
        ("flag.hotline", "1"),
        (None, "-1"),
    ]
    assert said("(flag.hotline ? 5 : 10) - (coord > 60 ? turn : 0)") == [
        ("flag.hotline && coord > 60", "5 - turn"),
        ("flag.hotline", "5 - 0"),
        ("coord > 60", "10 - turn"),
        (None, "10 - 0"),
    ]
    assert said("-(coord > 60 ? 2 : 1)") == [("coord > 60", "-2"), (None, "-1")]


def test_what_has_more_cases_than_one_can_take_in_stays_whole() -> None:
    many = " + ".join(f"(coord > {n} ? 1 : 0)" for n in range(4))
    assert said(many) == [(None, many)]


def test_near_is_for_conditions() -> None:
    with pytest.raises(ValueError, match="only a condition"):
        near(NAMES.compile("coord", "int"), BOUND)


def test_an_answer_at_hand_is_that_of_the_same_values() -> None:
    names = Names({"esc": "int", "calm": "bool"})
    sum_ = names.compile("calm ? esc : esc * 2", "int")
    for _ in range(2):
        for esc in range(KEPT + 5):
            for calm in (True, False):
                bound = names.bind({"esc": esc, "calm": calm})
                assert sum_.evaluate(bound) == (esc if calm else esc * 2)


def test_an_expression_that_gave_no_value_gives_none_again() -> None:
    names = Names({"esc": "int"})
    square = names.compile("esc * esc", "int")
    assert square.evaluate(names.bind({"esc": 3})) == 9
    for _ in range(2):
        with pytest.raises(EvaluationError):
            square.evaluate(names.bind({"esc": 2**62}))
