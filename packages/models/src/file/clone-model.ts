import { clone, type Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { Autoencoder } from '../autoencoder.ts'
import type { Layer } from '../layers/layer.ts'
import type { LayerKind } from '../layers/layer-kind.ts'
import { type KindOptions, ownKinds } from '../layers/own-kinds.ts'
import { layersOf } from './architecture.ts'
import { readNetwork, rowOf } from './layer-file.ts'
import { expectPlainModel, type Half, placesOf } from './model-file.ts'
import { tensorsOf, tiesOf } from './save-model.ts'

/**
 * A model of the same architecture with the same numbers in tensors of its own, as one that was saved and read would be, without the file; tied weights stay tied.
 *
 * @param options `kinds`, the rows of layers of one's own
 * @throws TypeError for another model, or one with layers, or of a class, that a file could not hold, RangeError for a row of a kind that there is already.
 * @example
 * import { init } from '@facet/tensor'
 * import { autoencoder, cloneModel } from '@facet/models'
 * await init()
 * const model = autoencoder({ input: 4, bottleneck: 2 })
 * const before = cloneModel(model) // keeps its numbers while `model` is trained
 */
export function cloneModel(model: Autoencoder, options: KindOptions = {}): Autoencoder {
  if (!(model instanceof Autoencoder))
    throw new TypeError(`cloneModel: expected an Autoencoder, got ${describe(model)}`)
  const own = ownKinds('cloneModel', options)
  expectPlainModel('cloneModel', model, own)
  const values = tensorsOf(placesOf(model))
  const tied = tiesOf(values)
  const copies: Record<string, Tensor> = {}
  for (const [name, value] of Object.entries(values))
    copies[name] = name in tied ? copies[tied[name]] : clone(value)
  const half = (name: Half) =>
    readNetwork(name, layersOf(model[name]), copies, model.dtype, rowsOf(model[name].layers, own))
  return new Autoencoder(half('encoder'), half('decoder'))
}

/** The rows of layers and of those within. */
const rowsOf = (layers: readonly Layer[], own: readonly LayerKind[]): LayerKind[] =>
  layers.flatMap((layer) => [rowOf(layer, own) ?? [], rowsOf(layer.inside, own)].flat())
