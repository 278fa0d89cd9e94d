import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { autoencoder, checkpointWeights, loadModel, saveModel, Trainer } from '@facet/models'
import { crc32, key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import { inResultFolder } from '../folder/result-folder.ts'
import { flipped, isNativeMessage, type MutantKind, mutantsOf, randomOf } from '../testing/mutants.ts'
import { checkedJson } from './checked-json.ts'
import type { TrainRequest } from './defaults.ts'
import { fileNames, stampOf } from './files.ts'
import { inspectModel } from './inspect.ts'
import { openModelFolder } from './open-model-folder.ts'
import { planeRows, sampleFixture } from './testing/sample-fixtures.ts'
import { resumeModelFolder, trainModelFolder } from './train-model-folder.ts'

/** Mutants of each file, in each test. FACET_MUTANTS=3000 tries as many as the note of the decision tells of. */
const count = Number(process.env.FACET_MUTANTS ?? 20)
/** Bits of each file, evenly spread over it and drawn within. */
const bits = Number(process.env.FACET_BITS ?? 20)

const data = { path: 'fixture.csv', format: null, labels: null, array: null, sample: null }
const request: TrainRequest = {
  data,
  epochs: 4,
  batchSize: 8,
  hidden: [5],
  bottleneck: 2,
  objectives: [{ name: 'reconstruction' }, { name: 'lieGroupFirstOrder', generators: 'lowRank:2' }],
}
const samples = () => sampleFixture(planeRows(30, 6), { columns: [...'abcdef'] })

let base: string
const at = (...names: string[]): string => join(base, ...names)
const contentsOf = (name: string): Record<string, Buffer> =>
  Object.fromEntries(readdirSync(at(name)).map((file) => [file, readFileSync(at(name, file))]))

let straight: Record<string, Buffer>
let unfinished: Record<string, Buffer>

beforeAll(async () => {
  await startEngine()
  base = mkdtempSync(join(tmpdir(), 'facet-damage-'))
  await inResultFolder(at('straight'), (folder) => trainModelFolder(request, samples(), { folder }))
  const stop = new AbortController()
  const stream = { write: (text: string) => void (text.includes('epoch 3/') && stop.abort()) }
  await inResultFolder(at('unfinished'), (folder) =>
    trainModelFolder(request, samples(), { folder, signal: stop.signal, stream }),
  ).catch(() => {})
  straight = contentsOf('straight')
  unfinished = contentsOf('unfinished')
})
afterAll(() => rmSync(base, { recursive: true }))

/** A folder with these files. */
function put(files: Readonly<Record<string, Uint8Array>>): string {
  const path = at('tried')
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path)
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes)
  return path
}

/** All that is read of a finished folder. */
async function read(path: string): Promise<void> {
  const folder = await openModelFolder(path)
  await inspectModel(folder, null)
}

const resume = (path: string) =>
  inResultFolder(path, (folder) => resumeModelFolder(samples(), { folder }), '--resume')

/** The error, `null` for none. */
const errorOf = (promise: Promise<unknown>): Promise<Error | null> =>
  promise.then(
    () => null,
    (error: Error) => error,
  )

function* bitsOf(bytes: Uint8Array, name: string): Generator<number> {
  const random = randomOf(crc32(new TextEncoder().encode(name)))
  const share = Math.max(1, Math.floor((8 * bytes.length) / bits))
  for (let i = 0; i < Math.min(bits, 8 * bytes.length); i++) yield i * share + random(share)
}

function expectTold(error: Error, file: string, what: string): void {
  expect(error, what).toBeInstanceOf(UsageError)
  expect(error.message, what).toContain(file)
  expect(isNativeMessage(error.message), `${what}: ${error.message}`).toBe(false)
}

/** A try takes up to a second where six sessions share two cores. */
const timeout = 60_000 + 1000 * (count + bits)

