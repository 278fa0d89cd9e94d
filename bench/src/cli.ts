import { main } from './main.ts'

const code = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
})
// Libraries under test keep timers and handles of their own.
process.exit(code)
