import type { Contender } from './contender.ts'
import { jax } from './jax.ts'
import { numpy } from './numpy.ts'
import { onnxruntime } from './onnxruntime.ts'
import { pytorch1, pytorch2 } from './pytorch.ts'
import { reference } from './reference.ts'
import { tfjsCpu, tfjsWasm } from './tensorflow.ts'
import { wasm, wasmPlain, wasmThreads } from './wasm.ts'

/** Everyone, in the order of tables. The first that runs is what ratios are relative to. */
export const contenders: readonly Contender[] = [
  wasm,
  wasmPlain,
  wasmThreads,
  reference,
  jax,
  tfjsWasm,
  tfjsCpu,
  onnxruntime,
  pytorch1,
  pytorch2,
  numpy,
]
