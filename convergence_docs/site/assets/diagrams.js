/* Stands in for Mermaid, and has Mermaid draw in a frame of its own once a diagram that needs it is about to be seen.
 *
 * Material asks a third party for Mermaid wherever `window.mermaid` is missing, also when it comes to a page with a
 * diagram by instant navigation. So this object is there on every page, and the 3 MB behind it only where needed. It
 * puts what Mermaid draws into the page itself, not into Material's shadow root, out of reach of style sheets and
 * assistive technology; what style sheet a drawing has is adopted, which a content security policy allows. */
(() => {
  if (window.mermaid && typeof window.mermaid.render === "function") return

  const source = new URL("drawing-room.html", document.currentScript.src)
  const wide = { useMaxWidth: false }
  const settings = {
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true, // a broken diagram would leave its mark below the footer
    // What a diagram may not change by a directive, and what its labels may not hold: either could ask third parties.
    secure: [
      "secure", "securityLevel", "startOnLoad", "maxTextSize", "maxEdges", "suppressErrorRendering", "themeCSS",
      "dompurifyConfig",
    ],
    dompurifyConfig: {
      FORBID_TAGS: [
        "style", "img", "image", "picture", "video", "audio", "source", "iframe", "input", "form", "object", "embed",
        "link",
      ],
      FORBID_ATTR: ["style", "src", "srcset", "onerror"],
    },
    flowchart: wide, sequence: wide, gantt: wide, journey: wide, timeline: wide, class: wide, state: wide, er: wide,
    pie: wide, quadrantChart: wide, xyChart: wide, requirement: wide, mindmap: wide, gitGraph: wide, sankey: wide,
    block: wide, c4: wide, packet: wide, architecture: wide, kanban: wide, radar: wide, treemap: wide,
  }
  const PICTURE = /@\{[^}]*\bimg\s*:\s*["']?\s*(?:https?:)?\/\//i // a node that shows one from another site
  // Material has colours for both palettes for these kinds alone; before the kind may stand settings and comments.
  const FOLLOWS = /^\s*(?:---\n[^]*?\n---\s*)?(?:%%[^\n]*\s*)*(?:graph|flowchart|sequenceDiagram|stateDiagram|classDiagram|erDiagram)/
  const PATIENCE = 30_000 // milliseconds for 3 MB
  const isChinese = document.documentElement.lang.startsWith("zh")
  const say = (chinese, english) => (isChinese ? chinese : english)
  const waiting = new Map() // figures, and what lets each be drawn
  const seen = new IntersectionObserver(
    entries => entries.forEach(entry => { if (entry.isIntersecting) release(entry.target) }),
    { rootMargin: "400px" },
  )
  let asked = {}
  const answers = new Map() // what waits for the room to answer
  const sheets = new Map() // drawings, and the style sheet of each
  let room
  let number = 0

  const standIn = {
    initialize(config) { asked = config || {} },
    /* Material's way in. It reads `fn`, and calls it with a shadow root whose host stands where the source stood. */
    async render(id, text) {
      const figure = claim(text)
      const drawing = await draw(id, text, figure)
      const place = root => settle(figure, root.host || root, drawing)
      return { svg: "", fn: place, bindFunctions: place }
    },
  }
  window.mermaid = standIn

  function claim(text) {
    const free = [...document.querySelectorAll("figure.cd-diagram pre.mermaid")]
      .find(pre => pre.textContent === text && !pre.dataset.cdClaimed)
    if (free) free.dataset.cdClaimed = ""
    return free ? free.closest("figure") : null
  }

  async function draw(id, text, figure) {
    try {
      if (PICTURE.test(text)) throw new Error(say("它要从别的网站取图片", "it wants a picture from another site"))
      if (figure) await near(figure)
      const { svg, css } = await ask(await (room ||= open()), id, text)
      requestIdle(() => [...waiting.keys()].forEach(release)) // the rest costs little now, and can be printed
      return finish(svg, css)
    } catch (error) {
      return failure(text, error)
    }
  }

  function near(figure) {
    figure.dataset.cdState = "waiting"
    return new Promise(resolve => {
      waiting.set(figure, resolve)
      seen.observe(figure)
    })
  }

  function release(figure) {
    seen.unobserve(figure)
    waiting.get(figure)?.()
    waiting.delete(figure)
  }

  function requestIdle(action) {
    if (window.requestIdleCallback) requestIdleCallback(action, { timeout: 2000 })
    else setTimeout(action, 200)
  }

  /* A frame that is laid out, or nothing in it would have a size, and that nobody sees. */
  function open() {
    return new Promise((resolve, reject) => {
      const frame = document.createElement("iframe")
      const fail = () => {
        room = undefined
        frame.remove()
        reject(new Error(say("绘图脚本没有加载成功", "the script that draws it did not load")))
      }
      const timer = setTimeout(fail, PATIENCE)
      answers.set("", ({ error }) => {
        clearTimeout(timer)
        if (error) fail()
        else resolve(frame)
      })
      frame.src = source
      frame.title = "Mermaid"
      frame.tabIndex = -1
      frame.setAttribute("aria-hidden", "true")
      Object.assign(frame.style, {
        border: 0, height: "900px", left: "-9999px", pointerEvents: "none", position: "fixed", top: 0, visibility: "hidden",
        width: "1200px",
      })
      document.documentElement.append(frame) // Material takes the body's parts away when it goes to another page
    })
  }

  function ask(frame, id, text) {
    const config = JSON.parse(JSON.stringify(merged(asked, settings)))
    const links = [...document.querySelectorAll("link[rel~='stylesheet']")].filter(link => link.media !== "print")
    const addresses = links.map(link => link.href).filter(address => new URL(address).origin === location.origin)
    return new Promise((resolve, reject) => {
      answers.set(id, answer => (answer.error ? reject(answer.error) : resolve(answer)))
      const message = { id, text, config, sheets: addresses, scheme: { ...document.body.dataset } }
      frame.contentWindow.postMessage(message, "*")
    })
  }

  addEventListener("message", ({ data, source: from }) => {
    const frame = [...document.documentElement.children].find(one => one.contentWindow && one.contentWindow === from)
    if (!frame || !answers.has(data?.id)) return
    answers.get(data.id)(data)
    answers.delete(data.id)
  })

  function merged(first, second) {
    const result = { ...first }
    for (const [key, value] of Object.entries(second))
      result[key] = value && typeof value === "object" && !Array.isArray(value) ? { ...first[key], ...value } : value
    return result
  }

  /* Black or white words on nodes that the author filled, and a size that the style sheet may change. */
  function finish(svg, css) {
    const drawing = document.adoptNode(new DOMParser().parseFromString(svg, "text/html").querySelector("svg"))
    for (const element of [drawing, ...drawing.querySelectorAll("[data-cd-style]")]) {
      element.style.cssText = element.dataset.cdStyle || ""
      delete element.dataset.cdStyle
    }
    drawing.cdSheet = css // for who takes the drawing elsewhere
    for (const shape of drawing.querySelectorAll("[style*='fill']")) {
      const node = shape.closest(".node, .cluster, .actor")
      const words = node && readable(shape.style.fill)
      if (!words) continue
      for (const label of node.querySelectorAll(".label, .label *, .nodeLabel, .cluster-label *, text, tspan")) {
        if (label.style.color && label.style.color !== "inherit") continue
        label.style.setProperty("color", words, "important")
        if (/^t/.test(label.localName)) label.style.setProperty("fill", words, "important")
      }
    }
    const width = drawing.viewBox.baseVal.width || parseFloat(drawing.getAttribute("width")) || 300
    drawing.removeAttribute("height")
    drawing.removeAttribute("style")
    drawing.style.setProperty("--cd-width", `${width}px`)
    for (const name of ["aria-roledescription", "aria-labelledby", "aria-describedby"]) drawing.removeAttribute(name)
    for (const part of drawing.querySelectorAll(":scope > :is(title, desc), img")) part.remove() // labels ask nobody
    return drawing
  }

  function settle(figure, place, drawing) {
    dress(drawing)
    place.replaceWith(drawing)
    const isDrawn = drawing.localName === "svg"
    if (!figure) return
    figure.dataset.cdState = isDrawn ? "drawn" : "broken"
    if (!isDrawn) return
    if (!FOLLOWS.test(figure.querySelector(".cd-diagram__source")?.textContent || ""))
      drawing.parentElement.dataset.mdColorScheme = "default" // a light ground for colours that are made for one
    const sizes = [...drawing.querySelectorAll("text, p, span")].filter(part => part.textContent.trim())
      .map(part => parseFloat(getComputedStyle(part).fontSize))
    drawing.style.setProperty("--cd-least", Math.min(1.5, 12 / Math.min(...sizes, 16)))
    drawing.setAttribute("role", "img")
    drawing.setAttribute("aria-label", figure.dataset.cdName)
    const about = figure.querySelector("details > p[id]")
    if (about) drawing.setAttribute("aria-describedby", about.id)
    figure.dispatchEvent(new Event("cd-drawn", { bubbles: true }))
  }

  /* The sheets of drawings that are gone go too. */
  function dress(drawing) {
    const own = new Set(sheets.values())
    for (const one of sheets.keys()) if (!one.isConnected) sheets.delete(one)
    if (drawing.cdSheet) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(drawing.cdSheet)
      sheets.set(drawing, sheet)
    }
    const others = [...document.adoptedStyleSheets].filter(sheet => !own.has(sheet))
    document.adoptedStyleSheets = [...others, ...sheets.values()]
  }

  function readable(fill) {
    const canvas = document.createElement("canvas").getContext("2d")
    if (!fill || fill === "none" || /var\(|url\(/.test(fill)) return ""
    canvas.fillStyle = fill
    canvas.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data
    if (alpha < 128) return ""
    const light = [red, green, blue].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000" : "#fff"
  }

  function failure(text, error) {
    const box = document.createElement("div")
    const note = document.createElement("p")
    const pre = document.createElement("pre")
    note.className = "cd-diagram__fault"
    note.textContent = say("这张图无法绘制：", "This diagram cannot be drawn: ") + reason(error)
    pre.className = "cd-diagram__source"
    pre.textContent = text.trim()
    box.append(note, pre)
    return box
  }

  function reason(error) {
    const first = String(error.message || error).trim().split("\n")[0]
    const line = /line (\d+)/.exec(first), token = error.hash && String(error.hash.text || "").trim()
    if (line && token) return say(`第 ${line[1]} 行：读不懂“${token}”`, `line ${line[1]}: unexpected “${token}”`)
    return first
  }

  /* Other themes than Material leave drawing to whoever comes. */
  async function drawAll() {
    if (window.document$) return
    for (const pre of document.querySelectorAll("figure.cd-diagram pre.mermaid")) {
      const figure = pre.closest("figure")
      draw(`cd-mermaid-${number++}`, pre.textContent, figure).then(drawing => settle(figure, pre, drawing))
    }
  }

  addEventListener("beforeprint", () => [...waiting.keys()].forEach(release))
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", drawAll)
  else drawAll()
})()
