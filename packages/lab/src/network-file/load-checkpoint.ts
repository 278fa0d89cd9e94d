import { join } from 'node:path'
import { type Autoencoder, autoencoder } from '@facet/models'
import { formatShape, loadSafetensors, type Tensor } from '@facet/tensor'
import { fileNames, parseJsonFile, readBytes } from '../model/files.ts'
import { trainingSchema } from '../model/model-schema.ts'

/**
 * The model of an unfinished training, with the weights of its last checkpoint. A checkpoint names tensors `parameter.<index>.<name>`, the
 * model's first; what the model is made of stands beside it in the folder.
 * @throws Error for a folder without checkpoint, and for one of another model.
 */
export function loadCheckpoint(folder: string): Autoencoder {
  const { settings } = parseJsonFile(
    join(folder, fileNames.unfinished),
    readBytes(folder, fileNames.unfinished, '; it says what the model of a checkpoint is made of'),
    trainingSchema,
  )
  const bytes = readBytes(
    folder,
    fileNames.checkpoint,
    '; the training was stopped before its first checkpoint',
  )
  const { tensors } = loadSafetensors(bytes)
  const values = new Map<number, Tensor>()
  for (const [name, value] of Object.entries(tensors)) {
    const index = /^parameter\.(\d+)\./.exec(name)?.[1]
    if (index === undefined) value.dispose()
    else values.set(Number(index), value)
  }
  const { bottleneck, hidden, decoderHidden, bottleneckActivation, seed } = settings
  const first = values.get(0)
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
    const value = values.get(i)
    const [wanted, got] = [formatShape(parameter.value.shape), value ? formatShape(value.shape) : 'none']
    if (value === undefined || wanted !== got)
      throw new Error(`${fileNames.checkpoint}: ${parameter.name}: expected ${wanted}, got ${got}`)
    parameter.value.dispose()
    parameter.value = value
  }
  return model
}
