import fc from 'fast-check'
import {
  type Activation,
  absActivation,
  identityActivation,
  leakyReluActivation,
  reluActivation,
} from '../../activation.ts'
import { codeWords, wordsOf } from '../../code-words.ts'
import { tensor } from '../../creation.ts'
import type { DType } from '../../dtype.ts'
import { affine } from '../../ops/index.ts'
import { type Shape, sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import type { CaseTable, Values } from '../case.ts'
import { awayFromZero, length, ordinary, shape, tensorOf } from '../draw.ts'
import { sizes } from '../shapes.ts'
import { exact, inTerms } from '../tolerance.ts'
import { draws, filled, plain, sparse, special } from '../values.ts'

const activations = [
  reluActivation,
  identityActivation,
  leakyReluActivation(0.2),
  leakyReluActivation(0),
  leakyReluActivation(1.5),
  leakyReluActivation(-0.5),
  absActivation,
]

const smoothActivations = fc.constantFrom<Activation>(
  identityActivation,
  reluActivation,
  absActivation,
  leakyReluActivation(0.2),
)

const unitCounts = [...sizes.filter((n) => n <= 65), 32, 130]
const leads: readonly Shape[] = [[3], [], [0], [2, 3]]
/** Bits of a unit. */
const planes = [1, 0, 2, 5]

const layer = (
  dtype: DType,
  lead: Shape,
  units: number,
  width: number,
  hasBias: boolean,
  fill: typeof plain,
): Values[] => [
  fill(dtype, [...lead, width], 1),
  fill(dtype, [units, width], 2),
  ...(hasBias ? [fill(dtype, [units], 3)] : []),
]

/** No pre-activation near its kink at 0. */
const isAwayFromKinks = ([x, weight, bias]: readonly Tensor[]): boolean =>
  x.shape.at(-1) === 0 ||
  affine(x, weight, bias ?? null, identityActivation)
    .output.dataSync()
    .every((p) => Math.abs(p) > 0.005)

const randomWords = (s: Shape): Values => {
  const draw = draws(17)
  return filled('uint32', s, () => Math.floor(draw() * 2 ** 32))
}

export const piecewiseAffineCases = {
  affine: {
    *calls(dtype) {
      for (const params of activations) {
        for (const units of unitCounts) {
          yield { inputs: layer(dtype, [5], units, 9, units % 3 !== 0, plain), params }
          yield { inputs: layer(dtype, [2, 3], units, 4, units % 3 === 0, sparse), params }
        }
        for (const lead of [[], [0], [1], [64], [65], [130], [2, 0, 3], [2, 3, 4]]) {
          for (const width of [0, 1, 17, 33]) {
            yield { inputs: layer(dtype, lead, 37, width, true, plain), params }
            yield { inputs: layer(dtype, lead, 6, width, false, sparse), params }
          }
        }
        yield { inputs: layer(dtype, [16], 65, 300, true, plain), params }
      }
    },
    tolerance: inTerms,
    // The bias is one more.
    terms: ({ inputs: [, weight] }) => weight.shape[1] + 1,
    smooth: fc
      .record({
        lead: shape(0, 2),
        width: length,
        units: length,
        biased: fc.boolean(),
        params: smoothActivations,
      })
      .chain(({ lead, width, units, biased, params }) =>
        fc.record({
          inputs: fc.tuple(
            tensorOf([...lead, width], ordinary),
            tensorOf([units, width], ordinary),
            ...(biased ? [tensorOf([units], awayFromZero(0.1))] : []),
          ),
          params: fc.constant(params),
        }),
      )
      .filter(({ inputs }) => isAwayFromKinks(inputs)),
  },

  activate: {
    *calls(dtype) {
      for (const params of activations) {
        for (const units of unitCounts) {
          for (const lead of leads) {
            yield { inputs: [special(dtype, [...lead, units])], params }
            yield { inputs: [plain(dtype, [...lead, units])], params }
          }
        }
      }
    },
    // As below.
    tolerance: { kind: 'ulps', count: 2 },
    smooth: fc
      .tuple(shape(1), smoothActivations)
      .chain(([s, params]) => tensorOf(s, awayFromZero(0.1)).map((x) => ({ inputs: [x], params }))),
  },

  applySlopes: {
    *calls(dtype) {
      for (const params of activations) {
        for (const units of unitCounts) {
          for (const [lead, repeats] of [
            [[3], []],
            [[], []],
            [[2, 2], [3]],
            [[], [2]],
            [[0], [2]],
          ]) {
            const code = randomWords([...lead, codeWords(units, params)])
            yield { inputs: [code, special(dtype, [...lead, ...repeats, units])], params }
          }
        }
      }
    },
    // A slope is rounded to the dtype, and its product with a cotangent once more.
    tolerance: { kind: 'ulps', count: 2 },
    smooth: fc
      .record({
        lead: shape(0, 2),
        extra: shape(0, 1),
        units: fc.constantFrom(0, 1, 3, 33),
        params: smoothActivations,
      })
      .filter(({ lead, extra, units }) => sizeOf([...lead, ...extra]) * units <= 66)
      .chain(({ lead, extra, units, params }) =>
        fc
          .tuple(
            fc.infiniteStream(fc.nat({ max: 2 ** 32 - 1 })),
            tensorOf([...lead, ...extra, units], ordinary),
          )
          .map(([words, g]) => {
            const codeShape = [...lead, codeWords(units, params)]
            const code = Uint32Array.from({ length: sizeOf(codeShape) }, () => words.next().value)
            return { inputs: [tensor(code, { shape: codeShape }), g], params }
          }),
      ),
  },

  packStates: {
    *calls(dtype) {
      for (const units of [...sizes, 32, 96]) {
        for (const lead of leads) {
          for (const bits of planes) yield { inputs: [plain(dtype, [...lead, units])], params: { bits } }
        }
      }
      yield { inputs: [special(dtype, [3, 37])], params: { bits: 31 } }
    },
    tolerance: exact,
    smooth: null,
  },

  unpackStates: {
    *calls(dtype) {
      for (const units of [...sizes, 32, 96]) {
        for (const lead of leads) {
          for (const bits of planes) {
            const { values, shape: s } = randomWords([...lead, wordsOf(units, bits)])
            yield { inputs: [filled(dtype, s, (i) => values[i])], params: { units, bits } }
          }
        }
      }
    },
    tolerance: exact,
    smooth: null,
  },

  countDifferingStates: {
    *calls(dtype) {
      for (const words of [1, 0, 2, 3, 17]) {
        for (const lead of leads) {
          for (const bits of planes) {
            const s = [...lead, words * bits]
            yield { inputs: [special(dtype, s), special(dtype, s, 4)], params: { bits } }
          }
        }
      }
    },
    tolerance: exact,
    smooth: null,
  },
} satisfies Partial<CaseTable>
