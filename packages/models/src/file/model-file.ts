import type { ArrayData } from '@facet/tensor'
import { Autoencoder } from '../autoencoder.ts'
import type { LayerKind } from '../layers/layer-kind.ts'
import { strangeClass } from '../layers/own-code.ts'
import { expectWritable, valuesOf } from './layer-file.ts'

/** The metadata entry that holds the architecture as JSON. */
export const ARCHITECTURE = 'facet.autoencoder'

/** The metadata entry that says, as JSON, of which earlier tensor a tied one is the same: `{ later: earlier }`. */
export const TIED = 'facet.tied'

/** Metadata of the model itself. */
export const taken: readonly string[] = [ARCHITECTURE, TIED]

export const halves = ['encoder', 'decoder'] as const
export type Half = (typeof halves)[number]

/** What stands in a model file beside the model. */
export interface ModelExtras {
  /** Texts by names that begin with `facet.`. */
  readonly metadata: Readonly<Record<string, string>>
  /** Arrays by names that begin with `facet.`; no tensors, for a backend may not have their dtype. */
  readonly tensors: Readonly<Record<string, ArrayData>>
}

/** What a model file holds. */
export interface ModelFile extends ModelExtras {
  readonly model: Autoencoder
}

/** What the names of extras begin with: no tensor of a model does. */
export const OWN = 'facet.'

/**
 * @param own rows of kinds of one's own
 * @throws TypeError for a model that would come back from a file as another one.
 */
export function expectPlainModel(operation: string, model: Autoencoder, own: readonly LayerKind[]): void {
  const strange = strangeClass(model, Autoencoder.prototype)
  if (strange !== null) throw new TypeError(`${operation}: expected a plain Autoencoder, got ${strange}`)
  for (const half of halves) expectWritable(operation, model[half], own)
}

/** Every tensor of a model by its place in the file, whatever its parameters are called. */
export const placesOf = (model: Autoencoder) => ({
  ...valuesOf('encoder', model.encoder),
  ...valuesOf('decoder', model.decoder),
})
