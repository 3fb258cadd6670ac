"""What a seat may see: the shapes. `view` fills them from nothing; the browser draws them.

Texts are maps by language. Times named `at` of feed items and `deadline` are exercise
milliseconds; `since` is wall milliseconds.
"""

from collections.abc import Mapping

from ..state import Text
from ..value import Value
from .chance import Chance, OddSeen
from .desk import (
    AskSeen,
    DeskSeen,
    ForecastSeen,
    HealthSeen,
    MoveSeen,
    NoteSeen,
    OutcomeSeen,
    StylesSeen,
)
from .feeds import (
    ChangeItem,
    ConsultItem,
    InjectItem,
    InjectMark,
    MarkItem,
    MarkWordsSeen,
    MessageItem,
    OwedSeen,
    ResultItem,
    WhySeen,
)
from .game import (
    BriefSeen,
    ClockSeen,
    FinishSeen,
    GameSeen,
    MeSeen,
    NowSeen,
    ObjectiveSeen,
    PlanPhaseSeen,
    RosterSeen,
    RuleSeen,
    SealSeen,
    SeatSeen,
    SourceSeen,
    TeamSeen,
    TurnSeen,
)
from .menu import BudgetSeen, DecisionSeen, DeckSeen, OfferSeen, RefusalSeen
from .orders import AmendedSeen, ArgumentSeen, OrderSeen, PointSeen, VoteSeen
from .preview import (
    ForeseenAsset,
    ForeseenChance,
    ForeseenChannel,
    ForeseenFlag,
    ForeseenInject,
    ForeseenMishap,
    ForeseenMove,
    ForeseenOwed,
    ForeseenProcess,
    ForeseenText,
    PreviewSeen,
)
from .sheet import CaseSeen, EffectSeen, LinkSeen, NearSeen, SheetSeen
from .table import BlockSeen, ClauseSeen, NationalSeen, ProposalSeen, StandSeen
from .talk import RequestSeen, RoomSeen, UnderwaySeen
from .texts import CaveatSeen, OptionSeen, StandardSeen
from .world import AssetSeen, MapSeen, PlaceSeen, ProcessSeen, ToldSeen, TrackSeen, ZoneSeen

__all__ = [
    "AmendedSeen",
    "ArgumentSeen",
    "AskSeen",
    "AssetSeen",
    "BlockSeen",
    "BriefSeen",
    "BudgetSeen",
    "CaseSeen",
    "CaveatSeen",
    "Chance",
    "ChangeItem",
    "ClauseSeen",
    "ClockSeen",
    "ConsultItem",
    "DecisionSeen",
    "DeckSeen",
    "DeskSeen",
    "EffectSeen",
    "FeedItem",
    "FinishSeen",
    "ForecastSeen",
    "ForeseenAsset",
    "ForeseenChance",
    "ForeseenChannel",
    "ForeseenFlag",
    "ForeseenInject",
    "ForeseenMishap",
    "ForeseenMove",
    "ForeseenOwed",
    "ForeseenProcess",
    "ForeseenText",
    "GameSeen",
    "HealthSeen",
    "InjectItem",
    "InjectMark",
    "LinkSeen",
    "MapSeen",
    "MarkItem",
    "MarkWordsSeen",
    "MeSeen",
    "MessageItem",
    "MoveSeen",
    "NationalSeen",
    "NearSeen",
    "NoteSeen",
    "NowSeen",
    "ObjectiveSeen",
    "OddSeen",
    "OfferSeen",
    "OptionSeen",
    "OrderSeen",
    "OutcomeSeen",
    "OwedSeen",
    "PlaceSeen",
    "PlanPhaseSeen",
    "PointSeen",
    "PreviewSeen",
    "ProcessSeen",
    "ProposalSeen",
    "RefusalSeen",
    "RequestSeen",
    "ResultItem",
    "RoomSeen",
    "RosterSeen",
    "RuleSeen",
    "SealSeen",
    "SeatSeen",
    "SheetSeen",
    "SourceSeen",
    "StandSeen",
    "StandardSeen",
    "StylesSeen",
    "TeamSeen",
    "ToldSeen",
    "TrackSeen",
    "TurnSeen",
    "UnderwaySeen",
    "View",
    "VoteSeen",
    "WhySeen",
    "ZoneSeen",
]


class View(Value):
    """What one seat may see, and may do now. Feeds travel beside it."""

    game: GameSeen
    me: MeSeen
    sources: Mapping[str, SourceSeen]
    rules: Mapping[str, RuleSeen]
    brief: BriefSeen | None
    objectives: tuple[ObjectiveSeen, ...]
    deck: tuple[DeckSeen, ...]
    offers: Mapping[str, OfferSeen]
    can: tuple[str, ...]
    clock: ClockSeen
    now: NowSeen
    roster: RosterSeen
    tracks: tuple[TrackSeen, ...]
    terms: Mapping[str, Text]
    inject_marks: Mapping[str, InjectMark]
    orders: tuple[OrderSeen, ...]
    arguments: tuple[ArgumentSeen, ...]
    amended: Mapping[str, tuple[AmendedSeen, ...]]
    styles: StylesSeen | None
    budget: BudgetSeen | None
    table: tuple[ProposalSeen, ...]
    plan: tuple[ClauseSeen, ...]
    decisions: tuple[DecisionSeen, ...]
    map: MapSeen
    rooms: tuple[RoomSeen, ...]
    requests: tuple[RequestSeen, ...]
    finish: FinishSeen | None
    seals: tuple[SealSeen, ...]
    sheet: tuple[SheetSeen, ...]
    desk: tuple[DeskSeen, ...]
    forecast: ForecastSeen | None
    health: tuple[HealthSeen, ...]
    mark_words: Mapping[str, MarkWordsSeen]
    underway: tuple[UnderwaySeen, ...]
    processes: tuple[ProcessSeen, ...]


FeedItem = InjectItem | MessageItem | ConsultItem | ChangeItem | ResultItem | MarkItem
"""What feeds hold: inbox, personal, room/<id>, consults, changes, results, marks."""
