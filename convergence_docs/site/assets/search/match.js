/* What holds a query: sections that have it as it stands, then those that have all its words. */
const ORDER = { [TITLE]: 0, [HEADING]: 1, [LEAD]: 2, [HEAD]: 3, [CELL]: 3, [BODY]: 4, [DIAGRAM]: 5, [FORMULA]: 6, [CODE]: 6 }
const WORTH = [400, 300, 200, 150, 100, 80, 60]
const EXACT = 19000, WORDS = 15000, VOUCHED = 11000, NEAR = 1000, ACROSS = WORDS + 800 // no tier reaches the one above it
const NUMBERED = /^(第[^章节部篇]{1,6}[章节部篇]|[一二三四五六七八九十百]+[、.]|\d+(\.\d+)*[.、]?)\s*/
const COUNTED = 6, WHOLE_NAME = 700

/* The places of a text in a shard by section: how often, and as what it stands there at best. */
function scan(shard, needle, kinds) {
  const found = new Map(), { text, at } = shard
  let number = 0, place = needle ? text.indexOf(needle) : -1
  while (place >= 0) {
    if (place >= at[number + 1]) number = placeOf(at, place)
    const kind = shard.isHeads ? headKind(number) : kindAt(shard, place)
    let next = place + needle.length
    if (!kinds || kinds.has(kind)) {
      const hit = found.get(number)
      if (needle.length > 1 && !shard.isHeads && isAcross(shard, place, next)) {
        if (!hit) found.set(number, { kind, places: [place], mask: 1 << kind, isAcross: true })
      } else if (!hit || hit.isAcross) found.set(number, { kind, places: [place], mask: 1 << kind, isAcross: false })
      else {
        hit.places.push(place)
        hit.mask |= 1 << kind
        if (ORDER[kind] < ORDER[hit.kind]) hit.kind = kind
        if (hit.places.length >= COUNTED) next = at[number + 1]
      }
    }
    place = text.indexOf(needle, next)
  }
  return found
}

function headKind(number) {
  return book.sections[number].isFirst ? TITLE : HEADING
}

/* Sections of a shard that hold a needle. */
function holders(shard, needle, { kinds, only }, tier, base) {
  const hits = []
  for (const [number, { kind, places, mask, isAcross }] of scan(shard, needle, kinds)) {
    const section = book.sections[shard.first + number]
    if (only && !only.has(section.number)) continue
    if (isAcross) {
      if (tier === "exact") hits.push({ section, shard, tier: "words", kind, mask, needles: [needle], score: ACROSS + worth(section, BODY, needle, 1) })
      continue
    }
    hits.push({ section, shard, tier, kind, mask, isLiteral: tier === "exact", needles: [needle], score: base + worth(section, kind, needle, places.length) })
  }
  return hits
}

function worth(section, kind, needle, times) {
  const name = kind === TITLE ? normalise(section.page.title).replace(NUMBERED, "") : ""
  return section.page.weight * (name === needle ? WHOLE_NAME : plainWorth(section, kind, needle, times))
}

function plainWorth(section, kind, needle, times) {
  let score = WORTH[ORDER[kind]] + 2 * times
  if (kind === TITLE || kind === HEADING) {
    const heading = section.normalHeading.replace(NUMBERED, "")
    if (heading === needle) score += 200
    else score += 60 * Math.min(1, needle.length / Math.max(1, heading.length))
  } else if (pageHolds(section, needle)) score += 20
  return score
}

function pageHolds(section, needle) {
  const first = book.sections[section.page.first]
  return first.normalHeading.includes(needle) || first.normalName.includes(needle)
}

/* Sections of a shard that hold every word, each at least one of them itself; headings above and the page's name may
 * vouch for the others. */
function wordHolders(shard, words, { kinds, only }) {
  const found = new Map()
  words.forEach((word, at) => {
    for (const [number, hit] of scan(shard, word, kinds)) {
      if (hit.isAcross) continue
      if (!found.has(number)) found.set(number, new Array(words.length).fill(null))
      found.get(number)[at] = hit
    }
  })
  const hits = []
  for (const [number, parts] of found) {
    const section = book.sections[shard.first + number]
    if (only && !only.has(section.number)) continue
    const missing = words.filter((_, at) => !parts[at])
    if (missing.some(word => !isVouched(section, word))) continue
    hits.push(together(section, shard, words, parts, missing.length))
  }
  return hits
}

function isVouched(section, word) {
  for (let above = section.above; above; above = above.above) if (above.normalHeading.includes(word)) return true
  return pageHolds(section, word)
}

function together(section, shard, words, parts, missing) {
  const own = parts.filter(Boolean), best = own.reduce((one, other) => (ORDER[other.kind] < ORDER[one.kind] ? other : one))
  let score = missing ? VOUCHED : WORDS
  parts.forEach((part, at) => { if (part) score += worth(section, part.kind, words[at], part.places.length) / parts.length })
  score += 150 / (1 + spread(own) / 30)
  return { section, shard, tier: "words", kind: best.kind, mask: own.reduce((mask, part) => mask | part.mask, 0), needles: words, score }
}

/* The number of characters in which one place of each part lies. */
function spread(parts) {
  let least = Infinity
  for (const start of parts[0].places) {
    let low = start, high = start
    for (const part of parts) {
      const near = part.places.reduce((one, other) => (Math.abs(other - start) < Math.abs(one - start) ? other : one))
      low = Math.min(low, near)
      high = Math.max(high, near)
    }
    least = Math.min(least, high - low)
  }
  return least
}
