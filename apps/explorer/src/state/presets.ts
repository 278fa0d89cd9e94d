import { type DataRecipe, defaultRecipe, type ModelRecipe, type TrainingRecipe } from './recipe.ts'
import { defaultState, type State, type ViewState } from './state.ts'

/** A page to begin from, and what it shows. */
export interface Preset {
  readonly name: string
  readonly title: string
  /** What is to be seen, with the numbers that `presets.test.ts` holds. */
  readonly sentence: string
  readonly state: State
}

/** What a preset sets; all else is the default. */
interface Parts {
  readonly data?: Partial<DataRecipe>
  readonly model?: Partial<ModelRecipe>
  readonly training?: Partial<TrainingRecipe>
  readonly seed?: number
  readonly step: number
  readonly view?: Partial<ViewState>
}

const stateOf = ({ data, model, training, seed = 0, step, view }: Parts): State => ({
  ...defaultState,
  recipe: {
    data: { ...defaultRecipe.data, ...data },
    model: { ...defaultRecipe.model, ...model },
    training: { ...defaultRecipe.training, ...training },
    seed,
  },
  step,
  view: { ...defaultState.view, ...view },
})

/** Points of each of the two arcs of {@link halfCircle}. */
const ARC = 12

/** Two arcs of the upper half circle, each a fourth of it, with half of it between them: x, y in thousandths. */
const halfCircle: readonly number[] = Array.from({ length: 2 * ARC }, (_, i) => {
  const along = (i % ARC) / (ARC - 1) / 4
  const angle = Math.PI * (i < ARC ? along : 0.75 + along)
  return [Math.round(1000 * Math.cos(angle)), Math.round(1000 * Math.sin(angle))]
}).flat()

/** A curve through the two arcs, by an autoencoder with one number in the middle. */
const curve = {
  data: { set: 'drawn', drawn: halfCircle },
  model: { encoder: [32, 32], bottleneck: 1, decoder: [32, 32] },
  training: { rate: 5e-3, sampler: 'codeBox' },
  step: 2000,
} as const

/** One hidden layer a side: of more the plane of the data has tens of thousands of regions. */
const flat = { encoder: [32], decoder: [32] } as const

const rows: readonly (Omit<Preset, 'state'> & { readonly parts: Parts })[] = [
  {
    name: 'circle',
    title: 'A circle with a gap',
    sentence:
      'Each polygon is a region in which the network is one affine map. Its mean squared error is 0.00004 on the points and 0.2 in the gap, where it saw none.',
    parts: { step: 1000 },
  },
  {
    name: 'gap',
    title: 'A gap, left open',
    sentence:
      'One number in the middle: the decoder is a curve. Between the two arcs it takes a short cut, 0.27 from the circle on average.',
    parts: curve,
  },
  {
    name: 'closed',
    title: 'The gap, closed by a generator',
    sentence:
      'The same network with the first-order Lie-group term: it learns one skew-symmetric generator, a rotation, and the curve in the gap is 0.01 from the circle.',
    parts: {
      ...curve,
      training: {
        ...curve.training,
        objective: 'lieGroupFirstOrder',
        weight: 0.3,
        generators: 'skewSymmetric',
      },
    },
  },
  {
    name: 'fooled',
    title: 'R1, fooled by a straight line',
    sentence:
      'Any matrix may be the generator here, and one fits every straight line beside the origin: nearly nothing is left of the term, though 64 units decode two moons to a line that misses them.',
    parts: {
      data: { set: 'moons' },
      model: { encoder: [32, 32], bottleneck: 1, decoder: [32, 32] },
      training: {
        objective: 'lieGroupFirstOrder',
        weight: 10,
        generators: 'full',
        sampler: 'codeBox',
        rate: 1e-2,
      },
      seed: 1,
      step: 2000,
    },
  },
  {
    name: 'dead',
    title: 'A dead bottleneck',
    sentence:
      'With ReLU in the middle one of its two units has died: every code lies on one axis, and the error is a hundred times that of a linear bottleneck.',
    parts: { data: { gap: 0 }, model: { bottleneckActivation: 'relu' }, step: 800 },
  },
  {
    name: 'wedges',
    title: 'No biases: wedges',
    sentence:
      'Without biases every wall passes through the origin: all 120 regions are wedges that meet there.',
    parts: {
      data: { set: 'arcs' },
      model: { encoder: [16, 16], decoder: [16, 16], bias: false },
      step: 1000,
    },
  },
  {
    name: 'polygon',
    title: 'Half a circle of straight sides',
    sentence:
      "Eight units decode a line to a polygon. It stays within 0.05 of the circle; Theorem 2's bound, the sum of the regions' radii, is 1.5, and stays there however many sides there are.",
    parts: {
      data: { gap: 0.5 },
      model: { encoder: [32], bottleneck: 1, decoder: [8] },
      training: { objective: 'lieGroupSecondOrder', weight: 0.1, sampler: 'codeBox', rate: 5e-3 },
      seed: 1,
      step: 2000,
    },
  },
  {
    name: 'folds',
    title: 'Folds of a deep net',
    sentence:
      'Each |a| folds its plane along a line. Six layers of eight fold it again and again: a wall is straight in the first layer and bent at every earlier fold later on.',
    parts: {
      data: { set: 'spiral' },
      model: { encoder: [8, 8, 8, 8, 8, 8], decoder: [8, 8], activation: 'abs' },
      step: 1500,
      view: { part: 'encoder' },
    },
  },
  {
    name: 'roll',
    title: 'A sheet through the Swiss roll',
    sentence:
      'The decoder bends a plane into a rolled sheet of flat pieces. Its error on new points is less than a quarter of that of the best plane.',
    parts: {
      data: { set: 'swissRoll', points: 512 },
      training: { batch: 64 },
      seed: 1,
      step: 4000,
    },
  },
  {
    name: 'series',
    title: 'Series that may be warped in time',
    sentence:
      'Thirty series of three kinds. Reconstructed along their warps as well, the error on new series falls from 0.47 to 0.35; the best two linear components have 0.41.',
    parts: {
      data: { set: 'cbf', points: 30 },
      model: flat,
      training: { objective: 'lieGroupOrbit', weight: 3, scale: 1.5 },
      step: 800,
    },
  },
  {
    name: 'digits',
    title: 'Digits as points of a plane',
    sentence:
      'Pictures of 144 pixels as two numbers each. The error on new ones is a fifth less than that of the best two linear components.',
    parts: { data: { set: 'digits', points: 500 }, model: flat, step: 1500 },
  },
]

/** The presets in the order of the page; the first is what the page opens with. */
export const presets: readonly Preset[] = rows.map(({ parts, ...row }) => ({ ...row, state: stateOf(parts) }))

/** The preset that a recipe and a step are of; `null` for any other. */
export const presetOf = ({ recipe }: State): Preset | null =>
  presets.find(({ state }) => JSON.stringify(state.recipe) === JSON.stringify(recipe)) ?? null
