"""The shapes of what feeds hold, and of what can change about an item later."""

from collections.abc import Mapping

from ..scenario import Capital, Confidence, Grade, Method, Style
from ..state import Text
from ..value import Value
from .chance import Chance
from .texts import CaveatSeen


class InjectItem(Value):
    """An inject as received; a `sensitive` one carries a content note.

    `own`: the text is this reader's own, others have another or none.
    """

    id: str
    inject: str | None
    public: bool
    to: tuple[str, ...]
    sender: Text
    method: Method
    confidence: Confidence | None
    title: Text
    text: Text | None
    own: bool
    variants: Mapping[str, Text]
    sources: tuple[str, ...]
    turn: int
    at: int
    sensitive: bool


class MessageItem(Value):
    """Something said in a room. `garbled`: words were lost; `sent`: it came later than sent."""

    id: str
    seat: str
    person: str
    voice: str | None
    text: str
    turn: int
    at: int
    garbled: bool
    sent: int | None


class ConsultItem(Value):
    """A note sent or received."""

    id: str
    team: Capital
    to: tuple[Capital, ...]
    action: str | None
    name: Text | None
    text: str
    turn: int
    at: int
    late: bool


class WhySeen(Value):
    """Why a track moved, for those who may know it."""

    cause: str
    subject: str
    name: Text | None
    rule: str | None
    inputs: Mapping[str, int]
    scaled: tuple[str, ...]
    dice: tuple[int, ...]
    grade: Grade | None
    sources: tuple[str, ...]
    note: str


class ChangeItem(Value):
    """A track that moved; `why` is None where the reason is not this seat's to know."""

    track: str
    before: int
    after: int
    turn: int
    at: int
    why: WhySeen | None


class ResultItem(Value):
    """A result as read out. `reason` is the acting capital's own, for itself and control."""

    id: str
    kind: str
    item: str
    name: Text
    option: Text | None
    teams: tuple[Capital, ...]
    target: Capital | None
    text: str
    caveats: tuple[CaveatSeen, ...]
    reason: str
    chance: Chance | None
    dice: tuple[int, int] | None
    grade: Grade | None
    mishap: bool
    untold: tuple[Capital, ...]
    ruling: str | None
    changes: tuple[ChangeItem, ...]
    sources: tuple[str, ...]
    turn: int
    at: int
    style: Style
    said: str


class MarkItem(Value):
    """A marked moment."""

    id: str
    turn: int
    at: int
    seat: str
    tag: str
    text: str


class OwedSeen(Value):
    """The response that control expects of a capital until `due`; `at` once it is in."""

    due: int
    at: int | None
    text: str
    seat: str | None


class InjectMark(Value):
    """What can change about a received inject. `readers` is for control alone.

    `owed` holds what one's own capital owes; for control, what any does.
    """

    read: bool
    recalled: str | None
    readers: tuple[str, ...]
    owed: Mapping[Capital, OwedSeen]


class MarkWordsSeen(Value):
    """What a mark says since its words were changed."""

    tag: str
    text: str
