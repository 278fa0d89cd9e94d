import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UsageError } from '../command/usage-error.ts'
import { writeAtomically } from './atomic.ts'

/** Where an experiment's files go. Every file in it is whole at any moment. */
export class ResultFolder {
  readonly path: string

  /** Makes the folder and tries it. @throws UsageError if nothing can be written there. */
  constructor(path: string) {
    this.path = resolve(path)
    const probe = join(this.path, '.facet-probe')
    try {
      mkdirSync(this.path, { recursive: true })
      writeAtomically(probe, '')
      rmSync(probe)
    } catch (error) {
      throw new UsageError(`--out: cannot write into ${this.path}: ${(error as Error).message}`)
    }
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

/** `facet-results/reproduce-2026-11-21T08-03-12`: a folder of its own for each call, in the order of time. */
export const defaultResultFolder = (experiment: string, now: Date): string =>
  join('facet-results', `${experiment}-${now.toISOString().slice(0, 19).replaceAll(':', '-')}`)
