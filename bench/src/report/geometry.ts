import { median } from '../harness/statistics.ts'
import { duration, markdownTable, megabytes, threeDigits } from './format.ts'
import type { GeometryResult, ProcessResult } from './results.ts'

/** Regions a second, with neighbours: the median over the dense networks of width 64; of the networks of width 8 in four dimensions. */
export const geometryTargets = { plane: 1_000_000, space: 20_000, firstCallSeconds: 0.03 } as const

const perSecond = (rate: number): string =>
  rate >= 1e6
    ? `${threeDigits(rate / 1e6)} M`
    : rate >= 1e3
      ? `${threeDigits(rate / 1e3)} k`
      : threeDigits(rate)

export function geometryTables(rows: readonly GeometryResult[], processes: readonly ProcessResult[]): string {
  const planes = rows.filter(({ kind }) => kind === 'plane')
  const others = rows.filter(({ kind }) => kind !== 'plane')
  return [
    ...(planes.length > 0 ? [planeTable(planes), verdict('plane', planes)] : []),
    ...(others.length > 0 ? [otherTable(others), verdict('space', others)] : []),
    ...(processes.length > 0 ? [processTable(processes)] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function planeTable(rows: readonly GeometryResult[]): string {
  const cells = rows.map(({ name, regions, verified, splitter, timings }) => {
    const of = (entry: string) => timings.find((timing) => timing.entry === entry)
    const rate = (entry: string) => (of(entry) === undefined ? '–' : perSecond(of(entry)!.regionsPerSecond))
    const times = (entry: string) => {
      const ratio = of(entry)?.ratio
      return ratio
        ? `${threeDigits(ratio.value)} [${threeDigits(ratio.low)}, ${threeDigits(ratio.high)}]`
        : '–'
    }
    const others =
      splitter === null ? '–' : splitter.regions === regions ? 'the same' : String(splitter.regions)
    return [
      name,
      String(regions),
      verified,
      duration(of('facet')!.medianSeconds),
      rate('facet'),
      rate('facet cutting'),
      others,
      times('splitter'),
      times('splitter cutting'),
    ]
  })
  const header = [
    'planes',
    'regions',
    'signs',
    'time',
    'regions a second, all of it',
    'cuts alone',
    'splitter finds',
    'splitter: time ÷ ours, all of it',
    'cuts alone',
  ]
  return markdownTable(header, cells)
}

function otherTable(rows: readonly GeometryResult[]): string {
  const cells = rows.map(({ name, regions, edges, verified, timings: [own] }) => [
    name,
    String(regions),
    edges === null ? '–' : String(edges),
    verified,
    duration(own.medianSeconds),
    perSecond(own.regionsPerSecond),
  ])
  return markdownTable(
    ['spaces and lines', 'regions', 'pairs of neighbours', 'signs', 'time', 'regions a second'],
    cells,
  )
}

function verdict(kind: 'plane' | 'space', rows: readonly GeometryResult[]): string {
  const targeted = rows.filter((row) => row.isTargeted)
  if (targeted.length === 0) return ''
  const rate = median(targeted.map(({ timings: [own] }) => own.regionsPerSecond))
  const wanted = geometryTargets[kind]
  const which = kind === 'plane' ? '2-64-64-64' : '4-8-8-8-8-2'
  return `${which}: median over ${targeted.length} cases ${perSecond(rate)} regions a second, of ${perSecond(wanted)}: ${rate >= wanted ? 'met' : 'missed'}.`
}

function processTable(rows: readonly ProcessResult[]): string {
  const cells = rows.map(({ name, regions, importSeconds, callSeconds, peakBytes, structureBytes }) => [
    name,
    String(regions),
    duration(callSeconds),
    duration(importSeconds + callSeconds),
    megabytes(peakBytes),
    megabytes(structureBytes),
  ])
  const header = [
    'fresh processes',
    'regions',
    'first call',
    'with imports',
    'peak beyond what was held',
    'structure alone',
  ]
  return markdownTable(header, cells)
}
