/* Before Material's own script: stands in for the search's worker until somebody wants to search, so that a page that
 * is only read loads nothing of it; tells the page what the search answers; and where the site is read from a disk, on
 * which no worker may run, runs the search in the page. */
(() => {
  /* Where a reader lets nothing be stored, asking for storage is an error that would end Material's script. */
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].getItem("")
    } catch {
      const kept = new Map()
      const value = {
        getItem: key => kept.get(key) ?? null, setItem: (key, item) => kept.set(key, String(item)), removeItem: key => kept.delete(key),
      }
      Object.defineProperty(window, name, { configurable: true, value })
    }
  }

  /* With instant navigation, which no disk can serve, Material would tell no script that the page is there. */
  if (location.protocol === "file:") {
    const element = document.getElementById("__config"), config = JSON.parse(element.textContent)
    config.features = config.features.filter(feature => !feature.startsWith("navigation.instant"))
    element.textContent = JSON.stringify(config)
  }

  const Native = window.Worker, doors = []
  const SET_UP = 0, READY = 1, QUERY = 2, RESULT = 3, WAKE = 4
  const isBox = element => Boolean(element?.matches?.("[data-md-component=search-query]"))
  const NOTHING = { items: [], suggest: [], done: true, exact: 0, near: 0, counts: {} }

  class Door extends EventTarget {
    constructor(address) {
      super()
      this.address = address
      doors.push(this)
    }

    postMessage(message) {
      if (message.type === SET_UP) {
        this.setUp = message
        this.say({ type: READY })
        if (isBox(document.activeElement)) this.wake()
        return
      }
      if (message.type === QUERY) {
        this.asked = message.data
        document.dispatchEvent(new CustomEvent("convergence:search", { detail: message }))
        if (!this.inner && !message.data.trim()) return this.say({ type: RESULT, data: { asked: this.asked, ...NOTHING } })
      }
      this.open().postMessage(message)
    }

    wake() {
      if (this.setUp) this.open().postMessage({ type: WAKE })
    }

    open() {
      if (!this.inner) {
        this.inner = location.protocol === "file:" ? new Local(this.address) : new Native(this.address)
        this.inner.addEventListener("message", ({ data }) => { if (data.type === RESULT && data.data.asked === this.asked) this.say(data) })
        this.inner.postMessage(this.setUp)
      }
      return this.inner
    }

    say(data) {
      queueMicrotask(() => {
        this.dispatchEvent(new MessageEvent("message", { data }))
        document.dispatchEvent(new CustomEvent("convergence:search", { detail: data }))
      })
    }

    terminate() {}
  }

  /* What a worker sees and what a page sees of it, in one page. */
  class Local extends EventTarget {
    constructor(address) {
      super()
      const url = new URL(address, location), inner = new EventTarget(), waiting = new Map()
      const deliver = (target, data) => setTimeout(() => target.dispatchEvent(new MessageEvent("message", { data })))
      let isThere
      const script = new Promise(resolve => { isThere = resolve })
      this.postMessage = data => script.then(() => deliver(inner, data))
      window.__cdSearch = (name, text) => waiting.get(name)?.(text)
      window.__cdSearchPort = Object.assign(inner, {
        location: url,
        isOnDisk: true,
        postMessage: data => deliver(this, data),
        read: name => new Promise((resolve, reject) => {
          waiting.set(name, text => resolve(bytesOf(text)))
          run(new URL(`search/${name}.js`, url), "windows-1252", reject, () => waiting.delete(name))
        }),
      })
      run(url, "utf-8", error => console.error(error), isThere)
    }
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
      if (/\/assets\/convergence\/search\.js$/.test(new URL(address, location).pathname)) return new Door(address)
      super(address, options)
    }
  }

  document.addEventListener("focusin", ({ target }) => { if (isBox(target)) doors.forEach(door => door.wake()) })
})()
