import { spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UsageError } from '../errors.ts'
import { takeLock } from './lock.ts'
import { ResultFolder } from './result-folder.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-lock-'))
  path = join(folder, '.facet-lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

const hasProc = existsSync('/proc/self/stat')

/** The lock that this process would write, with some of it changed. */
function lockWith(changes: object): string {
  const lock = takeLock(path)
  const owner = JSON.parse(readFileSync(path, 'utf8'))
  lock.giveBack()
  return `${JSON.stringify({ ...owner, ...changes })}\n`
}

/** The pid of a process that has ended. */
const endedPid = () => spawnSync(process.execPath, ['--version']).pid

describe('a lock', () => {
  it('is one file, and gone when it is given back', () => {
    const lock = takeLock(path)
    expect([readdirSync(folder), lock.isHeld()]).toEqual([['.facet-lock'], true])
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() })
    lock.giveBack()
    lock.giveBack()
    expect([readdirSync(folder), lock.isHeld()]).toEqual([[], false])
  })

  it('keeps out the same process, too', () => {
    const lock = takeLock(path)
    expect(() => takeLock(path)).toThrow(
      `process ${process.pid} is writing there (if it is not, delete ${path})`,
    )
    expect(() => new ResultFolder(folder)).toThrow(
      `--out: cannot write into ${folder}: process ${process.pid} is writing there`,
    )
    lock.giveBack()
    takeLock(path).giveBack()
  })

  it('keeps out others while a process of Facet 0.1.0 is at work, and is taken over when that is gone', () => {
    writeFileSync(path, `${process.ppid}`)
    expect(() => takeLock(path)).toThrow(
      `process ${process.ppid} is writing there (if it is not, delete ${path})`,
    )
    for (const content of [`${endedPid()}`, `${process.pid}`, '']) {
      writeFileSync(path, content)
      const lock = takeLock(path)
      expect([readdirSync(folder), lock.isHeld()]).toEqual([['.facet-lock'], true])
      lock.giveBack()
    }
  })

  it('of a process that is gone is taken over, also by who finds that one who did so is gone', () => {
    const [a, b] = ['a'.repeat(24), 'b'.repeat(24)]
    const gone = lockWith({ pid: endedPid(), token: a })
    writeFileSync(path, gone)
    takeLock(path).giveBack()
    writeFileSync(path, gone)
    // Killed between the two steps of a take-over, and another one after it.
    writeFileSync(`${path}.${a}`, gone.replace(a, b))
    const lock = takeLock(path)
    expect([readdirSync(folder), lock.isHeld()]).toEqual([['.facet-lock'], true])
    lock.giveBack()
  })

  it('that is being taken over by a process at work keeps out others', () => {
    const a = 'a'.repeat(24)
    const [gone, alive] = [
      { pid: endedPid(), token: a },
      { pid: process.ppid, started: null },
    ].map(lockWith)
    writeFileSync(path, gone)
    writeFileSync(`${path}.${a}`, alive)
    expect(() => takeLock(path)).toThrow(`process ${process.ppid} is writing there`)
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.${a}`, 'utf8')]).toEqual([gone, alive])
  })

  it.runIf(hasProc)('of an older process with the same pid is taken over', () => {
    const again = lockWith({ started: '1' })
    writeFileSync(path, again)
    const lock = takeLock(path)
    expect(lock.isHeld()).toBe(true)
    lock.giveBack()
  })

  it('of another host is taken over by another attempt at the same task of a scheduler, by nobody else', () => {
    const elsewhere = { host: 'other.example', task: 'slurm:main:12:3', attempt: '0' }
    vi.stubEnv('FACET_TASK', 'slurm:main:12:3')
    try {
      for (const [attempt, task] of [
        ['0', 'slurm:main:12:3'],
        ['1', 'slurm:main:12:4'],
      ] as const) {
        vi.stubEnv('FACET_ATTEMPT', attempt)
        vi.stubEnv('FACET_TASK', task)
        writeFileSync(path, lockWith(elsewhere))
        expect(() => takeLock(path)).toThrow('on host other.example is writing there')
        rmSync(path)
      }
      vi.stubEnv('FACET_ATTEMPT', '1')
      vi.stubEnv('FACET_TASK', 'slurm:main:12:3')
      writeFileSync(path, lockWith(elsewhere))
      const lock = takeLock(path)
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ host: hostname(), attempt: '1' })
      // One that is seen to be at work is not taken over, whatever it is an attempt at.
      vi.stubEnv('FACET_ATTEMPT', '2')
      expect(() => takeLock(path)).toThrow(`process ${process.pid} is writing there`)
      lock.giveBack()
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('of another host, machine or container is refused, with host and pid and what to do', () => {
    for (const [changes, host] of [
      [{ host: 'other.example' }, 'other.example'],
      [{ machine: '0123' }, hostname()],
      [{ space: 'pid:[1]' }, hostname()],
      [{ space: 'pid:[1]', boot: '0123' }, hostname()],
    ] as const) {
      const content = lockWith({ pid: endedPid(), ...changes })
      writeFileSync(path, content)
      expect(() => takeLock(path)).toThrow(
        new RegExp(`process \\d+ on host ${host} is writing there, .*; if it is not, delete ${path}$`),
      )
      expect(readFileSync(path, 'utf8')).toBe(content)
      rmSync(path)
    }
  })

  it('is given back only while it is ours', () => {
    const lock = takeLock(path)
    rmSync(path)
    const other = takeLock(path)
    lock.giveBack()
    expect([lock.isHeld(), other.isHeld()]).toEqual([false, true])
    other.giveBack()
    const lost = takeLock(path)
    rmSync(folder, { recursive: true })
    expect(() => lost.giveBack()).not.toThrow()
    mkdirSync(folder)
  })

  it('that is no lock is refused, and stays as it is', () => {
    const a = 'a'.repeat(24)
    for (const content of [
      'text',
      '-1',
      '{}',
      '{"pid":1}',
      '\0\0',
      lockWith({ token: '../../precious' }),
      lockWith({ pid: 0 }),
      lockWith({ host: 'a\u001b[2J' }),
      lockWith({ more: 1 }),
      ' '.repeat(5000),
    ]) {
      writeFileSync(path, content)
      expect(() => takeLock(path)).toThrow(
        /is no lock of facet; if nobody is writing there, delete it|expected at most 4096 bytes/,
      )
      expect(readFileSync(path, 'utf8')).toBe(content)
      rmSync(path)
    }
    // Two that lead to each other.
    writeFileSync(path, lockWith({ pid: endedPid(), token: a }))
    writeFileSync(`${path}.${a}`, readFileSync(path))
    expect(() => takeLock(path)).toThrow('is no lock of facet')
  })

  it('is not written, removed or read through a link, a pipe or a folder', () => {
    const precious = join(folder, 'precious')
    for (const content of ['mine', `${endedPid()}`]) {
      writeFileSync(precious, content)
      symlinkSync(precious, path)
      expect(() => takeLock(path)).toThrow(UsageError)
      expect(() => takeLock(path)).toThrow(
        `${path}: expected a file, found a symbolic link; nothing is read or written through it`,
      )
      expect([readFileSync(precious, 'utf8'), existsSync(path)]).toEqual([content, true])
      rmSync(path)
      // Under another name it is the same file: it is not written to.
      linkSync(precious, path)
      try {
        takeLock(path).giveBack()
      } catch (error) {
        expect((error as Error).message).toContain('is no lock of facet')
      }
      expect(readFileSync(precious, 'utf8')).toBe(content)
      rmSync(path, { force: true })
    }
    symlinkSync(join(folder, 'nowhere'), path)
    expect(() => takeLock(path)).toThrow('found a symbolic link')
    expect(existsSync(join(folder, 'nowhere'))).toBe(false)
    rmSync(path)
    mkdirSync(path)
    expect(() => takeLock(path)).toThrow('found a folder')
    rmSync(path, { recursive: true })
    if (spawnSync('mkfifo', [path]).status === 0) expect(() => takeLock(path)).toThrow('found a named pipe')
  })
})
