/* What is near a query where little holds it: its words in other characters, under other names, as they may have been
 * meant, and last what holds most of it. */
const AS_VARIANT = 4000, AS_ALIAS = 3500, AS_MEANT = 3000, IN_PART = 1000
const SHARDS_TRIED = 6 // of a site too large to look through all of it for slips
const NEAR_PAGES = 10, LEAST = 0.3, ABSENT = 0.5

async function nearHits(query, scope, found, isWanted) {
  const { words: name } = book.directory, other = name ? await readTable(name) : { variants: "", names: [] }
  const hits = []
  const turned = variants(query, other), tries = [...turned, ...aliases(query, other)]
  for (const { words, base, note } of tries) await tryWords(words, scope, base, note, hits, isWanted)
  if (isWanted() && !found.length && poor(hits)) {
    const meant = await corrections(turned.length ? turned[0].words : query.words, isWanted)
    for (const { words, note } of meant) await tryWords(words, scope, AS_MEANT, note, hits, isWanted)
  }
  if (isWanted() && !found.length && !hits.length) hits.push(...(await inPart(query, scope, isWanted)))
  const known = new Set(found.map(hit => hit.section.number))
  return nearest(best(hits.filter(hit => !known.has(hit.section.number))))
}

function poor(hits) {
  return new Set(hits.map(hit => hit.section.page)).size < 3
}

function nearest(hits) {
  const pages = new Set(), kept = []
  for (const hit of hits.sort((one, other) => other.score - one.score)) {
    if (pages.size < NEAR_PAGES || pages.has(hit.section.page)) kept.push(hit)
    pages.add(hit.section.page)
  }
  return kept
}

async function tryWords(words, scope, base, note, hits, isWanted) {
  const may = await siftWords(words)
  const shards = book.shards.filter(shard => may[shard.number])
  const found = await look(shards, shard => {
    const own = words.length === 1 ? holders(shard, words[0], scope, "near", 0) : wordHolders(shard, words, scope)
    return own.map(hit => ({ ...hit, tier: "near", note, score: base + (hit.score % 1000) / 2.5 }))
  }, isWanted)
  hits.push(...(found || []))
}

/* The query in the characters that the site is written in, where it is in traditional ones, or the other way round. */
function variants({ words }, { variants: pairs }) {
  const map = new Map()
  for (let at = 0; at + 1 < pairs.length; at += 2) map.set(pairs[at], pairs[at + 1])
  const turned = words.map(word => word.replace(/[^\x00-\xff]/g, sign => map.get(sign) || sign))
  return turned.some((word, at) => word !== words[at]) ? [{ words: turned, base: AS_VARIANT, note: `${say("variant")}${turned.join(" ")}` }] : []
}

/* The query with one of its words, or all of it, under another name that the vocabulary has for the same. */
function aliases({ literal, words }, { names }) {
  const tries = []
  for (const group of names) {
    const normal = group.map(normalise)
    const isPart = literal.length > 4 && !isChinese(literal) && normal.some(one => one.includes(literal))
    if (normal.includes(literal) || isPart) {
      normal.forEach((other, at) => { if (!other.includes(literal)) tries.push({ words: [other], base: AS_ALIAS, note: `${say("alias")}${group[at]}` }) })
      continue
    }
    const at = words.findIndex(word => normal.includes(word))
    if (at < 0 || words.length < 2) continue
    normal.forEach((other, number) => {
      if (other !== words[at]) tries.push({ words: words.map((word, place) => (place === at ? other : word)), base: AS_ALIAS, note: `${say("alias")}${group[number]}` })
    })
  }
  return tries.slice(0, 6)
}

/* Ways to read the query with up to two slips in words that are nowhere. */
async function corrections(words, isWanted) {
  let readings = [words]
  for (const [at, word] of words.entries()) {
    const forms = await formsNear(word, isWanted)
    if (!forms.length) continue
    readings = readings.flatMap(reading => forms.map(form => reading.map((one, place) => (place === at ? form : one)))).slice(0, 3)
  }
  return readings[0] === words ? [] : readings.map(reading => ({ words: reading, note: `${say("near")}${reading.join(" ")}` }))
}

