import { defaultRecipe, type Recipe } from './recipe.ts'

/** Whose regions are drawn on the plane of the data. */
export const parts = ['encoder', 'decoder', 'whole'] as const
export type Part = (typeof parts)[number]

/** What fills regions. */
export const shadings = ['region', 'error'] as const
export type Shading = (typeof shadings)[number]

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Groups of controls that an address can hide. */
export const hideable = [
  'data',
  'model',
  'training',
  'presets',
  'share',
  'curves',
  'surface',
  'symmetry',
  'card',
  'latent',
] as const
export type Hideable = (typeof hideable)[number]

/** A point of one of the two planes, in its (s, t). */
export interface PlacedPoint {
  readonly plane: 'input' | 'latent'
  readonly s: number
  readonly t: number
}

/** A rectangle of a plane; `null` shows all of the data. */
export interface Frame {
  readonly s: readonly [number, number]
  readonly t: readonly [number, number]
}

/** How it is looked at. Nothing here changes what is computed. */
export interface ViewState {
  readonly part: Part
  readonly shading: Shading
  /** `pca`, or three rows of the data that the plane goes through; data of two dimensions are their own plane. */
  readonly plane: 'pca' | readonly [number, number, number]
  readonly inputFrame: Frame | null
  readonly latentFrame: Frame | null
  /** The two axes of a bottleneck of three that are drawn. */
  readonly latentAxes: readonly [number, number]
  /** Region that the card shows: the one around this point, as the network changes. */
  readonly selected: PlacedPoint | null
  /** Degrees. */
  readonly azimuth: number
  readonly elevation: number
  /** The sample that is moved along a generator. */
  readonly sample: number
  /** `given`, `learned` or number of one of several. */
  readonly generator: number
  readonly theta: number
  readonly theme: Theme
  /** Step that all views show; `null` the newest. */
  readonly shown: number | null
  /** Milliseconds between steps where it is slowed down; 0 as fast as it goes. */
  readonly pace: number
  readonly hidden: readonly Hideable[]
}

/** All that there is to know of a page, serialisable: every view is a function of it and of what the workers computed of it. */
export interface State {
  readonly recipe: Recipe
  /** Steps that the run is at, or is on its way to: what a link replays. */
  readonly step: number
  /** Checksum of the weights after `step` steps as a link promises it; `null` without such a promise. */
  readonly promised: string | null
  readonly isPlaying: boolean
  readonly view: ViewState
}

export const defaultView: ViewState = {
  part: 'whole',
  shading: 'region',
  plane: 'pca',
  inputFrame: null,
  latentFrame: null,
  latentAxes: [0, 1],
  selected: null,
  azimuth: 35,
  elevation: 30,
  sample: 0,
  generator: 0,
  theta: 0,
  theme: 'auto',
  shown: null,
  pace: 0,
  hidden: [],
}

export const defaultState: State = {
  recipe: defaultRecipe,
  step: 0,
  promised: null,
  isPlaying: false,
  view: defaultView,
}
