import { joined } from '../../report/findings.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { counted } from '../../text/number.ts'
import { versions } from '../../version.ts'
import { caseNotes, type OrbitReport, trainingNote } from './render.ts'
import { orbitGapDefaults } from './schema.ts'

/** The command that gives the same numbers. */
function commandOf({ settings: { cases, seeds, steps } }: OrbitReport): string {
  const flags = [
    cases.join() === orbitGapDefaults.cases.join() ? '' : `--cases ${cases.join(',')}`,
    seeds === orbitGapDefaults.seeds ? '' : `--seeds ${seeds}`,
    steps === orbitGapDefaults.steps ? '' : `--steps ${steps}`,
  ]
  return ['facet orbit', ...flags.filter((flag) => flag !== '')].join(' ')
}

/** Everything that the numbers depend on. */
export function settingsHtml(report: OrbitReport): Html {
  const { seeds } = report.settings
  const entries: readonly (readonly [term: string, told: Content])[] = [
    ['Command', html`<code>${commandOf(report)}</code>`],
    [
      'Seeds',
      `${counted(seeds, 'seed')}, ${seeds === 1 ? '0' : `0 to ${seeds - 1}`}. A seed draws the orbit’s place in space (the shifts have none), the first weights, the pairs of every step and generators that start at random or are wrong; the same seed gives the same numbers on any machine and with any --jobs. Curves and surfaces are drawn from seed 0.`,
    ],
    ['Training', trainingNote],
    ['By case', joined(caseNotes(report.settings), html`<br>`)],
    [
      'Gap distance',
      'Mean over the gap’s points of the distance to the decoder’s image of the code box of the training points and its margin.',
    ],
    [
      'Alignment',
      html`Mean over the training points, and over the true generators, of the share of the true generator’s field G x that lies in the span of the learned G<sub>k</sub> x.`,
    ],
    [
      'Page made by',
      `facet ${versions.facet}, Node ${versions.node}, ${versions.platform}; what computed each run is in results.jsonl`,
    ],
  ]
  return html`<dl>${entries.map(([term, told]) => html`<dt>${term}</dt><dd>${told}</dd>`)}</dl>`
}
