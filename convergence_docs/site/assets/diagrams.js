/* Stands in for Mermaid until a page has a diagram, then loads Mermaid from this site.
 *
 * Material asks a third party for Mermaid wherever `window.mermaid` is missing, also when it comes to a page with a
 * diagram by instant navigation. So this object is there on every page, and the 3 MB behind it only where needed. */
(() => {
  if (window.mermaid && typeof window.mermaid.render === "function") return

  const source = new URL("mermaid.js", document.currentScript.src)
  const wide = { useMaxWidth: false }
  const settings = {
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true, // a broken diagram would leave its mark below the footer
    flowchart: wide, sequence: wide, gantt: wide, journey: wide, timeline: wide, class: wide, state: wide, er: wide,
    pie: wide, quadrantChart: wide, xyChart: wide, requirement: wide, mindmap: wide, gitGraph: wide, sankey: wide,
    block: wide,
  }
  const chinese = document.documentElement.lang.startsWith("zh")
  let asked = {}
  let library

  const standIn = {
    initialize(config) { asked = config || {} },
    async render(id, text) {
      const mermaid = await (library ||= load())
      try {
        const { svg } = await mermaid.render(id, text)
        return finish(svg, text)
      } catch (error) {
        return drawn(failure(text, error), chinese ? "无法绘制的图" : "Broken diagram")
      }
    },
  }
  window.mermaid = standIn

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
      script.onerror = () => { library = undefined; reject(new Error(`${source} did not load`)) }
      document.head.append(script)
    })
  }

  function merged(first, second) {
    const result = { ...first }
    for (const [key, value] of Object.entries(second))
      result[key] = value && typeof value === "object" ? { ...first[key], ...value } : value
    return result
  }

  /* Black or white words on nodes that the author filled, scaling down to 70 %, and a name for assistive technology. */
  function finish(svg, text) {
    const page = new DOMParser().parseFromString(svg, "text/html")
    const drawing = page.querySelector("svg")
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
    const width = drawing.viewBox.baseVal.width || parseFloat(drawing.getAttribute("width"))
    if (width) {
      drawing.removeAttribute("height")
      drawing.style.display = "block"
      drawing.style.margin = "0 auto"
      drawing.setAttribute("width", "100%")
      drawing.style.maxWidth = `${width}px`
      drawing.style.minWidth = `${width * 0.7}px`
    }
    const words = [...drawing.querySelectorAll(".nodeLabel, .messageText, .actor tspan, .taskText, .label text")]
      .map(plain).filter((word, index, all) => word && all.indexOf(word) === index)
    const label = words.length ? words.join(chinese ? "、" : ", ") : text.trim().split("\n")[0]
    return drawn(drawing.outerHTML, (chinese ? "图：" : "Diagram: ") + label)
  }

  function plain(label) {
    const copy = label.cloneNode(true)
    for (const gap of copy.querySelectorAll("br")) gap.replaceWith(" ")
    return copy.textContent.trim()
  }

  /* Material reads `fn` and calls it with the shadow root that it put the drawing into; Mermaid's own name for it is
   * `bindFunctions`. */
  function drawn(svg, label) {
    const bind = root => name(root, label)
    return { svg, fn: bind, bindFunctions: bind }
  }

  function name(root, label) {
    const host = root.host || root
    host.setAttribute("role", "img")
    host.setAttribute("aria-label", label.slice(0, 500))
    host.dataset.drawn = String(!!root.querySelector("svg"))
    if (host.scrollWidth > host.clientWidth) host.tabIndex = 0
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
    const pre = document.createElement("pre")
    const note = document.createElement("p")
    note.textContent = (chinese ? "这张图无法绘制：" : "This diagram cannot be drawn: ") + String(error.message || error).split("\n")[0]
    pre.textContent = text
    box.append(note, pre)
    return box.outerHTML
  }
})()
