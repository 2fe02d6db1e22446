/* A page is read before it is used. What only moves it (Material's own script, and all that builds on it) is fetched ahead
 * but runs at the first sign of a reader; what the reader has done until it is there is then told to it. */
(() => {
  const names = document.currentScript.dataset.scripts?.split(" ")
  if (!names) return
  const SIGNS = ["pointerover", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin"]
  const HEARD = ["pointerover", "focusin", "keydown", "click"]
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const heard = new Map() // the last event of each type that somebody will want to hear of
  let isRead = false

  function start() {
    for (const sign of SIGNS) removeEventListener(sign, start, true)
    dark.removeEventListener("change", start)
    names.forEach((name, at) => {
      const script = document.createElement("script")
      Object.assign(script, { src: name, async: false })
      if (at === names.length - 1) for (const end of ["load", "error"]) script.addEventListener(end, tell)
      document.head.append(script)
    })
  }

  function hear(event) {
    const { type, key, target } = event
    const isTyping = target.closest?.("input, textarea, select, [contenteditable]")
    const isShortcut = type === "keydown" && "fs/pn,.".includes(key) && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey
    const isSwitch = type === "click" && target.closest?.("[data-md-component=palette] label")
    if (isShortcut || isSwitch) event.preventDefault()
    if (isShortcut || isSwitch || type === "pointerover" || type === "focusin") heard.set(type, event)
  }

  /* The search opens without a script, but whoever opens it wants to type. */
  const search = document.getElementById("__search")
  const type = () => { if (search.checked) document.querySelector("[data-md-component=search-query]").focus() }

  function tell() {
    for (const name of HEARD) removeEventListener(name, hear, true)
    search?.removeEventListener("change", type)
    announce()
    dispatchEvent(new Event("convergence:begun")) // for what did not wait itself and builds on Material: `moved.js`
    for (const [name, event] of heard) if (event.target.isConnected) event.target.dispatchEvent(new event.constructor(name, event))
  }

  /* Without instant navigation Material waits for an event that has long been. */
  function announce() {
    let isTold = false
    window.document$?.subscribe(() => { isTold = true }).unsubscribe()
    if (isRead && !isTold) document.dispatchEvent(new Event("DOMContentLoaded"))
  }

  /* A search that leads here, what looks otherwise with a script, a reader who was quicker. */
  function cannotWait() {
    return location.search || scrollY > 0 || document.activeElement !== document.body ||
      document.querySelector("figure.cd-diagram pre.mermaid, .tabbed-set, .annotate, [data-md-component=consent]")
  }

  function fetchAhead() {
    for (const href of names) document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href }))
  }

  document.addEventListener("DOMContentLoaded", () => { isRead = true }, { once: true })
  for (const name of HEARD) addEventListener(name, hear, true)
  search?.addEventListener("change", type)
  if (cannotWait()) return start()
  for (const sign of SIGNS) addEventListener(sign, start, { capture: true, passive: true })
  dark.addEventListener("change", start)
  addEventListener("load", () => setTimeout(fetchAhead, 2000)) // fonts and icons come first
})()
