import { threeDigits } from './format.ts'
import { contenderOf, type SuiteResult } from './results.ts'

interface Lead {
  readonly title: string
  readonly times: number
  readonly where: string
}

/** Where a peer is ahead beyond noise, in words; the fastest way of a library counts as it does. */
export function losses({ cases, own }: SuiteResult): string {
  const base = cases[0]?.timings[0]
  if (base === undefined || !own.includes(contenderOf(base.entry))) return ''
  const leads = new Map<string, Lead[]>()
  const taken = new Map<string, number>()
  let peers = 0
  for (const { name, timings } of cases) {
    for (const { entry, title, ratio } of timings) {
      if (ratio === null || own.includes(contenderOf(entry))) continue
      peers++
      taken.set(title, (taken.get(title) ?? 0) + 1)
      if (ratio.high >= 1) continue
      leads.set(title, [...(leads.get(title) ?? []), { title, times: 1 / ratio.value, where: name }])
    }
  }
  if (peers === 0) return ''
  if (leads.size === 0) return `No peer is ahead of ${base.title} in any of these cases.`
  const lines = [...leads].map(([title, found]) => {
    const most = found.reduce((a, b) => (b.times > a.times ? b : a))
    const many = found.length > 3 ? '' : `: ${found.map(({ where }) => where).join('; ')}`
    return `- **${title}** in ${found.length} of ${taken.get(title)} cases, up to ${threeDigits(most.times)} times as fast (${most.where})${many}`
  })
  return [`Ahead of ${base.title}:`, '', ...lines].join('\n')
}
