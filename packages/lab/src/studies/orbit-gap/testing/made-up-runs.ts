import { type GeneratorChoice, type OrbitName, orbitCases } from '../cases.ts'
import type { OrbitRun } from '../page-downloads.ts'
import type { OrbitPicture, Point } from '../picture.ts'
import type { OrbitReport } from '../render.ts'
import { type OrbitGapSettings, protocolOf } from '../settings.ts'
import { summarise } from '../summarise.ts'

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

/** A report and its runs without training: every number from a formula. */
export function madeUpRuns(settings: OrbitGapSettings): { report: OrbitReport; runs: OrbitRun[] } {
  const plain = settings.cases.map((orbit) => ({ orbit, generators: 'none' as GeneratorChoice, weight: 0 }))
  const shown = orbitCases.filter(({ orbit }) => settings.cases.includes(orbit))
  const runs = [...plain, ...shown].flatMap(({ orbit, generators, weight }) =>
    Array.from({ length: settings.seeds }, (_, seed): OrbitRun => {
      const gapDistance = misses[generators] * (1 + 0.3 * Math.sin(7 * seed + 40 * misses[generators]))
      const isLearned = generators === 'skew' || generators === 'full'
      return {
        task: { orbit, generators, weight, seed, steps: settings.steps ?? protocolOf(orbit).steps },
        outcome: {
          gapDistance,
          alignment: isLearned ? 0.9 + 0.009 * (seed % 12) : null,
          unexplained: generators === 'none' ? null : 0.01,
          picture: seed === 0 ? pictures[orbit](gapDistance) : null,
        },
      }
    }),
  )
  const outcomesOf = (orbit: OrbitName, generators: GeneratorChoice) =>
    runs
      .filter(({ task }) => task.orbit === orbit && task.generators === generators)
      .map(({ outcome }) => outcome)
  const rows = shown.map((row) =>
    summarise(row, outcomesOf(row.orbit, row.generators), outcomesOf(row.orbit, 'none')),
  )
  return { report: { settings, rows, failures: [] }, runs }
}
