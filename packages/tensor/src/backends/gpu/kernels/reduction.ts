import type { DType } from '../../../dtype.ts'
import { sizeOf } from '../../../shape.ts'
import { blockOf } from '../glsl/product.ts'
import { glslTypes, type KernelBody } from '../glsl/program.ts'
import type { Runner } from '../runner.ts'
import { packingOf } from '../texture-layout.ts'
import type { GpuBuffer, TextureStorage } from '../texture-storage.ts'
import { around, type GpuKernelOf, type GpuOperand, wholeOf } from './kernel.ts'
import type { LayoutKernels } from './layout.ts'

/** Elements along an axis from which on it is reduced in two passes: 1000 × 1000 in one are a thousand threads, in two 32 thousand. */
const TWO_PASSES_FROM = 512

/** How two numbers become one, and what is lost among them. */
interface Fold {
  readonly join: (total: string, x: string) => string
  readonly start: Readonly<Record<'float' | 'int' | 'uint', string>>
}

const folds: Readonly<Record<'sum' | 'prod' | 'max' | 'min', Fold>> = {
  sum: { join: (total, x) => `${total} + ${x}`, start: { float: '0.0', int: '0', uint: '0u' } },
  prod: { join: (total, x) => `${total} * ${x}`, start: { float: '1.0', int: '1', uint: '1u' } },
  max: {
    join: (total, x) => `larger(${total}, ${x})`,
    start: { float: 'number(0xff800000u)', int: '(-2147483647 - 1)', uint: '0u' },
  },
  min: {
    join: (total, x) => `smaller(${total}, ${x})`,
    start: { float: 'number(0x7f800000u)', int: '2147483647', uint: '4294967295u' },
  },
}

/** Reduces `[outer, length, inner]` to `[outer, pieces, inner]`, `piece` elements along the axis at a time. */
function foldBody(fold: Fold, dtype: DType, length: number, inner: number, piece: number): KernelBody {
  const type = glslTypes[dtype]
  const pieces = Math.max(1, Math.ceil(length / piece))
  const start = fold.start[type]
  const where = `  int place = i / ${inner};
  int from = place % ${pieces} * ${piece};
  int base = place / ${pieces} * ${length * inner} + i % ${inner};
  int to = min(${length}, from + ${piece});`
  const isFour = dtype === 'float32'
  if (isFour && inner === 1 && length >= 16) {
    // Four totals side by side, each over every fourth element.
    const four = `vec4(${['x', 'y', 'z', 'w'].map((c) => fold.join(`t.${c}`, `v.${c}`)).join(', ')})`
    const whole = length % 4 === 0
    const load = whole
      ? 'four_a(base + k)'
      : 'vec4(at_a(base + k), at_a(base + k + 1), at_a(base + k + 2), at_a(base + k + 3))'
    return {
      kind: 'element',
      source: `float element(int i) {
${where}
  vec4 t = vec4(${start});
  int k = from;
  for (; k + 4 <= to; k += 4) { vec4 v = ${load}; t = ${four}; }
  float rest = ${start};
  for (; k < to; k++) rest = ${fold.join('rest', 'at_a(base + k)')};
  float left = ${fold.join('t.x', 't.y')};
  float right = ${fold.join('t.z', 't.w')};
  left = ${fold.join('left', 'right')};
  return stored(${fold.join('left', 'rest')});
}`,
    }
  }
  if (isFour && inner % 4 === 0) {
    const four = `vec4(${['x', 'y', 'z', 'w'].map((c) => fold.join(`t.${c}`, `v.${c}`)).join(', ')})`
    return {
      kind: 'texel',
      source: `vec4 texel(int i) {
${where}
  vec4 t = vec4(${start});
  for (int k = from; k < to; k++) { vec4 v = four_a(base + k * ${inner}); t = ${four}; }
  return t;
}`,
    }
  }
  const stored = packingOf(dtype).perTexel === 1 ? 'vec2' : 'float'
  return {
    kind: 'element',
    source: `${stored} element(int i) {
${where}
  ${type} total = ${start};
  for (int k = from; k < to; k++) total = ${fold.join('total', `at_a(base + k * ${inner})`)};
  return stored(total);
}`,
  }
}

