import type { parseHTML } from 'linkedom'

type Page = ReturnType<typeof parseHTML>['document']

/** The files that a page carries, by name. */
export const downloadsOf = (page: Page): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...page.querySelectorAll('a[download]')].map((link) => [
      link.getAttribute('download')!,
      Buffer.from(link.getAttribute('href')!.split('base64,')[1], 'base64').toString(),
    ]),
  )

/** Addresses that a page goes to for what it shows or links. */
export const addressesOf = (page: Page): string[] =>
  [...page.querySelectorAll('[src],[href]')].map(
    (element) => element.getAttribute('src') ?? element.getAttribute('href')!,
  )

/** Those that are neither data nor parts of the page itself. */
export const foreignAddressesOf = (page: Page): string[] =>
  addressesOf(page).filter((address) => !/^(data:|#)/.test(address))
