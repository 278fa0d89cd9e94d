import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../errors.ts'
import { writeAtomically } from './atomic.ts'
import { toJsonLine } from './json-line.ts'
import { giveLockBack, takeLock } from './lock.ts'
import { makeFolder } from './make-folder.ts'

/** What a crash in the middle of {@link writeAtomically} leaves. */
const leftover = /\.\d+\.tmp$/

/**
 * Where an experiment's files go, for one process at a time. Every file in it is whole at any moment.
 */
export class ResultFolder {
  readonly path: string
  readonly #lock: string
  readonly #isNew: boolean

  /**
   * Makes the folder, and a file in it that keeps other processes out: the proof that it can be written into.
   *
   * @param option - the flag to name if it cannot.
   * @throws UsageError if nothing can be written there, or another process is at work there.
   */
  constructor(path: string, option = '--out') {
    this.path = resolve(path)
    this.#lock = this.pathOf('.facet-lock')
    this.#isNew = !existsSync(this.path)
    try {
      makeFolder(this.path)
      takeLock(this.#lock)
    } catch (error) {
      throw new UsageError(`${option}: cannot write into ${this.path}: ${(error as Error).message}`)
    }
    for (const name of readdirSync(this.path)) if (leftover.test(name)) this.remove(name)
  }

  /** Lets other processes in. One that ended without it does not keep them out. A new folder that stayed empty goes. */
  release(): void {
    giveLockBack(this.#lock)
    if (this.#isNew && readdirSync(this.path).length === 0) rmdirSync(this.path)
  }

  pathOf(name: string): string {
    return join(this.path, name)
  }

  has(name: string): boolean {
    return existsSync(this.pathOf(name))
  }

  read(name: string): string {
    return readFileSync(this.pathOf(name), 'utf8')
  }

  write(name: string, content: string | Uint8Array): string {
    const path = this.pathOf(name)
    writeAtomically(path, content)
    return path
  }

  /** One JSON value a line. */
  writeLines(name: string, values: readonly unknown[]): string {
    return this.write(name, values.map((value) => `${toJsonLine(value)}\n`).join(''))
  }

  remove(name: string): void {
    rmSync(this.pathOf(name), { force: true })
  }
}

/** Runs `f` with the folder, which other processes may enter afterwards. */
export async function inResultFolder<T>(
  path: string,
  f: (folder: ResultFolder) => Promise<T>,
  option?: string,
): Promise<T> {
  const folder = new ResultFolder(path, option)
  try {
    return await f(folder)
  } finally {
    folder.release()
  }
}

/** `facet-results/reproduce-2026-11-21T08-03-12`: a folder of its own for each call, in the order of time. */
export const defaultResultFolder = (experiment: string, now: Date): string =>
  join('facet-results', `${experiment}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
