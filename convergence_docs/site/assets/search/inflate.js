/* DEFLATE (RFC 1951) within zlib's frame (RFC 1950), for browsers without DecompressionStream. */
const LENGTHS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCES = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577]
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function inflate(source) {
  let at = 2, held = 0, count = 0 // behind the frame's two bytes
  let out = new Uint8Array(source.length * 4 + 64), size = 0

  function bits(wanted) {
    while (count < wanted) {
      held |= source[at++] << count
      count += 8
    }
    const value = held & ((1 << wanted) - 1)
    held >>>= wanted
    count -= wanted
    return value
  }

  function room(wanted) {
    if (size + wanted <= out.length) return
    const larger = new Uint8Array(2 * (out.length + wanted))
    larger.set(out)
    out = larger
  }

  /* The next symbol of a canonical Huffman code: `counts` of codes by length, and `symbols` in order. */
  function symbol({ counts, symbols }) {
    let code = 0, first = 0, index = 0
    for (let length = 1; length < 16; length++) {
      code |= bits(1)
      if (code - counts[length] < first) return symbols[index + (code - first)]
      index += counts[length]
      first = (first + counts[length]) << 1
      code <<= 1
    }
    throw new Error("damaged")
  }

  function tables() {
    const literals = bits(5) + 257, distances = bits(5) + 1, codes = bits(4) + 4, lengths = new Array(19).fill(0)
    for (let number = 0; number < codes; number++) lengths[CODE_ORDER[number]] = bits(3)
    const code = huffman(lengths), all = []
    while (all.length < literals + distances) {
      const next = symbol(code)
      if (next < 16) all.push(next)
      else {
        const value = next === 16 ? all[all.length - 1] : 0
        let times = next === 16 ? 3 + bits(2) : next === 17 ? 3 + bits(3) : 11 + bits(7)
        while (times--) all.push(value)
      }
    }
    return [huffman(all.slice(0, literals)), huffman(all.slice(literals))]
  }

  for (let isLast = 0; !isLast; ) {
    isLast = bits(1)
    const type = bits(2)
    if (type === 0) {
      held = count = 0
      const length = source[at] | (source[at + 1] << 8)
      room(length)
      out.set(source.subarray(at + 4, at + 4 + length), size)
      at += 4 + length
      size += length
      continue
    }
    const [literals, distances] = type === 1 ? fixedTables() : tables()
    for (let next; (next = symbol(literals)) !== 256; ) {
      if (next < 256) {
        room(1)
        out[size++] = next
        continue
      }
      const length = LENGTHS[next - 257] + bits(LENGTH_BITS[next - 257])
      const far = symbol(distances), distance = DISTANCES[far] + bits(far < 4 ? 0 : (far >> 1) - 1)
      room(length)
      for (const end = size + length; size < end; size++) out[size] = out[size - distance]
    }
  }
  return out.subarray(0, size)
}

function huffman(lengths) {
  const counts = new Uint16Array(16), starts = new Uint16Array(17), symbols = new Uint16Array(lengths.length)
  for (const length of lengths) counts[length]++
  counts[0] = 0
  for (let length = 1; length < 16; length++) starts[length + 1] = starts[length] + counts[length]
  lengths.forEach((length, at) => {
    if (length) symbols[starts[length]++] = at
  })
  return { counts, symbols }
}

function fixedTables() {
  const lengths = Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))
  return [huffman(lengths), huffman(new Array(30).fill(5))]
}
