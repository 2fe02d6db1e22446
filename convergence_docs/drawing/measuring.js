/* How wide a text is, for a page that has no fonts.
 *
 * The page that Mermaid runs in asks for `__measureText` and its sisters. The widths come as `__cdWidths` from
 * `widths.json`: those of the Latin, Greek and Cyrillic letters of a font as wide as Arial. All else that East Asian
 * fonts draw as a square is one em wide. Lines of HTML labels break where Chromium breaks them.
 */
(() => {
  const table = globalThis.__cdWidths
  const SANS = { ascent: 0.905, descent: 0.212, xHeight: 0.519, normal: 1.149, wider: 0 }
  // What `sans-serif` is in a Chinese page. Mermaid measures messages in it too, and leaves room for the larger one.
  const CHINESE = { ...SANS, ascent: 1.16, descent: 0.288, wider: 0.015 }
  const MONOSPACE = 0.6
  const COMBINING = /^[\p{M}\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]$/u
  const SQUARE = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u2100-\u2bff\u3000-\u303f\u31c0-\u33ff\ufe10-\ufe6f\uff01-\uff60\uffe0-\uffe6]$/u
  const EMOJI = /^[\p{Emoji_Presentation}\p{Regional_Indicator}\u{1f000}-\u{1faff}]$/u
  const NARROW = /^[\uff61-\uffdc]$/

  const regular = unpack(table.regular)
  const bold = unpack(table.bold)

  /* Runs of [first code point, width, width …], the first of each run counted from the end of the one before. */
  function unpack(runs) {
    const widths = new Map()
    let at = 0
    for (const [gap, ...run] of runs) {
      at += gap
      for (const width of run) widths.set(at++, width / table.em)
    }
    return widths
  }

  function widthOf(character, face) {
    const code = character.codePointAt(0)
    if (face === "mono" && code < 0x250) return MONOSPACE
    const known = (face === "bold" ? bold : regular).get(code)
    if (known !== undefined) return known
    if (COMBINING.test(character)) return 0
    if (EMOJI.test(character)) return 1.3
    if (SQUARE.test(character)) return 1
    return NARROW.test(character) ? 0.5 : 0.7
  }

  const cache = { regular: new Map(), bold: new Map(), mono: new Map() }
  function width(text, size, face) {
    let sum = 0
    const seen = cache[face]
    for (const character of text) {
      let one = seen.get(character)
      if (one === undefined) seen.set(character, one = widthOf(character, face))
      sum += one
    }
    return sum * size
  }

  const isBold = weight => weight === "bold" || weight === "bolder" || Number(weight) >= 600
  const isMono = family => /mono|courier|consol/i.test(String(family || ""))
  const faceOf = (family, weight) => isMono(family) ? "mono" : isBold(weight) ? "bold" : "regular"
  const sizeOf = size => Number(size) || 16

  globalThis.__log = () => {}
  globalThis.__measureText = (text, size, family, weight) =>
    width(String(text ?? ""), sizeOf(size), faceOf(family, weight))
  globalThis.__measureTextFull = (text, size, family, weight) => {
    const px = sizeOf(size), face = family === "sans-serif" ? CHINESE : SANS, said = String(text ?? "")
    return {
      width: width(said, px, faceOf(family, weight)) + face.wider * px * said.replace(/[^ -~]/g, "").length,
      ascent: face.ascent * px, descent: face.descent * px, xHeight: face.xHeight * px,
    }
  }
  globalThis.__measureGlyphs = undefined

  /* Where a line may break between two characters, as Chromium does it in a Chinese page: kinds of characters, and for
   * each kind a row that tells the kinds before which it may break. The order of both is that of KINDS. */
  const KINDS = ["aZ_@", "1", "-", "/", "?", "!}", ".,:;)]", "([{", "%", "$", "+", "=*&~>#", "'", "\"", "|", "<",
    "中", "，", "（", "“", "‘", "—", "·", "％", "￥", "–"]
  const ROWS = ["00000000000000001010010000", "00000000000000001010010000", "10100001101111111011010110",
    "00000000000000001011011110", "11100001111100111011011110", "00000001000000011011011110",
    "00000001000000011011010110", "00000000000000000000000000", "00000001000000011011010110",
    "00000000000000000011010110", "00000001000000010011010110", "00000001000000011010010000",
    "00000000000000000000000000", "00000001000000010000000000", "00000001000000011011011110",
    "00000000000000001010010000", "11000001011100011011011010", "11000001111100011011011110",
    "00000000000000000000000000", "00000000000000000000000000", "00000000000000000000000000",
    "11000001111100011011001110", "00000000000000001010010000", "11000001111000001011010110",
    "11000001111000000011010110", "01000001111000001011010110"]
  const LETTER = 0, DIGIT = 1, WIDE = 16, CLOSING = 17, OPENING = 18, DASH = 21, PERCENT = 23, MONEY = 24
  const kinds = new Map()
  KINDS.forEach((members, kind) => { for (const member of members) kinds.set(member, kind) })
  const among = (members, kind) => { for (const member of members) kinds.set(member, kind) }
  among("0123456789", DIGIT)
  among("，。、；：？！）》】」』〉〕〗｝］”…‥々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ", CLOSING)
  among("（《【「『〈〔〖｛［", OPENING)
  among("—―", DASH)
  among("％°℃℉‰′″", PERCENT)
  among("￥¥€№£＄", MONEY)
  kinds.set("‘", 20).set("’", 20)

  function kindOf(character) {
    let kind = kinds.get(character)
    if (kind === undefined) {
      const isWide = EMOJI.test(character) && character.codePointAt(0) > 0xffff ||
        /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff01-\uff60]$/u.test(character)
      kinds.set(character, kind = isWide ? WIDE : LETTER)
    }
    return kind
  }

  const mayBreak = (before, after) => COMBINING.test(after) || before === "\u00a0" || after === "\u00a0" ? false :
    before === "\u200b" || ROWS[kindOf(before)][kindOf(after)] === "1"

  /* An HTML element: the runs of text in it, cut into lines where it says so. */
  const BLOCKS = new Set(["div", "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table", "tr", "hr"])
  function linesOf(root) {
    const lines = [[]]
    const fresh = () => { if (lines[lines.length - 1].length) lines.push([]) }
    const walk = (element, style) => {
      const tag = element.tagName.toLowerCase()
      if (tag === "br") { lines[lines.length - 1].ended = true; lines.push([]); return }
      const isBlock = BLOCKS.has(tag)
      if (isBlock) fresh()
      const own = element === root ? style : inner(element, tag, style)
      for (const child of element.childNodes) {
        if (child.nodeType === 3) lines[lines.length - 1].push({ text: child.textContent, ...own })
        else if (child.nodeType === 1) walk(child, own)
      }
      if (isBlock && element !== root) fresh()
    }
    walk(root, outer(root))
    if (!lines[lines.length - 1].length) lines.pop()
    return lines
  }

  function outer(element) {
    return {
      size: __resolveHtmlFontSizePx(element),
      face: faceOf(__resolveHtmlFontProp(element, "font-family"), __resolveHtmlFontProp(element, "font-weight")),
    }
  }

  function inner(element, tag, style) {
    const said = name => __inlineStyleProp(element, name) || __resolveCssProp(element, name)
    let { size, face } = style
    const weight = tag === "b" || tag === "strong" || tag === "th" ? "bold" : said("font-weight")
    if (weight && weight !== "inherit" && face !== "mono") face = isBold(weight) ? "bold" : "regular"
    if (tag === "code" || tag === "kbd" || tag === "samp") { face = "mono"; size *= 0.8125 }
    if (tag === "small" || tag === "sub" || tag === "sup") size *= 0.8333
    const px = said("font-size")
    if (px && /^[\d.]+(px|em|%)?$/.test(px)) size = __lenToPx(px, size) ?? size
    return { size, face }
  }

  /* The pieces that a line cannot break within, each with its width and that of the spaces at its end. */
  function piecesOf(runs, keepsSpaces) {
    const pieces = []
    let piece = null, last = ""
    for (const run of runs) {
      for (let character of run.text) {
        if (/[\t\n\r ]/.test(character)) {
          character = " "
          if (!keepsSpaces && (last === " " || last === "")) continue
        }
        const isSpace = character === " "
        if (!piece || last === " " && (!isSpace || keepsSpaces) || last && !isSpace && mayBreak(last, character))
          pieces.push(piece = { ink: 0, gap: 0 })
        const one = width(character, run.size, run.face)
        if (isSpace) piece.gap += one
        else { piece.ink += piece.gap + one; piece.gap = 0 }
        last = character
      }
    }
    return pieces
  }

  /* The widest line and the number of lines; `limit` is where lines are wrapped, or Infinity. */
  function layOut(lines, limit, keepsSpaces) {
    let widest = 0, count = 0
    for (const runs of lines) {
      let room = 0, gap = 0
      count++
      for (const piece of piecesOf(runs, keepsSpaces)) {
        const taken = piece.ink + (keepsSpaces ? piece.gap : 0)
        if (room && room + gap + taken > limit + 0.01) { count++; room = gap = 0 }
        room += gap + taken
        gap = keepsSpaces ? 0 : piece.gap
        widest = Math.max(widest, room)
      }
    }
    return { widest, count }
  }

  function inherited(element, name) {
    for (let at = element; at && at.nodeType === 1; at = at.parentNode) {
      const said = __inlineStyleProp(at, name) || __resolveCssProp(at, name)
      if (said && said !== "inherit") return said
    }
    return ""
  }

  /* The page's own way to ask a style sheet for a property searches the whole page for the sheet each time. This finds
   * the same: of the rules that name the property, the last one that matches. */
  let sheet = null, sheetText = null, byProperty = new Map()
  function rulesFor(property) {
    if (!sheet || sheet.getRootNode() !== document) sheet = document.querySelector("style")
    const text = sheet && sheet.childNodes.length === 1 ? sheet.childNodes[0].textContent : sheet ? sheet.textContent : ""
    if (text !== sheetText) { sheetText = text; byProperty = new Map() }
    let rules = byProperty.get(property)
    if (!rules) byProperty.set(property, rules = __getCssRules().filter(rule => property in rule.decls).map(rule => ({
      value: rule.decls[property],
      parts: __splitTopLevel(rule.selectors, letter => letter === ",").map(([part]) => endOf(part.trim())),
    })))
    return rules
  }

  function endOf(selector) {
    const last = selector.split(/[\s>+~]+/).pop().replace(/\[[^\]]*\]|:not\([^)]*\)/g, "")
    const found = pattern => (pattern.exec(last) || [])[1]
    return { selector, tag: found(/^([a-zA-Z][\w-]*)/), word: found(/\.([\w-]+)/), id: found(/#([\w-]+)/) }
  }

  globalThis.__resolveCssProp = (element, property) => {
    const rules = rulesFor(property)
    if (!rules.length) return null
    const tag = (element.tagName || "").toLowerCase(), words = element._attrs.class || "", id = element._attrs.id
    for (let at = rules.length - 1; at >= 0; at--)
      for (const part of rules[at].parts)
        if ((!part.tag || part.tag.toLowerCase() === tag) && (!part.word || words.includes(part.word)) &&
            (!part.id || part.id === id) && __matchesSimple(element, part.selector)) return rules[at].value
    return null
  }

  const NOTHING = { x: 0, y: 0, width: 0, height: 0, top: 0, left: 0, right: 0, bottom: 0 }
  function box(element) {
    const lines = linesOf(element)
    if (!lines.some(runs => runs.ended || runs.some(run => /[^\t\n\r ]/.test(run.text)))) return NOTHING
    const space = inherited(element, "white-space")
    const keepsSpaces = space === "break-spaces" || space.startsWith("pre")
    const declared = __pxValue(__inlineStyleProp(element, "width"))
    const most = __pxValue(__inlineStyleProp(element, "max-width"))
    const limit = space === "nowrap" ? Infinity : declared ?? most ?? Infinity
    const { widest, count } = layOut(lines, limit, keepsSpaces)
    let across = Math.ceil(widest * 64) / 64
    if (declared !== null) across = Math.max(declared, across)
    else if (most !== null) across = Math.min(most, across)
    const size = __resolveHtmlFontSizePx(element)
    const said = inherited(element, "line-height")
    const high = count * (/^[\d.]+$/.test(said) ? Number(said) * size : __pxValue(said) ?? SANS.normal * size)
    return { ...NOTHING, width: across, height: high, right: across, bottom: high }
  }

  const isText = element => element.tagName === "text" || element.tagName === "tspan"
  const ofPage = Element.prototype.__boundingClientRect
  Element.prototype.__boundingClientRect = function () {
    return isText(this) || this.namespaceURI !== "http://www.w3.org/1999/xhtml" ? ofPage.call(this) : box(this)
  }
  globalThis.__measureForeignObject = (html, size) => ({ width: 0, height: sizeOf(size) * 1.5, line_count: 1, line_height: sizeOf(size) * 1.5 })
})()
