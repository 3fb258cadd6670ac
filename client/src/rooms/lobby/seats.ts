import type { LinkIssued, LinkListed, RosterSeen } from '../../protocol'

/** How a seat stands with its link: nobody was invited, a link waits to be used, or somebody has come by it. */
export type Standing = 'none' | 'unused' | 'used'

/** A seat with its link and its person. */
export interface Place {
  readonly seat: string
  readonly team: string
  readonly name: RosterSeen['seats'][number]['name']
  readonly standing: Standing
  /** The link itself, if this tab was told it and it still works. */
  readonly link: LinkIssued | undefined
  readonly person: string | undefined
  readonly online: boolean
}

interface Known {
  readonly roster: RosterSeen
  readonly online: readonly string[]
  readonly links: readonly LinkListed[]
  readonly told: Readonly<Record<string, LinkIssued>>
}

/** Every seat of a game, with how its link stands. */
export function placesOf({ roster, online, links, told }: Known): Place[] {
  return roster.seats.map(({ seat, team, name, person }) => {
    const valid = links.filter((link) => link.seat === seat && !link.revoked)
    // Who sits there has come by it, whatever the list said when it was last asked for.
    const used = valid.some((link) => link.used || link.person !== null || person !== null)
    const link = told[seat]
    return {
      seat,
      team,
      name,
      standing: used ? 'used' : valid.length > 0 ? 'unused' : 'none',
      link: link && valid.some(({ id }) => id === link.id) ? link : undefined,
      person: (person ? roster.people[person] : undefined) ?? valid.find((each) => each.person !== null)?.person ?? undefined,
      online: online.includes(seat),
    }
  })
}

/** Minutes as hours and minutes: 268 is 4 and 30, to the nearest ten. */
export function roundly(minutes: number): { hours: number; minutes: number } {
  const tens = Math.round(minutes / 10) * 10
  return { hours: Math.floor(tens / 60), minutes: tens % 60 }
}
