/* The form in which text and query are compared; the twin of convergence_docs/site/search/normal.py, where it is told. */
const IGNORED = /[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+|\udb40[\udc00-\udfff]|\udb41[\udc00-\udfff]|\udb42[\udc00-\udfff]|\udb43[\udc00-\udfff]/g
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g
const SPACES = /[\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g
const GAPS = /[ \x00-\x08\x11-\x17]+/g, SPACE = 32, INLINE = 16
const CHINESE = /[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/
const LETTERS = /[\p{L}\p{N}\p{M}]/u
const isMark = remembered(sign => /\p{M}/u.test(sign))
const isChinese = remembered(sign => CHINESE.test(sign))

/* Whether a character belongs to words that white space parts. What UTF-16 needs two units for does not. */
const isWord = remembered(sign => (sign < "\ud800" || sign > "\udfff") && LETTERS.test(sign) && !CHINESE.test(sign))

function remembered(test) {
  const known = new Uint8Array(65536)
  return sign => {
    if (!sign) return false
    const code = sign.charCodeAt(0)
    if (!known[code]) known[code] = test(sign[0]) ? 2 : 1
    return known[code] === 2
  }
}

/* Everything but white space; control characters stay, which part the pieces of a shard. */
function fold(text) {
  return text.replace(IGNORED, "").normalize("NFKC").toLowerCase().replace(/ς/g, "σ").replace(IGNORED, "").replace(SPACES, " ")
}

/* Folded text with white space only where it parts words. The signs by which a shard marks its pieces go, too; those
 * of blocks part like white space. `pieces` gets, for each mark, its sign and where in the result it stood. */
function squeeze(folded, pieces) {
  let gone = 0
  return folded.replace(GAPS, (gap, at) => {
    let isParting = false
    for (let next = 0; next < gap.length; next++) {
      const code = gap.charCodeAt(next)
      if (code < INLINE || code === SPACE) isParting = true
      if (pieces && code !== SPACE) {
        pieces.at.push(at - gone)
        pieces.kinds.push(code)
      }
    }
    const kept = isParting && isWord(folded[at - 1]) && isWord(folded[at + gap.length]) ? " " : ""
    gone += gap.length - kept.length
    return kept
  })
}

function normalise(text) {
  return squeeze(fold(text.replace(CONTROLS, " ")))
}

/* A text normalised, with the places in it where what each character of the result comes from begins and ends. */
function normaliseWithPlaces(text) {
  const places = [], ends = []
  let result = "", last = "", isParted = false
  for (let at = 0; at < text.length; ) {
    const start = at, code = text.charCodeAt(at++)
    if (code >= 0xd800 && code < 0xdc00) at++
    while (at < text.length && text.charCodeAt(at) > 767 && isMark(text[at])) at++
    for (const sign of foldedSigns(text.slice(start, at))) {
      if (sign === " ") {
        isParted = true
        continue
      }
      if (isParted && isWord(last) && isWord(sign)) {
        result += " "
        places.push(start)
        ends.push(start)
      }
      isParted = false
      result += sign
      places.push(start)
      ends.push(at)
      last = sign
    }
  }
  return { result, places, ends }
}

const foldedOnce = new Map()

function foldedSigns(cluster) {
  let signs = foldedOnce.get(cluster)
  if (signs === undefined) {
    if (foldedOnce.size > 20000) foldedOnce.clear()
    foldedOnce.set(cluster, signs = fold(cluster.replace(CONTROLS, " ")).split(""))
  }
  return signs
}
