// Browsers of the machine, each opened on one address without a window; what the page says comes by its server.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, start } from './processes.mjs'

const wish = process.env.FACET_CHROMIUM

const quietFirefox = [
  'browser.shell.checkDefaultBrowser',
  'datareporting.policy.dataSubmissionEnabled',
  'app.update.enabled',
  'browser.aboutwelcome.enabled',
  'toolkit.telemetry.reportingpolicy.firstRun',
]

const browsers = {
  chromium: {
    title: 'Chromium',
    command: wish === undefined || wish === 'required' ? '/usr/bin/chromium' : wish,
    args: (profile) => [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-breakpad',
      '--no-first-run',
      `--user-data-dir=${profile}`,
    ],
  },
  'firefox-esr': {
    title: 'Firefox',
    command: '/usr/bin/firefox-esr',
    args: (profile) => {
      const off = quietFirefox.map((name) => `user_pref('${name}', false)\n`).join('')
      writeFileSync(join(profile, 'user.js'), off)
      return ['--headless', '--no-remote', '--profile', profile]
    },
  },
}

/** `Chromium 148.0.7778.96`. */
export async function versionOf(name) {
  const { title, command } = browsers[name]
  return new RegExp(`${title} [\\d.]+\\w*`).exec(await run(command, ['--version']))[0]
}

/** Opens an address; the browser is closed by `stop`. */
export function open(name, address, { scratch, signal }) {
  const { command, args } = browsers[name]
  if (!existsSync(command)) throw new Error(`${command}: not installed; apt-get install ${name}`)
  const profile = join(scratch, `profile of ${name}`)
  mkdirSync(profile, { recursive: true })
  return start(command, [...args(profile), address], { cwd: scratch, env: { HOME: profile }, signal })
}
