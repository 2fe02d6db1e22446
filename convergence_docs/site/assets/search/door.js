/* Before Material's own script: tells the page what its search answers, and where the site is read from a disk, on
 * which no worker may run, runs the search in the page. */
(() => {
  const isOurs = address => /\/assets\/convergence\/search\.js$/.test(new URL(address, location).pathname)
  const tell = ({ data }) => document.dispatchEvent(new CustomEvent("convergence:search", { detail: data }))
  const Native = window.Worker

  /* What a worker sees and what a page sees of it, in one page. */
  class Local extends EventTarget {
    constructor(address) {
      super()
      const url = new URL(address, location), inner = new EventTarget(), waiting = new Map()
      const deliver = (target, data) => setTimeout(() => target.dispatchEvent(new MessageEvent("message", { data })))
      this.postMessage = data => deliver(inner, data)
      window.__cdSearch = (name, text) => waiting.get(name)?.(text)
      window.__cdSearchPort = Object.assign(inner, {
        location: url,
        postMessage: data => deliver(this, data),
        read: name => new Promise((resolve, reject) => {
          waiting.set(name, text => resolve(bytesOf(text)))
          run(new URL(`search/${name}.js`, url), "windows-1252", reject, () => waiting.delete(name))
        }),
      })
      run(url, "utf-8", () => {}, () => {})
    }

    terminate() {}
  }

  function run(url, charset, failed, done) {
    const script = document.createElement("script")
    Object.assign(script, { src: url, charset })
    script.addEventListener("error", () => failed(new Error(`${url}`)))
    script.addEventListener("load", () => { script.remove(); done() })
    document.head.append(script)
  }

  /* A string in windows-1252 as the bytes that it was. */
  function bytesOf(text) {
    const far = "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178"
    return Uint8Array.from(text, sign => (sign.charCodeAt(0) > 255 ? 128 + far.indexOf(sign) : sign.charCodeAt(0)))
  }

  window.Worker = class extends Native {
    constructor(address, options) {
      if (location.protocol === "file:" && isOurs(address)) {
        const local = new Local(address)
        local.addEventListener("message", tell)
        return local
      }
      super(address, options)
      if (isOurs(address)) this.addEventListener("message", tell)
    }
  }
})()
