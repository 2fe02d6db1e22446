/* The files of the index: fetched as bytes, or run as scripts where the site is read from a disk. See packing.py. */
const QUOTE = 34, BACKSLASH = 92, UNESCAPED = { 110: 10, 114: 13 }
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

let unpacking = Promise.resolve()

/* Files are unpacked one after another, so that the first is there before the last. */
async function readBytes(name) {
  const packed = await (port.read || fetchPacked)(name)
  const bytes = unpacking.then(() => unpack(packed))
  unpacking = bytes.catch(() => {})
  return bytes
}

async function fetchPacked(name) {
  const answer = await fetch(new URL(`search/${name}.js`, location))
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
  return unquoted(new Uint8Array(await answer.arrayBuffer()))
}

/* The bytes between `__cdSearch("name","` and `")`, moved up in place: run by run, since a look at each byte by itself
 * takes longer than all else when the script has just begun. */
function unquoted(source) {
  let at = 0, size = 0
  for (let quotes = 0; quotes < 3; quotes++) at = source.indexOf(QUOTE, at) + 1
  const end = source.lastIndexOf(QUOTE)
  for (let next; (next = source.indexOf(BACKSLASH, at)) >= 0; at = next + 2) {
    source.copyWithin(size, at, next)
    size += next - at
    source[size++] = UNESCAPED[source[next + 1]] ?? source[next + 1]
  }
  source.copyWithin(size, at, end)
  return source.subarray(0, size + end - at)
}

async function unpack(packed) {
  let stream
  try {
    stream = new DecompressionStream("deflate")
  } catch {
    return inflate(packed)
  }
  const writer = stream.writable.getWriter(), ignored = () => {} // what fails there fails for the reader below, too
  writer.write(packed).catch(ignored)
  writer.close().catch(ignored)
  return new Uint8Array(await new Response(stream.readable).arrayBuffer())
}
