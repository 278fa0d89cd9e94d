import { comparison, isComparison } from './comparison.ts'
import { duration, markdownTable, megabytes, threeDigits } from './format.ts'
import { geometryTables } from './geometry.ts'
import { lastingTable } from './lasting.ts'
import { losses } from './losses.ts'
import {
  type CaseResult,
  contenderOf,
  type MemoryResult,
  type Omission,
  type SuiteResult,
} from './results.ts'

/** A suite's table with all that is needed to judge it. */
export function suiteMarkdown(result: SuiteResult): string {
  const { suite, description, cases, memory, lasting, geometry } = result
  return [
    `## ${suite}`,
    `${description[0].toUpperCase()}${description.slice(1)}.`,
    ...(cases.length > 0
      ? [
          comparison(result),
          ...(isComparison(result) ? [] : [casesTable(result)]),
          losses(result),
          omissions(cases),
        ]
      : []),
    ...(memory ? [memoryTable(memory)] : []),
    ...(lasting ? [lastingTable(lasting)] : []),
    ...(geometry ? [geometryTables(geometry.rows, geometry.processes)] : []),
    conditions(result),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** One row a case, or, where contenders are more than cases, one row a contender. */
function casesTable({ cases, vectors }: SuiteResult): string {
  const titles = new Map(cases.flatMap(({ timings }) => timings.map(({ entry, title }) => [entry, title])))
  const entries = [...titles.keys()]
  const header = ['', ...entries.map((entry) => titles.get(entry)!)]
  const widths = ['vector instructions', ...entries.map((entry) => vectors[contenderOf(entry)] ?? '–')]
  const rows = cases.map((result) => [result.name, ...entries.map((entry) => cell(result, entry))])
  if (entries.length <= cases.length) return markdownTable(header, [widths, ...rows])
  rows.unshift(widths)
  const turned = header.map((title, i) => [title, ...rows.map((row) => row[i])])
  return markdownTable(turned[0], turned.slice(1))
}

function cell({ timings }: CaseResult, wanted: string): string {
  const timing = timings.find(({ entry }) => entry === wanted)
  if (timing === undefined) return '–'
  const { ratio, medianSeconds } = timing
  if (ratio === null) return duration(medianSeconds)
  return `${threeDigits(ratio.value)} [${threeDigits(ratio.low)}, ${threeDigits(ratio.high)}]`
}

/** Reasons that hold for every case are said once. */
export function omissions(cases: readonly CaseResult[]): string {
  const where = new Map<string, string[]>()
  for (const { name, omitted } of cases) {
    for (const { entry, reason } of omitted) {
      const line = `${entry}: ${reason}`
      where.set(line, [...(where.get(line) ?? []), name])
    }
  }
  if (where.size === 0) return ''
  const lines = [...where].map(
    ([line, names]) => `- ${line}${names.length === cases.length ? '' : ` (${names.join('; ')})`}`,
  )
  return ['Left out:', '', ...lines].join('\n')
}

function memoryTable(memory: readonly MemoryResult[]): string {
  const rows = memory.map(({ name, measured, reason }) =>
    measured === null
      ? [name, '–', '–', `skipped: ${reason}`]
      : [
          name,
          megabytes(measured.heldBytes),
          megabytes(measured.peakBytes - measured.heldBytes),
          `${megabytes(measured.limitBytes)}: ${measured.peakBytes - measured.heldBytes <= measured.limitBytes ? 'met' : 'missed'}`,
        ],
  )
  return markdownTable(
    ['', 'parameters, moments, data', 'beyond them at the peak', 'limit 8·N·h·d·4 B + 1 MB'],
    rows,
  )
}

function conditions(result: SuiteResult): string {
  const { machine, rounds, blockSeconds, versions, notes, command, cases } = result
  const { cpu, cores, flags, system, node, v8, load, date } = machine
  const timed =
    cases.length > 0
      ? [
          ...(isComparison(result)
            ? []
            : [
                `${cases[0].timings[0]?.title}: median time. Others: time ÷ that of ${cases[0].timings[0]?.title} in the same rounds, [95 % interval]; above 1 it is the faster.`,
              ]),
          `${rounds} interleaved rounds, blocks of ${duration(blockSeconds)}.`,
        ]
      : []
  const used = Object.entries(versions).map(([name, version]) => `${name}: ${version}`)
  return [
    ...timed,
    `${cpu}, ${cores} cores, ${system}, Node ${node} (V8 ${v8}), load ${load.toFixed(2)} at the start, ${date} UTC. \`${command}\``,
    flags.length > 0 ? `Flags of the processor: ${flags.join(' ')}.` : '',
    used.length > 0 ? `Versions: ${used.join('; ')}.` : '',
    ...notes.map((note) => `Kernels tried, ${note}.`),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

export const absentLine = ({ entry, reason }: Omission): string => `${entry}: left out, ${reason}`
