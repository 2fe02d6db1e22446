/* Hits as Material's search box shows them: a page's hits together, each with its path, its text and its marks. */
const TEASER = 110, BEFORE = 30, SHOWN = 3
const AT_FIRST = 12, AT_LAST = 120 // pages whose hits have text and marks; those further down have their titles
const NAMES = { [TITLE]: "title", [HEADING]: "heading", [LEAD]: "lead", [HEAD]: "cell", [CELL]: "cell", [BODY]: "text",
  [DIAGRAM]: "diagram", [FORMULA]: "formula", [CODE]: "code" }

/* Groups of hits, the best page first; what is exact before all else. */
function groupsOf(hits) {
  hits.sort((one, other) => other.score - one.score || one.section.number - other.section.number)
  const groups = new Map()
  for (const hit of hits) {
    const group = groups.get(hit.section.page)
    if (!group) groups.set(hit.section.page, [hit])
    else if (!(group.length > 200)) group.push(hit)
  }
  return [...groups.values()]
}

function answers(group, full) {
  const items = group.map((hit, at) => (at < full ? answer(hit) : shortAnswer(hit))), first = book.sections[group[0].section.page.first]
  const isTop = group[0].section === first
  // Material shows those that score as high as the first, and hides the rest of a page below a line that opens.
  if (!isTop) for (const item of items.slice(1, SHOWN)) if (item.tier === items[0].tier) item.score = items[0].score
  if (!group.some(hit => hit.section === first)) {
    const own = shortAnswer({ section: first, shard: group[0].shard, tier: group[0].tier, kind: TITLE, needles: [], score: 0 })
    // A click on the page's name marks there what the best of its sections holds.
    const [, marks] = /\?([^#]*)/.exec(items[0].location) || []
    items.push({ ...own, text: "", location: addressOf(first, marks) })
  }
  return items
}

function answer({ section, shard, tier, kind, needles, score, note }) {
  const plain = shard.text === null || shard.isHeads ? headText(section) : plainText(shard, section)
  const view = normaliseWithPlaces(plain), spans = spansOf(view, needles)
  const headEnd = section.heading.length + (section.named ? section.named.length + 1 : 0)
  const headStart = headEnd - section.heading.length
  const title = marked(plain, spans, headStart, headEnd)
  const path = pathOf(section)
  const forms = [...new Set(spans.map(([start, end]) => plain.slice(start, end).replace(/\s+/g, " ").trim()))].filter(Boolean)
  const from = forms.slice(0, 8).map(form => `mark=${encodeURIComponent(wellFormed(form.slice(0, 300)))}`).join("&")
  return {
    location: addressOf(section, from), title: shownPath(path) + title, score, terms: {}, tier, kind: NAMES[kind],
    text: (note ? `<span class="cd-hit__near">${escape(note)}</span> ` : "") + teaser(plain, spans, headEnd),
    path: [...path, section.heading],
  }
}

/* A hit without its text: to read and mark that takes time, which a thousand pages on nobody has. */
function shortAnswer({ section, tier, kind, score }) {
  const path = pathOf(section)
  return {
    location: addressOf(section, ""), title: shownPath(path) + escape(section.heading), score, terms: {}, tier,
    kind: NAMES[kind], text: "", path: [...path, section.heading],
  }
}

function shownPath(path) {
  return path.length ? `<span class="cd-hit__path">${path.map(escape).join(" › ")} › </span>` : ""
}

function headText(section) {
  return `${section.named ? `${section.named}\n` : ""}${section.heading}`
}

function pathOf(section) {
  if (section.isFirst) return []
  const path = []
  for (let above = section.above; above && !above.isFirst; above = above.above) path.unshift(above.heading)
  const first = book.sections[section.page.first]
  return [first.heading, ...path]
}

function addressOf(section, query) {
  const { url } = section.page
  const page = isOnDisk && (url === "" || url.endsWith("/")) ? `${url}index.html` : url
  return `${page}${query ? `?${query}` : ""}${section.anchor ? `#${section.anchor.replace(/%(?![0-9a-f]{2})/gi, "%25")}` : ""}`
}

function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, "$1")
}

/* Where needles stand in a plain text: spans of characters, in order and apart. */
function spansOf({ result, places, ends }, needles) {
  const spans = []
  for (const needle of needles) {
    if (!needle) continue
    for (let at = result.indexOf(needle), times = 0; at >= 0 && times < 50; times++) {
      spans.push([places[at], ends[at + needle.length - 1]])
      at = result.indexOf(needle, at + needle.length)
    }
  }
  spans.sort((one, other) => one[0] - other[0] || other[1] - one[1])
  return spans.filter(([start], at) => !spans.slice(Math.max(0, at - 8), at).some(([low, high]) => low <= start && start < high))
}

/* The part of the text round its first mark below the heading, from the beginning of a sentence where one is near. */
function teaser(plain, spans, headEnd) {
  const first = spans.find(([, end]) => end > headEnd + 1), wanted = first ? Math.max(first[0], headEnd) : headEnd
  let start = Math.max(headEnd, wanted - BEFORE)
  if (start > headEnd) {
    const sentence = Math.max(...["。", "！", "？", "\n", "；"].map(sign => plain.lastIndexOf(sign, wanted - 1)))
    if (sentence >= start - BEFORE) start = Math.max(headEnd, sentence + 1)
  }
  const end = Math.min(plain.length, Math.max(start + TEASER, first ? Math.min(first[1], start + 3 * TEASER) : 0))
  const text = marked(plain, spans, start, end).trim().replace(/\n+/g, " · ").replace(/^( · )+/, "")
  return (start > headEnd ? "…" : "") + text + (end < plain.length ? "…" : "")
}

function marked(text, spans, from, to) {
  let html = "", at = from
  for (const [start, end] of spans) {
    if (end <= at || start >= to) continue
    html += escape(text.slice(at, Math.max(start, at)))
    // Blocks are parted in what is shown, and no mark holds a part.
    html += text.slice(Math.max(start, at), Math.min(end, to)).split("\n").map(line => line && `<mark>${escape(line)}</mark>`).join("\n")
    at = Math.min(end, to)
  }
  return html + escape(text.slice(at, to))
}

function escape(text) {
  return wellFormed(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")
}
