import type { SymmetryFacts } from '../work/messages.ts'
import { numberText } from './number-text.ts'
import { rowClasses } from './symmetry-curve.tsx'
import { shareText } from './symmetry-plot.ts'

/** The numbers of every movement at the same θ. */
export const SymmetryTable = ({ rows }: Pick<SymmetryFacts, 'rows'>) => (
  <table class="symmetry-table">
    <thead>
      <tr>
        <th scope="col">along</th>
        <th
          scope="col"
          title="mean squared difference between the moved sample and what the model makes of it"
        >
          error
        </th>
        <th scope="col" title="share of the direction of the movement that leaves the decoder's surface">
          off surface
        </th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ name, error, leaving }, i) => (
        <tr key={name}>
          <th scope="row" class={`key ${rowClasses[i]}`}>
            {name}
          </th>
          <td>{numberText(error)}</td>
          <td>{shareText(leaving)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