export function reductionKernels(runner: Runner, layout: LayoutKernels) {
  const pass = (
    name: keyof typeof folds,
    x: GpuBuffer,
    to: TextureStorage,
    length: number,
    inner: number,
    piece: number,
  ): void => {
    runner.run({
      key: `${name} ${length} ${inner} ${piece}`,
      inputs: [x],
      outputs: [to],
      body: () => foldBody(folds[name], to.dtype, length, inner, piece),
    })
  }

  const along = (
    name: keyof typeof folds,
    x: GpuBuffer,
    to: TextureStorage,
    length: number,
    inner: number,
  ): void => {
    // Enough results to keep a device busy need no second pass.
    if (length < TWO_PASSES_FROM || to.size >= 16 * length) {
      pass(name, x, to, length, inner, Math.max(1, length))
      return
    }
    const piece = Math.ceil(Math.sqrt(length) / 4) * 4
    const pieces = Math.ceil(length / piece)
    const partial = runner.storage(to.dtype, to.size * pieces)
    pass(name, x, partial, length, inner, piece)
    pass(name, wholeOf(partial), to, pieces, inner, pieces)
    runner.release(partial)
  }

  const reduce =
    (name: keyof typeof folds): GpuKernelOf<'sum'> =>
    ([x], [y], { axes }) => {
      const first = axes[0] ?? 0
      const last = axes[axes.length - 1] ?? -1
      const to = y.buffer.storage
      if (last - first + 1 === axes.length) {
        const [, length, inner] = around(x.shape, first, last)
        along(name, x.buffer, to, length, inner)
        return
      }
      // Axes with others between them: moved behind the rest first.
      const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]))
      const order = [...kept, ...axes]
      const shape = order.map((axis) => x.shape[axis])
      const { dtype, size } = x
      const moved: GpuOperand = { dtype, size, shape, buffer: wholeOf(runner.storage(dtype, size)) }
      layout.ops.transpose([x], [moved], { axes: order })
      along(name, moved.buffer, to, sizeOf(axes.map((axis) => x.shape[axis])), 1)
      runner.release(moved.buffer.storage)
    }

  const argReduce =
    (name: 'argMax' | 'argMin'): GpuKernelOf<'argMax'> =>
    ([x], [y], { axis }) => {
      const [, length, inner] = around(x.shape, axis, axis)
      const type = glslTypes[x.dtype]
      // NaN beats all numbers, the first of them the others.
      const isHole = (value: string): string => (type === 'float' ? `isNaNumber(${value})` : 'false')
      const better = `next ${name === 'argMax' ? '>' : '<'} best`
      runner.run({
        key: `${name} ${length} ${inner}`,
        inputs: [x.buffer],
        outputs: [y.buffer.storage],
        body: () => ({
          kind: 'element',
          source: `vec2 element(int i) {
  int base = i / ${inner} * ${length * inner} + i % ${inner};
  int place = 0;
  ${type} best = at_a(base);
  for (int k = 1; k < ${length}; k++) {
    ${type} next = at_a(base + k * ${inner});
    if (!${isHole('best')} && (${better} || ${isHole('next')})) { best = next; place = k; }
  }
  return stored(place);
}`,
        }),
      })
    }

  /** Each element adds up those before it: n² / 2 additions along an axis of n, side by side. */
  const cumsum: GpuKernelOf<'cumsum'> = ([x], [y], { axis, reverse }) => {
    const [, length, inner] = around(x.shape, axis, axis)
    const type = glslTypes[x.dtype]
    const stored = packingOf(x.dtype).perTexel === 1 ? 'vec2' : 'float'
    runner.run({
      key: `cumsum ${length} ${inner} ${reverse}`,
      inputs: [x.buffer],
      outputs: [y.buffer.storage],
      body: () => ({
        kind: 'element',
        source: `${stored} element(int i) {
  int place = i / ${inner} % ${length};
  int base = i - place * ${inner};
  int count = ${reverse ? `${length} - place` : 'place + 1'};
  ${type} total = ${type}(0);
  for (int first = 0; first < count; first += ${blockOf(length)}) {
    int last = min(count, first + ${blockOf(length)});
    ${type} part = ${type}(0);
    for (int k = first; k < last; k++) part += at_a(base + ${reverse ? `(${length - 1} - k)` : 'k'} * ${inner});
    total += part;
  }
  return stored(total);
}`,
      }),
    })
  }

  return {
    sum: reduce('sum'),
    prod: reduce('prod'),
    max: reduce('max'),
    min: reduce('min'),
    argMax: argReduce('argMax'),
    argMin: argReduce('argMin'),
    cumsum,
  }
}
