import type { Case } from '../../src/suites/suite.ts'
import type { Layout, ObjectiveName } from '../../src/work/work.ts'

const product = (size: number, layout: Layout = 'nn'): Case => ({
  name: `matmul ${size}³ ${layout}`,
  work: { kind: 'matmul', m: size, k: size, n: size, layout },
})

const step = (objective: ObjectiveName, batch: number, sizes: readonly number[], title: string): Case => ({
  name: `step ${title} ${sizes.join('-')}, batch ${batch}`,
  work: {
    kind: 'step',
    objective,
    input: sizes[0],
    encoderHidden: sizes.slice(1, -1),
    bottleneck: sizes[sizes.length - 1],
    decoderHidden: sizes.slice(1, -1).toReversed(),
    batch,
  },
})

const million = 2 ** 20

/** What the page times. `quick`: small cases that take seconds on a software rasteriser. */
export const casesOf = (quick: boolean): readonly Case[] =>
  quick
    ? [
        product(64),
        { name: 'affine 16 × 32 → 40', work: { kind: 'affine', batch: 16, inputs: 32, outputs: 40 } },
        { name: 'exp of 4096', work: { kind: 'elementwise', f: 'exp', size: 4096 } },
        { name: 'sum of 64 × 64', work: { kind: 'reduction', rows: 64, columns: 64 } },
        step('ae', 16, [32, 16, 4], 'autoencoder'),
        step('lieGroupFirstOrder', 16, [24, 16, 4], 'Lie first order'),
      ]
    : [
        product(256),
        product(512),
        product(1024),
        product(512, 'tn'),
        product(512, 'nt'),
        { name: 'affine 16 × 784 → 512', work: { kind: 'affine', batch: 16, inputs: 784, outputs: 512 } },
        { name: 'affine 256 × 784 → 512', work: { kind: 'affine', batch: 256, inputs: 784, outputs: 512 } },
        { name: 'exp of 1M', work: { kind: 'elementwise', f: 'exp', size: million } },
        { name: 'a + b of 1M', work: { kind: 'elementwise', f: 'add', size: million } },
        { name: 'sum of 1M', work: { kind: 'reduction', rows: 1024, columns: 1024 } },
        { name: 'sum of rows of 1M', work: { kind: 'reduction', rows: 1024, columns: 1024, axis: 1 } },
        { name: 'sum of columns of 1M', work: { kind: 'reduction', rows: 1024, columns: 1024, axis: 0 } },
        step('ae', 16, [784, 512, 256, 10], 'autoencoder'),
        step('ae', 256, [784, 512, 256, 10], 'autoencoder'),
        step('lieGroupFirstOrder', 16, [128, 64, 64, 10], 'Lie first order'),
      ]
