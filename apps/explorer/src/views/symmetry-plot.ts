import type { SymmetryFacts } from '../work/messages.ts'
import type { Series } from './curves-plot.ts'
import { numberText } from './number-text.ts'

/** A movement that grows without end would leave no room for the others: what is above so many times the largest error of the chosen one is drawn there. */
const HIGHEST = 100

/** Below this share of the largest error is rounding. */
const LOWEST = 1e-7

/** The errors along θ as they are drawn. */
export function errorSeries({ theta, errors }: SymmetryFacts['along']): Series[] {
  const largest = errors.length === 0 ? 1 : Math.max(...Array.from(errors[0]).filter(Number.isFinite), 1e-12)
  const [low, high] = [LOWEST * largest, HIGHEST * largest]
  return errors.map((row) => ({
    length: row.length,
    stepOf: (i) => theta[i],
    valueOf: (i) => (row[i] > high || Number.isNaN(row[i]) ? high : Math.max(low, row[i])),
  }))
}

/** How far a movement goes to either side; 0 where nothing moves. */
export const reachOf = ({ theta }: SymmetryFacts['along']): number => theta[theta.length - 1] ?? 0

/** θ as it is said: angles in degrees, whose reach is half a turn, else a number. */
export function thetaText(theta: number, reach: number): string {
  const isAngle = Math.abs(reach - Math.PI) < 1e-6
  return isAngle ? `${Math.round((theta * 180) / Math.PI)}°`.replace('-', '−') : numberText(theta, 2)
}

/** A share as it is said: `18 %`; `–` where nothing moves. */
export const shareText = (share: number): string =>
  Number.isNaN(share) ? '–' : share < 5e-4 ? '0 %' : `${numberText(100 * share, share < 0.1 ? 2 : 3)} %`

/** Whether two looks at a movement show the same, so that it need not be drawn again. */
export function isSame(a: SymmetryFacts | null, b: SymmetryFacts | null): boolean {
  if (a === null || b === null) return a === b
  if (a.theta !== b.theta || a.generators.join() !== b.generators.join() || a.rows.length !== b.rows.length)
    return false
  return a.rows.every(
    ({ name, error, moved }, i) =>
      name === b.rows[i].name && Object.is(error, b.rows[i].error) && moved[0] === b.rows[i].moved[0],
  )
}

/** The facts in a sentence, for whoever does not see the picture. */
export function wordsOf({ rows, theta, along }: SymmetryFacts, sample: number): string {
  const said = rows.map(({ name, error, leaving }) => {
    const share = Number.isNaN(leaving) ? '' : `, ${shareText(leaving)} of the tangent leaves the surface`
    return `${name}: error ${numberText(error)}${share}`
  })
  return `Sample ${sample + 1} moved by ${thetaText(theta, reachOf(along))}. ${said.join('; ')}.`
}
