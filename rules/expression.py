"""Scenario expressions: the only place that compiles or evaluates them."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from cel_expr_python import cel

from .grammar import (
    FUNCTIONS,
    GREATEST,
    RELATIONS,
    Binary,
    Chain,
    Constant,
    ExpressionProblem,
    Kind,
    Sign,
    Tree,
    cases,
    kind_of,
    names_in,
    nearest,
    parse,
    reject_float,
    render,
    wrong_kind,
)

__all__ = [
    "Bound",
    "Comparison",
    "EvaluationError",
    "Expression",
    "ExpressionProblem",
    "Kind",
    "Names",
    "Source",
    "near",
]

Source: TypeAlias = str | int | bool | float
"""What a scenario file may hold for an expression; a float is here only to be refused in words."""

KEPT: Final = 256
"""So many answers of an expression stay at hand: it is asked over and over about the same."""


class EvaluationError(Exception):
    """An expression that gave no value: it overflowed, or a name it reads was not bound."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f'"{source}" gave no value: {reason}')
        self.source = source
        self.reason = reason


class Bound:
    """Values for declared names, against which expressions are evaluated.

    Those of `later` are worked out when an expression first asks for them.
    """

    def __init__(
        self,
        names: "Names",
        values: dict[str, int | bool],
        later: "Mapping[str, Expression]" = MappingProxyType({}),
        root: "Bound | None" = None,
    ) -> None:
        self._names, self._values, self._later = names, values, later
        self._root = root or self

    def __getitem__(self, name: str) -> int | bool:
        """The value of a name. Raises `KeyError` if it has none."""
        try:
            return self._values[name]
        except KeyError:
            if name not in self._later:
                raise
        above = self._root
        value = self._later[name].evaluate(self) if above is self else above[name]
        self._values[name] = value
        return value

    def read(self, reading: Callable[[Any], object]) -> object:
        """What `reading` gets of the values."""
        try:
            return reading(self._values)
        except KeyError:
            return reading(self)

    def with_(
        self, values: Mapping[str, int | bool] | None = None, /, **more: int | bool
    ) -> "Bound":
        """These values with a few changed or added; what is worked out later is not changed."""
        added = {**(values or {}), **more}
        self._names.check_values(added)
        return Bound(self._names, {**self._values, **added}, self._later, self._root)


class Expression:
    """A checked expression, ready to be evaluated any number of times."""

    def __init__(self, source: str, kind: Kind, tree: Tree, names: "Names") -> None:
        self.source = source
        self.kind = kind
        self.names = names_in(tree)
        self._tree = tree
        self._declared = names
        self._type = _PYTHON[kind]
        self._constant: int | bool | None = None
        if isinstance(tree, Constant):
            self._constant = tree.value
            return
        self._program = names.program(tree)
        if not self.names:
            self._constant = self._worked_out({})
            return
        self._reading = operator.itemgetter(*sorted(self.names))
        self._known: dict[object, int | bool] = {}

    def __repr__(self) -> str:
        return f"Expression({self.source!r}, {self.kind!r})"

    def evaluate(self, bound: Bound) -> int | bool:
        """The value of the expression; an error inside the evaluator is raised, never returned."""
        if self._constant is not None:
            return self._constant
        try:
            read = bound.read(self._reading)
        except KeyError as missing:
            raise EvaluationError(self.source, f"{missing} has no value") from None
        value = self._known.get(read)
        if value is None:
            value = self._worked_out({name: bound[name] for name in sorted(self.names)})
            if len(self._known) >= KEPT:
                oldest, *_ = self._known  # in one step: a review is read in a thread
                self._known.pop(oldest, None)
            self._known[read] = value
        return value

    def _worked_out(self, values: Mapping[str, int | bool]) -> int | bool:
        try:
            value: int | bool = self._program.eval(
                self._declared.env.Activation(values)
            ).plain_value()
        except RuntimeError as error:
            raise EvaluationError(self.source, str(error)) from None
        # The evaluator reports an error as an ordinary value, a text: only the type tells.
        if type(value) is not self._type:
            raise EvaluationError(self.source, str(value))
        return value

    @cached_property
    def measures(self) -> tuple["Measure", ...]:
        """The comparisons it is made of, each with its two sides apart."""
        return tuple(_measures(self._tree, self._declared))

    @cached_property
    def cases(self) -> tuple["Case", ...]:
        """What its choices make of it, in order: the first that holds counts."""
        return tuple(
            Case(
                None if test is None else _part(test, self._declared), _part(value, self._declared)
            )
            for test, value in cases(self._tree)
        )


