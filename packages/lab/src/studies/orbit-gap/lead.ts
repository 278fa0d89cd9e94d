import { joined, strong } from '../../report/findings.ts'
import { type Html, html } from '../../report/html.ts'
import { twoDigits } from '../../text/number.ts'
import { generatorKinds, type OrbitName, orbitNames } from './cases.ts'
import { orbits } from './orbits.ts'
import { helpedBelow, type OrbitGapReport, type OrbitGapRow } from './report.ts'

/** The best first. */
function sentence(name: OrbitName, rows: readonly OrbitGapRow[]): Html {
  const told = rows
    .toSorted((a, b) => a.medianRatio - b.medianRatio)
    .map(
      ({ case: { generators }, medianRatio }) =>
        html`${strong(twoDigits(medianRatio))} (${generatorKinds[generators].words})`,
    )
  return html`<li>${strong(`${orbits[name].title}.`)} ${twoDigits(rows[0].plain)} without the regularizer. With it that is multiplied by ${joined(told, ', ')}.</li>`
}

/** What was asked and what came out, every number from the rows. */
export function leadHtml({ settings, rows }: OrbitGapReport): Html {
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
