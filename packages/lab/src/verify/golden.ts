import { isObject, type Json, requireKeys } from '../network-file/json.ts'
import { type GeometryFile, isGeometryFile } from './geometry/verify-geometry.ts'
import { isLayersFile, type LayersFile, parseLayersFile } from './layers/layers-file.ts'

/** One layer as a golden file writes it: `y = act(W x + b)`. */
export interface GoldenLayer {
  readonly W: readonly (readonly number[])[]
  readonly b: readonly number[] | null
}

/** What the files say of the network and its computation; see the schema in the golden files' README. */
export interface GoldenSpec {
  readonly d: number
  readonly h: number
  readonly act: string
  readonly alpha: number
  readonly latent_act: string
  readonly ridge: number
  readonly enc_acts: readonly string[]
  readonly dec_acts: readonly string[]
  readonly singular?: boolean
}

export interface TrajectorySpec extends GoldenSpec {
  readonly lr: number
  readonly beta1: number
  readonly beta2: number
  readonly adam_eps: number
  readonly lam: number
}

/** What both kinds of file share: a network, generators and one batch. */
export interface GoldenInputs<S extends GoldenSpec = GoldenSpec> {
  readonly spec: S
  readonly enc: readonly GoldenLayer[]
  readonly dec: readonly GoldenLayer[]
  /** [h, d, d] */
  readonly G: Json
  /** [N, d] */
  readonly x: Json
  /** [N, K, d] */
  readonly noise: Json
  /** [N, h] */
  readonly theta: Json
  readonly theta_p: Json
}

export interface GoldenNetwork extends GoldenInputs {
  readonly expect: Readonly<Record<string, Json>>
}

export interface GoldenTrajectory extends GoldenInputs<TrajectorySpec> {
  readonly kind: string
  readonly trace: readonly Readonly<Record<string, Json>>[]
}

const inputKeys = ['spec', 'enc', 'dec', 'G', 'x', 'noise', 'theta', 'theta_p']
const trajectorySpecKeys = ['lr', 'beta1', 'beta2', 'adam_eps', 'lam']

function requireLayers(where: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0)
    throw new Error(`${where}: expected a list of layers {W, b}`)
  value.forEach((layer, i) => {
    if (!isObject(layer) || !Array.isArray(layer.W) || !(layer.b === null || Array.isArray(layer.b))) {
      throw new Error(`${where}[${i}]: expected a layer {W: [out][in], b: [out] or null}`)
    }
  })
}

function activationNames(
  where: string,
  listed: unknown,
  layers: number,
  hidden: unknown,
  last: unknown,
): string[] {
  const names = Array.isArray(listed) ? listed : [...Array.from({ length: layers - 1 }, () => hidden), last]
  if (names.length !== layers)
    throw new Error(`${where}: expected ${layers} activations, got ${names.length}`)
  return names.map(String)
}

export type GoldenFile = GoldenNetwork | GoldenTrajectory | LayersFile | GeometryFile

/**
 * Reads a golden file: a network (`expect`), a training trajectory (`trace`), layers of any kind (`kind: 'layers'`), or
 * regions of layers (`kind` of {@link verifyGeometry}).
 *
 * @throws Error for text that is not JSON, and for files of no such kind, naming what is missing.
 */
export function parseGolden(text: string): GoldenFile {
  const file: unknown = JSON.parse(text)
  if (!isObject(file))
    throw new Error(`expected a JSON object, got ${Array.isArray(file) ? 'a list' : String(file)}`)
  if (isLayersFile(file)) return parseLayersFile(file)
  if (isGeometryFile(file)) return file
  requireKeys('golden file', file, inputKeys)
  const spec = file.spec
  if (!isObject(spec)) throw new Error('spec: expected an object')
  requireLayers('enc', file.enc)
  requireLayers('dec', file.dec)
  const { enc, dec } = file as unknown as GoldenInputs
  const complete = {
    ...file,
    spec: {
      ridge: 0,
      alpha: 0,
      ...spec,
      enc_acts: activationNames(
        'spec.enc_acts',
        spec.enc_acts,
        enc.length,
        spec.act,
        spec.latent_act ?? spec.act,
      ),
      dec_acts: activationNames('spec.dec_acts', spec.dec_acts, dec.length, spec.act, 'identity'),
    },
  }
  if (isObject(file.expect)) return complete as unknown as GoldenNetwork
  if (!Array.isArray(file.trace) || file.trace.length === 0 || !file.trace.every(isObject)) {
    throw new Error("golden file: expected 'expect' (a network) or 'trace' (a list of training steps)")
  }
  requireKeys('golden file', file, ['kind'])
  requireKeys('spec', spec, trajectorySpecKeys)
  return complete as unknown as GoldenTrajectory
}

export const isTrajectory = (file: GoldenFile): file is GoldenTrajectory => 'trace' in file
