import type { CardFacts } from '../work/messages.ts'
import { counted, numberText } from './number-text.ts'

/** Singular values that are listed. */
const MOST = 8

/** Singular values as bars, relative to the largest. */
export function RegionSpectrum({ singularValues }: Pick<CardFacts, 'singularValues'>) {
  const shown = singularValues.slice(0, MOST)
  const rest = singularValues.length - shown.length
  return (
    <>
      <ol class="card-spectrum">
        {shown.map((value, i) => (
          <li key={i}>
            <span class="bar">
              <span style={{ width: `${singularValues[0] > 0 ? (100 * value) / singularValues[0] : 0}%` }} />
            </span>
            <span class="number">{numberText(value)}</span>
          </li>
        ))}
      </ol>
      {rest > 0 && <p class="card-note">and {counted(rest, 'smaller one')}</p>}
    </>
  )
}
