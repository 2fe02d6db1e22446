/* The form in which text and query are compared; the twin of convergence_docs/site/search/normal.py, where it is told. */
const IGNORED = /[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+|\udb40[\udc00-\udfff]|\udb41[\udc00-\udfff]|\udb42[\udc00-\udfff]|\udb43[\udc00-\udfff]/g
const CONTROLS = /[\x00-\x1f\x7f-\x9f]/g
const SPACES = /[ \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g
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

/* Puts folded texts together, with white space only where it parts words. */
class Joiner {
  constructor() {
    this.parts = []
    this.length = 0
    this.last = ""
    this.isParted = false
  }

  add(folded) {
    if (!folded) return
    if (!folded.includes(" ")) return this.addWord(folded)
    const words = folded.split(" ")
    words.forEach((word, at) => {
      if (at) this.isParted = true
      if (word) this.addWord(word)
    })
  }

  addWord(word) {
    if (this.isParted && isWord(this.last) && isWord(word)) this.push(" ")
    this.isParted = false
    this.push(word)
    this.last = word[word.length - 1]
  }

  push(text) {
    this.parts.push(text)
    this.length += text.length
  }

  /* Parts what follows from what stands, by a sign that no query holds. */
  end() {
    this.push("\x1e")
    this.last = ""
    this.isParted = false
  }
}

function normalise(text) {
  const joiner = new Joiner()
  joiner.add(fold(text.replace(CONTROLS, " ")))
  return joiner.parts.join("")
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
