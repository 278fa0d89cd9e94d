import { measureGeometry } from '../geometry/measure.ts'
import { measureLasting } from '../lasting/measure.ts'
import { measureMemory } from '../memory/measure.ts'
import type { SuiteResult } from '../report/results.ts'

/** Files that are not in the project. */
export interface MeasuredFiles {
  /** A network of the golden kind `partition_*`; `null` where none is given. */
  readonly counted: string | null
}

/** A suite that is not contenders in rounds: it measures ours alone, in its own way. */
export interface MeasuredSuite {
  readonly name: string
  readonly description: string
  /**
   * @param containing only cases whose name contains this
   * @param onCase told of each case when it is done
   * @param files what `--counted` names
   */
  measure(
    quick: boolean,
    containing: string,
    onCase: (name: string) => void,
    files: MeasuredFiles,
  ): Promise<Pick<SuiteResult, 'memory' | 'lasting' | 'geometry'>>
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
  {
    name: 'geometry',
    description:
      'regions of networks with their neighbours, every sign decided: planes beside a plain splitter in interleaved rounds, spaces, lines, and first calls in fresh processes',
    measure: async (quick, containing, onCase, { counted }) => ({
      geometry: await measureGeometry(quick, containing, counted, onCase),
    }),
  },
]
