import type { Contribution, Tensor } from '@facet/tensor'
import { padding, rate } from '../work/conv.ts'
import type { Library } from '../work/library.ts'
import { checkedSteps } from '../work/step.ts'
import type { Arrays, ConvWork, HostArray } from '../work/work.ts'

/** `max(x ⋆ W + b, 0)` with the states of its units. */
export function convLayer({ tensor }: Library, x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const { activate, add, conv2d, reluActivation, reshape } = tensor
  const pre = add(conv2d(x, weight, { padding }), reshape(bias, [bias.size, 1, 1]))
  return activate(reshape(pre, [x.shape[0], -1]), reluActivation).output
}

/** Loss, gradients and plain descent of the layer on the active backend, recorded where that can be, as `Trainer` does. */
export function startFacetConvTraining(library: Library, { inner }: ConvWork, inputs: Arrays) {
  const { keep, key, mean, prepareUpdate, reshape, scope, square, sub, tensor } = library.tensor
  const upload = ({ shape, values }: HostArray): Tensor => tensor(values, { shape })
  const [x, weight, bias] = [inputs.x, inputs.weight, inputs.bias].map(upload)
  const target = scope(() => reshape(upload(inputs.target), [x.shape[0], -1]))

  const differentiate = library.autograd.valueAndContributions(([w, b, input = x]: readonly Tensor[]) =>
    mean(square(sub(convLayer(library, input, w, b), target))),
  )
  const compute = () =>
    scope(() => {
      const { value, contributions } = differentiate(inner ? [weight, bias, x] : [weight, bias])
      const [ofWeight, ofBias, ofX] = contributions
      const updates = [
        prepareUpdate('accumulate', { parameter: weight }, ofWeight),
        prepareUpdate('accumulate', { parameter: bias }, ofBias),
      ]
      return { loss: value, contributions, updates, ofX: ofX?.[0] as Tensor | undefined }
    })
  type Step = ReturnType<typeof compute>

  /** Reads the loss, and moves the parameters. */
  function finish({ loss, updates }: Step): number {
    for (const update of updates) update({ weight: -rate, decay: 0 })
    return loss.dataSync()[0]
  }
  const { recording } = library.dispatch.record(key('conv'), compute)
  if (recording !== null) for (const t of tensorsOf(recording.result)) keep(t)

  /** @param read is shown the step's gradients while they are there */
  function step(read?: (gradients: Step) => void): number {
    if (recording !== null) {
      recording.replay(key('conv'))
      read?.(recording.result)
      return finish(recording.result)
    }
    return scope(() => {
      const result = compute()
      read?.(result)
      return finish(result)
    })
  }
  return {
    step,
    /** What the check of the work wants. */
    result(): number[] {
      const losses: number[] = []
      let first: Iterable<number> = []
      for (let s = 0; s < checkedSteps; s++) {
        const read = ({ ofX }: Step) => {
          if (s === 0 && ofX !== undefined) first = [...ofX.dataSync()]
        }
        losses.push(step(read))
      }
      return [...losses, ...weight.dataSync(), ...bias.dataSync(), ...first]
    },
    release() {
      if (recording !== null) {
        for (const t of tensorsOf(recording.result)) t.dispose()
        recording.dispose()
      }
      for (const held of [x, weight, bias, target]) held.dispose()
    },
  }
}

const tensorsOf = ({
  loss,
  contributions,
}: {
  loss: Tensor
  contributions: readonly (readonly Contribution[])[]
}): Tensor[] => [
  loss,
  ...contributions.flat().flatMap((term) => ('left' in term ? [term.left, term.right] : [term])),
]
