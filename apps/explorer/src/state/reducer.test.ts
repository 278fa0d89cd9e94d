import { describe, expect, it } from 'vitest'
import { reduce } from './reducer.ts'
import { defaultState, type State } from './state.ts'

const trained: State = {
  ...defaultState,
  step: 700,
  promised: '1a2b3c4d',
  isPlaying: true,
  view: {
    ...defaultState.view,
    inputFrame: { s: [0, 1], t: [0, 1] },
    latentFrame: { s: [2, 3], t: [2, 3] },
    selected: { plane: 'input', s: 0, t: 0 },
    shown: 100,
    part: 'encoder',
  },
}

describe('reduce', () => {
  it.each([
    ['data', { points: 7 }],
    ['model', { bottleneck: 1 }],
    ['training', { weight: 3 }],
    ['seed', 9],
  ] as const)('begins anew with another recipe: %s', (kind, value) => {
    const next = reduce(trained, [kind, value] as never)
    expect(next).toMatchObject({
      step: 0,
      promised: null,
      isPlaying: true,
      view: { shown: null, part: 'encoder' },
    })
    expect(next.recipe).not.toEqual(trained.recipe)
  })

  it('forgets windows and selection with other data, and the latent window with another model', () => {
    expect(reduce(trained, ['data', { set: 'moons' }]).view).toMatchObject({
      inputFrame: null,
      latentFrame: null,
      selected: null,
    })
    expect(reduce(trained, ['model', { encoder: [8] }]).view).toMatchObject({
      inputFrame: trained.view.inputFrame,
      latentFrame: null,
    })
  })

  it('stops at a reset, and shows the newest weights when it plays', () => {
    expect(reduce(trained, ['reset', null])).toMatchObject({
      step: 0,
      isPlaying: false,
      recipe: trained.recipe,
    })
    expect(reduce({ ...trained, isPlaying: false }, ['play', true]).view.shown).toBeNull()
    expect(reduce(trained, ['play', false]).view.shown).toBe(100)
  })

  it('changes nothing, nor the state itself, where a run is where it was', () => {
    expect(reduce(trained, ['reached', 700])).toBe(trained)
    expect(reduce(trained, ['reached', 701])).toMatchObject({ step: 701, promised: null })
  })

  it('leaves what it is given as it was', () => {
    const before = structuredClone(trained)
    reduce(trained, ['view', { part: 'decoder' }])
    reduce(trained, ['data', { gap: 0.5 }])
    expect(trained).toEqual(before)
  })
})
