import {
  add,
  affine,
  broadcastTo,
  concat,
  expandDims,
  eye,
  formatShape,
  identityActivation,
  keep,
  matmul,
  neg,
  sub,
  Tensor,
  transpose,
} from '@facet/tensor'
import { anything, describe, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import type { JacobianFactors, TangentFactors } from './network.ts'
import { Parameter } from './parameter.ts'

/** Options of what may stand around layers, in the order in which files and descriptions name them; {@link frameOf} checks them. */
export const frameRows = {
  /** P [out, in], which goes past the layers. It is trained: the parameter `<name>.skip.weight`. */
  skip: optional(anything<Tensor>()),
  /** [in], subtracted from the input. It is not trained. */
  centre: optional(anything<Tensor>()),
  /** [out], added to the output. It is not trained. */
  offset: optional(anything<Tensor>()),
}

const frameOptions = optionTable('network', frameRows)

/** What may stand around the layers of a network; each left out where `undefined`. */
export type FrameOptions = OptionsOf<typeof frameOptions>

export type FramePart = keyof FrameOptions

/** The parts of a frame, in their order. */
export const frameParts = frameOptions.names as readonly FramePart[]

/** A frame as a network holds it: `output = layers(x − centre) + P (x − centre) + offset`. */
export interface Frame {
  readonly skip: Parameter | null
  readonly centre: Tensor | null
  readonly offset: Tensor | null
}

/** What a frame must fit. */
interface Framed {
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly dtype: Tensor['dtype']
}

/** @throws Error for a part of another shape or dtype than the layers ask for, TypeError for one that is unknown. */
export function frameOf(frame: FrameOptions, framed: Framed): Frame {
  const { name, inputs, outputs } = framed
  const { skip, centre, offset } = frameOptions.resolve(frame, `network '${name}'`)
  expectPart('skip', skip, [outputs, inputs], framed)
  expectPart('centre', centre, [inputs], framed)
  expectPart('offset', offset, [outputs], framed)
  return {
    skip: skip === undefined ? null : new Parameter(`${name}.skip.weight`, skip),
    centre: centre === undefined ? null : keep(centre),
    offset: offset === undefined ? null : keep(offset),
  }
}

/** x − centre: what the layers and the skip see. */
export function centred({ centre }: Frame, x: Tensor): Tensor {
  return centre === null ? x : sub(x, centre)
}

/** The output of the layers [N, out] with P (x − centre) + offset added; `inside` is x − centre, `null` for 0. */
export function aroundOutput({ skip, offset }: Frame, inside: Tensor | null, output: Tensor): Tensor {
  if (skip !== null && inside !== null) {
    return add(output, affine(inside, skip.value, offset, identityActivation).output)
  }
  return offset === null ? output : add(output, offset)
}

/** P v for vectors v [N, in], added to what the layers make of them. */
export function withSkippedVectors({ skip }: Frame, v: Tensor, output: Tensor): Tensor {
  return skip === null ? output : add(output, matmul(v, skip.value, { transposeB: true }))
}

/** A [N, out, in] with P added. */
export function withSkip({ skip }: Frame, A: Tensor): Tensor {
  return skip === null ? A : add(A, skip.value)
}

/** Aᵀ [N, in, out] with Pᵀ added. */
export function withSkipTransposed({ skip }: Frame, tangents: Tensor): Tensor {
  return skip === null ? tangents : add(tangents, transpose(skip.value))
}

/** The same for tangents of which the readout is apart: P is more columns of it, and every sample's rows of them are the unit vectors. */
export function withSkipApart(frame: Frame, { rows, readout }: TangentFactors): TangentFactors {
  const { skip } = frame
  if (skip === null || readout === null) return { rows: withSkipTransposed(frame, rows), readout }
  const [count, inputs] = rows.shape
  const units = broadcastTo(eye(inputs, rows.dtype), [count, inputs, inputs])
  return { rows: concat([rows, units], 2), readout: concat([readout, skip.value], 1) }
}

/** The same for Jacobians of which the weight of the first layer is apart: P stays apart as well. */
export function withSkipBeside(frame: Frame, { rows, readin }: JacobianFactors): JacobianFactors {
  if (readin === null) return { rows: withSkip(frame, rows), readin, skip: null }
  return { rows, readin, skip: frame.skip?.value ?? null }
}

/** What the layers see of the input 0, [1, in]; `null` for 0 itself. */
export function seenAtZero({ centre }: Frame): Tensor | null {
  return centre === null ? null : expandDims(neg(centre), 0)
}

function expectPart(
  part: FramePart,
  value: Tensor | undefined,
  shape: readonly number[],
  { name, dtype }: Framed,
): void {
  if (value === undefined) return
  if (value instanceof Tensor && value.dtype === dtype && value.shape.join() === shape.join()) return
  const got = value instanceof Tensor ? `${value.dtype} ${formatShape(value.shape)}` : describe(value)
  throw new Error(`network '${name}': ${part}: expected ${dtype} ${formatShape(shape)}, got ${got}`)
}
