import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { trials } from '../../../../tests/trials.ts'
import { exitCode } from './exit-code.ts'
import { facetProcess } from './testing/facet-process.ts'
import { contentsOf, killedAt, runsLogged } from './testing/moments.ts'

const begin = [
  'reproduce',
  '--sets',
  'SyntheticControl',
  '--models',
  'ae',
  '--epochs',
  '1',
  '--hidden',
  '4',
  '--bottleneck',
  '2',
  '--runs',
  '3',
  '--samples',
  '24',
  '--jobs',
  '1',
  '--out',
]

it('of three processes that start in one folder at once one runs and the others say why not, time and again, with the same bytes', async () => {
  const base = mkdtempSync(join(tmpdir(), 'facet-three-'))
  try {
    const straight = join(base, 'straight')
    expect((await facetProcess([...begin, straight]).ended).code).toBe(exitCode.ok)
    for (let round = 0; round < trials(12); round++) {
      const path = join(base, `${round}`)
      // Every other time the owner before was killed.
      if (round % 2 === 1) await killedAt([...begin, path], path, 'SIGKILL', { isReady: runsLogged(1) })
      const args = round % 2 === 1 ? ['run', '--resume', path, '--jobs', '1'] : [...begin, path]
      const three = await Promise.all([1, 2, 3].map(() => facetProcess(args).ended))
      // One that comes when the first has finished replaces its results, or renders them again, to the same.
      expect(three.some(({ code }) => code === exitCode.ok)).toBe(true)
      for (const { code, err } of three) {
        if (code === exitCode.ok) continue
        expect(code).toBe(exitCode.usage)
        expect(err).toMatch(
          /cannot write into .*: process \d+ is writing there \(if it is not, delete .*\.facet-lock\)\n$/,
        )
      }
      expect(contentsOf(path)).toEqual(contentsOf(straight))
    }
  } finally {
    rmSync(base, { recursive: true })
  }
})
