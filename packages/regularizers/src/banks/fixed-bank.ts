import { crc32, expandDims, expm, matmul, reshape, scope, squeeze } from '@facet/tensor'
import { anything, describe, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { type Matrices, matricesOf } from '../generators/matrices.ts'
import { constant, perDType } from './constants.ts'
import { expectAction, expectSamples } from './expect-arguments.ts'
import type { GeneratorBank } from './generator-bank.ts'

const fixedBankOptions = optionTable('fixedBank', {
  /** A number a matrix, or one for all, above 0; default 1. */
  priorScale: withDefault(anything<number | readonly number[]>(), 1),
})

/** The settings of {@link fixedBank}. */
export type FixedBankOptions = OptionsOf<typeof fixedBankOptions>

/**
 * A bank of known matrices `G_b`: `tangents` are products with them, `act` is `exp(Σ_b ε_b G_b) x`, to machine precision for ε of
 * any size.
 *
 * The exponential of a whole matrix a sample, N · d² numbers and about 20 N · d³ multiply-adds: made for d up to some 64. For
 * long series or images write the action yourself, as {@link GeneratorBank} shows.
 *
 * @param matrices [B, d, d], `(G_b x)_i = Σ_j G[b][i][j] x_j`
 * @throws RangeError for what is not a list of finite square matrices, or for prior scales that do not fit.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { fixedBank } from '@facet/regularizers'
 * await init()
 * const rotation = fixedBank([[[0, -1], [1, 0]]], { priorScale: 0.1 })
 * rotation.act(tensor([[1, 0]]), tensor([[Math.PI / 2]])) // [[0, 1]], to rounding
 */
export function fixedBank(matrices: Matrices, options: FixedBankOptions = {}): GeneratorBank {
  const given = fixedBankOptions.resolve(options)
  const { size, dimension, values } = scope(() => {
    const known = matricesOf('fixedBank', matrices, undefined, 'float64')
    const [size, dimension] = known.shape
    return { size, dimension, values: known.dataSync() }
  })
  const wrong = values.find((value) => !Number.isFinite(value))
  if (wrong !== undefined)
    throw new RangeError(`fixedBank: expected finite matrices, got ${wrong} among them`)
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const priorScale = priorScales(given.priorScale, size)
  const constants = perDType((dtype) => constant(values, [size, dimension * dimension], dtype))
  const self = { name: 'fixed', size, dimension }
  return {
    ...self,
    settings: { size, dimension, checksum: crc32(bytes), priorScale: priorScale.join(', ') },
    priorScale,
    tangents(x) {
      expectSamples(self, x)
      const stacked = reshape(constants(x.dtype), [size * dimension, dimension])
      return reshape(matmul(x, stacked, { transposeB: true }), [x.shape[0], size, dimension])
    },
    act(x, epsilon) {
      expectAction(self, x, epsilon)
      const mixed = reshape(matmul(epsilon, constants(x.dtype)), [x.shape[0], dimension, dimension])
      return squeeze(matmul(expm(mixed), expandDims(x, 2)), 2)
    },
  }
}

function priorScales(given: number | readonly number[], size: number): readonly number[] {
  const all = typeof given === 'number' ? new Array<number>(size).fill(given) : given
  if (Array.isArray(all) && all.length === size && all.every((s) => Number.isFinite(s) && s > 0))
    return [...all]
  const got = Array.isArray(given) ? `[${given.join(', ')}]` : describe(given)
  throw new RangeError(`fixedBank: priorScale: expected a number above 0, or ${size} of them, got ${got}`)
}
