// Whether learned operators have to act as flows (docs/learned-symmetry.md, “What did not work”): orbit reconstruction along the same
// learned operators, by the flow of their moments and by the exponential of the operators themselves.
//   node --conditions=facet-source --import tsx scripts/flow-or-exponential.ts --data FOLDER_OF_UCR_FILES [--sets CBF,Trace] [--runs 4]
import { parseArgs } from 'node:util'
import { reconstruction, reconstructionError } from '@facet/models'
import { type GeneratorBank, learnedBank, lieGroupOrbit } from '@facet/regularizers'
import { add, div, expandDims, mean, mul, sqrt, square, sub, sum, type Tensor } from '@facet/tensor'
import { startEngine } from '../packages/lab/src/engine.ts'
import { loadParts } from '../packages/lab/src/studies/orbit-benefit/data.ts'
import { orbitBenefitDefaults } from '../packages/lab/src/studies/orbit-benefit/experiment.ts'
import { trainedNet } from '../packages/lab/src/studies/orbit-benefit/train.ts'
import { mean as meanOf, standardDeviation } from '../packages/lab/src/text/statistics.ts'

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string' },
    sets: { type: 'string', default: 'CBF,Trace' },
    runs: { type: 'string', default: '4' },
    steps: { type: 'string', default: '1500' },
  },
})
if (flags.data === undefined) throw new Error('expected --data with a folder of UCR files')
const settings = {
  ...orbitBenefitDefaults,
  net: 'skip' as const,
  steps: Number(flags.steps),
  data: flags.data,
} as never as Parameters<typeof loadParts>[1]

/** Sub-steps of the exponential, and terms of the Taylor series of each: with twice as many the samples differ by less than 1e-3. */
const [subSteps, terms] = [16, 5]

const zNormalised = (x: Tensor): Tensor => {
  const centred = sub(x, mean(x, 1, true))
  const [, d] = x.shape
  return div(centred, sqrt(div(sum(square(centred), 1, true), d - 1)))
}

/** `exp(Σ ε G)` of the operators, where the bank that was learned has a flow; the moments of each series are kept, as there. */
function exponentialOf(train: Tensor): GeneratorBank {
  const bank = learnedBank(train)
  const linear = learnedBank(train, { zNormalised: false })
  return {
    ...bank,
    name: 'exponential of learned',
    act(x, epsilon) {
      const amounts = expandDims(mul(epsilon, 1 / subSteps), 2)
      let y = x
      for (let step = 0; step < subSteps; step++) {
        let term = y
        for (let k = 1; k <= terms; k++) {
          term = mul(sum(mul(linear.tangents(term), amounts), 1), 1 / k)
          y = add(y, term)
        }
      }
      return zNormalised(y)
    },
  }
}

const banks = {
  'skip AE': null,
  flow: (train: Tensor) => learnedBank(train),
  exponential: exponentialOf,
} as const

await startEngine()
for (const set of flags.sets.split(',')) {
  for (const [name, bankOf] of Object.entries(banks)) {
    const candidates = []
    for (const scale of bankOf === null ? [0] : [0.75, 1.5]) {
      const errors = []
      for (let run = 0; run < Number(flags.runs); run++) {
        const parts = await loadParts(set, settings, run)
        const { train, test } = parts
        const orbit =
          bankOf === null ? [] : [lieGroupOrbit({ bank: bankOf(train), scale, weight: 3, neighbours: 3 })]
        const { net, history } = await trainedNet({ ...settings, net: 'skip' }, parts, `0/run ${run}`, {
          objective: [reconstruction(), ...orbit],
        })
        errors.push([history.epochs[history.bestEpoch!].validation!, reconstructionError(net, test)])
      }
      candidates.push({
        scale,
        validation: meanOf(errors.map(([v]) => v)),
        test: errors.map(([, t]) => 100 * t),
      })
    }
    const [best] = candidates.sort((a, b) => a.validation - b.validation)
    console.log(
      `${set} ${name}: ${meanOf(best.test).toFixed(2)} ± ${standardDeviation(best.test)?.toFixed(2)}, s ${best.scale}`,
    )
  }
}
