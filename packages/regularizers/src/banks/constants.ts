import { type DType, keep, type Shape, type Tensor, zeros } from '@facet/tensor'
import { activeBackend, rewrite } from '@facet/tensor/dispatch'

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array }

/**
 * Numbers of a bank as a tensor that outlives every scope. Made by rewriting zeros: a step that is being recorded refuses
 * `tensor()`, whose numbers may be others in the next step; these never are.
 */
export function constant(values: ArrayLike<number>, shape: Shape, dtype: keyof typeof arrays): Tensor {
  const made = keep(zeros(shape, dtype))
  rewrite(made, arrays[dtype].from(values))
  return made
}

/** What is made once for each backend, at its first use. */
export function perBackend<T>(make: () => T): () => T {
  const made = new WeakMap<object, T>()
  return () => {
    const backend = activeBackend('GeneratorBank')
    let one = made.get(backend)
    if (one === undefined) made.set(backend, (one = make()))
    return one
  }
}

/** What is made once for each backend and dtype, at its first use. */
export function perDType<T>(make: (dtype: 'float32' | 'float64') => T): (dtype: DType) => T {
  const [single, double] = [perBackend(() => make('float32')), perBackend(() => make('float64'))]
  return (dtype) => (dtype === 'float64' ? double() : single())
}
