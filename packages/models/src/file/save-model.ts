import { type ArrayData, encodeSafetensors, sharesElements, type Tensor } from '@facet/tensor'
import { describe, expectOptions, quote } from '@facet/tensor/checks'
import { Autoencoder } from '../autoencoder.ts'
import { type KindOptions, ownKinds } from '../layers/own-kinds.ts'
import { architectureOf } from './architecture.ts'
import { ARCHITECTURE, expectPlainModel, type ModelExtras, OWN, placesOf, TIED, taken } from './model-file.ts'

/**
 * A model as a safetensors file: the weights, and what else is around its layers, bit for bit, the architecture in the metadata, and
 * which tensors are one (tied weights). Other texts and arrays may go with it. PyTorch and NumPy read the file (`docs/decisions/0045`).
 *
 * @param extras metadata and arrays, by names that begin with `facet.`; `kinds`, the rows of layers of one's own
 * @throws TypeError or RangeError for another model, for one with layers, or of a class, that a file does not know, a name that does not or is taken, or a row
 * of a kind that there is already.
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, loadModel, loadModelFile, saveModel } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2 })
 * const copy = loadModel(await saveModel(model))
 * const bytes = await saveModel(model, { metadata: { 'facet.note': 'of today' } })
 * loadModelFile(bytes).metadata // { 'facet.note': 'of today' }
 */
export async function saveModel(
  model: Autoencoder,
  extras: Partial<ModelExtras> & KindOptions = {},
): Promise<Uint8Array> {
  if (!(model instanceof Autoencoder)) {
    throw new TypeError(`saveModel: expected an Autoencoder, got ${describe(model)}`)
  }
  expectOptions('saveModel', extras, ['metadata', 'tensors', 'kinds'])
  const { metadata = {}, tensors = {}, ...rest } = extras
  expectPlainModel('saveModel', model, ownKinds('saveModel', rest))
  for (const name of [...Object.keys(metadata), ...Object.keys(tensors)]) expectOwn(name)
  const values = tensorsOf(placesOf(model))
  const tied = tiesOf(values)
  return encodeSafetensors(
    { ...tensors, ...(await arraysOf(values)) },
    {
      ...metadata,
      [ARCHITECTURE]: JSON.stringify(architectureOf(model)),
      ...(Object.keys(tied).length > 0 && { [TIED]: JSON.stringify(tied) }),
    },
  )
}

function expectOwn(name: string): void {
  if (!name.startsWith(OWN)) {
    throw new RangeError(
      `saveModel: expected names that begin with '${OWN}' beside the model, got ${quote(name)}`,
    )
  }
  if (taken.includes(name)) {
    throw new RangeError(`saveModel: ${quote(name)} is the model's own: expected another name, got it`)
  }
}

async function arraysOf(tensors: Readonly<Record<string, Tensor>>): Promise<Record<string, ArrayData>> {
  const arrays: Record<string, ArrayData> = {}
  for (const [name, t] of Object.entries(tensors)) {
    arrays[name] = { dtype: t.dtype, shape: t.shape, data: await t.data() }
  }
  return arrays
}

/** Of every tensor that is an earlier one as well, the name of that. */
export function tiesOf(values: Readonly<Record<string, Tensor>>): Record<string, string> {
  const names = Object.keys(values)
  return Object.fromEntries(
    names.flatMap((name, i) => {
      const earlier = names.slice(0, i).find((other) => sharesElements(values[other], values[name]))
      return earlier === undefined ? [] : [[name, earlier]]
    }),
  )
}

export const tensorsOf = (places: Readonly<Record<string, { value: Tensor }>>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(places).map(([place, { value }]) => [place, value]))
