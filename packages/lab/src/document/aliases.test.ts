import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { readDocument } from './read-document.ts'
import { documentText } from './write-document.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-aliases-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string) {
  const file = join(folder, 'study.yaml')
  writeFileSync(file, text)
  return readDocument(file).experiment
}

describe('a document of an earlier release', () => {
  it.each([
    ['experiment: orbit\n', 'experiment: orbitGap\n'],
    [
      'experiment: ORBIT\ncases: [rotation, torus]\nseeds: 5\n',
      'experiment: orbitGap\ncases: [rotation, torus]\nseeds: 5\n',
    ],
    ['experiment: orbitStudy\n', 'experiment: orbitBenefit\n'],
    [
      'experiment: orbitStudy\nmodels: [ae, orbit, Tangent, permuted, mixup]\ncandidates: {orbit: [0.7, 1.5], permuted: 3, mixup: 1}\n',
      'experiment: orbitBenefit\nmodels: [ae, lieGroupOrbit, lieGroupTangent, permutedOrbit, mixup]\ncandidates: {lieGroupOrbit: [0.7, 1.5], permutedOrbit: 3, mixup: 1}\n',
    ],
  ])('is the experiment that it was, and is written under the names of now: %j', (former, now) => {
    expect(read(former)).toEqual(read(now))
    expect(documentText(read(former))).toBe(documentText(read(now)))
    expect(documentText(read(former)).split('\n')[3]).toBe(now.split('\n')[0])
  })

  it('may mix names, but not give two for one thing', () => {
    expect(read('experiment: orbitBenefit\nmodels: [orbit, lieGroupTangent]').settings).toMatchObject({
      models: ['lieGroupOrbit', 'lieGroupTangent'],
    })
    for (const [text, expected] of [
      [
        'experiment: orbitStudy\nmodels: [orbit, lieGroupOrbit]',
        "study.yaml:2:17: models[1]: expected each once, got 'lieGroupOrbit' again",
      ],
      [
        'experiment: orbitStudy\ncandidates:\n  lieGroupOrbit: 1\n  orbit: 2',
        'study.yaml:4:10: candidates.orbit: expected each once, got lieGroupOrbit as well, of which orbit is another name',
      ],
      [
        'experiment: orbitStudy\ncandidates:\n  orbit: [1, -2]',
        'study.yaml:3:14: candidates.orbit[1]: expected a number of at least 0, got -2',
      ],
      [
        'experiment: orbitStudy\ncandidates:\n  orbt: 1',
        'study.yaml:3:3: candidates.orbt: unknown field; known: denoising, ',
      ],
    ]) {
      expect(() => read(text)).toThrow(UsageError)
      expect(() => read(text)).toThrow(expected)
    }
  })
})
