import { expect, it } from 'vitest'
import { activeBackend } from './active-backend.ts'
import type { Backend } from './backend.ts'
import { referenceBackend } from './backends/reference/index.ts'
import { init, registerBackend } from './init.ts'

/** A backend that takes its time, or never comes. */
function slow(name: string): { come: () => void; fail: (error: Error) => void; rested: () => number } {
  let come = (): void => {}
  let fail = (_: Error): void => {}
  let rests = 0
  const backend = { ...referenceBackend, name, rest: () => void rests++ } as unknown as Backend
  registerBackend(
    name,
    () =>
      new Promise((resolve, reject) => {
        come = () => resolve(backend)
        fail = reject
      }),
  )
  return { come: () => come(), fail: (error) => fail(error), rested: () => rests }
}

it('of two calls of init under way the later one wins, however long either takes', async () => {
  const late = slow('late')
  const first = init({ backend: 'late' })
  const second = init({ backend: 'reference' })
  expect((await second).name).toBe('reference')
  late.come()
  expect((await first).name).toBe('late')
  expect(activeBackend('test').name).toBe('reference')
  expect(late.rested()).toBe(1)
})

it('of two calls of init the later one wins where it comes later, too', async () => {
  const late = slow('late')
  const first = init({ backend: 'reference' })
  const second = init({ backend: 'late' })
  await first
  late.come()
  await second
  expect(activeBackend('test').name).toBe('late')
})

it('an earlier call of init that fails disturbs no later one, and a later one that fails no earlier one', async () => {
  const late = slow('late')
  const failing = init({ backend: 'late' })
  await init({ backend: 'reference' })
  late.fail(new Error('no such device'))
  await expect(failing).rejects.toThrow('no such device')
  expect(activeBackend('test').name).toBe('reference')

  const good = slow('good')
  const bad = slow('bad')
  const [first, second] = [init({ backend: 'good' }), init({ backend: 'bad' })]
  bad.fail(new Error('no such device'))
  await expect(second).rejects.toThrow('no such device')
  good.come()
  await first
  expect(activeBackend('test').name).toBe('good')
})
