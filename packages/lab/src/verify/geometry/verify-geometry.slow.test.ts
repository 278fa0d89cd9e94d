import { expect, it } from 'vitest'
import { partOf } from '../../../../../tests/trials.ts'
import { changed, placesIn } from '../testing/geometry-files.ts'
import { goldenFile, goldenFiles, type Place, placesOf, rounds } from '../testing/golden-files.ts'
import { verify } from '../verify.ts'

const files = goldenFiles.filter(({ name }) => /^(regions|walk)/.test(name))

/** Of walls that are off together it says which are, not how: they are compared as a set. Another centre may be one as well. */
const isApart = ({ quantity }: Place) => /\.(walls\.\d+\.|chebyshevCentre)/.test(quantity)

it.each(files)('any number that $name expects is noticed when it changes', async ({ name }) => {
  const file = goldenFile(name)
  const places = placesIn(file)
  expect(places.length).toBeGreaterThan(80)
  const alone = places.filter(({ quantity }) => /\.walls\./.test(quantity)).filter((_, i) => i % 7 === 0)
  const all = [...rounds(places.filter((place) => !isApart(place))), ...alone.map((place) => [place])]
  for (const round of partOf(all, 0, 4)) {
    for (const { value, set } of round) set(changed(value))
    const { failed } = await verify(name, JSON.stringify(file))
    expect(failed).toEqual(expect.arrayContaining(round.map(({ quantity }) => quantity)))
    for (const { value, set } of round) set(value)
  }
  expect((await verify(name, JSON.stringify(file))).pass).toBe(true)
})

/** How many weights change nothing that the file expects: of units that are off in all that it looks at, or behind such. */
it.each([
  ['regions2d_degenerate_vertex', 0],
  ['regions2d_scaled', 0],
  ['regionsnd_relu', 8],
  ['regionsnd_conv', 3],
  ['walk_residual', 38],
] as const)('a change of any number in the weights of %s is noticed, but for %i', async (start, silent) => {
  const file = goldenFile(start)
  const weights = placesOf(file.layers, 'layers').filter(({ quantity }) => /\.(W|b)$/.test(quantity))
  let unnoticed = 0
  for (const { value, set } of weights) {
    set(value === 0 ? 0.125 : Number(value) * 1.25)
    if ((await verify('file', JSON.stringify(file))).pass) unnoticed++
    set(value)
  }
  expect(unnoticed).toBe(silent)
})
