import { affineSuite } from './affine.ts'
import { convSuite } from './conv.ts'
import { localAffineSuite } from './local-affine.ts'
import { matmulSuite } from './matmul.ts'
import { overheadSuite, stepSuite } from './step.ts'
import type { Suite } from './suite.ts'

/** The suites that are timed; `memory` is measured otherwise. */
export const suites: readonly Suite[] = [
  matmulSuite,
  affineSuite,
  stepSuite,
  overheadSuite,
  localAffineSuite,
  convSuite,
]
