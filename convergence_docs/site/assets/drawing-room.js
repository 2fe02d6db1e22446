/* Where Mermaid draws what the build could not: in a frame of its own. It makes style sheets while it draws, which the
 * policy of the site's pages rightly forbids; the policy of this frame allows them, and next to nothing else.
 *
 * It is asked by messages: { id, text, config, sheets, scheme }, and answers { id, svg, css } or { id, error }. The
 * drawing leaves without style sheet and without `style` attributes: those are called `data-cd-style`. */
(() => {
  let ready

  addEventListener("message", async ({ data, origin, source }) => {
    if (source !== parent || origin !== self.origin) return
    try {
      await (ready ||= prepare(data))
      Object.assign(document.body.dataset, data.scheme)
      const { svg } = await mermaid.render(data.id, data.text)
      parent.postMessage({ id: data.id, ...plain(svg) }, "*")
    } catch (error) {
      const { message = String(error), hash } = error
      parent.postMessage({ id: data.id, error: { message, hash: { text: String(hash?.text ?? "") } } }, "*")
    }
  })

  /* Words are as wide here as there: the same style sheets, and the same fonts. */
  async function prepare({ config, sheets }) {
    mermaid.initialize(config)
    await Promise.all(sheets.map(address => new Promise(resolve => {
      const link = document.createElement("link")
      link.rel = "stylesheet"
      link.href = address
      link.onload = link.onerror = resolve
      document.head.append(link)
    })))
  }

  function plain(svg) {
    const place = document.createElement("div")
    place.innerHTML = svg
    const css = [...place.querySelectorAll("style")].map(style => (style.remove(), style.textContent)).join("\n")
    for (const element of place.querySelectorAll("[style]")) {
      const style = element.getAttribute("style")
      element.removeAttribute("style")
      if (style) element.dataset.cdStyle = style
    }
    return { svg: place.innerHTML, css }
  }

  parent.postMessage({ id: "", error: window.mermaid ? null : { message: "Mermaid did not load" } }, "*")
})()
