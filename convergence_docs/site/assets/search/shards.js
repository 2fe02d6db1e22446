/* Pages, sections and their text. A section's number counts over all pages; a shard holds the text of some pages.
 *
 * What is looked through is one normalised string for a shard, sections parted by \x1e, each with its heading first. */
const TITLE = 8, HEADING = 0, LEAD = 1, HEAD = 2, CELL = 3, BODY = 4, DIAGRAM = 5, FORMULA = 6, CODE = 7
const ROOM = 16_000_000 // characters of normalised text that stay in memory
const IN_USE = 8 // shards that were asked for last, and may be waited for

let book = null

/* What the directory tells: every page and every heading. */
function openBook(directory) {
  const pages = [], sections = [], lines = directory.heads.split("\n")
  const named = directory.shards.length ? directory.pages.split("\n") : []
  named.forEach((line, number) => {
    const [url, title] = line.split("\t")
    const page = { number, url, title, first: sections.length, weight: directory.weights[number] || 1 }
    pages.push(page)
    const path = []
    for (const head of lines[number] ? lines[number].split("\t") : []) {
      const space = head.indexOf(" "), level = +head[0], own = head.slice(space + 1)
      const isFirst = sections.length === page.first
      while (path.length && path[path.length - 1].level >= level) path.pop()
      const section = {
        number: sections.length, page, level, isFirst, anchor: isFirst ? "" : head.slice(1, space),
        heading: own || (isFirst ? title : ""), named: isFirst && own ? title : "", above: path[path.length - 1] || null,
      }
      if (level) path.push(section)
      sections.push(section)
    }
  })
  pages.push({ first: sections.length })
  const shards = directory.shards.map((name, number) => {
    const last = number + 1 < directory.starts.length ? directory.starts[number + 1] : pages.length - 1
    return { number, name, first: pages[directory.starts[number]].first, end: pages[last].first, text: null, used: 0, loading: null }
  })
  book = { directory, pages, sections, shards, heads: null, now: 0 }
  readHeads()
}

/* Headings as they are compared, and all of them as one string to look through before any text is there. */
function readHeads() {
  const { sections } = book
  const all = squeeze(fold(sections.map(section => `${section.named}\x1d${section.heading}\x1e`).join("")))
  all.split("\x1e").slice(0, -1).forEach((both, number) => {
    [sections[number].normalName, sections[number].normalHeading] = both.split("\x1d")
  })
  book.heads = { first: 0, end: sections.length, isHeads: true, ...parted(squeeze(all.replace(/\x1d/g, "\x01"))) }
}

/* A text with the places where its sections begin, and its end. */
function parted(text) {
  const at = [0]
  for (let end = text.indexOf("\x1e"); end >= 0; end = text.indexOf("\x1e", end + 1)) at.push(end + 1)
  return { text, at }
}

function loadShard(shard) {
  shard.used = ++book.now
  if (shard.text !== null) return null
  if (!shard.loading) {
    shard.loading = readText(shard.name).then(raw => {
      files.delete(shard.name)
      readShard(shard, raw)
      evict()
    })
    shard.loading.then(() => { shard.loading = null }, () => { shard.loading = null })
  }
  return shard.loading
}

function readShard(shard, raw) {
  const marked = fold(raw).split("\x1e").map((body, number) => `${markedHead(book.sections[shard.first + number])}${body}\x1e`)
  const pieces = { at: [], kinds: [] }
  Object.assign(shard, parted(squeeze(marked.join(""), pieces)), { bodies: raw.split("\x1e"), pieces })
}

/* What stands before a section's pieces, marked like them. */
function markedHead({ isFirst, normalName, normalHeading }) {
  const title = String.fromCharCode(TITLE), heading = String.fromCharCode(HEADING)
  return normalName ? `${title}${normalName}${heading}${normalHeading}` : `${isFirst ? title : heading}${normalHeading}`
}

/* Lets go of the text that was looked at longest ago. */
function evict() {
  const held = book.shards.filter(shard => shard.text !== null).sort((one, other) => other.used - one.used)
  let room = ROOM
  for (const shard of held) {
    room -= shard.text.length
    if (room < 0 && shard.used < book.now - IN_USE) shard.text = shard.at = shard.bodies = shard.pieces = null
  }
}

/* The place in a sorted list of the last number that is not above `value`. */
function placeOf(list, value) {
  let low = 0, high = list.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (list[middle] <= value) low = middle
    else high = middle - 1
  }
  return low
}

function kindAt({ pieces }, position) {
  return pieces.kinds[placeOf(pieces.at, position)] & 15
}

/* A bit for each kind of piece that a section has. */
function kindsIn({ at, pieces }, number) {
  let mask = 0
  for (let next = placeOf(pieces.at, at[number + 1] - 1); next >= 0 && pieces.at[next] >= at[number]; next--) mask |= 1 << (pieces.kinds[next] & 15)
  return mask
}

/* Whether a match runs from one block into the next: from a cell into its neighbour, from a paragraph into the one
 * below it. */
function isAcross({ pieces: { at, kinds } }, start, end) {
  for (let next = placeOf(at, start) + 1; next < at.length && at[next] < end; next++) if (kinds[next] < INLINE) return true
  return false
}

/* A section as it is shown: its text, blocks in lines of their own, after its name and heading. */
function plainText(shard, section) {
  const body = shard.bodies[section.number - shard.first].replace(/[\x01-\x07]/g, "\n").replace(/[\x11-\x17]/g, "")
  return `${section.named ? `${section.named}\n` : ""}${section.heading}${body}`
}
