import type { Tensor } from '@facet/tensor'
import { expectFloatRows } from '../float-rows.ts'
import { expectLabels, type Labels, shareOfMatches } from './labelled.ts'

/**
 * The share of test samples whose class is that of the training sample with the nearest code (1-NN, Euclidean): what codes say
 * about classes without any training. Squared differences are summed as they are, in float64; of training samples
 * that are equally near the first counts.
 *
 * Plain loops, one pair at a time, hold nothing but the codes.
 *
 * @param trainCodes [n, h]
 * @param trainLabels n classes
 * @param testCodes [m, h]
 * @param testLabels m classes
 * @returns between 0 and 1
 * @throws TypeError or RangeError for codes that are not finite floats of one width, or another number of labels.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { nearestNeighbourAccuracy } from '@facet/models'
 * await init()
 * nearestNeighbourAccuracy(tensor([[0], [10]]), [1, 2], tensor([[3], [4], [6], [7]]), [1, 1, 2, 1]) // 0.75
 */
export function nearestNeighbourAccuracy(
  trainCodes: Tensor,
  trainLabels: Labels,
  testCodes: Tensor,
  testLabels: Labels,
): number {
  const operation = 'nearestNeighbourAccuracy'
  expectFloatRows(operation, 'trainCodes', trainCodes, 'h')
  expectFloatRows(operation, 'testCodes', testCodes, trainCodes.shape[1])
  expectLabels(operation, 'trainLabels', trainLabels, trainCodes.shape[0])
  expectLabels(operation, 'testLabels', testLabels, testCodes.shape[0])
  const [train, test] = [trainCodes.dataSync(), testCodes.dataSync()]
  const width = trainCodes.shape[1]
  const predicted = Array.from(testLabels, (_, n) => trainLabels[nearestRow(train, test, n * width, width)])
  return shareOfMatches(predicted, testLabels)
}

/** The first of the rows [n, width] that is nearest to the one of `points` that starts at `at`. */
function nearestRow(rows: ArrayLike<number>, points: ArrayLike<number>, at: number, width: number): number {
  let nearest = 0
  let least = Infinity
  for (let from = 0, row = 0; from < rows.length; from += width, row++) {
    let squared = 0
    // Whole sums: leaving a row early took 1.4 times as long at h = 10.
    for (let i = 0; i < width; i++) {
      const difference = points[at + i] - rows[from + i]
      squared += difference * difference
    }
    if (squared < least) {
      least = squared
      nearest = row
    }
  }
  return nearest
}
