import type { Autoencoder } from '@facet/models'
import type { Tensor } from '@facet/tensor'
import { aCount, type OptionKind, type OptionsOf, required, withDefault } from '@facet/tensor/checks'
import { expectBank } from './banks/expect-arguments.ts'
import type { GeneratorBank } from './banks/generator-bank.ts'
import { type OrbitScale, orbitScale } from './banks/orbit-scale.ts'

/** Neighbours of each sample that scales and differences are taken from. */
export const defaultNeighbours = 3

/** Banks as options. */
const aBank: OptionKind<GeneratorBank> = {
  check: (operation, _option, value) => expectBank(operation, value as GeneratorBank),
}

/** Options of every objective that has a bank. */
export const bankRows = {
  /** The groups along which the data vary: `seriesBank`, `imageBank`, your own. */
  bank: required(aBank),
  /** Nearest neighbours of each training sample that the scale is estimated from; default 3. */
  neighbours: withDefault(aCount(), defaultNeighbours),
}

export type BankOptions = OptionsOf<typeof bankRows>

/** What {@link bankRows} come to. */
interface BankChoice {
  readonly bank: GeneratorBank
  readonly neighbours: number
}

/** What tells a bank from another when a run is resumed. */
export function bankSettings({ bank, neighbours }: BankChoice): Record<string, number | string | boolean> {
  const ofBank = Object.entries(bank.settings).map(([name, value]) => [`bank.${name}`, value])
  return { neighbours, bank: bank.name, ...Object.fromEntries(ofBank) }
}

/**
 * How far the training data [n, d] go along a bank.
 * @throws RangeError for a model of another dimension than the bank's.
 */
export function scaleOf(
  operation: string,
  { bank, neighbours }: BankChoice,
  model: Autoencoder,
  data: Tensor,
): OrbitScale {
  if (bank.dimension !== model.input) {
    throw new RangeError(
      `${operation}: bank: expected one of the model's dimension d = ${model.input}, ` +
        `got '${bank.name}' of d = ${bank.dimension}`,
    )
  }
  return orbitScale(bank, data, { neighbours })
}

/**
 * `explainedFraction` of the neighbours' differences, and of each generator's ε over them the `epsilonDeviation`, √C_bb, in units
 * of its prior scale.
 */
export function scaleDiagnostics({
  explainedFraction,
  covariance,
}: OrbitScale): Record<string, number | number[]> {
  const rows = covariance.toArray() as number[][]
  // Where all neighbours are the same sample, rounding may leave a variance below 0.
  return { explainedFraction, epsilonDeviation: rows.map((row, b) => Math.sqrt(Math.max(row[b], 0))) }
}
