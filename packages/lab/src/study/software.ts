import type { Finished } from './study.ts'

/** What computed the runs of a report, each build once: those that were resumed may have had another than the first. */
export const softwareText = (runs: readonly Pick<Finished, 'versions'>[]): string => {
  const texts = runs.map(({ versions: { facet, node, platform, engine } }) =>
    [`Facet ${facet}`, `Node ${node}`, platform, ...(engine === undefined ? [] : [engine])].join(', '),
  )
  return [...new Set(texts)].join('; ')
}
