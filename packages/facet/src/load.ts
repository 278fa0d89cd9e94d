import { describe } from '@facet/tensor/checks'
import { startEngine } from './engine.ts'
import { FittedModel } from './fitted-model.ts'
import { loadFitted } from './read-file.ts'
import type { StoreName } from './stores/index.ts'

/** Where a browser keeps a model. */
export interface Stored {
  readonly from: StoreName
  /** Default `model`. */
  readonly name?: string
}

/**
 * A fitted model from the bytes that `save` gave, from where the browser keeps it, or from a `model.safetensors` of `facet train`. Starts the engine where nobody has.
 *
 * @throws Error for what is no such file, naming what was expected and found, and for a name that the store does not have
 * @example
 * import { fit, load } from '@facet/facet'
 * const rows = Array.from({ length: 100 }, (_, i) => [Math.sin(i), Math.cos(i)])
 * const model = await fit(rows, { bottleneck: 1, epochs: 5 })
 * const copy = await load(await model.save())
 * copy.score(rows)[0] === model.score(rows)[0] // true
 */
export async function load(source: Uint8Array | ArrayBuffer | Stored): Promise<FittedModel> {
  await startEngine()
  return new FittedModel(loadFitted(await bytesOf(source)))
}

async function bytesOf(source: Uint8Array | ArrayBuffer | Stored): Promise<Uint8Array> {
  if (typeof source !== 'object' || source === null) throw unexpected(source)
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  // By its tag: a buffer of another realm (an iframe, a test's environment) is of another class.
  if (isBuffer(source)) return new Uint8Array(source)
  if (typeof source.from !== 'string') throw unexpected(source)
  const { read } = await import('./stores/index.ts')
  return read(source.from, source.name ?? 'model')
}

const isBuffer = (value: object): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]'

const unexpected = (source: unknown): TypeError =>
  new TypeError(
    `load: expected the bytes of a file, or where it is ({ from: 'indexeddb', name: 'model' }), got ${describe(source)}`,
  )
