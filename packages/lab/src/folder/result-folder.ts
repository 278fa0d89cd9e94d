import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { DiskError, UsageError } from '../errors.ts'
import { leftover, writeAtomically } from './atomic.ts'
import { causeOf } from './cause.ts'
import { type GoOnCommand, goOn } from './go-on.ts'
import { toJsonLine } from './json-line.ts'
import { type Lock, takeLock } from './lock.ts'
import { makeFolder } from './make-folder.ts'
import { hasPlainFile, readPlainFile, readPlainText } from './plain-file.ts'
import { isFigureFile, replacedFiles } from './result-files.ts'

const lockName = '.facet-lock'

/** What a crash of Facet 0.1.0 left: files of other names that end the same are not ours. */
const leftoverBefore =
  /^(experiment\.yaml|(runs|results|training)\.jsonl|table\.md|report\.html|(model|training)\.json|(model|generators|checkpoint)\.safetensors|regions\.npz)\.\d+\.tmp$/

/** Younger ones may be of processes that ask for the lock right now. */
const oldAfter = 60_000

/**
 * Where an experiment's or a model's files go, for one process at a time. Every file in it is whole at any moment, and
 * nothing in it is read, written or removed through a link: a stranger may have made it. The folder itself may be a link.
 */
export class ResultFolder {
  readonly path: string
  /** The command line that goes on with what is here. */
  readonly goOn: string
  readonly #lock: Lock
  readonly #isNew: boolean
  /** Which folder it is, whatever stands at its path later. */
  readonly #identity: string

  /**
   * Makes the folder, and a file in it that keeps other processes out: the proof that it can be written into.
   *
   * @param option - the flag to name if it cannot.
   * @param command - what goes on with what is left unfinished here.
   * @throws UsageError if nothing can be written there, or another process is at work there.
   */
  constructor(path: string, option = '--out', command: GoOnCommand = 'run') {
    this.path = resolve(path)
    this.goOn = goOn(command, this.path)
    this.#isNew = !existsSync(this.path)
    try {
      makeFolder(this.path)
      this.#identity = identityOf(this.path)
      this.#lock = takeLock(this.pathOf(lockName))
      this.#sweep()
    } catch (error) {
      throw new UsageError(`${option}: cannot write into ${this.path}: ${causeOf(error)}`)
    }
  }

  /** Lets other processes in. One that ended without it does not keep them out. A new folder that stayed empty goes. */
  release(): void {
    this.#lock.giveBack()
    try {
      if (this.#isNew && readdirSync(this.path).length === 0) rmdirSync(this.path)
    } catch {
      // It has gone under way, which whoever wrote into it has told.
    }
  }

  /** @throws Error for what is no name but a path. */
  pathOf(name: string): string {
    if (name !== basename(name) || name === '' || name === '.' || name === '..') {
      throw new Error(`ResultFolder: expected the name of a file, got ${JSON.stringify(name)}`)
    }
    return join(this.path, name)
  }

  /** @throws UsageError for a link, a folder or a device of that name. */
  has(name: string): boolean {
    return this.#do(name, 'look at', hasPlainFile)
  }

  /** @throws UsageError naming whichever of these is a link, a folder or a device: to be asked before the work. */
  expectPlain(names: readonly string[]): void {
    for (const name of names) this.has(name)
  }

  /** @throws UsageError for a link, and for a text that is not UTF-8, with its line. */
  read(name: string): string {
    return this.#do(name, 'read', readPlainText)
  }

  /** @throws UsageError for a link. */
  readBytes(name: string): Buffer {
    return this.#do(name, 'read', (path) => readPlainFile(path))
  }

  /** @throws UsageError for a link; DiskError naming the file, the cause, and the command that goes on. */
  write(name: string, content: string | Uint8Array): string {
    return this.#do(name, 'write', (path) => {
      hasPlainFile(path)
      writeAtomically(path, content)
      return path
    })
  }

  /** One JSON value a line. */
  writeLines(name: string, values: readonly unknown[]): string {
    return this.write(name, values.map((value) => `${toJsonLine(value)}\n`).join(''))
  }

  /** @throws UsageError for a link. */
  remove(name: string): void {
    this.#do(name, 'remove', (path) => {
      if (hasPlainFile(path)) rmSync(path)
    })
  }

  /** Removes every file that the results before consist of. @throws UsageError for a link of such a name. */
  removeResults(): void {
    for (const name of [...readdirSync(this.path).filter(isFigureFile), ...replacedFiles]) this.remove(name)
  }

  #do<T>(name: string, what: string, f: (path: string) => T): T {
    const path = this.pathOf(name)
    try {
      this.#expectHere()
      return f(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error
      this.#expectStillHere()
      throw new DiskError(`cannot ${what} ${path}: ${causeOf(error)}; to go on: ${this.goOn}`)
    }
  }

  /** Under way, the folder may have been removed, or moved and another one made in its place. */
  #expectHere(): void {
    let found = ''
    try {
      found = identityOf(this.path)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    }
    if (found === this.#identity && this.#lock.isHeld()) return
    const what =
      found === ''
        ? 'it was removed or moved under way'
        : found !== this.#identity
          ? 'another folder has taken its place'
          : `${lockName} in it was removed or is of another process now`
    throw new DiskError(`cannot go on in ${this.path}: ${what}; when it is back, to go on: ${this.goOn}`)
  }

  /** A file fails where its folder goes under its hands: that is what is told then. */
  #expectStillHere(): void {
    try {
      this.#expectHere()
    } catch (error) {
      if (error instanceof DiskError) throw error
    }
  }

  /** Removes what a crash has left of files that were not whole. */
  #sweep(): void {
    for (const name of readdirSync(this.path)) {
      if (!leftover.test(name) && !leftoverBefore.test(name)) continue
      const stats = lstatSync(this.pathOf(name), { throwIfNoEntry: false })
      if (!stats?.isFile()) continue
      if (name.startsWith(lockName) && Date.now() - stats.mtimeMs < oldAfter) continue
      rmSync(this.pathOf(name), { force: true })
    }
  }
}

const identityOf = (path: string): string => {
  const { dev, ino } = statSync(path, { bigint: true })
  return `${dev}:${ino}`
}

/** Runs `f` with the folder, which other processes may enter afterwards. */
export async function inResultFolder<T>(
  path: string,
  f: (folder: ResultFolder) => Promise<T>,
  option?: string,
  command?: GoOnCommand,
): Promise<T> {
  const folder = new ResultFolder(path, option, command)
  try {
    return await f(folder)
  } finally {
    folder.release()
  }
}

/** `facet-results/reproduce-2026-11-21T08-03-12`: a folder of its own for each call, in the order of time. */
export const defaultResultFolder = (experiment: string, now: Date): string =>
  join('facet-results', `${experiment}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
