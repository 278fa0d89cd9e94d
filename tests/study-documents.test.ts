import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const docs = new URL('../docs/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, docs), 'utf8')

/** Rows of a results document: a link to a study document and its checksum. */
const fixed = (results: string): [path: string, sha256: string][] =>
  [...read(results).matchAll(/\]\(\.\.\/(studies\/[^)]+)\) \| `([0-9a-f]{64})` \|/g)].map(([, path, sum]) => [
    path,
    sum,
  ])

it('study documents are as they were before their first run', () => {
  const rows = fixed('results/learned-symmetry.md')
  expect(rows.map(([path]) => path)).toEqual([
    'studies/learned-symmetry.md',
    'studies/learned-symmetry.yaml',
    'studies/learned-symmetry-mnist.yaml',
  ])
  for (const [path, sum] of rows) {
    expect(createHash('sha256').update(read(path)).digest('hex'), path).toBe(sum)
  }
})
