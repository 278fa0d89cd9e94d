import type { Autoencoder } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { expectCount } from '@facet/tensor/checks'
import { expectBank } from './banks/expect-arguments.ts'
import type { GeneratorBank } from './banks/generator-bank.ts'
import { type OrbitScale, orbitScale } from './banks/orbit-scale.ts'

/** Neighbours of each sample that scales and differences are taken from. */
export const defaultNeighbours = 3

/** A bank and how far the training data go along it, which is known once there are data. */
export class BankWithScale {
  readonly bank: GeneratorBank
  readonly #operation: string
  readonly #neighbours: number
  #scale: OrbitScale | undefined

  /** @throws TypeError for what is no bank, RangeError for a member of it or a number of neighbours that is none. */
  constructor(operation: string, bank: GeneratorBank, neighbours: number) {
    expectBank(operation, bank)
    expectCount(operation, 'neighbours', neighbours)
    this.bank = bank
    this.#operation = operation
    this.#neighbours = neighbours
  }

  /** What tells it from another when a run is resumed. */
  get settings(): Record<string, number | string | boolean> {
    const ofBank = Object.entries(this.bank.settings).map(([name, value]) => [`bank.${name}`, value])
    return { neighbours: this.#neighbours, bank: this.bank.name, ...Object.fromEntries(ofBank) }
  }

  /** @throws Error before `measure`. */
  get scale(): OrbitScale {
    if (this.#scale !== undefined) return this.#scale
    throw new Error(
      `${this.#operation}: expected prepare() first, which estimates the scale from the data; fit calls it`,
    )
  }

  /**
   * Estimates the scale from the training data [n, d].
   * @throws RangeError for a model of another dimension than the bank's.
   */
  measure(model: Autoencoder, data: Tensor): void {
    const { bank } = this
    if (bank.dimension !== model.input) {
      throw new RangeError(
        `${this.#operation}: bank: expected one of the model's dimension d = ${model.input}, ` +
          `got '${bank.name}' of d = ${bank.dimension}`,
      )
    }
    this.#scale = orbitScale(bank, data, { neighbours: this.#neighbours })
  }

  /**
   * `explainedFraction` of the neighbours' differences, and of each generator's ε over them the `epsilonDeviation`, √C_bb, in units
   * of its prior scale.
   */
  diagnostics(): Record<string, number | number[]> {
    const { explainedFraction, covariance } = this.scale
    const rows = covariance.toArray() as number[][]
    // Where all neighbours are the same sample, rounding may leave a variance below 0.
    return { explainedFraction, epsilonDeviation: rows.map((row, b) => Math.sqrt(Math.max(row[b], 0))) }
  }
}
