import { beforeAll, describe, expect, it } from 'vitest'
import { arrayTypes, type DType } from '../../dtype.ts'
import { init } from '../../init.ts'
import { kernelOf } from '../../kernel-of.ts'
import type { OpName, ViewOp } from '../../op-table.ts'
import { opTable } from '../../op-table.ts'
import { sizeOf } from '../../shape.ts'
import { cases } from '../../testing/cases/index.ts'
import type { Block } from './block.ts'
import type { WasmBackend } from './index.ts'

let backend: WasmBackend

beforeAll(async () => {
  backend = (await init({ backend: 'wasm' })) as unknown as WasmBackend
})

/** Elements on either side of an output. */
const MARGIN = 37
const MARK = 77
type Run = (inputs: readonly unknown[], outputs: readonly unknown[], params: unknown) => void

/** A case's outputs in the middle of larger blocks; whether the margins are as they were. */
function staysWithin<N extends Exclude<OpName, ViewOp>>(op: N, dtype: DType): boolean {
  for (const { inputs, params } of cases[op].calls(dtype)) {
    const specs = opTable[op].outputs(op, inputs, params)
    if (specs.some(({ shape }) => sizeOf(shape) > 5000)) continue
    const operands = inputs.map((x) => ({ ...x, size: x.values.length, buffer: backend.upload(x.values) }))
    const wholes = specs.map((spec) =>
      backend.upload(new arrayTypes[spec.dtype](sizeOf(spec.shape) + 2 * MARGIN).fill(MARK)),
    )
    const outputs = specs.map((spec, i) => {
      const size = sizeOf(spec.shape)
      return { ...spec, size, buffer: backend.view(wholes[i], MARGIN, size) }
    })
    const run = kernelOf(backend, opTable[op]) as Run
    run(operands, outputs, params)
    for (const whole of wholes) {
      const values = backend.readSync(whole)
      for (let i = 0; i < MARGIN; i++)
        if (values[i] !== MARK || values[values.length - 1 - i] !== MARK) return false
    }
    for (const block of [...operands.map(({ buffer }) => buffer), ...wholes] as Block[])
      backend.release(block)
  }
  return true
}

describe('no kernel of wasm writes beside its outputs', () => {
  const dtypes: Partial<Record<OpName, DType>> = {
    logicalNot: 'bool',
    logicalAnd: 'bool',
    logicalOr: 'bool',
    packStates: 'bool',
    unpackStates: 'uint32',
    countDifferingStates: 'uint32',
  }
  for (const op of Object.keys(cases) as OpName[]) {
    if (op === 'reshape' || op === 'stopGradient') continue
    it(op, () => expect(staysWithin(op, dtypes[op] ?? 'float32')).toBe(true))
  }
})
