import { adam, fit, type Objective } from '@facet/models'
import { add, mul, type Tensor, zeros } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Json } from '../network-file/json.ts'
import { compare, unknownQuantity, worst } from './compare.ts'
import { type Comparison, newComparison } from './compare-tree.ts'
import type { GoldenTrajectory, TrajectorySpec } from './golden.ts'
import { penaltyNamed } from './penalties.ts'
import { type Rebuilt, rebuild } from './rebuild.ts'
import { reconstructionLoss } from './reconstruction-loss.ts'
import { type FloatType, tolerances } from './tolerance.ts'

/** What each kind of file adds to the reconstruction loss: a sum of penalties by their golden names. */
const regularizerTerms: Readonly<Record<string, readonly string[]>> = {
  ae: [],
  lie1: ['R1_mean_sq_detached_eps'],
  lie2: ['R2_mean_sq_detached_eps'],
  hoc: ['HOC_first_sq', 'HOC_second_sq'],
}

/** `mse + lam · reg` on the file's fixed batch and pairs. */
function objective(net: Rebuilt, kind: string, spec: TrajectorySpec): Objective {
  const names = Object.hasOwn(regularizerTerms, kind) ? regularizerTerms[kind] : undefined
  if (names === undefined)
    throw new Error(
      `kind: expected one of ${Object.keys(regularizerTerms).join(', ')}, got ${describe(kind)}`,
    )
  const terms = names.map((name) => penaltyNamed(name, spec)!)
  return {
    name: kind,
    start: () => ({
      parameters: [net.generators],
      loss() {
        const mse = reconstructionLoss(net)
        const reg = terms.map((term) => term(net)).reduce(add2, zeros([], mse.dtype))
        return { loss: add(mse, mul(reg, spec.lam)), values: { mse, reg } }
      },
      diagnostics: () => ({}),
    }),
  }
}

const add2 = (a: Tensor, b: Tensor): Tensor => add(a, b)

const weights: Readonly<Record<string, (net: Rebuilt) => Tensor>> = {
  W_enc0: ({ model }) => model.encoder.layers[0].values.weight.value,
  W_dec_last: ({ model }) => model.decoder.layers[model.decoder.layers.length - 1].values.weight.value,
  G: ({ generators }) => generators.value,
}

const snapshot = (net: Rebuilt): Record<string, Json> =>
  Object.fromEntries(Object.entries(weights).map(([name, read]) => [name, read(net).toArray()]))

/** Losses before, and weights after, each number of updates: the same layout as the file's `trace`. */
async function retrace(file: GoldenTrajectory, net: Rebuilt): Promise<Record<string, Json>[]> {
  const { spec, trace, kind } = file
  const steps: Record<string, Json>[] = trace.map((_, step) => ({ step }))
  Object.assign(steps[0], snapshot(net))
  await fit(net.model, net.x, {
    epochs: trace.length,
    batchSize: net.x.shape[0],
    optimizer: adam({ learningRate: spec.lr, beta1: spec.beta1, beta2: spec.beta2, epsilon: spec.adam_eps }),
    objective: objective(net, kind, spec),
    onStep({ step, values }) {
      Object.assign(steps[step], values)
      if (step + 1 < steps.length) Object.assign(steps[step + 1], snapshot(net))
    },
  })
  return steps
}

/** Repeats a golden training run and compares every loss and every weight that its trace holds. */
export async function verifyTrajectory(file: GoldenTrajectory, dtype: FloatType): Promise<Comparison> {
  const net = rebuild(file, dtype)
  const found = await retrace(file, net)
  const { quantities, skipped } = newComparison()
  file.trace.forEach((expected, step) => {
    for (const [name, want] of Object.entries(expected)) {
      const got = Object.hasOwn(found[step], name) ? found[step][name] : undefined
      const tolerance = tolerances[dtype][name === 'step' ? 'exact' : 'trajectory']
      const deviation = got === undefined ? unknownQuantity() : compare(want, got, tolerance, 0)
      quantities[name] = name in quantities ? worst(quantities[name], deviation) : deviation
    }
  })
  return { quantities, skipped }
}
