import { serveJobs } from './pool/serve-jobs.ts'
import { studyOf } from './studies/studies.ts'
import type { StudyRequest } from './study/run.ts'

serveJobs(({ study, kind, settings, task }: StudyRequest, onProgress) =>
  studyOf(study).kinds[kind].run(settings, task, onProgress),
)
