import { joined, strong } from '../../report/findings.ts'
import { type Content, type Html, html } from '../../report/html.ts'
import { twoDigits } from '../../text/number.ts'
import { caseTexts } from './case-texts.ts'
import { type OrbitCase, type OrbitName, orbitNames } from './cases.ts'
import type { OrbitReport } from './render.ts'
import { helpedBelow, type OrbitRow } from './summarise.ts'

const generatorWords: Readonly<Record<OrbitCase['generators'], string>> = {
  true: 'true generators',
  skew: 'learned skew-symmetric generators',
  full: 'learned free generators',
  wrong: 'wrong generators',
}

/** The best first. */
const sentence = (name: OrbitName, rows: readonly OrbitRow[]): Content => {
  const told = [...rows]
    .sort((a, b) => a.medianRatio - b.medianRatio)
    .map(
      ({ case: { generators }, medianRatio }) =>
        html`${strong(twoDigits(medianRatio))} (${generatorWords[generators]})`,
    )
  return html`<li>${strong(`${caseTexts[name].title}.`)} ${twoDigits(rows[0].plain)} without the regularizer. With it that is multiplied by ${joined(told, ', ')}.</li>`
}

/** What was asked and what came out, every number from the rows. */
export function leadHtml({ settings, rows }: OrbitReport): Html {
  const finished = rows.filter(({ seeds }) => seeds > 0)
  const helping = finished.filter(({ medianRatio }) => medianRatio < helpedBelow).length
  const told = orbitNames.flatMap((name) => {
    const ofCase = finished.filter((row) => row.case.orbit === name)
    return ofCase.length === 0 ? [] : [sentence(name, ofCase)]
  })
  const seeds = settings.seeds === 1 ? 'one seed, which says little' : `medians over ${settings.seeds} seeds`
  return html`<p>An autoencoder learns a curve or a surface of which a part is missing from its training points. How near does what it learned pass to the missing part? The first-order Lie-group regularizer asks that the learned surface follow generators of the orbit: known ones, or ones that are learned with the network. Where these are right, they carry the surface across the gap.</p>
<p>Distances are in units of the data, whose points have length 1; ${seeds}. In ${helping} of ${finished.length} rows the regularizer takes the distance below half of the plain autoencoder’s.</p>
<ul>${told}</ul>`
}
