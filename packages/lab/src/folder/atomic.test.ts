import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { writeAtomically } from './atomic.ts'
import { makeFolder } from './make-folder.ts'
import { defaultResultFolder, ResultFolder } from './result-folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-atomic-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('replaces a file and leaves nothing beside it', () => {
  const path = join(folder, 'a.txt')
  writeAtomically(path, 'first')
  writeAtomically(path, 'second')
  expect(readFileSync(path, 'utf8')).toBe('second')
  expect(readdirSync(folder)).toEqual(['a.txt'])
})

it('leaves nothing behind when the file cannot be put in its place', () => {
  const taken = join(folder, 'taken')
  mkdirSync(taken)
  expect(() => writeAtomically(taken, 'text')).toThrow()
  expect(readdirSync(folder)).toEqual(['taken'])
})

it('makes the result folder, tries it, and writes lines of JSON', () => {
  const results = new ResultFolder(join(folder, 'a', 'b'))
  const path = results.writeLines('x.jsonl', [{ a: 1 }, { b: null }])
  expect(readFileSync(path, 'utf8')).toBe('{"a":1}\n{"b":null}\n')
  expect([results.has('x.jsonl'), results.read('x.jsonl')]).toEqual([true, readFileSync(path, 'utf8')])
  results.release()
  expect(readdirSync(results.path)).toEqual(['x.jsonl'])
})

it('takes away what a crash left, and a folder that it made and that stayed empty', () => {
  writeFileSync(join(folder, 'table.md.0123456789abcdef01234567.tmp'), 'torn')
  writeFileSync(join(folder, 'table.md.123.tmp'), 'torn, by Facet 0.1.0')
  const others = ['notes.123.tmp', 'table.md.tmp', 'table.md.12a.tmp', 'x.0123456789abcdef.tmp']
  for (const name of others) writeFileSync(join(folder, name), 'not ours')
  new ResultFolder(folder).release()
  expect(readdirSync(folder).sort()).toEqual(others.sort())
  for (const name of others) rmSync(join(folder, name))
  new ResultFolder(join(folder, 'new')).release()
  expect(readdirSync(folder)).toEqual([])
})

it('makes a folder that exists already, and names what stands in the way of one that does not', () => {
  makeFolder(folder)
  makeFolder(join(folder, 'a', 'b'))
  expect(readdirSync(folder)).toEqual(['a'])
  writeFileSync(join(folder, 'file'), '')
  expect(() => makeFolder(join(folder, 'file'))).toThrow(/EEXIST/)
  expect(() => makeFolder(join(folder, 'file', 'b', 'c'))).toThrow(/ENOTDIR/)
})

it.runIf(existsSync('/proc/self'))('ends below a folder in which none can be made', () => {
  expect(() => new ResultFolder('/proc/facet/results')).toThrow(/--out: cannot write into .*ENOENT/)
})

it('refuses a folder that cannot be made', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => new ResultFolder(join(folder, 'file', 'results'))).toThrow(UsageError)
})

it('names the default folder after the experiment and the time', () => {
  expect(defaultResultFolder('orbit', new Date('2026-01-02T03:04:05.678Z'))).toBe(
    join('facet-results', 'orbit-2026-01-02T03-04-05'),
  )
})
