import {
  type Autoencoder,
  type AutoencoderCode,
  type Network,
  RegionCode,
  type UnitGroup,
} from '@facet/models'
import { type ArrayData, bitsOf, packStates, type Tensor, tensor, unpackStates, wordsOf } from '@facet/tensor'
import { forChunks } from './chunks.ts'

export const partitions = ['encoder', 'decoder'] as const

/** Encoder and decoder partition, in the order that their units are counted in. */
export const partsOf = (code: AutoencoderCode): [RegionCode, RegionCode] => [code.encoder, code.decoder]

/**
 * The states of rows, one entry for each of a network's groups of units in the order in which they run: `encoder.0`, … Units of two states
 * are packed, uint32 [n, words]; the states of others are numbers, int32 [n, units]. Layers with one state have no entry.
 */
export type PackedCodes = Record<string, ArrayData>

/** How the states of a group are written. */
function columnsOf({ units, states }: UnitGroup) {
  return states === 2
    ? ({ dtype: 'uint32', type: Uint32Array, width: wordsOf(units) } as const)
    : ({ dtype: 'int32', type: Int32Array, width: units } as const)
}

/** The regions of every row of x [n, d]. */
export function packedCodes(model: Autoencoder, x: Tensor): PackedCodes {
  const count = x.shape[0]
  const packed: Record<string, ArrayData & { data: Uint32Array | Int32Array }> = {}
  for (const name of partitions) {
    model[name].groups.forEach((group, g) => {
      const { dtype, type, width } = columnsOf(group)
      packed[`${name}.${g}`] = { dtype, shape: [count, width], data: new type(count * width) }
    })
  }
  forChunks(x, (chunk, from) => {
    const code = model.regionCode(chunk)
    for (const name of partitions) {
      code[name].words.forEach((words, g) => {
        const { shape, data } = packed[`${name}.${g}`]
        data.set(written(model[name].groups[g], words).dataSync(), from * shape[1])
      })
    }
  })
  return packed
}

/**
 * Codes of the model from the states that were written.
 * @throws RangeError naming an entry that is missing, has another shape, or states that its units do not have.
 */
export function unpackCodes(
  model: Autoencoder,
  packed: Readonly<Record<string, ArrayData>>,
  count: number,
): AutoencoderCode {
  const codeOf = (name: 'encoder' | 'decoder', network: Network): RegionCode => {
    const words = network.groups.map((group, g) => read(group, `${name}.${g}`, packed[`${name}.${g}`], count))
    return new RegionCode(network, words, count)
  }
  return { encoder: codeOf('encoder', model.encoder), decoder: codeOf('decoder', model.decoder) }
}

const written = ({ units, states }: UnitGroup, words: Tensor): Tensor =>
  states === 2 ? words : unpackStates(words, units, bitsOf(states))

function read(group: UnitGroup, name: string, found: ArrayData | undefined, count: number): Tensor {
  const { dtype, width } = columnsOf(group)
  const shape = [count, width]
  if (found?.dtype !== dtype || found.shape.join() !== shape.join()) {
    const got = found === undefined ? 'none' : `${found.dtype} [${found.shape.join(', ')}]`
    throw new RangeError(`expected an array '${name}' ${dtype} [${shape.join(', ')}], got ${got}`)
  }
  const { data } = found as { data: Uint32Array | Int32Array }
  const { states } = group
  if (states === 2) return tensor(data, { shape, dtype })
  const strange = data.find((state) => state < 0 || state >= states)
  if (strange === undefined) return packStates(tensor(data, { shape, dtype }), bitsOf(states))
  throw new RangeError(`expected an array '${name}' of states from 0 to ${states - 1}, got ${strange}`)
}
