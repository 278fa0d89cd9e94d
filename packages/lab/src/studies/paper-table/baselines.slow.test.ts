import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../engine.ts'
import { loadSet } from '../../sets/data-sets.ts'
import { runBaselines } from './baselines.ts'
import { reproduceSettings } from './testing/fixtures.ts'

const python = '/usr/bin/python3'
const hasNumpy = spawnSync(python, ['-c', 'import numpy']).status === 0

/** The mean of the training part, and PCA of it by NumPy's singular values, in float64: test errors of 0, 1, 3 and 10 components. */
const program = `
import json, sys
import numpy as np
parts = json.load(open(sys.argv[1]))
train, test = (np.array(parts[name], dtype=np.float64) for name in ("train", "test"))
mean = train.mean(axis=0)
directions = np.linalg.svd(train - mean, full_matrices=False)[2]
errors = []
for k in (0, 1, 3, 10):
    own = directions[:k]
    errors.append(float(((test - mean - (test - mean) @ own.T @ own) ** 2).mean()))
print(json.dumps(errors))
`

describe.skipIf(!hasNumpy)(
  `the baselines of the table${hasNumpy ? '' : ` [skipped: no numpy in ${python}]`}`,
  () => {
    let folder: string
    beforeAll(async () => {
      await startEngine()
      folder = mkdtempSync(join(tmpdir(), 'facet-baselines-'))
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    it.each(['CBF', 'SyntheticControl'])('are what NumPy computes on %s', async (set) => {
      const settings = reproduceSettings({ sets: [set] })
      const { train, test } = await loadSet(set, settings)
      const file = join(folder, `${set}.json`)
      writeFileSync(file, JSON.stringify({ train: train.toArray(), test: test.toArray() }))
      const { stdout, stderr } = spawnSync(python, ['-c', program, file], { encoding: 'utf8' })
      expect(stderr).toBe('')
      const own = await runBaselines(settings, { set })
      const errors = [own.meanPredictor, own.pca1, own.pca3, own.pca10]
      const expected: number[] = JSON.parse(stdout)
      // Float32 against float64: 1e-5 of each is 0.0005 in the last digits that the table prints.
      errors.forEach((error, i) => {
        expect(Math.abs(error / expected[i] - 1)).toBeLessThan(1e-5)
      })
    })
  },
)
