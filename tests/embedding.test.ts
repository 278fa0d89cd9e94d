// docs/embedding.md: its table and its programs are those of scripts/everywhere.mjs, which CI runs from packed packages.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const scripts = join(import.meta.dirname, '../scripts')
const load = (file: string) => import(join(scripts, 'everywhere', file))

it('the table of docs/embedding.md says what the list of places does, and every program on the page is run', () => {
  expect(
    execFileSync(process.execPath, [join(scripts, 'everywhere.mjs'), '--check'], { encoding: 'utf8' }),
  ).toBe('')
})

it('a place that is not in the table, one that is there alone, a cell that differs, an entry that is not in the import map and a program that nothing runs are told', async () => {
  const { problemsOf } = await load('check.mjs')
  const { readDocument } = await load('document.mjs')
  const text: string = readDocument()
  expect(problemsOf(text)).toEqual([])
  expect(problemsOf(text.replace(/^\| Deno \|.*\n/m, ''))).toEqual(['Deno: not in the document'])
  expect(problemsOf(text.replace('| Deno |', '| Denno |'))).toEqual([
    'Denno: in the document alone',
    'Deno: not in the document',
  ])
  expect(problemsOf(text.replace(/\| deno [\d.]+ \|/, '| deno 1.0.0 |'))).toEqual([
    expect.stringMatching(/^Deno: installed beside it: expected deno [\d.]+, got deno 1\.0\.0$/),
  ])
  expect(
    problemsOf(`${text}\n\`\`\`js\nalert(1)\n\`\`\`\n\n\`\`\`js nowhere/main.js\nalert(1)\n\`\`\`\n`),
  ).toEqual(['nothing runs this js: alert(1)', "it has a program of 'nowhere', which is no runtime"])
})

it('places agree by row and score to 1e-4 of it, and warn of what they are known for alone', async () => {
  const { expectSame, expectNotes } = await load('agreement.mjs')
  const line = 'row 42 scores 0.3587766, from its file row 42 scores 0.3587766'
  for (const same of [line, 'row 42 scores 0.3587766', line.replaceAll('766', '799')]) expectSame(same, line)
  for (const other of [
    'row 41 scores 0.3587766',
    line.replaceAll('0.358', '0.359'),
    'row 42 scores NaN',
    'no row',
  ])
    expect(() => expectSame(other, line)).toThrow(`expected '${line}', got '${other}'`)
  expect(() => expectNotes(['slow'])).toThrow('expected no such warning: slow')
  expect(() => expectNotes([], [/slow/])).toThrow('expected a warning as /slow/')
  expectNotes(['slow'], [/slow/])
})

it('what takes too long is stopped and named, with what was said last', async () => {
  const { within } = await load('schedule.mjs')
  const { run } = await load('processes.mjs')
  const endless = (signal: AbortSignal) =>
    run(process.execPath, ['-e', "console.log('here I am'); setInterval(() => {}, 1000)"], { signal })
  await expect(within(2, endless)).rejects.toThrow(/^not done after 2 s\n(.|\n)*here I am/)
})
