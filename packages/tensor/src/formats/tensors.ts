import { describe } from '../checks.ts'
import { tensor } from '../creation.ts'
import { Tensor } from '../tensor.ts'
import type { ArrayData } from './array-data.ts'
import { decodeNpy, encodeNpy } from './npy.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'

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
  const arrays = await Promise.all(
    Object.entries(tensors).map(
      async ([name, t]) => [name, await download(`saveSafetensors: '${name}'`, t)] as const,
    ),
  )
  return encodeSafetensors(Object.fromEntries(arrays), metadata)
}

/**
 * The named tensors and texts in a `.safetensors` file.
 *
 * @throws naming the byte or the tensor, what was expected and what was found
 * @example
 * await init()
 * const { tensors, metadata } = loadSafetensors(await saveSafetensors({ bias: tensor([0]) }, { step: '17' }))
 * tensors.bias.shape // [1]
 * metadata.step // '17'
 */
export function loadSafetensors(bytes: Uint8Array): {
  tensors: Record<string, Tensor>
  metadata: Record<string, string>
} {
  const { tensors, metadata } = decodeSafetensors(bytes)
  const uploaded = Object.entries(tensors).map(([name, array]) => [name, upload(array)] as const)
  return { tensors: Object.fromEntries(uploaded), metadata }
}

async function download(op: string, t: Tensor): Promise<ArrayData> {
  if (!(t instanceof Tensor)) throw new TypeError(`${op}: expected a tensor, got ${describe(t)}`)
  return { dtype: t.dtype, shape: t.shape, data: await t.data() }
}

const upload = ({ data, shape }: ArrayData): Tensor => tensor(data, { shape })
