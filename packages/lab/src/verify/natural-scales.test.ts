import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { JsonObject } from './testing/golden-files.ts'
import { verify } from './verify.ts'

/** Parts of files that PyTorch made in the golden files' schema, where rounding is as large as the numbers or nearly. */
const folder = fileURLToPath(new URL('../../fixtures/pytorch/', import.meta.url))
const read = (name: string): JsonObject => JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))

it.each(readdirSync(folder))('agrees with %s in float64', async (name) => {
  const { failed, error } = await verify(name, readFileSync(folder + name, 'utf8'))
  expect({ failed, error }).toEqual({ failed: [], error: undefined })
})

/** Places inside `expect` where an entry is much smaller than others of its quantity, or than what it remains of. */
const small: readonly (readonly [file: string, quantity: string, path: readonly (string | number)[]])[] = [
  ['small_ridge_gradients', 'R1_mean_sq_ridge_1e-3_through.value', []],
  ['small_ridge_gradients', 'R1_mean_sq_ridge_1e-3_through.grad.dec.0.W', [0, 0]],
  ['ridge_on_singular', 'R1_mean_sq_ridge_1e-3_through.grad.G', [0, 3, 1]],
  ['small_entries_of_eps', 'R1.eps_ridge_1e-3', [1, 1]],
  ['wall_at_zero', 'dichotomic.steps_40.neighbour', [1, 0]],
]

it.each(small)('notices a change of 1e-3 in a small number: %s, %s %j', async (name, quantity, place) => {
  const file = read(name)
  const path = [...quantity.split('.'), ...place]
  const last = path.pop()!
  const parent = path.reduce((at, key) => at[key] as JsonObject, file.expect as JsonObject)
  expect(parent[last]).not.toBe(0)
  parent[last] = (parent[last] as number) * 1.001
  expect((await verify(name, JSON.stringify(file))).failed).toEqual([quantity])
})
