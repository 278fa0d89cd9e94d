import { pairedRatio, type Ratio } from '../harness/statistics.ts'
import { threeDigits } from './format.ts'
import { contenderOf, type SuiteResult, type Timing } from './results.ts'

interface Lead {
  readonly times: number
  readonly where: string
}

const rounds = ({ seconds }: Timing) => seconds.map((s) => s ?? undefined)

/** A peer's time over ours of the same way (`without codes`, `eager`), and over our first one where it has no way like it. */
function againstOurs(peer: Timing, ours: readonly Timing[]): Ratio {
  const wayOf = ({ entry }: Timing) => entry.slice(contenderOf(entry).length)
  const alike = ours.find((timing) => wayOf(timing) !== '' && peer.entry.endsWith(wayOf(timing)))
  return pairedRatio(rounds(peer), rounds(alike ?? ours[0]))
}

/** Where a peer is ahead beyond noise, in words; each way of a library is held against ours of its kind. */
export function losses({ cases, own }: SuiteResult): string {
  const base = cases.find(({ timings }) => timings.length > 0)?.timings[0]
  if (base === undefined || !own.includes(contenderOf(base.entry))) return ''
  const facet = base.title.split(':')[0]
  const leads = new Map<string, Lead[]>()
  const taken = new Map<string, number>()
  for (const { name, timings } of cases) {
    const ours = timings.filter(({ entry }) => contenderOf(entry) === contenderOf(base.entry))
    if (ours.length === 0) continue
    for (const peer of timings.filter(({ entry }) => !own.includes(contenderOf(entry)))) {
      const { title } = peer
      taken.set(title, (taken.get(title) ?? 0) + 1)
      const { value, high } = againstOurs(peer, ours)
      if (high < 1) leads.set(title, [...(leads.get(title) ?? []), { times: 1 / value, where: name }])
    }
  }
  if (taken.size === 0) return ''
  if (leads.size === 0) return `No peer is ahead of ${facet} in any of these cases.`
  const lines = [...leads].map(([title, found]) => {
    const most = found.reduce((a, b) => (b.times > a.times ? b : a))
    const others = found.filter((lead) => lead !== most).map(({ where }) => where)
    const also = others.length === 0 || others.length > 3 ? '' : `; also ${others.join(', ')}`
    return `- **${title}** in ${found.length} of ${taken.get(title)} cases, up to ${threeDigits(most.times)} times as fast (${most.where}${also})`
  })
  return [`Ahead of ${facet}:`, '', ...lines].join('\n')
}
