"""What is called impossible is so: the analysis never denies what some values would allow."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.checks.reach import possible, span, why_not
from rules.expression import Names
from rules.grammar import parse

NAMES = Names({"a": "int", "b": "int", "flag.f": "bool"})
SPANS = {"a": (-2, 3), "b": (0, 4), "flag.f": (0, 1)}
WORLDS = [
    NAMES.bind({"a": a, "b": b, "flag.f": f})
    for a, b, f in product(range(-2, 4), range(5), (False, True))
]

NUMBERS = st.recursive(
    st.sampled_from(["a", "b"]) | st.integers(-6, 6).map(lambda n: f"({n})"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({' '.join(t)})"),
        st.tuples(inner, st.sampled_from(["/", "%"]), st.integers(1, 3)).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        st.tuples(st.sampled_from(["floordiv", "ceildiv"]), inner, st.integers(1, 3)).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
        st.tuples(st.sampled_from(["least", "greatest"]), inner, inner).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
        inner.map(lambda x: f"clamp({x}, -1, 2)"),
        inner.map(lambda x: f"abs({x})"),
        inner.map(lambda x: f"(flag.f ? {x} : a)"),
    ),
    max_leaves=4,
)
RELATIONS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
CONDITIONS = st.recursive(
    st.just("flag.f") | st.tuples(NUMBERS, RELATIONS, NUMBERS).map(lambda t: f"({' '.join(t)})"),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda t: f"({' '.join(t)})"),
        inner.map(lambda x: f"!{x}"),
        st.tuples(inner, inner).map(lambda t: f"({t[0]} ? {t[1]} : flag.f)"),
    ),
    max_leaves=5,
)


@given(CONDITIONS)
def test_what_can_be_is_never_denied(source: str) -> None:
    condition, tree = NAMES.compile(source, "bool"), parse(source, NAMES.kinds)
    seen = {condition.evaluate(world) for world in WORLDS}
    assert possible(tree, SPANS) >= (True in seen)
    assert possible(tree, SPANS, want=False) >= (False in seen)


@given(NUMBERS)
def test_no_value_is_outside_its_span(source: str) -> None:
    number = NAMES.compile(source, "int")
    low, high = span(parse(source, NAMES.kinds), SPANS)
    assert all(low <= number.evaluate(world) <= high for world in WORLDS)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a > 3", "a goes from -2 to 3"),
        ("flag.f && b < 0", "b goes from 0 to 4"),
        ("a > 1 && a < 1", "its parts exclude each other"),
        ("flag.f && !flag.f", "its parts exclude each other"),
        ("!(a < 2 || b > 1) && b == 2", "its parts exclude each other"),
        ("a > b && b > 2 && a < 3", "its parts exclude each other"),
        ("1 > 2", "1 > 2 is always false"),
        ("flag.f ? a > 5 : b > 5", "a goes from -2 to 3 and b goes from 0 to 4"),
    ],
)
def test_what_cannot_be_is_explained(source: str, why: str) -> None:
    tree = parse(source, NAMES.kinds)
    assert not possible(tree, SPANS)
    assert why_not(tree, SPANS) == why


def test_a_tangle_is_let_be_in_no_time() -> None:
    source = "flag.f"
    for _ in range(20):
        source = f"({source} ? a < -5 : b < -5)"
    assert possible(parse(source, NAMES.kinds), SPANS)
