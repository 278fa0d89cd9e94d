import { activeBackend, isDebug } from './active-backend.ts'
import type { Backend, Kernel } from './backend.ts'
import { describe } from './checks.ts'
import { fromAnotherCopy } from './copies.ts'
import { bytesPerElement, type DType, type TypedArray } from './dtype.ts'
import { kernelOf } from './kernel-of.ts'
import { crowded } from './memory-report.ts'
import type { Op } from './op.ts'
import { recorder } from './recorder.ts'
import { track } from './scope.ts'
import { formatShape, type Shape, sizeOf } from './shape.ts'
import { Storage } from './storage.ts'
import { ConcreteTensor, type Interpreter, Tensor } from './tensor.ts'

/** A value under a transform. Its numbers cannot be read. */
export abstract class TracedTensor extends Tensor {
  abstract override readonly interpreter: Interpreter

  data(): Promise<never> {
    return Promise.reject(this.#unreadable())
  }

  dataSync(): never {
    throw this.#unreadable()
  }

  dispose(): void {}

  #unreadable(): Error {
    return new Error(
      `data: ${this.toString()} is being differentiated; its values can be read after the transform`,
    )
  }
}

/** The one door: every op goes through here, to the transform of the highest level or to the backend. */
export function dispatch<P>(op: Op<string, P>, inputs: readonly Tensor[], params: P): Tensor[] {
  let top: Interpreter | null = null
  for (let i = 0; i < inputs.length; i++) {
    const interpreter = inputs[i]?.interpreter
    if (interpreter === null) continue
    if (interpreter === undefined)
      throw new TypeError(`${op.name}: expected a tensor, got ${describe(inputs[i])}`)
    if (top === null || interpreter.level > top.level) top = interpreter
  }
  return top === null ? run(op, inputs as readonly ConcreteTensor[], params) : top.process(op, inputs, params)
}

/**
 * What an op that has nothing to do answers: a tensor of its own that looks into the same memory, so that either may be disposed. Under a
 * transform, where nothing is, the value itself.
 */
export const own = (op: string, x: Tensor): Tensor => {
  if (x.interpreter !== null) return x
  expectHere(op, x as ConcreteTensor, activeBackend(op))
  recorder()?.uses([x as ConcreteTensor])
  return viewOf(x as ConcreteTensor, x.shape, 0)
}

/** A new concrete tensor on the active backend, contents undefined. Every output passes here; by {@link make} an addition of 8 numbers took 1.03 times as long. */
export function allocate(
  op: string,
  shape: Shape,
  dtype: DType,
  backend = activeBackend(op),
): ConcreteTensor {
  const size = sizeOf(shape)
  let buffer: unknown
  try {
    buffer = backend.allocate(dtype, size)
  } catch (error) {
    throw noRoom(op, shape, dtype, error as Error, backend.name)
  }
  return placed(op, backend, buffer, size, shape, dtype, madeAt())
}

/** A new concrete tensor that holds a copy of `values`. */
export const uploaded = (op: string, values: TypedArray, shape: Shape, dtype: DType): ConcreteTensor =>
  make(op, shape, dtype, (backend) => backend.upload(values))

/** A new concrete tensor in a buffer that `bufferOf` gets from the backend. @throws RangeError with the op and the shape where there is no room. */
export function make(
  op: string,
  shape: Shape,
  dtype: DType,
  bufferOf: (backend: Backend) => unknown,
): ConcreteTensor {
  const backend = activeBackend(op)
  let buffer: unknown
  try {
    buffer = bufferOf(backend)
  } catch (error) {
    throw noRoom(op, shape, dtype, error as Error, backend.name)
  }
  return placed(op, backend, buffer, sizeOf(shape), shape, dtype, madeAt())
}

function placed(
  op: string,
  backend: Backend,
  buffer: unknown,
  size: number,
  shape: Shape,
  dtype: DType,
  where: string | undefined,
): ConcreteTensor {
  const storage = new Storage(backend, buffer, op, size * bytesPerElement(dtype))
  recorder()?.makes(storage)
  return track(new ConcreteTensor(storage, buffer, shape, dtype, where))
}

/** @param backend whose tensors may be what fills the memory */
export function noRoom(op: string, shape: Shape, dtype: DType, error: Error, backend: string): Error {
  // A lost device is no want of memory.
  if (!(error instanceof RangeError)) return error
  const crowd = crowded(backend, sizeOf(shape) * bytesPerElement(dtype))
  return new RangeError(`${op}: no room for ${formatShape(shape)} ${dtype}: ${error.message}${crowd}`)
}

export const madeAt = (): string | undefined =>
  isDebug() ? new Error().stack?.split('\n').slice(4).join('\n') : undefined

function run<P>(op: Op<string, P>, inputs: readonly ConcreteTensor[], params: P): Tensor[] {
  const { name } = op
  const backend = activeBackend(name)
  const specs = op.outputs(name, inputs, params)
  for (let i = 0; i < inputs.length; i++) expectHere(name, inputs[i], backend)
  recorder()?.uses(inputs)
  const offset = op.viewOffset?.(inputs, params)
  if (offset !== undefined) return [viewOf(inputs[0], specs[0].shape, offset)]
  const kernel = (backend.kernels[name] ?? kernelOf(backend, op)) as Kernel<unknown, P> | undefined
  if (kernel === undefined) throw new Error(`${name}: '${backend.name}' has no kernel for it`)
  const outputs = new Array<ConcreteTensor>(specs.length)
  for (let o = 0; o < specs.length; o++) outputs[o] = allocate(name, specs[o].shape, specs[o].dtype, backend)
  kernel(inputs, outputs, params)
  return outputs
}

/** Two choices of `init` may make two backends of one name, and so may two copies of the engine. */
function expectHere(op: string, x: ConcreteTensor, active: Backend): void {
  const lives = x.backend
  if (lives === active) return
  if (fromAnotherCopy(x) !== '')
    throw new TypeError(`${op}: expected a tensor of this engine, got ${describe(x)}`)
  const other =
    lives.name === active.name ? `another '${active.name}', of other options of init` : `'${active.name}'`
  throw new Error(`${op}: a tensor lives on '${lives.name}', the active backend is ${other}`)
}

function viewOf(x: ConcreteTensor, shape: Shape, offset: number): ConcreteTensor {
  const size = sizeOf(shape)
  const buffer = size === x.size ? x.buffer : x.backend.view(x.buffer, offset, size)
  const view = track(new ConcreteTensor(x.storage, buffer, shape, x.dtype, madeAt()))
  recorder()?.views(view)
  return view
}
