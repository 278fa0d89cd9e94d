import type * as Jax from '@jax-js/jax'
import { padding, rate } from '../work/conv.ts'
import { checkedSteps } from '../work/step.ts'
import type { Arrays, ConvWork, HostArray } from '../work/work.ts'

type Array = Jax.Array

const around: [number, number][] = [
  [padding, padding],
  [padding, padding],
]

/** `max(x ⋆ W + b, 0)`; uses its arguments up, as every function of jax-js does. */
export const convLayer = ({ lax, nn }: typeof Jax, x: Array, weight: Array, bias: Array): Array =>
  nn.relu(lax.conv(x, weight, [1, 1], around).add(bias.reshape([-1, 1, 1])))

/** Loss, gradients and plain descent of the layer as one function, compiled or not. */
export function startJaxConvTraining(jax: typeof Jax, work: ConvWork, inputs: Arrays, compiled: boolean) {
  const { numpy: np } = jax
  const upload = ({ shape, values }: HostArray) => np.array(values).reshape([...shape])
  const [x, target] = [upload(inputs.x), upload(inputs.target)]
  let [weight, bias] = [upload(inputs.weight), upload(inputs.bias)]

  const loss = (w: Array, b: Array, input: Array, wanted: Array): Array =>
    np.mean(np.square(convLayer(jax, input, w, b).sub(wanted)))

  const argnums = work.inner ? [0, 1, 2] : [0, 1]
  const step = (w: Array, b: Array, input: Array, wanted: Array) => {
    const differentiate = jax.valueAndGrad(loss, { argnums }) as unknown as (
      ...x: Array[]
    ) => [Array, Array[]]
    const [value, [ofWeight, ofBias, ...ofX]] = differentiate(w.ref, b.ref, input, wanted)
    return [value, w.sub(ofWeight.mul(rate)), b.sub(ofBias.mul(rate)), ...ofX]
  }
  const run = (compiled ? jax.jit(step as never) : step) as unknown as typeof step

  /** @returns the loss, and the gradient with respect to x where it is wanted, which is the caller's to dispose. */
  async function next(): Promise<readonly [number, Array | undefined]> {
    const [value, newWeight, newBias, ofX] = run(weight, bias, x.ref, target.ref)
    ;[weight, bias] = [newWeight, newBias]
    await jax.blockUntilReady(ofX === undefined ? [weight, bias] : [weight, bias, ofX])
    return [(await value.data())[0], ofX]
  }
  return {
    async step(): Promise<void> {
      const [, ofX] = await next()
      ofX?.dispose()
    },
    /** What the check of the work wants. */
    async result(): Promise<number[]> {
      const losses: number[] = []
      let first: Iterable<number> = []
      for (let s = 0; s < checkedSteps; s++) {
        const [value, ofX] = await next()
        losses.push(value)
        if (s === 0 && ofX !== undefined) first = (await ofX.data()) as Float32Array
        else ofX?.dispose()
      }
      return [...losses, ...(await weight.ref.data()), ...(await bias.ref.data()), ...first]
    },
    release() {
      for (const held of [x, target, weight, bias]) held.dispose()
    },
  }
}
