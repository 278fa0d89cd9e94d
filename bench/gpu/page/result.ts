import type { DeviceDescription } from '@facet/tensor'
import type { CaseResult, Omission } from '../../src/report/results.ts'

/** What a run of the page has found: the JSON that people send us. */
export interface PageResult {
  readonly device: DeviceDescription
  readonly browser: string
  readonly cores: number
  readonly date: string
  readonly rounds: number
  /** Whether the tab was out of sight for a while: browsers slow such tabs down. */
  wasHidden: boolean
  readonly contenders: readonly {
    readonly name: string
    readonly title: string
    /** Versions, settings and what they compute on. */
    readonly version: string
  }[]
  /** Contenders that do not run here. */
  readonly absent: readonly Omission[]
  readonly cases: readonly CaseResult[]
}
