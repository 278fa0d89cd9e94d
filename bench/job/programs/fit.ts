import { fit as fitRows } from '@facet/facet'
import { job, jobRows, meanOf, type Program } from './program.ts'

/** Facet by its one import: as many rows trained on, and a quarter of those held out beside them; normalised, calibrated, reported. */
export const run: Program = async () => {
  const { columns, hidden, bottleneck, rows, batch, epochs, scored } = job
  const values = jobRows((rows * 5) / 4)
  let firstStep = 0
  const model = await fitRows(values, {
    columns,
    bottleneck,
    hidden: [hidden],
    batchSize: batch,
    epochs,
    onProgress() {
      if (firstStep === 0) firstStep = performance.now()
    },
  })
  const trained = performance.now()
  return { firstStep, trained, error: meanOf(model.score(values.subarray(0, scored * columns))) }
}
