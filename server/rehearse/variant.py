"""A scenario made otherwise for comparison: its effects made larger or smaller."""

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Any

from rules.grammar import LONGEST
from rules.scenario import Effect, Part, Scenario


class CannotScale(Exception):
    """Why effects cannot be scaled, in a sentence."""


def share(scale: float) -> Fraction:
    """A scale as the exact number that was written. Raises `CannotScale`."""
    by = Fraction(str(scale)) if isfinite(scale) else Fraction(0)
    if by.denominator > 1000 or not 0 < by <= 10:
        raise CannotScale("--scale: effects are multiplied by a number above 0, to 10, as 0.75.")
    return by


def scaled(scenario: Scenario, by: Fraction) -> Scenario:
    """The scenario with every change of a track multiplied, halves rounded away from zero.

    What is set `to` a value, flags, rolls and prices stay as they are.
    """
    if by == 1:
        return scenario
    return Scenario.model_validate(_part(scenario, by), strict=False)


def _part(part: Part, by: Fraction) -> dict[str, Any]:
    fields = {name: _value(getattr(part, name), by) for name in part.model_fields_set}
    if isinstance(part, Effect) and part.change:
        fields["change"] = {track: _amount(source, by) for track, source in part.change.items()}
    return fields


def _value(value: object, by: Fraction) -> object:
    match value:
        case Part():
            return _part(value, by)
        case tuple():
            return tuple(_value(each, by) for each in value)
        case Mapping():
            return {name: _value(each, by) for name, each in value.items()}
        case _:
            return value


def _amount(source: int | str, by: Fraction) -> int | str:
    if isinstance(source, int):
        size = (abs(source) * by.numerator * 2 + by.denominator) // (2 * by.denominator)
        return size if source >= 0 else -size
    top, bottom = by.numerator * 2, by.denominator * 2
    formula = f"(({source}) * {top} + (({source}) < 0 ? -{bottom // 2} : {bottom // 2})) / {bottom}"
    if len(formula) > LONGEST:
        raise CannotScale(f'The formula "{source[:60]}…" is too long to be scaled.')
    return formula
