import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DiskError, UsageError } from '../errors.ts'
import { writeAtomically } from './atomic.ts'
import { resultFiles } from './result-files.ts'
import { ResultFolder } from './result-folder.ts'
import { RunLog, readRunLogFile } from './run-log.ts'

let base: string
let path: string
let precious: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'facet-folder-'))
  path = join(base, 'results')
  precious = join(base, 'precious')
  mkdirSync(path)
  writeFileSync(precious, 'mine')
})
afterEach(() => rmSync(base, { recursive: true }))

/** Calls `f` with the folder, and lets it go. */
function inFolder<T>(f: (folder: ResultFolder) => T, at = path): T {
  const folder = new ResultFolder(at)
  try {
    return f(folder)
  } finally {
    folder.release()
  }
}

const header = { settings: '0123abcd', inputs: {} }
const run = { job: 0, label: 'a', versions: {}, outcome: 1 }
const names = [...Object.values(resultFiles), 'rotation.svg', 'checkpoint.safetensors']

/** Everything that is done with a file of a result folder. */
const uses: Readonly<Record<string, (folder: ResultFolder, name: string) => unknown>> = {
  has: (folder, name) => folder.has(name),
  read: (folder, name) => folder.read(name),
  readBytes: (folder, name) => folder.readBytes(name),
  write: (folder, name) => folder.write(name, 'text'),
  writeLines: (folder, name) => folder.writeLines(name, [{}]),
  remove: (folder, name) => folder.remove(name),
  expectPlain: (folder, name) => folder.expectPlain(['other', name]),
  RunLog: (folder, name) => new RunLog(folder.pathOf(name), header, [run]),
  readRunLogFile: (folder, name) => readRunLogFile(folder.pathOf(name)),
}

const plants: Readonly<Record<string, (at: string) => void>> = {
  'a symbolic link': (at) => symlinkSync(precious, at),
  'a folder': (at) => mkdirSync(at),
  'a named pipe': (at) => void spawnSync('mkfifo', [at]),
}

it('loses the results of an experiment when another takes its place, and nothing else', () => {
  for (const name of [...Object.values(resultFiles), 'figure-epochs-CBF.json', 'figure.json', 'mine.json'])
    writeFileSync(join(path, name), name)
  inFolder((folder) => folder.removeResults())
  expect(readdirSync(path).sort()).toEqual(['experiment.yaml', 'figure.json', 'mine.json'])
})

describe('nothing in a result folder', () => {
  for (const [what, plant] of Object.entries(plants)) {
    it(`is read, written or removed where ${what} has its name, and the message says so`, () => {
      for (const name of names) {
        const at = join(path, name)
        plant(at)
        if (!readdirSync(path).includes(name)) continue // no mkfifo here
        inFolder((folder) => {
          for (const [use, f] of Object.entries(uses)) {
            const refused = () => f(folder, name)
            expect(refused, `${use} ${name}`).toThrow(UsageError)
            expect(refused).toThrow(
              `${at}: expected a file, found ${what}; nothing is read or written through it: remove it`,
            )
          }
        })
        expect([readFileSync(precious, 'utf8'), readdirSync(path)]).toEqual(['mine', [name]])
        rmSync(at, { recursive: true })
      }
    })
  }

  it('is made where a link leads nowhere', () => {
    for (const name of names) {
      symlinkSync(join(base, 'nowhere'), join(path, name))
      inFolder((folder) => {
        for (const f of Object.values(uses)) expect(() => f(folder, name)).toThrow('symbolic link')
      })
    }
    expect(readdirSync(base).sort()).toEqual(['precious', 'results'])
  })

  it('is another name of a file that is changed: the file keeps its content', () => {
    for (const name of names) {
      linkSync(precious, join(path, name))
      inFolder((folder) => {
        folder.write(name, 'text')
        const log = new RunLog(folder.pathOf(resultFiles.log), header)
        log.append(run)
        log.close()
        folder.remove(name)
        folder.remove(resultFiles.log)
      })
    }
    expect(readFileSync(precious, 'utf8')).toBe('mine')
  })

  it('is removed at the start but what a crash of ours left: no links, no folders', () => {
    const own = 'table.md.0123456789abcdef01234567.tmp'
    writeFileSync(join(path, own), 'torn')
    const link = 'report.html.0123456789abcdef01234567.tmp'
    symlinkSync(precious, join(path, link))
    mkdirSync(join(path, 'table.md.12.tmp'))
    symlinkSync(precious, join(path, `table.md.${process.pid}.tmp`))
    const others = [link, 'table.md.12.tmp', `table.md.${process.pid}.tmp`].sort()
    inFolder((folder) => folder.write('table.md', 'text'))
    expect(readdirSync(path).sort()).toEqual([...others, 'table.md'].sort())
    expect(readFileSync(precious, 'utf8')).toBe('mine')
  })

  it('has a name that leads out of it', () => {
    inFolder((folder) => {
      for (const name of ['../precious', 'a/b', '..', '.', '', '/etc/passwd']) {
        expect(() => folder.write(name, 'text')).toThrow('expected the name of a file')
      }
    })
  })
})

