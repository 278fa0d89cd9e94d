import {
  angle,
  type Codec,
  checksum,
  exactNumber,
  letterPairs,
  listOf,
  mapped,
  oneOf,
  orNull,
  viewNumber,
  wholeNumber,
  yesOrNo,
} from './address-codecs.ts'
import { bounds, mostDrawn } from './bounds.ts'
import {
  activationNames,
  type DataRecipe,
  generatorNames,
  type ModelRecipe,
  objectiveNames,
  type Recipe,
  samplerNames,
  setNames,
  type TrainingRecipe,
} from './recipe.ts'
import {
  type Frame,
  hideable,
  type PlacedPoint,
  parts,
  type State,
  shadings,
  themes,
  type ViewState,
} from './state.ts'

/** One key of an address: what of the state it says. */
export interface AddressField {
  readonly key: string
  readonly expected: string
  /** What stands in the address; a field that is as in the default state is left out. */
  print(state: State): string
  /** The state with what the text says; `undefined` for a text that says nothing. */
  read(state: State, text: string): State | undefined
  /** Whether what it says matters for this state. */
  isOf(state: State): boolean
}

/** A part of the state that fields are of. */
interface Room<R> {
  of(state: State): R
  with(state: State, some: Partial<R>): State
}

const whole: Room<State> = { of: (state) => state, with: (state, some) => ({ ...state, ...some }) }

const inRecipe = <K extends 'data' | 'model' | 'training'>(name: K): Room<Recipe[K]> => ({
  of: ({ recipe }) => recipe[name],
  with: (state, some) => ({
    ...state,
    recipe: { ...state.recipe, [name]: { ...state.recipe[name], ...some } },
  }),
})

const recipe: Room<Recipe> = {
  of: (state) => state.recipe,
  with: (state, some) => ({ ...state, recipe: { ...state.recipe, ...some } }),
}
const data: Room<DataRecipe> = inRecipe('data')
const model: Room<ModelRecipe> = inRecipe('model')
const training: Room<TrainingRecipe> = inRecipe('training')
const view: Room<ViewState> = {
  of: (state) => state.view,
  with: (state, some) => ({ ...state, view: { ...state.view, ...some } }),
}

/** A field of several properties at once. */
const fieldOf = <R, T>(
  key: string,
  room: Room<R>,
  codec: Codec<T>,
  get: (room: R) => T,
  set: (value: T) => Partial<R>,
  isOf: AddressField['isOf'] = () => true,
): AddressField => ({
  key,
  expected: codec.expected,
  print: (state) => codec.print(get(room.of(state))),
  read: (state, text) => {
    const value = codec.parse(text)
    return value === undefined ? undefined : room.with(state, set(value))
  },
  isOf,
})

const field = <R, K extends keyof R>(
  key: string,
  room: Room<R>,
  name: K,
  codec: Codec<R[K]>,
  isOf?: AddressField['isOf'],
): AddressField =>
  fieldOf(
    key,
    room,
    codec,
    (values) => values[name],
    (value) => ({ [name]: value }) as unknown as Partial<R>,
    isOf,
  )

const widths = listOf(wholeNumber(bounds.units), '-', bounds.layers)

type Layers = Pick<ModelRecipe, 'encoder' | 'bottleneck' | 'decoder'>
const bottleneck = wholeNumber(bounds.bottleneck)

/** `32-32.2.64-64`: widths of the encoder's hidden layers, the bottleneck, those of the decoder. */
const layers: Codec<Layers> = {
  expected: `widths as in 32-32.2.64-64: at most ${bounds.layers.most} layers of ${bounds.units.least} to ${bounds.units.most} units before and after a bottleneck of ${bounds.bottleneck.least} to ${bounds.bottleneck.most}`,
  print: (of) =>
    [widths.print(of.encoder), bottleneck.print(of.bottleneck), widths.print(of.decoder)].join('.'),
  parse: (text) => {
    const texts = text.split('.', 4)
    if (texts.length !== 3) return undefined
    const [encoder, middle, decoder] = [
      widths.parse(texts[0]),
      bottleneck.parse(texts[1]),
      widths.parse(texts[2]),
    ]
    if (encoder === undefined || middle === undefined || decoder === undefined) return undefined
    return { encoder, bottleneck: middle, decoder }
  },
}

/** Letters of a file's name that are kept. */
const LONGEST_NAME = 100

/** `moons.csv*1a2b3c4d`: a file's name and the checksum of its rows. A half of a letter cannot stand in an address and becomes U+FFFD. */
const file: Codec<{ readonly name: string; readonly checksum: string }> = {
  expected: "a file's name of at most 100 letters, * and 8 hexadecimal digits",
  print: ({ name, checksum }) => {
    const kept = [...name]
      .slice(0, LONGEST_NAME)
      .join('')
      .replace(/\p{Surrogate}/gu, '\uFFFD')
    return `${kept}*${checksum}`
  },
  parse: (text) => {
    const at = text.lastIndexOf('*')
    const name = text.slice(0, Math.max(at, 0))
    const sum = checksum.parse(text.slice(at + 1))
    return sum === undefined || name === '' || [...name].length > LONGEST_NAME
      ? undefined
      : { name, checksum: sum }
  },
}

