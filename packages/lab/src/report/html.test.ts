import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { attributes, escapeText, type Html, html, trusted } from './html.ts'

const hostile = `"><img src=x onerror=alert(1)>'&amp;</title><script>`
const written = (markup: Html): string => markup.toString()

describe('what a hole of html takes', () => {
  it('is text between tags, escaped once', () => {
    expect(written(html`<p>${hostile}</p>`)).toBe(
      '<p>&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp;amp;&lt;/title&gt;&lt;script&gt;</p>',
    )
    expect(written(html`${html`<b>${1.5}</b>`}${['a<', [html`<i></i>`, null]]}${null}`)).toBe(
      '<b>1.5</b>a&lt;<i></i>',
    )
  })

  it('is text in quotes of either kind, which it cannot leave', () => {
    for (const markup of [html`<p title="${hostile}"></p>`, html`<p title='${hostile}'></p>`]) {
      const { document } = parseHTML(`<main>${markup}</main>`)
      expect(document.querySelectorAll('main *')).toHaveLength(1)
      expect(document.querySelector('p')!.getAttributeNames()).toEqual(['title'])
    }
  })

  it('is read again as the same text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        // A parser of HTML reads a carriage return as a line feed, and XML has no place for other controls.
        fc.pre(!/[\p{Cc}\p{Cn}\p{Surrogate}]/u.test(text))
        const { document } = parseHTML(`<main>${html`<p title="${text}">${text}</p>`}</main>`)
        expect(document.querySelector('p')!.textContent).toBe(text)
        expect(document.querySelector('p')!.getAttribute('title')).toBe(text)
      }),
    )
  })

  it('has no character that XML forbids', () => {
    expect(escapeText('a\0\u0008\u000b\u001f\ufffe\ud800b\t\n😀]]>')).toBe(
      'a\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdb\t\n😀]]&gt;',
    )
  })

  it('is the value of a property in a style and in colours of SVG', () => {
    expect(written(html`<i style="--columns:${3};width:${1.5}rem;color:${'var(--ae)'}"></i>`)).toBe(
      '<i style="--columns:3;width:1.5rem;color:var(--ae)"></i>',
    )
    for (const value of [
      'red;background:blue',
      'url(http://a.b)',
      'a"b',
      'x:y',
      'image(a)',
      '/*',
      '\\75rl(a)',
      '<b>',
    ]) {
      expect(() => html`<i style="color:${value}"></i>`, value).toThrow('is no value of a property in style')
      expect(() => html`<path fill="${value}"/>`, value).toThrow('is no value of a property in fill')
      expect(() => html`<path${attributes({ stroke: value })}/>`, value).toThrow(
        'is no value of a property in stroke',
      )
    }
  })

  it('is an address of data or of the page itself', () => {
    expect(written(html`<a href="#${'a b"'}">${'x'}</a><img src="${'data:image/png;base64,AA=='}">`)).toBe(
      '<a href="#a b&quot;">x</a><img src="data:image/png;base64,AA==">',
    )
    expect(written(html`<a href="data:text/csv,${hostile}"></a>`)).not.toContain('<img')
    for (const url of [
      'javascript:alert(1)',
      ' data:,',
      'http://a.b',
      '//a.b',
      'DATA',
      '',
      'file:///etc/passwd',
      '\u0001data:,',
    ]) {
      expect(() => html`<a href="${url}"></a>`, url).toThrow('href goes to data: or # alone')
      expect(() => html`<img src='${url}'>`, url).toThrow('src goes to data: or # alone')
      expect(() => html`<use xlink:href="${url}"/>`, url).toThrow('xlink:href goes to data: or # alone')
      expect(() => html`<a${attributes({ href: url })}></a>`, url).toThrow('href goes to data: or # alone')
    }
  })

  it('is attributes behind the name of an element; null leaves one out', () => {
    expect(written(html`<td${attributes({ class: null, title: hostile, colspan: 2 })}>a</td>`)).toBe(
      `<td title="${escapeText(hostile)}" colspan="2">a</td>`,
    )
    for (const name of ['onclick', 'OnLoad', 'srcdoc', 'style', 'a b', 'x="y"', 'a>', ''])
      expect(() => html`<td${attributes({ [name]: 'x' })}></td>`, name).toThrow(TypeError)
  })

  it('is text in a title, and trusted css in a style', () => {
    expect(written(html`<title>${hostile}</title>`)).toBe(`<title>${escapeText(hostile)}</title>`)
    expect(() => html`<title>${html`<b></b>`}</title>`).toThrow(
      'expected text, a number or null in title, got Html',
    )
    expect(written(html`<style>${trusted('p>a{color:red}')}</style>`)).toBe('<style>p>a{color:red}</style>')
    expect(() => html`<style>${'p{}'}</style>`).toThrow('a style takes what is trusted alone')
    expect(() => html`<style>${trusted('</style><script>')}</style>`).toThrow('a style cannot hold </')
  })

  it('is nothing else', () => {
    for (const value of [undefined, true, {}, { html: '<b>' }, () => '', Symbol('x'), 1n]) {
      expect(() => html`<p>${value as never}</p>`).toThrow(
        /expected text, a number, Html, null or a list of them, got/,
      )
      expect(() => html`<p title="${value as never}"></p>`).toThrow(
        /expected text, a number or null in title, got/,
      )
      expect(() => html`<p ${value as never}></p>`).toThrow('expected attributes(…) or null in <p>')
    }
    expect(() => html`<p title="${html`<b></b>` as never}"></p>`).toThrow('got Html')
    expect(() => html`<p ${'hidden'}></p>`).toThrow('expected attributes(…) or null in <p>, got string')
  })
})

