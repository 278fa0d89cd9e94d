import { crc32, gather, type Key, key as keyOf, scope, Tensor, tensor } from '@facet/tensor'
import {
  aBoolean,
  aCount,
  aKey,
  anything,
  describe,
  type OptionsOf,
  oneOf,
  optional,
  optionTable,
  withDefault,
} from '@facet/tensor/checks'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import { reordered } from '../banks/reordered.ts'
import { emMixing } from './em.ts'
import { patchPca } from './patch-pca.ts'
import { randomMixing } from './random-mixing.ts'
import { aSampleShape, type SampleShape } from './sample-shape.ts'
import { stencilBank } from './stencil-bank.ts'
import { type LearnedStencils, mixed, type StencilKind, stencilKinds, stencilsOf } from './stencils.ts'
import { tapsOf } from './taps.ts'

const learnedBankOptions = optionTable('learnedBank', {
  /**
   * `pca` (default): the leading principal components of patches; `em`: the mixtures of five that carry samples to their
   * neighbours; `random`: random mixtures of the same five, the control.
   */
  stencils: withDefault(oneOf(stencilKinds), 'pca'),
  /** How many; default 2 along a line, 3 in an image. */
  count: optional(aCount()),
  /** Whether samples swell as well as move; default true. */
  amplitude: withDefault(aBoolean, true),
  /** Default `line`; or `{ height, width, channels }` of images. */
  shape: withDefault(aSampleShape, 'line'),
  /** Bumps along a line, default 8, or along each side of an image, default 4. */
  bumps: optional(aCount()),
  /** Whether every sample keeps its own mean and standard deviation; default true for a line, false for images. */
  zNormalised: optional(aBoolean),
  /** Of the values of a line, where they do not lie in order: value t of the line is `order[t]` of the sample. */
  order: optional(anything<readonly number[] | Int32Array>()),
  /** Of random stencils, and of the pairs of `em` where there are more than 300; default `key(0)`. */
  key: optional(aKey),
})

/** The settings of {@link learnedBank}. */
export type LearnedBankOptions = OptionsOf<typeof learnedBankOptions>

/** A bank that was found in data. */
export interface LearnedBank extends GeneratorBank {
  readonly learned: LearnedStencils
}

/** Stencils that `em` and `random` mix (docs/mathematics.md 6.5). */
const span = 5

/**
 * Generators found in the data (docs/mathematics.md 6.5): local operators `w_b(t) Σ_j c_j x(t + j δ)`, nine taps j along a line or 5 × 5 in
 * an image, with bumps w_b as those of `seriesBank` and stencils c learned. That they are local, smooth along the sample and act as
 * flows is supplied; which operators they are is not. Use it as any other bank; {@link orbitScale} finds how far they go.
 *
 * `tangents` are these operators; `act` is their flow: x is read along `v = Σ ε m1 w`, in two half steps, and multiplied by `exp(Σ ε m0 w)`, the
 * exponent within ±1.5, with `m0 = Σ_j c_j` and `m1 = δ Σ_j j c_j`. The two agree to second order in the sample distance. Without
 * `amplitude` tangents lose the even part of the stencils and samples only move; their ε is measured with it.
 *
 * @param data [n, d], the training part only: validation and test samples must not enter.
 * @throws TypeError for an unknown option, RangeError for one out of range, for data that do not fit the shape, are not finite or are 0.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { learnedBank, lieGroupOrbit } from '@facet/regularizers'
 * await init()
 * const bank = learnedBank(key('series').normal([20, 64]))
 * bank.size // 16
 * bank.learned.stencils[1].length // 9
 * const orbit = lieGroupOrbit({ bank }) // for fit(model, data, { objective: [reconstruction(), orbit], … })
 */