async function formsNear(word, isWanted) {
  const slips = slipsIn(word)
  if (!slips) return []
  const pieces = piecesOf(word, slips + 1), forms = new Map(), may = new Uint8Array(book.shards.length)
  if (scan(book.heads, word, null).size) return []
  for (const [, piece] of pieces) (await sift(piece)).forEach((bit, number) => { may[number] += bit })
  gather(book.heads.text, word, pieces, slips, forms)
  const shards = book.shards.filter(shard => may[shard.number]).sort((one, other) => may[other.number] - may[one.number])
    .filter((shard, at) => at < SHARDS_TRIED || shard.text !== null || book.directory.eager)
  const isThere = await look(shards, shard => {
    if (shard.text.includes(word)) return [true]
    gather(shard.text, word, pieces, slips, forms)
    return []
  }, isWanted)
  if (!isThere || isThere.length) return [] // somebody writes it so
  const ranked = [...forms].sort(([one, a], [other, b]) => a.distance - b.distance
    || Math.abs(one.length - word.length) - Math.abs(other.length - word.length) || b.times - a.times)
  return ranked.slice(0, 2).map(([form]) => form)
}

/* How many slips a word may have: fewer in Chinese, where a character is a word by itself. */
function slipsIn(word) {
  if (word.length > 60) return 0
  const isHan = [...word].some(isChinese)
  return isHan ? (word.length < 3 ? 0 : word.length < 7 ? 1 : 2) : word.length < 4 ? 0 : word.length < 8 ? 1 : 2
}

/* A word cut into parts: with fewer slips than parts, one of them is as it was, unless a slip swapped two characters
 * between which a cut falls; so those are swapped back, too. */
function piecesOf(word, number) {
  const cuts = Array.from({ length: number + 1 }, (_, at) => Math.floor((at * word.length) / number)), pieces = new Map()
  const swapped = cuts.slice(1, -1).map(cut => word.slice(0, cut - 1) + word[cut] + word[cut - 1] + word.slice(cut + 1))
  for (const one of [word, ...swapped]) {
    for (let at = 0; at < number; at++) {
      const piece = one.slice(cuts[at], cuts[at + 1])
      pieces.set(`${cuts[at]} ${piece}`, [cuts[at], piece])
    }
  }
  return [...pieces.values()]
}

function gather(text, word, pieces, slips, forms) {
  const isToken = [...word].every(isWord), seen = new Map()
  for (const [offset, piece] of pieces) {
    let times = 0
    for (let at = text.indexOf(piece); at >= 0 && times < 500; at = text.indexOf(piece, at + 1), times++) {
      for (const form of isToken ? [tokenAt(text, at)] : windows(text, at - offset, word.length, slips)) {
        if (Math.abs(form.length - word.length) > slips) continue
        if (!seen.has(form)) seen.set(form, distance(form, word, slips))
        const far = seen.get(form)
        if (far > slips || far === 0) continue
        const known = forms.get(form)
        if (known) known.times++
        else forms.set(form, { distance: far, times: 1 })
      }
    }
  }
}

function windows(text, start, length, slips) {
  const found = []
  for (let from = start - slips; from <= start + slips; from++) {
    for (let size = length; size <= length + slips; size++) {
      const form = from >= 0 ? text.slice(from, from + size) : ""
      if (form.length !== size || !isLetter(form[0]) || !isLetter(form[size - 1]) || form.includes("\x1e")) continue
      if (!isInWord(text, from) && !isInWord(text, from + size)) found.push(form)
    }
  }
  return found
}

function isInWord(text, at) {
  return isWord(text[at - 1]) && isWord(text[at])
}

function isLetter(sign) {
  return isChinese(sign) || isWord(sign)
}

