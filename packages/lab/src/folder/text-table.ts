import { type CsvSeparator, type CsvValue, csvLine } from '../text/csv.ts'
import { gzipped } from './gzipped.ts'
import { inOut, type OutStream } from './out-file.ts'

/** How a table is written as text. */
export interface TextTableKind {
  readonly separator: CsvSeparator
  readonly isPacked: boolean
}

const commas = { separator: ',', isPacked: false } as const
const tabs = { separator: '\t', isPacked: false } as const

/** By the ending of the file. */
export const textTableKinds: Readonly<Record<string, TextTableKind>> = {
  '.csv': commas,
  '.tsv': tabs,
  '.txt': commas,
  '.csv.gz': { ...commas, isPacked: true },
  '.tsv.gz': { ...tabs, isPacked: true },
}

/** Letters written at once: a call for each of 285,000 lines took 2 s. */
const together = 65_536

/** Takes the lines of a table. */
export interface TableSink {
  line(cells: readonly CsvValue[]): void
}

/** Runs `f` with the table that `out` names; a file is whole or as it was. */
export const inTextTable = <T>(
  out: string | undefined,
  kind: TextTableKind,
  stream: OutStream,
  f: (sink: TableSink) => Promise<T> | T,
): Promise<T> =>
  inOut(out, stream, async (opened) => {
    const file = kind.isPacked ? gzipped({ ...opened, close() {} }) : opened
    let lines = ''
    const line = (cells: readonly CsvValue[]): void => {
      lines += csvLine(cells, '\n', kind.separator)
      if (lines.length < together) return
      file.write(lines)
      lines = ''
    }
    const result = await f({ line })
    file.write(lines)
    if (kind.isPacked) file.close()
    return result
  })
