/* Keys for what Material opens by checkboxes: sections of the navigation, and on small screens the drawer. */
(() => {
  const drawer = document.getElementById("__drawer")
  const others = ".md-header, .md-content, .md-sidebar--secondary, .md-footer, .md-skip"

  function tell(toggle) {
    toggle.setAttribute("aria-expanded", String(toggle.checked))
  }

  const isShown = element => element.getClientRects().length && getComputedStyle(element).visibility === "visible"

  /* An open drawer covers the page, which is then out of reach for keys too. */
  function settle() {
    tell(drawer)
    const isOpen = drawer.checked && matchMedia("(max-width: 76.234375em)").matches
    for (const part of document.querySelectorAll(others)) part.inert = isOpen
    return isOpen
  }

  if (drawer) {
    drawer.addEventListener("change", () => {
      if (!settle()) return
      const links = document.querySelectorAll(".md-sidebar--primary :is(a, .cd-toggle)")
      requestAnimationFrame(() => [...links].find(isShown)?.focus({ preventScroll: true }))
    })
    matchMedia("(max-width: 76.234375em)").addEventListener("change", settle)
    settle()
  }

  document.addEventListener("change", event => {
    if (event.target.matches?.(".cd-toggle")) tell(event.target)
  })
  document.addEventListener("keydown", event => {
    const { key, target } = event
    if (key === "Enter" && target.matches?.(".md-toggle")) target.click()
    else if (key === "Escape" && drawer?.checked) {
      drawer.click()
      drawer.focus()
    }
  })

  const tellAll = () => document.querySelectorAll(".cd-toggle").forEach(tell)
  if (window.document$) window.document$.subscribe(() => { tellAll(); if (drawer) settle() })
  else tellAll()
})()
