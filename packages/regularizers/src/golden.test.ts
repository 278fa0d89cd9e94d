import { grad } from '@facet/autograd'
import { type Autoencoder, type Parameter, withValues } from '@facet/models'
import { add, expandDims, init, reshape, square, sum, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { contractivePenalty, higherOrderPenalty } from './contractive-penalty.ts'
import { liePenalty } from './lie-penalty.ts'
import { firstOrderRelation } from './lie-relations.ts'
import { type SolveEpsilonOptions, solveEpsilon } from './solve-epsilon.ts'
import {
  float64,
  type Golden,
  goldenGenerators,
  goldenGradients,
  goldenModel,
  goldenNames,
  largest,
  readGolden,
  relativeError,
} from './testing/golden.ts'
import { transposed } from './testing/transposed.ts'

beforeAll(() => init())

interface Case {
  readonly golden: Golden
  readonly model: Autoencoder
  readonly generators: Parameter
}

/** Base and target of one order, [N, d, c]. */
function pairs({ golden, model }: Case, order: string): [Tensor, Tensor] {
  const [theta, thetaPrime] = [float64(golden.theta), float64(golden.theta_p)]
  if (order === 'R2') return [model.decoder.jacobian(thetaPrime), model.decoder.jacobian(theta)]
  const { base, target } = firstOrderRelation(model, { theta, thetaPrime })
  return [transposed(base), transposed(target)]
}

function solve(setting: Case, order: string, options: SolveEpsilonOptions) {
  return solveEpsilon(...pairs(setting, order), setting.generators.value, options)
}

type Scalar = (setting: Case, order: string, plain: SolveEpsilonOptions) => Tensor

const meanSquared = (residual: Tensor) => liePenalty(residual, residual, 'squared')
const meanNorm = (residual: Tensor) => liePenalty(residual, residual, 'plain')
const total = (residual: Tensor) => sum(square(residual))

/** A penalty with the file's own way to solve for ε, or a given one. */
function lie(reduce: (residual: Tensor) => Tensor, given: SolveEpsilonOptions = {}): Scalar {
  return (setting, order, plain) => reduce(solve(setting, order, { ...plain, ...given }).residual)
}

const through = { differentiateEpsilon: true }
const smooth = { method: 'ridge', ridge: { absolute: 1e-3 } } as const

/** Every penalty of the golden files by its name there, `R` standing for R1 and R2. */
const scalars: Readonly<Record<string, Scalar>> = {
  R_mean_sq: lie(meanSquared, through),
  R_mean_norm: lie(meanNorm, through),
  R_sum_sq: lie(total, through),
  R_mean_sq_detached_eps: lie(meanSquared),
  R_mean_sq_pinv_detached_eps: lie(meanSquared),
  'R_mean_sq_ridge_1e-3_through': lie(meanSquared, { ...smooth, ...through }),
  'R_mean_sq_ridge_1e-3_detached': lie(meanSquared, smooth),
  HOC_first_sq: (setting) => contractivePenalty(jacobianOf(setting)),
  HOC_first_norm: (setting) => contractivePenalty(jacobianOf(setting), 'plain'),
  HOC_second_sq: (setting) => higherOrderPenalty(jacobianOf(setting), corruptedOf(setting)),
  HOC_second_norm: (setting) => higherOrderPenalty(jacobianOf(setting), corruptedOf(setting), 'plain'),
}

function jacobianOf({ golden, model }: Case): Tensor {
  return model.encoder.jacobian(float64(golden.x))
}

function corruptedOf({ golden, model }: Case): Tensor {
  const { d, h, N } = golden.spec
  const corrupted = reshape(add(expandDims(float64(golden.x), 1), float64(golden.noise)), [-1, d])
  return reshape(model.encoder.jacobian(corrupted), [N, -1, h, d])
}

describe.each(goldenNames)('golden file %s', (name) => {
  const golden = readGolden(name)
  const plain: SolveEpsilonOptions = golden.spec.singular
    ? { method: 'minimumNorm' }
    : { ridge: { absolute: golden.spec.ridge } }
  const setting = (): Case => ({ golden, model: goldenModel(golden), generators: goldenGenerators(golden) })

  it.each(['R1', 'R2'])('gives the systems of %s and their solutions', (order) => {
    const expected = golden.expect[order]
    const { gram, rhs, epsilon, residual } = solve(setting(), order, plain)
    expect(relativeError(gram.toArray(), expected.gram)).toBeLessThan(1e-10)
    expect(relativeError(rhs.toArray(), expected.rhs)).toBeLessThan(1e-10)
    expect(relativeError(epsilon.toArray(), expected.eps)).toBeLessThan(1e-10)
    const squared = sum(square(residual), [1, 2])
    expect(relativeError(squared.toArray(), expected.residual_sq_per_pair)).toBeLessThan(1e-10)
  })

  it.each(['R1', 'R2'])('gives ε of %s with the roles of Prop. 3', (order) => {
    const own = setting()
    const [base, target] = pairs(own, order)
    const { epsilon } = solveEpsilon(target, base, own.generators.value, plain)
    expect(relativeError(epsilon.toArray(), golden.expect[order].eps_swapped_roles)).toBeLessThan(1e-10)
  })

  const named = Object.keys(golden.expect).filter((key) => scalars[key.replace(/^R[12]/, 'R')] !== undefined)

  it('has penalties to compare', () => {
    expect(named.length).toBeGreaterThanOrEqual(9)
  })

  it.each(named)('gives the value and the gradient of %s', (key) => {
    const own = setting()
    const parameters = [...own.model.parameters, own.generators]
    const scalar = scalars[key.replace(/^R[12]/, 'R')]
    const f = (values: readonly Tensor[]) =>
      withValues(parameters, values, () => scalar(own, key.slice(0, 2), plain))
    const values = parameters.map((parameter) => parameter.value)
    expect(relativeError(f(values).toArray(), golden.expect[key].value)).toBeLessThan(1e-10)
    const expected = goldenGradients(golden.expect[key])
    grad(f)(values).forEach((gradient: Tensor, i: number) => {
      const scale = largest(expected[i]) || largest(expected) || 1
      expect(relativeError(gradient.toArray(), expected[i], scale), parameters[i].name).toBeLessThan(1e-8)
    })
  })
})
