/* Material's messages: 0 sets up, 1 is ready, 2 asks, 3 answers. A question makes the ones before it void. Nothing is
 * loaded before the first question, or before 4, which door.js sends when the box gets the focus. */
const PAUSE = 250 // milliseconds before a question is answered again; each time twice as many
const REHEARSED = 40_000 // characters
const AT_ONCE = 4, LONG = 300 // hits of which some are shown before all are

let opening = null, turn = 0

port.addEventListener("message", ({ data: message }) => {
  if (message.type === 0) {
    settings = message.data.config.convergence
    port.postMessage({ type: 1 })
  } else if (message.type === 2) {
    const own = ++turn, isWanted = () => own === turn, asked = String(message.data)
    ask(asked, isWanted).catch(error => { if (isWanted()) report(error, asked) })
  } else if (message.type === 4) {
    opened().then(rehearse).catch(() => {})
  }
})

function report(error, asked) {
  console.error(error)
  port.postMessage({ type: 3, data: { asked, items: [], suggest: [], done: true, failed: String(error), exact: 0, near: 0, counts: {} } })
}

/* Loads what every question needs; again, if that failed. What is fetched ahead may fail unheard: who needs it asks again. */
function opened() {
  if (!opening) {
    opening = begin()
    opening.catch(() => { opening = null })
  }
  return opening
}

async function begin() {
  const directory = await readTable(settings.directory)
  table = await readTable(directory.claims)
  openBook(directory)
  if (directory.sieve?.files.length === 1) readBlock(directory.sieve.files[0]).catch(() => {})
  if (!directory.eager) return
  for (const shard of book.shards) loadShard(shard)?.catch(() => {})
  if (directory.words) readText(directory.words).catch(() => {})
}

/* Reads headings as shards and hits will be read, until somebody asks: a browser is slow at what it has not run often. */
async function rehearse() {
  const sample = book.directory.heads.slice(0, REHEARSED)
  for (let round = 0; round < 3 && !turn; round++) {
    squeeze(fold(sample), { at: [], kinds: [] })
    normaliseWithPlaces(sample)
    await breath()
  }
}

/* Answers a question, in parts where text is still to come; `isWanted` until the next one. */
async function ask(text, isWanted) {
  const query = { ...parseQuery(text, settings.facets), asked: text }
  if (!query.literal && !query.isFiltered) return tell([], query, 0, true, isWanted)
  await opened()
  const scope = scopeOf(query)
  const hits = []
  let next = 0, pause = PAUSE
  const meanwhile = async sofar => {
    if (Date.now() < next || !sofar.length) return
    next = Infinity
    await tell(sofar, query, AT_FIRST, false, isWanted)
    next = Date.now() + pause
    pause *= 2
  }
  const shards = await candidates(query, scope)
  if (!isWanted()) return
  if (shards.some(shard => shard.text === null)) {
    hits.push(...headHits(query, scope))
    await meanwhile(hits)
  }
  const found = await look(shards, shard => hitsIn(shard, query, scope), isWanted, meanwhile)
  if (!found || !isWanted()) return
  const all = isPoor(found, query) ? [...found, ...(await nearHits(query, scope, found, isWanted).catch(unlessFound(found)))] : found
  if (!isWanted()) return
  if (all.length > LONG) {
    await tell(all, query, AT_FIRST, false, isWanted)
    await breath()
  }
  if (isWanted()) await tell(all, query, AT_LAST, true, isWanted)
}

/* What holds the words stands, though what is near them could not be loaded. */
function unlessFound(found) {
  return error => {
    if (!found.length) throw error
    return []
  }
}

