import { measureLasting } from '../lasting/measure.ts'
import { measureMemory } from '../memory/measure.ts'
import type { SuiteResult } from '../report/results.ts'

/** A suite that is not contenders in rounds: it measures ours alone, in its own way. */
export interface MeasuredSuite {
  readonly name: string
  readonly description: string
  /**
   * @param containing only cases whose name contains this
   * @param onCase told of each case when it is done
   */
  measure(
    quick: boolean,
    containing: string,
    onCase: (name: string) => void,
  ): Promise<Pick<SuiteResult, 'memory' | 'lasting'>>
}

export const measuredSuites: readonly MeasuredSuite[] = [
  {
    name: 'memory',
    description: 'peak memory of the first-order training step, batch 16, h = 10, beyond what it must hold',
    measure: async (quick) => ({ memory: await measureMemory(quick ? [60] : [128, 784, 1092]) }),
  },
  {
    name: 'lasting',
    description:
      'steps per second of a training after 20,000 steps over those of its first 500, in alternating blocks of the two',
    measure: async (quick, containing, onCase) => ({
      lasting: await measureLasting(quick, containing, onCase),
    }),
  },
]
