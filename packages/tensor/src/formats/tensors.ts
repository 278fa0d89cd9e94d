import { describe } from '../checks.ts'
import { tensor } from '../creation.ts'
import { Tensor } from '../tensor.ts'
import type { ArrayData } from './array-data.ts'
import { decodeNpy, encodeNpy } from './npy.ts'
import { decodeNpz, type NpzOptions, type NpzReadOptions, writeNpz } from './npz.ts'
import { decodeSafetensors, encodeSafetensors, type SafetensorsReadOptions } from './safetensors.ts'

/**
 * A tensor as the bytes of a `.npy` file.
 *
 * @example
 * await init()
 * const bytes = await saveNpy(tensor([[1, 2], [3, 4]]))
 */
export const saveNpy = async (t: Tensor): Promise<Uint8Array> => encodeNpy(await download('saveNpy', t))

/**
 * The tensor in a `.npy` file.
 *
 * @throws naming the byte, what was expected there and what was found
 * @example
 * await init()
 * loadNpy(await saveNpy(tensor([1, 2]))).toArray() // [1, 2]
 */
export const loadNpy = (bytes: Uint8Array): Tensor => upload(decodeNpy(bytes))

/**
 * Named tensors as the bytes of a `.npz` file, which `numpy.load` reads.
 *
 * @param options `compress`: default true
 * @throws naming the tensor, or what a zip file cannot hold
 * @example
 * await init()
 * const bytes = await saveNpz({ weight: tensor([[1, 2]]), bias: tensor([0]) }, { compress: false })
 */
export const saveNpz = async (
  tensors: Readonly<Record<string, Tensor>>,
  options: NpzOptions = {},
): Promise<Uint8Array> => writeNpz('saveNpz', await downloadAll('saveNpz', tensors), options)

/**
 * The named tensors in a `.npz` file.
 *
 * @param options `maxBytes`: what all of them together may unpack to; `names`: those to read, default all
 * @throws naming the entry or the byte, what was expected and what was found
 * @example
 * await init()
 * const { bias } = await loadNpz(await saveNpz({ bias: tensor([0]) }))
 * bias.toArray() // [0]
 */
export const loadNpz = async (
  bytes: Uint8Array,
  options: NpzReadOptions = {},
): Promise<Record<string, Tensor>> => uploadAll(await decodeNpz(bytes, options))

/**
 * Named tensors and texts as the bytes of a `.safetensors` file; the same content gives the same bytes.
 *
 * @throws if a tensor is named `__metadata__`
 * @example
 * await init()
 * const bytes = await saveSafetensors({ weight: tensor([[1, 2]]), bias: tensor([0]) }, { step: '17' })
 */
export async function saveSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  return encodeSafetensors(await downloadAll('saveSafetensors', tensors), metadata)
}

/**
 * The named tensors and texts in a `.safetensors` file, each as {@link decodeSafetensors} reads it.
 *
 * @param options `names`: the tensors to read, default all
 * @throws naming the byte or the tensor, what was expected and what was found
 * @example
 * await init()
 * const { tensors, metadata } = loadSafetensors(await saveSafetensors({ bias: tensor([0]) }, { step: '17' }))
 * tensors.bias.shape // [1]
 * metadata.step // '17'
 */
export function loadSafetensors(
  bytes: Uint8Array,
  options: SafetensorsReadOptions = {},
): {
  tensors: Record<string, Tensor>
  metadata: Record<string, string>
} {
  const { tensors, metadata } = decodeSafetensors(bytes, options)
  return { tensors: uploadAll(tensors), metadata }
}

async function download(op: string, t: Tensor): Promise<ArrayData> {
  if (!(t instanceof Tensor)) throw new TypeError(`${op}: expected a tensor, got ${describe(t)}`)
  return { dtype: t.dtype, shape: t.shape, data: await t.data() }
}

const upload = ({ data, shape, dtype }: ArrayData): Tensor => tensor(data, { shape, dtype })

async function downloadAll(
  op: string,
  tensors: Readonly<Record<string, Tensor>>,
): Promise<Record<string, ArrayData>> {
  const arrays = Object.entries(tensors).map(
    async ([name, t]) => [name, await download(`${op}: '${name}'`, t)] as const,
  )
  return Object.fromEntries(await Promise.all(arrays))
}

const uploadAll = (arrays: Readonly<Record<string, ArrayData>>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, upload(array)]))
