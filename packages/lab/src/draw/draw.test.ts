import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { colourScaleOf, regionColours, regionFills } from './colours.ts'
import { partitionChart } from './partition-chart.ts'
import { sheetOf, wrapped } from './sheet.ts'
import { dimmed, surfaceChart } from './surface-chart.ts'
import { svgToPng } from './to-png.ts'

const provenance = { command: 'facet draw <this>', seed: 3, build: 'a test' }

describe('fills of regions', () => {
  it('differ between neighbours, and all are used', () => {
    // A grid of 10 × 10 cells.
    const neighbours = (i: number) =>
      [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]
        .map(([dx, dy]) => [(i % 10) + dx, Math.floor(i / 10) + dy])
        .filter(([x, y]) => x >= 0 && x < 10 && y >= 0 && y < 10)
        .map(([x, y]) => 10 * y + x)
    const fills = regionColours(100, neighbours)
    for (const [i, fill] of fills.entries())
      for (const other of neighbours(i)) expect(fills[other]).not.toBe(fill)
    expect(new Set(fills).size).toBe(regionFills.length)
  })
})

describe('a scale of colours', () => {
  it('goes from the smallest to the largest', () => {
    const scale = colourScaleOf([3, -1, 7])
    expect([scale.low, scale.high, scale.step(-1), scale.step(7), scale.step(3)]).toEqual([-1, 7, 0, 63, 32])
    expect(scale.colour(0)).not.toBe(scale.colour(63))
  })

  it('has a width where all numbers are the same, and where there is none', () => {
    expect(colourScaleOf([2, 2]).step(2)).toBe(0)
    expect([colourScaleOf([]).low, colourScaleOf([]).high]).toEqual([0, 1])
  })
})

describe('a chart of a partition', () => {
  it('has one path for each fill, t upwards, and walls that are strong', () => {
    const { svg, width, height } = partitionChart({
      polygons: [
        {
          corners: [
            [0, 0],
            [2, 0],
            [0, 1],
          ],
          fill: 0,
        },
        {
          corners: [
            [2, 0],
            [2, 1],
            [0, 1],
          ],
          fill: 1,
        },
        {
          corners: [
            [0, 0],
            [1, 0],
            [0, 0.5],
          ],
          fill: 0,
        },
      ],
      fills: (fill) => ['#111111', '#222222'][fill],
      window: { s: [0, 2], t: [0, 1] },
      strong: [
        [
          [0, 1],
          [2, 0],
        ],
      ],
      side: 200,
      axes: false,
    })
    expect([width, height]).toEqual([200, 100])
    expect(svg).toContain('<path d="M0,100L200,100L0,0ZM0,100L100,100L0,50Z" fill="#111111"/>')
    expect(svg).toContain('<path d="M200,100L200,0L0,0Z" fill="#222222"/>')
    expect(svg).toContain('d="M0,0L200,100"')
  })
})

describe('a chart of a surface', () => {
  it('paints what is far first', () => {
    const square = (z: number, colour: string) => ({
      corners: [
        [0, 0, z],
        [1, 0, z],
        [1, 1, z],
        [0, 1, z],
      ] as const,
      colour,
    })
    const { svg } = surfaceChart({ facets: [square(1, '#ff0000'), square(0, '#0000ff')], elevation: 90 })
    expect(svg.indexOf('#0000ff')).toBeLessThan(svg.indexOf('#ff0000'))
    expect(svg.indexOf('#0000ff')).toBeGreaterThan(0)
  })

  it('dims a piece that is seen from its edge', () => {
    expect(dimmed('#80ff00', 0.5)).toBe('#408000')
    expect(dimmed('rgb(128, 255, 0)', 0.5)).toBe('#408000')
  })
})

describe('a sheet', () => {
  const chart = { svg: '<rect width="40" height="30" fill="#00ff00"/>', width: 300, height: 30 }
  const svg = sheetOf({ rows: [[{ ...chart, title: 'One & two' }]], caption: 'What it is.', provenance })

  it('says what made it, in words and in metadata', () => {
    expect(svg).toContain(
      '&quot;command&quot;:&quot;facet draw &lt;this&gt;&quot;,&quot;seed&quot;:3,&quot;build&quot;:&quot;a test&quot;',
    )
    expect(svg.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')).toContain(
      '$ facet draw &lt;this&gt; · seed 3 · a test',
    )
    expect(svg).toContain('One &amp; two')
  })

  it('becomes pixels', async () => {
    const png = PNG.sync.read(Buffer.from(await svgToPng(svg, 1)))
    expect(png.width).toBe(340)
    const at = (x: number, y: number) => [
      ...png.data.subarray(4 * (y * png.width + x), 4 * (y * png.width + x) + 3),
    ]
    expect(at(30, 60)).toEqual([0, 255, 0])
    expect(at(5, 5)).toEqual([255, 255, 255])
    await expect(svgToPng('nothing')).rejects.toThrow()
  })

  it('wraps what is longer than its charts', () => {
    expect(wrapped('one two three four', 9)).toEqual(['one two', 'three', 'four'])
    expect(wrapped('unbreakable word', 4)).toEqual(['unbreakable', 'word'])
  })
})