class Names:
    """What an author may say: the declared names, each a whole number or true or false."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        for name in kinds:
            _check_name(name)
        self.kinds: Mapping[str, Kind] = dict(kinds)
        self.env = cel.NewEnv(
            variables={name: _TYPES[kind] for name, kind in kinds.items()}, functions=_functions()
        )

    def compile(self, source: Source, want: Kind) -> Expression:
        """Reads and checks an expression that must give the wanted kind, or says what is wrong."""
        tree = parse(source, self.kinds) if isinstance(source, str) else _constant(source)
        if kind_of(tree, self.kinds) != want:
            raise wrong_kind(tree, want, "what is wanted here is")
        text = source.strip() if isinstance(source, str) else render(tree)
        try:
            return Expression(text, want, tree, self)
        except EvaluationError as error:
            raise ExpressionProblem(f"this cannot be worked out: {error.reason}") from None

    def bind(self, values: Mapping[str, int | bool]) -> Bound:
        """Gives names their values, once for many evaluations."""
        self.check_values(values)
        return Bound(self, dict(values))

    def check_values(self, values: Mapping[str, int | bool]) -> None:
        """Refuses values for names nobody declared, or of the other kind."""
        kinds = self.kinds
        for name, value in values.items():
            if name not in kinds:
                raise ValueError(f'there is no name "{name}" here; {nearest(name, kinds)}')
            if type(value) is not _PYTHON[kinds[name]]:
                raise TypeError(f'"{name}" is declared {kinds[name]} and was given {value!r}')

    def program(self, tree: Tree) -> cel.Expression:
        """Has CEL compile a tree that our own checks have passed."""
        # CEL gets our spelling of the tree, so that the two can never read a source differently.
        try:
            return self.env.compile(render(tree))
        except RuntimeError as error:
            first = str(error).splitlines()[0]
            advice = "split it into several rules" if "recursion" in first else None
            raise ExpressionProblem(f"this cannot be compiled: {first}", None, advice) from None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison inside a condition, and how it stands now."""

    text: str
    left: int | bool
    op: str
    right: int | bool
    holds: bool


def near(expression: Expression, bound: Bound) -> tuple[Comparison, ...]:
    """Each comparison of a condition as it stands, so that one sees how near it is to holding."""
    if expression.kind != "bool":
        raise ValueError(f'"{expression.source}" is a number; only a condition can be near')
    return tuple(measure.read(bound) for measure in expression.measures)


@dataclass(frozen=True, slots=True)
class Case:
    """What an expression comes to if a test holds; without a test, in all other cases."""

    test: Expression | None
    value: Expression

    def holds(self, bound: Bound) -> bool:
        """Whether it does."""
        return self.test is None or bool(self.test.evaluate(bound))


@dataclass(frozen=True, slots=True)
class Measure:
    """A comparison whose two sides can be evaluated apart."""

    text: str
    left: Expression
    op: str
    right: Expression

    def read(self, bound: Bound) -> Comparison:
        left, right = self.left.evaluate(bound), self.right.evaluate(bound)
        return Comparison(self.text, left, self.op, right, _COMPARE[self.op](left, right))


def _measures(tree: Tree, names: Names) -> Iterator[Measure]:
    """Takes a condition apart at its `&&` and `||`."""
    match tree:
        case Chain(_, parts):
            for part in parts:
                yield from _measures(part, names)
            return
        case Binary(op, left, right) if op in RELATIONS:
            # A constant goes to the right: "42 <= unilateral" is shown as unilateral >= 42.
            if names_in(right) and not names_in(left):
                left, op, right = right, _TURNED[op], left
        case Sign("!", operand):
            left, op, right = operand, "==", Constant(value=False)
        case _:
            left, op, right = tree, "==", Constant(value=True)
    yield Measure(render(tree), _part(left, names), op, _part(right, names))


def _part(tree: Tree, names: Names) -> Expression:
    return Expression(render(tree), kind_of(tree, names.kinds), tree, names)


_COMPARE: Final[Mapping[str, Callable[[int | bool, int | bool], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_TURNED: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_PYTHON: Final[Mapping[Kind, type[int | bool]]] = {"int": int, "bool": bool}
_TYPES: Final[Mapping[Kind, cel.Type]] = {"int": cel.Type.INT, "bool": cel.Type.BOOL}
_WORK: Final[Mapping[str, Callable[..., int]]] = {
    "abs": abs,
    "ceildiv": lambda a, b: -(-a // b),
    "clamp": lambda x, low, high: max(low, min(x, high)),
    "floordiv": operator.floordiv,
    "greatest": max,
    "least": min,
}
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_FIRST: Final = re.compile(
    "as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var"
    "|void|while"
)
_WHOLE: Final = re.compile("u?int|double|bool|string|bytes|list|map|type|dyn|null_type")
_NOWHERE: Final = frozenset({"true", "false", "null", "in"})


def _functions() -> list[cel.FunctionDecl]:
    """Declares our functions to CEL, one overload for each number of arguments."""
    return [
        cel.FunctionDecl(
            name,
            [
                cel.Overload(
                    f"{name}_{count}",
                    return_type=cel.Type.INT,
                    parameters=[cel.Type.INT] * count,
                    impl=_WORK[name],
                )
                for count in counts
            ],
        )
        for name, counts in FUNCTIONS.items()
    ]


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ExpressionProblem(
            f"{name!a} cannot be a name",
            suggestion="use letters, digits and _ in words joined by dots, as in trust.us_japan",
        )
    words = name.split(".")
    if (
        name in FUNCTIONS
        or _WHOLE.fullmatch(name)
        or _FIRST.fullmatch(words[0])
        or not _NOWHERE.isdisjoint(words)
    ):
        raise ExpressionProblem(
            f'"{name}" cannot be a name: it has a word of the language in it',
            suggestion="choose another word",
        )


def _constant(source: float) -> Constant:
    """A number or a truth value that the file already holds as such."""
    if isinstance(source, bool):
        return Constant(value=source)
    if not isinstance(source, int):
        reject_float(str(source), None)
    if abs(source) > GREATEST:
        raise ExpressionProblem("this number is too large", None, f"at most {GREATEST}")
    return Constant(source)
