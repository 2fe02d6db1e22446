/* Pages, sections and their text. A section's number counts over all pages; a shard holds the text of some pages.
 *
 * What is looked through is one normalised string for a shard, sections parted by \x1e, each with its heading first. */
const TITLE = 8, HEADING = 0, LEAD = 1, HEAD = 2, CELL = 3, BODY = 4, DIAGRAM = 5, FORMULA = 6, CODE = 7
const ROOM = 16_000_000 // characters of normalised text that stay in memory
const IN_USE = 8 // shards that were asked for last, and may be waited for
const PIECE = /[\x01-\x07\x11-\x17\x1e]/g

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
  foldHeads()
}

/* Headings in folded form, and all of them as one string to look through before any text is there. */
function foldHeads() {
  const { sections } = book, joiner = new Joiner(), at = new Uint32Array(sections.length + 1)
  const folded = fold(sections.map(section => `${section.named}\x01${section.heading}`).join("\x02"))
  let number = 0
  for (const both of folded.split("\x02")) {
    const section = sections[number], mark = both.indexOf("\x01")
    section.foldedName = both.slice(0, mark)
    section.folded = both.slice(mark + 1)
    at[number++] = joiner.length
    addHead(joiner, section)
    joiner.end()
  }
  at[number] = joiner.length
  book.heads = { first: 0, end: number, text: joiner.parts.join(""), at, pieces: null }
}

function addHead(joiner, section) {
  if (section.foldedName) {
    joiner.add(section.foldedName)
    joiner.isParted = true
  }
  joiner.add(section.folded)
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
  const joiner = new Joiner(), folded = fold(raw), size = shard.end - shard.first
  const at = new Uint32Array(size + 1), rawAt = new Uint32Array(size + 1), pieceAt = [], kinds = []
  let start = 0, rawEnd = 0
  for (let number = 0; number < size; number++) {
    const section = book.sections[shard.first + number]
    at[number] = joiner.length
    rawAt[number] = number ? rawEnd + 1 : 0
    rawEnd = raw.indexOf("\x1e", rawAt[number])
    if (rawEnd < 0) rawEnd = raw.length
    let end = folded.indexOf("\x1e", start)
    if (end < 0) end = folded.length
    if (section.foldedName) {
      pieceAt.push(joiner.length)
      kinds.push(TITLE)
      joiner.add(section.foldedName)
      joiner.isParted = true
    }
    pieceAt.push(joiner.length)
    kinds.push(section.isFirst && !section.named ? TITLE : HEADING)
    joiner.add(section.folded)
    addPieces(joiner, folded, start, end, pieceAt, kinds)
    joiner.end()
    start = end + 1
  }
  at[size] = joiner.length
  rawAt[size] = raw.length + 1
  Object.assign(shard, {
    text: joiner.parts.join(""), raw, at, rawAt, pieceAt: Uint32Array.from(pieceAt), kinds: Uint8Array.from(kinds),
  })
}

function addPieces(joiner, folded, start, end, pieceAt, kinds) {
  while (start < end) {
    const code = folded.charCodeAt(start)
    PIECE.lastIndex = start + 1
    const next = PIECE.exec(folded), stop = next && next.index < end ? next.index : end
    if (code < 16) joiner.isParted = true
    pieceAt.push(joiner.length)
    kinds.push(code) // 16 more where no block begins
    joiner.add(folded.slice(start + 1, stop))
    start = stop
  }
}

/* Lets go of the text that was looked at longest ago. */
function evict() {
  const held = book.shards.filter(shard => shard.text !== null).sort((one, other) => other.used - one.used)
  let room = ROOM
  for (const shard of held) {
    room -= shard.text.length
    if (room < 0 && shard.used < book.now - IN_USE) shard.text = shard.raw = shard.at = shard.rawAt = shard.pieceAt = shard.kinds = null
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

function kindAt(shard, position) {
  return shard.kinds[placeOf(shard.pieceAt, position)] & 15
}

/* Whether a match runs from one block into the next: from a cell into its neighbour, from a paragraph into the one
 * below it. */
function isAcross(shard, start, end) {
  const { pieceAt, kinds } = shard
  for (let at = placeOf(pieceAt, start) + 1; at < pieceAt.length && pieceAt[at] < end; at++) if (kinds[at] < 16) return true
  return false
}

/* A section as it is shown: its text, blocks in lines of their own, after its name and heading. */
function plainText(shard, section) {
  const number = section.number - shard.first
  const raw = shard.raw.slice(shard.rawAt[number], shard.rawAt[number + 1] - 1)
  const body = raw.replace(/[\x01-\x07]/g, "\n").replace(/[\x11-\x17]/g, "")
  return `${section.named ? `${section.named}\n` : ""}${section.heading}${body}`
}
