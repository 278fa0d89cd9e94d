import { add, matmul, mul, reshape, type Tensor } from '@facet/tensor'
import { aCount, type OptionsOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { constant, perDType } from './constants.ts'
import { expectAction, expectSamples } from './expect-arguments.ts'
import type { GeneratorBank } from './generator-bank.ts'
import { fieldsInPixels, imageParts } from './image-fields.ts'
import { imageGradient } from './image-gradient.ts'
import { lettersOf, someLetters } from './letters.ts'
import { pixelGrid, warpPlanes } from './warp-planes.ts'

const partNames = Object.keys(imageParts)

const imageBankOptions = optionTable('imageBank', {
  /** Rows of pixels; at least 2. */
  height: required(aCount(2)),
  /** Pixels of a row; at least 2. */
  width: required(aCount(2)),
  /** Default 1. */
  channels: withDefault(aCount(), 1),
  /** Any of the letters a (affine fields) and l (local warps); default `al`. */
  parts: withDefault(someLetters(partNames), 'al'),
})

/** The settings of {@link imageBank}. */
export type ImageBankOptions = OptionsOf<typeof imageBankOptions>

/**
 * Generators of images (mathematics.md 6.1): vector fields f on [−1, 1]², the image's extent, `G x = f · ∇x`.
 *
 * - **a**: six affine fields, in the order `∂x, x∂x, y∂x, ∂y, x∂y, y∂y`, prior scale 0.08;
 * - **l**: Gaussian bumps at 4 × 4 centres on [−0.8, 0.8]², 0.75 of their distance wide, each across and down: 32 fields, first
 *   all across, line after line from the top, then all down; prior scale 0.04.
 *
 * ε is in half sides of the image: 0.08 of a translation moves 28 pixels by 1.1. x runs across, y down. The bank acts by reading
 * at `position + Σ ε_b f_b`, composed of two half steps, bilinearly and with zeros outside. All channels move together; they lie
 * channel after channel, as in `ImageShape` of `@facet/data`. The gradient of the tangents is a central difference after
 * Gaussian smoothing of σ = max(1, side/128) pixels, zero outside.
 *
 * Constants are made once for each backend and dtype, at the first use.
 *
 * @throws TypeError for an unknown option, RangeError for one out of range.
 * @example
 * import { init, key, zeros } from '@facet/tensor'
 * import { imageBank } from '@facet/regularizers'
 * await init()
 * const bank = imageBank({ height: 28, width: 28 })
 * const x = key('images').uniform([4, 784])
 * bank.size // 38
 * bank.tangents(x).shape // [4, 38, 784]
 * bank.act(x, zeros([4, 38])).shape // [4, 784]: x, to the bit
 */
export function imageBank(options: ImageBankOptions): GeneratorBank {
  const { height, width, channels, parts } = imageBankOptions.resolve(options)
  const letters = lettersOf(parts, partNames)
  const chosen = letters.map((letter) => imageParts[letter])

  const fields = chosen.flatMap((part) => part.fields)
  const size = fields.length
  const area = height * width
  const constants = perDType((dtype) => {
    const displacements = fieldsInPixels(fields, height, width)
    const component = (axis: number): Tensor =>
      constant(
        displacements.filter((_, i) => i % 2 === axis),
        [size, 1, area],
        dtype,
      )
    return {
      across: component(0),
      down: component(1),
      fields: constant(displacements, [size, 2 * area], dtype),
      grid: constant(pixelGrid(height, width), [area, 2], dtype),
    }
  })
  const gradient = imageGradient(height, width)
  const self = { name: `image ${letters.join('')}`, size, dimension: channels * area }
  return {
    ...self,
    settings: { height, width, channels, parts: letters.join('') },
    priorScale: chosen.flatMap((part) => part.fields.map(() => part.priorScale)),
    tangents(x) {
      expectSamples(self, x)
      const count = x.shape[0]
      const weights = constants(x.dtype)
      const slopes = gradient(reshape(x, [count * channels, height, width]))
      const perChannel = (plane: Tensor): Tensor => reshape(plane, [count, 1, channels, area])
      const moved = add(
        mul(perChannel(slopes.across), weights.across),
        mul(perChannel(slopes.down), weights.down),
      )
      return reshape(moved, [count, size, channels * area])
    },
    act(x, epsilon) {
      expectAction(self, x, epsilon)
      const count = x.shape[0]
      const { fields, grid } = constants(x.dtype)
      const half = reshape(matmul(mul(epsilon, 0.5), fields), [count, area, 2])
      return warpPlanes(x, half, grid, { height, width, channels })
    },
  }
}
