/** The module that worker processes start from: TypeScript when run from source, JavaScript when built. */
export const workerEntry = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js',
  import.meta.url,
)
