/* What readers can do with a diagram: zoom, move, fill the screen, copy its source, take it along as a picture.
 *
 * Without this script a diagram is a drawing in a box that scrolls, with its words and source below. Nothing here is
 * needed to read it, so the buttons are made here too. A drawing is scaled by its width alone: the box round it scrolls
 * as any other, by touch, wheel and arrow keys. */
(() => {
  const isChinese = document.documentElement.lang.startsWith("zh")
  const say = (chinese, english) => (isChinese ? chinese : english)
  const STEP = 1.25
  const MOST = 6
  const STYLED = "foreignObject [class]" // what a style sheet of the page tells, a file of its own has to say itself
  const INHERITED = ["color", "font-family", "line-height", "white-space", "text-align"]
  const SHOWN = [...INHERITED, "background-color", "font-size", "font-weight", "font-style", "display", "height",
    "align-items", "justify-content", "text-decoration-line"]
  const PAN = 60 // CSS pixels that an arrow key moves
  const icons = {
    smaller: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m9 16-4-4m-8-5h6",
    larger: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m9 16-4-4m-8-5h6m-3-3v6",
    fit: "M4 6v12M20 6v12M8 12h8m-5-3-3 3 3 3m2-6 3 3-3 3",
    full: "M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5",
    leave: "M9 4v5H4m16 0h-5V4m0 16v-5h5M4 15h5v5",
    copy: "M9 9h11v11H9zM5 15H4V4h11v1",
    done: "m5 12 5 5 9-10",
    save: "M12 4v11m-5-5 5 5 5-5M4 20h16",
  }
  const viewers = new WeakMap()
  // Looks at all boxes before it changes one: in turns, each would have the page laid out anew.
  const sizes = new ResizeObserver(entries => {
    const boxes = entries.map(({ target }) => [viewers.get(target.closest("figure")), overflows(target)])
    for (const [viewer, does] of boxes) viewer?.settle(does)
  })

  function overflows(box) {
    return box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1
  }

  function icon(name) {
    return `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${icons[name]}"/></svg>`
  }

  function make(tag, name, attributes = {}) {
    const element = document.createElement(tag)
    element.className = name
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    return element
  }

  class Viewer {
    constructor(figure) {
      this.figure = figure
      this.box = figure.querySelector(".cd-diagram__view")
      this.svg = this.box.querySelector("svg")
      const { width, height } = this.svg.viewBox.baseVal
      this.ratio = height / width || 1
      const style = getComputedStyle(this.svg)
      this.width = parseFloat(style.getPropertyValue("--cd-width")) || width
      this.least = parseFloat(style.getPropertyValue("--cd-least")) || 0.75
      this.scale = null // as the style sheet has it
      this.buttons = {}
      this.status = make("span", "cd-diagram__status", { role: "status" })
      figure.querySelector(".cd-diagram__foot").append(this.toolbar())
      figure.addEventListener("keydown", event => this.key(event))
      this.followMouse()
      this.followFingers()
      this.isNew = true
      sizes.observe(this.box)
    }

    toolbar() {
      const bar = make("div", "cd-diagram__tools", { role: "group", "aria-label": say("图的工具", "Diagram tools") })
      const add = (name, label, action) => {
        const button = make("button", "cd-diagram__tool", { type: "button", title: label, "aria-label": label })
        button.innerHTML = icon(name)
        button.addEventListener("click", action)
        bar.append((this.buttons[name] = button))
      }
      add("smaller", say("缩小（−）", "Zoom out (−)"), () => this.zoom(this.now / STEP))
      add("larger", say("放大（+）", "Zoom in (+)"), () => this.zoom(this.now * STEP))
      add("fit", say("看全图（0）", "Fit (0)"), () => this.fit())
      add("full", say("全屏", "Full screen"), () => this.fill())
      add("copy", say("复制源码", "Copy source"), () => this.copy())
      add("save", say("下载 SVG", "Download SVG"), () => this.save())
      bar.append(this.status)
      return bar
    }

    get now() {
      return this.svg.getBoundingClientRect().width / this.width
    }

    get isFull() {
      return this.figure.classList.contains("cd-diagram--full")
    }

    /* The scale at which all of it can be seen: in its column the page scrolls up and down, the screen does not. */
    get whole() {
      const style = getComputedStyle(this.box)
      const across = this.box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
      const down = this.box.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
      const wide = across / this.width
      return this.isFull ? Math.min(wide, down / (this.width * this.ratio), 3) : Math.min(wide, 1)
    }

    /* Zooms so that the point (x, y) of the box stays where it is; by default its middle. */
    zoom(scale, x = this.box.clientWidth / 2, y = this.box.clientHeight / 2) {
      const { box, svg } = this
      const before = svg.getBoundingClientRect(), frame = box.getBoundingClientRect()
      const across = (frame.left + x - before.left) / before.width, down = (frame.top + y - before.top) / before.height
      if (this.scale === null && !this.isFull) box.style.maxHeight = `max(${box.clientHeight}px, 75vh)`
      this.scale = Math.min(MOST, Math.max(Math.min(this.whole, 0.25), scale))
      this.figure.dataset.cdZoom = ""
      svg.style.width = `${this.width * this.scale}px`
      const after = svg.getBoundingClientRect()
      box.scrollLeft += after.left + across * after.width - (frame.left + x)
      box.scrollTop += after.top + down * after.height - (frame.top + y)
      this.status.textContent = `${Math.round(this.scale * 100)}%`
      this.settle()
    }

    /* All of it; the size it came in where all of it is seen already. */
    fit() {
      if (Math.abs(this.now - this.whole) < 0.005 && !this.isFull) this.reset()
      else this.zoom(this.whole)
    }

    reset() {
      this.scale = null
      delete this.figure.dataset.cdZoom
      this.svg.style.width = this.box.style.maxHeight = this.status.textContent = ""
      this.settle()
    }

    /* A box that scrolls can be reached from the keyboard, and says that it scrolls; any other is no stop. */
    settle(does = overflows(this.box)) {
      const { box } = this
      this.figure.classList.toggle("cd-diagram--scrolls", does)
      if (does) {
        if (this.isNew && "cdMiddle" in this.figure.dataset) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2
        box.tabIndex = 0
        box.setAttribute("role", "group")
        box.setAttribute("aria-label", say("图，可滚动，按加号、减号缩放", "Diagram, scrolls; plus and minus zoom"))
      } else if (document.activeElement !== box) {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name)
      }
      this.isNew = false
    }

    key(event) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("details")) return
      const moves = { ArrowLeft: [-PAN, 0], ArrowRight: [PAN, 0], ArrowUp: [0, -PAN], ArrowDown: [0, PAN] }
      if (event.key === "+" || event.key === "=") this.zoom(this.now * STEP)
      else if (event.key === "-" || event.key === "_") this.zoom(this.now / STEP)
      else if (event.key === "0") this.fit()
      else if (event.key === "Escape" && this.isFull) this.leave()
      else if (event.key === "Escape" && this.scale !== null) this.reset()
      else if (moves[event.key] && this.canMove(...moves[event.key])) this.box.scrollBy(...moves[event.key])
      else return
      event.preventDefault()
      event.stopPropagation()
    }

    /* Where the box has come to its end, an arrow key moves the page as ever. */
    canMove(x, y) {
      const { box } = this
      const room = (at, step, most) => (step < 0 ? at > 0 : step > 0 && at < most - 1)
      return room(box.scrollLeft, x, box.scrollWidth - box.clientWidth) ||
        room(box.scrollTop, y, box.scrollHeight - box.clientHeight)
    }

    followMouse() {
      const { box } = this
      let last = null
      box.addEventListener("pointerdown", event => {
        const isOnWords = event.target.closest("text, foreignObject")
        if (event.pointerType !== "mouse" || event.button || isOnWords) return
        if (!this.figure.classList.contains("cd-diagram--scrolls")) return
        last = [event.clientX, event.clientY]
        box.setPointerCapture(event.pointerId)
        this.figure.classList.add("cd-diagram--moves")
        event.preventDefault()
      })
      box.addEventListener("pointermove", event => {
        if (!last) return
        box.scrollBy(last[0] - event.clientX, last[1] - event.clientY)
        last = [event.clientX, event.clientY]
      })
      const end = () => { last = null; this.figure.classList.remove("cd-diagram--moves") }
      box.addEventListener("pointerup", end)
      box.addEventListener("pointercancel", end)
      box.addEventListener("wheel", event => {
        if (!event.ctrlKey) return // a pinch on a touch pad comes as this
        event.preventDefault()
        const frame = box.getBoundingClientRect()
        this.zoom(this.now * Math.exp(-event.deltaY / 200), event.clientX - frame.left, event.clientY - frame.top)
      }, { passive: false })
    }

    followFingers() {
      const { box } = this
      let pinch = null
      const spread = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
      box.addEventListener("touchstart", event => {
        if (event.touches.length !== 2) return
        event.preventDefault()
        pinch = { spread: spread(event.touches), scale: this.now }
      }, { passive: false })
      box.addEventListener("touchmove", event => {
        if (!pinch || event.touches.length !== 2) return
        event.preventDefault()
        const frame = box.getBoundingClientRect(), [one, other] = event.touches
        const x = (one.clientX + other.clientX) / 2 - frame.left, y = (one.clientY + other.clientY) / 2 - frame.top
        this.zoom(pinch.scale * spread(event.touches) / pinch.spread, x, y)
      }, { passive: false })
      box.addEventListener("touchend", event => { if (event.touches.length < 2) pinch = null })
    }

    /* The whole screen, or where a browser grants that to films only, the whole window. */
    async fill() {
      if (this.isFull) return this.leave()
      try {
        await this.figure.requestFullscreen({ navigationUI: "hide" })
      } catch {
        this.figure.popover = "manual"
        this.figure.showPopover?.()
        this.changed(true)
      }
    }

    leave() {
      if (document.fullscreenElement === this.figure) document.exitFullscreen()
      else {
        if (this.figure.popover) this.figure.hidePopover()
        this.figure.removeAttribute("popover")
        this.changed(false)
      }
    }

    changed(isFull) {
      if (isFull === this.isFull) return
      this.reset()
      this.figure.classList.toggle("cd-diagram--full", isFull)
      const { full } = this.buttons
      const label = isFull ? say("退出全屏（Esc）", "Leave full screen (Esc)") : say("全屏", "Full screen")
      full.innerHTML = icon(isFull ? "leave" : "full")
      full.title = label
      full.setAttribute("aria-label", label)
      full.focus({ preventScroll: true })
      // All of it, unless its letters would be too small to read.
      if (isFull) requestAnimationFrame(() => this.zoom(Math.max(this.whole, this.least)))
    }

    async copy() {
      const text = this.figure.querySelector(".cd-diagram__source").textContent
      try {
        await navigator.clipboard.writeText(text)
        this.confirm(this.buttons.copy, "copy", say("已复制", "Copied"))
      } catch {
        this.status.textContent = say("无法复制，请从下方的源码中选取", "Cannot copy; select it from the source below")
        this.figure.querySelector("details").open = true
      }
    }

    confirm(button, name, said) {
      this.status.textContent = said
      button.innerHTML = icon("done")
      setTimeout(() => { button.innerHTML = icon(name) }, 1500)
    }

    save() {
      const link = make("a", "")
      const place = [...document.querySelectorAll("figure.cd-diagram")].indexOf(this.figure) + 1
      const title = document.querySelector("article h1, h1")?.firstChild?.textContent.trim() || document.title
      link.href = URL.createObjectURL(new Blob([this.picture()], { type: "image/svg+xml" }))
      link.download = `${title.replace(/[\\/:*?"<>|\s]+/g, "-")}-${place}.svg`
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
      this.confirm(this.buttons.save, "save", say("已下载", "Downloaded"))
    }

    /* The drawing as a file of its own: in the colours of this moment, on their ground, with its name. */
    picture() {
      const copy = this.svg.cloneNode(true)
      const style = getComputedStyle(this.svg)
      const { x, y, width, height } = this.svg.viewBox.baseVal
      for (const name of ["width", "--cd-width", "--cd-least"]) copy.style.removeProperty(name)
      copy.removeAttribute("aria-describedby")
      copy.setAttribute("width", this.width)
      copy.setAttribute("height", this.width * this.ratio)
      for (const name of INHERITED) copy.style.setProperty(name, style.getPropertyValue(name))
      const labels = copy.querySelectorAll(STYLED)
      this.svg.querySelectorAll(STYLED).forEach((label, place) => {
        const shown = getComputedStyle(label)
        for (const name of SHOWN) labels[place].style.setProperty(name, shown.getPropertyValue(name))
      })
      const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect")
      for (const [name, value] of Object.entries({ x, y, width, height, fill: ground_of(this.figure) }))
        ground.setAttribute(name, value)
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title")
      title.textContent = this.figure.dataset.cdName
      copy.prepend(title, ground)
      if (this.svg.cdSheet) {
        const sheet = document.createElementNS("http://www.w3.org/2000/svg", "style")
        sheet.textContent = this.svg.cdSheet
        copy.prepend(sheet)
      }
      return resolved(new XMLSerializer().serializeToString(copy), style)
    }
  }

  function ground_of(element) {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (!/^(transparent|rgba\(.*, 0\))$/.test(backgroundColor)) return backgroundColor
    }
    return "#fff"
  }

  /* Every `var(--name, fallback)` as its value; fallbacks may hold further ones. */
  function resolved(text, style) {
    for (let start = text.lastIndexOf("var(--"); start >= 0; start = text.lastIndexOf("var(--", start - 1)) {
      let depth = 1, end = start + 4
      for (; end < text.length && depth; end++) depth += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0
      const [, name, fallback] = /^(--[\w-]+)\s*,?([^]*)$/.exec(text.slice(start + 4, end - 1))
      const value = (style.getPropertyValue(name).trim() || fallback.trim()).replace(/"/g, "'").replace(/[<>&]/g, "")
      text = text.slice(0, start) + value + text.slice(end)
      if (!start) break
    }
    return text
  }

  const later = window.requestIdleCallback || (action => setTimeout(action, 50))

  /* One figure at a time, whenever the page has nothing better to do. */
  function attach() {
    const figure = [...document.querySelectorAll('figure.cd-diagram[data-cd-state="drawn"]')].find(one => !viewers.has(one))
    if (!figure) return
    viewers.set(figure, new Viewer(figure))
    later(attach, { timeout: 500 })
  }

  document.addEventListener("cd-drawn", attach)
  document.addEventListener("fullscreenchange", () => {
    for (const figure of document.querySelectorAll("figure.cd-diagram")) {
      viewers.get(figure)?.changed(figure === document.fullscreenElement)
    }
  })
  if (window.document$) window.document$.subscribe(() => later(attach, { timeout: 500 }))
  else later(attach, { timeout: 500 })
})()
