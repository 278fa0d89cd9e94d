// What is in a package's published manifest: what outsiders can use, and nothing of this workspace.
/** Files, and conditions whose files are published: sources are not, nor are entries that are sources alone. */
const published = (exports) =>
  Object.fromEntries(
    Object.entries(exports).flatMap(([entry, targets]) => {
      if (typeof targets === 'string') return [[entry, targets]]
      const { 'facet-source': _, ...rest } = targets
      return rest.default === undefined ? [] : [[entry, rest]]
    }),
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
