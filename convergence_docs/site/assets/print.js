/* A printed link leads nowhere, so paper gets a number behind it, and at the chapter's end what stands for the number:
 * the title of a page of this site, and the address. All of it goes when printing is over. */
(() => {
  const isChinese = document.documentElement.lang.startsWith("zh")
  const say = (chinese, english) => (isChinese ? chinese : english)
  const NO_TEXT = ".headerlink, .footnote-ref, .footnote-backref, .md-content__button, .cd-unprinted, .cd-backlinks, .cd-graph__node, svg a"
  const UNSEEN = "table details, .cd-contents, .cd-diagram__foot, .cd-download"
  let undo = []

  function prepare() {
    finish()
    const scheme = document.body.dataset.mdColorScheme
    if (scheme) {
      document.body.dataset.mdColorScheme = "default" // paper is white
      undo.push(() => { document.body.dataset.mdColorScheme = scheme })
    }
    for (const details of document.querySelectorAll(".md-content details:not([open])")) {
      if (details.closest(UNSEEN)) continue
      details.open = true
      undo.push(() => { details.open = false })
    }
    const chapters = document.querySelectorAll(".cd-book__chapter")
    const parts = chapters.length ? chapters : document.querySelectorAll(".md-content article, main article")
    for (const part of parts) tell(part)
  }

  function tell(part) {
    const notes = new Map()
    for (const link of part.querySelectorAll("a[href]")) {
      publish(link)
      const note = link.matches(NO_TEXT) || link.closest(UNSEEN) ? null : noteOf(link)
      if (!note) continue
      if (!notes.has(note)) notes.set(note, notes.size + 1)
      const mark = make("sup", `[${notes.get(note)}]`)
      link.after(mark)
      undo.push(() => mark.remove())
    }
    if (!notes.size) return
    const section = make("section", ""), name = document.createElement("p"), list = document.createElement("ol")
    name.textContent = say("链接", "Links")
    for (const [note, number] of notes) {
      const item = document.createElement("li"), mark = document.createElement("b")
      mark.textContent = `[${number}]`
      item.append(mark, note)
      list.append(item)
    }
    section.append(name, list)
    part.append(section)
    undo.push(() => section.remove())
  }

  /* Paper and PDF outlive the address that a page happens to be printed from: links lead to where the site is published. */
  function publish(link) {
    const written = link.getAttribute("href"), { local, shared } = roots()
    if (isHere(link) || !link.href.startsWith(local)) return
    link.href = shared + link.href.slice(local.length)
    undo.push(() => link.setAttribute("href", written))
  }

  function isHere(link) {
    return link.hash && link.href.split("#")[0] === location.href.split("#")[0]
  }

  /* The site's address here and where it is published: what differs before the end that both addresses of this page share. */
  function roots() {
    const address = document.querySelector('link[rel="canonical"]')?.href || location.href
    const [here, there] = [location.href, address].map(one => one.split(/[?#]/)[0].replace(/index\.html$/, "").split("/"))
    while (here.length > 3 && there.length > 3 && here.at(-1) === there.at(-1)) {
      here.pop()
      there.pop()
    }
    return { local: `${here.join("/")}/`, shared: `${there.join("/")}/` }
  }

  /* What paper says of where a link leads; nothing where its text does, or where that is on the same page. */
  function noteOf(link) {
    if (isHere(link) || !/^(https?|mailto|file):$/.test(link.protocol)) return null
    const readable = decoded(link.href)
    if (!link.href.startsWith(roots().shared)) return link.textContent.trim() === readable ? null : readable
    return [titleOf(link), readable].filter(Boolean).join(say("，", ", "))
  }

  function titleOf(link) {
    const { local, shared } = roots()
    const page = local + link.href.split("#")[0].slice(shared.length)
    const entry = [...document.querySelectorAll(".md-nav--primary a.md-nav__link[href]")].find(one => one.href === page)
    return entry ? entry.textContent.trim().replace(/\s+/g, " ") : ""
  }

  function decoded(address) {
    try {
      return decodeURI(address)
    } catch {
      return address
    }
  }

  function make(tag, text) {
    const element = document.createElement(tag)
    element.className = "cd-paper"
    element.textContent = text
    return element
  }

  function finish() {
    for (const step of undo.reverse()) step()
    undo = []
  }

  addEventListener("beforeprint", prepare)
  addEventListener("afterprint", finish)
})()
