// Runtimes that print.
export const programs = [
  {
    name: 'node',
    title: 'Node, `import`',
    imported: "`import … from '@facet/facet'`",
    version: () => `Node ${process.versions.node}`,
    inCi: true,
  },
  {
    name: 'require',
    title: 'Node, `require`',
    imported: "`require('@facet/facet')`",
    say: 'Node ≥ 20.19',
    version: () => `Node ${process.versions.node}`,
  },
  {
    name: 'deno',
    title: 'Deno',
    tools: { deno: '2.9.6' },
    imported: '`import` of what npm installed',
    files: ['node'],
    inCi: true,
  },
  {
    name: 'bun',
    title: 'Bun',
    tools: { bun: '1.4.5' },
    imported: '`import`',
    files: ['node'],
    inCi: true,
  },
]