function tokenAt(text, at) {
  let start = at, end = at
  while (start > 0 && isWord(text[start - 1])) start--
  while (end < text.length && isWord(text[end])) end++
  return text.slice(start, end)
}

/* Changes, losses, additions and swaps of neighbours that make one of the other; more than `most` is all the same. */
function distance(one, other, most) {
  let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let at = 1; at <= one.length; at++) {
    const row = [at]
    for (let to = 1; to <= other.length; to++) {
      const isSame = one[at - 1] === other[to - 1]
      row[to] = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (isSame ? 0 : 1))
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) row[to] = Math.min(row[to], before[to - 2] + 1)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[other.length]
}

/* Sections that hold most of a query's pairs of characters and words, rare ones counting more. */
async function inPart(query, { kinds, only }, isWanted) {
  const tokens = tokensOf(query.words).slice(0, 40)
  if (tokens.length < 2) return []
  const counts = new Float64Array(tokens.length), sections = []
  await look(await likely(tokens), shard => {
    const held = new Map()
    tokens.forEach((token, at) => {
      for (const [number, hit] of scan(shard, token, kinds)) {
        counts[at]++
        if (!held.has(number)) held.set(number, [])
        held.get(number).push([at, hit])
      }
    })
    for (const [number, parts] of held) if (parts.length > 1 || tokens.length < 4) sections.push([shard, number, parts])
    return []
  }, isWanted)
  const total = book.sections.length, weights = [...counts].map(count => Math.log(1 + total / (count + 0.5)) * (count ? 1 : ABSENT))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const hits = []
  for (const [shard, number, parts] of sections) {
    const section = book.sections[shard.first + number]
    if (only && !only.has(section.number)) continue
    const share = parts.reduce((sum, [at]) => sum + weights[at], 0) / all
    if (share < LEAST) continue
    const heading = parts.reduce((sum, [at, hit]) => sum + (ORDER[hit.kind] < 2 ? weights[at] : 0), 0) / all
    const length = shard.at[number + 1] - shard.at[number]
    const kind = parts.reduce((one, [, hit]) => (ORDER[hit.kind] < ORDER[one] ? hit.kind : one), CODE)
    const score = IN_PART + 600 * share + 400 * heading - 20 * Math.log(1 + length / 800)
    hits.push({ section, shard, tier: "near", kind, mask: 0, needles: runsOf(query.words, tokens.filter((_, at) => parts.some(([one]) => one === at))), score, note: say("some") })
  }
  return hits
}

function tokensOf(words) {
  const tokens = []
  for (const word of words) {
    for (const [run] of word.matchAll(/[a-z0-9.+#-]{2,}|[^\x00-\x7f]+/g)) {
      if (run.charCodeAt(0) < 128 || run.length < 3) tokens.push(run)
      else for (let at = 0; at + 1 < run.length; at++) tokens.push(run.slice(at, at + 2))
    }
  }
  return [...new Set(tokens)]
}

/* Tokens that overlap in the query, as one. */
function runsOf(words, tokens) {
  const runs = []
  for (const word of words) {
    let run = ""
    for (let at = 0; at <= word.length; at++) {
      const token = tokens.find(one => word.startsWith(one, at))
      if (token) run = run && word.startsWith(run.slice(-1), at) && run.length ? run + token.slice(1) : token
      else if (run && !tokens.some(one => at && word.startsWith(one, at - 1))) {
        runs.push(run)
        run = ""
      }
    }
  }
  return [...new Set([...runs, ...tokens])].sort((one, other) => other.length - one.length)
}

/* The shards that hold most of the tokens; all of them where all are there. */
async function likely(tokens) {
  if (book.directory.eager || book.shards.every(shard => shard.text !== null)) return book.shards
  const sums = new Float64Array(book.shards.length)
  for (const token of tokens) (await sift(token)).forEach((bit, number) => { sums[number] += bit })
  return [...book.shards].sort((one, other) => sums[other.number] - sums[one.number]).slice(0, 8)
}
