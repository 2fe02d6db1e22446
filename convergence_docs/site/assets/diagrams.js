/* Stands in for Mermaid, and loads Mermaid from this site once a diagram that needs it is about to be seen.
 *
 * Material asks a third party for Mermaid wherever `window.mermaid` is missing, also when it comes to a page with a
 * diagram by instant navigation. So this object is there on every page, and the 3 MB behind it only where needed. It
 * puts what Mermaid draws into the page itself, not into Material's shadow root, out of reach of style sheets and
 * assistive technology. */
(() => {
  if (window.mermaid && typeof window.mermaid.render === "function") return

  const source = new URL("mermaid.js", document.currentScript.src)
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
  const isChinese = document.documentElement.lang.startsWith("zh")
  const say = (chinese, english) => (isChinese ? chinese : english)
  const waiting = new Map() // figures, and what lets each be drawn
  const seen = new IntersectionObserver(
    entries => entries.forEach(entry => { if (entry.isIntersecting) release(entry.target) }),
    { rootMargin: "400px" },
  )
  let asked = {}
  let library
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
      const mermaid = await (library ||= load())
      const { svg } = await mermaid.render(id, text)
      requestIdle(() => [...waiting.keys()].forEach(release)) // the rest costs little now, and can be printed
      return finish(svg)
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

  function load() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script")
      script.src = source
      script.onload = () => {
        const mermaid = window.mermaid
        window.mermaid = standIn
        mermaid.initialize(merged(asked, settings))
        resolve(mermaid)
      }
      script.onerror = () => {
        library = undefined
        reject(new Error(say("绘图脚本没有加载成功", "the script that draws it did not load")))
      }
      document.head.append(script)
    })
  }

  function merged(first, second) {
    const result = { ...first }
    for (const [key, value] of Object.entries(second))
      result[key] = value && typeof value === "object" && !Array.isArray(value) ? { ...first[key], ...value } : value
    return result
  }

  /* Black or white words on nodes that the author filled, and a size that the style sheet may change. */
  function finish(svg) {
    const drawing = new DOMParser().parseFromString(svg, "text/html").querySelector("svg")
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
    place.replaceWith(drawing)
    const isDrawn = drawing.localName === "svg"
    if (!figure) return
    figure.dataset.cdState = isDrawn ? "drawn" : "broken"
    if (!isDrawn) return
    const sizes = [...drawing.querySelectorAll("text, p, span")].filter(part => part.textContent.trim())
      .map(part => parseFloat(getComputedStyle(part).fontSize))
    drawing.style.setProperty("--cd-least", Math.min(1.5, 12 / Math.min(...sizes, 16)))
    drawing.setAttribute("role", "img")
    drawing.setAttribute("aria-label", figure.dataset.cdName)
    const about = figure.querySelector("details > p[id]")
    if (about) drawing.setAttribute("aria-describedby", about.id)
    figure.dispatchEvent(new Event("cd-drawn", { bubbles: true }))
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
