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
