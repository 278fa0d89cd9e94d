import * as fc from 'fast-check'
import { type Bounds, bounds, mostDrawn } from '../bounds.ts'
import {
  activationNames,
  type DataRecipe,
  generatorNames,
  objectiveNames,
  samplerNames,
  setNames,
} from '../recipe.ts'
import { type Frame, hideable, parts, type State, shadings, themes } from '../state.ts'

const whole = ({ least, most }: Bounds) => fc.integer({ min: least, max: most })
/** Negative zero is written as zero. */
const exact = ({ least, most }: Bounds) =>
  fc.double({ min: least, max: most, noNaN: true }).map((value) => value + 0)
const viewed = (of: Bounds) => exact(of).map((value) => Number(value.toPrecision(7)))
const degrees = fc.integer({ min: -1799, max: 1800 }).map((tenths) => tenths / 10)
const hex = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((value) => value.toString(16).padStart(8, '0'))

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 100 })
  .filter((text) => !/\p{Surrogate}/u.test(text) && [...text].length <= 100)

const interval = fc
  .uniqueArray(viewed(bounds.coordinate), { minLength: 2, maxLength: 2 })
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
const frame: fc.Arbitrary<Frame> = fc.record({ s: interval, t: interval })

/** What only one set has is there with that set alone. */
const data: fc.Arbitrary<DataRecipe> = fc
  .record({
    set: fc.constantFrom(...setNames),
    points: whole(bounds.points),
    noise: exact(bounds.noise),
    gap: exact(bounds.gap),
    drawn: fc.array(fc.tuple(whole(bounds.drawn), whole(bounds.drawn)), { maxLength: mostDrawn }),
    file: fc.option(fc.record({ name, checksum: hex })),
  })
  .map((of) => ({
    ...of,
    drawn: of.set === 'drawn' ? of.drawn.flat() : [],
    file: of.set === 'file' ? of.file : null,
  }))

const widths = fc.array(whole(bounds.units), { maxLength: bounds.layers.most })
const axes = fc.constantFrom([0, 1], [0, 2], [2, 1]) as fc.Arbitrary<readonly [number, number]>
const rows = fc.uniqueArray(whole(bounds.row), { minLength: 3, maxLength: 3 }) as unknown as fc.Arbitrary<
  [number, number, number]
>

/** Any state that an address can say, for property tests: paused, its places and angles as round as an address says them. */
export const arbitraryState: fc.Arbitrary<State> = fc
  .record({
    recipe: fc.record({
      data,
      model: fc.record({
        encoder: widths,
        bottleneck: whole(bounds.bottleneck),
        decoder: widths,
        activation: fc.constantFrom(...activationNames),
        bottleneckActivation: fc.constantFrom(...activationNames),
        skip: fc.boolean(),
        bias: fc.boolean(),
      }),
      training: fc.record({
        objective: fc.constantFrom(...objectiveNames),
        weight: exact(bounds.weight),
        sigma: exact(bounds.sigma),
        generators: fc.constantFrom(...generatorNames),
        sampler: fc.constantFrom(...samplerNames),
        scale: exact(bounds.scale),
        rate: exact(bounds.rate),
        batch: whole(bounds.batch),
      }),
      seed: whole(bounds.seed),
    }),
    step: whole(bounds.step),
    promised: fc.option(hex),
    isPlaying: fc.constant(false),
    view: fc.record({
      part: fc.constantFrom(...parts),
      shading: fc.constantFrom(...shadings),
      plane: fc.oneof(fc.constant('pca' as const), rows),
      inputFrame: fc.option(frame),
      latentFrame: fc.option(frame),
      latentAxes: axes,
      selected: fc.option(
        fc.record({
          plane: fc.constantFrom('input' as const, 'latent' as const),
          s: viewed(bounds.coordinate),
          t: viewed(bounds.coordinate),
        }),
      ),
      azimuth: degrees,
      elevation: degrees,
      sample: whole(bounds.row),
      generator: whole(bounds.generator),
      theta: viewed(bounds.theta),
      theme: fc.constantFrom(...themes),
      shown: fc.option(whole(bounds.step)),
      pace: whole(bounds.pace),
      hidden: fc.subarray([...hideable]),
    }),
  })
  .map((state) => ({
    ...state,
    view: {
      ...state.view,
      latentAxes: state.recipe.model.bottleneck === 3 ? state.view.latentAxes : ([0, 1] as const),
      shown: state.view.shown === null ? null : Math.min(state.view.shown, state.step),
    },
  }))
