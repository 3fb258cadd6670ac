import { Refused, explain } from '../../game/refused'
import type { Named } from '../../parts/naming'
import type { Phase } from '../../protocol'
import { plain, t, words } from '../../words/words.svelte'
import { onlyTurns, spelt } from './needs'
import { phrase } from './wording'

/** Why something was not done, and what to do instead, in words for a person. */
export interface Reason {
  readonly say: string
  readonly instead: string
}

/** What is known when a refusal is put in words. */
export interface Around extends Named {
  readonly phase: Phase
}

/** Where the server's English says more than our own words, such as the very numbers. */
const exact: ReadonlySet<string> = new Set(['already', 'old_version', 'over_budget', 'right', 'side'])

/** A refusal in the reader's language where the interface has words for its code, else in the server's. */
export function reason(no: { code: string; say: string; instead: string }, around: Around): Reason {
  if (no.code === 'needs') return needs(no, around)
  if (no.code === 'no_orders_left' && around.phase === 'lobby') return { say: t('no.opens'), instead: t('no.opens.instead') }
  if (no.code === 'phase')
    return { say: t(`no.phase.${around.phase}`), instead: t(`no.phase.${around.phase}.instead`) }
  if (words.language === 'en' && exact.has(no.code)) return { say: no.say, instead: no.instead }
  return { say: phrase(`no.${no.code}`) ?? no.say, instead: phrase(`no.${no.code}.instead`) ?? no.instead }
}

/** Any failure of something that was asked for. */
export function failure(error: unknown, around: Around): Reason {
  if (!(error instanceof Refused)) return { say: explain(error), instead: '' }
  return reason({ code: error.code, say: plain(error.say), instead: plain(error.instead) }, around)
}

function needs({ say, instead }: { say: string; instead: string }, around: Around): Reason {
  const condition = /^It needs: (.*)\.$/s.exec(say)?.[1]
  const sentence = condition && spelt(condition, around)
  // A turn comes by itself: nobody can bring it about.
  if (sentence && onlyTurns(condition)) return { say: t('needs.when', { what: sentence }), instead: '' }
  if (sentence) return { say: t('needs', { what: sentence }), instead: t('no.needs.instead') }
  return words.language === 'en' ? { say, instead } : { say: t('no.needs'), instead: t('no.needs.instead') }
}
