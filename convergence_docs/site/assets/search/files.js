/* The files of the index: fetched as bytes, or run as scripts where the site is read from a disk. See packing.py. */
const files = new Map()

/* The text in a file, by the file's name; asked for once, and again if that failed. */
function readText(name) {
  if (!files.has(name)) {
    const text = readBytes(name).then(bytes => new TextDecoder().decode(bytes))
    text.catch(() => files.delete(name))
    files.set(name, text)
  }
  return files.get(name)
}

async function readTable(name) {
  return JSON.parse(await readText(name))
}

async function readBytes(name) {
  const packed = await (port.read || fetchPacked)(name)
  return unpack(packed)
}

async function fetchPacked(name) {
  const answer = await fetch(new URL(`search/${name}.js`, location))
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
  return unquoted(new Uint8Array(await answer.arrayBuffer()))
}

/* The bytes between `__cdSearch("name","` and `")`. */
function unquoted(source) {
  let start = 0
  for (let quotes = 0; quotes < 3; start++) if (source[start] === 34) quotes++
  const bytes = new Uint8Array(source.length - start)
  let size = 0
  for (let at = start; source[at] !== 34; at++) {
    let byte = source[at]
    if (byte === 92) {
      byte = source[++at]
      if (byte === 110) byte = 10
      else if (byte === 114) byte = 13
    }
    bytes[size++] = byte
  }
  return bytes.subarray(0, size)
}

async function unpack(packed) {
  let stream
  try {
    stream = new DecompressionStream("deflate")
  } catch {
    return inflate(packed)
  }
  return new Uint8Array(await new Response(new Blob([packed]).stream().pipeThrough(stream)).arrayBuffer())
}
