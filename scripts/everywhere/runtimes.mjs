// Every place that the program is tried in, in the order of the document. A place is installed with its `tools`; has the document's files of `files` and
// of its own name, its commands of `commands` and of its own name; prints, or is a page: in `browser`, of `folder` or from `server`. `imported`
// and `say` stand in the table; `inCi` places are those of CI.
import { bundlers, threadBundlers } from './runtimes/bundlers.mjs'
import { plainPages, policies, workers } from './runtimes/pages.mjs'
import { programs, threadPrograms } from './runtimes/programs.mjs'
import { servers } from './runtimes/servers.mjs'
import { testRunners } from './runtimes/test-runners.mjs'

export const runtimes = [
  ...programs,
  ...bundlers,
  ...plainPages,
  ...threadPrograms,
  ...threadBundlers,
  ...workers,
  ...policies,
  ...servers,
  ...testRunners,
]
