import { bare, nameIn, type Named } from '../../parts/naming'
import { t, words } from '../../words/words.svelte'

const token = /\s*(&&|\|\||[()!]|[<>=!]=?|[\w.']+)/gy
const sides = /^(>=|<=|>|<|==|!=)$/

/**
 * A condition of the scenario as a sentence: `turn >= 5 && coord >= 50` becomes
 * "turn 5 or later and “Trilateral coordination” at least 50 (now 41)". Undefined if it is beyond us.
 */
export function spelt(condition: string, view: Named): string | undefined {
  const parts = cut(condition)
  if (parts === undefined) return undefined
  const said: string[] = []
  for (let i = 0; i < parts.length; i++) {
    const [here = '', sign = '', number = ''] = parts.slice(i, i + 3)
    if (sides.test(sign) && /^\d+$/.test(number)) {
      said.push(comparison(here, sign, Number(number), view))
      i += 2
    } else if (here === '&&') said.push(t('needs.and'))
    else if (here === '||') said.push(t('needs.or'))
    else if (here === '(' || here === ')') said.push(here)
    else if (here === '!' && named(sign)) {
      said.push(t('needs.not', { name: thing(sign, view) }))
      i += 1
    } else if (named(here)) said.push(t('needs.is', { name: thing(here, view) }))
    else return undefined
  }
  return said
    .join(words.language === 'ja' ? '' : ' ')
    .replaceAll('( ', '(')
    .replaceAll(' )', ')')
    .replace(/ ([,、，])/g, '$1')
}

function cut(condition: string): string[] | undefined {
  const found: string[] = []
  token.lastIndex = 0
  for (let end = 0; end < condition.trimEnd().length; end = token.lastIndex) {
    const next = token.exec(condition)?.[1]
    if (!next) return undefined
    found.push(next)
  }
  return found
}

function comparison(name: string, sign: string, n: number, view: Named): string {
  const [from, upto] = [sign === '>' ? n + 1 : n, sign === '<' ? n - 1 : n]
  const least = sign.startsWith('>')
  const most = sign.startsWith('<')
  if (name === 'turn') {
    if (least) return t('needs.turn.from', { n: from })
    if (most) return t('needs.turn.upto', { n: upto })
    return sign === '==' ? t('needs.turn.only', { n }) : t('needs.turn.but', { n })
  }
  const label = thing(name, view)
  const track = view.tracks.find(({ id }) => id === name)
  const now = track?.value == null ? '' : t('needs.now', { n: track.value })
  if (least) return t('needs.least', { name: label, n: from, now })
  if (most) return t('needs.most', { name: label, n: upto, now })
  return sign === '==' ? t('needs.equal', { name: label, n, now }) : t('needs.unlike', { name: label, n, now })
}

function named(word: string): boolean {
  return /^[A-Za-z_]/.test(word)
}

function thing(name: string, view: Named): string {
  return nameIn(name, view) ?? bare(name)
}

/** Whether a condition is about the turn and nothing else. */
export function onlyTurns(condition: string): boolean {
  return (condition.match(/[a-z_][\w.]*/gi) ?? []).every((name) => name === 'turn')
}
