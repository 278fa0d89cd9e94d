import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { startEngine } from '../../engine.ts'
import { verify } from '../../verify/verify.ts'
import { runModel } from './run.ts'
import { reproduceSettings } from './testing/fixtures.ts'

const calls = vi.hoisted(() => [] as number[])

vi.mock(import('@facet/models'), async (original) => {
  const whole = await original()
  const fit = (...args: Parameters<typeof whole.fit>) => {
    calls.push(args[2].epochs)
    return whole.fit(...args)
  }
  return { ...whole, fit: fit as typeof whole.fit }
})

const golden = fileURLToPath(new URL('../../../fixtures/golden/', import.meta.url))

it('trains the table’s models and golden trajectories by the same function, which the latter hold to every digit', async () => {
  const { pass } = await verify('train_lie1.json', readFileSync(`${golden}train_lie1.json`, 'utf8'))
  expect(pass).toBe(true)
  expect(calls).toHaveLength(1)
  await startEngine()
  const settings = reproduceSettings({ sets: ['CBF'], epochs: 2, hidden: 4, bottleneck: 2 })
  const task = { set: 'CBF', model: 'lieGroupFirstOrder', value: 0.01, run: 1 } as const
  const { epochs } = await runModel(settings, task, () => {})
  expect(epochs).toHaveLength(2)
  expect(calls.slice(1)).toEqual([2])
})
