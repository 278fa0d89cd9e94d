import { ERROR_NUMBERS } from './measures.ts'
import type { PlanePartition } from './partition.ts'

/** Errors of a partition whose outputs are known at its vertices. */
export interface VertexErrors {
  /** ‖x − f(x)‖² at each vertex. */
  readonly atVertices: Float64Array
  /** As `PlanePartition.errorForms`, around a corner of each region in place of its centroid: [regions × 8]. */
  readonly forms: Float64Array
}

/**
 * The points of a partition's vertices in the input space, [vertices × inputs], for a batch through the network.
 *
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { autoencoder, Network } from '@facet/models'
 * import { planePartition, vertexErrors, vertexPoints } from '@facet/geometry'
 * await init()
 * const model = autoencoder({ input: 2, bottleneck: 1, encoderHidden: [8], seed: 0 })
 * const whole = new Network([...model.encoder.layers, ...model.decoder.layers])
 * const partition = planePartition(whole, { window: [-1, 1] })
 * const points = vertexPoints(partition)
 * const outputs = whole.apply(tensor(points, { shape: [points.length / 2, 2] })).dataSync()
 * const { atVertices } = vertexErrors(partition, outputs)
 * Math.max(...atVertices) // the largest error in the window: it is convex on each region
 */
export function vertexPoints({ structure, plane }: PlanePartition): Float32Array<ArrayBuffer> {
  const { vertices, s, t } = structure
  const width = plane.origin.length
  const points = new Float32Array(vertices * width)
  for (let v = 0; v < vertices; v++)
    for (let i = 0; i < width; i++)
      points[v * width + i] = plane.origin[i] + s[v] * plane.u[i] + t[v] * plane.v[i]
  return points
}

/**
 * Squared errors of an autoencoder from its outputs at the vertices, which one batch gives: on each region x − f(x) is affine, so three of its corners say all. As
 * exact as the outputs; `errorForms` works from the weights in float64, and takes 10 to 30 times as long.
 *
 * @param outputs f at the points of {@link vertexPoints}, [vertices × inputs]
 * @throws RangeError for outputs of another number.
 */
export function vertexErrors(partition: PlanePartition, outputs: ArrayLike<number>): VertexErrors {
  const { structure, plane } = partition
  const { vertices, faces, s, t, origin, next, first } = structure
  const width = plane.origin.length
  if (outputs.length !== vertices * width)
    throw new RangeError(
      `vertexErrors: expected outputs [${vertices} × ${width}], got ${outputs.length} numbers`,
    )
  const residuals = new Float64Array(vertices * width)
  const atVertices = new Float64Array(vertices)
  for (let v = 0; v < vertices; v++) {
    let sum = 0
    for (let i = 0; i < width; i++) {
      const x = plane.origin[i] + s[v] * plane.u[i] + t[v] * plane.v[i]
      const residual = x - outputs[v * width + i]
      residuals[v * width + i] = residual
      sum += residual * residual
    }
    atVertices[v] = sum
  }
  const forms = new Float64Array(ERROR_NUMBERS * faces)
  const corners = [0, 0, 0]
  for (let face = 0; face < faces; face++) {
    const turn = widest(face, corners)
    formOf(corners, turn, ERROR_NUMBERS * face)
  }
  return { atVertices, forms }

  /** Three corners that span much of a region: the first, the one farthest from it, the one farthest from the line through both. @returns twice their signed area */
  function widest(face: number, to: number[]): number {
    const a = origin[first[face]]
    let [b, far] = [a, -1]
    for (let h = next[first[face]]; h !== first[face]; h = next[h]) {
      const distance = (s[origin[h]] - s[a]) ** 2 + (t[origin[h]] - t[a]) ** 2
      if (distance > far) [b, far] = [origin[h], distance]
    }
    let [c, turn] = [a, 0]
    for (let h = next[first[face]]; h !== first[face]; h = next[h]) {
      const v = origin[h]
      const area = (s[b] - s[a]) * (t[v] - t[a]) - (t[b] - t[a]) * (s[v] - s[a])
      if (Math.abs(area) > Math.abs(turn)) [c, turn] = [v, area]
    }
    to[0] = a
    to[1] = b
    to[2] = c
    return turn
  }

  function formOf([a, b, c]: readonly number[], turn: number, at: number): void {
    // ds and dt as shares of b − a and c − a.
    const per = turn === 0 ? 0 : 1 / turn
    const [bs, bt, cs, ct] = [s[b] - s[a], t[b] - t[a], s[c] - s[a], t[c] - t[a]]
    let [e0, es, et, ess, est, ett] = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < width; i++) {
      const r = residuals[a * width + i]
      const [toB, toC] = [residuals[b * width + i] - r, residuals[c * width + i] - r]
      const rs = per * (toB * ct - toC * bt)
      const rt = per * (toC * bs - toB * cs)
      e0 += r * r
      es += 2 * r * rs
      et += 2 * r * rt
      ess += rs * rs
      est += 2 * rs * rt
      ett += rt * rt
    }
    forms.set([s[a], t[a], e0, es, et, ess, est, ett], at)
  }
}
