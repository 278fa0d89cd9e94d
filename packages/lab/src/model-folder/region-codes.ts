import { type Autoencoder, type AutoencoderCode, type Network, RegionCode } from '@facet/models'
import { type ArrayData, type Tensor, tensor } from '@facet/tensor'
import { forChunks } from './chunks.ts'

export const partitions = ['encoder', 'decoder'] as const

/** Encoder and decoder partition, in the order that their units are counted in. */
export const partsOf = (code: AutoencoderCode): [RegionCode, RegionCode] => [code.encoder, code.decoder]

/** The packed states of rows, layer by layer: `encoder.0` uint32 [n, words], … Layers with one state have no entry. */
export type PackedCodes = Record<string, ArrayData>

/** The regions of every row of x [n, d]. */
export function packedCodes(model: Autoencoder, x: Tensor): PackedCodes {
  const count = x.shape[0]
  const packed: Record<string, ArrayData & { data: Uint32Array }> = {}
  forChunks(x, (chunk, from) => {
    const code = model.regionCode(chunk)
    for (const name of partitions) {
      code[name].layers.forEach(({ words }, l) => {
        const width = words.shape[1]
        if (width === 0) return
        const entry = (packed[`${name}.${l}`] ??= {
          dtype: 'uint32',
          shape: [count, width],
          data: new Uint32Array(count * width),
        })
        entry.data.set(words.dataSync() as Uint32Array, from * width)
      })
    }
  })
  return packed
}

/**
 * Codes of the model from their packed states.
 * @throws RangeError naming a layer whose states are missing or have another shape.
 */
export function unpackCodes(
  model: Autoencoder,
  packed: Readonly<Record<string, ArrayData>>,
  count: number,
): AutoencoderCode {
  const codeOf = (name: 'encoder' | 'decoder', network: Network): RegionCode =>
    new RegionCode(
      network,
      network.layers.map(({ outputs, activation }, l) => {
        const width = activation.name === 'identity' ? 0 : Math.ceil(outputs / 32)
        const shape = [count, width]
        const found = packed[`${name}.${l}`]
        if (width > 0) expectWords(`${name}.${l}`, found, shape)
        return {
          words: tensor(width > 0 ? found.data : new Uint32Array(0), { shape, dtype: 'uint32' }),
          units: outputs,
          activation,
        }
      }),
    )
  return { encoder: codeOf('encoder', model.encoder), decoder: codeOf('decoder', model.decoder) }
}

function expectWords(name: string, found: ArrayData | undefined, shape: readonly number[]): void {
  if (found?.dtype === 'uint32' && found.shape.join() === shape.join()) return
  const got = found === undefined ? 'none' : `${found.dtype} [${found.shape.join(', ')}]`
  throw new RangeError(`expected an array '${name}' uint32 [${shape.join(', ')}], got ${got}`)
}