const coordinates = (count: number) =>
  listOf(viewNumber(bounds.coordinate), '_', { least: count, most: count })

const frame: Codec<Frame> = mapped(
  coordinates(4),
  'a rectangle as in -1_1_-1_1: least and most of s, then of t',
  ({ s, t }) => [...s, ...t],
  ([s0, s1, t0, t1]) => (s0 < s1 && t0 < t1 ? { s: [s0, s1], t: [t0, t1] } : undefined),
)

const planes = oneOf<PlacedPoint['plane']>(['input', 'latent'])
const place: Codec<PlacedPoint> = {
  expected: 'a place as in input_0.5_-0.5',
  print: ({ plane, s, t }) => `${plane}_${coordinates(2).print([s, t])}`,
  parse: (text) => {
    const at = text.indexOf('_')
    const plane = planes.parse(text.slice(0, Math.max(at, 0)))
    const point = coordinates(2).parse(text.slice(at + 1))
    return plane && point && { plane, s: point[0], t: point[1] }
  },
}

const plane: Codec<ViewState['plane']> = {
  expected: 'pca, or three rows as in 0_10_20, none of them twice',
  print: (value) => (value === 'pca' ? value : value.join('_')),
  parse: (text) => {
    if (text === 'pca') return text
    const rows = listOf(wholeNumber(bounds.row), '_', { least: 3, most: 3 }).parse(text)
    return rows && new Set(rows).size === 3 ? [rows[0], rows[1], rows[2]] : undefined
  },
}

const axis = wholeNumber({ least: 0, most: bounds.bottleneck.most - 1 })
const axes: Codec<ViewState['latentAxes']> = mapped(
  listOf(axis, '_', { least: 2, most: 2 }),
  'two axes as in 0_2, not one of them twice',
  (both) => both,
  ([a, b]) => (a === b ? undefined : [a, b]),
)

const hidden: Codec<ViewState['hidden']> = mapped(
  listOf(oneOf(hideable), ',', { least: 0, most: hideable.length }),
  `some of ${hideable.join(', ')}, with commas between them`,
  (names) => names,
  (names) => hideable.filter((name) => names.includes(name)),
)

/** Every key of an address, in the order in which they are written. */
export const addressFields: readonly AddressField[] = [
  field('set', data, 'set', oneOf(setNames)),
  field('points', data, 'points', wholeNumber(bounds.points)),
  field('noise', data, 'noise', exactNumber(bounds.noise)),
  field('gap', data, 'gap', exactNumber(bounds.gap)),
  field(
    'drawn',
    data,
    'drawn',
    letterPairs(bounds.drawn, 2 * mostDrawn),
    (state) => state.recipe.data.set === 'drawn',
  ),
  field('file', data, 'file', orNull(file), (state) => state.recipe.data.set === 'file'),
  fieldOf(
    'layers',
    model,
    layers,
    (all): Layers => all,
    (some) => some,
  ),
  field('activation', model, 'activation', oneOf(activationNames)),
  field('code', model, 'bottleneckActivation', oneOf(activationNames)),
  field('skip', model, 'skip', yesOrNo),
  field('bias', model, 'bias', yesOrNo),
  field('objective', training, 'objective', oneOf(objectiveNames)),
  field('weight', training, 'weight', exactNumber(bounds.weight)),
  field('sigma', training, 'sigma', exactNumber(bounds.sigma)),
  field('generators', training, 'generators', oneOf(generatorNames)),
  field('sampler', training, 'sampler', oneOf(samplerNames)),
  field('scale', training, 'scale', exactNumber(bounds.scale)),
  field('rate', training, 'rate', exactNumber(bounds.rate)),
  field('batch', training, 'batch', wholeNumber(bounds.batch)),
  field('seed', recipe, 'seed', wholeNumber(bounds.seed)),
  field('step', whole, 'step', wholeNumber(bounds.step)),
  field('weights', whole, 'promised', orNull(checksum)),
  field('part', view, 'part', oneOf(parts)),
  field('shading', view, 'shading', oneOf(shadings)),
  field('plane', view, 'plane', plane),
  field('input', view, 'inputFrame', orNull(frame)),
  field('latent', view, 'latentFrame', orNull(frame)),
  field('axes', view, 'latentAxes', axes),
  field('at', view, 'selected', orNull(place)),
  field('azimuth', view, 'azimuth', angle),
  field('elevation', view, 'elevation', angle),
  field('sample', view, 'sample', wholeNumber(bounds.row)),
  field('generator', view, 'generator', wholeNumber(bounds.generator)),
  field('theta', view, 'theta', viewNumber(bounds.theta)),
  field('shown', view, 'shown', orNull(wholeNumber(bounds.step))),
  field('pace', view, 'pace', wholeNumber(bounds.pace)),
  field('theme', view, 'theme', oneOf(themes)),
  field('hide', view, 'hidden', hidden),
]
