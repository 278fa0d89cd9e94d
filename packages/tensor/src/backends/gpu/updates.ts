import { wholePower } from '../../elementary/whole-power.ts'
import type { KernelOperand } from '../../kernel-operand.ts'
import { type ContributionOperand, epsilonOf, leastMoment, type UpdateKernels } from '../../update-table.ts'
import { floatLiteral } from './glsl/literals.ts'
import { texelComponents } from './glsl/program.ts'
import type { Uniform } from './kernel-run.ts'
import { multiply } from './kernels/contraction/multiply.ts'
import type { Runner } from './runner.ts'
import { putInto } from './storage-writes.ts'
import { type GpuBuffer, wholeOf } from './texture-storage.ts'

type State = KernelOperand<GpuBuffer>

const least = floatLiteral(leastMoment('float32'))

/** GLSL of one element of an update: it turns the state `s0` (the parameter), `s1` … (its moments) and the gradient `g` into the next state. */
const sources = {
  accumulate: `void advance(inout float s0, float g) {
  float more = user_weight * g;
  s0 = user_decay == 1.0 ? more : s0 + (more - user_decay * s0);
  if (abs(s0) < ${least}) s0 = 0.0;
}
`,
  sgd: `void advance(inout float s0, inout float s1, float g) {
  s1 = user_momentum * s1 + g + user_weightDecay * s0;
  if (abs(s1) < ${least}) s1 = 0.0;
  s0 -= user_learningRate * s1;
}
`,
  adam: `void advance(inout float s0, inout float s1, inout float s2, float g) {
  if (user_added != 0.0) g += user_added * s0;
  s1 = user_beta1 * s1 + user_rest1 * g;
  s2 = user_beta2 * s2 + user_rest2 * g * g;
  if (abs(s1) < ${least}) s1 = 0.0;
  if (abs(s2) < ${least}) s2 = 0.0;
  float step = (user_rate * s1) / (sqrt(s2) * user_scale + user_epsilon);
  if (user_taken == 0.0) {
    s0 -= step;
  } else {
    s0 -= user_taken * s0 + step;
    if (abs(s0) < ${least}) s0 = 0.0;
  }
}
`,
} as const

/** In-place optimizers: one pass that draws parameter and moments anew, which then take the place of the old ones. */
export function makeUpdates(runner: Runner): UpdateKernels<GpuBuffer> {
  /** One term as a tensor of the parameter's size; a product is multiplied out. */
  const evaluated = (term: ContributionOperand<GpuBuffer>): { buffer: GpuBuffer; isMade: boolean } => {
    if ('buffer' in term) return { buffer: term.buffer, isMade: false }
    const { left, right } = term
    const [k, m] = left.shape
    const n = right.shape[1]
    const storage = runner.storage('float32', m * n)
    multiply(runner, { a: left, b: right, m, n, k, transposeA: true, to: [storage] })
    return { buffer: wholeOf(storage), isMade: true }
  }

  /** The sum of the terms as a list of one, or of none where there are no terms. */
  const summed = (
    terms: readonly ContributionOperand<GpuBuffer>[],
  ): { buffer: GpuBuffer; isMade: boolean }[] =>
    terms.map(evaluated).reduce<{ buffer: GpuBuffer; isMade: boolean }[]>((sum, term) => {
      if (sum.length === 0) return [term]
      const storage = runner.storage('float32', term.buffer.size)
      runner.run({
        key: 'sum of terms',
        inputs: [sum[0].buffer, term.buffer],
        outputs: [storage],
        body: () => ({ kind: 'texel', source: 'vec4 texel(int i) { return four_a(i) + four_b(i); }' }),
      })
      for (const { buffer, isMade } of [sum[0], term]) if (isMade) runner.release(buffer.storage)
      return [{ buffer: wholeOf(storage), isMade: true }]
    }, [])

  const update = (
    name: keyof typeof sources,
    state: readonly State[],
    terms: readonly ContributionOperand<GpuBuffer>[],
    numbers: Readonly<Record<string, number>>,
  ): void => {
    const [{ size }] = state
    if (size === 0) return
    const gradient = summed(terms)
    const made = state.map(() => runner.storage('float32', size))
    const uniforms = Object.entries(numbers).map(([key, value]): Uniform => ({ name: key, value }))
    runner.run({
      key: `${name} ${gradient.length}`,
      inputs: [...state.map(({ buffer }) => buffer), ...gradient.map(({ buffer }) => buffer)],
      outputs: made,
      uniforms,
      body: () => {
        const names = state.map((_, k) => 'abcd'[k])
        const loads = names.map((letter, k) => `  vec4 s${k} = four_${letter}(i);\n`).join('')
        const g = gradient.length === 0 ? 'vec4(0.0)' : `four_${'abcd'[state.length]}(i)`
        const steps = texelComponents.map(
          (part) => `  advance(${names.map((_, k) => `s${k}.${part}`).join(', ')}, g.${part});\n`,
        )
        const more = names.slice(1).map((_, k) => `  more${k + 1} = s${k + 1};\n`)
        return {
          kind: 'texel',
          source: `${sources[name]}vec4 texel(int i) {
${loads}  vec4 g = ${g};
${steps.join('')}${more.join('')}  return s0;
}`,
        }
      },
    })
    for (const { buffer, isMade } of gradient) if (isMade) runner.release(buffer.storage)
    state.forEach(({ buffer }, k) => {
      putInto(runner, buffer, made[k])
    })
  }

  const adam =
    (isDecoupled: boolean): UpdateKernels<GpuBuffer>['adam'] =>
    (
      { parameter, firstMoment, secondMoment },
      terms,
      { learningRate, beta1, beta2, epsilon, step, weightDecay },
    ) =>
      update('adam', [parameter, firstMoment, secondMoment], terms, {
        rate: learningRate / (1 - wholePower(beta1, step)),
        scale: 1 / Math.sqrt(1 - wholePower(beta2, step)),
        beta1,
        rest1: 1 - beta1,
        beta2,
        rest2: 1 - beta2,
        epsilon: epsilonOf(epsilon, beta2, 'float32'),
        added: isDecoupled ? 0 : weightDecay,
        taken: isDecoupled ? learningRate * weightDecay : 0,
      })

  return {
    accumulate({ parameter }, terms, { weight, decay }) {
      update('accumulate', [parameter], terms, { weight, decay })
    },
    sgd({ parameter, velocity }, terms, { learningRate, momentum, weightDecay }) {
      update('sgd', [parameter, velocity], terms, { learningRate, momentum, weightDecay })
    },
    adam: adam(false),
    adamW: adam(true),
  }
}
