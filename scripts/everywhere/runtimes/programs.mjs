// Runtimes that print.
import { tools } from '../tools.mjs'

const node = () => `Node ${process.versions.node}`
const thread = "`import { trainInWorker } from '@facet/facet/worker'`"

export const programs = [
  {
    name: 'node',
    title: 'Node, `import`',
    imported: "`import { fit } from '@facet/facet'`",
    version: node,
    inCi: true,
  },
  {
    name: 'require',
    title: 'Node, `require`',
    imported: "`require('@facet/facet')`",
    say: 'Node ≥ 20.19',
    version: node,
  },
  { name: 'deno', title: 'Deno', tools: tools('deno'), imported: '`import`', files: ['node'], inCi: true },
  { name: 'bun', title: 'Bun', tools: tools('bun'), imported: '`import`', files: ['node'], inCi: true },
]

/** The same with `trainInWorker`. */
export const threadPrograms = [
  {
    name: 'node-thread',
    title: 'Node, `trainInWorker`',
    imported: thread,
    files: ['thread'],
    commands: ['node'],
    version: node,
    inCi: true,
  },
  {
    name: 'deno-thread',
    title: 'Deno, `trainInWorker`',
    tools: tools('deno'),
    imported: thread,
    files: ['thread'],
    commands: ['deno'],
  },
  {
    name: 'bun-thread',
    title: 'Bun, `trainInWorker`',
    tools: tools('bun'),
    imported: thread,
    files: ['thread'],
    commands: ['bun'],
  },
]
