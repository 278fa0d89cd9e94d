import { expandDims, matmul, mul, reshape, type Tensor, transpose } from '@facet/tensor'
import { seriesBumps } from '../banks/bumps.ts'
import { constant, perDType } from '../banks/constants.ts'
import { expectAction, expectSamples } from '../banks/expect-arguments.ts'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import { imageBumps } from '../banks/image-fields.ts'
import { sphereProjection, withMomentsOf } from '../banks/own-moments.ts'
import { type Flow, flowOf } from './flow.ts'
import { type LearnedStencils, oddPart } from './stencils.ts'
import { tapsOf } from './taps.ts'

/** What a bank makes of stencils. */
export interface StencilBankSettings {
  /** Along a line, or along each side of an image. */
  readonly bumps: number
  /** Whether samples swell, or only move. */
  readonly amplitude: boolean
  readonly zNormalised: boolean
}

/**
 * Generators `w_b · (c_k ∗ ·)` of stencils and bumps, ε of a stencil's bumps side by side, stencil after stencil, prior scales 1
 * (docs/mathematics.md 6.5). `tangents` are the operators themselves, `act` is their flow: a stencil counts there as its two
 * moments, m0 of the identity and m1 of d/dt, so that the two agree to second order in δ. Without `amplitude` both leave out what
 * swells, and ε is measured beside it: what is amplitude in a difference must not count as movement.
 */
export function stencilBank(
  learned: LearnedStencils,
  dimension: number,
  { bumps, amplitude, zNormalised }: StencilBankSettings,
): Omit<GeneratorBank, 'settings'> {
  const { shape, stencils } = learned
  const taps = tapsOf(shape, dimension)
  const { channels, area } = taps
  const weights = shape === 'line' ? seriesBumps(area, bumps) : imageBumps(bumps, shape.height, shape.width)
  const [kinds, places] = [stencils.length, weights.length / area]
  const constants = perDType((dtype) => {
    const operators = (of: readonly (readonly number[])[]): Tensor =>
      constant(of.flat(), [kinds, taps.offsets.length], dtype)
    return {
      whole: operators(stencils),
      odd: operators(stencils.map(oddPart)),
      weights: constant(weights, [places, area], dtype),
    }
  })
  const project = sphereProjection(dimension)
  const flow: Flow = flowOf(learned, weights, area)
  const self = { name: `learned ${learned.kind}`, size: kinds * places, dimension }
  return {
    ...self,
    priorScale: new Array<number>(self.size).fill(1),
    tangents: along(amplitude ? 'whole' : 'odd'),
    ...(amplitude ? {} : { measuredAlong: along('whole') }),
    act(x, epsilon) {
      expectAction(self, x, epsilon)
      const warped = flow.warp(x, epsilon)
      const moved = amplitude ? flow.swell(warped, epsilon) : warped
      return zNormalised ? withMomentsOf(x, moved) : moved
    },
  }

  function along(operators: 'whole' | 'odd'): (x: Tensor) => Tensor {
    return (x) => {
      expectSamples(self, x)
      const { [operators]: taken, weights } = constants(x.dtype)
      const local = mul(expandDims(matmul(taken, taps.shifted(x)), 2), weights)
      const directions = reshape(byGenerator(local, x.shape[0]), [x.shape[0], self.size, dimension])
      return zNormalised ? project(x, directions) : directions
    }
  }

  /** [N·channels, kinds, places, area] to [N, kinds, places, channels, area]. */
  function byGenerator(local: Tensor, count: number): Tensor {
    if (channels === 1) return local
    return transpose(reshape(local, [count, channels, kinds, places, area]), [0, 2, 3, 1, 4])
  }
}
