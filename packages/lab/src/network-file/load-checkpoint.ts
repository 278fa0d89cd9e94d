import { join } from 'node:path'
import { type Autoencoder, autoencoder, checkpointWeights } from '@facet/models'
import { formatShape } from '@facet/tensor'
import { fileNames, readBytes, readJsonFile } from '../model/files.ts'
import { trainingFormat, trainingSchema } from '../model/model-schema.ts'

/**
 * The model of an unfinished training, with the weights of its last checkpoint. The model's parameters come
 * first in it; what the model is made of stands beside it in the folder.
 * @throws Error for a folder without checkpoint, and for one of another model.
 */
export function loadCheckpoint(folder: string): Autoencoder {
  const { settings } = readJsonFile(
    join(folder, fileNames.unfinished),
    readBytes(folder, fileNames.unfinished, '; it says what the model of a checkpoint is made of'),
    trainingFormat,
    () => trainingSchema,
  )
  const bytes = readBytes(
    folder,
    fileNames.checkpoint,
    '; the training was stopped before its first checkpoint',
  )
  const values = checkpointWeights(bytes)
  const { bottleneck, hidden, decoderHidden, bottleneckActivation, seed } = settings
  const [first] = values
  if (first?.rank !== 2)
    throw new Error(`${fileNames.checkpoint}: expected a training checkpoint with parameters`)
  const model = autoencoder({
    input: first.shape[1],
    bottleneck,
    encoderHidden: hidden,
    decoderHidden,
    bottleneckActivation,
    seed,
  })
  for (const [i, parameter] of model.parameters.entries()) {
    const value = values.at(i)
    const [wanted, got] = [formatShape(parameter.value.shape), value ? formatShape(value.shape) : 'none']
    if (value === undefined || wanted !== got)
      throw new Error(`${fileNames.checkpoint}: ${parameter.name}: expected ${wanted}, got ${got}`)
    parameter.value.dispose()
    parameter.value = value
  }
  return model
}
