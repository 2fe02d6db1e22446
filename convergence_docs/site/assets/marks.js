/* A page that a search has opened: the words that were looked for, marked as the text writes them. They come in the address
 * (`?mark=word#section`) and are taken out of it, so that what somebody copies is the plain address. */
(() => {
  const MOST = 300, UNSEEN = "script, style, noscript, template, button, .headerlink, .md-content__button, [hidden]"
  const DRAWN = "figure.cd-diagram, math, svg, .cd-math"

  let wanted = null // what to mark: of which page, which section, which words

  /* Take an address for what it says of marks. */
  function note(url) {
    const words = url.searchParams.getAll("mark").filter(word => word.trim()).slice(0, 20)
    if (words.length) wanted = { page: url.pathname, hash: url.hash, words }
    return words.length > 0
  }

  function apply() {
    const url = new URL(location.href)
    note(url)
    if (!wanted) return
    if (url.searchParams.has("mark")) tidy(url)
    const article = document.querySelector(".md-content__inner")
    clear()
    if (article) show(mark(article, wanted.words), article, wanted.hash)
  }

  function tidy(url) {
    for (const name of ["mark", "h"]) url.searchParams.delete(name)
    try {
      history.replaceState(history.state, "", url)
    } catch { /* read from a disk, where an address stays as it is */ }
  }

  function clear() {
    for (const old of document.querySelectorAll("mark.cd-mark")) {
      const parent = old.parentNode
      old.replaceWith(...old.childNodes)
      parent.normalize()
    }
    for (const old of document.querySelectorAll(".cd-marked")) old.classList.remove("cd-marked")
  }

  /* The visible text of an article as one string; `at` tells for each sign its text node and its place in it. */
  function read(article) {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
    const at = []
    let text = "", before = null
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(UNSEEN) || !isShown(node.parentElement)) continue
      const block = blockOf(node.parentElement, article)
      if (before !== null && block !== before) {
        text += "\n"
        at.push(null)
      }
      before = block
      for (let place = 0; place < node.data.length; place++) {
        const sign = node.data[place]
        if (/[\u00ad\u200b\u2060]/.test(sign)) continue
        text += sign
        at.push([node, place])
      }
    }
    return { text, at }
  }

  /* What has boxes, or would have them if a reader opened the details round it. */
  const isShown = element => !element.checkVisibility || element.checkVisibility() || Boolean(element.closest("details:not([open])"))

  const BLOCK = "p, li, td, th, dt, dd, pre, h1, h2, h3, h4, h5, h6, figcaption, caption, summary, div, section, figure"
  const blockOf = (element, article) => element.closest(BLOCK) || article

  /* Marks in the order of the page: elements, of which some hold a whole drawing. */
  function mark(article, words) {
    const { text, at } = read(article)
    const spans = []
    for (const word of words) {
      const signs = [...word.replace(/[\u00ad\u200b\u2060]/g, "").trim()]
      const source = signs.map(sign => (/\s/.test(sign) ? "\\s" : sign.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&"))).join("")
      const pattern = new RegExp(source.replace(/(\\s)+/g, "\\s+"), "giu")
      for (let match; spans.length < MOST && (match = pattern.exec(text)); ) {
        spans.push([match.index, pattern.lastIndex])
        if (!match[0]) break
      }
    }
    const pieces = new Map() // text node → [from, to] in it
    const drawn = new Set()
    let end = 0
    for (const [from, to] of spans.sort((one, other) => one[0] - other[0])) {
      for (let place = Math.max(from, end); place < to; place++) {
        if (!at[place]) continue
        const [node, inside] = at[place]
        const drawing = node.parentElement.closest(DRAWN)
        if (drawing) drawn.add(drawing.closest("figure.cd-diagram, .cd-math") || drawing)
        else {
          const known = pieces.get(node) || []
          const last = known[known.length - 1]
          if (last && last[1] === inside && place !== from) last[1]++
          else known.push([inside, inside + 1])
          pieces.set(node, known)
        }
      }
      end = Math.max(end, to)
    }
    for (const drawing of drawn) drawing.classList.add("cd-marked")
    for (const [node, parts] of pieces) for (const [from, to] of parts.reverse()) wrap(node, from, to)
    return [...article.querySelectorAll("mark.cd-mark, .cd-marked")]
  }

  function wrap(node, from, to) {
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    const element = document.createElement("mark")
    element.className = "cd-mark"
    range.surroundContents(element)
  }

  /* Bring the first mark of the section that was opened into view, where its heading does not show it already. */
  function show(marks, article, hash) {
    const heading = hash && document.getElementById(decoded(hash.slice(1)))
    const first = heading && marks.find(one => heading.contains(one) || follows(heading, one, article))
    if (!first) return
    first.closest("details:not([open])")?.setAttribute("open", "")
    // After Material has gone to the section
    setTimeout(() => {
      const { top, bottom } = first.getBoundingClientRect()
      if (top < 60 || bottom > innerHeight) first.scrollIntoView({ block: "center" })
    }, 150)
  }

  function follows(heading, element, article) {
    if (!(heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) return false
    const headings = [...article.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    const next = headings[headings.indexOf(heading) + 1]
    return !next || Boolean(next.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING)
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text)
    } catch {
      return text
    }
  }

  // Material may fetch the page that stands there once more, and goes back and forth in the history for the same anchor.
  if (window.document$) {
    let shown = location.pathname
    window.document$.subscribe(() => {
      shown = location.pathname
      if (wanted && wanted.page !== shown) wanted = null
      apply()
    })
    window.location$.subscribe(url => {
      if (note(url) && url.pathname === shown) setTimeout(apply)
    })
  } else addEventListener("DOMContentLoaded", apply)
})()
