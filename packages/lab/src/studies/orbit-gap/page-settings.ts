import { joined } from '../../report/findings.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { softwareText } from '../../study/software.ts'
import { counted } from '../../text/number.ts'
import type { OrbitGapReport } from './report.ts'
import { orbitGapDefaults } from './schema.ts'
import type { OrbitGapSettings } from './settings.ts'
import { caseNotes, trainingNote } from './text.ts'

/** The command that gives the same numbers. */
const commandOf = (settings: OrbitGapSettings): string =>
  Object.entries(orbitGapDefaults).reduce((command, [name, usual]) => {
    const value = String(settings[name as keyof OrbitGapSettings])
    return value === String(usual) ? command : `${command} --${name} ${value}`
  }, 'facet orbit')

/** Everything that the numbers depend on. */
export function settingsHtml({ settings, runs }: OrbitGapReport): Html {
  const { seeds } = settings
  const entries: readonly (readonly [term: string, told: Content])[] = [
    ['Command', html`<code>${commandOf(settings)}</code>`],
    [
      'Seeds',
      `${counted(seeds, 'seed')}, ${seeds === 1 ? '0' : `0 to ${seeds - 1}`}. A seed draws the orbit’s place in space (the shifts have none), the first weights, the pairs of every step and generators that start at random or are wrong; the same seed gives the same numbers on any machine and with any --jobs. Curves and surfaces are drawn from seed 0.`,
    ],
    ['Training', trainingNote],
    ['By case', joined(caseNotes(settings), html`<br>`)],
    [
      'Gap distance',
      'Mean over the gap’s points of the distance to the decoder’s image of the code box of the training points and its margin.',
    ],
    [
      'Alignment',
      html`Mean over the training points, and over the true generators, of the share of the true generator’s field G x that lies in the span of the learned G<sub>k</sub> x.`,
    ],
    ['Computed by', softwareText(runs)],
  ]
  return html`<dl>${entries.map(([term, told]) => html`<dt>${term}</dt><dd>${told}</dd>`)}</dl>`
}
