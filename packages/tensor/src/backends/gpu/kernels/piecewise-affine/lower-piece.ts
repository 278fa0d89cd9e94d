import type { Activation } from '../../../../activation.ts'
import { floatLiteral } from '../../glsl/literals.ts'

/** What an activation does in state 0; in state 1 it is the identity. */
export interface LowerPiece {
  /** Tells it from all others. */
  readonly key: string
  /** GLSL of the output, of a pre-activation `p`. */
  readonly value: string
  /** GLSL of the slope times `g`. Where the slope is 0 it is 0, also of an infinite `g`, but NaN stays NaN. */
  readonly slope: string
  /** Whether a unit's output is above 0 exactly where its state is 1: then the output tells the states. */
  readonly isSeenInOutput: boolean
}

const zero = { value: '(isNaNumber(p) ? p : 0.0)', slope: '(isNaNumber(g) ? g : 0.0)', isSeenInOutput: true }

const lowerPieces: Readonly<Record<Activation['name'], (alpha: number) => LowerPiece>> = {
  identity: () => ({ key: 'identity', value: 'p', slope: 'g', isSeenInOutput: true }),
  relu: () => ({ key: 'relu', ...zero }),
  leakyRelu: (alpha) => {
    const [key, slope] = [`leakyRelu ${alpha}`, floatLiteral(alpha)]
    if (alpha === 0) return { key, ...zero }
    return { key, value: `${slope} * p`, slope: `${slope} * g`, isSeenInOutput: alpha > 0 }
  },
  abs: () => ({ key: 'abs', value: '(p == 0.0 ? 0.0 : -p)', slope: '-g', isSeenInOutput: false }),
}

/** The piece of an activation in state 0. */
export const lowerPieceOf = ({ name, alpha }: Activation): LowerPiece => lowerPieces[name](alpha)
