import type { PlainTable } from '../text/plain-table.ts'
import { mean } from '../text/statistics.ts'
import { cellDiagnostics } from './diagnostics.ts'
import { models } from './models.ts'
import { valueLabel } from './plan.ts'
import type { ReproduceReport } from './report.ts'

const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(1)} %`)

/** λ or σ chosen, and what shows how a model failed where it did (SPEC 3.1): a row per set and model. */
export function diagnosticsTable({ settings, cells }: ReproduceReport): PlainTable {
  return {
    head: ['', 'model', 'chosen', 'best epoch', 'live units', 'unexplained', 'no neighbour'],
    left: [0, 1, 2],
    rows: cells.map((cell, i) => {
      const { liveUnits, unexplained, withoutNeighbour } = cellDiagnostics(cell)
      const epochs = cell.outcomes.map(({ bestEpoch }) => bestEpoch + 1)
      return [
        cell.set === cells[i - 1]?.set ? '' : cell.set,
        models[cell.model].title,
        valueLabel(cell.model, cell.chosen),
        epochs.length === 0 ? '' : `${Math.round(mean(epochs))} of ${settings.epochs}`,
        liveUnits === null ? '' : `${Number(liveUnits.toFixed(1))} of ${settings.bottleneck}`,
        percent(unexplained),
        percent(withoutNeighbour),
      ]
    }),
  }
}