describe('one bit of another value', { timeout }, () => {
  const files = [fileNames.config, fileNames.weights, fileNames.log, fileNames.regions, fileNames.generators]
  it.each(files)('in %s of a model is told with the file', async (name) => {
    for (const bit of bitsOf(straight[name], name)) {
      const { what, bytes } = flipped(straight[name], bit)
      const error = await errorOf(read(put({ ...straight, [name]: bytes })))
      expect(error, what).not.toBeNull()
      expectTold(error!, name, what)
    }
  })

  it.each([fileNames.unfinished, fileNames.checkpoint, fileNames.log])(
    'in %s of a training is told with the file, or changes nothing',
    async (name) => {
      for (const bit of bitsOf(unfinished[name], name)) {
        const { what, bytes } = flipped(unfinished[name], bit)
        const path = put({ ...unfinished, [name]: bytes })
        const error = await errorOf(resume(path))
        if (error !== null) expectTold(error, name, what)
        // The log of a training is for people: nothing is read of it.
        else expect([name, contentsOf('tried')], what).toEqual([fileNames.log, straight])
      }
    },
  )

  it('in a checkpoint is told by the library, wherever it is', () => {
    const bytes = unfinished[fileNames.checkpoint]
    for (let bit = 0; bit < 8 * bytes.length; bit += 37) {
      expect(() => checkpointWeights(flipped(bytes, bit).bytes), `bit ${bit}`).toThrow(
        /fit: resume|decodeSafetensors/,
      )
    }
  })
})

describe('an edited training.json', () => {
  it.each([
    ['the learning rate', '"learningRate": 0.001', '"learningRate": 0.002'],
    ['the seed', '"seed": 0', '"seed": 1'],
    ['the path', '"path": "fixture.csv"', '"path": "other.csv"'],
  ])('%s is refused, with the command that begins anew', async (_, from, to) => {
    const text = unfinished[fileNames.unfinished].toString()
    expect(text).toContain(from)
    const path = put({ ...unfinished, [fileNames.unfinished]: Buffer.from(text.replace(from, to)) })
    const error = await errorOf(resume(path))
    expect(error).toBeInstanceOf(UsageError)
    expect(error!.message).toMatch(
      /training\.json: damaged or edited: expected the checksum [0-9a-f]{8} .*, found /,
    )
    expect(error!.message).toContain(`begin anew with: facet train --data FILE --out ${path} --overwrite`)
  })
})

/** `model.json` that vouches for these files, as somebody could write it who wants them believed. */
function vouched(files: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  const { crc32: _, ...config } = JSON.parse(new TextDecoder().decode(files[fileNames.config]))
  const stamps = Object.keys(config.files).map((name) => [name, stampOf(files[name])])
  const text = checkedJson({ ...config, files: Object.fromEntries(stamps) })
  return { ...files, [fileNames.config]: new TextEncoder().encode(text) }
}

/** The same checksum as if it had been written so. */
function resealed(bytes: Uint8Array): Uint8Array {
  try {
    const { crc32: _, ...value } = JSON.parse(new TextDecoder().decode(bytes))
    return new TextEncoder().encode(checkedJson(value))
  } catch {
    return bytes
  }
}

/** A checkpoint whose own checksum is right. */
function resealedCheckpoint(bytes: Uint8Array): Uint8Array {
  const head = '{"__metadata__":{"facet.crc32":"'
  const copy = new Uint8Array(bytes)
  if (new TextDecoder().decode(copy.subarray(8, 8 + head.length)) !== head) return bytes
  const encoder = new TextEncoder()
  if (copy.length < 48) return bytes
  copy.set(encoder.encode('00000000'), 8 + head.length)
  copy.set(encoder.encode(crc32(copy).toString(16).padStart(8, '0')), 8 + head.length)
  return copy
}

const finishedKinds: readonly [string, MutantKind][] = [
  [fileNames.config, 'json'],
  [fileNames.weights, 'safetensors'],
  [fileNames.generators, 'safetensors'],
  [fileNames.log, 'lines'],
  [fileNames.regions, 'bytes'],
]

