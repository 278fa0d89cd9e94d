import { arch, version as node, platform } from 'node:process'
import manifest from '../package.json' with { type: 'json' }

/** What computed a result: written with every one. */
export interface Versions {
  readonly facet: string
  readonly node: string
  readonly platform: string
  /** What the worker that ran it computed with (`startEngine`). Older results do not say, nor do runs whose worker was lost. */
  readonly engine?: string
}

/** Of this process, which may have no engine. */
export const versions: Versions = { facet: manifest.version, node, platform: `${platform} ${arch}` }

/** `facet 0.1.0, node v20.20.2, linux x64`, and the engine where it is known. */
export const versionText = (these: Versions): string =>
  Object.entries(these)
    .map(([name, version]) => (name === 'platform' ? version : `${name} ${version}`))
    .join(', ')
