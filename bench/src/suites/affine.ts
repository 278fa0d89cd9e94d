import type { Suite } from './suite.ts'

const shapes: readonly (readonly [number, number, number])[] = [
  [16, 64, 64],
  [16, 784, 512],
  [256, 512, 512],
]

export const affineSuite: Suite = {
  name: 'affine',
  description: 'a ReLU layer batch × inputs → outputs, with and without the states of its units',
  cases: (quick) =>
    (quick ? shapes.slice(0, 1) : shapes).map(([batch, inputs, outputs]) => ({
      name: `${batch}×${inputs} → ${outputs}`,
      work: { kind: 'affine', batch, inputs, outputs },
    })),
}
