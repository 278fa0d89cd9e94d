import { serveJobs } from '../../pool/serve-jobs.ts'
import type { GridSettings, GridTask } from '../grid.ts'
import type { StudyRequest } from '../run.ts'
import { lineStudy } from './line-study.ts'

serveJobs(({ kind, settings, task }: StudyRequest, onProgress) =>
  lineStudy.kinds[kind].run(settings as GridSettings, task as GridTask, onProgress),
)