/* What `see` finds in all shards, loaded a few at a time; null where the question is void. */
async function look(shards, see, isWanted, meanwhile) {
  const found = []
  const waiting = [...shards]
  const work = async () => {
    for (let shard; (shard = waiting.shift()); ) {
      if (!isWanted()) return
      const isNew = shard.text === null
      await ensure(shard)
      if (!isWanted()) return
      found.push(...see(shard))
      if (isNew && meanwhile) await meanwhile(found)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return isWanted() ? found : null
}

async function ensure(shard) {
  do await loadShard(shard)
  while (shard.text === null)
}

/* A section once: as what it is best. */
function best(hits) {
  const kept = new Map()
  for (const hit of hits) {
    const known = kept.get(hit.section.number)
    if (!known || hit.score > known.score) kept.set(hit.section.number, hit)
  }
  return [...kept.values()]
}

function hitsIn(shard, query, scope) {
  if (!query.literal) return filteredHits(shard, query, scope)
  if (isFilterAlone(query)) return best([...holders(shard, query.literal, OPEN, "exact", EXACT), ...filteredHits(shard, query, scope)])
  const hits = [...holders(shard, query.literal, query.isFiltered ? OPEN : scope, "exact", EXACT)]
  if (!query.isPlain && query.words.length) {
    const isOne = query.words.length === 1
    hits.push(...(isOne ? holders(shard, query.words[0], scope, query.isFiltered ? "exact" : "words", WORDS) : wordHolders(shard, query.words, scope)))
  }
  return best(hits)
}

/* What reads as a filter and nothing else may still be what somebody has copied out of a page. */
function isFilterAlone(query) {
  return query.isFiltered && !query.words.length
}

function headHits(query, scope) {
  return query.words.length ? best(hitsIn(book.heads, query, scope)) : []
}

function isPoor(found, query) {
  return query.words.length > 0 && new Set(found.map(hit => hit.section.page)).size < 8
}

/* Shards that can hold what was asked; those that can hold it as it was typed come first. */
async function candidates(query, scope) {
  const none = new Uint8Array(book.shards.length), { literal, words } = query
  const [whole, apart] = await Promise.all([literal ? sift(literal) : none, words.length ? siftWords(words) : none])
  const may = whole.map((bit, number) => bit | apart[number])
  if (scope.only) for (const number of scope.only) may[shardOf(number).number] |= words.length ? 0 : 1
  else if (!words.length) may.fill(1)
  return book.shards.filter(shard => may[shard.number]).sort((one, other) => whole[other.number] - whole[one.number])
}

/* Shards that can hold every word, or a heading that vouches for it. */
async function siftWords(words) {
  const may = new Uint8Array(book.shards.length).fill(1)
  await Promise.all(words.map(async word => {
    const one = await sift(word)
    for (const number of scan(book.heads, word, null).keys()) one[shardOf(number).number] = 1
    one.forEach((bit, number) => { may[number] &= bit })
  }))
  return may
}

function shardOf(section) {
  const { shards } = book
  let low = 0, high = shards.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (shards[middle].first <= section) low = middle
    else high = middle - 1
  }
  return shards[low]
}

async function tell(hits, query, full, isDone, isWanted) {
  const groups = groupsOf(settled(hits, query)), told = isDone ? groups : groups.slice(0, AT_FIRST)
  // The text of what is shown may have been let go.
  for (const group of told.slice(0, full)) for (const { shard } of group) if (!shard.isHeads) await ensure(shard)
  if (!isWanted()) return
  const exact = groups.filter(group => group[0].tier === "exact").length
  port.postMessage({
    type: 3,
    data: { asked: query.asked, items: told.map((group, at) => answers(group, at >= full ? 0 : isDone ? Infinity : SHOWN)), suggest: suggestions(query), done: isDone, exact, near: groups.length - exact, counts: countsOf(hits) },
  })
}

/* Lets a newer question come in. */
function breath() {
  return typeof setTimeout === "function" ? new Promise(resolve => setTimeout(resolve)) : null
}

/* Hits with their tiers: where the query stands somewhere as it was typed, only that is exact, however it reads else;
 * a word without the sign that was typed with it is not what was typed. */
function settled(hits, query) {
  const { words, isPlain, isTrimmed } = query
  if (isPlain || isFilterAlone(query)) return [...hits]
  if (hits.some(hit => hit.isLiteral)) {
    return hits.map(hit => (hit.tier === "exact" && !hit.isLiteral ? { ...hit, tier: "words", score: hit.score - EXACT + WORDS } : hit))
  }
  return words.length > 1 || isTrimmed ? [...hits] : hits.map(hit => (hit.tier === "words" && hit.score < ACROSS ? { ...hit, tier: "exact" } : hit))
}

/* The shortest heading that the last word begins, without its number. */
function suggestions({ words }) {
  const last = words[words.length - 1]
  if (!last || !book) return []
  let shortest = null
  for (const number of scan(book.heads, last, null).keys()) {
    const heading = book.sections[number].heading.replace(NUMBERED, "")
    if (heading.length > last.length && (!shortest || heading.length < shortest.length) && heading.startsWith(last)) shortest = heading
  }
  return shortest ? [shortest] : []
}
