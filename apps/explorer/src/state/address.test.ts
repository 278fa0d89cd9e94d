import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, saysState, stateOf } from './address.ts'
import { addressFields } from './address-fields.ts'
import { bounds } from './bounds.ts'
import { presetOf, presets } from './presets.ts'
import { defaultState, type State } from './state.ts'
import { arbitraryState } from './testing/arbitrary-state.ts'

const withView = (some: Partial<State['view']>): State => ({
  ...defaultState,
  view: { ...defaultState.view, ...some },
})

describe('addressOf', () => {
  it('says the set and what differs from the default state, and nothing else', () => {
    const { recipe } = defaultState
    const state: State = {
      ...defaultState,
      recipe: {
        data: { ...recipe.data, set: 'moons', points: 200 },
        model: { ...recipe.model, decoder: [32, 32] },
        training: { ...recipe.training, objective: 'lieGroupFirstOrder', weight: 0.1 },
        seed: 3,
      },
      step: 1500,
    }
    expect(addressOf(state, '1a2b3c4d')).toBe(
      '#set=moons&points=200&layers=16-16.2.32-32&objective=lieGroupFirstOrder&weight=0.1&seed=3&step=1500&weights=1a2b3c4d',
    )
  })

  it('says the set of the default state, so that it is told from an empty address', () => {
    expect(addressOf(defaultState, null)).toBe('#set=circle')
    expect([saysState('#set=circle'), saysState('#'), saysState(''), saysState('#results')]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })

  it('says a checksum that it is given before one that was promised', () => {
    const promised = { ...defaultState, promised: '00000001' }
    expect(addressOf(promised, null)).toContain('weights=00000001')
    expect(addressOf(promised, '00000002')).toContain('weights=00000002')
  })

  it('says drawn points in two letters a number', () => {
    const data = { ...defaultState.recipe.data, set: 'drawn' as const, drawn: [-1000, 1000, 0, 64] }
    const address = addressOf({ ...defaultState, recipe: { ...defaultState.recipe, data } }, null)
    expect(address).toBe('#set=drawn&drawn=00VGFeGe')
    expect(stateOf(address).state.recipe.data.drawn).toEqual([-1000, 1000, 0, 64])
  })

  it('has no sign that ends a link in a text', () => {
    const data = {
      ...defaultState.recipe.data,
      set: 'file' as const,
      file: { name: `a (1) 'b' "c" <d> &=#%.csv`, checksum: '1a2b3c4d' },
    }
    const address = addressOf({ ...defaultState, recipe: { ...defaultState.recipe, data } }, null)
    expect(address).toMatch(/^#[-\w.~*%&=]+$/)
    expect(stateOf(address).state.recipe.data.file).toEqual(data.file)
  })

  it('keeps a name with half a letter, which no address can say', () => {
    const data = {
      ...defaultState.recipe.data,
      set: 'file' as const,
      file: { name: 'a\ud800.csv', checksum: '1a2b3c4d' },
    }
    const address = addressOf({ ...defaultState, recipe: { ...defaultState.recipe, data } }, null)
    expect(stateOf(address).state.recipe.data.file?.name).toBe('a\ufffd.csv')
  })
})

describe('stateOf', () => {
  it('gives back any state that an address says', () => {
    fc.assert(
      fc.property(arbitraryState, (state) => {
        expect(stateOf(addressOf(state, null))).toEqual({ state, problem: null })
      }),
    )
  })

  it.each(presets.map(({ name, state }) => [name, state] as const))(
    'gives back the preset %s',
    (_, state) => {
      const address = addressOf(state, null)
      expect(stateOf(address)).toEqual({ state, problem: null })
      // Its recipe is found again by its text.
      expect(presetOf(stateOf(address).state)?.state).toBe(state)
      expect(address.length).toBeLessThan(300)
    },
  )

  it('gives the default state of an empty address, without a problem', () => {
    expect(stateOf('')).toEqual({ state: defaultState, problem: null })
    expect(stateOf('#')).toEqual({ state: defaultState, problem: null })
  })

  it('gives a state that an address can say for any text', () => {
    const known = fc
      .tuple(fc.constantFrom(...addressFields.map(({ key }) => key)), fc.string({ unit: 'binary' }))
      .map(([key, text]) => `${key}=${text}`)
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(known, fc.string()), { maxLength: 8 }).map((pairs) => `#${pairs.join('&')}`),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const { state } = stateOf(text)
        expect(stateOf(addressOf(state, null))).toEqual({ state, problem: null })
      }),
      { numRuns: 2000 },
    )
  })

  it('gives a state that an address can say for an address with damaged letters', () => {
    fc.assert(
      fc.property(
        arbitraryState,
        fc.nat(),
        fc.string({ unit: 'binary', maxLength: 3 }),
        (state, place, other) => {
          const address = addressOf(state, null)
          const at = place % address.length
          const damaged = stateOf(address.slice(0, at) + other + address.slice(at + 1)).state
          expect(stateOf(addressOf(damaged, null)).state).toEqual(damaged)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('ignores keys that it does not know, and takes the first of two', () => {
    expect(stateOf('#set=moons&__proto__=1&constructor=2&utm_source=x&set=arcs')).toEqual(
      stateOf('#set=moons'),
    )
  })

  it.each([
    ['points=1e9', 'points: expected a whole number from 8 to 4096, got "1e9"; 128 is used instead.'],
    ['points=1000000', 'got "1000000"'],
    ['points=-5', 'got "-5"'],
    ['points=', 'got ""'],
    ['points=0x10', 'got "0x10"'],
    ['points=12.5', 'got "12.5"'],
    ['weight=NaN', 'got "NaN"'],
    ['weight=Infinity', 'got "Infinity"'],
    ['rate=1e-999', 'got "1e-999"'],
    ['set=__proto__', 'set: expected one of circle, arcs'],
    ['skip=constructor', 'skip: expected yes or no'],
    ['layers=999999.2.3', 'layers: expected widths as in 32-32.2.64-64'],
    ['layers=3.2', 'got "3.2"'],
    ['layers=3.9.3', 'got "3.9.3"'],
    [`layers=${'9-'.repeat(6)}9.2.`, 'at most 6 layers'],
    ['input=1_0_0_1', 'input: expected a rectangle'],
    ['plane=1_1_2', 'plane: expected pca, or three rows'],
    ['axes=0_2', 'axes: expected axes of a bottleneck of 2, got 0 and 2; the first two are shown.'],
    ['weights=xyz', 'weights: expected 8 hexadecimal digits, got "xyz"; nothing is used instead.'],
    ['set=%E0%A4%A', 'got "%E0%A4%A"'],
    ['v=2', 'The address is of version "2", this page knows version 1'],
  ])('shows the default state for %s, and says why', (text, sentence) => {
    const { state, problem } = stateOf(`#${text}`)
    expect(state).toEqual(defaultState)
    expect(problem).toContain(sentence)
  })

  it.each(['0', 'zz00', '00 0', '0'.repeat(4004)])('has no points where those drawn are %j', (text) => {
    const { state, problem } = stateOf(`#drawn=${text}&set=drawn`)
    expect(state.recipe.data).toEqual({ ...defaultState.recipe.data, set: 'drawn' })
    expect(problem).toContain('drawn: expected at most 1000 numbers')
  })

  it('leaves out what only another set has', () => {
    expect(stateOf('#set=moons&drawn=0&file=a')).toEqual(stateOf('#set=moons'))
  })

  it('keeps what is right beside what is wrong', () => {
    const { state, problem } = stateOf('#set=spiral&points=bad&seed=7')
    expect([state.recipe.data.set, state.recipe.data.points, state.recipe.seed]).toEqual(['spiral', 128, 7])
    expect(problem).toMatch(/^points: /)
  })

  it('says three problems and counts the others', () => {
    const { problem } = stateOf('#points=a&noise=b&gap=c&seed=d&step=e')
    expect(problem).toMatch(/gap: .*So it is with 2 more\.$/)
  })

  it('shows little of a long value', () => {
    const { problem } = stateOf(`#points=${'😀'.repeat(5000)}`)
    expect(problem!.length).toBeLessThan(250)
  })

  it('does not read an address of a million letters', () => {
    const { state, problem } = stateOf(`#${'set=moons&'.repeat(100_000)}`)
    expect(state).toEqual(defaultState)
    expect(problem).toContain('has 1000001 letters')
  })

  it('shows the newest weights where an address shows a step that comes later', () => {
    expect(stateOf('#step=10&shown=11').state.view.shown).toBeNull()
    expect(stateOf('#step=10&shown=10').state.view.shown).toBe(10)
  })

  it('hides what its switches name, in the order of the page', () => {
    const { state } = stateOf('#set=moons&hide=latent,data,data')
    expect(state.view.hidden).toEqual(['data', 'latent'])
    expect(addressOf(state, null)).toBe('#set=moons&hide=data,latent')
  })

  it('means by what it leaves out these defaults: with others it would be of another version', () => {
    const defaults = addressFields.map((field) => `${field.key}=${field.print(defaultState)}`).join(' ')
    expect(defaults).toBe(
      'set=circle points=128 noise=0 gap=0.25 drawn= file= layers=16-16.2.16-16-16 activation=relu code=identity skip=no bias=yes objective=reconstruction weight=0.01 sigma=0.1 generators=skewSymmetric sampler=normal scale=1.5 rate=0.003 batch=32 seed=0 step=0 weights= part=whole shading=region plane=pca input= latent= axes=0_1 at= azimuth=35 elevation=30 sample=0 generator=0 theta=0 shown= pace=0 theme=auto hide=',
    )
  })

  it('has keys that docs/explorer.md names', () => {
    const docs = readFileSync(new URL('../../../../docs/explorer.md', import.meta.url), 'utf8')
    const [section] = /## A link is a run.*?(?=\n## )/s.exec(docs)!
    expect(addressFields.map(({ key }) => key).filter((key) => !section.includes(`\`${key}\``))).toEqual([])
  })

  it('reads nothing of other objects: a key is of the table', () => {
    expect(new Set(addressFields.map(({ key }) => key)).size).toBe(addressFields.length)
  })

  it('writes places to seven digits and angles to a tenth, and the same from then on', () => {
    const state = withView({
      azimuth: 1234.56,
      elevation: -180,
      theta: 1 / 3,
      selected: { plane: 'latent', s: Math.PI, t: -1e-9 },
    })
    const address = addressOf(state, null)
    expect(address).toBe('#set=circle&at=latent_3.141593_-1e-9&azimuth=154.6&elevation=180&theta=0.3333333')
    expect(addressOf(stateOf(address).state, null)).toBe(address)
  })

  it('keeps every bit of what is computed with', () => {
    const training = { ...defaultState.recipe.training, rate: 0.1 + 0.2, weight: Number.MIN_VALUE }
    const address = addressOf({ ...defaultState, recipe: { ...defaultState.recipe, training } }, null)
    expect(stateOf(address).state.recipe.training).toEqual(training)
    expect(bounds.rate.most).toBeGreaterThan(training.rate)
  })
})
