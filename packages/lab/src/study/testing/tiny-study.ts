import * as z from 'zod'
import { define } from '../../fields/definition.ts'
import { html } from '../../report/html.ts'
import { versions } from '../../version.ts'
import { aNumber } from '../data.ts'
import type { Finished, Study } from '../study.ts'

export interface TinySettings {
  readonly names: readonly string[]
  readonly steps: number
}

/** A study whose tasks have names, and nothing else: all that a study has to be. */
export const tinyStudy: Study<TinySettings, string> = {
  definition: define({
    document: 'tiny',
    documentAliases: [],
    flag: 'tiny',
    flagAliases: [],
    command: 'reproduce --study tiny',
    fields: {},
    settings: () => ({ names: ['a'], steps: 1 }),
    content: (settings) => ({ ...settings }),
    countJobs: () => [],
  }),
  kinds: {
    case: {
      task: z.strictObject({ name: z.string('expected a name') }),
      outcome: z.strictObject({ distance: aNumber }),
      run: () => ({ distance: 0 }),
      label: (task) => (task as { readonly name: string }).name,
      note: () => '',
      about: ({ steps }) => ({ steps }),
    },
  },
  prepare: async () => ({ sizes: {}, inputs: { CBF: '1234' } }),
  plan: ({ names }) => names.map((name) => ({ kind: 'case', task: { name }, group: '', cost: 1 })),
  secondsPerCost: () => 1e-3,
  report: (_settings, _sizes, finished) =>
    (finished as readonly Finished<object, { readonly distance: number }>[])
      .map(({ outcome, error }) => outcome?.distance ?? error)
      .join(),
  summary: (report) => [{ kind: 'summary', report }],
  text: (report) => ({ title: report, tables: [], notes: [['', 'a note']], failures: [] }),
  page: async (report, document) => ({
    title: report,
    lead: html`<p>${document}</p>`,
    sections: [],
    downloads: [],
  }),
}

/** A task of {@link tinyStudy} that has finished. */
export const tinyRun = (name: string, more: Partial<Finished> = {}): Finished => ({
  kind: 'case',
  task: { name },
  outcome: { distance: name.charCodeAt(0) },
  versions,
  ...more,
})

/** One that failed. */
export const tinyFailure = (name: string, error = 'failed'): Finished => ({
  kind: 'case',
  task: { name },
  error,
  versions,
})