describe('where no hole is safe', () => {
  const x = 'x'
  it.each<[string, () => Html]>([
    ['a value without quotes', () => html`<p title=${x}></p>`],
    ['the rest of one', () => html`<p title=a${x}></p>`],
    ['the name of a tag', () => html`<${x}></p>`],
    ['the rest of one', () => html`<h${x}></h1>`],
    ['a closing tag', () => html`<p></p${x}>`],
    ['the name of a closing tag', () => html`<p></${x}>`],
    ['the name of an attribute', () => html`<p ti${x}="a"></p>`],
    ['a script', () => html`<script>${x}</script>`],
    ['a script in capitals', () => html`<SCRIPT>${x}</SCRIPT>`],
    ['a comment', () => html`<!-- ${x} -->`],
    ['a document type', () => html`<!doctype ${x}>`],
    ['a section of characters', () => html`<![CDATA[${x}]]>`],
    ['an instruction', () => html`<?xml ${x}?>`],
    ['a handler', () => html`<p onclick="${x}"></p>`],
    ['a handler in capitals', () => html`<p ONCLICK="${x}"></p>`],
    ['a handler of SVG', () => html`<svg onload='${x}'></svg>`],
    ['a page in an attribute', () => html`<iframe srcdoc="${x}"></iframe>`],
    ['a set of addresses', () => html`<img srcset="${x}">`],
    ['an address of a form', () => html`<button formaction="${x}"></button>`],
    ['what an animation sets', () => html`<set attributeName="href" to="${x}"/>`],
    ['a refresh', () => html`<meta http-equiv="refresh" content="${x}">`],
    ['a frame', () => html`<iframe>${x}</iframe>`],
    ['the name of a property', () => html`<p style="${x}:red"></p>`],
    ['a whole style', () => html`<p style="${x}"></p>`],
    ['a property behind another', () => html`<p style="color:red;${x}"></p>`],
    ['a function of a style', () => html`<p style="background:url(${x})"></p>`],
    ['a function of SVG', () => html`<p fill="url(${x})"></p>`],
    ['a string of a style', () => html`<p style="content:'${x}'"></p>`],
  ])('%s is refused', (_, make) => {
    expect(make).toThrow(/^html: /)
  })

  it('a template that ends in a tag, a value or a script is refused', () => {
    expect(() => html`<p title="a`).toThrow('the template ends inside')
    expect(() => html`<p `).toThrow('the template ends inside')
    expect(() => html`<script>`).toThrow('the template ends inside')
    expect(() => html`${'x'} < 1`).toThrow('a lone < is written &lt;')
  })
})
