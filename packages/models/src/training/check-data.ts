import type { Model } from '../model.ts'
import { Network } from '../network.ts'
import { checkUse } from '../objectives/start.ts'
import { checkFinite } from './check-finite.ts'
import { checkSamples } from './check-samples.ts'
import { checkTargets } from './check-targets.ts'
import type { ResolvedOptions } from './options.ts'

/** @throws unless both sets fit the model and its objectives, hold finite numbers, and the training set has at least one batch. */
export function checkTrainingData(
  model: Model,
  { train, validation, objectives, batchSize, accumulate, dropLast }: ResolvedOptions,
): void {
  const sets = { 'training data': train, ...(validation && { 'validation data': validation }) }
  for (const [name, samples] of Object.entries(sets)) {
    checkSamples('fit', name, model, samples.x)
    checkFinite('fit', name, samples.x)
    checkTargets('fit', name, model, samples)
    for (const objective of objectives) checkUse(objective, `fit: ${name}`, model, samples.y)
  }
  if (validation && !(model instanceof Network) && (train.y === undefined) !== (validation.y === undefined)) {
    const [one, other] = train.y === undefined ? ['validation', 'training'] : ['training', 'validation']
    throw new TypeError(
      `fit: expected targets y in both sets of an autoencoder or in none, got y in the ${one} data and none in the ${other} data`,
    )
  }
  const [count] = train.x.shape
  if (batchSize > count) {
    throw new RangeError(`fit: expected batchSize of at most the ${count} training samples, got ${batchSize}`)
  }
  if (dropLast && batchSize * accumulate > count) {
    throw new RangeError(
      `fit: dropLast: expected batchSize · accumulate of at most the ${count} training samples, got ${batchSize} · ${accumulate}`,
    )
  }
}
