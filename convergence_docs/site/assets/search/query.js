/* What was asked: words, phrases in quotation marks, and filters (`层:架构层`, `类:表`, `收敛度≥90%`, `确定性 ★★★★★`). */
const LONGEST = 10_000
const KEYS = {
  layer: "layer", "层": "layer", level: "level", "级": "level", "层级": "level",
  kind: "kind", "in": "kind", "类": "kind", "类型": "kind",
}
const KINDS = {
  table: [HEAD, CELL], "表": "table", "表格": "table", diagram: [DIAGRAM], "图": "diagram", "图表": "diagram",
  formula: [FORMULA], "式": "formula", "公式": "formula", code: [CODE], "码": "code", "代码": "code",
  text: [LEAD, BODY], "文": "text", "正文": "text", heading: [TITLE, HEADING], "标题": "heading", title: "heading",
}
const OPERATORS = { ">=": [">", false], "≥": [">", false], "⩾": [">", false], ">": [">", true],
  "<=": ["<", false], "≤": ["<", false], "⩽": ["<", false], "<": ["<", true], "=": ["=", false], ":": ["=", false] }
const STARS = /^[★☆⭐✩]+$/

function parseQuery(text, facets) {
  const typed = [...text.slice(0, 4 * LONGEST)].slice(0, LONGEST).join("")
  const query = { literal: normalise(typed), words: [], filters: { layer: [], level: [], kind: [], claims: [] }, isFiltered: false, isTrimmed: false }
  let rest = typed.normalize("NFKC").replace(CONTROLS, " ")
  rest = takeClaims(rest, query, facets)
  for (const [token, key, phrase, quoted] of rest.matchAll(/([^\s:"“”]+):["“]([^"“”]*)["”](?=\s|$)|["“]([^"“”]+)["”](?=\s|$)|\S+/g)) {
    const colon = token.indexOf(":")
    const name = KEYS[(key || token.slice(0, colon)).toLowerCase()]
    if (name && colon > 0 && takeFilter(name, key ? phrase : token.slice(colon + 1), query, facets)) continue
    // Material's own signs: + and - before a word, * and ~ behind it.
    const bare = quoted || token.replace(/^[+-](?=.)/, "").replace(/(.)[*~]+$/, "$1")
    if (!quoted && bare !== token) query.isTrimmed = true
    const word = normalise(quoted || token) && normalise(bare)
    if (word && !query.words.includes(word)) query.words.push(word)
  }
  const { layer, level, kind, claims } = query.filters
  query.isFiltered = layer.length + level.length + kind.length + claims.length > 0
  query.isPlain = !query.isFiltered && query.words.length < 2 && query.words[0] === query.literal
  return query
}

function takeFilter(name, value, query, facets) {
  const values = value.split(/[,，、]/).map(one => normalise(one)).filter(Boolean)
  if (!values.length) return false
  const found = name === "kind" ? values.flatMap(kindsOf) : values.flatMap(one => namedIn(facets[`${name}s`] || [], one, name === "level"))
  if (found.includes(undefined)) return false
  query.filters[name].push(...found)
  return true
}

function kindsOf(value) {
  const kind = KINDS[value]
  return kind === undefined ? [undefined] : typeof kind === "string" ? KINDS[kind] : kind
}

/* The places in a list of those whose id or name is asked for; of levels also a range, L1-L2. */
function namedIn(list, value, isOrdered) {
  const one = placeNamed(list, value)
  if (one !== undefined || !isOrdered) return [one]
  const ends = value.split(/[-–~至到]/).map(end => placeNamed(list, end))
  if (ends.length !== 2 || ends.includes(undefined)) return [undefined]
  return list.map((_, at) => at).slice(Math.min(...ends), Math.max(...ends) + 1)
}

function placeNamed(list, value) {
  const at = list.findIndex(({ id, name, names }) => [id, name, ...(names || [])].some(one => normalise(one) === value))
  return at < 0 ? undefined : at
}

/* Takes filters on values out of a query, and gives what remains. */
function takeClaims(text, query, facets) {
  const dimensions = (facets.dimensions || []).flatMap((one, number) => [one.name, ...(one.names || [])].map(name => ({ name, number })))
  dimensions.sort((one, other) => other.name.length - one.name.length)
  for (const { name, number } of dimensions) {
    const source = name.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&")
    const pattern = new RegExp(`(^|\\s)${source}\\s*(>=|<=|[≥≤⩾⩽<>=:])\\s*("[^"]*"|\\S+)(?=\\s|$)|(^|\\s)${source}\\s*([★☆⭐✩]+)(?=\\s|$)`, "gi")
    text = text.replace(pattern, (whole, _, operator, value, __, stars) => {
      if (operator === ":" && KEYS[name]) return whole
      const asked = interval(facets.dimensions[number], operator || "=", (value || stars).replace(/"/g, ""))
      if (!asked) return whole
      query.filters.claims.push({ dimension: number, ...asked })
      return " "
    })
  }
  return text
}

/* The numbers that are asked for, in a dimension's unit; null where the value cannot be read. */
function interval(dimension, operator, value) {
  const [side, isOpen] = OPERATORS[operator]
  const ends = side === "=" ? rangeOf(dimension, value) : [amount(dimension, value), null]
  if (!ends || ends[0] === null) return null
  const [low, high] = ends
  if (side === ">") return { low, high: Infinity, lowOpen: isOpen, highOpen: false }
  if (side === "<") return { low: -Infinity, high: low, lowOpen: false, highOpen: isOpen }
  return { low, high: high === null ? low : high, lowOpen: false, highOpen: false }
}

function rangeOf(dimension, value) {
  const range = /^(.*?[\d%])[-–~至到](\d.*)$/.exec(value)
  if (!range) return [amount(dimension, value), null]
  const isShare = range[2].endsWith("%") && !range[1].endsWith("%")
  const ends = [amount(dimension, range[1] + (isShare ? "%" : "")), amount(dimension, range[2])]
  return ends.includes(null) || ends[0] > ends[1] ? null : ends
}

function amount({ kind, steps }, value) {
  if (STARS.test(value)) return kind === "rating" ? [...value].filter(sign => sign !== "☆" && sign !== "✩").length : null
  if (kind === "ordinal") {
    const at = (steps || []).findIndex(step => normalise(step) === normalise(value))
    return at < 0 ? null : at
  }
  const match = /^([\d.]+)\s*(%|万|亿|k|m|b|星|年)?$/i.exec(value.replace(/(\d),(?=\d{3})/g, "$1"))
  const number = match ? Number(match[1]) : NaN
  if (Number.isNaN(number)) return null
  const unit = (match[2] || "").toLowerCase()
  if (kind === "percentage") return unit === "%" || number > 1 ? number : 100 * number
  return number * ({ "万": 1e4, "亿": 1e8, k: 1e3, m: 1e6, b: 1e9 }[unit] || 1)
}