export function learnedBank(data: Tensor, options: LearnedBankOptions = {}): LearnedBank {
  const { stencils, amplitude, shape, order, key, ...given } = learnedBankOptions.resolve(options)
  const isLine = shape === 'line'
  const { count = isLine ? 2 : 3, bumps = isLine ? 8 : 4, zNormalised = isLine } = given
  expectData(data, shape)
  const dimension = data.shape[1]
  const places = order === undefined ? null : orderOf(order, dimension, shape)
  const settings = { bumps, amplitude, zNormalised }
  const learned = scope(() => {
    const inOrder = places === null ? data : gather(data, tensor(places), 1)
    return learn(inOrder, stencils, shape, count, settings, key ?? keyOf(0))
  })
  const bank = stencilBank(learned, dimension, settings)
  const shapeName = isLine ? 'line' : `${shape.height}×${shape.width}×${shape.channels ?? 1}`
  return {
    ...bank,
    ...(places === null ? {} : reordered(bank.name, bank, places)),
    settings: {
      shape: shapeName,
      dimension,
      count,
      ...settings,
      checksum: checksumOf(learned.stencils),
      ...(places === null ? {} : { order: crc32(new Uint8Array(places.buffer)) }),
    },
    learned,
  }
}

/** @throws RangeError for what is no order of a line's values. */
function orderOf(order: readonly number[] | Int32Array, length: number, shape: SampleShape): Int32Array {
  if (shape !== 'line')
    throw new RangeError('learnedBank: order: expected none of images, whose pixels have their places')
  const places = [...order]
  const seen = new Set(places.filter((place) => Number.isInteger(place) && place >= 0 && place < length))
  if (places.length === length && seen.size === length) return Int32Array.from(places)
  throw new RangeError(
    `learnedBank: order: expected every whole number from 0 to ${length - 1} once, got ${seen.size} of them among ${places.length}`,
  )
}

function learn(
  data: Tensor,
  kind: StencilKind,
  shape: SampleShape,
  count: number,
  settings: { readonly bumps: number; readonly zNormalised: boolean },
  key: Key,
): LearnedStencils {
  const taps = tapsOf(shape, data.shape[1])
  const components = patchPca(data, taps, kind === 'pca' ? count : Math.max(span, count))
  if (components.length === 0) throw new RangeError('learnedBank: data: expected samples that are not all 0')
  if (kind === 'pca') return stencilsOf(kind, shape, taps, components)
  const all = stencilsOf('pca', shape, taps, components)
  const [own, kinds] = [key.child('learnedBank'), components.length]
  const mixing =
    kind === 'random'
      ? randomMixing(Math.min(count, kinds), kinds, own)
      : emMixing(data, stencilBank(all, data.shape[1], { ...settings, amplitude: true }), kinds, count, own)
  return stencilsOf(kind, shape, taps, mixed(mixing, all.stencils))
}

/** Of the stencils to six digits of the largest number, to which all backends agree. */
function checksumOf(stencils: readonly (readonly number[])[]): number {
  const largest = Math.max(...stencils.flat().map(Math.abs))
  const rounded = stencils.map((c) => c.map((value) => +(value / largest).toFixed(6)))
  return crc32(new TextEncoder().encode(JSON.stringify([largest.toPrecision(6), rounded])))
}

function expectData(data: Tensor, shape: SampleShape): void {
  const dimension = shape === 'line' ? undefined : shape.height * shape.width * (shape.channels ?? 1)
  const wanted = dimension === undefined ? 'd' : String(dimension)
  const fits =
    data instanceof Tensor &&
    data.rank === 2 &&
    (data.dtype === 'float32' || data.dtype === 'float64') &&
    data.shape[0] >= 2 &&
    (dimension === undefined ? data.shape[1] >= 2 : data.shape[1] === dimension)
  if (!fits)
    throw new RangeError(
      `learnedBank: data: expected at least 2 floating-point rows [n, ${wanted}], got ${describe(data)}`,
    )
  const wrong = data.dataSync().find((value) => !Number.isFinite(value))
  if (wrong !== undefined)
    throw new RangeError(`learnedBank: data: expected finite numbers, got ${wrong} among them`)
}
