/* A card beside an internal link: the title and first words of what it leads to. For the mouse and the keyboard, never
 * for touch; Escape puts it away, and the pointer may rest on it. A page is fetched when it is first asked for. */
(() => {
  const config = document.getElementById("__config")
  const features = config ? JSON.parse(config.textContent).features : []
  if (features.includes("navigation.instant.preview")) return

  const others = ".headerlink, .footnote-backref, .md-button, .cd-backlinks a, [download], [target], [data-preview]"
  const unsaid = "[class*=headerlink], sup[id^=fnref], .footnote-backref, .cd-hidden, .cd-bar, svg, img, picture, iframe, " +
    "object, embed, video, audio, script, style, link, template, form, input, button, select, textarea, li :is(ul, ol)"
  const unlike = ".cd-contents, .cd-place, .cd-backlinks, .admonition-title"
  const inert = document.implementation.createHTMLDocument()
  const pages = new Map()
  const card = document.createElement("div")
  card.id = "cd-preview"
  card.className = "cd-preview md-typeset"
  card.setAttribute("role", "tooltip")
  let shown = null
  let wanted = null
  let timer = 0

  function linkAt(target) {
    const link = target.closest?.("article a[href]")
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || link.closest(others)) return null
    const isHere = link.pathname === location.pathname
    if (/%(?![0-9a-f]{2})/i.test(link.hash)) return null
    if (link.matches(".footnote-ref") && features.includes("content.footnote.tooltips")) return null
    return (isHere ? link.hash.length > 1 : /(\/|\.html)$/.test(link.pathname)) ? link : null
  }

  function read(link) {
    if (link.pathname === location.pathname) return document
    const address = link.origin + link.pathname
    if (!pages.has(address)) {
      if (pages.size > 20) pages.clear()
      const page = fetch(address, { mode: "same-origin" })
        .then(answer => (answer.ok ? answer.text() : Promise.reject()))
        .then(text => new DOMParser().parseFromString(text, "text/html"))
        .catch(() => void pages.delete(address))
      pages.set(address, page)
    }
    return pages.get(address)
  }

  /** What is said in an element, and nothing that could act: formulas and marks of emphasis without what they carry. */
  function words(tag, part, element) {
    const copy = inert.importNode(element, true)
    for (const one of copy.querySelectorAll(unsaid)) one.remove()
    for (const one of copy.querySelectorAll("*")) {
      const isMath = one.namespaceURI.endsWith("MathML")
      for (const { name } of [...one.attributes]) {
        if (!isMath || /^(on|id|class|style|.*href)/.test(name)) one.removeAttribute(name)
      }
    }
    const box = document.createElement(tag)
    box.className = `cd-preview__${part}`
    box.append(...copy.childNodes)
    return box.textContent.trim() ? box : ""
  }

  function text(part, said) {
    const box = inert.createElement("p")
    box.textContent = said
    return words("div", part, box)
  }

  function summary(element) {
    if (element.matches("table")) {
      return text("text", [...element.querySelectorAll("thead th")].map(cell => cell.textContent.trim()).join(" · "))
    }
    if (element.matches("figure, .cd-diagram")) {
      return text("text", element.dataset.cdName || element.querySelector("figcaption, title")?.textContent || "")
    }
    return words("div", "text", element.matches("ul, ol") ? element.querySelector("li") || element : element)
  }

  function describe(page, link) {
    const article = page.querySelector("article")
    const id = decodeURIComponent(link.hash.slice(1))
    const target = id ? page.getElementById(id) : article?.querySelector("h1")
    if (!target || !article.contains(target)) return []
    const headings = [...article.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    const follows = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING
    const heading = headings.findLast(one => one === target || follows(one, target)) || target.querySelector("h2, h3")
    const isSection = heading === target || target.contains(heading)
    const chapter = page !== document && headings[0] !== heading ? words("div", "page", headings[0]) : ""
    let said = isSection ? "" : summary(target.closest("li, p, table, figure, .cd-diagram") || target)
    // A page may begin with a heading; a section ends with the next one.
    const end = headings.find(one => heading !== headings[0] && follows(heading || target, one))
    for (const one of article.querySelectorAll("p, ul, ol, table, figure, .cd-diagram, blockquote, dl, pre")) {
      if (said || (end && follows(end, one))) break
      if (follows(heading || target, one) && !one.closest(unlike)) said = summary(one)
    }
    return [chapter, heading ? words("div", "title", heading) : "", said].filter(Boolean)
  }

  async function show(link) {
    const page = await read(link)
    if (wanted !== link || !link.isConnected || !page) return
    hide()
    const parts = describe(page, link)
    if (!parts.length) return
    shown = link
    card.replaceChildren(...parts)
    link.closest("main, body").append(card)
    link.setAttribute("aria-describedby", card.id)
    const host = link.getBoundingClientRect()
    const { width, height } = card.getBoundingClientRect()
    const room = document.documentElement.clientWidth - width - 12
    const isBelow = host.bottom + height + 20 < innerHeight || host.top < height + 80
    const frame = card.offsetParent.getBoundingClientRect()
    card.style.left = `${Math.max(12, Math.min(host.left, room)) - frame.left}px`
    card.style.top = `${(isBelow ? host.bottom + 6 : host.top - height - 6) - frame.top}px`
  }

  function hide() {
    shown?.removeAttribute("aria-describedby")
    shown = null
    card.remove()
  }

  function want(link, pause) {
    if (link === wanted) return
    wanted = link
    clearTimeout(timer)
    if (link !== shown) timer = setTimeout(() => (link ? show(link) : hide()), pause)
  }

  const hasFocus = link => link && link === document.activeElement && link.matches(":focus-visible")

  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return
    const link = card.contains(event.target) ? shown : linkAt(event.target)
    if (link || !hasFocus(wanted)) want(link, link ? 400 : 300)
  })
  document.documentElement.addEventListener("mouseleave", () => hasFocus(wanted) || want(null, 300))
  document.addEventListener("focusin", event => {
    const link = linkAt(event.target)
    want(link?.matches(":focus-visible") ? link : null, link ? 400 : 0)
  })
  document.addEventListener("focusout", () => want(null, 300))
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return
    clearTimeout(timer)
    hide()
  })
  document.addEventListener("click", event => {
    if (card.contains(event.target)) return
    clearTimeout(timer)
    wanted = null
    hide()
  })
  window.document$?.subscribe(() => want(null, 0))
})()
