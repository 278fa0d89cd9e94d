import { defineConfig } from 'tsdown'

// One build per package: ESM and declarations into its own dist/. Other packages stay imports.
const entries: Record<string, string[]> = {
  tensor: ['src/index.ts', 'src/dispatch-entry.ts'],
  autograd: ['src/index.ts'],
  models: ['src/index.ts'],
  geometry: ['src/index.ts'],
  regularizers: ['src/index.ts'],
  data: ['src/index.ts', 'src/node.ts'],
  lab: ['src/index.ts', 'src/cli.ts'],
}

export default defineConfig(
  Object.entries(entries).map(([name, entry]) => ({
    cwd: `packages/${name}`,
    entry,
    format: 'esm' as const,
    platform: 'neutral' as const,
    target: 'es2022',
    dts: true,
    fixedExtension: false,
    tsconfig: '../../tsconfig.base.json',
  })),
)
