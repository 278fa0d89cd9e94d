import {
  add,
  bitsOf,
  concat,
  countDifferingStates,
  equal,
  expandDims,
  formatShape,
  gather,
  packStates,
  rows,
  slice,
  type Tensor,
  unpackStates,
  where,
  zeros,
} from '@facet/tensor'
import { type Copy, copyOf } from '@facet/tensor/checks'
import { models } from '../copy.ts'
import type { LayerCode, UnitGroup } from '../layers/layer.ts'

/** Whose partition a code belongs to: a `Network`. */
export interface Partition {
  readonly name: string
  /** The units that have more than one state, in the order in which they run. */
  readonly groups: readonly UnitGroup[]
}

/**
 * The affine piece each of N samples lies on: the states of all units with more than one, layer by layer, packed into words of 32 bits.
 * Codes come from `network.forward`, in the same pass as the output. Two codes can be compared only under the same network.
 */
export class RegionCode {
  readonly owner: Partition
  /** The packed states, uint32 [N, words] for each of the owner's groups. */
  readonly words: LayerCode
  /** Number of samples N. */
  readonly count: number
  /** Number of units with states. */
  readonly units: number

  /** Of which copy of the package it is. @internal */
  get [copyOf](): Copy {
    return models
  }

  constructor(owner: Partition, words: LayerCode, count: number) {
    this.owner = owner
    this.words = words
    this.count = count
    this.units = unitsOf(owner)
  }

  /**
   * The code with given states of all units, as {@link states} returns them. No sample need lie in that region.
   * @param states int32 [N, units], or bool where no unit has more than two states
   * @throws Error if the states are of another shape or dtype. States that a unit does not have are not looked for.
   */
  static ofStates(owner: Partition, states: Tensor): RegionCode {
    const units = unitsOf(owner)
    const isBinary = owner.groups.every((group) => group.states === 2)
    const isFit = states.dtype === 'int32' || (states.dtype === 'bool' && isBinary)
    if (states.rank !== 2 || states.shape[1] !== units || !isFit) {
      throw new Error(
        `${owner.name}.codeFromStates: expected states int32 [N, ${units}], got ${states.dtype} ${formatShape(states.shape)}`,
      )
    }
    const [count] = states.shape
    let from = 0
    const words = owner.groups.map((group) => {
      const own = group.units === units ? states : slice(states, [0, from], [count, group.units])
      from += group.units
      return packStates(own, bitsOf(group.states))
    })
    return new RegionCode(owner, words, count)
  }

  /**
   * Which samples lie on the same piece in both codes.
   * @returns bool [N]
   * @throws Error for codes of different networks or of different numbers of samples.
   */
  equals(other: RegionCode): Tensor {
    this.#checkComparable('equals', other)
    return equal(this.#countDiffering(other), 0)
  }

  /**
   * How many units are in another state.
   * @returns int32 [N]
   * @throws Error for codes of different networks or of different numbers of samples.
   */
  differing(other: RegionCode): Tensor {
    this.#checkComparable('differing', other)
    return this.#countDiffering(other)
  }

  /**
   * This code where `mask` is true, `other` elsewhere.
   * @param mask bool [N]
   * @throws Error for codes of different networks or of different numbers of samples, or a mask of another length.
   */
  where(mask: Tensor, other: RegionCode): RegionCode {
    this.#checkComparable('where', other)
    if (mask.rank !== 1 || mask.shape[0] !== this.count) {
      throw new Error(`RegionCode.where: expected a mask [${this.count}], got ${formatShape(mask.shape)}`)
    }
    const column = expandDims(mask, 1)
    return this.#map(this.count, (words, i) => where(column, words, other.words[i]))
  }

  /** The codes of the samples named by `indices` int32 [M], in that order. */
  gather(indices: Tensor): RegionCode {
    return this.#map(indices.shape[0], (words) => gather(words, indices, 0))
  }

  /** The codes of the samples `from` ≤ n < `to`. */
  rows(from: number, to: number): RegionCode {
    return this.#map(to - from, (words) => rows(words, from, to))
  }

  /** The states of all units, group after group: int32 [N, units]. */
  states(): Tensor {
    const { groups } = this.owner
    const states = groups.map((group, i) => unpackStates(this.words[i], group.units, bitsOf(group.states)))
    return states.length === 0 ? zeros([this.count, 0], 'int32') : concat(states, 1)
  }

  /** One string a sample, equal exactly where the codes are: a key for maps and sets. Reads the words back. */
  hash(): string[] {
    const groups = this.words.map((words) => ({ data: words.dataSync(), width: words.shape[1] }))
    return Array.from({ length: this.count }, (_, n) =>
      groups.map(({ data, width }) => hexadecimal(data.subarray(n * width, (n + 1) * width))).join(''),
    )
  }

  #countDiffering(other: RegionCode): Tensor {
    let count: Tensor | undefined
    this.owner.groups.forEach((group, i) => {
      const differing = countDifferingStates(this.words[i], other.words[i], bitsOf(group.states))
      count = count === undefined ? differing : add(count, differing)
    })
    return count ?? zeros([this.count], 'int32')
  }

  #map(count: number, f: (words: Tensor, group: number) => Tensor): RegionCode {
    return new RegionCode(this.owner, this.words.map(f), count)
  }

  #checkComparable(operation: string, other: RegionCode): void {
    if (other.owner !== this.owner) {
      throw new Error(
        `RegionCode.${operation}: expected two codes of one network, ` +
          `got one of '${this.owner.name}' and one of another network, '${other.owner.name}'`,
      )
    }
    if (other.count !== this.count) {
      throw new Error(`RegionCode.${operation}: numbers of samples differ: ${this.count} and ${other.count}`)
    }
  }
}

const unitsOf = ({ groups }: Partition): number => groups.reduce((sum, { units }) => sum + units, 0)

function hexadecimal(words: ArrayLike<number>): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('')
}
