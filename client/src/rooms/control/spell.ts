import { bare, binary, nameIn, type Named } from '../../parts/naming'
import type { CaseSeen, EffectSeen, NearSeen, Text, View } from '../../protocol'
import { plain, t } from '../../words/words.svelte'
import { signed } from './desk'
import { roomName } from './names'

const ids = /[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*/gi
const set = /\b(flag\.[a-z0-9_]+) (on|off)\b/gi
const unset = /!((?:flag\.|clause\.[a-z0-9_]+\.)[a-z0-9_]+)/gi

/** What rules reckon with in any scenario besides what it names itself. */
const known = ['turn', 'scale', 'severity', 'uses', 'flare_up', 'greatest', 'least'] as const

/** What a track, a derived value or a flag is called; one that nobody named, by its own words. */
export function nameOf(id: string, view: Named): string {
  const found = known.find((each) => each === id)
  return found ? t(`control.name.${found}`) : (nameIn(id, view) ?? bare(id))
}

/** What an effect may name besides what conditions read. */
type Acting = Named & Partial<Pick<View, 'map' | 'rooms' | 'processes'>>

const deed = /^(move|channel|begin) (\S+)(?: ([a-z]\S*))?(?: \d+)?/

/** An effect that moves nothing on a scale: something goes elsewhere, a line breaks, a process begins. */
function done(view: Acting, what: string, id: string, how: string): string {
  const called = (all: readonly { readonly id: string; readonly name: Text }[] | undefined, one: string): string =>
    plain(all?.find((each) => each.id === one)?.name) || bare(one)
  if (what === 'move') return t('control.effect.move', { name: called(view.map?.assets, id), place: called(view.map?.places, how) })
  if (what === 'begin') return t('control.effect.begin', { name: called(view.processes, id) })
  const room = view.rooms?.find((each) => each.id === id)
  const way = (['open', 'late', 'garbled', 'cut'] as const).find((each) => each === how) ?? 'open'
  return t('preview.line', { teams: room ? roomName(room) : id, how: t(`channel.${way}`) })
}

/** A condition of the scenario, or something that happens, with names instead of ids. */
export function spell(text: string, view: Acting): string {
  const named = (id: string): string => nameOf(id, view)
  const quoted: string[] = []
  /** Keeps what has been said already from being read as a condition again. */
  const keep = (said: string): string => `\u0001${quoted.push(said) - 1}\u0002`
  return text
    .replace(/\b(greatest|least)\(/g, '$1 (')
    .replace(/floordiv\(([^(),]+), ([^(),]+)\)/g, '$1 / $2')
    .replace(deed, (_, what: string, id: string, how?: string) => keep(done(view, what, id, how ?? '')))
    .replace(set, (_, flag: string, on: string) => keep(t(on === 'on' ? 'control.flag.on' : 'control.flag.off', { what: named(flag) })))
    .replace(unset, (_, flag: string) => keep(t('control.notyet', { what: named(flag) })))
    .replace(ids, (id) => keep(named(id)))
    .replaceAll(' / ', ' ÷ ')
    .replaceAll(' * ', ' × ')
    .replaceAll('>=', '≥')
    .replaceAll('<=', '≤')
    .replaceAll('==', '=')
    .replaceAll('!=', '≠')
    .replaceAll('&&', t('control.and'))
    .replaceAll('||', t('control.or'))
    .replace(/!(?=[^\s=])([^()&|]+|\([^()]*\))/g, (_, what: string) => negated(what))
    .replace(/(^|\s)-(?=\d)/g, '$1−')
    .replace(/\u0001(\d+)\u0002/g, (_, place: string) => quoted[Number(place)] ?? '')
}

/** What an inject does in words: what becomes of a track and in which case, or what happens. */
export function effectInWords({ does, when, cases }: EffectSeen, view: Acting): string {
  const many = cases.length > 1
  const said = cases.map((each, i) => {
    const by = amount(each, view)
    const said = each.when !== null ? t('control.effect.case', { by, when: spell(each.when, view) }) : i > 0 ? t('control.effect.else', { by }) : by
    return many && each.now !== null ? t('control.effect.now', { by: said }) : said
  })
  const name = nameOf(does, view)
  const what = cases.length === 0 ? spell(does, view) : many ? t('control.effect.cases', { name, cases: said.join(t('list.semicolon')) }) : `${name} ${said.join('')}`
  return what + (when === null ? '' : t('control.effect.if', { when: spell(when, view) }))
}

/** What becomes of a track in one case: how it moves or where it is set; of an expression also what it comes to now. */
function amount({ how, amount, now }: CaseSeen, view: Acting): string {
  const plain = /^-?\d+$/.test(amount)
  const n = plain ? amount.replace('-', '−') : spell(amount, view)
  const by = how === 'to' ? `= ${n}` : how === 'by' ? (plain ? signed(Number(amount)) : `+ (${n})`) : t(`control.effect.${how}`, { n })
  return plain || now === null ? by : t('control.effect.comes', { by, n: how === 'by' ? signed(now) : String(now) })
}

function negated(what: string): string {
  // A space before the next word of the condition stays outside.
  const said = what.trimEnd()
  return t('control.not', { what: said }) + what.slice(said.length)
}

/** What a cause read, in words: "Turns without a trilateral meeting 3", "not: a trilateral meeting this turn". */
export function inputsInWords(inputs: Readonly<Record<string, number>>, view: Named): string[] {
  return Object.entries(inputs).map(([id, value]) => {
    const name = nameOf(id, view)
    if (!binary(id)) return t('control.input', { name, value })
    return value ? name : t('control.not', { what: name })
  })
}

/** A rule by its name, with its number for whoever looks it up: "Regular meetings (R01)". */
export function ruleName(id: string, rules: View['rules']): string {
  const rule = rules[id]
  return rule ? t('control.rule', { name: plain(rule.name), id }) : id
}

/** How a condition's parts stand: all of them hold, some, or none. */
export function standing(near: readonly NearSeen[]): 'all' | 'some' | 'none' | undefined {
  if (near.length === 0) return undefined
  const holding = near.filter((part) => part.holds).length
  return holding === near.length ? 'all' : holding === 0 ? 'none' : 'some'
}

/** How far a comparison is from holding, in the track's own units; undefined where it is no distance. */
export function distance(near: NearSeen): number | undefined {
  if (near.holds || near.left === null || near.right === null) return undefined
  const strict = /[^<>=!](<|>)(?![=])/.test(near.text)
  return Math.abs(near.right - near.left) + (strict ? 1 : 0)
}
