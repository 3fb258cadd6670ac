"""The feeds a seat may read, their items, and what can change about an item later."""

from .. import seen as s
from ..scenario import CAPITALS, Doing, Scenario
from ..sight import may_know, rooms, sees_name, sees_track
from ..state import Change, Consult, Mark, Message, Readout, Received, State, Why
from .chance import chance_seen
from .texts import caveats_seen, name_of, option_of, sources_of


def feeds_of(state: State, seat: str) -> dict[str, str]:
    """The feeds a seat may read: by the name it knows them, the name the state does."""
    holder = state.book.seats[seat]
    eyes = holder.sees
    feeds = {kind: f"{kind}/{eyes}" for kind in ("inbox", "changes", "results")}
    if holder.team in CAPITALS:
        feeds["personal"] = f"inbox/{seat}"
    if eyes != "public":
        feeds["consults"] = f"consults/{eyes}"
    if eyes == "control":
        feeds["marks"] = "marks"
    for room, teams in rooms(state.book).items():
        if eyes == "control" or eyes in teams:
            feeds[f"room/{room}"] = f"room/{room}"
    return feeds


def item(state: State, raw: object, eyes: str) -> s.FeedItem:
    """One item of a feed as eyes may see it."""
    match raw:
        case Received():
            return _inject_item(raw, eyes)
        case Message():
            return _message_item(state, raw, eyes)
        case Consult():
            return _consult_item(state.book, raw, eyes)
        case Change():
            return _change_item(state, raw, eyes)
        case Readout():
            return _result_item(state, raw, eyes)
        case Mark():
            return s.MarkItem(raw.id, raw.turn, raw.at, raw.seat, raw.tag, raw.text)
        case _:
            raise TypeError(f"{type(raw).__name__} is in no feed")


def _inject_item(raw: Received, eyes: str) -> s.InjectItem:
    """An inject with the reader's own text; who else got it is control's to know."""
    public = "all" in raw.to
    control = eyes == "control"
    return s.InjectItem(
        id=raw.id,
        inject=raw.inject if control else None,
        public=public,
        to=raw.to if control or public or len(raw.to) == 1 else (eyes,),
        sender=raw.sender,
        method=raw.method,
        confidence=raw.confidence,
        title=raw.title,
        text=raw.variants.get(eyes, raw.text),
        own=eyes in raw.variants,
        variants=raw.variants if control else {},
        sources=raw.sources if control else (),
        turn=raw.turn,
        at=raw.at,
        sensitive=raw.sensitive,
    )


def _message_item(state: State, raw: Message, eyes: str) -> s.MessageItem:
    """What was said; over a bad line others than its own team and control read what they heard."""
    clear = eyes in (state.book.seats[raw.seat].team, "control")
    lost = raw.heard is not None and (not clear or eyes == "control")
    return s.MessageItem(
        id=raw.id,
        seat=raw.seat,
        person=raw.person,
        voice=raw.voice,
        text=raw.text if clear or raw.heard is None else raw.heard,
        turn=raw.turn,
        at=raw.at,
        garbled=lost,
        sent=raw.sent,
    )


def _consult_item(book: Scenario, raw: Consult, eyes: str) -> s.ConsultItem:
    """A note; whether the order was sealed before it is its sender's own secret."""
    name = book.actions[raw.action].name if raw.action else None
    late = raw.late and eyes in (raw.team, "control")
    return s.ConsultItem(
        raw.id, raw.team, raw.to, raw.action, name, raw.text, raw.turn, raw.at, late
    )


def _change_item(state: State, raw: Change, eyes: str) -> s.ChangeItem:
    why = _why(state, raw.why, eyes) if may_know(raw.why.readers, eyes) else None
    return s.ChangeItem(raw.track, raw.before, raw.after, raw.turn, raw.at, why)


def _why(state: State, why: Why, eyes: str) -> s.WhySeen:
    book, line = state.book, state.sheet.get(why.subject)
    return s.WhySeen(
        cause=why.cause,
        subject=why.subject if why.cause != "inject" or eyes == "control" else "",
        name=line.title if line and line.title else name_of(state, why.subject),
        rule=why.rule,
        inputs={name: v for name, v in why.inputs.items() if sees_name(book, name, eyes)},
        scaled=why.scaled,
        dice=why.dice,
        grade=why.grade,
        sources=why.sources,
        note=why.note,
    )


def _result_item(state: State, raw: Readout, eyes: str) -> s.ResultItem:
    book, result = state.book, raw.result
    doing: Doing | None = book.pacts.get(result.item) or book.actions.get(result.item)
    party = eyes == "control" or eyes in result.teams
    return s.ResultItem(
        id=raw.id,
        kind=result.kind,
        item=result.item,
        name=name_of(state, result.item),
        option=option_of(book, result),
        teams=result.teams,
        target=result.target,
        text=raw.text if party else "",
        caveats=caveats_seen(book, result.item, result.option, result.caveats) if party else (),
        reason=raw.reason if party else "",
        chance=chance_seen(state, doing, result.odds, eyes),
        dice=result.dice,
        grade=result.verdict,
        mishap=result.mishap,
        untold=result.untold if party else tuple(t for t in result.untold if t == eyes),
        ruling=result.ruling.reason if result.ruling else None,
        changes=tuple(
            _change_item(state, change, eyes)
            for change in raw.changes
            if sees_track(book, change.track, eyes)
        ),
        sources=sources_of(book, result),
        turn=raw.turn,
        at=raw.at,
        style=result.style,
        said=result.ruling.text if result.ruling else "",
    )


def inject_marks_seen(state: State, seat: str) -> dict[str, s.InjectMark]:
    """What has become of the injects a seat got: read, recalled, owed a response."""
    holder = state.book.seats[seat]
    eyes = holder.sees
    marks: dict[str, s.InjectMark] = {}
    for sent, to in state.sent.items():
        readers = state.reads.get(sent, ())
        if not may_know(to, eyes) and seat not in to:
            continue
        told = readers if eyes == "control" else ()
        owed = {
            team: s.OwedSeen(owing.due, owing.at, owing.text, owing.seat)
            for team, owing in state.owed.get(sent, {}).items()
            if eyes in (team, "control")
        }
        if sent in state.recalled or seat in readers or told or owed:
            marks[sent] = s.InjectMark(seat in readers, state.recalled.get(sent), told, owed)
    return marks


def mark_words_seen(state: State, eyes: str) -> dict[str, s.MarkWordsSeen]:
    """Marks whose words were changed."""
    if eyes != "control":
        return {}
    return {
        name: s.MarkWordsSeen(words.tag, words.text) for name, words in state.mark_words.items()
    }
