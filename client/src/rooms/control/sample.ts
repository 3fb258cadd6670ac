import type { DeskSeen, HealthSeen, InjectItem, ProposalSeen, SheetSeen, TrackSeen, View } from '../../protocol'

/** A line of the run sheet, with what a test says about it and nothing else of note; the others alike. */
export function line(inject: string, some: Partial<SheetSeen> = {}): SheetSeen {
  return {
    inject,
    status: 'waiting',
    trigger: 'scheduled',
    turn: 1,
    minute: 0,
    due: null,
    armed: null,
    to: ['all'],
    sender: { en: 'News' },
    method: 'news',
    confidence: null,
    title: { en: `Title of ${inject}` },
    text: { en: 'Text' },
    variants: {},
    expect: { en: '' },
    condition: null,
    near: [],
    effects: [],
    why: '',
    sources: [],
    basis: null,
    sensitive: false,
    edited: false,
    owed: [],
    within: null,
    links: [],
    off: false,
    deferred: false,
    retargeted: false,
    ...some,
  }
}

/** A result on the desk. */
export function result(subject: string, some: Partial<DeskSeen> = {}): DeskSeen {
  return {
    subject,
    kind: 'action',
    item: 'US-01',
    name: { en: `Name of ${subject}` },
    teams: ['washington'],
    target: null,
    option: null,
    reason: '',
    text: '',
    caveats: [],
    notes: [],
    chance: null,
    dice: null,
    total: null,
    grade: null,
    verdict: null,
    mishap: false,
    untold: [],
    asks: [],
    thought: false,
    settled: false,
    ruling: null,
    moves: [],
    sources: [],
    style: 'semi_rigid',
    open: false,
    outcomes: [],
    said: '',
    weight: 0,
    ...some,
  }
}

/** A track. */
export function track(id: string, some: Partial<TrackSeen> = {}): TrackSeen {
  return {
    id,
    name: { en: id },
    say: { en: '' },
    min: 0,
    max: 100,
    start: 40,
    value: 40,
    before: 40,
    word: null,
    low: null,
    high: null,
    confidence: null,
    source: null,
    as_of: null,
    told: [],
    given: [],
    share: [],
    visible: 'public',
    unit: null,
    ...some,
  }
}

/** How a capital is doing. */
export function health(team: HealthSeen['team'], some: Partial<HealthSeen> = {}): HealthSeen {
  return { team, authority: `${team}.leader`, points: 3, orders_left: 2, orders: 1, ready: false, held: false, due: 20 * 60_000, unread: [], last_said: null, waiting_on: [], waiting_since: null, ...some }
}

/** An inject as received. */
export function received(id: string, some: Partial<InjectItem> = {}): InjectItem {
  return {
    id,
    inject: null,
    public: true,
    to: ['all'],
    sender: { en: 'News' },
    method: 'news',
    confidence: null,
    title: { en: id },
    text: { en: '' },
    own: false,
    variants: {},
    sources: [],
    turn: 1,
    at: 0,
    sensitive: false,
    ...some,
  }
}

/** A joint action on the table. */
export function proposal(id: string, some: Partial<ProposalSeen> = {}): ProposalSeen {
  return {
    id,
    joint: 'J-01',
    name: { en: 'Meeting' },
    by: 'tokyo',
    who: ['tokyo', 'seoul'],
    text: '',
    option: null,
    version: 1,
    stands: {},
    deadline: 0,
    status: 'open',
    cost: 1,
    chance: null,
    caveats: [],
    foreseen: [],
    silence: false,
    parties: [],
    missing: [],
    least: 2,
    revision: null,
    ...some,
  }
}

/** A view in play, its clock running from exercise time 0 at wall time 0; tests change what they are about. */
export function view(some: Partial<View> = {}): View {
  const base = {
    game: { turns: 2 },
    now: { phase: 'play', turn: 1, turns: [], banner: null, away: null, review: false },
    clock: { running: true, elapsed: 0, since: 0, rate: 1000, opened: 0, deadline: 20 * 60_000, automatic: false, held: null },
    inject_marks: {},
    health: [health('washington'), health('tokyo'), health('seoul')],
    roster: {
      seats: [
        { seat: 'washington.leader', team: 'washington', name: { en: 'Leader' }, person: null },
        { seat: 'tokyo.leader', team: 'tokyo', name: { en: 'Leader' }, person: null },
        { seat: 'tokyo.foreign', team: 'tokyo', name: { en: 'Foreign minister' }, person: null },
        { seat: 'seoul.leader', team: 'seoul', name: { en: 'Leader' }, person: null },
        { seat: 'control.lead', team: 'control', name: { en: 'Lead' }, person: null },
      ],
      people: {},
    },
    me: { team: 'control', authority: null },
    requests: [],
    desk: [],
    forecast: null,
    sheet: [],
    table: [],
    arguments: [],
    amended: {},
    styles: null,
  }
  return { ...base, ...some } as unknown as View
}
