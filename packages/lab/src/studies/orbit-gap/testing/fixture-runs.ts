import { type GeneratorChoice, generatorKinds, type OrbitName } from '../cases.ts'
import { orbitGap } from '../orbit-gap.ts'
import type { OrbitPicture, Point } from '../picture.ts'
import { type OrbitGapReport, type OrbitGapRun, orbitGapReport } from '../report.ts'
import type { OrbitGapOutcome, OrbitGapTask } from '../run.ts'
import type { OrbitGapSettings } from '../settings.ts'

const evenly = (count: number): number[] => Array.from({ length: count }, (_, i) => i / (count - 1))

/** A half circle, and as what was learned the same with a bump of height `miss` in its gap. */
function circle(miss: number): OrbitPicture {
  const at = (share: number, radius = 1): Point => [
    -radius * Math.cos(Math.PI * share),
    radius * Math.sin(Math.PI * share) - 0.6,
    0.3 * Math.cos(2 * Math.PI * share),
  ]
  const bump = (share: number): number => miss * Math.max(0, 1 - Math.abs(share - 0.5) / 0.15)
  const arc = evenly(8)
  return {
    orbit: evenly(101).map((share) => at(share)),
    train: [...arc.map((i) => at(0.35 * i)), ...arc.map((i) => at(0.65 + 0.35 * i))],
    test: evenly(52)
      .slice(1, -1)
      .map((i) => at(0.35 + 0.3 * i)),
    surface: evenly(161).map((i) => at(1.2 * i - 0.1, 1 + bump(1.2 * i - 0.1))),
    fromOrbit: null,
    toSurface: evenly(101).map(bump),
  }
}

/** A dome over a square, and as what was learned the same with a dent of depth `miss` in its middle. */
function dome(miss: number): OrbitPicture {
  const at = (a: number, b: number, height = 1): Point => {
    const [u, v] = [0.75 * Math.PI * (a - 0.5), 0.75 * Math.PI * (b - 0.5)]
    return [
      Math.SQRT1_2 * Math.sin(u),
      Math.SQRT1_2 * Math.sin(v),
      (height * (Math.cos(u) + Math.cos(v))) / 2,
    ]
  }
  const grid = (values: readonly number[]) =>
    values.flatMap((a) => values.map((b): [number, number] => [a, b]))
  const dent = ([a, b]: readonly [number, number]): number =>
    miss * Math.max(0, 1 - Math.hypot(a - 0.5, b - 0.5) / 0.4)
  const isHole = ([a, b]: readonly [number, number]) => Math.max(Math.abs(a - 0.5), Math.abs(b - 0.5)) <= 0.22
  const wide = grid(evenly(15).map((i) => 1.1 * i - 0.05))
  return {
    orbit: grid(evenly(19)).map(([a, b]) => at(a, b)),
    train: grid(evenly(7))
      .filter((point) => !isHole(point))
      .map(([a, b]) => at(a, b)),
    test: grid(evenly(9).map((i) => 0.28 + 0.44 * i)).map(([a, b]) => at(a, b)),
    surface: wide.map(([a, b]) => at(a, b, 1 - dent([a, b]))),
    fromOrbit: wide.map(dent),
    toSurface: grid(evenly(19)).map(dent),
  }
}

const pictures: Readonly<Record<OrbitName, (miss: number) => OrbitPicture>> = {
  rotation: circle,
  shift: circle,
  torus: dome,
}

const misses: Readonly<Record<GeneratorChoice, number>> = {
  none: 0.1,
  true: 0.02,
  skew: 0.03,
  full: 0.09,
  wrong: 0.4,
}

/** A report without training: every number from a formula. */
export const fixtureReport = (settings: OrbitGapSettings): OrbitGapReport =>
  orbitGapReport(settings, fixtureRuns(settings), [])

/** What would have been trained. */
export const fixtureRuns = (settings: OrbitGapSettings): OrbitGapRun[] =>
  orbitGap.plan(settings, {}).map(({ kind, task: planned }): OrbitGapRun => {
    const task = planned as OrbitGapTask
    const { orbit, generators, seed } = task
    const gapDistance = misses[generators] * (1 + 0.3 * Math.sin(7 * seed + 40 * misses[generators]))
    const outcome: OrbitGapOutcome = {
      gapDistance,
      alignment: generatorKinds[generators].isLearned ? 0.9 + 0.009 * (seed % 12) : null,
      unexplained: generators === 'none' ? null : 0.01,
      picture: seed === 0 ? pictures[orbit](gapDistance) : null,
    }
    return { kind, task, outcome, versions: { facet: '0.1.0', node: 'v20.20.2', platform: 'linux x64' } }
  })
