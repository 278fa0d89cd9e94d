import { writeFileSync } from 'node:fs'
import { randomOf } from './random.ts'

const length = 140

/** A bump: `[centre, width, height]`, places as shares of the beat. */
type Bump = readonly [number, number, number]

/** Deflections of a beat: as it should be, and with a late, wide second one and no rise at the end. */
const beats: Readonly<Record<1 | 2, readonly Bump[]>> = {
  1: [
    [0.03, 0.03, -4],
    [0.18, 0.12, 1.6],
    [0.55, 0.2, 0.4],
    [0.93, 0.05, 1.8],
  ],
  2: [
    [0.03, 0.05, -3.4],
    [0.2, 0.1, 1.2],
    [0.68, 0.1, -2.2],
    [0.93, 0.05, 0.9],
  ],
}

/**
 * Writes beats in the format of the UCR archive: no header, the label first, tabs between. Every beat has its own height, width and place of each deflection.
 * @param counts beats of label 1, and of label 2
 */
export function writeHeartbeats(path: string, seed: number, counts: readonly [number, number]): void {
  const { uniform, normal } = randomOf(seed)
  const near = (value: number, spread: number): number => value * (1 + spread * normal())
  const beat = (label: 1 | 2): string => {
    const stretch = near(1, 0.03)
    const bumps = beats[label].map(([at, width, height]) => [
      at * stretch + 0.006 * normal(),
      near(width, 0.08),
      near(height, 0.12),
    ])
    const values = Array.from({ length }, (_, t) => {
      const sum = bumps.reduce(
        (total, [at, width, height]) => total + height * Math.exp(-(((t / length - at) / width) ** 2)),
        0,
      )
      return (sum + 0.08 * normal()).toFixed(6)
    })
    return [label, ...values].join('\t')
  }
  const labels = [...Array<1>(counts[0]).fill(1), ...Array<2>(counts[1]).fill(2)]
  // The order of the lines says nothing.
  const drawn = labels.map((label) => ({ label, place: uniform() })).sort((a, b) => a.place - b.place)
  writeFileSync(path, `${drawn.map(({ label }) => beat(label)).join('\n')}\n`)
}
