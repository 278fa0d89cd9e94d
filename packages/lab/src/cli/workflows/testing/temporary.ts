import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** A folder that is gone after the tests of a file. @returns paths in it */
export function temporaryFolder(name: string): (...names: string[]) => string {
  const base = mkdtempSync(join(tmpdir(), `facet-${name}-`))
  afterAll(() => rmSync(base, { recursive: true }))
  return (...names) => join(base, ...names)
}
