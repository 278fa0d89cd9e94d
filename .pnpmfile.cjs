// What is in a package's published manifest: what outsiders can use, and nothing of this workspace.
/** Conditions whose files are published: sources are not, nor are entries that are sources alone. */
const published = (exports) =>
  Object.fromEntries(
    Object.entries(exports)
      .filter(([, targets]) => targets.default !== undefined)
      .map(([entry, { 'facet-source': _, ...targets }]) => [entry, targets]),
  )

module.exports = {
  hooks: {
    beforePacking({ scripts: _, devDependencies: __, ...manifest }) {
      const { sideEffects, exports } = manifest
      return {
        ...manifest,
        exports: { ...published(exports), './package.json': './package.json' },
        ...(Array.isArray(sideEffects) && {
          sideEffects: sideEffects.filter((file) => !file.startsWith('./src/')),
        }),
      }
    },
  },
}
