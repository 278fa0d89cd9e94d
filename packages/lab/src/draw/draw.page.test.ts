import { lifeOf, planePartition } from '@facet/geometry'
import { key } from '@facet/tensor'
import { expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { openNetwork } from '../network-file/open-network.ts'
import { randomAutoencoder } from '../network-file/random-network.ts'
import { ballCounts } from '../regions/ball-counts.ts'
import { pairEpsilons } from '../regions/pair-epsilons.ts'
import { describePages } from '../report/testing/chromium.ts'
import { withPage } from '../report/testing/opened-page.ts'
import { expectFigures } from '../report/testing/screenshots.ts'
import { drawCounts } from './counts-chart.ts'
import { drawPartitions, drawSurfaces } from './draw-partitions.ts'
import { drawEpsilons } from './epsilon-maps.ts'
import { drawLife } from './life-chart.ts'

await startEngine()
const provenance = { command: 'facet draw', seed: 0, build: 'a test' }
const window = [-1.5, 1.5] as const

async function partitions(sources: readonly string[], output?: number) {
  const made = []
  for (const name of sources) {
    const [network] = (await openNetwork(name)).networks
    const level = output === undefined ? undefined : { output }
    made.push({ name, partition: planePartition(network, { window, level }) })
  }
  return made
}

async function counts() {
  const samples = key(0).normal([200, 4], 'float64')
  const made = []
  for (const name of ['random:4-8-1', 'random:4-32-32-1']) {
    const [network] = (await openNetwork(name)).networks
    made.push(
      ballCounts(name, network, samples, {
        seed: 0,
        centres: 4,
        draws: 200,
        radii: [0.1, 0.2, 0.5, 1, 2, 4],
      }),
    )
  }
  return made
}

/** Three networks that have nothing in common, one of them twice. */
async function life() {
  const names = [0, 1, 1, 2].map((seed) => `random:2-12-12-1,seed=${seed}`)
  const made = (await partitions(names)).map(({ partition }, i) => [10 * i, partition] as const)
  return lifeOf(made, { samples: key(1).normal([50, 2], 'float64'), radius: 0.1 })
}

/** Every kind of picture, and every colouring. */
const pictures = async (): Promise<string[]> => [
  drawPartitions({
    partitions: await partitions(['random:2-12-12-1', 'random:2-12-12-1,no-bias'], 0),
    window,
    provenance,
  }),
  drawPartitions({
    partitions: await partitions(['random:2-12-12-1']),
    window,
    colour: 'slope',
    provenance,
  }),
  drawPartitions({
    partitions: await partitions(['random:2-12-12-1']),
    window,
    colour: 'codes',
    at: [1, 1],
    provenance,
  }),
  drawPartitions({
    partitions: await partitions(['random:2-12-12-2']),
    window,
    colour: 'error',
    provenance,
  }),
  drawSurfaces({
    partitions: await partitions(['random:2-12-12-3', 'random:2-12-12-1']),
    window,
    provenance,
  }),
  drawCounts({ counts: await counts(), caption: 'Counts.', provenance }),
  drawLife({ life: await life(), counts: 'epochs', caption: 'Life.', provenance }),
  drawEpsilons({
    epsilons: [
      pairEpsilons('lieGroupFirstOrder', randomAutoencoder('random:6-8-3'), null, { seed: 0, pairs: 12 }),
    ],
    caption: 'Coordinates.',
    provenance,
  }),
]

describePages('pictures of facet draw', (browser) => {
  it('look as they were looked at', async () => {
    const figures = (await pictures()).map((svg) => `<div>${svg}</div>`).join('')
    const html = `<!doctype html><meta charset="utf-8"><body style="margin:0"><figure style="margin:0;display:flex;flex-wrap:wrap">${figures}</figure>`
    await withPage(browser(), html, { width: 1280 }, async ({ page, requests, complaints }) => {
      expect([requests, complaints]).toEqual([[], []])
      await expectFigures(page, import.meta.url, 'draw')
    })
  })
})
