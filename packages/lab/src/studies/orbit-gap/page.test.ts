import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { renderPage } from '../../report/page.ts'
import { downloadsOf } from '../../report/testing/page-parts.ts'
import { twoDigits } from '../../text/number.ts'
import { orbitGapDefaults } from './experiment.ts'
import { orbitGapPage } from './page.ts'
import { gapOf } from './pictures/gap.ts'
import { pictureFiles } from './pictures/pictures.ts'
import { type OrbitGapReport, orbitGapReport } from './report.ts'
import { fixtureReport } from './testing/fixture-runs.ts'

const settings = { ...orbitGapDefaults, seeds: 6 }
const report = fixtureReport(settings)
const { runs } = report

const htmlOf = (shown: OrbitGapReport): string => renderPage(orbitGapPage(shown, 'experiment: orbitGap'))

describe('the page of facet orbit', () => {
  const html = htmlOf(report)

  it('is the same bytes for the same runs, also the second time in a process', () => {
    expect(htmlOf(report)).toBe(html)
  })

  it('tells what came out in its first paragraphs, with the numbers of the rows', () => {
    const [lead] = /<div class="lead">[\s\S]*?<\/div>/.exec(html)!
    expect(lead).toContain('medians over 6 seeds')
    expect(lead).toMatch(/In 6 of 10 rows/)
    const rotation = report.rows.filter((row) => row.case.orbit === 'rotation')
    const told = rotation.map(({ medianRatio }) => `<strong>${twoDigits(medianRatio)}</strong>`)
    expect(lead).toContain(
      `<strong>Rotation.</strong> ${twoDigits(rotation[0].plain)} without the regularizer. ` +
        `With it that is multiplied by ${told[0]} (true generators), ${told[1]} (learned skew-symmetric generators), ` +
        `${told[2]} (learned free generators), ${told[3]} (wrong generators).`,
    )
  })

  it('has a panel for every model of seed 0, and a dot for every seed', () => {
    const panels = html.split('class="panel"').length - 1
    // Rotation 5, shift and torus two rows of 4; charts: two for each curve, one for the torus.
    expect(panels).toBe(5 + 8 + 8 + 2 + 2 + 1)
    const dots = html.match(/<circle [^>]*r="3"/g)!.length
    expect(dots).toBe(10 * settings.seeds)
  })

  it('carries its numbers: the table, a run a line, and all of it as JSON without the pictures', () => {
    const files = downloadsOf(parseHTML(html).document)
    expect(files['orbit-table.csv'].trimEnd().split('\r\n')).toHaveLength(1 + 10)
    const lines = files['orbit-runs.csv'].trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + runs.length)
    expect(lines[0]).toBe('case,generators,lambda,seed,steps,gapDistance,ratio,alignment,unexplained')
    expect(lines[1]).toBe(`rotation,none,0,0,2500,${runs[0].outcome?.gapDistance},1,,`)
    const json = JSON.parse(files['orbit.json'])
    expect(json.runs).toHaveLength(runs.length)
    expect(json.runs[0]).not.toHaveProperty('picture')
    expect(json.protocols.torus).toMatchObject({ bottleneck: 2, margin: 0.05, noise: 0.15, steps: 2000 })
  })

  it('tells the command that was given', () => {
    const short = htmlOf(fixtureReport({ cases: ['torus'], seeds: 2, steps: 300 }))
    expect(short).toContain(
      '<code>npx pnpm facet orbit \\\n  --cases torus \\\n  --seeds 2 \\\n  --steps 300</code>',
    )
    expect(short).toContain('h = 2, 300 steps')
    expect(short).not.toContain('16 training points')
  })

  it('tells what computed the runs, whatever makes the page', () => {
    const { versions } = runs[0]
    const resumed = runs.map((run, i) =>
      i < 9 ? run : { ...run, versions: { ...versions, node: 'v99.1.0', engine: 'reference' } },
    )
    expect(htmlOf({ ...report, runs: resumed })).toContain(
      'Facet 0.1.0, Node v20.20.2, linux x64; Facet 0.1.0, Node v99.1.0, linux x64, reference; one thread a run</td>',
    )
  })

  it('shows what a run says as text', () => {
    const page = htmlOf(orbitGapReport(settings, runs, ['<img src=x onerror=alert(1)>']))
    expect(page).not.toContain('<img')
    expect(page).toContain('<li>&lt;img src=x onerror=alert(1)&gt;</li>')
  })

  it('is whole where runs failed: no pictures without seed 0, and what failed is listed', () => {
    const failed = runs.map((run) => (run.task.seed === 0 ? { ...run, outcome: undefined } : run))
    const page = htmlOf(orbitGapReport(settings, failed, ['torus · AE · seed 0: a < b']))
    expect(page).toContain('torus · AE · seed 0: a &lt; b')
    expect(page).not.toContain('Learned curve against true orbit')
    expect(page).toContain('All seeds')
  })
})

describe('the pictures as files', () => {
  const files = pictureFiles(report)

  it('are four, each by itself: no page, no style of another file, no request', () => {
    expect(Object.keys(files)).toEqual(['rotation.svg', 'shift.svg', 'torus.svg', 'torus-hole.svg'])
    for (const svg of Object.values(files)) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d/)
      expect(svg).toContain('prefers-color-scheme:dark')
      expect(svg).not.toMatch(/href=|url\((?!#clip-)|class="chart"[^>]*NaN/)
      expect(svg).not.toContain('NaN')
    }
  })

  it('name every clip once, whatever was drawn before', () => {
    expect(pictureFiles(report)).toEqual(files)
    const ids = [...files['torus.svg'].matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(ids.length).toBe(4)
    expect(new Set(ids).size).toBe(4)
  })

  it('leave out cases without a picture', () => {
    const rest = runs.filter(({ task }) => task.orbit !== 'torus')
    expect(Object.keys(pictureFiles({ ...report, runs: rest }))).toEqual(['rotation.svg', 'shift.svg'])
  })
})

it('finds the gap between the training points on either side of it', () => {
  expect(gapOf(runs[0].outcome!.picture!)).toEqual([0.35, 0.65])
})
