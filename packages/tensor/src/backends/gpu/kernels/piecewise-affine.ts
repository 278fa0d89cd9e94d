import type { Activation } from '../../../activation.ts'
import { STATES_PER_WORD } from '../../../code-words.ts'
import { floatLiteral } from '../glsl/literals.ts'
import type { Epilogue } from '../glsl/product.ts'
import type { Runner } from '../runner.ts'
import type { GpuBuffer, TextureStorage, UnitStates } from '../texture-storage.ts'
import type { ContractionKernels } from './contraction.ts'
import { type GpuKernelOf, type GpuOperand, reshaped, wholeOf } from './kernel.ts'

/** GLSL of what state 0 makes of a pre-activation `p`, and of a cotangent `g`; a slope of 0 selects 0, for 0 · ∞ would be NaN, but NaN stays NaN. */
interface LowerPiece {
  readonly key: string
  readonly value: string
  readonly slope: string
  /** Whether a unit's output is above 0 where its state is 1 and nowhere else. */
  readonly isSeenInOutput: boolean
}

const zero = { value: '(isNaNumber(p) ? p : 0.0)', slope: '(isNaNumber(g) ? g : 0.0)', isSeenInOutput: true }

const lowerPieces: Readonly<Record<Activation['name'], (alpha: number) => LowerPiece>> = {
  identity: () => ({ key: 'identity', value: 'p', slope: 'g', isSeenInOutput: true }),
  relu: () => ({ key: 'relu', ...zero }),
  leakyRelu: (alpha) => {
    const [key, slope] = [`leakyRelu ${alpha}`, floatLiteral(alpha)]
    if (alpha === 0) return { key, ...zero }
    return { key, value: `${slope} * p`, slope: `${slope} * g`, isSeenInOutput: alpha > 0 }
  },
  abs: () => ({ key: 'abs', value: '(p == 0.0 ? 0.0 : -p)', slope: '-g', isSeenInOutput: false }),
}

const lastOf = ({ shape }: GpuOperand): number => shape[shape.length - 1]

