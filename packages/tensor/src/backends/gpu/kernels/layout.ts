import { sizeOf, stridesOf } from '../../../shape.ts'
import { literal } from '../glsl/literals.ts'
import { blockOf } from '../glsl/product.ts'
import { glslTypes, inputNames, type KernelBody, storedType } from '../glsl/program.ts'
import { indexExpression } from '../index-expression.ts'
import type { Runner } from '../runner.ts'
import type { GpuBuffer, TextureStorage } from '../texture-storage.ts'
import { around, buffersOf, type GpuKernelOf, type GpuOperand, wholeOf } from './kernel.ts'

/** Inputs of one kernel: WebGL2 promises 16 textures. */
const MOST_INPUTS = 8

export function layoutKernels(runner: Runner) {
  const run = (key: string, inputs: readonly GpuOperand[], y: GpuOperand, source: () => string): void => {
    runner.run({
      key,
      inputs: buffersOf(inputs),
      outputs: [y.buffer.storage],
      body: (): KernelBody => ({
        kind: 'element',
        source: `${storedType(y.dtype)} element(int i) {\n${source()}\n}`,
      }),
    })
  }

  /** Copies with any strides from `base` on. */
  const strided = (x: GpuOperand, y: GpuOperand, strides: readonly number[], base: number): void => {
    const index = indexExpression(y.shape, strides, base)
    run(`strided ${index}`, [x], y, () => `return stored(at_a(${index}));`)
  }

  const transpose: GpuKernelOf<'transpose'> = ([x], [y], { axes }) => {
    const strides = stridesOf(x.shape)
    strided(
      x,
      y,
      axes.map((axis) => strides[axis]),
      0,
    )
  }

  const slice: GpuKernelOf<'slice'> = ([x], [y], { starts }) => {
    const strides = stridesOf(x.shape)
    const base = starts.reduce((at, start, axis) => at + start * strides[axis], 0)
    strided(x, y, strides, base)
  }

  const flip: GpuKernelOf<'flip'> = ([x], [y], { axes }) => {
    const strides = stridesOf(x.shape)
    let base = 0
    for (const axis of axes) {
      base += (x.shape[axis] - 1) * strides[axis]
      strides[axis] = -strides[axis]
    }
    strided(x, y, strides, base)
  }

  const pad: GpuKernelOf<'pad'> = ([x], [y], { padding, value }) => {
    run(`pad ${y.shape}:${padding.join(':')}:${value}`, [x], y, () => {
      const [steps, lengths] = [stridesOf(y.shape), stridesOf(x.shape)]
      const coordinates = y.shape.map(
        (length, axis) => `  int c${axis} = (i / ${steps[axis]}) % ${length} - ${padding[axis][0]};`,
      )
      const inside = x.shape.map((length, axis) => `c${axis} >= 0 && c${axis} < ${length}`)
      const index = x.shape.map((_, axis) => `c${axis} * ${lengths[axis]}`)
      const fill = literal(y.dtype, value)
      return `${coordinates.join('\n')}
  return stored(${inside.length === 0 ? 'true' : inside.join(' && ')} ? at_a(${index.join(' + ') || '0'}) : ${fill});`
    })
  }

  /** Joins inputs that have so many elements in each of the rows of the output. */
  const join = (
    key: string,
    inputs: readonly GpuOperand[],
    widths: readonly number[],
    y: GpuOperand,
  ): void => {
    run(`${key} ${widths}`, inputs, y, () => {
      const row = widths.reduce((sum, width) => sum + width, 0)
      let from = 0
      const choices = widths.map((width, k) => {
        from += width
        const at = `at_${inputNames[k]}(r * ${width} + c - ${from - width})`
        return `  if (c < ${from}) return stored(${at});`
      })
      return `  int r = i / ${row};\n  int c = i % ${row};\n${choices.join('\n')}\n  return stored(${glslTypes[y.dtype]}(0));`
    })
  }

  const concat: GpuKernelOf<'concat'> = (inputs, [y], { axis }) => {
    const [outer, , inner] = around(y.shape, axis, axis)
    let parts = inputs.filter((x) => x.size > 0)
    const width = (x: GpuOperand): number => x.size / Math.max(1, outer)
    const temporary: GpuOperand[] = []
    while (parts.length > MOST_INPUTS) {
      const some = parts.slice(0, MOST_INPUTS)
      const size = some.reduce((sum, x) => sum + x.size, 0)
      const storage = runner.storage(y.dtype, size)
      const joined = { buffer: wholeOf(storage), shape: [outer, size / outer], size, dtype: y.dtype }
      temporary.push(joined)
      join('concat', some, some.map(width), joined)
      parts = [joined, ...parts.slice(MOST_INPUTS)]
    }
    if (inner > 0) join('concat', parts, parts.map(width), y)
    for (const { buffer } of temporary) runner.release(buffer.storage)
  }

  const gather: GpuKernelOf<'gather'> = ([x, indices], [y], { axis }) => {
    const [, length, inner] = around(x.shape, axis, axis)
    const missing = y.dtype === 'float32' ? 'number(0x7fc00000u)' : `${glslTypes[y.dtype]}(0)`
    run(
      `gather ${length} ${inner} ${indices.size}`,
      [x, indices],
      y,
      () => `  int row = i / ${inner};
  int k = at_b(row % ${indices.size});
  // Whoever asks for an index that is not there cannot be told before the numbers are read.
  if (k < 0 || k >= ${length}) return stored(${missing});
  return stored(at_a((row / ${indices.size} * ${length} + k) * ${inner} + i % ${inner}));`,
    )
  }

  const scatterAdd: GpuKernelOf<'scatterAdd'> = ([updates, indices], [y], { axis, size }) => {
    const [, , inner] = around(y.shape, axis, axis)
    const type = glslTypes[y.dtype]
    const count = indices.size
    run(
      `scatterAdd ${size} ${inner} ${count}`,
      [updates, indices],
      y,
      () => `  int row = i / ${inner};
  int target = row % ${size};
  int from = row / ${size} * ${count * inner} + i % ${inner};
  ${type} total = ${type}(0);
  for (int first = 0; first < ${count}; first += ${blockOf(count)}) {
    int last = min(${count}, first + ${blockOf(count)});
    ${type} part = ${type}(0);
    for (int k = first; k < last; k++) if (at_b(k) == target) part += at_a(from + k * ${inner});
    total += part;
  }
  return stored(total);`,
    )
  }

  const oneHot: GpuKernelOf<'oneHot'> = ([indices], [y], { depth }) => {
    const [one, zero] = [literal(y.dtype, 1), literal(y.dtype, 0)]
    run(
      `oneHot ${depth}`,
      [indices],
      y,
      () => `  return stored(at_a(i / ${depth}) == i % ${depth} ? ${one} : ${zero});`,
    )
  }

  /** Each element counts those before it: a row of n takes n² comparisons, side by side. */
  const topKMask: GpuKernelOf<'topKMask'> = ([x], [y], { k }) => {
    const length = x.shape[x.shape.length - 1]
    run(
      `topKMask ${length} ${k}`,
      [x],
      y,
      () => `  int c = i % ${length};
  int start = i - c;
  float own = abs(at_a(i));
  bool isHole = isNaNumber(own);
  int before = 0;
  for (int j = 0; j < ${length}; j++) {
    float other = abs(at_a(start + j));
    bool isTie = isHole ? isNaNumber(other) : other == own;
    if ((!isHole && (other > own || isNaNumber(other))) || (isTie && j < c)) before++;
  }
  return stored(before < ${k});`,
    )
  }

  /** A copy whose last axis is filled up with zeros to a multiple of four, so that rows begin with a texel. */
  const alignRows = (x: GpuOperand): GpuOperand => {
    const columns = x.shape[x.shape.length - 1]
    const aligned = Math.ceil(columns / 4) * 4
    const shape = x.shape.with(-1, aligned)
    const size = sizeOf(shape)
    const y = { buffer: wholeOf(runner.storage(x.dtype, size)), shape, size, dtype: x.dtype }
    run(
      `alignRows ${columns}`,
      [x],
      y,
      () => `  int c = i % ${aligned};
  return stored(c < ${columns} ? at_a(i / ${aligned} * ${columns} + c) : ${glslTypes[x.dtype]}(0));`,
    )
    return y
  }

  /** Puts a part's texture in the place of a buffer's; of a view, its elements into a new texture of what it looks into. */
  const putInto = ({ storage, offset, size }: GpuBuffer, part: TextureStorage): void => {
    if (size === storage.size) {
      runner.move(part, storage)
      return
    }
    const whole = runner.storage(storage.dtype, storage.size)
    runner.run({
      key: `put ${offset} ${size}`,
      inputs: [wholeOf(storage), wholeOf(part)],
      outputs: [whole],
      body: () => ({
        kind: 'element',
        source: `${storedType(storage.dtype)} element(int i) {
  return stored(i >= ${offset} && i < ${offset + size} ? at_b(i - ${offset}) : at_a(i));
}`,
      }),
    })
    runner.move(whole, storage)
    runner.release(part)
  }

  /** Constants that need not be moved to the device: see `Backend.fill`. */
  const fill = (storage: TextureStorage, every: number, start: number, step: number): void => {
    const { dtype } = storage
    const [first, zero] = [literal(dtype, start), literal(dtype, 0)]
    const value = step === 0 ? first : `${first} + i / ${every} * ${literal(dtype, step)}`
    runner.run({
      key: `fill ${every} ${start} ${step}`,
      inputs: [],
      outputs: [storage],
      body: () => ({
        kind: 'element',
        source: `${storedType(dtype)} element(int i) { return stored(i % ${every} == 0 ? ${value} : ${zero}); }`,
      }),
    })
  }

  return {
    putInto,
    fill,
    ops: { transpose, slice, flip, pad, concat, gather, scatterAdd, oneHot, topKMask },
    alignRows,
  }
}

export type LayoutKernels = ReturnType<typeof layoutKernels>
