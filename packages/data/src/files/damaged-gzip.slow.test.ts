import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { init } from '@facet/tensor'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SamplesFormat } from '../samples/samples.ts'
import { idxBytes } from '../testing/idx-bytes.ts'
import { mutations } from '../testing/mutations.ts'
import { ascii, parseBytes, rowsOf } from '../testing/parse-bytes.ts'
import { loadSamples } from './load-samples.ts'

let folder: string
beforeAll(async () => {
  await init()
  folder = await mkdtemp(join(tmpdir(), 'facet-damaged-'))
})
afterAll(() => rm(folder, { recursive: true }))

const text = Array.from({ length: 60 }, (_, i) => `${i % 3}\t${i / 7}\t-${i}.25\t1e-${i}\n`).join('')
const files: Record<string, [SamplesFormat, Uint8Array]> = {
  'UCR text': ['ucr', ascii(text)],
  IDX: [
    'idx',
    idxBytes(
      8,
      [30, 3, 4],
      Array.from({ length: 360 }, (_, i) => (i * 37) % 256),
    ),
  ],
}

/** The content by zlib in one call, or `null` where it finds something wrong. */
function unzipped(bytes: Uint8Array): Uint8Array | null {
  try {
    return new Uint8Array(gunzipSync(bytes))
  } catch {
    return null
  }
}

describe('1,000 damaged gzip files', () => {
  it.each(Object.entries(files))(
    'of %s: a clear error, or the same as unzipped beforehand',
    async (_, [format, plain]) => {
      const path = join(folder, `${format}.gz`)
      const member = gzipSync(plain)
      const two = Buffer.concat([gzipSync(plain.slice(0, 99)), gzipSync(plain.slice(99))])
      // Damaged outside, damaged inside, or sound with something behind it.
      const damaged = fc.oneof(
        fc.constantFrom(member, new Uint8Array(two)).chain(mutations),
        mutations(plain).map((inside) => new Uint8Array(gzipSync(inside))),
        fc
          .uint8Array({ minLength: 1, maxLength: 20 })
          .map((tail) => new Uint8Array(Buffer.concat([two, tail]))),
      )
      let read = 0
      await fc.assert(
        fc.asyncProperty(damaged, async (bytes) => {
          await writeFile(path, bytes)
          const content = unzipped(bytes)
          const loaded = await loadSamples(path, { format, dtype: 'float64' }).catch((error: Error) => error)
          const expected =
            content && (await parseBytes(format, content, { dtype: 'float64' }).catch(() => null))
          if (loaded instanceof Error) {
            expect(loaded.message).toMatch(/^loadSamples: .*\.gz( (line|byte) \d+)?: .*expected/)
            // Zeros behind a member are padding to zlib.
            if (!loaded.message.includes('after the end of the compressed data')) expect(expected).toBeNull()
            return
          }
          read++
          expect(expected).not.toBeNull()
          expect(loaded.data.toArray()).toEqual(expected && rowsOf(expected))
        }),
        { numRuns: 1000 },
      )
      expect(read).toBeGreaterThan(0)
    },
  )
})