describe('a result folder', () => {
  it('may be a link itself, for that is what the user named', () => {
    symlinkSync(path, join(base, 'link'))
    inFolder((folder) => folder.write('table.md', 'text'), join(base, 'link'))
    expect(readFileSync(join(path, 'table.md'), 'utf8')).toBe('text')
  })

  it('tells the line that is not UTF-8', () => {
    writeFileSync(join(path, 'results.jsonl'), Buffer.from([0x7b, 0x7d, 10, 0xc3, 0xbc, 10, 0x61, 0xff, 10]))
    expect(() => inFolder((folder) => folder.read('results.jsonl'))).toThrow(
      `${join(path, 'results.jsonl')}:3: expected UTF-8 text`,
    )
  })

  it('that is removed, replaced, or taken over under way is not written into, and the message says how to go on', () => {
    const cases = [
      [() => rmSync(path, { recursive: true }), 'it was removed or moved under way'],
      [() => renameSync(path, join(base, 'moved')), 'it was removed or moved under way'],
      [
        () => {
          renameSync(path, join(base, 'moved'))
          mkdirSync(path)
        },
        'another folder has taken its place',
      ],
      [() => rmSync(join(path, '.facet-lock')), '.facet-lock in it was removed or is of another process now'],
    ] as const
    for (const [happen, cause] of cases) {
      const folder = new ResultFolder(path)
      const log = new RunLog(folder.pathOf(resultFiles.log), header)
      log.append(run)
      happen()
      const at = readdirSync(base)
      for (const use of ['has', 'read', 'write', 'remove']) {
        const failed = () => uses[use](folder, 'table.md')
        expect(failed).toThrow(DiskError)
        expect(failed).toThrow(
          `cannot go on in ${path}: ${cause}; when it is back, to go on: facet run --resume ${path}`,
        )
      }
      if (!existsSync(join(path, 'runs.jsonl'))) {
        const lost = () => log.append(run)
        expect(lost).toThrow(DiskError)
        expect(lost).toThrow(
          `cannot write ${join(path, 'runs.jsonl')}: it was removed or replaced under way; finished runs before stay there; to go on: facet run --resume ${path}`,
        )
      }
      log.close()
      expect(() => folder.release()).not.toThrow()
      expect(readdirSync(base)).toEqual(at)
      rmSync(path, { recursive: true, force: true })
      rmSync(join(base, 'moved'), { recursive: true, force: true })
      mkdirSync(path)
    }
  })

  it('names the command that goes on with a training', () => {
    const folder = new ResultFolder(join(path, 'a b'), '--out', 'train')
    expect(folder.goOn).toBe(`facet train --resume '${join(path, 'a b')}'`)
    folder.release()
  })
})

it('replaces nothing but files: a pipe, a link and what it leads to stay', () => {
  const path = mkdtempSync(join(tmpdir(), 'facet-kinds-'))
  try {
    execFileSync('mkfifo', [join(path, 'pipe')])
    writeFileSync(join(path, 'target'), 'old')
    symlinkSync('target', join(path, 'link'))
    for (const name of ['pipe', 'link']) {
      expect(() => writeAtomically(join(path, name), 'text')).toThrow('expected a file to replace')
    }
    expect(lstatSync(join(path, 'pipe')).isFIFO()).toBe(true)
    expect(readFileSync(join(path, 'link'), 'utf8')).toBe('old')
    expect(readdirSync(path).sort()).toEqual(['link', 'pipe', 'target'])
  } finally {
    rmSync(path, { recursive: true })
  }
})
