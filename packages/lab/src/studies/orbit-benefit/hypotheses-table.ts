import { html } from '../../report/html.ts'
import type { Table } from '../../report/table.ts'
import { pText, signedPercent } from '../../text/number.ts'
import { findingsOf, type HypothesisFinding, type SetFinding } from './hypotheses.ts'
import type { BenefitReport } from './report.ts'

interface FindingRow extends SetFinding {
  readonly id: string
}

/** `holds on 9 of 12 sets, 8 needed; over sets p = 0.002`. */
function verdict({ held, needed, sets, stands, p }: HypothesisFinding): string {
  const counts =
    needed === 0 ? `on ${held} of ${sets.length} sets` : `on ${held} of ${sets.length} sets, ${needed} needed`
  const over = sets.length === 1 ? '' : `; over sets p ${p.map((value) => pText(value)).join(', ')}`
  return `${stands ? 'holds' : 'does not hold'}: ${counts}${over}`
}

/** What the sets say of the hypotheses of docs/studies/learned-symmetry.md; `null` where no model with learned generators has a result. */
export function hypothesesTable(report: BenefitReport): Table<FindingRow> | null {
  const findings = findingsOf(report)
  if (findings.length === 0) return null
  return {
    caption: html`What was asked of learned generators (<code>docs/studies/learned-symmetry.md</code>), hypothesis by hypothesis and set by set: the change of the mean test error, or of the accuracy of the codes; in how many runs; p of the exact sign-flip test over runs, corrected for the number of sets by Holm’s method. Over sets: the sign-flip test of the logarithms of the ratios, or of the differences.`,
    label: 'Hypotheses of learned generators, by set',
    columns: [
      { head: '', text: ({ set }) => set, csv: { hypothesis: ({ id }) => id, set: ({ set }) => set } },
      {
        head: 'change',
        text: ({ effects }) => effects.map(signedPercent).join(', '),
        csv: { change: ({ effects }) => effects[0], second_change: ({ effects }) => effects[1] ?? null },
      },
      {
        head: 'wins',
        text: ({ wins, runs }) => (wins === null ? '' : `${wins}/${runs}`),
        csv: { wins: ({ wins }) => wins },
      },
      { head: 'p', text: ({ p }) => pText(p), csv: { p_holm: ({ p }) => p } },
      {
        head: 'holds',
        headHtml: html`<span title="holds">✓</span>`,
        text: ({ holds }) => (holds ? 'yes' : 'no'),
        html: ({ holds }) => html`${holds ? '✓' : '✗'}`,
        csv: { holds: ({ holds }) => Number(holds) },
      },
    ],
    groups: findings.map((finding) => ({
      title: `${finding.id}: ${finding.claim} (${finding.effects.join('; ')})`,
      note: verdict(finding),
      plain: `${finding.id}: ${verdict(finding)}`,
      rows: finding.sets.map((set) => ({ ...set, id: finding.id })),
    })),
  }
}
