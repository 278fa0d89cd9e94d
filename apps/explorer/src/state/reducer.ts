import type { DataRecipe, ModelRecipe, Recipe, TrainingRecipe } from './recipe.ts'
import type { State, ViewState } from './state.ts'

/** Everything that can happen to the state. */
export interface Actions {
  /** Another page: a preset, or an address. */
  readonly open: State
  readonly data: Partial<DataRecipe>
  readonly model: Partial<ModelRecipe>
  readonly training: Partial<TrainingRecipe>
  readonly seed: number
  /** Back to step 0 of the same recipe. */
  readonly reset: null
  readonly play: boolean
  /** What the run has reached; said by the worker. */
  readonly reached: number
  readonly view: Partial<ViewState>
}

export type Action = { [K in keyof Actions]: readonly [kind: K, value: Actions[K]] }[keyof Actions]

/** Another recipe begins at its first step, and what was promised of the old one holds no more. */
const withRecipe = (state: State, recipe: Recipe): State => ({
  ...state,
  recipe,
  step: 0,
  promised: null,
  view: { ...state.view, shown: null },
})

/** Other data are on another plane. */
const onOtherData = (state: State): State => ({
  ...state,
  view: {
    ...state.view,
    plane: 'pca',
    inputFrame: null,
    latentFrame: null,
    selected: null,
    sample: 0,
    generator: 0,
    theta: 0,
  },
})

const reducers: { readonly [K in keyof Actions]: (state: State, value: Actions[K]) => State } = {
  open: (_, state) => state,
  data: (state, data) =>
    onOtherData(withRecipe(state, { ...state.recipe, data: { ...state.recipe.data, ...data } })),
  model: (state, model) => {
    const next = withRecipe(state, { ...state.recipe, model: { ...state.recipe.model, ...model } })
    return { ...next, view: { ...next.view, latentFrame: null, latentAxes: [0, 1] } }
  },
  training: (state, training) =>
    withRecipe(state, { ...state.recipe, training: { ...state.recipe.training, ...training } }),
  seed: (state, seed) => withRecipe(state, { ...state.recipe, seed }),
  reset: (state) => ({ ...withRecipe(state, state.recipe), isPlaying: false }),
  play: (state, isPlaying) => ({
    ...state,
    isPlaying,
    ...(isPlaying && { view: { ...state.view, shown: null } }),
  }),
  reached: (state, step) => (step === state.step ? state : { ...state, step, promised: null }),
  view: (state, view) => ({ ...state, view: { ...state.view, ...view } }),
}

/** The state after something happened. Pure: the same state and action give the same state. */
export function reduce<K extends keyof Actions>(
  state: State,
  [kind, value]: readonly [K, Actions[K]],
): State {
  return reducers[kind](state, value)
}