export function pieceKernels(runner: Runner, contraction: ContractionKernels) {
  const affine: GpuKernelOf<'affine'> = ([x, weight, bias], [y, code], activation) => {
    const [units, width] = weight.shape
    const rows = units === 0 ? 0 : y.size / units
    const lower = lowerPieces[activation.name](activation.alpha)
    const hasStates = code.size > 0 && !lower.isSeenInOutput
    const states: TextureStorage | null = hasStates ? runner.storage('float32', y.size) : null
    const epilogue: Epilogue = {
      key: `${lower.key} ${bias !== undefined}`,
      source: (
        extra,
      ) => `float state(float p, int column) { return p${bias === undefined ? '' : ` + at_${extra}(column)`}; }
float epilogue(float p, int column) {
  p = state(p, column);
  return p > 0.0 ? p : ${lower.value};
}
`,
      hasStates,
    }
    contraction.multiply({
      a: reshaped(x, [rows, width]),
      b: weight,
      m: rows,
      n: units,
      k: width,
      transposeA: false,
      transposeB: true,
      lead: [],
      to: states === null ? [y.buffer.storage] : [y.buffer.storage, states],
      epilogue,
      extra: bias === undefined ? [] : [bias.buffer],
    })
    if (code.size === 0) return
    // The words are packed if somebody asks for them: backwards, the states themselves are the mask.
    const from = states ?? y.buffer.storage
    const texture = runner.textureOf(from).clone()
    code.buffer.storage.states = { texture, layout: from.layout, units }
    if (states !== null) runner.release(states)
  }

  /** The words of region codes, from what tells the states of their units: numbers above 0, or bools. */
  const pack = (states: GpuBuffer, units: number, code: TextureStorage): void => {
    const words = Math.ceil(units / STATES_PER_WORD)
    runner.run({
      key: `packStates ${units}`,
      inputs: [states],
      outputs: [code],
      body: () => ({
        kind: 'element',
        source: `vec2 element(int i) {
  int from = i / ${words} * ${units};
  int first = i % ${words} * ${STATES_PER_WORD};
  uint word = 0u;
  for (int bit = 0; bit < ${STATES_PER_WORD}; bit++)
    if (first + bit < ${units} && float(at_a(from + first + bit)) > 0.0) word |= 1u << uint(bit);
  return stored(word);
}`,
      }),
    })
  }

  const stateBuffer = ({ texture, layout }: UnitStates, size: number): GpuBuffer =>
    wholeOf({ dtype: 'float32', size, layout, texture, states: null })

  /** A region code whose words somebody asks for. */
  const packOnDemand = (code: TextureStorage): void => {
    const { states } = code
    if (states === null) return
    const rows = code.size / Math.ceil(states.units / STATES_PER_WORD)
    // The words take the place of the states.
    const from = { ...states, texture: states.texture.clone() }
    pack(stateBuffer(from, rows * states.units), states.units, code)
    runner.device.library.release(from.texture)
  }

  const applySlopes: GpuKernelOf<'applySlopes'> = ([code, g], [y], activation) => {
    const lower = lowerPieces[activation.name](activation.alpha)
    const units = lastOf(g)
    const { storage, offset } = code.buffer
    const states = offset === 0 && code.size === storage.size ? storage.states : null
    const isIdentity = activation.name === 'identity'
    const words = Math.max(1, lastOf(code))
    const rows = isIdentity ? 1 : code.size / words
    const repeats = g.size / Math.max(1, rows * units)
    const unit = `i / ${repeats * units}`
    const word = `at_b(${unit} * ${words} + i % ${units} / ${STATES_PER_WORD})`
    const isOn = isIdentity
      ? 'true'
      : states === null
        ? `((${word} >> uint(i % ${units} % ${STATES_PER_WORD})) & 1u) == 1u`
        : `at_b(${unit} * ${units} + i % ${units}) > 0.0`
    const mask = isIdentity ? [] : [states === null ? code.buffer : stateBuffer(states, rows * units)]
    runner.run({
      key: `applySlopes ${lower.key} ${units} ${repeats} ${states === null}`,
      inputs: [g.buffer, ...mask],
      outputs: [y.buffer.storage],
      body: () => ({
        kind: 'element',
        source: `float element(int i) {
  float g = at_a(i);
  return stored(${isOn} ? g : ${lower.slope});
}`,
      }),
    })
  }

  const packStates: GpuKernelOf<'packStates'> = ([states], [code]) =>
    pack(states.buffer, lastOf(states), code.buffer.storage)

  const unpackStates: GpuKernelOf<'unpackStates'> = ([code], [states], { units }) => {
    const words = Math.ceil(units / STATES_PER_WORD)
    runner.run({
      key: `unpackStates ${units}`,
      inputs: [code.buffer],
      outputs: [states.buffer.storage],
      body: () => ({
        kind: 'element',
        source: `float element(int i) {
  int unit = i % ${units};
  uint word = at_a(i / ${units} * ${words} + unit / ${STATES_PER_WORD});
  return stored(((word >> uint(unit % ${STATES_PER_WORD})) & 1u) == 1u);
}`,
      }),
    })
  }

  const countDifferingStates: GpuKernelOf<'countDifferingStates'> = ([a, b], [counts]) => {
    const words = lastOf(a)
    runner.run({
      key: `countDifferingStates ${words}`,
      inputs: [a.buffer, b.buffer],
      outputs: [counts.buffer.storage],
      body: () => ({
        kind: 'element',
        source: `vec2 element(int i) {
  int count = 0;
  for (int w = 0; w < ${words}; w++) count += onesIn(at_a(i * ${words} + w) ^ at_b(i * ${words} + w));
  return stored(count);
}`,
      }),
    })
  }
  return {
    ops: { affine, applySlopes, packStates, unpackStates, countDifferingStates },
    packOnDemand,
  }
}
