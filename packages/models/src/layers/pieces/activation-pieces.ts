import {
  type Activation,
  activate,
  applySlopes,
  broadcastTo,
  concat,
  expandDims,
  lowerSlope,
  type Tensor,
  zerosLike,
} from '@facet/tensor'
import type { Pieces, SignChoice } from './pieces.ts'

/** Units with an activation of two pieces: state 1 where the pre-activation is > 0, else 0. */
export class ActivationPieces implements Pieces {
  readonly inputs: number
  readonly units: number
  readonly states = 2
  readonly isSign = true
  readonly #activation: Activation

  constructor(units: number, activation: Activation) {
    this.inputs = units
    this.units = units
    this.#activation = activation
  }

  forward(p: Tensor): { output: Tensor; words: Tensor } {
    const { output, code } = activate(p, this.#activation)
    return { output, words: code }
  }

  push(words: Tensor, v: Tensor): Tensor {
    const [, count, units] = v.shape
    return applySlopes(words, broadcastTo(v, [words.shape[0], count, units]), this.#activation)
  }

  /** Slopes are a diagonal matrix. */
  pull(words: Tensor, g: Tensor): Tensor {
    return this.push(words, g)
  }

  candidates(p: Tensor): Tensor {
    const column = expandDims(p, 2)
    return concat([zerosLike(column), column], 2)
  }

  choice(): SignChoice {
    return { kind: 'sign', slope: lowerSlope(this.#activation) }
  }
}

/** The pieces of an activation, `null` of the one that has a single piece. */
export const piecesOf = (activation: Activation, units: number): ActivationPieces | null =>
  activation.name === 'identity' ? null : new ActivationPieces(units, activation)

/** In a word: `relu`, `leakyRelu 0.2`. */
export const activationText = ({ name, alpha }: Activation): string =>
  name === 'leakyRelu' ? `${name} ${alpha}` : name
