import { type Autoencoder, nearestNeighbourAccuracy, ridgeClassifier } from '@facet/models'
import { drawEpsilon, orbitScale } from '@facet/regularizers'
import { type Key, rows, scope, square, sub, sum, type Tensor } from '@facet/tensor'
import { type Parts, warpBank } from './data.ts'
import type { Probes } from './outcome.ts'
import { protocol } from './settings.ts'

/** Samples that are moved at once. */
const chunkRows = 256

/** Mean squared reconstruction error of the test part moved by warps of every scale, the same for all models of a run. */
function warpedErrors(model: Autoencoder, parts: Parts, key: Key): number[] {
  const { train, test } = parts
  const { neighbours, warpScales } = protocol
  const [count, d] = test.shape
  const bank = warpBank(parts)
  return scope(() => {
    const scale = orbitScale(bank, train, { neighbours })
    return warpScales.map((s, i) => {
      const epsilon = drawEpsilon(bank, scale, s, count, key.child(i))
      let total = 0
      for (let from = 0; from < count; from += chunkRows) {
        const to = Math.min(from + chunkRows, count)
        total += scope(() => {
          const moved = bank.act(rows(test, from, to), rows(epsilon, from, to))
          return sum(square(sub(model.reconstruct(moved), moved))).item()
        })
      }
      return total / (count * d)
    })
  })
}

/** Everything is measured on the test part; classifiers and warps know the training part alone. */
export function probe(model: Autoencoder, parts: Parts, key: Key): Probes {
  const { train, trainLabels, test, testLabels } = parts
  const encode = (x: Tensor): Tensor => scope(() => model.encode(x))
  return scope(() => {
    const [codes, testCodes] = [encode(train), encode(test)]
    return {
      linearAccuracy: ridgeClassifier(codes, trainLabels).accuracy(testCodes, testLabels),
      nearestAccuracy: nearestNeighbourAccuracy(codes, trainLabels, testCodes, testLabels),
      warpedErrors: warpedErrors(model, parts, key),
    }
  })
}
