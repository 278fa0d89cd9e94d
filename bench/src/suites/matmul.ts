import type { Layout } from '../work/work.ts'
import type { Suite } from './suite.ts'

const shapes: readonly (readonly [number, number, number])[] = [
  [16, 784, 512],
  [16, 512, 784],
  [128, 128, 128],
  [256, 256, 256],
  [512, 512, 512],
  [1024, 1024, 1024],
]

const layouts: readonly Layout[] = ['nn', 'tn', 'nt']

export const matmulSuite: Suite = {
  name: 'matmul',
  description: 'products m×k·k×n in float32; tn and nt with the first or second operand stored transposed',
  cases: (quick) =>
    (quick ? shapes.slice(0, 1) : shapes).flatMap(([m, k, n]) =>
      layouts.map((layout) => ({
        name: `${m}×${k}×${n} ${layout}`,
        work: { kind: 'matmul', m, k, n, layout },
      })),
    ),
}
