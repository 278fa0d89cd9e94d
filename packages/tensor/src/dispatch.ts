import type { Backend, Kernel } from './backend.ts'
import { describe } from './checks.ts'
import type { DType } from './dtype.ts'
import { activeBackend, isDebug } from './engine.ts'
import type { Interpreter } from './interpreter.ts'
import type { OpName, OpParams, ViewOp } from './op-params.ts'
import { opTable } from './op-table.ts'
import { recorder } from './recording.ts'
import { track } from './scope.ts'
import { formatShape, type Shape, sizeOf } from './shape.ts'
import { ConcreteTensor, Root, Tensor } from './tensor.ts'

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
export function dispatch<N extends OpName>(
  name: N,
  inputs: readonly Tensor[],
  params: OpParams[N],
): Tensor[] {
  let top: Interpreter | null = null
  for (let i = 0; i < inputs.length; i++) {
    const interpreter = inputs[i]?.interpreter
    if (interpreter === null) continue
    if (interpreter === undefined)
      throw new TypeError(`${name}: expected a tensor, got ${describe(inputs[i])}`)
    if (top === null || interpreter.level > top.level) top = interpreter
  }
  return top === null
    ? run(name, inputs as readonly ConcreteTensor[], params)
    : top.process(name, inputs, params)
}

/** A new concrete tensor on the active backend, contents undefined. */
export function allocate(op: string, shape: Shape, dtype: DType): ConcreteTensor {
  const backend = activeBackend(op)
  const root = new Root(backend, bufferFor(op, backend, shape, dtype))
  recorder()?.makes(root)
  return track(new ConcreteTensor(root, root.buffer, shape, dtype, madeAt()))
}

function bufferFor(op: string, backend: Backend, shape: Shape, dtype: DType): unknown {
  try {
    return backend.allocate(dtype, sizeOf(shape))
  } catch (error) {
    throw new RangeError(`${op}: no room for ${formatShape(shape)} ${dtype}: ${(error as Error).message}`)
  }
}

export const madeAt = (): string | undefined =>
  isDebug() ? new Error().stack?.split('\n').slice(3).join('\n') : undefined

function run<N extends OpName>(name: N, inputs: readonly ConcreteTensor[], params: OpParams[N]): Tensor[] {
  const backend = activeBackend(name)
  const row = opTable[name]
  const specs = row.outputs(name, inputs, params)
  for (let i = 0; i < inputs.length; i++) {
    const lives = inputs[i].backend
    if (lives !== backend) throw new Error(`${name}: ${elsewhere(lives, backend)}`)
  }
  recorder()?.uses(inputs)
  const offset = row.viewOffset?.(inputs, params)
  if (offset !== undefined) return [viewOf(inputs[0], specs[0].shape, offset)]
  const outputs = new Array<ConcreteTensor>(specs.length)
  for (let o = 0; o < specs.length; o++) outputs[o] = allocate(name, specs[o].shape, specs[o].dtype)
  const kernel = backend.kernels[name as Exclude<OpName, ViewOp>] as Kernel<unknown, OpParams[N]>
  kernel(inputs, outputs, params)
  return outputs
}

/** Two choices of `init` may make two backends of one name. */
function elsewhere(lives: Backend, active: Backend): string {
  const other =
    lives.name === active.name ? `another '${active.name}', of other options of init` : `'${active.name}'`
  return `a tensor lives on '${lives.name}', the active backend is ${other}`
}

function viewOf(x: ConcreteTensor, shape: Shape, offset: number): ConcreteTensor {
  const size = sizeOf(shape)
  const buffer = size === x.size ? x.buffer : x.backend.view(x.buffer, offset, size)
  return track(new ConcreteTensor(x.root, buffer, shape, x.dtype, madeAt()))
}
