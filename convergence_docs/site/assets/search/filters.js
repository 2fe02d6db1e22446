/* Filters: which sections they leave, and what stands there. */
const OPEN = { kinds: null, only: null, claims: null, topics: null }

let settings = null, table = null

function scopeOf(query) {
  if (!query.isFiltered) return OPEN
  const { layer, level, kind, claims } = query.filters
  const kinds = kind.length ? new Set(kind) : null
  if (!layer.length && !level.length && !claims.length) return { ...OPEN, kinds }
  const sets = []
  if (layer.length) sets.push(sectionsAt(layer.map(at => table.layers[at])))
  if (level.length) sets.push(sectionsAt(level.map(at => table.levels[at])))
  const meeting = new Map()
  if (claims.length) sets.push(...meetingClaims(claims, meeting))
  const only = new Set([...sets[0]].filter(number => sets.every(set => set.has(number))))
  const topics = new Set([...layer.map(at => table.layers[at]), ...level.map(at => table.levels[at])].flatMap(one => one.pages))
  return { kinds, only, claims: meeting, topics }
}

/* Sections by their numbers, and all sections of pages. */
function sectionsAt(places) {
  const found = new Set()
  for (const { pages, sections } of places) {
    for (const section of sections) found.add(section)
    for (const page of pages) for (let number = book.pages[page].first; number < book.pages[page + 1].first; number++) found.add(number)
  }
  return found
}

/* For each dimension that is asked for, the sections with a claim that meets it; `meeting` gets the best claim of each. */
function meetingClaims(asked, meeting) {
  const sets = new Map()
  for (const one of asked) {
    if (!sets.has(one.dimension)) sets.set(one.dimension, new Set())
    for (const [section, dimension, low, high, flags, text] of table.claims) {
      if (dimension !== one.dimension) continue
      const claim = { low: low === null ? -Infinity : low, high: high === null ? Infinity : high, lowOpen: !!(flags & 1), highOpen: !!(flags & 2) }
      const certainty = encloses(one, claim) ? 2 : overlaps(one, claim) ? 1 : 0
      if (!certainty) continue
      sets.get(one.dimension).add(section)
      const known = meeting.get(section) || { certainty: 0, texts: [] }
      if (certainty > known.certainty) meeting.set(section, { certainty, texts: [text] })
      else if (certainty === known.certainty) known.texts.push(text)
    }
  }
  return sets.values()
}

function encloses(one, other) {
  const fromLow = one.low < other.low || (one.low === other.low && (!one.lowOpen || other.lowOpen))
  const toHigh = one.high > other.high || (one.high === other.high && (!one.highOpen || other.highOpen))
  return fromLow && toHigh
}

function overlaps(one, other) {
  const isBelow = (low, high) => low.high < high.low || (low.high === high.low && (low.highOpen || high.lowOpen))
  return !isBelow(one, other) && !isBelow(other, one)
}

/* What a filter alone finds. */
function filteredHits(shard, query, { kinds, only, claims, topics }) {
  const hits = []
  const literal = query.literal ? scan(shard, query.literal, null) : new Map()
  for (let number = 0; number < shard.end - shard.first; number++) {
    const section = book.sections[shard.first + number]
    if (literal.has(number) && !literal.get(number).isAcross) {
      hits.push({ section, shard, tier: "exact", kind: literal.get(number).kind, mask: 1, needles: [query.literal], score: EXACT + 500, isLiteral: true })
      continue
    }
    if (only && !only.has(section.number)) continue
    const mask = kindsIn(shard, number), wanted = kinds ? [...kinds].find(kind => mask & (1 << kind)) : BODY
    if (wanted === undefined) continue
    const claim = claims && claims.get(section.number)
    const isCertain = !claim || claim.certainty === 2
    const isAbout = topics && topics.has(section.page.number) ? 30 : 0
    hits.push({
      section, shard, tier: isCertain ? "exact" : "near", kind: claim ? CELL : wanted, mask,
      needles: claim ? [...new Set(claim.texts.map(normalise))] : [], note: isCertain ? "" : say("possible"),
      score: (isCertain ? EXACT : NEAR) + isAbout + (claim ? Math.min(50, claim.texts.length) : 0),
    })
  }
  return hits
}

const KIND_BITS = Object.entries(KINDS).filter(([, kinds]) => Array.isArray(kinds))
  .map(([name, kinds]) => [name, kinds.reduce((bits, kind) => bits | (1 << kind), 0)])

/* How many of the sections are of each kind, layer and level. */
function countsOf(hits) {
  const counts = { kind: {}, layer: {}, level: {} }
  for (const { mask, section } of hits) {
    for (const [name, bits] of KIND_BITS) if (mask & bits) counts.kind[name] = (counts.kind[name] || 0) + 1
    for (const key of ["layer", "level"]) {
      (table ? table[`${key}s`] : []).forEach((place, at) => {
        place.all = place.all || sectionsAt([place])
        const { id } = settings.facets[`${key}s`][at]
        if (place.all.has(section.number)) counts[key][id] = (counts[key][id] || 0) + 1
      })
    }
  }
  return counts
}

const SAYINGS = {
  zh: { possible: "可能符合", near: "近似：", variant: "简繁：", alias: "同义：", some: "部分相符" },
  en: { possible: "possibly", near: "similar: ", variant: "variant: ", alias: "also called: ", some: "in part" },
}

function say(word) {
  return SAYINGS[settings.language === "zh" ? "zh" : "en"][word]
}
