import { objectiveNames, type StepWork } from '../work/work.ts'
import type { Case, Suite } from './suite.ts'

const dimensions = [60, 128, 512, 784, 1092]

/** d-64-64-10 and 10-64-64-64-d (docs/mathematics.md 7.1). */
const protocol = {
  kind: 'step',
  encoderHidden: [64, 64],
  bottleneck: 10,
  decoderHidden: [64, 64, 64],
  batch: 16,
} as const

const wide: Case = {
  name: 'ae 784-512-256-10',
  work: {
    kind: 'step',
    objective: 'ae',
    input: 784,
    encoderHidden: [512, 256],
    bottleneck: 10,
    decoderHidden: [256, 512],
    batch: 16,
  },
}

export const stepSuite: Suite = {
  name: 'step',
  description:
    'one Adam training step, batch 16, of the six objectives on d-64-64-10-64-64-64-d, and of a wide autoencoder',
  cases: (quick) => [
    ...(quick ? [] : [wide]),
    ...(quick ? dimensions.slice(0, 1) : dimensions).flatMap((input) =>
      objectiveNames.map((objective): Case => {
        const work: StepWork = { ...protocol, objective, input }
        return { name: `${objective}, d = ${input}`, work }
      }),
    ),
  ],
}

export const overheadSuite: Suite = {
  name: 'overhead',
  description:
    'one Adam training step of a 4-8-2-8-4 autoencoder, batch 16, and a few tiny ops: what they cost beyond arithmetic',
  cases: () => [
    {
      name: 'ae 4-8-2-8-4',
      work: {
        kind: 'step',
        objective: 'ae',
        input: 4,
        encoderHidden: [8],
        bottleneck: 2,
        decoderHidden: [8],
        batch: 16,
        eager: true,
      },
    },
    { name: '16 additions of 8 numbers', work: { kind: 'chain', size: 8, length: 16, scoped: false } },
    { name: '16 of them, each in a scope', work: { kind: 'chain', size: 8, length: 16, scoped: true } },
    { name: 'matmul 4×4×4', work: { kind: 'matmul', m: 4, k: 4, n: 4, layout: 'nn' } },
  ],
}
