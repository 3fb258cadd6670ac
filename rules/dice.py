"""The only chance there is.

Every throw has a purpose of its own (item, actor, target, turn, occurrence), so changing one
decision shifts no other throw, and a line with the same salt has the same luck.
"""

from hashlib import sha256

from .scenario import Grade
from .state import State

GRADES: tuple[Grade, ...] = ("great", "ok", "part", "bad")
"""What a throw can be worth, the best first."""


def commitment(seed: str) -> str:
    """What is shown at the start, so that the seed cannot be exchanged later."""
    return sha256(f"virtual-alliance/{seed}".encode()).hexdigest()


def throw(state: State, purpose: str) -> tuple[int, int]:
    """Two dice for one purpose."""
    first, second = _faces(f"{state.seed}/{state.salt}/{purpose}")
    return first, second


def spread(state: State, purpose: str, width: int) -> int:
    """A whole number from -width to width, the middle likelier."""
    first, second = throw(state, purpose)
    return (first + second - 7) * width // 5


def grade(total: int, target: int) -> Grade:
    """What a total is worth against a target."""
    if total >= target + 3:
        return "great"
    if total >= target:
        return "ok"
    return "part" if total >= target - 2 else "bad"


def chances(target: int, added: int) -> dict[Grade, int]:
    """How many of the thirty-six throws give each grade."""
    counts = dict.fromkeys(GRADES, 0)
    for first in range(1, 7):
        for second in range(1, 7):
            counts[grade(first + second + added, target)] += 1
    return counts


def at_most(total: int) -> int:
    """How many of the thirty-six throws come to so much, or less."""
    return sum(first + second <= total for first in range(1, 7) for second in range(1, 7))


def _faces(text: str) -> tuple[int, int]:
    """Two faces from a digest; bytes that would favour a face are passed over."""
    round_ = 0
    faces: list[int] = []
    while len(faces) < 2:
        digest = sha256(f"{text}/{round_}".encode()).digest()
        faces += [byte % 6 + 1 for byte in digest if byte < 252]
        round_ += 1
    return faces[0], faces[1]
