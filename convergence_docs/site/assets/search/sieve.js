/* Which shards can hold a text; see sieve.py, which holds the twins. */
const ROWS_ASKED = 4 // of one text: the rarest, where rows have still to be fetched

function bucket(gram, buckets) {
  let value = 0
  for (const sign of gram) {
    value = Math.imul(value ^ sign.codePointAt(0), 0x9e3779b1) >>> 0
    value = (value ^ (value >>> 15)) >>> 0
  }
  return value & (buckets - 1)
}

function grams(text) {
  const signs = [...text], found = new Set(), isHan = sign => sign.length > 1 ? isFarHan(sign) : isChinese(sign)
  for (let at = 0; at + 1 < signs.length; at++) {
    const [one, two, three] = [signs[at], signs[at + 1], signs[at + 2]]
    if (isHan(one) || isHan(two)) found.add(one + two)
    else if (three && !isHan(three)) found.add(one + two + three)
  }
  return [...found]
}

function isFarHan(sign) {
  const code = sign.codePointAt(0)
  return code >= 0x20000 && code <= 0x3fffd
}

/* The higher, the rarer: how late its characters come among the frequent ones. */
function rarity(gram, common) {
  let sum = 0
  for (const sign of gram) {
    const place = common.indexOf(sign)
    sum += place < 0 ? common.length : place
  }
  return sum / gram.length
}

/* One byte of 0 or 1 for each shard; all ones where nothing can be told. */
async function sift(text) {
  const { sieve } = book.directory, may = new Uint8Array(book.shards.length).fill(1)
  if (!sieve || book.shards.every(shard => shard.text !== null)) return may
  const isWhole = sieve.files.length === 1, all = grams(text)
  const asked = isWhole ? all : all.sort((one, other) => rarity(other, sieve.common) - rarity(one, sieve.common)).slice(0, ROWS_ASKED)
  const width = (book.shards.length + 7) >> 3
  await Promise.all(asked.map(async gram => {
    const row = bucket(gram, sieve.buckets)
    const block = await readBlock(sieve.files[Math.floor(row / sieve.rows)])
    const start = (row % sieve.rows) * width
    for (let number = 0; number < may.length; number++) {
      if (!(block[start + (number >> 3)] & (1 << (number & 7)))) may[number] = 0
    }
  }))
  return may
}

const blocks = new Map()

function readBlock(name) {
  if (!blocks.has(name)) {
    const block = readBytes(name)
    block.catch(() => blocks.delete(name))
    if (blocks.size > 256) blocks.delete(blocks.keys().next().value)
    blocks.set(name, block)
  }
  return blocks.get(name)
}
