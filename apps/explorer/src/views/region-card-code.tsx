import type { CardFacts } from '../work/messages.ts'
import { squaresPath, squaresSize } from './region-card-squares.ts'
import { codeText } from './region-card-text.ts'

/** The states of all units, a row of squares for each layer: full where a unit is on. */
export const RegionCode = ({ code }: Pick<CardFacts, 'code'>) => (
  <dl class="card-code">
    {code.map((row) => {
      const { width, height } = squaresSize(row.states.length)
      return (
        <div key={row.layer}>
          <dt>{row.layer}</dt>
          <dd>
            <svg role="img" aria-label={codeText(row)} viewBox={`0 0 ${width} ${height}`} width={width}>
              {Array.from({ length: row.count }, (_, state) => (
                <path
                  key={state}
                  class={state === 0 ? 'off' : 'on'}
                  d={squaresPath(row.states, state)}
                  fill-opacity={state === 0 ? 1 : state / (row.count - 1)}
                />
              ))}
            </svg>
          </dd>
        </div>
      )
    })}
  </dl>
)
