import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { mostJobs } from '../fields/job-count.ts'
import { readDocument } from './read-document.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-hostile-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function complaint(text: string): string {
  const file = join(folder, 'study.yaml')
  writeFileSync(file, text)
  try {
    readDocument(file)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message.replaceAll(`${folder}/`, '')
  }
  return 'nothing'
}

const prototypeNames = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf']

describe('a name that every object of JavaScript has', () => {
  it.each(prototypeNames)('is no experiment, model, net, orbit or field: %s', (name) => {
    for (const [text, expected] of [
      [`experiment: ${name}`, 'experiment: expected one of reproduce, orbitBenefit, orbitGap, got'],
      [`${name}: 1`, 'experiment: expected one of reproduce, orbitBenefit, orbitGap, got nothing'],
      [
        `experiment: reproduce\n${name}: 1`,
        `${name}: unknown field; known: experiment, profile, sets, models`,
      ],
      [`experiment: reproduce\nmodels: [${name}]`, `models[0]: expected one of ae, `],
      [`experiment: reproduce\nbottleneckActivation: ${name}`, `bottleneckActivation: expected one of `],
      [`experiment: reproduce\nregularizers: {${name}: {weight: 1}}`, `regularizers.${name}: unknown field`],
      [
        `experiment: reproduce\nregularizers: {contractive: {${name}: 1}}`,
        `regularizers.contractive.${name}: unknown field; known: weight`,
      ],
      [
        `experiment: orbitBenefit\ncandidates: {${name}: 1}`,
        `candidates.${name}: unknown field; known: denoising`,
      ],
      [`experiment: orbitBenefit\nnet: ${name}`, 'net: expected one of skip, plain, got'],
      [`experiment: orbitGap\ncases: [${name}]`, 'cases[0]: expected one of rotation, shift, torus, got'],
    ]) {
      expect(complaint(text)).toContain(expected)
    }
  })

  it.each(prototypeNames)('may be the name of a data set, in files: %s', (name) => {
    expect(complaint(`experiment: reproduce\nsets: [${name}]`)).toBe('nothing')
  })
})

describe('an experiment of more runs than a computer does', () => {
  const sets = (count: number): string => Array.from({ length: count }, (_, i) => `S${i}`).join(', ')
  const values = (count: number): string => Array.from({ length: count }, (_, i) => i + 1).join(', ')

  it.each([
    [
      `experiment: reproduce\nruns: 10000\nmodels: [contractive]\nweight: [${values(30)}]\nsets: [${sets(600)}]`,
      'study.yaml:1:13: experiment: expected at most 100,000 runs, got 10,000 runs × 30 values × 600 sets = 180,000,000',
    ],
    [
      `experiment: reproduce\nruns: 10000\nmodels: [ae, contractive]\nweight: [${values(9)}]\nsets: [CBF, X]`,
      'study.yaml:1:13: experiment: expected at most 100,000 runs, got 10,000 runs × 10 values × 2 sets = 200,000',
    ],
    [
      `experiment: orbitStudy\nruns: 10000\nmodels: [orbit]\ncandidates: {orbit: [${values(11)}]}\nsets: [CBF]`,
      'study.yaml:1:13: experiment: expected at most 100,000 runs, got 10,000 runs × 11 values × 1 set = 110,000',
    ],
    [
      'experiment: orbit\nseeds: 10000',
      'study.yaml:1:13: experiment: expected at most 100,000 runs, got 10,000 seeds × 13 cases = 130,000',
    ],
  ])('is refused with the numbers that make it so: %.50s', (text, expected) => {
    expect(complaint(text)).toBe(expected)
  })

  it('with lists too long to look at is refused for those', () => {
    expect(complaint(`experiment: reproduce\nsets: [${'S,'.repeat(20_000)}]`)).toBe(
      'study.yaml:2:7: sets: expected a list of at most 10000 data sets, got an array of 20000',
    )
  })

  it('may have as many as the bound', () => {
    expect(mostJobs).toBe(100_000)
    expect(
      complaint(
        `experiment: reproduce\nruns: 10000\nmodels: [contractive]\nweight: [${values(10)}]\nsets: [CBF]`,
      ),
    ).toBe('nothing')
  })
})

it('of thousands of things that are wrong with a document tells twenty, and how many others there are', () => {
  const lines = complaint(
    `experiment: reproduce\n${Array.from({ length: 3000 }, (_, i) => `k${i}: 1`).join('\n')}`,
  ).split('\n')
  expect(lines).toHaveLength(22)
  expect(lines[0]).toBe('study.yaml: 3000 problems')
  expect(lines[1]).toMatch(/^ {2}study\.yaml:2:1: k0: unknown field; known: experiment, /)
  expect(lines[21]).toBe('  and 2980 others')
  const twice = complaint(`experiment: orbit\n${'seeds: 1\n'.repeat(1000)}`).split('\n')
  expect(twice[0]).toBe('study.yaml: 999 problems')
  expect(twice.at(-1)).toBe('  and 979 others')
})

it.each(['hidden', 'bottleneck'])('asks for no layer that no memory holds: %s', (name) => {
  for (const study of ['reproduce', 'orbitBenefit']) {
    expect(complaint(`experiment: ${study}\n${name}: 100000000`)).toContain(
      `${name}: expected a whole number from 1 to 16384, got 100000000`,
    )
  }
})
