import { Markup, markup } from '../markup.js'

/** Browsers follow no longer address than about two million characters. */
const LONGEST = 1_900_000

/** A link that saves JSON to a file: the data are its address, so that the page needs no script and no server. */
export function drawDownload({ name, value }: { readonly name: string; readonly value: unknown }): Markup {
  const address = writeAddress(JSON.stringify(value) ?? 'null')
  if (address.length > LONGEST) {
    return markup`<p>The data are too large to be saved from a page. The command that made it writes them with <code>--json</code>.</p>`
  }
  return markup`<p><a download="${name}" href='${new Markup(address)}'>Save the data of this page, ${name}</a></p>`
}

/** Between single quotes, so that JSON keeps its own; what addresses or HTML would read differently is written as its code. */
function writeAddress(json: string): string {
  return `data:application/json;charset=utf-8,${json.replace(/[%#&'<>\p{Cc}\p{Zl}\p{Zp}\p{Zs}]|\P{ASCII}/gu, encode)}`
}

function encode(sign: string): string {
  // JSON.stringify leaves no half of a surrogate pair, which could not be encoded.
  return sign === "'" ? '%27' : encodeURIComponent(sign)
}
