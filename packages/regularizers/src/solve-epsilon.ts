import { reshape, sub, type Tensor, transpose } from '@facet/tensor'
import {
  aBoolean,
  expectNumber,
  type OptionKind,
  type OptionsOf,
  oneOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '@facet/tensor/checks'
import { explainedBy, solveSystem } from './epsilon-system.ts'
import { denseGenerators, type GeneratorModel } from './generators/generator-model.ts'

/** What is added to the diagonal of every pair's Gram matrix: r times its mean eigenvalue, or r itself. */
export type Ridge = { readonly relative: number } | { readonly absolute: number }

const epsilonMethods = ['ridge', 'minimumNorm'] as const

/** How the `h × h` systems are solved; see {@link solveEpsilon}. */
export type EpsilonMethod = (typeof epsilonMethods)[number]

/** Relative to the mean eigenvalue of each pair's Gram matrix (docs/mathematics.md 5.2). */
const defaultRidge: Ridge = { relative: 1e-5 }

/** Ridges as options. */
export const aRidge: OptionKind<Ridge> = {
  check(operation, option, value) {
    const [[kind, number] = [], second] = Object.entries(Object(value))
    if (second !== undefined || (kind !== 'relative' && kind !== 'absolute')) {
      throw new TypeError(
        `${operation}: ${option}: expected { relative: r } or { absolute: r }, got ${JSON.stringify(value)}`,
      )
    }
    expectNumber(operation, `${option}.${kind}`, number)
  },
}

/** Options of everything that solves for ε. */
export const solveEpsilonRows = {
  /** Default `{ relative: 1e-5 }`; `minimumNorm` takes none. */
  ridge: optional(aRidge),
  /** Default `ridge`; `minimumNorm` is for analysis: it is not smooth where the rank changes. */
  method: withDefault(oneOf(epsilonMethods), 'ridge'),
  /** Whether the gradient also goes through ε; default false: ε is held. */
  differentiateEpsilon: withDefault(aBoolean, false),
}

const solveEpsilonOptions = optionTable('solveEpsilon', solveEpsilonRows)

/** The settings of {@link solveEpsilon}. */
export type SolveEpsilonOptions = OptionsOf<typeof solveEpsilonOptions>

/** What the solver works with. */
export type EpsilonSettings = Required<ResolvedOptionsOf<typeof solveEpsilonOptions>> & {
  readonly ridge: Ridge
}

/**
 * The systems of P pairs and their solutions. All but `residual` and `difference` are constants unless ε is
 * differentiated.
 */
export interface EpsilonSolution {
  /** `Tᵀ T` [P, h, h], without the ridge. */
  readonly gram: Tensor
  /** `Tᵀ (t − b)` [P, h] */
  readonly rhs: Tensor
  /** ε [P, h] */
  readonly epsilon: Tensor
  /** `t − b − Σ_k ε_k G_k b`, of the shape of the base. */
  readonly residual: Tensor
  /** `t − b`, of the shape of the base. */
  readonly difference: Tensor
}

/**
 * The group coordinates ε that carry each base closest to its target (Props. 2 and 3): with `T_k = G_k b`, the
 * solution of `(Tᵀ T + ridge) ε = Tᵀ (t − b)`, an `h × h` system a pair, summed over columns.
 *
 * The paper calls the system always invertible; it is singular for duplicate or zero generators, for `b = 0`, and for
 * `h > d c`. A zero Gram matrix gives ε = 0 with either method, and never NaN.
 *
 * With ε held (the default) the gradient reaches base, target and generators through the residual only. Without ridge
 * that is the exact gradient of the squared residual (envelope theorem); with a constant ridge it is exact for the
 * squared residual plus `ridge ‖ε‖²`. The relative ridge is a constant for every derivative.
 *
 * @param base b [P, d, c]: `D(θ')` with c = 1 (Eq. 12), or `A^D_ω'` with c = h (Eq. 13). The generators act on it.
 * @param target t [P, d, c]: `D(θ)`, or `A^D_ω`
 * @param generators [h, d, d], `(G_k v)_i = Σ_j G[k][i][j] v_j`
 * @throws RangeError for shapes that do not fit and values out of range, TypeError for an unknown option.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { solveEpsilon } from '@facet/regularizers'
 * await init()
 * const quarterTurn = tensor([[[0, -1], [1, 0]]])
 * const base = tensor([[[1], [0]]])
 * const target = tensor([[[1], [0.5]]])
 * const { epsilon } = solveEpsilon(base, target, quarterTurn, { ridge: { absolute: 0 } })
 * epsilon.toArray() // [[0.5]]
 */
export function solveEpsilon(
  base: Tensor,
  target: Tensor,
  generators: Tensor,
  options: SolveEpsilonOptions = {},
): EpsilonSolution {
  const settings = resolveSolveEpsilonOptions(options)
  expectShapes(base, target, generators)
  const solution = solveEpsilonOfRows(
    transpose(base, [0, 2, 1]),
    transpose(target, [0, 2, 1]),
    denseGenerators(generators.shape[0], [], () => generators),
    settings,
  )
  return {
    ...solution,
    residual: transpose(solution.residual, [0, 2, 1]),
    difference: transpose(solution.difference, [0, 2, 1]),
  }
}

/**
 * {@link solveEpsilon} on columns stored as rows [P, c, d], as `decoder.tangents` gives them: the layout of the inner loop.
 *
 * All `T_k` of all pairs come from one product, whose gradient for the generators stays factored (rank P·c). With ε
 * held and many columns a pair the residual goes through `Σ_k ε_k G_k` instead: the `P c h d²` multiply-adds of the
 * two products of the backward pass become `P (c + h) d²`, and the factored gradient has rank P.
 */
export function solveEpsilonOfRows(
  base: Tensor,
  target: Tensor,
  generators: Pick<GeneratorModel, 'apply' | 'combine'>,
  options: EpsilonSettings,
): EpsilonSolution {
  const [pairs, columns, dimension] = base.shape
  const moved = generators.apply(reshape(base, [pairs * columns, dimension]))
  const count = moved.shape[1] / dimension
  const images = reshape(moved, [pairs, columns, count, dimension])
  const difference = sub(target, base)
  const system = solveSystem(images, difference, options)
  const explained =
    !options.differentiateEpsilon && combines(columns, count) && generators.combine
      ? generators.combine(system.epsilon, base)
      : explainedBy(system.epsilon, images)
  return { ...system, residual: sub(difference, explained), difference }
}

/** Whether `Σ_k ε_k G_k` first, then the columns, takes fewer products than every `G_k` on every column. */
const combines = (columns: number, count: number): boolean => columns * count > 2 * (columns + count)

export const resolveSolveEpsilonOptions = (options: SolveEpsilonOptions): EpsilonSettings =>
  epsilonSettings('solveEpsilon', solveEpsilonOptions.resolve(options))

/**
 * Options of a solver with the ridge that its method takes.
 * @throws RangeError for a ridge beside `minimumNorm`.
 */
export function epsilonSettings(
  operation: string,
  { ridge, method, differentiateEpsilon }: ResolvedOptionsOf<typeof solveEpsilonOptions>,
): EpsilonSettings {
  if (method === 'ridge') return { method, ridge: ridge ?? defaultRidge, differentiateEpsilon }
  if (ridge === undefined || ('absolute' in ridge ? ridge.absolute : ridge.relative) === 0)
    return { method, ridge: { absolute: 0 }, differentiateEpsilon }
  throw new RangeError(`${operation}: ridge: method '${method}' takes none, got ${JSON.stringify(ridge)}`)
}

function expectShapes(base: Tensor, target: Tensor, generators: Tensor): void {
  const show = (t: Tensor) => `[${t.shape.join(', ')}]`
  if (base.rank !== 3 || show(base) !== show(target)) {
    throw new RangeError(
      `solveEpsilon: expected base and target [P, d, c] of one shape, got ${show(base)} and ${show(target)}`,
    )
  }
  const dimension = base.shape[1]
  if (generators.rank !== 3 || generators.shape[1] !== dimension || generators.shape[2] !== dimension) {
    throw new RangeError(
      `solveEpsilon: a base ${show(base)} expects generators [h, ${dimension}, ${dimension}], got ${show(generators)}`,
    )
  }
}
