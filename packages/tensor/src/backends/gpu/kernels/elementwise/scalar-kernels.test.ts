import { describe, expect, it } from 'vitest'
import type { DType } from '../../../../dtype.ts'
import type { KernelRun } from '../../kernel-run.ts'
import type { Runner } from '../../runner.ts'
import { textureLayoutOf } from '../../texture-layout.ts'
import { wholeOf } from '../../texture-storage.ts'
import type { GpuOperand } from '../kernel.ts'
import { mapBody } from './map.ts'
import { scalarKernels } from './scalar-kernels.ts'

const operand = (dtype: DType): GpuOperand => {
  const layout = textureLayoutOf(dtype, 4, 8192)
  return {
    dtype,
    shape: [4],
    size: 4,
    buffer: wholeOf({ dtype, size: 4, layout, texture: null, states: null }),
  }
}

/** The GLSL that `sign` draws with where its row is this. */
const drawnWith = (row: Parameters<typeof scalarKernels<'sign'>>[0]['sign'], dtype: DType): string => {
  const runs: KernelRun[] = []
  const runner = { run: (call: KernelRun) => runs.push(call) } as unknown as Runner
  scalarKernels({ sign: row }).sign(runner, [operand(dtype)], [operand(dtype)], {})
  expect(runs).toHaveLength(1)
  return runs[0].body().source
}

describe('the row of an elementwise op', () => {
  it('is one expression for all dtypes', () => {
    for (const dtype of ['float32', 'int32', 'uint32', 'bool'] as const)
      expect(drawnWith('-x', dtype)).toContain('return stored(-x);')
  })

  it('may have another expression for whole numbers and bools', () => {
    const row = { value: 'x + 0.5', whole: 'x + 1' }
    expect(drawnWith(row, 'float32')).toContain('stored(x + 0.5)')
    for (const dtype of ['int32', 'uint32', 'bool'] as const)
      expect(drawnWith(row, dtype)).toContain('stored(x + 1)')
  })

  it('brings the functions that it alone calls, in front of all else', () => {
    const source = drawnWith({ value: 'own(x)', functions: 'float own(float x) { return x; }\n' }, 'float32')
    expect(source.indexOf('float own(float x)')).toBe(0)
    expect(source).toContain('return stored(own(x));')
  })
})

it('a map reads whole texels of tensors that lie alike, and elements of those that are stretched', () => {
  const alike = mapBody(
    ['float32', 'float32'],
    [
      [10, 10],
      [10, 10],
    ],
    [10, 10],
    'float32',
    { value: 'x + y' },
  )
  expect(alike.source).toContain('vec4 v1 = four_b(i)')
  const stretched = mapBody(['float32', 'float32'], [[10, 10], [10]], [10, 10], 'float32', {
    value: 'x + y',
  })
  expect(stretched.source).toContain('int index_b(int i) { return ((i) % 10); }')
  expect(stretched.source).not.toContain('four_b')
})
