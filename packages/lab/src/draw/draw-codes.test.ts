import { describe, expect, it } from 'vitest'
import { type CodesChart, mostClasses } from './codes-chart.ts'
import { codesPage, drawCodes } from './draw-codes.ts'

const provenance = { command: 'facet draw codes', seed: 0, build: 'a test' }
const pictureOf = (chart: CodesChart) => ({
  ...chart,
  title: 'Codes of a.csv',
  caption: 'Codes.',
  provenance,
})

/** Points of so many classes, two each. */
function classesOf(count: number, more: Partial<CodesChart> = {}): CodesChart {
  const classes = Array.from({ length: count }, (_, i) => `class ${i}`)
  const points = classes.flatMap((_, group) => [
    { x: group % 7, y: group / 7, group, title: `row ${group}, <b>&` },
    { x: group % 7, y: group / 7 + 0.1, group, title: `row ${group} again` },
  ])
  return { points, classes, axes: ['z1', 'z2'], ...more }
}

/** The sign of each point: its path and colour, without its place. */
const signsIn = (svg: string): string[] =>
  [...svg.matchAll(/<path[^>]*>(?=<title>row)/g)].map(([path]) => path.replace(/ transform="[^"]*"/, ''))

describe('a picture of codes', () => {
  it('says the row of every point, whatever is in it', () => {
    const svg = drawCodes(pictureOf(classesOf(3)))
    expect(svg.match(/<title>row /g)).toHaveLength(6)
    expect(svg).toContain('<title>row 2, &lt;b&gt;&amp;</title>')
  })

  it('has a sign of its own for each of as many classes as it promises', () => {
    const signs = signsIn(drawCodes(pictureOf(classesOf(mostClasses))))
    expect(signs).toHaveLength(2 * mostClasses)
    expect(new Set(signs).size).toBe(mostClasses)
  })

  it('names every class in the legend and beside its points, where names do not cover each other', () => {
    const far = drawCodes(pictureOf(classesOf(3)))
    const near = drawCodes(
      pictureOf(classesOf(3, { points: classesOf(3).points.map((p) => ({ ...p, x: 0, y: 0 })) })),
    )
    expect([far.match(/>class 1</g)?.length, near.match(/>class 1</g)?.length]).toEqual([2, 1])
    expect(near.match(/>class 0</g)).toHaveLength(2)
  })

  it('has no legend without labels, and one for labels that are too many', () => {
    const { points } = classesOf(1)
    expect(drawCodes(pictureOf({ points, classes: [], axes: ['z1', 'z2'] }))).not.toContain(
      'aria-label="sign"',
    )
    const rest = [...points, { x: 3, y: 3, group: -1, title: 'row 9' }]
    expect(drawCodes(pictureOf(classesOf(1, { points: rest })))).toContain('>other labels<')
  })

  it('says whether both axes have one scale', () => {
    const points = [0, 1].map((i) => ({ x: i, y: i, group: 0, title: `row ${i}` }))
    const wide = points.map((point) => ({ ...point, x: 1000 * point.x }))
    const same = points.map((point) => ({ ...point, x: 2, y: 2 }))
    const axes = ['z1', 'z2'] as const
    expect(drawCodes(pictureOf({ points, classes: [], axes }))).toContain('Both axes have one scale.')
    expect(drawCodes(pictureOf({ points: wide, classes: [], axes }))).toContain(
      'Each axis has a scale of its own.',
    )
    expect(drawCodes(pictureOf({ points: same, classes: [], axes }))).not.toContain('NaN')
  })

  it('is on a page in the colours of its reader, with nothing to load or run', () => {
    const page = codesPage(pictureOf(classesOf(10)))
    expect(signsIn(page)).toHaveLength(20)
    for (const sign of signsIn(page)) expect(sign).toMatch(/fill="var\(--\w+\)"/)
    expect(page).not.toMatch(/<script|src=|href="(?!#|data:)/)
  })
})
