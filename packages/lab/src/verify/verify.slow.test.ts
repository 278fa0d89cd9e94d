import { expect, it } from 'vitest'
import { partOf } from '../../../../tests/trials.ts'
import {
  goldenFile,
  goldenFiles,
  type JsonObject,
  type Place,
  placesOf,
  rounds,
} from './testing/golden-files.ts'
import { verify } from './verify.ts'

const networks = goldenFiles.filter(({ name }) => !/^(train|regions|walk)/.test(name))
const trajectories = goldenFiles.filter(({ name }) => name.startsWith('train'))

const isCompared = ({ quantity, value }: Place): boolean =>
  !/fd_max|max_error|max_gap|zero_differences|dichotomic\.start/.test(quantity) &&
  typeof value === 'number' &&
  Math.abs(value) > 1e-12

it.each(networks)('any number of $name is noticed when it changes by 1e-3', async ({ name }) => {
  const file = goldenFile(name)
  const places = placesOf(file.expect, '').filter(isCompared)
  expect(places.length).toBeGreaterThan(300)
  for (const round of partOf([...rounds(places)], 0, 4)) {
    for (const { value, set } of round) set((value as number) * 1.001)
    const { failed } = await verify(name, JSON.stringify(file))
    expect(failed).toEqual(expect.arrayContaining(round.map(({ quantity }) => quantity)))
    for (const { value, set } of round) set(value)
  }
})

it.each(trajectories)('numbers all along $name are noticed when they change by 1e-3', async ({ name }) => {
  const file = goldenFile(name)
  const steps = file.trace as JsonObject[]
  const places = steps.flatMap((step) => placesOf(step, '')).filter(isCompared)
  const seventh = places.filter((_, i) => i % 7 === 0)
  for (const { quantity, value, set } of partOf(seventh, 0, 4)) {
    set((value as number) * 1.001)
    expect((await verify(name, JSON.stringify(file))).failed).toEqual([quantity])
    set(value)
  }
})
