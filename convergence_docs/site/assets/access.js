/* Keys, states and names for what Material opens by hidden checkboxes, and for what its script adds to a page. */
(() => {
  const isChinese = document.documentElement.lang.startsWith("zh")
  const say = (chinese, english) => (isChinese ? chinese : english)
  const drawer = document.getElementById("__drawer")
  const narrow = matchMedia("(max-width: 76.234375em)")
  const menu = document.createElement("button")

  const isShown = element => element.getClientRects().length && getComputedStyle(element).visibility === "visible"
  const tell = toggle => toggle.setAttribute("aria-expanded", String(toggle.checked))

  /* An open drawer covers the page, which is then out of reach for keys too. */
  function settle() {
    const isOpen = drawer.checked && narrow.matches
    menu.setAttribute("aria-expanded", String(isOpen))
    for (const part of document.querySelectorAll(".md-header, .md-content, .md-sidebar--secondary, .md-footer, .md-skip"))
      part.inert = isOpen
    return isOpen
  }

  function close() {
    drawer.click()
    menu.focus()
  }

  /* A button in the place of a label, which no key reaches. */
  function addMenu() {
    const label = document.querySelector(".md-header__button[for=__drawer]")
    if (!label) return
    menu.type = "button"
    menu.className = `${label.className} cd-menu`
    menu.setAttribute("aria-label", say("导航菜单", "Menu"))
    menu.append(...label.childNodes)
    menu.addEventListener("click", () => drawer.click())
    label.replaceWith(menu)
    drawer.addEventListener("change", () => {
      if (!settle()) return
      const stops = document.querySelectorAll(".md-sidebar--primary :is(a, .cd-toggle)")
      requestAnimationFrame(() => [...stops].find(isShown)?.focus({ preventScroll: true }))
    })
    narrow.addEventListener("change", settle)
  }

  if (drawer) addMenu()
  document.addEventListener("change", event => {
    if (event.target.matches?.(".cd-toggle")) tell(event.target)
  })
  document.addEventListener("keydown", event => {
    if (event.key === "Enter" && event.target.matches?.(".cd-toggle")) event.target.click()
    else if (event.key === "Escape" && drawer?.checked && narrow.matches) close()
  })

  /* Material wraps the button of each block of code in a landmark of its own. */
  new MutationObserver(changes => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node.classList?.contains("md-code__nav")) node.setAttribute("role", "presentation")
  }).observe(document.body, { childList: true, subtree: true })

  /* It scrolls smoothly whatever the reader wants. */
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    for (const [owner, name] of [[Element, "scrollTo"], [Element, "scrollBy"], [Element, "scrollIntoView"]]) {
      const scroll = owner.prototype[name]
      owner.prototype[name] = function (first, ...rest) {
        return scroll.call(this, first && typeof first === "object" ? { ...first, behavior: "instant" } : first, ...rest)
      }
    }
  }

  /* Keys of one letter get in the way of those who speak to their machine: they can be turned off (WCAG 2.1.4). */
  const KEYS = "cd-keys"
  let hasKeys = true
  try {
    hasKeys = localStorage.getItem(KEYS) !== "off"
  } catch { /* storage is denied: they are on until turned off, on each page anew */ }

  addEventListener("keydown", event => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (hasKeys || !isPlain || !"fs/pn,.".includes(event.key.toLowerCase())) return
    if (!event.target.closest?.("input, textarea, select, [contenteditable]")) event.stopImmediatePropagation()
  }, true)

  function addSwitch() {
    const foot = document.querySelector(".md-footer-meta__inner")
    if (!foot || foot.querySelector(".cd-keys")) return
    const label = document.createElement("label"), box = document.createElement("input")
    label.className = "cd-keys"
    box.type = "checkbox"
    box.checked = hasKeys
    box.addEventListener("change", () => {
      hasKeys = box.checked
      try {
        localStorage.setItem(KEYS, hasKeys ? "on" : "off")
      } catch { /* as above */ }
    })
    label.append(box, say("单键快捷键 / 搜索 · , 上一页 · . 下一页", "Single keys: / search · , previous · . next"))
    foot.append(label)
  }

  const begin = () => {
    addSwitch()
    document.querySelectorAll(".cd-toggle").forEach(tell)
    document.querySelectorAll(".md-code__nav").forEach(nav => nav.setAttribute("role", "presentation"))
    if (drawer) settle()
  }
  if (window.document$) window.document$.subscribe(begin)
  else begin()
})()
