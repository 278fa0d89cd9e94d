import { markdownTable } from '../src/report/format.ts'
import { omissions } from '../src/report/markdown.ts'
import { cellOf } from './page/cells.ts'
import type { PageResult } from './page/result.ts'

/** A run as Markdown: one row a case, one column a contender, and what they computed on. */
export function gpuMarkdown({ device, contenders, absent, cases, rounds, browser }: PageResult): string {
  const rows = cases.map((found) => [
    found.name,
    ...contenders.map(({ name }) => {
      const { lines } = cellOf(name, found)
      const ways = lines.map(({ value, interval, variant }) =>
        [value, interval, variant].filter((text) => text !== '').join(' '),
      )
      return ways.join('; ') || '–'
    }),
  ])
  const versions = [
    ...contenders.map(({ title, version }) => `- ${title}: ${version}`),
    ...absent.map(({ entry, reason }) => `- ${entry}: left out, ${reason}`),
  ]
  return [
    `${device.renderer}, ${rounds} interleaved rounds. ${contenders[0].title}: median time. Others: time ÷ that in the same rounds, [95 % interval]; above 1 × it is the faster.`,
    markdownTable(['', ...contenders.map(({ title }) => title)], rows),
    versions.join('\n'),
    omissions(cases),
    browser,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
