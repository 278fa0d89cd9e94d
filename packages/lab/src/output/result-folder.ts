import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../command/usage-error.ts'
import { writeAtomically } from './atomic.ts'
import { giveLockBack, takeLock } from './lock.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Where an experiment's files go, for one process at a time. Every file in it is whole at any moment.
 */
export class ResultFolder {
  readonly path: string
  readonly #lock: string

  /**
   * Makes the folder, and a file in it that keeps other processes out: the proof that it can be written into.
   *
   * @throws UsageError if nothing can be written there, or another process is at work there.
   */
  constructor(path: string) {
    this.path = resolve(path)
    this.#lock = this.pathOf('.facet-lock')
    try {
      makeFolder(this.path)
      takeLock(this.#lock)
    } catch (error) {
      throw new UsageError(`--out: cannot write into ${this.path}: ${(error as Error).message}`)
    }
  }

  /** Lets other processes in. One that ended without it does not keep them out. */
  release(): void {
    giveLockBack(this.#lock)
  }

  pathOf(name: string): string {
    return join(this.path, name)
  }

  write(name: string, text: string): string {
    const path = this.pathOf(name)
    writeAtomically(path, text)
    return path
  }

  /** One JSON value a line. */
  writeLines(name: string, values: readonly unknown[]): string {
    return this.write(name, values.map((value) => `${JSON.stringify(value)}\n`).join(''))
  }

  remove(name: string): void {
    rmSync(this.pathOf(name), { force: true })
  }
}

/** Runs `f` with the folder, which other processes may enter afterwards. */
export async function inResultFolder<T>(path: string, f: (folder: ResultFolder) => Promise<T>): Promise<T> {
  const folder = new ResultFolder(path)
  try {
    return await f(folder)
  } finally {
    folder.release()
  }
}

/** `facet-results/reproduce-2026-11-21T08-03-12`: a folder of its own for each call, in the order of time. */
export const defaultResultFolder = (experiment: string, now: Date): string =>
  join('facet-results', `${experiment}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
