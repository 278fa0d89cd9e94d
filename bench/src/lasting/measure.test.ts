import type { Trainer } from '@facet/models'
import { init } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { lastingCases } from './cases.ts'
import { measureOne } from './measure.ts'

beforeAll(async () => void (await init({ backend: 'wasm' })))

const settings = { agedSteps: 40, beginners: 2, firstSteps: 40, blockSteps: 10 }

/** Steps that take as long as `costOf` says, in ms. */
const stepping = (costOf: (step: number) => number) => {
  let step = 0
  const trainer = {
    epochDone: false,
    step() {
      const end = performance.now() + costOf(step++)
      while (performance.now() < end);
    },
  }
  return { trainer: trainer as unknown as Trainer, release: () => {} }
}

it('finds a trainer that has slowed down', async () => {
  const slowing = { name: 'slowing', input: 2, start: () => stepping((step) => (step < 50 ? 0.1 : 0.4)) }
  const { ratio } = await measureOne(slowing, { ...settings, agedSteps: 60 })
  expect(ratio.value).toBeLessThan(0.6)
})

it('starts every beginner anew and gives all back', async () => {
  const steps: number[] = []
  let released = 0
  const start = () => {
    const own = steps.push(0) - 1
    const running = stepping(() => {
      steps[own]++
      return 0.01
    })
    return { ...running, release: () => void released++ }
  }
  await measureOne({ name: 'steady', input: 2, start }, settings)
  expect(steps).toEqual([40 + 80, 10 + 40, 10 + 40])
  expect(released).toBe(3)
})

it('runs a real training', async () => {
  const { name, firstSeconds, agedSeconds } = await measureOne(lastingCases(true)[0], {
    ...settings,
    beginners: 1,
  })
  expect(name).toBe('ae, d = 60')
  expect(Math.min(firstSeconds, agedSeconds)).toBeGreaterThan(0)
})

it('has nets in which units die, at both sizes, and a skip with an orbit', () => {
  const names = lastingCases(false).map(({ name }) => name)
  for (const d of [60, 128]) {
    for (const kind of [
      'ae',
      'ae, rate 0.03',
      'denoising',
      'contractive',
      'lieGroupFirstOrder',
      'skip, orbit',
    ]) {
      expect(names).toContain(`${kind}, d = ${d}`)
    }
  }
})
