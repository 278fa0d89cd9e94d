/** What breaks out of markup that does not escape it, and what XML and terminals have no place for, written as `forbidden` says. */
const withForbidden = (forbidden: readonly string[]): string =>
  `</td></text>"><img src=x onerror=alert(1)><script>alert(1)</script>&amp;]]>' x="1.234"${forbidden.join('')}`

/** A text that no page, picture or table may take for more than a text. */
export const hostile = withForbidden(['\0', '\u0008', '\ufffe', '\ud800'])

/** What is to be read of it. */
export const hostileSeen = withForbidden(['\ufffd', '\ufffd', '\ufffd', '\ufffd'])
