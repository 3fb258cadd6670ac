"""Whether a condition can ever hold, given how far its numbers go."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeAlias, assert_never

from rules.grammar import (
    RELATIONS,
    Binary,
    Call,
    Chain,
    Choice,
    Constant,
    Name,
    Sign,
    Tree,
    children,
    names_in,
    render,
)

Span: TypeAlias = tuple[int, int]
"""The least and the greatest that a value can be; 0 and 1 stand for false and true."""

Spans: TypeAlias = Mapping[str, Span]

_FAR: Final = 10**30
_ANY: Final[Span] = (-_FAR, _FAR)
_TANGLED: Final = 14
_AGAINST: Final = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED: Final = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def possible(tree: Tree, spans: Spans, *, want: bool = True) -> bool:
    """Whether a condition can come to `want`. Says yes where it cannot be sure."""
    return _tangle(tree) > _TANGLED or _possible(tree, spans, want=want)


def span(tree: Tree, spans: Spans) -> Span:
    """How far a value goes."""
    return _ANY if _tangle(tree) > _TANGLED else _span(tree, spans)


def _tangle(tree: Tree) -> int:
    """How many parts must be looked at both ways; each can double the work."""
    both = isinstance(tree, Choice) or (
        isinstance(tree, Binary) and not isinstance(tree.left, Name | Constant)
    )
    return both + sum(map(_tangle, children(tree)))


def _possible(tree: Tree, spans: Spans, *, want: bool) -> bool:
    match tree:
        case Chain(op, parts) if (op == "&&") == want:
            narrow = narrowed(tree, spans, want=want)
            return narrow is not None and all(_possible(part, narrow, want=want) for part in parts)
        case Chain(_, parts):
            return any(_possible(part, spans, want=want) for part in parts)
        case Sign("!", operand):
            return _possible(operand, spans, want=not want)
        case Binary(op, left, right) if op in RELATIONS:
            relation = op if want else _AGAINST[op]
            return _related(relation, _span(left, spans), _span(right, spans))
        case Choice(test, yes, no):
            return any(
                _possible(test, spans, want=way) and _possible(branch, spans, want=want)
                for way, branch in ((True, yes), (False, no))
            )
        case _:
            low, high = _span(tree, spans)
            return low <= int(want) <= high


def _span(tree: Tree, spans: Spans) -> Span:
    match tree:
        case Constant(value):
            return int(value), int(value)
        case Name(name):
            return spans.get(name, _ANY)
        case Sign("-", operand):
            low, high = _span(operand, spans)
            return -high, -low
        case Binary(op, left, right) if op not in RELATIONS:
            return _worked(op, _span(left, spans), _span(right, spans))
        case Choice(test, yes, no):
            ways = [
                _span(branch, spans)
                for way, branch in ((True, yes), (False, no))
                if _possible(test, spans, want=way)
            ]
            return _union(ways)
        case Call(function, arguments):
            return _called(function, [_span(each, spans) for each in arguments])
        case Sign() | Binary() | Chain():
            return int(not _possible(tree, spans, want=False)), int(
                _possible(tree, spans, want=True)
            )
        case _:
            assert_never(tree)


def narrowed(tree: Tree, spans: Spans, *, want: bool = True) -> Spans | None:
    """How far the values go where the condition comes to `want`; None if it never does."""
    narrow = dict(spans)
    parts = list(parts_of(tree, want=want))
    for _ in range(2):
        for part, way in parts:
            for name, least, most in _limits(part, narrow, want=way):
                low, high = narrow.get(name, _ANY)
                narrow[name] = max(low, least), min(high, most)
                if narrow[name][0] > narrow[name][1]:
                    return None
    return narrow


def parts_of(tree: Tree, *, want: bool = True) -> Iterator[tuple[Tree, bool]]:
    """The conditions that must all come to their own `want` for the whole to come to it."""
    match tree:
        case Chain(op, parts) if (op == "&&") == want:
            for part in parts:
                yield from parts_of(part, want=want)
        case Sign("!", operand):
            yield from parts_of(operand, want=not want)
        case _:
            yield tree, want


def why_not(tree: Tree, spans: Spans) -> str:
    """Why a condition can never hold."""
    for part, way in parts_of(tree):
        if not possible(part, spans, want=way):
            names = sorted(names_in(part))[:3]
            limits = [
                f"{name} goes from {spans.get(name, _ANY)[0]} to {spans[name][1]}"
                for name in names
                if spans.get(name, (0, 1)) != (0, 1)
            ]
            return " and ".join(limits) or f"{render(part)} is always {str(not way).lower()}"
    return "its parts exclude each other"


def _limits(part: Tree, spans: Spans, *, want: bool) -> Iterator[tuple[str, int, int]]:
    """What a part that must hold says about names on either side of it."""
    match part:
        case Name(name):
            yield name, int(want), int(want)
        case Binary(op, left, right) if op in RELATIONS:
            relation = op if want else _AGAINST[op]
            if isinstance(left, Name):
                yield left.name, *_limit(relation, _span(right, spans))
            if isinstance(right, Name):
                yield right.name, *_limit(_TURNED[relation], _span(left, spans))
        case _:
            pass


def _limit(relation: str, other: Span) -> Span:
    low, high = other
    match relation:
        case "<":
            return -_FAR, high - 1
        case "<=":
            return -_FAR, high
        case ">":
            return low + 1, _FAR
        case ">=":
            return low, _FAR
        case "==":
            return low, high
        case _:
            return _ANY


def _related(relation: str, left: Span, right: Span) -> bool:
    match relation:
        case "<":
            return left[0] < right[1]
        case "<=":
            return left[0] <= right[1]
        case ">":
            return left[1] > right[0]
        case ">=":
            return left[1] >= right[0]
        case "==":
            return left[0] <= right[1] and right[0] <= left[1]
        case _:
            return not left[0] == left[1] == right[0] == right[1]


def _worked(op: str, left: Span, right: Span) -> Span:
    match op:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[1], left[1] - right[0]
        case "*":
            return _corners(left, right, lambda a, b: a * b)
        case "/":
            return _divided(left, right, lambda a, b: abs(a) // abs(b) * _sign(a) * _sign(b))
        case _:
            most = max(map(abs, right)) - 1
            return (0 if left[0] >= 0 else -most), (0 if left[1] <= 0 else most)


def _called(function: str, arguments: list[Span]) -> Span:
    lows, highs = zip(*arguments, strict=True)
    match function:
        case "greatest":
            return max(lows), max(highs)
        case "least":
            return min(lows), min(highs)
        case "clamp":
            x, least, most = arguments
            return max(least[0], min(x[0], most[0])), max(least[1], min(x[1], most[1]))
        case "abs":
            return (0 if lows[0] <= 0 <= highs[0] else min(abs(lows[0]), abs(highs[0]))), max(
                abs(lows[0]), abs(highs[0])
            )
        case "floordiv":
            return _divided(arguments[0], arguments[1], lambda a, b: a // b)
        case "ceildiv":
            return _divided(arguments[0], arguments[1], lambda a, b: -(-a // b))
        case _:
            return _ANY


def _divided(left: Span, right: Span, work: Callable[[int, int], int]) -> Span:
    if right[0] <= 0 <= right[1]:
        return _ANY
    return _corners(left, right, work)


def _corners(left: Span, right: Span, work: Callable[[int, int], int]) -> Span:
    results = [work(a, b) for a in left for b in right]
    return min(results), max(results)


def _union(spans: Iterable[Span]) -> Span:
    lows, highs = zip(*spans, strict=True)
    return min(lows), max(highs)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
