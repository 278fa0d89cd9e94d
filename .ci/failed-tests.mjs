// Says which tests failed, from the reports of vitest that it is given: file, full name and the first lines of why.
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

// What keeps the last 140 lines of a run keeps all of it.
const mostFailures = 10
const mostLines = 6
const mostCharacters = 400

const beginning = (message) =>
  stripVTControlCharacters(message)
    .trim()
    .split('\n')
    .filter((line) => !line.includes('/node_modules/'))
    .slice(0, mostLines)
    .map((line) => line.slice(0, mostCharacters))
    .join('\n  ')

const failures = process.argv
  .slice(2)
  .filter((report) => existsSync(report))
  .flatMap((report) => JSON.parse(readFileSync(report, 'utf8')).testResults)
  .filter((file) => file.status === 'failed')
  .flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    const path = relative('.', file.name)
    if (failed.length === 0) return [`✗ ${path}\n  ${beginning(file.message)}`]
    return failed.map(
      (test) => `✗ ${path} > ${test.fullName}\n  ${beginning(test.failureMessages.join('\n'))}`,
    )
  })

for (const failure of failures.slice(0, mostFailures)) console.log(failure)
if (failures.length > mostFailures) console.log(`✗ and ${failures.length - mostFailures} more`)
