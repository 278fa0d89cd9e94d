import { existsSync } from 'node:fs'

/**
 * Debian's headless shell is the same engine without windows: tests of a page take half of the time (those of shared links 33 s
 * instead of 62 on two cores).
 */
const places = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
)

/** `required`, or the path of a browser to use. */
const wish = process.env.FACET_CHROMIUM
export const isRequired = wish === 'required'

const asked = wish === undefined || isRequired ? places : [wish]

/** Where a Chromium was looked for. */
export const placesOfChromium = asked.join(', ')

/** The Chromium that tests drive; undefined where there is none. */
export const chromiumPath = asked.find((path) => existsSync(path))
