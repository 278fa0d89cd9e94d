import { UsageError } from '../errors.ts'
import { type Problem, pathText } from '../fields/problem.ts'
import { counted } from '../text/number.ts'
import type { Place } from './parse.ts'

/** What is wrong with an experiment document, line by line: `study.yaml:3:9: epochs: expected …`. */
export class DocumentError extends UsageError {
  constructor(
    file: string,
    faults: readonly { readonly place: Place; readonly message: string; readonly path?: Problem['path'] }[],
    /** Faults that are not told. */
    more = 0,
  ) {
    const lines = [...faults]
      .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
      .map(({ place: { line, column }, path = [], message }) =>
        [`${file}:${line}:${column}`, ...(path.length > 0 ? [pathText(path)] : []), message].join(': '),
      )
    const rest = more === 0 ? [] : [`and ${counted(more, 'other')}`]
    super(
      lines.length === 1
        ? lines[0]
        : [`${file}: ${counted(lines.length + more, 'problem')}`, ...lines, ...rest].join('\n  '),
    )
  }
}
