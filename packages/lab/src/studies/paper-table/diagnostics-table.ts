import { percent } from '../../text/number.ts'
import type { PlainTable } from '../../text/plain-table.ts'
import { mean } from '../../text/statistics.ts'
import type { Cell } from './cells.ts'
import { cellDiagnostics } from './diagnostics.ts'
import { models } from './models.ts'
import { valueLabel } from './plan.ts'
import type { ReproduceReport } from './report.ts'
import type { ReproduceSettings } from './settings.ts'

const percentOf = (share: number | null): string => (share === null ? '' : percent(share))

function row({ epochs, bottleneck }: ReproduceSettings, cell: Cell): string[] {
  const { liveUnits, unexplained, withoutNeighbour } = cellDiagnostics(cell)
  const bestEpochs = cell.outcomes.map(({ bestEpoch }) => bestEpoch + 1)
  return [
    `  ${models[cell.model].title}`,
    valueLabel(cell.model, cell.chosen),
    bestEpochs.length === 0 ? '' : `${Math.round(mean(bestEpochs))} of ${epochs}`,
    liveUnits === null ? '' : `${Number(liveUnits.toFixed(1))} of ${bottleneck}`,
    percentOf(unexplained),
    percentOf(withoutNeighbour),
  ]
}

/**
 * λ or σ chosen, and what shows how a model failed where it did (docs/mathematics.md 5.8): a row per set and
 * model.
 */
export const diagnosticsTable = ({ settings, cells }: ReproduceReport): PlainTable => ({
  head: ['', 'chosen', 'best epoch', 'live units', 'unexplained', 'no neighbour'],
  left: [0, 1],
  rows: settings.sets.flatMap((set) => [
    set,
    ...cells.filter((cell) => cell.set === set).map((cell) => row(settings, cell)),
  ]),
})
