import type * as Jax from '@jax-js/jax'
import type { Arrays } from '../work/work.ts'

type Array = Jax.Array

const [rate, beta1, beta2, epsilon] = [1e-3, 0.9, 0.999, 1e-8]

/**
 * The plain autoencoder and its Adam in jax-js: loss, gradients and new parameters are one function, compiled or not. Arrays
 * are moved, as the library wants it: `ref` wherever one is used once more.
 */
export function startJaxTraining(jax: typeof Jax, inputs: Arrays, compiled: boolean) {
  const { numpy: np, nn } = jax
  const names = Object.keys(inputs).filter((name) => /\.(weight|bias)$/.test(name))
  const layers = names.length / 2
  let parameters = names.map((name) => np.array(inputs[name].values).reshape([...inputs[name].shape]))
  let first = names.map((name) => np.zeros([...inputs[name].shape]))
  let second = names.map((name) => np.zeros([...inputs[name].shape]))
  let count = 0

  const reconstruct = (values: Array[], x: Array): Array => {
    let y = x
    for (let l = 0; l < layers; l++) {
      const pre = np.matmul(y, np.transpose(values[2 * l])).add(values[2 * l + 1])
      y = l + 1 < layers ? nn.relu(pre) : pre
    }
    return y
  }
  const loss = (values: Array[], x: Array): Array => np.mean(np.square(reconstruct(values, x.ref).sub(x)))

  /** `corrections` are 1 − β₁ᵗ and 1 − β₂ᵗ. */
  const step = (values: Array[], m: Array[], v: Array[], x: Array, corrections: Array[]) => {
    const [value, gradients] = jax.valueAndGrad(loss)(
      values.map((p) => p.ref) as never,
      x as never,
    ) as unknown as [Array, Array[]]
    const newFirst = m.map((old, i) => old.mul(beta1).add(gradients[i].ref.mul(1 - beta1)))
    const newSecond = v.map((old, i) => old.mul(beta2).add(np.square(gradients[i]).mul(1 - beta2)))
    const next = values.map((p, i) => {
      const mean = newFirst[i].ref.div(corrections[0].ref)
      const root = np.sqrt(newSecond[i].ref.div(corrections[1].ref))
      return p.sub(mean.mul(rate).div(root.add(epsilon)))
    })
    for (const correction of corrections) correction.dispose()
    return [value, next, newFirst, newSecond] as [Array, Array[], Array[], Array[]]
  }
  const run = (compiled ? jax.jit(step as never) : step) as unknown as typeof step

  return {
    async step(x: Array): Promise<number> {
      count++
      const corrections = [np.array(1 - beta1 ** count), np.array(1 - beta2 ** count)]
      const [value, ...state] = run(parameters, first, second, x, corrections)
      ;[parameters, first, second] = state
      await jax.blockUntilReady(state)
      const [number] = await value.data()
      return number
    },
    reconstruct: (x: Array): Array =>
      reconstruct(
        parameters.map((p) => p.ref),
        x,
      ),
    release() {
      for (const x of [...parameters, ...first, ...second]) x.dispose()
    },
  }
}
