import {
  type Activation,
  add,
  cast,
  concat,
  countDifferingStates,
  equal,
  expandDims,
  formatShape,
  gather,
  rows,
  type Tensor,
  unpackStates,
  where,
  zeros,
} from '@facet/tensor'

/** The packed states of one layer: `words` uint32 [N, ceil(units / 32)], with no words for an identity layer. */
export interface RegionLayer {
  readonly words: Tensor
  readonly units: number
  readonly activation: Activation
}

/** Whose partition a code belongs to: in practice a `Network`. */
export interface CodeOwner {
  readonly name: string
}

/** Whether the units of a layer have more than one state. */
export function hasStates(layer: { readonly activation: Activation }): boolean {
  return layer.activation.name !== 'identity'
}

/**
 * The affine piece each of N samples lies on: the states of all units with more than one, layer by layer, packed 32 to a word.
 *
 * `layers` has one entry for each layer of the network, in order. Codes come from `network.forward`, in the same
 * pass as the output. Two codes can be compared only under the same network.
 */
export class RegionCode {
  readonly owner: CodeOwner
  readonly layers: readonly RegionLayer[]
  /** Number of samples N. */
  readonly count: number
  /** Number of units with states, over all layers. */
  readonly units: number

  constructor(owner: CodeOwner, layers: readonly RegionLayer[]) {
    this.owner = owner
    this.layers = layers
    this.count = layers[0].words.shape[0]
    this.units = layers.reduce((sum, layer) => sum + (hasStates(layer) ? layer.units : 0), 0)
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
    return this.#mapWords((words, i) => where(column, words, other.layers[i].words))
  }

  /** The codes of the samples named by `indices` int32 [M], in that order. */
  gather(indices: Tensor): RegionCode {
    return this.#mapWords((words) => gather(words, indices, 0))
  }

  /** The codes of the samples `from` ≤ n < `to`. */
  rows(from: number, to: number): RegionCode {
    return this.#mapWords((words) => rows(words, from, to))
  }

  /** The states of all units that have more than one, layer after layer: bool [N, units]. */
  states(): Tensor {
    const states = this.layers
      .filter(hasStates)
      .map((layer) => cast(unpackStates(layer.words, layer.units), 'bool'))
    return states.length === 0 ? zeros([this.count, 0], 'bool') : concat(states, 1)
  }

  /** One string a sample, equal exactly where the codes are: a key for maps and sets. Reads the words back. */
  hash(): string[] {
    const layers = this.layers.filter(hasStates).map((layer) => ({
      words: layer.words.dataSync(),
      width: layer.words.shape[1],
    }))
    return Array.from({ length: this.count }, (_, n) =>
      layers.map(({ words, width }) => hexadecimal(words.subarray(n * width, (n + 1) * width))).join(''),
    )
  }

  #countDiffering(other: RegionCode): Tensor {
    let count: Tensor | undefined
    this.layers.forEach((layer, i) => {
      if (!hasStates(layer)) return
      const differing = countDifferingStates(layer.words, other.layers[i].words)
      count = count === undefined ? differing : add(count, differing)
    })
    return count ?? zeros([this.count], 'int32')
  }

  #mapWords(f: (words: Tensor, layer: number) => Tensor): RegionCode {
    return new RegionCode(
      this.owner,
      this.layers.map((layer, i) => ({ ...layer, words: f(layer.words, i) })),
    )
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

function hexadecimal(words: ArrayLike<number>): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('')
}
