/* The search of the site, in place of Material's own worker.
 *
 * Chinese has no spaces, and a dictionary cuts words where a reader would not. A book is small, so every section is
 * looked through for the words as they stand: what is there is found, what is not there is not. Where nothing holds
 * all the words, sections that hold most pairs of neighbouring characters come instead.
 *
 * The messages are Material's: 0 sets up, 1 is ready, 2 asks, 3 answers. */
const SNIPPET = 90
const ENOUGH = 0.6 // share of pairs that a section must hold where no section holds the words

let sections = []

addEventListener("message", ({ data: message }) => {
  if (message.type === 0) {
    setUp(message.data.docs)
    postMessage({ type: 1 })
  } else if (message.type === 2) {
    postMessage({ type: 3, data: { items: find(message.data), suggest: complete(message.data) } })
  }
})

function setUp(docs) {
  const pages = new Map()
  sections = docs.map(doc => {
    const [path] = doc.location.split("#")
    const title = plain(doc.title), text = plain(doc.text)
    const section = { doc, path, title, text, boost: doc.boost || 1, isPage: !pages.has(path) }
    if (section.isPage) pages.set(path, section)
    section.page = pages.get(path)
    return section
  })
}

/* The text of a piece of HTML, zero-width spaces gone, white space single. */
function plain(html) {
  return html
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&")
    .replace(/\\(?:[()[\]]|[A-Za-z]+)/g, " ") // TeX, without its commands
    .replace(/[\u200b\u2060¶]/g, "")
    .replace(/\s+/g, " ")
    .trim()
}

function find(query) {
  const words = wordsOf(query)
  if (!words.length) return []
  let hits = rank(words.map(pattern), 1)
  if (!hits.length) hits = rank(pairs(words).map(pattern), ENOUGH)
  const groups = new Map()
  for (const hit of hits) {
    const group = groups.get(hit.section.path)
    if (group) group.push(hit)
    else groups.set(hit.section.path, [hit])
  }
  return [...groups.values()].map(group => {
    if (!group.some(hit => hit.section.isPage)) group.push({ ...group[0], section: group[0].section.page, score: 0 })
    return group.map(hit => answer(hit, group[0].section))
  })
}

/* The shortest heading that the last word begins, without its number. */
function complete(query) {
  const last = query.split(/\s+/).pop()
  if (!last) return []
  return sections.map(section => section.title.replace(/^([\d.]+|[一二三四五六七八九十]+、|第.+?章)\s*/, ""))
    .filter(title => title.startsWith(last) && title.length > last.length)
    .sort((one, other) => one.length - other.length).slice(0, 1)
}

function wordsOf(query) {
  return [...query.matchAll(/"([^"]+)"|(\S+)/g)].map(match => (match[1] || match[2]).replace(/^[+*~-]+|[*~]+$/g, "").trim())
    .filter(Boolean)
}

/* Words as they stand, but for letter case, and for the space that some write between Chinese and Latin. */
function pattern(word) {
  const escaped = [...word.replace(/\s+/g, " ")].map(sign => sign.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&"))
  let source = escaped[0]
  for (let at = 1; at < escaped.length; at++) {
    const isBorder = isHan(escaped[at - 1]) !== isHan(escaped[at]) && escaped[at] !== " " && escaped[at - 1] !== " "
    source += (isBorder ? " ?" : "") + escaped[at]
  }
  return new RegExp(source, "gi")
}

function isHan(sign) {
  return /^[\u3400-\u9fff]/.test(sign)
}

function pairs(words) {
  return [...new Set(words.flatMap(word => {
    const signs = [...word]
    if (!signs.some(isHan) || signs.length < 3) return [word]
    return signs.slice(1).map((sign, at) => signs[at] + sign)
  }))]
}

/* Sections that hold at least `share` of the patterns; the best first. A title counts more than any amount of text. */
function rank(patterns, share) {
  const hits = []
  for (const section of sections) {
    let held = 0, score = 0
    for (const one of patterns) {
      const inTitle = count(section.title, one), inText = count(section.text, one)
      // A page's name vouches for its sections, so that "page topic + section topic" finds the section.
      const inPage = inTitle || inText ? 0 : count(section.page.title, one)
      if (inTitle + inText + inPage) held++
      score += inTitle * 40 * one.source.length / Math.max(section.title.length, 8) + (inTitle ? 20 : 0)
      score += 6 * inText / (inText + 2) + (inPage ? 1 : 0)
    }
    const isOwn = patterns.some(one => count(section.title, one) || count(section.text, one))
    if (!isOwn || held < Math.max(1, share * patterns.length)) continue
    hits.push({ section, patterns, score: score * section.boost * (section.isPage ? 1.2 : 1) * (held / patterns.length) })
  }
  return hits.sort((one, other) => other.score - one.score)
}

function count(text, pattern) {
  pattern.lastIndex = 0
  let number = 0
  while (number < 9 && pattern.exec(text)) number++
  return number
}

function answer({ section, patterns, score }, best) {
  const text = marked(snippet(section.text, patterns), patterns)
  // What Material marks on the page itself: the words as the page's best section writes them.
  const terms = {}
  for (const one of patterns) {
    one.lastIndex = 0
    const match = one.exec(`${best.title} ${best.text}`)
    if (match) terms[match[0]] = true
  }
  return { ...section.doc, title: marked(section.title, patterns), text, score, terms }
}

/* The part of a text round its first match. */
function snippet(text, patterns) {
  let first = -1
  for (const one of patterns) {
    one.lastIndex = 0
    const match = one.exec(text)
    if (match && (first < 0 || match.index < first)) first = match.index
  }
  const start = Math.max(0, first - SNIPPET / 3), end = start + 2 * SNIPPET
  return (start > 0 ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "")
}

function marked(text, patterns) {
  const spans = []
  for (const one of patterns) {
    one.lastIndex = 0
    for (let match; spans.length < 99 && (match = one.exec(text)); ) spans.push([match.index, one.lastIndex])
  }
  spans.sort((one, other) => one[0] - other[0])
  let html = "", at = 0
  for (const [start, end] of spans) {
    if (end <= at) continue
    html += escape(text.slice(at, Math.max(start, at))) + "<mark>" + escape(text.slice(Math.max(start, at), end)) + "</mark>"
    at = end
  }
  return html + escape(text.slice(at))
}

function escape(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
}
