import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jvpRules } from '../jvp-rules.ts'
import { vjpRules } from '../vjp-rules.ts'

/** Ops of the tables that a file exports under names with one of these endings. */
const opsIn = (tables: Readonly<Record<string, unknown>>, endings: RegExp): string[] =>
  Object.entries(tables).flatMap(([name, table]) => (endings.test(name) ? Object.keys(table as object) : []))

const families = await Promise.all(
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(async (file): Promise<Readonly<Record<string, unknown>>> => import(join(import.meta.dirname, file))),
)

const modes = [
  ['reverse', /(Rules|Vjp)$/, vjpRules],
  ['forward', /(Rules|Jvp)$/, jvpRules],
] as const

describe('the files of the rules', () => {
  it.each(modes)(
    'have one %s rule of each op: none is overwritten when they are gathered',
    (_, endings, all) => {
      const ops = families.flatMap((tables) => opsIn(tables, endings))
      expect(ops.toSorted()).toEqual(Object.keys(all).toSorted())
    },
  )

  it('have both rules of an op in one file', () => {
    for (const tables of families)
      expect(opsIn(tables, modes[0][1]).toSorted()).toEqual(opsIn(tables, modes[1][1]).toSorted())
  })
})
