import { describe } from '@facet/tensor/checks'
import * as z from 'zod'
import { isObject, type Json, parseJson, requireKeys } from '../network-file/json.ts'
import { expected, parseFields } from './geometry/file-fields.ts'
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

/** Where a file with neither `kind` nor `layers` says nothing else, it is a network or a trajectory, and these are there. */
const inputKeys = ['spec', 'enc', 'dec', 'G', 'x', 'noise', 'theta', 'theta_p']
const trajectorySpecKeys = ['lr', 'beta1', 'beta2', 'adam_eps', 'lam']

const name = z.string('expected a name')
const number = z.number('expected a number')

/** Shapes and numbers are looked at where tensors are made of them, which names the place of each. */
const nested = z.custom<Json>((value) => Array.isArray(value), 'expected numbers')

const layer = z.looseObject(
  { W: z.array(z.unknown()), b: z.array(z.unknown()).nullable() },
  'expected a layer {W: [out][in], b: [out] or null}',
)
const layers = z
  .array(layer, 'expected a list of layers {W, b}')
  .min(1, 'expected a list of layers {W, b}, got none')

/** What a network and a trajectory share. */
const inputs = {
  spec: z.looseObject(
    {
      act: name.optional(),
      latent_act: name.optional(),
      alpha: number.default(0),
      ridge: number.default(0),
      singular: z.boolean('expected true or false').optional(),
      enc_acts: z.array(name, 'expected a list of names').optional(),
      dec_acts: z.array(name, 'expected a list of names').optional(),
    },
    'expected an object',
  ),
  enc: layers,
  dec: layers,
  G: nested,
  x: nested,
  noise: nested,
  theta: nested,
  theta_p: nested,
}

const networkSchema = z.looseObject({ ...inputs, expect: expected })

const step = z.looseObject(
  { step: number, mse: number, reg: number, loss: number },
  'expected a training step {step, mse, reg, loss}',
)

const trajectorySchema = z.looseObject({
  ...inputs,
  kind: name,
  spec: inputs.spec.extend({ lr: number, beta1: number, beta2: number, adam_eps: number, lam: number }),
  trace: z.array(step).min(1, 'expected one or more training steps'),
})

type Spec = z.output<typeof inputs.spec>

function activationNames(
  where: string,
  listed: readonly string[] | undefined,
  layers: number,
  { act }: Spec,
  last: string | undefined,
): string[] {
  const names = listed ?? [...Array.from({ length: layers - 1 }, () => act), last]
  if (names.length !== layers)
    throw new Error(`${where}: expected ${layers} activations, got ${names.length}`)
  return names.map((name) => {
    if (name !== undefined) return name
    throw new Error(`spec.act: expected the name of an activation, as there is no ${where}, got nothing`)
  })
}

export type GoldenFile = GoldenNetwork | GoldenTrajectory | LayersFile | GeometryFile

/**
 * Reads a golden file: a network (`expect`), a training trajectory (`trace`), layers of any kind (`kind: 'layers'`), or
 * regions of layers (`kind` of {@link verifyGeometry}).
 *
 * @throws Error for text that is not JSON, and for files of no such kind, naming what is missing.
 */
export function parseGolden(text: string): GoldenFile {
  const file: unknown = parseJson(text)
  if (!isObject(file)) {
    const found = Array.isArray(file) ? 'a list' : describe(file)
    throw new Error(`expected a JSON object, got ${found}`)
  }
  if (isLayersFile(file)) return parseLayersFile(file)
  if (isGeometryFile(file)) return file
  requireKeys('golden file', file, inputKeys)
  if (Object.hasOwn(file, 'expect')) return complete(parseFields(networkSchema, file))
  if (!Array.isArray(file.trace))
    throw new Error("golden file: expected 'expect' (a network) or 'trace' (a list of training steps)")
  requireKeys('golden file', file, ['kind'])
  if (isObject(file.spec)) requireKeys('spec', file.spec, trajectorySpecKeys)
  return complete(parseFields(trajectorySchema, file))
}

/** With the activations of all layers. */
function complete<F extends z.output<typeof networkSchema> | z.output<typeof trajectorySchema>>(
  file: F,
): GoldenFile {
  const { spec, enc, dec } = file
  const { enc_acts, dec_acts, act, latent_act } = spec
  return {
    ...file,
    spec: {
      ...spec,
      enc_acts: activationNames('spec.enc_acts', enc_acts, enc.length, spec, latent_act ?? act),
      dec_acts: activationNames('spec.dec_acts', dec_acts, dec.length, spec, 'identity'),
    },
  } as unknown as GoldenFile
}

export const isTrajectory = (file: GoldenFile): file is GoldenTrajectory =>
  'trace' in file && !('expect' in file)