describe('mutants', { timeout }, () => {
  it.each(finishedKinds)('of %s that are vouched for end in words of ours', async (name, kind) => {
    for (const { what, bytes } of mutantsOf(straight[name], kind, count, 1)) {
      const files = { ...straight, [name]: bytes }
      const error = await errorOf(
        read(put(name === fileNames.config ? { ...files, [name]: resealed(bytes) } : vouched(files))),
      )
      if (error !== null) expectTold(error, name, what)
    }
  })

  it.each(finishedKinds)('of %s as they are, are told', async (name, kind) => {
    for (const { what, bytes } of mutantsOf(straight[name], kind, count, 2)) {
      if (Buffer.from(bytes).equals(straight[name])) continue
      const error = await errorOf(read(put({ ...straight, [name]: bytes })))
      expect(error, what).not.toBeNull()
      expectTold(error!, name, what)
    }
  })

  it.each([
    [fileNames.unfinished, 'json', resealed],
    [fileNames.checkpoint, 'safetensors', resealedCheckpoint],
    [fileNames.log, 'lines', (bytes: Uint8Array) => bytes],
  ] as const)('of %s with a right checksum end in words of ours', async (name, kind, seal) => {
    for (const { what, bytes } of mutantsOf(unfinished[name], kind, count, 3)) {
      // Of a training that may take hours.
      if (/epochs|hidden|Hidden|bottleneck/.test(what)) continue
      const error = await errorOf(resume(put({ ...unfinished, [name]: seal(bytes) })))
      if (error === null || name === fileNames.unfinished) continue
      expectTold(error, name, what)
    }
  })

  it('of model.safetensors alone, with its preparation and calibration, end in words of ours', async () => {
    let refused = 0
    for (const { what, bytes } of mutantsOf(straight[fileNames.weights], 'safetensors', 3 * count, 5)) {
      const path = join(put({ [fileNames.weights]: bytes }), fileNames.weights)
      const since = performance.now()
      const error = await errorOf(openModelFolder(path).then((folder) => folder.calibration()))
      expect(performance.now() - since, what).toBeLessThan(2000)
      if (error === null) continue
      refused++
      expectTold(error, fileNames.weights, what)
    }
    expect(refused).toBeGreaterThan(count)
  })

  it('of a model file and of a checkpoint end in words of ours in the library', () => {
    const model = autoencoder({ input: 6, bottleneck: 2, encoderHidden: [5], decoderHidden: [5, 5], seed: 0 })
    const trainer = new Trainer(model, key('x').normal([20, 6]), { epochs: 3, batchSize: 8 })
    trainer.step()
    const sources = [
      { bytes: straight[fileNames.weights], open: (bytes: Uint8Array) => void loadModel(bytes) },
      {
        bytes: trainer.checkpoint(),
        open: (bytes: Uint8Array) => {
          const resume = resealedCheckpoint(bytes)
          new Trainer(model, key('x').normal([20, 6]), { epochs: 3, batchSize: 8, resume }).release()
        },
      },
    ]
    for (const { bytes, open } of sources) {
      for (const mutant of mutantsOf(bytes, 'safetensors', count, 4)) {
        let message = ''
        try {
          open(mutant.bytes)
        } catch (error) {
          message = (error as Error).message
        }
        expect(isNativeMessage(message), `${mutant.what}: ${message}`).toBe(false)
      }
    }
  })
})

it('a folder of the present release, without checksums, opens as it is', async () => {
  const old = { ...straight }
  const { crc32: _, preparation, ...config } = JSON.parse(old[fileNames.config].toString())
  old[fileNames.weights] = Buffer.from(await saveModel(loadModel(old[fileNames.weights])))
  const files = { ...config.files, [fileNames.weights]: stampOf(old[fileNames.weights]) }
  const { normaliser } = preparation
  old[fileNames.config] = Buffer.from(JSON.stringify({ ...config, version: 1, normaliser, files }))
  await read(put(old))
})
