import { arch, version as node, platform } from 'node:process'
import manifest from '../package.json' with { type: 'json' }

/** What computed a result: written with every one. */
export const versions = { facet: manifest.version, node, platform: `${platform} ${arch}` }

export type Versions = typeof versions
