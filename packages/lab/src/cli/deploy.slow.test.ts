import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { bundleOf } from '../testing/starts.ts'

const deploy = join(import.meta.dirname, '..', '..', '..', '..', 'deploy')

interface Variable {
  readonly name: string
  readonly value?: string
}

/** A job that ends within a second, in place of the paper's. */
const tiny =
  'reproduce --sets CBF --models ae --runs 3 --epochs 1 --hidden 4 --bottleneck 2 --samples 24 --jobs 1'

it("the manifest of an Indexed Job is one document, and its command runs the shard of a pod's index into the volume", () => {
  const documents = parseAllDocuments(readFileSync(join(deploy, 'kubernetes-job.yaml'), 'utf8'))
  expect(documents.map(({ errors }) => errors)).toEqual([[]])
  const { kind, spec } = documents[0].toJS()
  expect([kind, spec.completionMode]).toEqual(['Job', 'Indexed'])
  const [{ command, args, env, volumeMounts }] = spec.template.spec.containers
  const variables = Object.fromEntries(
    (env as Variable[]).filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]),
  )
  expect(variables.JOB_COMPLETIONS).toBe(String(spec.completions))
  expect((volumeMounts as { mountPath: string }[]).map(({ mountPath }) => mountPath)).toEqual([
    '/data',
    '/results',
  ])

  const results = mkdtempSync(join(tmpdir(), 'facet-deploy-'))
  try {
    const [line] = args as [string]
    const own = line
      .replace('reproduce --profile full --data /data --jobs 2', tiny)
      .replace('/results/', `${results}/`)
    expect(own).not.toContain('/data')
    const out = execFileSync(command[0], [...command.slice(1), own], {
      env: {
        ...process.env,
        FACET: `${process.execPath} ${bundleOf('cli')}`,
        JOB_COMPLETIONS: variables.JOB_COMPLETIONS,
        JOB_COMPLETION_INDEX: '1',
        FACET_TASK: 'job:1',
        FACET_ATTEMPT: 'pod',
      },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(out).toMatch(/^shard 1\/4: its one run is done/)
    expect(readdirSync(join(results, 'shard-1')).sort()).toEqual([
      'experiment.yaml',
      'runs.jsonl',
      'shard.json',
    ])
  } finally {
    rmSync(results, { recursive: true })
  }
})
