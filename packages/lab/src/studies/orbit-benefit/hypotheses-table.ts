import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import { pText, signedPercent } from '../../text/number.ts'
import { findingsOf, type HypothesisFinding, type SetFinding } from './hypotheses.ts'
import type { BenefitReport } from './report.ts'

/** `holds on 9 of 12 sets, 8 needed; over sets p = 0.002`. */
function verdict({ held, needed, sets, stands, p }: HypothesisFinding): string {
  const counts =
    needed === 0 ? `on ${held} of ${sets.length} sets` : `on ${held} of ${sets.length} sets, ${needed} needed`
  const over = sets.length === 1 ? '' : `; over sets p ${p.map((value) => pText(value)).join(', ')}`
  return `${stands ? 'holds' : 'does not hold'}: ${counts}${over}`
}

/** What the sets say of the hypotheses of docs/studies/learned-symmetry.md; `null` where no model with learned generators has a result. */
export function hypothesesTable(report: BenefitReport): Table<SetFinding> | null {
  const findings = findingsOf(report)
  if (findings.length === 0) return null
  return {
    caption: html`What was asked of learned generators (<code>docs/studies/learned-symmetry.md</code>), hypothesis by hypothesis and set by set: the change of the mean test error, or of the accuracy of the codes; in how many runs; p of the exact sign-flip test over runs, corrected for the number of sets by Holm’s method. Over sets: the sign-flip test of the logarithms of the ratios, or of the differences.`,
    label: 'Hypotheses of learned generators, by set',
    columns: [
      { head: '', text: ({ set }) => set },
      { head: 'change', text: ({ effects }) => effects.map(signedPercent).join(', ') },
      { head: 'wins', text: ({ wins, runs }) => (wins === null ? '' : `${wins}/${runs}`) },
      { head: 'p', text: ({ p }) => pText(p) },
      {
        head: 'holds',
        headHtml: html`<span title="holds">✓</span>`,
        text: ({ holds }) => (holds ? 'yes' : 'no'),
        html: ({ holds }) => html`${holds ? '✓' : '✗'}`,
      },
    ],
    groups: findings.map((finding) => ({
      title: `${finding.id}: ${finding.claim} (${finding.effects.join('; ')})`,
      note: verdict(finding),
      plain: `${finding.id}: ${verdict(finding)}`,
      rows: finding.sets,
    })),
  }
}
