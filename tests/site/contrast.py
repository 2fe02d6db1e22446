"""The contrast of what a page shows, as a browser computes it."""

LEAST_CONTRAST = """selector => {
  const rgba = text => { const [r, g, b, alpha = 1] = text.match(/[\\d.]+/g).map(Number); return [r, g, b, alpha] }
  const over = (top, under) => top.slice(0, 3).map((part, i) => part * top[3] + under[i] * (1 - top[3])).concat(1)
  const light = colour => {
    const linear = part => part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4
    const [r, g, b] = colour.slice(0, 3).map(linear)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  function ground(element) {
    const chain = []
    for (let at = element; at; at = at.parentElement) chain.push(rgba(getComputedStyle(at).backgroundColor))
    return chain.reduceRight((under, top) => over(top, under), [255, 255, 255, 1])
  }
  let least = [99, "", 0]
  let seen = 0
  for (const element of document.querySelectorAll(selector)) {
    for (const part of [element, ...element.querySelectorAll("*")]) {
      const text = [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim())
      const bar = part.matches(".cd-bar__sure, .cd-chart__sure")
      if (!(text || bar) || !part.getClientRects().length || part.matches("title, desc, .cd-hidden")) continue
      const style = getComputedStyle(part)
      const isDrawn = part instanceof SVGElement
      let under = ground(isDrawn ? part.ownerSVGElement : part)
      if (isDrawn && part.closest(".cd-chart")) {
        // the darkest of the bands that may lie under it
        const band = getComputedStyle(document.querySelector(".cd-band"))
        under = over([...rgba(band.fill).slice(0, 3), Number(band.fillOpacity)], under)
      }
      let colour = rgba(isDrawn ? style.fill : style.color)
      let opacity = 1
      for (let at = part; at; at = at.parentElement) opacity *= Number(getComputedStyle(at).opacity)
      colour[3] *= opacity
      const [one, other] = [light(over(colour, under)), light(under)].sort((a, b) => b - a)
      const contrast = (one + 0.05) / (other + 0.05)
      seen += 1
      if (contrast < least[0]) least = [contrast, part.outerHTML.slice(0, 120), 0]
    }
  }
  least[2] = seen
  return least
}"""
