import { grad } from '@facet/autograd'
import { adam, fit, type Objective, reconstruction, withValues } from '@facet/models'
import { add, init, key, mul, sum, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  biorthogonality,
  contractive,
  denoising,
  higherOrderContractive,
  kSparse,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  mixup,
  neighbourDifference,
  sparseCode,
  weightDecay,
} from './index.ts'
import { flat } from './testing/golden.ts'
import { numbersOf, smallModel, startedOn, termOf, termOfRun } from './testing/small-model.ts'
import { turningBank } from './testing/turning-bank.ts'

beforeAll(() => init())

interface Way {
  /** With a weight of 1, and without what sets a held ε's gradient apart from that of the loss. */
  make(): Objective
  refuse(options: object): Objective
  readonly replacesReconstruction?: boolean
}

const weight = 1
const ridge = { absolute: 0 }
const bank = turningBank()
const ways: Readonly<Record<string, Way>> = {
  contractive: { make: () => contractive({ weight }), refuse: contractive },
  higherOrderContractive: { make: () => higherOrderContractive({ weight }), refuse: higherOrderContractive },
  denoising: { make: () => denoising(), refuse: denoising, replacesReconstruction: true },
  lieGroupFirstOrder: { make: () => lieGroupFirstOrder({ weight, ridge }), refuse: lieGroupFirstOrder },
  lieGroupSecondOrder: { make: () => lieGroupSecondOrder({ weight, ridge }), refuse: lieGroupSecondOrder },
  lieGroupOrbit: {
    make: () => lieGroupOrbit({ bank, weight }),
    refuse: (options) => lieGroupOrbit({ bank, ...options }),
  },
  lieGroupTangent: {
    make: () => lieGroupTangent({ bank, weight }),
    refuse: (options) => lieGroupTangent({ bank, ...options }),
  },
  neighbourDifference: { make: () => neighbourDifference({ weight }), refuse: neighbourDifference },
  mixup: { make: () => mixup({ weight }), refuse: mixup },
  weightDecay: { make: () => weightDecay({ weight }), refuse: weightDecay },
  sparseCode: { make: () => sparseCode({ weight }), refuse: sparseCode },
  kSparse: {
    make: () => kSparse({ k: 1 }),
    refuse: (options) => kSparse({ k: 1, ...options }),
    replacesReconstruction: true,
  },
  biorthogonality: { make: () => biorthogonality({ weight }), refuse: biorthogonality },
}

describe.each(Object.keys(ways))('%s', (name) => {
  const { make, refuse, replacesReconstruction } = ways[name]

  it('carries its name, and reports the same finite scalars for the same key', () => {
    expect(make().name).toBe(name)
    const term = () => termOf(make(), smallModel())
    const { loss, values } = term()
    expect(loss.shape).toEqual([])
    for (const value of [loss, ...Object.values(values)]) expect(Number.isFinite(value.item())).toBe(true)
    expect(numbersOf(term())).toEqual(numbersOf({ loss, values }))
  })

  it('has the gradient of its loss, as central differences see it', () => {
    const model = smallModel()
    const run = startedOn(make(), model)
    const parameters = [...model.parameters, ...run.parameters]
    const f = (values: readonly Tensor[]) => withValues(parameters, values, () => termOfRun(run).loss)
    const start = parameters.map(({ value }) => value)
    const along = start.map((value, i) => key(i).normal(value.shape, 'float64'))
    const slope = grad(f)(start).reduce((total, g, i) => total + sum(mul(g, along[i])).item(), 0)
    const at = (by: number) => f(start.map((value, i) => add(value, mul(along[i], by)))).item()
    const step = 1e-6
    expect(Math.abs(slope)).toBeGreaterThan(1e-3)
    expect(slope / ((at(step) - at(-step)) / (2 * step))).toBeCloseTo(1, 6)
  })

  it('trains in float32 through fit, and its diagnostics are finite', async () => {
    const history = await fit(smallModel({ dtype: 'float32' }), key('data').normal([8, 3]), {
      epochs: 3,
      batchSize: 4,
      optimizer: adam({ learningRate: 1e-2 }),
      objective: replacesReconstruction ? make() : [reconstruction(), make()],
    })
    expect(history.epochs).toHaveLength(3)
    expect(flat(Object.values(history.diagnostics[name] ?? {})).every(Number.isFinite)).toBe(true)
  })

  it('refuses an option that it does not know', () => {
    expect(() => refuse({ lamda: 1 })).toThrow(new RegExp(`^${name}: unknown option 'lamda'; .*Known: `))
  })
})
