import type { Suite } from './suite.ts'

export const localAffineSuite: Suite = {
  name: 'localAffine',
  description: 'Jacobians and offsets of the decoder 10-64-64-64-d at 16 latent points, from the points',
  cases: (quick) =>
    (quick ? [128] : [128, 784]).map((d) => ({
      name: `d = ${d}`,
      work: { kind: 'localAffine', batch: 16, sizes: [10, 64, 64, 64, d] },
    })),
}
