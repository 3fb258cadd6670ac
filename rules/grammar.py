"""The small language of scenario expressions: a subset of CEL, read, explained and written back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain
from typing import Final, Literal, NoReturn, TypeAlias, assert_never

Kind = Literal["int", "bool"]

LONGEST: Final = 2_000
DEEPEST: Final = 24
MOST_CASES: Final = 8
GREATEST: Final = 2**63 - 1

FUNCTIONS: Final[Mapping[str, tuple[int, ...]]] = {
    "abs": (1,),
    "ceildiv": (2,),
    "clamp": (3,),
    "floordiv": (2,),
    "greatest": (2, 3),
    "least": (2, 3),
}
DIVISIONS: Final = frozenset({"/", "%", "floordiv", "ceildiv"})
RELATIONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
STRENGTH: Final[Mapping[str, int]] = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(RELATIONS, 3),
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "%": 5,
}
UNARY: Final = 6


class ExpressionProblem(ValueError):
    """What is wrong with an expression, where, and what would be right."""

    def __init__(
        self, message: str, column: int | None = None, suggestion: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.suggestion = suggestion

    def __str__(self) -> str:
        """The problem as one sentence."""
        where = "" if self.column is None else f"column {self.column}: "
        advice = "" if self.suggestion is None else f"; {self.suggestion}"
        return f"{where}{self.message}{advice}"


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, or true or false."""

    value: int | bool
    at: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """A declared name, such as `trust.tokyo_seoul`."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Sign:
    """`!` or `-` before an operand."""

    op: str
    operand: "Tree"
    at: int


@dataclass(frozen=True, slots=True)
class Binary:
    """An arithmetic operator or a comparison between two operands."""

    op: str
    left: "Tree"
    right: "Tree"
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Conditions joined by one of `&&` and `||`."""

    op: str
    parts: tuple["Tree", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """`test ? yes : no`."""

    test: "Tree"
    yes: "Tree"
    no: "Tree"
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """One of our functions and its arguments."""

    function: str
    arguments: tuple["Tree", ...]
    at: int


Tree: TypeAlias = Constant | Name | Sign | Binary | Chain | Choice | Call


def parse(source: str, kinds: Mapping[str, Kind]) -> Tree:
    """Reads an expression in which the given names may be used, or says what is wrong with it."""
    if len(source) > LONGEST:
        raise ExpressionProblem(
            f"this expression has {len(source)} characters and {LONGEST} is the most",
            suggestion="split it into several rules",
        )
    reader = _Reader(list(_tokens(source)), kinds)
    tree = reader.expression(0)
    reader.end()
    _check_depth(tree)
    return tree


def children(tree: Tree) -> tuple[Tree, ...]:
    """The parts directly below the top of a tree."""
    match tree:
        case Constant() | Name():
            return ()
        case Sign(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Chain(_, parts):
            return parts
        case Choice(test, yes, no):
            return (test, yes, no)
        case Call(_, arguments):
            return arguments
        case _:
            assert_never(tree)


def names_in(tree: Tree) -> frozenset[str]:
    """Every name a tree reads, on whichever branch."""
    if isinstance(tree, Name):
        return frozenset({tree.name})
    return frozenset(chain.from_iterable(names_in(child) for child in children(tree)))


def render(tree: Tree, strength: int = 0) -> str:
    """Writes a tree in one fixed spelling, with no more brackets than it needs."""
    match tree:
        case Constant(value):
            text, own = str(value).lower(), UNARY + 1 if value >= 0 else UNARY
        case Name(name):
            text, own = name, UNARY + 1
        case Sign(op, operand):
            text, own = f"{op}{render(operand, UNARY + 1)}", UNARY
        case Binary(op, left, right):
            own = STRENGTH[op]
            first = render(left, own + 1 if op in RELATIONS else own)
            text = f"{first} {op} {render(right, own + 1)}"
        case Chain(op, parts):
            own = STRENGTH[op]
            text = f" {op} ".join(render(part, own + 1) for part in parts)
        case Choice(test, yes, no):
            text, own = f"{render(test, 1)} ? {render(yes, 1)} : {render(no)}", 0
        case Call(function, arguments):
            text, own = f"{function}({', '.join(map(render, arguments))})", UNARY + 1
        case _:
            assert_never(tree)
    return text if own >= strength else f"({text})"


def cases(tree: Tree) -> tuple[tuple[Tree | None, Tree], ...]:
    """A tree by its choices: tests and what they give. The first that holds, or has none, counts.

    A tree of more cases than one can take in stays whole.
    """
    found = tuple(_cases(tree))
    return found if len(found) <= MOST_CASES else ((None, tree),)


def _cases(tree: Tree) -> Iterator[tuple[Tree | None, Tree]]:
    match tree:
        case Choice(test, yes, no):
            for inner, value in _cases(yes):
                yield _both(test, inner), value
            yield from _cases(no)
        case Sign(op, operand, at):
            for when, value in _cases(operand):
                yield when, Sign(op, value, at)
        case Binary(op, left, right, at):
            for one, first in _cases(left):
                for other, second in _cases(right):
                    yield _both(one, other), Binary(op, first, second, at)
        case _:
            yield None, tree


def _both(one: Tree | None, other: Tree | None) -> Tree | None:
    if one is None or other is None:
        return other if one is None else one
    return Chain("&&", (one, other), one.at)


def kind_of(tree: Tree, kinds: Mapping[str, Kind]) -> Kind:
    """The kind of value a tree gives; mixed kinds and unsafe divisions are problems."""
    match tree:
        case Constant(value):
            return "bool" if isinstance(value, bool) else "int"
        case Name(name):
            return kinds[name]
        case Sign(op, operand):
            return _need("bool" if op == "!" else "int", operand, op, kinds)
        case Binary(op, left, right):
            return _kind_of_binary(op, left, right, kinds)
        case Chain(op, parts):
            for part in parts:
                _need("bool", part, op, kinds)
            return "bool"
        case Choice(test, yes, no):
            _need("bool", test, "?", kinds)
            return _need(kind_of(yes, kinds), no, ":", kinds)
        case Call(function, arguments):
            for argument in arguments:
                _need("int", argument, function, kinds)
            _check_call(function, arguments)
            return "int"
        case _:
            assert_never(tree)


def bounds(tree: Tree) -> tuple[int | None, int | None]:
    """The least and the greatest number a tree can give, where that is certain."""
    match tree:
        case Constant(value):
            return value, value
        case Sign("-", operand):
            low, high = bounds(operand)
            return _negative(high), _negative(low)
        case Binary("+", left, right):
            (a, b), (c, d) = bounds(left), bounds(right)
            return _sum(a, c), _sum(b, d)
        case Binary("-", left, right):
            (a, b), (c, d) = bounds(left), bounds(right)
            return _sum(a, _negative(d)), _sum(b, _negative(c))
        case Choice(_, yes, no):
            (a, b), (c, d) = bounds(yes), bounds(no)
            return _negative(_most(_negative(a), _negative(c))), _most(b, d)
        case Call(function, arguments):
            return _bounds_of_call(function, arguments)
        case _:
            return None, None


def nearest(name: str, known: Mapping[str, object]) -> str:
    """Advice for a name that nobody declared."""
    below = [each for each in sorted(known) if each.startswith(f"{name}.")]
    ending = [each for each in sorted(known) if each.endswith(f".{name}")]
    close = get_close_matches(name.lower(), sorted(known), 1) or ending[:1] or below[:3]
    if close:
        return f"did you mean {' or '.join(close)}?"
    if not known:
        return "no names may be used here"
    few = ", ".join(sorted(known)[:12])
    return f"the names here are {few}{', …' if len(known) > 12 else ''}"


_CONDITION: Final = 'write "condition ? this : otherwise"'
_OURS: Final = f"the functions are {', '.join(FUNCTIONS)}"
_ADVICE: Final[Mapping[str, str]] = {
    "and": 'write "&&"',
    "or": 'write "||"',
    "not": 'write "!" before the condition',
    "is": 'write "=="',
    "if": _CONDITION,
    "then": _CONDITION,
    "else": _CONDITION,
    "elif": _CONDITION,
    "yes": 'write "true"',
    "no": 'write "false"',
    "in": 'compare with each: "a == 1 || a == 2"',
    "null": "every name always has a value; compare it with a number",
    "none": "every name always has a value; compare it with a number",
    "min": 'write "least(a, b)"',
    "max": 'write "greatest(a, b)"',
    "ceil": 'write "ceildiv(a, b)", which rounds up',
    "floor": 'write "floordiv(a, b)", which rounds down',
    "round": 'write "floordiv(a + b / 2, b)", with a constant b',
    "sum": 'write "a + b"',
    "int": 'write "condition ? 1 : 0"',
    "bool": 'write "number != 0"',
}
_SYMBOLS: Final[Mapping[str, str]] = {
    "//": "write floordiv(a, b), which rounds down",
    "**": 'write the multiplication out, as in "a * a"',
    "+=": 'an expression changes nothing; write only the new value, as in "a + 1"',
    "-=": 'an expression changes nothing; write only the new value, as in "a - 1"',
    "=<": 'write "<="',
    "=>": 'write ">="',
    "<>": 'write "!="',
    "=": 'write "==" to compare',
    "&": 'write "&&"',
    "|": 'write "||"',
    "\u2265": 'write ">="',
    "\u2264": 'write "<="',
    "\u2260": 'write "!="',
    "\u00d7": 'write "*"',
    "\u00f7": 'write "/"',
    "\u2212": 'write "-"',
    "\u2013": 'write "-"',
    "\u2014": 'write "-"',
    "\u3000": "write an ordinary space",
    ".": "a name is words joined by single dots, as in trust.tokyo_seoul",
    ";": "write one expression",
}
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<float>\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+|\d+[eE][-+]?\d+)
      | (?P<number>\d\w*)
      | (?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)
      | (?P<wrong>//|\*\*|\+=|-=|=<|=>|<>)
      | (?P<op>&&|\|\||[=!<>]=|[-+*/%<>!?:(),])""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    """One word, number or operator, and its column."""

    kind: str
    text: str
    at: int


def _tokens(source: str) -> Iterator[_Token]:
    """Cuts a source into tokens, ending with an empty one."""
    position = 0
    while position < len(source):
        found = _TOKEN.match(source, position)
        at = position + 1
        if found is None:
            _reject_character(source[position], at)
        kind, text = str(found.lastgroup), found.group()
        match kind:
            case "wrong":
                message = "the rest of the line would be a comment" if text == "//" else ""
                _reject_symbol(text, at, message)
            case "float":
                reject_float(text, at)
            case "number" if not text.isdecimal():
                raise ExpressionProblem(
                    f'"{_short(text)}" is not a number', at, "write it in digits only"
                )
            case "number" if int(text) > GREATEST:
                raise ExpressionProblem("this number is too large", at, f"at most {GREATEST}")
            case "space":
                pass
            case _:
                yield _Token(kind, text, at)
        position = found.end()
    yield _Token("end", "", len(source) + 1)


def _reject_symbol(symbol: str, at: int, message: str = "") -> NoReturn:
    raise ExpressionProblem(
        f'"{symbol}" is not used here{message and ": "}{message}', at, _SYMBOLS[symbol]
    )


def _reject_character(character: str, at: int) -> NoReturn:
    if character in _SYMBOLS:
        _reject_symbol(character, at)
    if character in "\"'`":
        raise ExpressionProblem(
            "text in quotes is not part of this language", at, "compare numbers and flags only"
        )
    if character in "[]{}":
        raise ExpressionProblem(
            "lists and maps are not part of this language", at, 'use round brackets "(" and ")"'
        )
    if "\uff01" <= character <= "\uff5e":
        plain = chr(ord(character) - 0xFEE0)
        raise ExpressionProblem(f'"{character}" is full-width', at, f'write "{plain}"')
    shown = f'"{character}"' if character.isprintable() else ascii(character)
    raise ExpressionProblem(
        f"{shown} means nothing here", at, "use names, whole numbers and operators"
    )


def reject_float(text: str, at: int | None) -> NoReturn:
    """Says which whole number to write instead of a fraction."""
    digits, _, fraction = text.partition(".")
    if not (digits or "0").isdecimal() or not (fraction or "0").isdecimal() or len(digits) > 18:
        wanted = "a whole number"
    elif fraction.strip("0"):
        wanted = f"{int(digits or 0)} or {int(digits or 0) + 1}"
    else:
        wanted = f"{int(digits or 0)}"
    raise ExpressionProblem("tracks are whole numbers", at, f"write {wanted}, not {_short(text)}")


class _Reader:
    """Reads tokens from left to right, by precedence."""

    def __init__(self, tokens: list[_Token], kinds: Mapping[str, Kind]) -> None:
        self.tokens = tokens
        self.kinds = kinds
        self.next = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.next]

    def take(self) -> _Token:
        token = self.token
        self.next += 1
        return token

    def took(self, text: str) -> bool:
        if self.token.kind != "op" or self.token.text != text:
            return False
        self.next += 1
        return True

    def expect(self, text: str, why: str) -> None:
        if not self.took(text):
            raise self.problem(f'"{text}" is missing {why}')

    def end(self) -> None:
        if self.token.kind != "end":
            raise self.problem(f'"{self.token.text}" cannot come here')

    def problem(self, message: str) -> ExpressionProblem:
        """Explains the token that does not fit, by its own mistake if it is a known one."""
        token = self.token
        advice = None
        if token.kind == "word":
            advice = _ADVICE.get(token.text.lower(), "put an operator before it")
            message = f'"{_short(token.text)}" cannot come here'
        elif token.text == ")":
            advice = 'remove it, or add a "(" before'
        return ExpressionProblem(message, token.at, advice)

    def expression(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise _too_deep(self.token.at)
        test = self.binary(1, depth)
        at = self.token.at
        if not self.took("?"):
            return test
        yes = self.binary(1, depth + 1)
        self.expect(":", 'after "condition ? this"')
        return Choice(test, yes, self.expression(depth + 1), at)

    def binary(self, least: int, depth: int) -> Tree:
        left = self.operand(depth)
        while self.token.kind == "op" and STRENGTH.get(self.token.text, 0) >= least:
            op = self.take()
            right = self.binary(STRENGTH[op.text] + 1, depth)
            if op.text not in ("&&", "||"):
                left = Binary(op.text, left, right, op.at)
            elif isinstance(left, Chain) and left.op == op.text:
                left = Chain(op.text, (*left.parts, right), left.at)
            else:
                left = Chain(op.text, (left, right), op.at)
        return left

    def operand(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise _too_deep(self.token.at)
        token = self.token
        if token.kind == "op" and token.text in ("!", "-"):
            self.take()
            return Sign(token.text, self.operand(depth + 1), token.at)
        if self.took("("):
            inside = self.expression(depth + 1)
            self.expect(")", 'to close a "("')
            return inside
        if token.kind == "number":
            return Constant(int(self.take().text), token.at)
        if token.kind == "word":
            return self.word(self.take(), depth)
        raise self.problem(_missing_operand(token.text))

    def word(self, token: _Token, depth: int) -> Tree:
        if self.took("("):
            return self.call(token, depth)
        if token.text in ("true", "false"):
            return Constant(token.text == "true", token.at)
        if token.text in self.kinds:
            return Name(token.text, token.at)
        lower = token.text.lower()
        if lower in ("true", "false"):
            raise ExpressionProblem(f'"{token.text}" is unknown', token.at, f'write "{lower}"')
        if token.text in FUNCTIONS:
            raise ExpressionProblem(
                f'"{token.text}" is a function', token.at, f"write {token.text}(…)"
            )
        advice = _ADVICE.get(lower) or nearest(token.text, self.kinds)
        raise ExpressionProblem(f'there is no name "{_short(token.text)}" here', token.at, advice)

    def call(self, token: _Token, depth: int) -> Call:
        name = token.text
        if name not in FUNCTIONS:
            close = get_close_matches(name.lower(), FUNCTIONS, 1)
            advice = _ADVICE.get(name.lower()) or (f"did you mean {close[0]}?" if close else _OURS)
            raise ExpressionProblem(f'there is no function "{_short(name)}"', token.at, advice)
        arguments = [] if self.took(")") else [self.expression(depth + 1)]
        while arguments and not self.took(")"):
            self.expect(",", f'or ")" after an argument of {name}')
            arguments.append(self.expression(depth + 1))
        if len(arguments) not in FUNCTIONS[name]:
            counts = " or ".join(map(str, FUNCTIONS[name]))
            raise ExpressionProblem(
                f"{name} was given {len(arguments)} arguments", token.at, f"give it {counts}"
            )
        return Call(name, tuple(arguments), token.at)


def _missing_operand(text: str) -> str:
    if text == "":
        return "the expression ends where a number, a name or a condition should come"
    return f'a number, a name or a condition should come before "{text}"'


def _too_deep(at: int) -> ExpressionProblem:
    return ExpressionProblem(
        f"this is nested or chained more than {DEEPEST} deep", at, "split it into several rules"
    )


def _check_depth(tree: Tree) -> None:
    """Walks by level, so that a long chain of operators cannot exhaust the stack."""
    level: list[Tree] = [tree]
    for _ in range(DEEPEST):
        level = [child for each in level for child in children(each)]
        if not level:
            return
    raise _too_deep(level[0].at)


_WORDS: Final[Mapping[Kind, str]] = {"int": "a whole number", "bool": "true or false"}


def wrong_kind(tree: Tree, want: Kind, where: str) -> ExpressionProblem:
    """The problem that a tree gives the other kind of value than its place needs."""
    got = _WORDS["int" if want == "bool" else "bool"]
    text = render(tree)
    match tree, want:
        case Constant(), "bool":
            advice = "write true or false"
        case Constant(), _:
            advice = "write a number"
        case _, "bool" if where.startswith('"!"'):
            advice = f"put in brackets what it denies, as in !({_short(render(tree, 4))} > 0)"
        case _, "bool":
            advice = f"compare it, as in {_short(render(tree, 4))} > 0"
        case _:
            advice = f"write ({_short(render(tree, 1))} ? 1 : 0)"
    return ExpressionProblem(
        f'"{_short(text)}" is {got} and {where} {_WORDS[want]}', tree.at or None, advice
    )


def _short(text: str) -> str:
    """As much of an author's text as a sentence bears."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def _need(want: Kind, tree: Tree, op: str, kinds: Mapping[str, Kind]) -> Kind:
    """Holds a part to the kind its operator needs."""
    if kind_of(tree, kinds) != want:
        raise wrong_kind(tree, want, f'"{op}" needs')
    return want


def _kind_of_binary(op: str, left: Tree, right: Tree, kinds: Mapping[str, Kind]) -> Kind:
    # Each side is judged once: judging it twice would double the work with every level of nesting.
    first, second = kind_of(left, kinds), kind_of(right, kinds)
    if op in RELATIONS and second == "int" and isinstance(left, Binary) and left.op in RELATIONS:
        middle = render(left.right, STRENGTH[op] + 1)
        raise ExpressionProblem(
            "comparisons cannot be chained",
            left.at,
            f"write {_short(render(left))} && {_short(f'{middle} {op} {render(right, 4)}')}",
        )
    want: Kind = first if op in ("==", "!=") else "int"
    for side, kind in ((left, first), (right, second)):
        if kind != want:
            raise wrong_kind(side, want, f'"{op}" needs')
    if op in DIVISIONS:
        _check_divisor(op, right)
    return "bool" if op in RELATIONS else "int"


def _check_call(function: str, arguments: tuple[Tree, ...]) -> None:
    if function in DIVISIONS:
        _check_divisor(function, arguments[1])
    if function == "clamp":
        (low, _), (_, high) = bounds(arguments[1]), bounds(arguments[2])
        if low is not None and high is not None and low > high:
            raise ExpressionProblem(
                f"clamp has its least, {low}, above its greatest, {high}",
                arguments[1].at,
                "write clamp(x, least, greatest)",
            )


def _check_divisor(op: str, divisor: Tree) -> None:
    low, high = bounds(divisor)
    if low == high == 0:
        raise ExpressionProblem(
            f'"{op}" divides by zero', divisor.at, "use a constant divisor that is not zero"
        )
    if (low is None or low <= 0) and (high is None or high >= 0):
        bounded = f"greatest(1, {_short(render(divisor))})"
        raise ExpressionProblem(
            f'"{op}" could divide by zero',
            divisor.at,
            f"use a constant divisor, or one that is always positive such as {bounded}",
        )


def _bounds_of_call(function: str, arguments: tuple[Tree, ...]) -> tuple[int | None, int | None]:
    spans = [bounds(argument) for argument in arguments]
    lows, highs = [low for low, _ in spans], [high for _, high in spans]
    match function:
        case "greatest":
            known = [low for low in lows if low is not None]
            return max(known, default=None), _most(*highs)
        case "least":
            known = [high for high in highs if high is not None]
            return _negative(_most(*map(_negative, lows))), min(known, default=None)
        case "clamp":
            return lows[1], _most(highs[1], highs[2])
        case "abs":
            low, high = spans[0]
            return max(0, low or 0, -(high or 0)), _most(high, _negative(low))
        case _:
            return None, None


def _sum(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def _negative(a: int | None) -> int | None:
    return None if a is None else -a


def _most(*numbers: int | None) -> int | None:
    """The greatest of the numbers, unknown when one of them is."""
    known = [number for number in numbers if number is not None]
    return max(known) if len(known) == len(numbers) else None
